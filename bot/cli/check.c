#include <stdio.h>

#include "app/builder.h"
#include "app/card_tests.h"
#include "base/file.h"
#include "cli/cli.h"

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
    print_diags(&found);
    if (o->n_words > 0)
        return found.errors > 0 ? 1 : 0;
    struct builder_conf c = options_builder(&s);
    c.strict = true; /* a failing test is an error here */
    c.keep_good = false;
    struct cache *cache = NULL;
    if (file_make_dir(o->arena, s.state) == RC_OK &&
        cache_open(file_path(o->arena, s.state, STR("content.db")), &cache))
        cache = NULL; /* slower, not worse */
    struct built *b;
    enum rc rc = builder_build(&c, cache, &b);
    cache_close(cache);
    print_diags(&b->diags);
    if (rc == RC_OK)
        printf("%.*s, %zu tests, %zu failed\n", STR_ARG(built_summary(o->arena, b)),
               b->tests, b->failed_tests);
    bool bad = rc || b->diags.errors > 0 || found.errors > 0;
    built_free(b);
    return bad ? 1 : 0;
}
