#include "base/buf.h"
#include "base/str.h"
#include "search/inside.h"

enum { READ_AS_MAX = 400, SHOWN = 8 };

/* A synonym's stems with one blank between, as the vocabulary keys a term. */
static str key_of(struct arena *a, struct vocabulary *v, str term)
{
    struct buf b = buf_new(a, READ_AS_MAX);
    size_t pos = 0;
    char scratch[64];
    for (struct word w; word_next(term, &pos, scratch, &w);) {
        if (b.n)
            buf_char(&b, ' ');
        buf_put(&b, vocabulary_stem(v, w.text));
    }
    return buf_str(&b);
}

static bool has_stem(str key, str stem)
{
    while (key.p)
        if (str_eq(str_cut(&key, ' '), stem))
            return true;
    return false;
}

/* The line of words.md that says that the word is also the term; 0: none. */
static int line_of(struct arena *a, struct index *x, str word, str term)
{
    struct vocabulary *v = &x->vocabulary;
    str stem = arena_str(a, vocabulary_stem(v, word));
    for (size_t i = 0; i < x->catalogue->synonyms.n; i++) {
        const struct synonym *y = &x->catalogue->synonyms.v[i];
        bool from = false, to = false;
        for (size_t k = 0; k < y->terms.n && (y->lang == x->lang || y->lang == LANG_NONE);
             k++) {
            str key = key_of(a, v, y->terms.v[k]);
            from = from || ((y->two_way || k == 0) && has_stem(key, stem));
            to = to || str_eq(key, term) || has_stem(key, term);
        }
        if (from && to)
            return y->line;
    }
    return 0;
}

/* "verlof, ziek (0.90, words.md:12), ..." best first; what counts in full has no figure.
 */
static str read_as(struct arena *a, struct index *x, const struct concept *c)
{
    bool shown[QUERY_ALTERNATIVES_MAX] = {false};
    struct buf b = buf_new(a, READ_AS_MAX);
    for (size_t i = 0; i < MIN(c->n, (size_t)SHOWN); i++) {
        size_t best = c->n;
        for (size_t k = 0; k < c->n; k++)
            if (!shown[k] && (best == c->n || c->v[k].weight > c->v[best].weight))
                best = k;
        shown[best] = true;
        str term = vocabulary_shown(&x->vocabulary, a, c->v[best].term);
        buf_put(&b, i ? STR(", ") : STR(""));
        buf_put(&b, term);
        if (c->v[best].weight >= 1)
            continue;
        int line = line_of(a, x, c->word, x->vocabulary.terms.v[c->v[best].term].text);
        buf_fmt(&b, " (%.2f", (double)c->v[best].weight);
        if (line)
            buf_fmt(&b, ", words.md:%d", line);
        buf_char(&b, ')');
    }
    if (c->n > SHOWN)
        buf_fmt(&b, " and %zu more", c->n - SHOWN);
    return buf_str(&b);
}

size_t search_explain(struct search *s, struct arena *a, const struct search_query *q,
                      struct search_term *out, size_t max)
{
    struct index *x = search_index(s, q);
    if (!x)
        return 0;
    search_read(s, x, q->folded);
    bool nothing = true; /* as search_find: then words that look alike stand in */
    for (size_t i = 0; i < s->query->n; i++)
        nothing = nothing && !s->query->v[i].found;
    bool loose = nothing && query_loosen(s->query, x);
    size_t n = MIN(s->query->n, max);
    for (size_t i = 0; i < n; i++) {
        const struct concept *c = &s->query->v[i];
        out[i] = (struct search_term){
            .word = arena_str(a, c->word),
            .read_as = read_as(a, x, c),
            .idf = c->idf,
            .found = c->found,
            .alike = loose && c->found,
        };
    }
    return n;
}
