#include "search/best.h"
#include "unit.h"

enum { DOCS = 300 };

/* A ranking of docs with scores; each article has three, the third article is not seen.
 */
struct ranked_docs {
    struct index x;
    struct ranking r;
    uint32_t owner[DOCS];
    uint8_t sight[DOCS];
};

static void scored(struct ranked_docs *d, uint32_t n, uint32_t different, uint32_t state)
{
    *d = (struct ranked_docs){.x = {.owner = d->owner, .n_docs = DOCS}};
    ranking_init(&d->r, DOCS, DOCS, 1);
    d->r.sight = d->sight;
    d->sight[2] = SIGHT_UNKNOWN;
    for (uint32_t i = 0; i < DOCS; i++)
        d->owner[i] = i / 3;
    for (uint32_t i = 0; i < n; i++) {
        state = state * 1664525u + 1013904223u;
        d->r.found[d->r.n_found++] = i;
        d->r.doc[i].score = (float)((state >> 8) % different) * 0.37f;
    }
}

/* How many docs come before one: those with more, and equal ones in front. */
static uint32_t rank_of(const struct ranked_docs *d, uint32_t doc)
{
    uint32_t before = 0;
    for (uint32_t i = 0; i < d->r.n_found; i++) {
        float s = d->r.doc[i].score, own = d->r.doc[doc].score;
        before += d->owner[i] != 2 && (s > own || (s >= own && i < doc));
    }
    return before;
}

static void the_best_are_those_that_sorting_puts_first(void **arena)
{
    static const struct {
        uint32_t n, different;
    } cases[] = {{0, 1},   {1, 9},    {48, 1000},  {49, 1000},     {60, 3},
                 {300, 2}, {300, 40}, {300, 5000}, {300, 1u << 20}};
    struct ranked_docs *d = arena_alloc(*arena, sizeof *d);
    for (size_t i = 0; i < LEN(cases); i++)
        for (uint32_t seed = 1; seed < 20; seed++) {
            struct best b;
            uint32_t seen = 0;
            scored(d, cases[i].n, cases[i].different, seed);
            for (uint32_t k = 0; k < d->r.n_found; k++)
                seen += d->owner[k] != 2 && d->r.doc[k].score > 0;
            best_docs(&d->r, &d->x, &b);
            CHECK_INT(b.n, MIN(seen, (uint32_t)BEST_DOCS), "as many as there are");
            for (size_t k = 0; k < b.n; k++) {
                CHECK(rank_of(d, b.doc[k]) < BEST_DOCS, "one of the first");
                CHECK(b.first[k] == d->r.doc[b.doc[k]].score, "with its score");
            }
            ranking_done(&d->r);
        }
}

static void the_sources_are_the_first_five(void **arena)
{
    struct ranked_docs *d = arena_alloc(*arena, sizeof *d);
    struct best b;
    uint32_t from[BEST_SOURCES];
    scored(d, DOCS, 50, 3);
    best_docs(&d->r, &d->x, &b);
    size_t n = best_sources(&d->r, &b, from);
    CHECK_INT(n, BEST_SOURCES, "five");
    for (size_t i = 0; i < n; i++)
        CHECK_INT(rank_of(d, from[i]), i, "in order");
    CHECK(best_least(&b) == d->r.doc[from[BEST_SOURCES - 1]].score, "the fifth's score");
    ranking_done(&d->r);
}

UNIT_MAIN(UNIT(the_best_are_those_that_sorting_puts_first),
          UNIT(the_sources_are_the_first_five))
