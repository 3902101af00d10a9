#include "search/sight.h"

#include "base/str.h"

static const struct article *article_at(const struct index *x, uint32_t i)
{
    return &x->catalogue->articles.v[x->article[i]];
}

static bool same_audience(const struct audience *a, const struct audience *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++) {
        const struct condition *one = &a->v[i], *other = &b->v[i];
        same = str_eq(one->key, other->key) && one->values.n == other->values.n;
        for (size_t k = 0; same && k < one->values.n; k++)
            same = str_eq(one->values.v[k], other->values.v[k]);
    }
    return same;
}

/* The number of an article's group, made when new. */
static size_t group_of(struct sights *s, struct arena *a, const struct audience *audience)
{
    for (size_t i = 0; i < s->groups.n; i++)
        if (same_audience(s->groups.v[i].audience, audience))
            return i;
    *arena_push(a, &s->groups) = (struct sight_group){.audience = audience};
    return s->groups.n - 1;
}

void sights_make(struct sights *s, const struct index *x)
{
    struct arena *a = x->vocabulary.arena;
    *s = (struct sights){
        .of = arena_alloc(a, x->n_articles),
        .valid = arena_alloc(a, x->n_articles * sizeof *s->valid),
        .limited = arena_alloc(a, x->n_articles * sizeof *s->limited),
    };
    uint32_t *group = arena_alloc(a, x->n_articles * sizeof *group), at = 0;
    for (uint32_t i = 0; i < x->n_articles; i++) {
        const struct audience *audience = &article_at(x, i)->audience;
        group[i] = audience->n ? (uint32_t)group_of(s, a, audience) : UINT32_MAX;
        if (audience->n)
            s->groups.v[group[i]].n++;
    }
    for (size_t i = 0; i < s->groups.n; i++) {
        s->groups.v[i].first = at;
        at += s->groups.v[i].n;
        s->groups.v[i].n = 0;
    }
    for (uint32_t i = 0; i < x->n_articles; i++) {
        struct sight_group *g = group[i] == UINT32_MAX ? NULL : &s->groups.v[group[i]];
        if (g)
            s->limited[g->first + g->n++] = i;
    }
}

/* As for a person whom every audience fits. */
static void read_day(struct sights *s, const struct index *x, date_t today)
{
    for (uint32_t i = 0; i < x->n_articles; i++) {
        s->valid[i] = article_is_valid(article_at(x, i), today);
        s->of[i] = s->valid[i] ? SIGHT_YES : SIGHT_NO;
    }
    for (size_t i = 0; i < s->groups.n; i++)
        s->groups.v[i].now = SIGHT_YES;
    s->today = today;
    s->known = true;
}

const uint8_t *sights_of(struct sights *s, const struct index *x, const struct traits *t,
                         date_t today)
{
    static const struct traits nobody;
    if (!s->known || s->today != today)
        read_day(s, x, today);
    for (size_t i = 0; i < s->groups.n; i++) {
        struct sight_group *g = &s->groups.v[i];
        enum fit fit = audience_fit(g->audience, t ? t : &nobody);
        enum sight sight = fit == FIT_YES ? SIGHT_YES
            : fit == FIT_NO               ? SIGHT_NO
                                          : SIGHT_UNKNOWN;
        for (uint32_t k = g->first; sight != g->now && k < g->first + g->n; k++)
            if (s->valid[s->limited[k]])
                s->of[s->limited[k]] = (uint8_t)sight;
        g->now = sight;
    }
    return s->of;
}
