#include "search/inside.h"
#include "search/reach.h"
#include "search/section.h"

#include <stdlib.h>

void search_build_with(const struct catalogue *c, const struct search *previous,
                       struct diags *d, const struct search_options *o,
                       struct search **out)
{
    /* options are bools, eight to a word, and doubles: no bytes between them */
    bool follows = previous && previous->catalogue == c->previous;
    /* NOLINTNEXTLINE(*-memory-comparison,cert-exp42-c,cert-flp37-c) */
    follows = follows && memcmp(&previous->options, o, sizeof *o) == 0;
    struct search *s = must_alloc(sizeof *s);
    s->catalogue = c;
    s->options = *o;
    s->scratch = arena_new();
    s->words = arena_new();
    s->texts = texts_open();
    s->query = must_alloc(sizeof *s->query);
    uint32_t docs = 1, articles = 1;
    size_t terms = 1;
    for (int l = 0; l < LANG_COUNT; l++) {
        struct index *x = s->index[l] =
            index_build(c, (enum lang)l, o, follows ? previous->index[l] : NULL, d);
        if (!x)
            continue;
        docs = MAX(docs, x->n_docs);
        articles = MAX(articles, x->n_articles);
        terms = MAX(terms, x->vocabulary.terms.n);
        sights_make(&s->sights[l], x);
        cover_prepare(&s->cards[l], x, s->scratch);
        s->bytes += x->bytes;
    }
    ranking_init(&s->ranking, docs, articles, terms);
    for (int l = 0; l < LANG_COUNT; l++)
        if (s->index[l])
            bar_measure(&s->bar[l], s->index[l], &s->ranking, s->scratch);
    *out = s;
}

void search_build(const struct catalogue *c, const struct search *previous,
                  struct diags *d, struct search **out)
{
    struct search_options o = search_defaults();
    search_build_with(c, previous, d, &o, out);
}

void search_free(struct search *s)
{
    if (!s)
        return;
    lookup_free(s->lookup);
    for (int l = 0; l < LANG_COUNT; l++)
        index_free(s->index[l]);
    ranking_done(&s->ranking);
    arena_free(s->scratch);
    arena_free(s->words);
    texts_close(s->texts);
    free(s->query);
    free(s);
}

void search_prepare_lookup(struct search *s)
{
    if (!s->lookup)
        s->lookup = lookup_new(s->index);
}

size_t search_lookup(struct search *s, struct arena *a, enum lang l, str text,
                     int *sections, size_t max)
{
    enum { LOOKUP_MAX = 200 };
    uint32_t docs[LOOKUP_MAX];
    if (!s->lookup)
        return 0;
    size_t n = lookup_find(s->lookup, a, l, text, docs, MIN(max, (size_t)LOOKUP_MAX));
    for (size_t i = 0; i < n; i++)
        sections[i] = (int)s->index[l]->section[docs[i]];
    return n;
}

size_t search_bytes(const struct search *s)
{
    return s->bytes;
}

void search_read(struct search *s, struct index *x, str folded)
{
    arena_reset(s->scratch);
    if (s->query->x == x && str_eq(s->query->text, folded))
        return;
    arena_reset(s->words);
    query_build(s->query, x, s->words, folded);
}

/* What an article must score for the caller to look at it; NULL: whatever it scores. */
static const struct reach *want_of(const struct search *s, const struct index *x,
                                   const struct search_query *q, struct reach *out)
{
    const struct search_wanted *w = q->wanted;
    const struct bar *b = &s->bar[x->lang];
    if (!w || q->lang == LANG_NONE) /* of two languages the better one is found */
        return NULL;
    double choice = bar_least(b, &s->options, s->query, SEARCH_CHOICE, q->eagerness);
    double answer = bar_least(b, &s->options, s->query, SEARCH_ANSWER, q->eagerness);
    double asks = bar_least_for(b, &s->options, s->query, w->asks_from);
    double any = MAX(choice, MIN(answer, asks));
    any = MIN(any, bar_least_for(b, &s->options, s->query, w->any));
    out->any = out->least = (float)any / REACH_ROUNDING;
    out->hits = MIN(MAX(w->hits, 3u), (size_t)RANK_MAX);
    out->n = 0;
    for (size_t i = 0; i < w->n; i++) {
        int at = index_article(x, w->v[i].article);
        double score = bar_least_for(b, &s->options, s->query, w->v[i].score);
        if (at < 0 || score >= any)
            continue;
        out->v[out->n].article = (uint32_t)at;
        out->v[out->n++].score = (float)score / REACH_ROUNDING;
        out->least = MIN(out->least, (float)score / REACH_ROUNDING);
    }
    return out;
}

/* No word of the question, nor what it may mean, is in any article. */
static bool is_unheard_of(const struct query *q)
{
    for (size_t i = 0; i < q->n; i++)
        if (q->v[i].n > 0)
            return false;
    return true;
}

/* Finds in one language; returns the best ratio to the bar. */
static double find_in(struct search *s, struct index *x, const struct search_query *q,
                      struct search_result *out)
{
    const struct bar *b = &s->bar[x->lang];
    struct ranks found;
    struct reach reach;
    s->ranking.sight = sights_of(&s->sights[x->lang], x, q->traits, q->today);
    search_read(s, x, q->folded);
    bool matters = rank(&s->ranking, x, s->query, want_of(s, x, q, &reach), &found);
    bool loose =
        (matters || is_unheard_of(s->query)) && found.n == 0 && query_loosen(s->query, x);
    if (loose)
        (void)rank(&s->ranking, x, s->query, want_of(s, x, q, &reach), &found);
    *out = (struct search_result){.n = found.n, .hidden = found.hidden};
    double best = 0, last = 1;
    for (size_t i = 0; i < found.n; i++) {
        double cover = (double)found.v[i].cover;
        double ratio = bar_ratio(b, s->query, (double)found.v[i].score);
        last = MIN(last, bar_score(&s->options, ratio, cover));
        out->v[i] = (struct hit){
            .article = (int)x->article[found.v[i].article],
            .section = (int)x->section[found.v[i].doc],
            .score = last,
        };
        if (i == 0) {
            best = ratio;
            out->band = bar_band(&s->options, ratio, cover, q->eagerness);
            if (loose) /* words that merely look alike are asked about */
                out->band = MIN(out->band, SEARCH_CHOICE);
        }
    }
    if (s->options.closer && out->band != SEARCH_DECLINE) {
        uint32_t doc = section_best(s, x, found.v[0].article, found.v[0].doc);
        out->v[0].section = (int)x->section[doc];
    }
    return best;
}

static bool speaks(const struct search_query *q, int l)
{
    return q->lang == LANG_NONE || (int)q->lang == l;
}

struct index *search_index(struct search *s, const struct search_query *q)
{
    struct index *best = NULL;
    double most = -1;
    for (int l = 0; l < LANG_COUNT; l++) {
        if (!s->index[l] || !speaks(q, l))
            continue;
        struct search_result r;
        double ratio = q->lang == LANG_NONE ? find_in(s, s->index[l], q, &r) : 0;
        if (ratio > most) {
            most = ratio;
            best = s->index[l];
        }
    }
    return best;
}

bool search_knows(struct search *s, const struct search_query *q, bool *has_words)
{
    struct index *x = search_index(s, q);
    *has_words = false;
    if (!x)
        return false;
    search_read(s, x, q->folded);
    *has_words = s->query->n > 0;
    for (size_t i = 0; i < s->query->n; i++)
        if (s->query->v[i].found)
            return true;
    return false;
}

void search_find(struct search *s, const struct search_query *q,
                 struct search_result *out)
{
    *out = (struct search_result){.band = SEARCH_DECLINE};
    double most = -1;
    for (int l = 0; l < LANG_COUNT; l++) {
        struct search_result r;
        if (!s->index[l] || !speaks(q, l))
            continue;
        double ratio = find_in(s, s->index[l], q, &r);
        if (ratio > most)
            *out = r;
        most = MAX(most, ratio);
    }
}
