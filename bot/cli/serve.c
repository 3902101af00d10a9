#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "app/engine.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/desk_command.h"
#include "net/control.h"

enum {
    HTTP_CONNECTIONS = 64,
    DRAIN_MS = 1000,   /* sockets get this long to take their goodbye */
    FINISH_MS = 10000, /* what is in hand gets this long to be done */
    LOOK_MS = 20,
    CHANNELS_MAX = 8,
};

/* Everything of the running daemon; lives in cli_serve's frame. */
struct daemon {
    const struct options *o;
    const struct plugs *plugs;
    struct settings settings;
    struct loop *loop;
    struct http *http;
    struct wake *stored, *built;
    struct store *store;
    struct builder *builder;
    struct engine *engine;
    struct server *server, *own; /* own: metrics_listen */
    struct watch *signals;
    struct control *control;
    struct timer *finishing;
    const struct desk *desk;
    const struct hris *hris;
    void *desk_self, *hris_self;
    void *channels[CHANNELS_MAX];
    bool started[CHANNELS_MAX]; /* the others have no settings */
    struct host host;
    struct routes routes;
    int64_t stop_by_ms;
    bool draining;
};

static void on_stored(void *ctx)
{
    struct daemon *d = ctx;
    if (d->engine)
        engine_committed(d->engine);
}

static void ring_stored(void *ctx)
{
    wake_ring(((struct daemon *)ctx)->stored);
}

/* Before the loop waits: what it put goes to the writer together. */
static void flush_stored(void *ctx)
{
    store_flush(((struct daemon *)ctx)->store);
}

static void ring_built(void *ctx)
{
    wake_ring(((struct daemon *)ctx)->built);
}

static void log_diags(const struct diags *list)
{
    struct arena *a = arena_new();
    for (size_t i = 0; i < list->list.n; i++) {
        const struct diag *d = &list->list.v[i];
        log_at(d->severity == SEVERITY_ERROR ? LOG_LEVEL_ERR : LOG_LEVEL_WARN, "%.*s",
               STR_ARG(diag_line(a, d)));
    }
    arena_free(a);
}

static void on_built(void *ctx)
{
    struct daemon *d = ctx;
    struct built *next = builder_take(d->builder);
    if (!next)
        return;
    log_diags(&next->diags);
    if (!next->brain.catalogue) {
        log_err("content: not published; the previous content stays");
        builder_give_back(d->builder, next);
        return;
    }
    log_info("content: %.*s in %lld ms", STR_ARG(built_summary(next->arena, next)),
             (long long)next->took_ms);
    builder_give_back(d->builder, engine_swap(d->engine, next));
}

static void stop_loop(void *ctx)
{
    loop_stop(((struct daemon *)ctx)->loop);
}

/* What is in hand first, then the goodbyes. */
static void finish(void *ctx)
{
    struct daemon *d = ctx;
    if (!engine_is_idle(d->engine) && clock_mono_ms() < d->stop_by_ms) {
        timer_set(d->finishing, LOOK_MS);
        return;
    }
    server_drain(d->server, DRAIN_MS, stop_loop, d);
}

static void reload_people(struct daemon *d)
{
    struct arena *a = arena_new();
    struct diags found = diags_new(a);
    struct people *people;
    if (people_load(d->settings.people, &found, &people) == RC_OK)
        engine_set_people(d->engine, people);
    log_diags(&found);
    arena_free(a);
}

static void on_signal(void *ctx, int signal_number)
{
    struct daemon *d = ctx;
    if (signal_number == SIGHUP) {
        log_info("SIGHUP: reload");
        reload_people(d);
        builder_reload(d->builder);
        return;
    }
    if (d->draining)
        return;
    log_info("signal %d: finishing what is in hand", signal_number);
    d->draining = true;
    for (size_t i = 0; d->plugs->channels[i]; i++)
        if (d->started[i])
            d->plugs->channels[i]->drain(d->channels[i]);
    d->stop_by_ms = clock_mono_ms() + FINISH_MS;
    finish(d);
}

static const char *kind_of(const struct yaml *section, const char *otherwise)
{
    str kind = yaml_text(section, "kind");
    return kind.n ? kind.p : otherwise;
}

static bool start_desk(struct daemon *d)
{
    struct host host = d->host;
    host.settings = d->settings.desk;
    const char *kind = kind_of(host.settings, d->plugs->desks[0]->name);
    for (size_t i = 0; d->plugs->desks[i]; i++)
        if (strcmp(d->plugs->desks[i]->name, kind) == 0)
            d->desk = d->plugs->desks[i];
    if (d->desk)
        return d->desk->start(&host, &d->desk_self) == RC_OK;
    diag_error(host.diags, host.settings_file, 0, 0, "desk: there is no kind \"%s\"",
               kind);
    return false;
}

static bool start_hris(struct daemon *d)
{
    struct host host = d->host;
    host.settings = d->settings.hris;
    const char *kind = kind_of(host.settings, d->plugs->systems[0]->name);
    for (size_t i = 0; d->plugs->systems[i]; i++)
        if (strcmp(d->plugs->systems[i]->name, kind) == 0)
            d->hris = d->plugs->systems[i];
    if (d->hris)
        return d->hris->start(&host, &d->hris_self) == RC_OK;
    diag_error(host.diags, host.settings_file, 0, 0, "hris: there is no kind \"%s\"",
               kind);
    return false;
}

static const struct channel *find_channel(const struct daemon *d, str name)
{
    for (size_t i = 0; d->plugs->channels[i]; i++)
        if (str_eq(name, str_c(d->plugs->channels[i]->name)))
            return d->plugs->channels[i];
    return NULL;
}

static bool start_channels(struct daemon *d)
{
    const struct yaml *sections = d->settings.channels;
    size_t before = d->host.diags->errors;
    d->routes.arena = d->o->arena;
    for (size_t k = 0; sections && k < sections->n; k++)
        if (!find_channel(d, sections->key[k].text))
            diag_error(d->host.diags, d->host.settings_file, sections->key[k].line,
                       sections->key[k].column, "channels: there is no channel \"%.*s\"",
                       STR_ARG(sections->key[k].text));
    for (size_t i = 0; d->plugs->channels[i]; i++) {
        const struct channel *c = d->plugs->channels[i];
        struct host host = d->host;
        host.settings = yaml_get(sections, c->name);
        enum rc rc = c->start(&host, d->engine, &d->routes, &d->channels[i]);
        if (rc == RC_NOT_FOUND)
            continue;
        if (rc)
            return false;
        d->started[i] = true;
        engine_plug(d->engine, c, d->channels[i]);
    }
    return d->host.diags->errors == before;
}

static struct built *first_content(struct daemon *d, struct builder_conf *c)
{
    struct cache *cache = NULL;
    struct built *b;
    c->cache_file = file_path(d->o->arena, d->settings.state, STR("content.db"));
    if (cache_open(c->cache_file, &cache))
        log_warn("content: no cache at %.*s", STR_ARG(c->cache_file));
    enum rc rc = builder_build(c, cache, &b);
    cache_close(cache);
    print_diags(&b->diags);
    if (rc == RC_OK)
        return b;
    built_free(b);
    return NULL;
}

static bool open_store(struct daemon *d)
{
    const struct settings *s = &d->settings;
    if (file_make_dir(d->o->arena, s->state)) {
        fprintf(stderr, "balie: the state folder %.*s cannot be made\n",
                STR_ARG(s->state));
        return false;
    }
    str file = file_path(d->o->arena, s->state, STR("balie.db"));
    enum rc rc = store_open(file, ring_stored, d, &d->store);
    if (rc)
        fprintf(stderr, "balie: %.*s %s\n", STR_ARG(file),
                rc == RC_BUSY          ? "is in use by another balie"
                    : rc == RC_INVALID ? "is not a database of this version of balie"
                                       : "cannot be opened");
    if (rc)
        return false;
    store_gather(d->store, true);
    loop_on_prepare(d->loop, flush_stored, d);
    return true;
}

/* `balie desk ...` of another process. */
static int asked(void *ctx, struct arena *a, struct strs words, str *reply)
{
    struct daemon *d = ctx;
    return desk_command(a, d->store, d->engine, words, reply);
}

static void open_door(struct daemon *d)
{
    str path = file_path(d->o->arena, d->settings.state, STR("control"));
    if (control_open(d->loop, path, asked, d, &d->control))
        log_warn("control: `balie desk` works only while balie does not run");
}

static bool listen_on(struct daemon *d, const char *setting, str listen,
                      struct server_conf c, struct server **out)
{
    if (settings_address(d->o->arena, listen, &c.address, &c.port)) {
        fprintf(stderr, "balie: %s takes ADDRESS:PORT, not \"%.*s\"\n", setting,
                STR_ARG(listen));
        return false;
    }
    enum rc rc = server_start(d->loop, &c, out);
    if (rc)
        fprintf(stderr, "balie: cannot listen on %.*s%s\n", STR_ARG(listen),
                rc == RC_BUSY ? ": the address is in use" : "");
    return rc == RC_OK;
}

static bool start_server(struct daemon *d)
{
    const struct settings *s = &d->settings;
    struct server_conf chat = {.routes = d->routes.http.v,
                               .n_routes = d->routes.http.n,
                               .sockets = d->routes.sockets.v,
                               .n_sockets = d->routes.sockets.n,
                               .streams = d->routes.streams.v,
                               .n_streams = d->routes.streams.n};
    struct server_conf own = {.routes = d->routes.own.v, .n_routes = d->routes.own.n};
    return listen_on(d, "listen", s->listen, chat, &d->server) &&
        (s->metrics_listen.n == 0 ||
         listen_on(d, "metrics_listen", s->metrics_listen, own, &d->own));
}

/* Everything in order; what was started is stopped by `end`, in whatever state. */
static bool start(struct daemon *d)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
    struct builder_conf c = options_builder(&d->settings);
    struct diags found = diags_new(d->o->arena);
    struct people *people = NULL;
    d->loop = loop_new();
    d->http = http_new(d->loop, HTTP_CONNECTIONS);
    d->stored = wake_new(d->loop, on_stored, d);
    d->built = wake_new(d->loop, on_built, d);
    d->finishing = timer_new(d->loop, finish, d);
    if (!open_store(d))
        return false;
    struct built *first = first_content(d, &c);
    if (!first)
        return false;
    printf("loaded %.*s\n", STR_ARG(built_summary(d->o->arena, first)));
    if (people_load(d->settings.people, &found, &people))
        people = NULL;
    d->host = (struct host){.loop = d->loop,
                            .http = d->http,
                            .all = &d->settings,
                            .settings_file = d->settings.file,
                            .folder = d->settings.folder,
                            .diags = &found,
                            .arena = d->o->arena,
                            .store = d->store};
    bool ok = start_desk(d) && start_hris(d);
    if (ok) {
        struct engine_conf ec = {.loop = d->loop,
                                 .store = d->store,
                                 .settings = &d->settings,
                                 .hris = d->hris,
                                 .hris_self = d->hris_self,
                                 .desk = d->desk,
                                 .desk_self = d->desk_self};
        d->engine = engine_start(&ec, first, people);
        ok = start_channels(d) && start_server(d);
    } else {
        built_free(first);
        people_free(people);
    }
    print_diags(&found);
    if (!ok)
        return false;
    c.previous = first;
    open_door(d);
    d->builder = builder_start(&c, ring_built, d);
    d->signals = loop_signals(d->loop, signals, LEN(signals), on_signal, d);
    return true;
}

/* The order that is clean: threads, transfers, sockets, then what they used. */
static void end(struct daemon *d)
{
    builder_stop(d->builder);
    control_close(d->control);
    server_free(d->own);
    server_free(d->server);
    for (size_t i = 0; d->plugs->channels[i]; i++)
        d->plugs->channels[i]->stop(d->channels[i]);
    if (d->desk)
        d->desk->stop(d->desk_self);
    if (d->hris)
        d->hris->stop(d->hris_self);
    store_close(d->store);
    engine_stop(d->engine);
    http_free(d->http);
    timer_free(d->finishing);
    wake_free(d->stored);
    wake_free(d->built);
    watch_free(d->signals);
    loop_free(d->loop);
}

static void raise_file_limit(void)
{
    struct rlimit r;
    if (getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur < r.rlim_max) {
        r.rlim_cur = r.rlim_max;
        setrlimit(RLIMIT_NOFILE, &r);
    }
}

int cli_serve(const struct options *o, const struct plugs *p)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
    struct daemon d = {.o = o, .plugs = p};
    if (!options_settings(o, &d.settings))
        return 1;
    signals_block(signals, LEN(signals));
    signal(SIGPIPE, SIG_IGN);
    raise_file_limit();
    bool ok = start(&d);
    if (ok) {
        str listen = d.settings.listen, address;
        int port;
        if (settings_address(o->arena, listen, &address, &port) == RC_OK)
            printf("listening http://%.*s:%d\n", STR_ARG(address), server_port(d.server));
        fflush(stdout);
        loop_run(d.loop);
        log_info("stopped");
    }
    end(&d);
    return ok ? 0 : 1;
}
