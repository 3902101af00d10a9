#include "shelf.h"

static struct traits dutch(struct arena *a, const char *country)
{
    struct trait *t = arena_alloc(a, sizeof *t);
    *t = (struct trait){STR("country"), str_c(country)};
    return (struct traits){t, 1};
}

static void day_and_person_decide_together(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    static const str nl[] = {{"NL", 2}};
    struct condition one = {STR("country"), {nl, 1}}, other = {STR("country"), {nl, 1}};
    c->articles.v[0].audience = (struct audience){&one, 1};
    c->articles.v[1].audience = (struct audience){&other, 1};
    c->articles.v[1].valid_from = 20001;
    struct search *s = shelf_search(c);
    struct sights *g = &s->sights[LANG_NL];
    const struct index *x = s->index[LANG_NL];
    CHECK_INT(g->groups.n, 1, "equal audiences are one");
    struct traits here = dutch(*arena, "NL"), there = dutch(*arena, "BE");
    CHECK_INT(sights_of(g, x, NULL, 20000)[0], SIGHT_UNKNOWN, "nobody known");
    CHECK_INT(sights_of(g, x, &here, 20000)[0], SIGHT_YES, "it fits");
    CHECK_INT(sights_of(g, x, &here, 20000)[1], SIGHT_NO, "not yet valid");
    CHECK_INT(sights_of(g, x, &here, 20001)[1], SIGHT_YES, "a day later it is");
    CHECK_INT(sights_of(g, x, &there, 20001)[1], SIGHT_NO, "for others");
    CHECK_INT(sights_of(g, x, &there, 20000)[0], SIGHT_NO, "for others, the day before");
    CHECK_INT(sights_of(g, x, NULL, 20001)[1], SIGHT_UNKNOWN, "nobody again");
    CHECK_INT(sights_of(g, x, NULL, 20001)[2], SIGHT_YES, "no audience: for all");
    search_free(s);
}

UNIT_MAIN(UNIT(day_and_person_decide_together))
