/*
 * rig - a desk_rest with the profile rt on a loop of its own, and one operation at a time
 * on it, waited for.
 */
#ifndef TESTS_ADAPTERS_RIG_H
#define TESTS_ADAPTERS_RIG_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "adapters/servicedesk/rest.h"
#include "base/file.h"
#include "unit.h"

enum { RIG_PATIENCE_MS = 60 * 1000 };

struct rig {
    struct arena *arena;
    struct loop *loop;
    struct http *http;
    struct diags diags;
    struct host host;
    struct yaml settings;
    void *desk;
    bool done;
    struct settings all;
    struct desk_result result; /* texts copied */
};

/* Whatever is given is the settings' section; the repository is the working folder. */
static inline enum rc rig_try(struct rig *r, struct arena *a, str section)
{
    char folder[4096];
    *r = (struct rig){.arena = a, .diags = diags_new(a)};
    CHECK(getcwd(folder, sizeof folder), "a working folder");
    CHECK_RC(yaml_parse(a, STR("balie.yaml"), section, 0, &r->diags, &r->settings),
             RC_OK);
    r->all.state = arena_fmt(a, "/tmp/balie-rig-%d", (int)getpid());
    r->loop = loop_new();
    r->http = http_new(r->loop, 8);
    r->host = (struct host){.loop = r->loop,
                            .http = r->http,
                            .all = &r->all,
                            .settings = &r->settings,
                            .settings_file = STR("balie.yaml"),
                            .folder = arena_str(a, str_c(folder)),
                            .diags = &r->diags,
                            .arena = a};
    return desk_rest.start(&r->host, &r->desk);
}

static inline void rig_stop(struct rig *r)
{
    desk_rest.stop(r->desk);
    http_free(r->http);
    loop_free(r->loop);
}

static inline void rig_done(void *ctx, const struct desk_result *result)
{
    struct rig *r = ctx;
    CHECK(!r->done, "done comes once");
    r->done = true;
    r->result = *result;
    r->result.number = arena_str(r->arena, result->number);
    r->result.external = arena_str(r->arena, result->external);
    r->result.status = arena_str(r->arena, result->status);
    r->result.error = arena_str(r->arena, result->error);
    loop_stop(r->loop);
}

static inline void rig_stop_loop(void *ctx)
{
    loop_stop(ctx);
}

static inline void rig_run(struct rig *r, int64_t ms)
{
    struct timer *t = timer_new(r->loop, rig_stop_loop, r->loop);
    timer_set(t, ms);
    loop_run(r->loop);
    timer_free(t);
}

static inline const struct desk_result *rig_ask(struct rig *r, const struct desk_op *op)
{
    r->done = false;
    desk_rest.do_op(r->desk, op, rig_done, r);
    CHECK(!r->done, "not from inside do_op");
    rig_run(r, RIG_PATIENCE_MS);
    CHECK(r->done, "it ends");
    return &r->result;
}

/* A file of one line, in a folder that is removed by nobody but the system. */
static inline str rig_file(struct arena *a, str text)
{
    char path[] = "/tmp/balie-test-XXXXXX";
    int fd = mkstemp(path);
    CHECK(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n, "a file");
    close(fd);
    return arena_str(a, str_c(path));
}

#endif
