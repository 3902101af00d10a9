#include "shelf.h"

/* Pseudo-random, the same each time. */
static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* A word of many or of few texts: low numbers are common. */
static str word(struct arena *a, uint32_t *state)
{
    static const char *const begin[] = {"bal", "kor", "min", "pas", "tul", "ver", "zon"};
    static const char *const end[] = {"dak", "fin", "gom", "lep", "rust", "wiek"};
    uint32_t n = next(state) % 100;
    n = n * n / 100 * 4 + next(state) % 4;
    return arena_fmt(a, "%s%s%c%c", begin[n % LEN(begin)], end[n / 7 % LEN(end)],
                     (char)('a' + n % 20), (char)('a' + n / 20));
}

static str words(struct arena *a, uint32_t *state, uint32_t n)
{
    str all = word(a, state);
    while (--n > 0)
        all = arena_fmt(a, "%.*s %.*s", STR_ARG(all), STR_ARG(word(a, state)));
    return all;
}

/* Eighty articles of one to six sections; each fifth is for some people only. */
static struct catalogue *shelf_of_many(struct arena *a)
{
    static const str nl[] = {{"NL", 2}};
    static const struct condition only = {.key = {"country", 7}, .values = {nl, 1}};
    struct catalogue *c = shelf_new(a);
    uint32_t state = 7;
    for (int i = 0; i < 80; i++) {
        struct article *art = shelf_article(c, LANG_EN, arena_fmt(a, "en/%d.md", i).p,
                                            words(a, &state, 2).p);
        if (i % 5 == 0)
            art->audience = (struct audience){&only, 1};
        for (uint32_t k = next(&state) % 6 + 1; k > 0; k--)
            shelf_section(c, words(a, &state, 2).p,
                          words(a, &state, 10 + next(&state) % 60).p);
    }
    return c;
}

static bool has_article(const struct search_result *r, int article, double score)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i].article == article && r->v[i].score >= score)
            return true;
    return false;
}

static void same_hits(const struct search_result *got, const struct search_result *all,
                      size_t hits)
{
    CHECK_INT(got->n, MIN(all->n, hits), "as many as are looked at");
    CHECK_INT(got->band, all->band, "the band");
    CHECK_INT(got->hidden, all->hidden, "how many logging in would add");
    for (size_t i = 0; i < got->n; i++) {
        CHECK_INT(got->v[i].article, all->v[i].article, "the article");
        CHECK_INT(got->v[i].section, all->v[i].section, "the section");
        CHECK(memcmp(&got->v[i].score, &all->v[i].score, sizeof(double)) == 0,
              "the score, to the last bit");
    }
}

/* What was left out is nothing that was asked for. */
static void left_out(const struct search_result *all, const struct search_wanted *w)
{
    double first = all->n ? all->v[0].score : 0;
    CHECK(all->band == SEARCH_DECLINE ||
              (all->band == SEARCH_CHOICE && first < w->asks_from),
          "declined, or no better");
    CHECK(first < w->any, "no hit is good enough");
    for (size_t i = 0; i < w->n; i++)
        CHECK(!has_article(all, w->v[i].article, w->v[i].score), "nor those named");
}

static void only_what_nobody_asked_for_is_left_out(void **arena)
{
    struct search *s = shelf_search(shelf_of_many(*arena));
    uint32_t state = 11;
    int found = 0, declined = 0;
    for (int i = 0; i < 1500; i++) {
        str text = words(*arena, &state, 1 + next(&state) % 7);
        struct search_query q = shelf_query(*arena, LANG_EN, text.p);
        struct search_wanted w = {.any = next(&state) % 5 / 4.0 + .05,
                                  .asks_from = next(&state) % 2 ? .7 : 0,
                                  .hits = 3 + next(&state) % 8};
        for (w.n = 0; w.n < next(&state) % 3; w.n++) {
            w.v[w.n].article = (int)(next(&state) % 80);
            w.v[w.n].score = next(&state) % 10 / 10.0;
        }
        struct search_result all, got;
        q.eagerness = (double)(next(&state) % 3) - 1;
        search_find(s, &q, &all);
        q.wanted = &w;
        search_find(s, &q, &got);
        if (got.n > 0 || all.n == 0) {
            same_hits(&got, &all, w.hits);
            found++;
        } else {
            CHECK_INT(got.band, SEARCH_DECLINE, "without a hit");
            left_out(&all, &w);
            declined++;
        }
    }
    CHECK(found > 200 && declined > 200, "both happen");
    search_free(s);
}

static void no_doc_gains_more_than_its_best_terms(void **arena)
{
    struct search *s = shelf_search(shelf_of_many(*arena));
    const struct index *x = s->index[LANG_EN];
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        const struct feed *f = feed_of(x, doc);
        double all = 0;
        for (uint32_t i = 0; i < MIN(f->n, 12u); i++) {
            const struct posting_list *l = &x->list[f->v[i].term];
            for (uint32_t k = l->start; k < l->start + l->n; k++) {
                CHECK(x->impacts[k] <= x->most[f->v[i].term], "the term's highest");
                if (x->docs[k] == doc)
                    all += (double)x->idf[f->v[i].term] * x->impacts[k];
            }
        }
        CHECK(all <= (double)x->feedable[doc] * 1.0001, "any twelve of them");
    }
    search_free(s);
}

UNIT_MAIN(UNIT(only_what_nobody_asked_for_is_left_out),
          UNIT(no_doc_gains_more_than_its_best_terms))
