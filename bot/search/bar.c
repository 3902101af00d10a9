#include "search/bar.h"

#include <math.h>
#include <stdlib.h>

enum { BAGS = 60, BAGS_LARGE = 20, LARGE = 20000 /* docs */ };

/* splitmix64: the bags need to be spread, not unguessable. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Numbers of the words a question could be made of. */
static size_t drawable(const struct index *x, uint32_t *out)
{
    size_t n = 0;
    for (uint32_t i = 0; i < x->vocabulary.words.n; i++) {
        const struct vocabulary_word *w = &x->vocabulary.words.v[i];
        if (w->count > 0 && !w->stop && w->text.n >= 3)
            out[n++] = i;
    }
    return n;
}

static double bag_score(struct index *x, struct ranking *r, struct arena *scratch,
                        const uint32_t *words, size_t n_words, size_t len,
                        uint64_t *state)
{
    char text[BAR_LENGTHS * (VOCABULARY_WORD_MAX + 1)];
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        str w = x->vocabulary.words.v[words[next_random(state) % n_words]].text;
        memcpy(text + n, w.p, w.n);
        n += w.n;
        text[n++] = ' ';
    }
    struct query *q = arena_alloc(scratch, sizeof *q);
    struct ranks found;
    query_build(q, x, scratch, (str){text, n});
    (void)rank(r, x, q, NULL, &found);
    return found.n ? (double)found.v[0].score : 0;
}

void bar_measure(struct bar *b, struct index *x, struct ranking *r, struct arena *scratch)
{
    uint32_t *words = must_alloc((x->vocabulary.words.n + 1) * sizeof *words);
    size_t n_words = drawable(x, words);
    size_t bags = x->n_docs > LARGE ? BAGS_LARGE : BAGS;
    uint64_t state = 5;
    uint8_t *sight = must_alloc(x->n_articles); /* SIGHT_YES */
    r->sight = sight;
    for (size_t len = 1; len <= BAR_LENGTHS; len++) {
        double sum = 0;
        for (size_t i = 0; i < bags && n_words; i++) {
            sum += bag_score(x, r, scratch, words, n_words, len, &state);
            arena_reset(scratch);
        }
        b->mean[len - 1] = sum / (double)bags;
    }
    r->sight = NULL;
    free(sight);
    free(words);
}

static double mean_of(const struct bar *b, const struct query *q)
{
    return b->mean[MIN(MAX(q->n, 1u), (size_t)BAR_LENGTHS) - 1];
}

double bar_ratio(const struct bar *b, const struct query *q, double score)
{
    double mean = mean_of(b, q);
    return mean > 0 ? score / mean : 0;
}

double bar_sure_ratio(const struct search_options *o, double ratio, double cover)
{
    return ratio * (1 - o->unknown * (1 - cover));
}

enum search_band bar_band(const struct search_options *o, double ratio, double cover,
                          double eagerness)
{
    double shift = 1 - eagerness * o->eagerness;
    if (ratio < o->decline * shift)
        return SEARCH_DECLINE;
    return bar_sure_ratio(o, ratio, cover) < o->answer * shift ? SEARCH_CHOICE
                                                               : SEARCH_ANSWER;
}

/* What the words that no text has leave of a ratio at most. */
static double most_sure(const struct search_options *o, const struct query *q)
{
    double all = 0, found = 0;
    for (size_t i = 0; i < q->n; i++) {
        all += q->v[i].rarity;
        found += q->v[i].found ? q->v[i].rarity : 0;
    }
    return bar_sure_ratio(o, 1, all > 0 ? found / all : 1);
}

double bar_least(const struct bar *b, const struct search_options *o,
                 const struct query *q, enum search_band band, double eagerness)
{
    double shift = 1 - eagerness * o->eagerness;
    if (band == SEARCH_DECLINE)
        return 0;
    return mean_of(b, q) * shift *
        (band == SEARCH_CHOICE ? o->decline : o->answer / most_sure(o, q));
}

double bar_least_for(const struct bar *b, const struct search_options *o,
                     const struct query *q, double score)
{
    if (score <= 0 || score >= 1)
        return score <= 0 ? 0 : INFINITY;
    double sure = o->even_odds + log(score / (1 - score)) / o->slope;
    return mean_of(b, q) * sure / most_sure(o, q);
}

double bar_score(const struct search_options *o, double ratio, double cover)
{
    return 1 / (1 + exp(-o->slope * (bar_sure_ratio(o, ratio, cover) - o->even_odds)));
}
