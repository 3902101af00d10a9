#include "search/unpacked.h"

#include "search/index.h"

struct unpacked_texts unpacked_new(struct arena *a, uint32_t n_docs)
{
    uint32_t n = MIN(n_docs, (uint32_t)UNPACKED_PLACES);
    return (struct unpacked_texts){
        .places = arena_alloc(a, n * sizeof(struct unpacked)),
        .n = n,
        .words = arena_alloc(a, UNPACKED_MAX * sizeof(uint32_t)),
    };
}

static size_t unpack(struct stream words, uint32_t *out, size_t max)
{
    size_t n = 0;
    while (n < max && stream_next(&words, &out[n]))
        n++;
    return n;
}

/* False when the doc does not fit. */
static bool keep(const struct index *x, uint32_t doc, struct unpacked *u)
{
    u->owner = 0;
    for (int c = 0; c < COLUMN_COUNT; c++) {
        struct stream words = index_words(x, doc, (enum column)c, (enum column)c);
        uint32_t at = u->start[c];
        if (at + stream_count(words) > UNPACKED_WORDS)
            return false;
        u->start[c + 1] = at + (uint32_t)unpack(words, u->word + at, UNPACKED_WORDS - at);
    }
    u->owner = doc + 1;
    return true;
}

struct unpacked_words unpacked_words(const struct index *x, uint32_t doc,
                                     enum column from, enum column to, size_t max)
{
    const struct unpacked_texts *t = &x->unpacked;
    struct unpacked *u = &t->places[doc % t->n];
    struct stream all = index_words(x, doc, from, to);
    /* a word takes a byte at least: what is too long is not counted each time */
    bool kept = u->owner == doc + 1 ||
        (all.end - all.at <= UNPACKED_WORDS * STREAM_WORD_MAX && keep(x, doc, u));
    if (!kept)
        return (struct unpacked_words){t->words, unpack(all, t->words, max)};
    size_t n = u->start[to + 1] - u->start[from];
    return (struct unpacked_words){u->word + u->start[from], MIN(n, max)};
}

void unpacked_fetch(const struct index *x, uint32_t doc)
{
    enum { BYTES = 384, LINE = 64 };
    const char *place = (const char *)&x->unpacked.places[doc % x->unpacked.n];
    for (size_t i = 0; i < BYTES; i += LINE)
        __builtin_prefetch(place + i);
}

void marked_read(struct marked_words *m, const struct index *x,
                 struct unpacked_words words, const uint8_t *of_term)
{
    const term_t *term_of = x->term_of;
    const uint32_t *v = words.v;
    size_t i = 0;
    for (; i + 4 <= words.n; i += 4) { /* what a loop costs, for four */
        m->of[i] = of_term[term_of[v[i]]];
        m->of[i + 1] = of_term[term_of[v[i + 1]]];
        m->of[i + 2] = of_term[term_of[v[i + 2]]];
        m->of[i + 3] = of_term[term_of[v[i + 3]]];
    }
    for (; i < words.n; i++)
        m->of[i] = of_term[term_of[v[i]]];
    memset(m->of + words.n, 0, MARKED_WINDOW);
    m->n = words.n;
}
