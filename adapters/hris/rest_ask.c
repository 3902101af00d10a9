#include <stdlib.h>

#include "adapters/hris/rest_inside.h"
#include "base/clock.h"

enum { TRIES_MAX = 2, AGAIN_MS = 500, AGAIN_MOST_MS = 3000 };

struct hris_asking {
    struct hris_rest *h;
    struct hris_asking *before, *after; /* in h->asking */
    struct arena *arena;
    void (*done)(void *ctx, const struct lookup *l);
    void *ctx;
    const struct operation *operation; /* of the look-up */
    str employee, today_text;
    date_t today;
    struct exchange exchange;
    struct http_call *call; /* runs; NULL: none */
    struct timer *timer;
    struct lookup result;
    bool signing_in, signed_anew; /* a refused token is replaced once */
    int tries;
};

static void run(struct hris_asking *k);

static void leave(struct hris_asking *k)
{
    if (k->before)
        k->before->after = k->after;
    else
        k->h->asking = k->after;
    if (k->after)
        k->after->before = k->before;
}

static void free_asking(struct hris_asking *k)
{
    if (k->call)
        http_cancel(k->call);
    timer_free(k->timer);
    arena_free(k->arena);
    free(k);
}

/* Off the list first: done may ask again, or stop the adapter. */
static void finish(struct hris_asking *k)
{
    leave(k);
    k->done(k->ctx, &k->result);
    free_asking(k);
}

static void on_timer(void *ctx)
{
    struct hris_asking *k = ctx;
    if (k->result.failed)
        finish(k);
    else
        run(k);
}

static void fail(struct hris_asking *k, str why)
{
    k->result = (struct lookup){.failed = true, .error = why};
}

/* --- the reply --- */

static void read_rows(struct hris_asking *k, const struct exchange_result *r)
{
    struct lookup_row *rows = arena_alloc(k->arena, HRIS_ROWS_MAX * sizeof *rows);
    str why;
    size_t n = 0;
    if (hris_rows_of(k->h, k->arena, r, k->employee, k->today, rows, &n, &why))
        k->result = (struct lookup){.rows = rows, .n_rows = n};
    else
        fail(k, why);
}

/* True: there is something new to log in with. */
static bool renew(struct hris_asking *k)
{
    bool changed = false;
    if (k->signed_anew)
        return false;
    k->signed_anew = true;
    enum rc rc = hris_secrets_read(k->h, &changed);
    if (k->signing_in)
        return rc == RC_OK && changed;
    if (!profile_operation(k->h->section.rest.profile, "sign_in"))
        return rc == RC_OK && changed;
    hris_session_set(k->h, STR_NONE);
    return true;
}

static bool try_again(struct hris_asking *k, const struct exchange_result *r)
{
    if (r->end != EXCHANGE_RETRY || ++k->tries >= TRIES_MAX ||
        r->retry_after_ms > AGAIN_MOST_MS)
        return false;
    k->timer = k->timer ? k->timer : timer_new(k->h->host.loop, on_timer, k);
    timer_set(k->timer, r->retry_after_ms > 0 ? r->retry_after_ms : AGAIN_MS);
    return true;
}

static void on_reply(void *ctx, const struct http_reply *reply)
{
    struct hris_asking *k = ctx;
    struct exchange_result r;
    k->call = NULL;
    exchange_judge(k->arena, &k->exchange, reply, clock_wall_ms(), &r);
    if (r.end == EXCHANGE_REFUSED && r.status == 401 && renew(k)) {
        run(k);
        return;
    }
    if (try_again(k, &r))
        return;
    if (k->signing_in && r.end == EXCHANGE_DONE) {
        hris_session_set(k->h, exchange_taken(&r, "token"));
        run(k);
        return;
    }
    if (r.end == EXCHANGE_DONE)
        read_rows(k, &r);
    else if (r.end != EXCHANGE_NONE) /* none: no rows, and that is an answer */
        fail(k, r.error);
    finish(k);
}

/* --- the request --- */

static struct rest_values values_of(struct hris_asking *k)
{
    const struct hris_rest *h = k->h;
    /* copies: another look-up may replace the secrets while this one waits */
    const struct rest_value fixed[] = {
        {STR("url"), h->section.rest.url, VALUE_BASE},
        {STR("token"), arena_str(k->arena, h->token), VALUE_SECRET},
        {STR("password"), arena_str(k->arena, h->password), VALUE_SECRET},
        {STR("credential"), arena_str(k->arena, h->credential), VALUE_SECRET},
        {STR("user"), h->section.rest.user, VALUE_SETTING},
        {STR("employee"), k->employee, VALUE_PERSONAL},
        {STR("today"), k->today_text, VALUE_PLAIN},
    };
    size_t n = LEN(fixed);
    struct rest_value *v =
        arena_alloc(k->arena, (n + h->section.rest.n_values) * sizeof *v);
    memcpy(v, fixed, sizeof fixed);
    for (size_t i = 0; i < h->section.rest.n_values; i++)
        v[n++] = h->section.rest.values[i];
    return (struct rest_values){v, n};
}

static void fail_later(struct hris_asking *k, str why)
{
    fail(k, why);
    k->timer = k->timer ? k->timer : timer_new(k->h->host.loop, on_timer, k);
    timer_set(k->timer, 0);
}

static void run(struct hris_asking *k)
{
    struct hris_rest *h = k->h;
    const struct operation *sign_in =
        profile_operation(h->section.rest.profile, "sign_in");
    struct http_request request;
    str why;
    k->signing_in = sign_in && h->session.n == 0;
    k->exchange = (struct exchange){.profile = h->section.rest.profile,
                                    .operation = k->signing_in ? sign_in : k->operation,
                                    .values = values_of(k)};
    if (exchange_request(k->arena, &k->exchange, &request, &why)) {
        fail_later(k, why);
        return;
    }
    request.connect_ms = h->section.rest.connect_ms;
    request.total_ms = h->section.rest.total_ms;
    request.ca_file = h->section.rest.ca_file;
    k->call = http_send(h->host.http, &request, on_reply, k);
}

/* A setting that need not be given, and was not. */
static bool lacks_setting(const struct hris_rest *h, const struct template *t)
{
    const struct strs *optional = &h->section.rest.profile->optional;
    for (size_t i = 0; i < t->n; i++)
        for (size_t k = 0; k < optional->n; k++)
            if (str_eq(t->v[i].name, optional->v[k]) &&
                values_get((struct rest_values){h->section.rest.values,
                                                h->section.rest.n_values},
                           optional->v[k])
                        .n == 0)
                return true;
    return false;
}

const struct operation *hris_operation(const struct hris_rest *h, str lookup)
{
    const struct profile *p = h->section.rest.profile;
    for (size_t i = 0; i < p->n_operations; i++)
        if (str_eq(p->operations[i].name, lookup))
            return lacks_setting(h, &p->operations[i].url) ? NULL : &p->operations[i];
    return NULL;
}

void hris_ask(struct hris_rest *h, str lookup, const struct person *who, date_t today,
              void (*done)(void *ctx, const struct lookup *l), void *ctx)
{
    struct hris_asking *k = must_alloc(sizeof *k);
    *k = (struct hris_asking){.h = h,
                              .after = h->asking,
                              .arena = arena_new(),
                              .done = done,
                              .ctx = ctx,
                              .today = today};
    if (h->asking)
        h->asking->before = k;
    h->asking = k;
    k->operation = hris_operation(h, lookup);
    bool by_id = str_eq(h->section.employee_id, STR("id"));
    k->employee =
        arena_str(k->arena, by_id ? who->id : person_get(who, h->section.employee_id));
    k->today_text = date_iso(k->arena, today);
    if (!k->operation)
        fail_later(k, STR("the profile has no operation for this look-up"));
    else if (k->employee.n == 0)
        fail_later(k, STR("the people table has no employee number for this person"));
    else
        run(k);
}

void hris_asking_stop(struct hris_rest *h)
{
    for (struct hris_asking *k = h->asking, *next; k; k = next) {
        next = k->after;
        free_asking(k);
    }
    h->asking = NULL;
}
