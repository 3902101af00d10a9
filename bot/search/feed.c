#include "search/index.h"

enum { FEED_TABLE_BITS = 9, FEED_TABLE = 1 << FEED_TABLE_BITS };

struct feeds feeds_new(struct arena *a, uint32_t n_docs)
{
    uint32_t n = MIN(n_docs, (uint32_t)FEED_PLACES);
    return (struct feeds){arena_alloc(a, n * sizeof(struct feed)), n};
}

/* The place of a term in f, by a table that stays half empty; 0: none yet. */
static uint16_t *place_of(uint16_t table[FEED_TABLE], const struct feed *f, term_t t)
{
    uint32_t i = t * 2654435761u >> (32 - FEED_TABLE_BITS);
    while (table[i] > 0 && f->v[table[i] - 1].term != t)
        i = (i + 1) & (FEED_TABLE - 1);
    return &table[i];
}

static void read_doc(const struct index *x, uint32_t doc, struct feed *f)
{
    uint16_t table[FEED_TABLE] = {0}, again[FEED_READ] = {0}; /* times but the first */
    struct stream words = index_words(x, doc, 0, COLUMN_COUNT - 1);
    f->owner = doc + 1;
    f->read = f->n = 0;
    for (uint32_t word; f->read < FEED_READ && stream_next(&words, &word); f->read++) {
        term_t t = x->term_of[word];
        if (x->idf[t] <= FEED_TELLING)
            continue;
        uint16_t *at = place_of(table, f, t);
        if (*at == 0) {
            f->v[f->n++] = (struct feed_word){.term = t, .telling = x->idf[t]};
            *at = (uint16_t)f->n;
        } else {
            again[*at - 1]++;
        }
    }
    f->n_all = f->n;
    for (uint32_t i = 0; i < f->n; i++)
        for (; again[i] > 0; again[i]--)
            f->v[f->n_all++] = f->v[i];
}

void feed_fetch(const struct index *x, uint32_t doc)
{
    enum { BYTES = 320, LINE = 64 };
    const char *place = (const char *)&x->feeds.places[doc % x->feeds.n];
    for (size_t i = 0; i < BYTES; i += LINE)
        __builtin_prefetch(place + i);
}

const struct feed *feed_of(const struct index *x, uint32_t doc)
{
    struct feed *f = &x->feeds.places[doc % x->feeds.n];
    if (f->owner != doc + 1)
        read_doc(x, doc, f);
    return f;
}
