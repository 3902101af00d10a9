/* `balie desk try [NAME...]`: one harmless probe per queue, and what its end means. NAME
 * is a queue of ours, or the desk's own name: its kind or its profile. */
#include <stdio.h>

#include "base/log.h"
#include "base/str.h"
#include "cli/cli.h"

struct trying {
    struct loop *loop;
    str queue, theirs;
    bool ready;
};

/* What an administrator would look at first. */
static const char *kind_of(const struct desk_result *r)
{
    static const char *const tls[] = {"SSL", "TLS", "certificate"};
    for (size_t i = 0; i < LEN(tls) && r->http == 0; i++)
        if (str_has(r->error, str_c(tls[i])))
            return "TLS";
    if (r->end == DESK_NONE)
        return "wrong queue";
    switch (r->http) {
    case 0:
        return r->end == DESK_REFUSED ? "wrong queue" : "unreachable";
    case 401:
        return "login";
    case 403:
        return "missing right";
    case 404:
        return "wrong queue, or wrong url";
    default:
        break;
    }
    if (r->http / 100 == 3)
        return "wrong url";
    if (r->http == 429 || r->http / 100 == 5)
        return "the servicedesk has trouble itself";
    return r->end == DESK_REFUSED ? "not fit for us" : "not understood";
}

static void done(void *ctx, const struct desk_result *r)
{
    struct trying *t = ctx;
    t->ready = r->end == DESK_DONE;
    bool other = t->theirs.n > 0 && !str_eq(t->theirs, t->queue);
    printf("%.*s%s%.*s%s: ", STR_ARG(t->queue), other ? " (there: " : "",
           STR_ARG(other ? t->theirs : STR("")), other ? ")" : "");
    if (t->ready)
        printf("ready\n");
    else
        printf("would fail: %s. %.*s\n", kind_of(r), STR_ARG(r->error));
    loop_stop(t->loop);
}

static bool try_queue(const struct desk *desk, void *self, struct loop *loop, str queue,
                      str theirs)
{
    struct trying t = {.loop = loop, .queue = queue, .theirs = theirs};
    struct desk_op op = {.type = DESK_PROBE, .queue = queue};
    desk->do_op(self, &op, done, &t);
    loop_run(loop);
    return t.ready;
}

static bool is_desk(const struct settings *s, str name)
{
    str profile = yaml_text(s->desk, "profile");
    for (size_t i = profile.n; i > 0; i--)
        if (profile.p[i - 1] == '/') {
            profile = str_sub(profile, i, profile.n);
            break;
        }
    if (str_ends(profile, STR(".yaml")))
        profile.n -= 5;
    return str_eq(name, profile) || str_eq(name, yaml_text(s->desk, "kind"));
}

/* The queues that were named, else those of the settings, else the two there always are.
 */
static bool try_all(const struct options *o, const struct settings *s,
                    const struct desk *desk, void *self, struct loop *loop)
{
    static const str usual[] = {{"HR", 2}, {"Confidential", 12}};
    bool ready = true;
    size_t tried = 0;
    const struct yaml *map = yaml_get(s->desk, "queues");
    for (size_t i = 1; i < o->n_words; i++) {
        str theirs = yaml_text(map, arena_str(o->arena, o->words[i]).p);
        if (theirs.n == 0 && is_desk(s, o->words[i]))
            continue;
        tried++;
        ready &= try_queue(desk, self, loop, o->words[i], theirs);
    }
    if (tried > 0)
        return ready;
    for (size_t i = 0; map && i < map->n; i++)
        ready &= try_queue(desk, self, loop, map->key[i].text, map->v[i].text);
    for (size_t i = 0; i < LEN(usual); i++)
        if (yaml_text(map, usual[i].p).n == 0)
            ready &= try_queue(desk, self, loop, usual[i], STR_NONE);
    return ready;
}

int cli_desk_try(const struct options *o, const struct plugs *p)
{
    struct settings s;
    void *self = NULL;
    struct diags found = diags_new(o->arena);
    if (!options_settings(o, &s))
        return 1;
    log_set_level(LOG_LEVEL_ERR - 1); /* everything is told here */
    const struct desk *desk = desk_of(&s, p, &found);
    if (desk && desk == p->desks[0]) {
        printf("%s: tickets stay here; there is nothing to try\n", desk->name);
        return 0;
    }
    struct loop *loop = loop_new();
    struct http *http = http_new(loop, 1);
    struct host host = {.loop = loop,
                        .http = http,
                        .settings = s.desk,
                        .all = &s,
                        .settings_file = s.file,
                        .folder = s.folder,
                        .diags = &found,
                        .arena = o->arena,
                        .quiet = true};
    bool ready = desk && desk->start(&host, &self) == RC_OK;
    print_diags(&found);
    if (ready)
        ready = try_all(o, &s, desk, self, loop);
    if (desk)
        desk->stop(self);
    http_free(http);
    loop_free(loop);
    return ready ? 0 : 1;
}
