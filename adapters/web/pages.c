#include "adapters/web/pages.h"

#include "adapters/web/identity.h"
#include "base/buf.h"
#include "dialogue/outcome.h"

enum { METRICS_MAX = 64 * 1024, PEOPLE_SHOWN = 200 };

extern const char asset_page[], asset_page_end[]; /* assets.S */

static const char *const page_headers[] = {
    "Cache-Control: no-store",
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; script-src "
    "'unsafe-inline'; connect-src 'self' ws: wss:; img-src 'self' data:; base-uri "
    "'none'; "
    "form-action 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer",
};
static const char *const plain_headers[] = {"Cache-Control: no-store"};

static void page(void *ctx, struct request *r)
{
    (void)ctx;
    /* both ends of one object of the linker's; cppcheck-suppress comparePointers */
    size_t n = (size_t)(asset_page_end - asset_page);
    request_reply(r, 200, "text/html; charset=utf-8", page_headers, LEN(page_headers),
                  (str){asset_page, n});
}

/* Who the visitor of the demo page may pretend to be. */
static void people(void *ctx, struct request *r)
{
    const struct people *p = engine_people(ctx);
    if (!identity_allows(r)) {
        request_reply(r, 403, "text/plain", plain_headers, 1, STR("forbidden\n"));
        return;
    }
    struct buf b = buf_new(request_arena(r), METRICS_MAX);
    buf_char(&b, '[');
    for (size_t i = 0; p && i < MIN(p->list.n, (size_t)PEOPLE_SHOWN); i++) {
        buf_put(&b, i ? STR(",{") : STR("{"));
        buf_json_member(&b, "id", p->list.v[i].id);
        buf_json_member(&b, "name", p->list.v[i].name);
        buf_json_member(&b, "unit", person_get(&p->list.v[i], STR("unit")));
        buf_char(&b, '}');
    }
    buf_char(&b, ']');
    request_reply(r, 200, "application/json", plain_headers, 1, buf_str(&b));
}

static void healthy(void *ctx, struct request *r)
{
    (void)ctx;
    request_reply(r, 200, "text/plain", plain_headers, 1, STR("ok\n"));
}

static void ready(void *ctx, struct request *r)
{
    const struct built *b = engine_content(ctx);
    bool ok = b && b->brain.catalogue;
    request_reply(r, ok ? 200 : 503, "text/plain", plain_headers, 1,
                  ok ? STR("ready\n") : STR("no content\n"));
}

static void put(struct buf *b, const char *name, const char *kind, uint64_t v)
{
    buf_fmt(b, "# TYPE balie_%s %s\nbalie_%s %llu\n", name, kind, name,
            (unsigned long long)v);
}

str pages_metrics(struct arena *a, struct engine *e)
{
    struct engine_counts c = engine_counts(e);
    const struct built *content = engine_content(e);
    struct buf b = buf_new(a, METRICS_MAX);
    put(&b, "events_total", "counter", c.events);
    put(&b, "turns_total", "counter", c.turns);
    buf_put(&b, STR("# TYPE balie_outcomes_total counter\n"));
    for (int k = OUTCOME_ANSWER; k <= OUTCOME_NOTHING; k++)
        buf_fmt(&b, "balie_outcomes_total{outcome=\"%s\"} %llu\n",
                outcome_name((enum outcome_kind)k), (unsigned long long)c.outcomes[k]);
    put(&b, "repeated_total", "counter", c.replayed);
    put(&b, "busy_total", "counter", c.busy);
    put(&b, "storage_errors_total", "counter", c.storage_errors);
    put(&b, "conflicts_total", "counter", c.conflicts);
    put(&b, "conversations", "gauge", c.conversations);
    put(&b, "store_waiting", "gauge", c.waiting);
    put(&b, "outbox_waiting", "gauge", c.outbox.waiting);
    put(&b, "outbox_in_flight", "gauge", c.outbox.in_flight);
    put(&b, "outbox_delivered_total", "counter", c.outbox.delivered);
    put(&b, "outbox_failed_total", "counter", c.outbox.failed);
    put(&b, "outbox_retries_total", "counter", c.outbox.retries);
    put(&b, "outbox_searches_total", "counter", c.outbox.searches);
    put(&b, "outbox_twins_total", "counter", c.outbox.twins);
    put(&b, "outbox_dead", "gauge", c.outbox.dead);
    put(&b, "desk_left_alone", "gauge", c.outbox.open);
    put(&b, "desk_left_alone_total", "counter", c.outbox.opened);
    put(&b, "tickets_followed", "gauge", c.follow.alive);
    put(&b, "desk_polls_total", "counter", c.follow.polls);
    put(&b, "desk_looks_total", "counter", c.follow.looks);
    put(&b, "desk_replies_total", "counter", c.follow.replies);
    put(&b, "desk_failures_total", "counter", c.follow.failures);
    put(&b, "desk_calls_total", "counter", c.desk_calls[0]);
    put(&b, "desk_calls_dropped_total", "counter", c.desk_calls[1]);
    put(&b, "desk_calls_refused_total", "counter", c.desk_calls[2]);
    put(&b, "arrivals_total", "counter", c.arrivals);
    put(&b, "arrivals_repeated_total", "counter", c.repeated);
    put(&b, "messages_waiting", "gauge", c.messages_waiting);
    put(&b, "messages_sent_total", "counter", c.messages_sent);
    put(&b, "messages_failed_total", "counter", c.messages_failed);
    put(&b, "files_taken_total", "counter", c.files_taken);
    put(&b, "files_refused_total", "counter", c.files_refused);
    put(&b, "files_came_total", "counter", c.files_came);
    put(&b, "promises_kept_total", "counter", c.follow.kept);
    put(&b, "promises_moved_total", "counter", c.follow.moved);
    put(&b, "promises_broken_total", "counter", c.follow.broken);
    put(&b, "promises_warned_total", "counter", c.follow.warned);
    put(&b, "reloads_total", "counter", c.reloads);
    put(&b, "cards", "gauge", content ? content->cards : 0);
    put(&b, "articles", "gauge", content ? content->articles : 0);
    put(&b, "content_errors", "gauge", content ? content->diags.errors : 0);
    put(&b, "content_warnings", "gauge", content ? content->diags.warnings : 0);
    return buf_str(&b);
}

static void metrics(void *ctx, struct request *r)
{
    request_reply(r, 200, "text/plain; version=0.0.4", plain_headers, 1,
                  pages_metrics(request_arena(r), ctx));
}

void pages_add(struct routes *r, struct engine *e, bool own_metrics)
{
    const struct route_entry pages[] = {{"GET", "/", page, e},
                                        {"GET", "/demo/people", people, e},
                                        {"GET", "/healthz", healthy, e},
                                        {"GET", "/readyz", ready, e}};
    for (size_t i = 0; i < LEN(pages); i++)
        *arena_push(r->arena, &r->http) = pages[i];
    const struct route_entry figures = {"GET", "/metrics", metrics, e};
    if (own_metrics)
        *arena_push(r->arena, &r->own) = figures;
    else
        *arena_push(r->arena, &r->http) = figures;
}
