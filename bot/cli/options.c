#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/cli.h"

static const char system_config[] = "/etc/balie/balie.yaml";

void print_diags(const struct diags *d)
{
    struct arena *a = arena_new();
    for (size_t i = 0; i < d->list.n; i++)
        fprintf(stderr, "%.*s\n", STR_ARG(diag_line(a, &d->list.v[i])));
    arena_free(a);
}

static void override(str *setting, str option)
{
    if (option.p)
        *setting = option;
}

bool options_settings(const struct options *o, struct settings *s)
{
    struct diags d = diags_new(o->arena);
    settings_default(s, o->in_repository);
    enum rc rc = RC_OK;
    if (o->config.p) {
        rc = settings_read(s, o->arena, o->config, &d);
    } else if (!o->in_repository) {
        struct arena *a = arena_new();
        str ignored;
        if (file_read(a, str_c(system_config), 1024 * 1024, &ignored) != RC_NOT_FOUND)
            rc = settings_read(s, o->arena, str_c(system_config), &d);
        arena_free(a);
    }
    print_diags(&d);
    override(&s->intents, o->intents);
    override(&s->knowledge, o->knowledge);
    override(&s->state, o->state);
    override(&s->listen, o->listen);
    log_set_level((enum log_level)s->log);
    setenv("TZ", arena_str(o->arena, s->time_zone).p, 1);
    return rc == RC_OK;
}

struct builder_conf options_builder(const struct settings *s)
{
    return (struct builder_conf){.intents = s->intents,
                                 .knowledge = s->knowledge,
                                 .language = s->language,
                                 .strict = s->strict,
                                 .run_tests = true,
                                 .keep_good = true,
                                 .people_file = s->people};
}
