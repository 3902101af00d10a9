#include <stdio.h>

#include "app/builder.h"
#include "app/card_tests.h"
#include "base/file.h"
#include "cli/check_words.h"
#include "cli/cli.h"
#include "cli/replay.h"

/* Our names of the queues in the settings' section `desk`. */
static struct strs named_queues(struct arena *a, const struct settings *s)
{
    const struct yaml *y = s->desk ? yaml_get(s->desk, "queues") : NULL;
    VEC(str) names = {0};
    for (size_t i = 0; y && y->kind == YAML_MAP && i < y->n; i++)
        *arena_push(a, &names) = y->key[i].text;
    return (struct strs){names.v, names.n};
}

/* What start and reload check, profiles too, with nothing put in the place of what is
 * broken. */
int cli_check(const struct options *o, const struct plugs *p)
{
    struct settings s;
    struct diags found = diags_new(o->arena);
    if (!options_settings(o, &s))
        return 1;
    check_profiles(o, p, &found);
    if (o->n_words == 0)
        check_desk(o, p, &s, &found);
    diags_sort(&found);
    print_diags(&found);
    if (o->n_words > 0)
        return found.errors > 0 ? 1 : 0;
    struct builder_conf c = options_builder(&s);
    c.strict = true; /* a failing test is an error here */
    c.keep_good = false;
    c.lint = true;
    c.queues = named_queues(o->arena, &s);
    struct cache *cache = NULL;
    if (file_make_dir(o->arena, s.state) == RC_OK &&
        cache_open(file_path(o->arena, s.state, STR("content.db")), &cache))
        cache = NULL; /* slower, not worse */
    struct built *b;
    enum rc rc = builder_build(&c, cache, &b);
    if (rc == RC_OK)
        check_words(o, &s, b);
    print_diags(&b->diags);
    bool replayed = rc == RC_OK && o->replay.p && replay_all(o, &s, cache, b);
    cache_close(cache);
    if (rc == RC_OK && b->asked_tests > 0)
        printf("%zu of the tests: the card is the first that the desk asks about; --why "
               "tells why it is not sure\n",
               b->asked_tests);
    if (rc == RC_OK)
        printf("%.*s, %zu test%s, %zu failed\n", STR_ARG(built_summary(o->arena, b)),
               b->tests, b->tests == 1 ? "" : "s", b->failed_tests);
    bool bad =
        rc || b->diags.errors > 0 || found.errors > 0 || (o->replay.p && !replayed);
    built_free(b);
    return bad ? 1 : 0;
}
