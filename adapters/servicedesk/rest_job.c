#include <stdlib.h>

#include "adapters/servicedesk/rest_desk.h"
#include "adapters/servicedesk/rest_news.h"
#include "base/clock.h"
#include "base/log.h"

enum step {
    STEP_PROBE,
    STEP_RIGHTS,
    STEP_UPLOAD, /* the bytes, before what they belong to */
    STEP_MAIN,
    STEP_VERIFY,
    STEP_REPLY, /* the text of one */
    STEP_FILES, /* what came with it */
};

struct rest_job {
    struct rest_desk *desk;
    struct rest_job *before, *after; /* in desk->jobs */
    struct arena *arena;
    const struct desk_op *op; /* the caller's, until done */
    void (*done)(void *ctx, const struct desk_result *r);
    void *ctx;
    struct rest_values values;
    enum step step;
    struct exchange exchange;
    struct http_call *call;     /* runs; NULL: none */
    struct timer *timer;        /* an end that waits for the next turn of the loop */
    struct desk_result result;  /* what is known so far */
    struct desk_reply *replies; /* DESK_REPLIES: the first `read` of them have texts */
    size_t n_replies, read;
    struct http_file file; /* DESK_FILE */
};

static const char *const names[] = {
    [DESK_OPEN] = "open",         [DESK_FIND] = "find",     [DESK_COMMENT] = "comment",
    [DESK_FOUND] = "found",       [DESK_STATUS] = "status", [DESK_PROBE] = "probe",
    [DESK_WITHDRAW] = "withdraw", [DESK_REOPEN] = "reopen", [DESK_REPLIES] = "replies",
    [DESK_CHANGED] = "changed",   [DESK_NOTICE] = "notice", [DESK_FILE] = "attach",
    [DESK_FETCH] = "fetch",
};

/* Off the desk's list. */
static void leave(struct rest_job *j)
{
    if (j->before)
        j->before->after = j->after;
    else
        j->desk->jobs = j->after;
    if (j->after)
        j->after->before = j->before;
}

static void free_job(struct rest_job *j)
{
    if (j->call)
        http_cancel(j->call);
    timer_free(j->timer);
    if (j->desk)
        arenas_give(&j->desk->arenas, j->arena);
    else
        arena_free(j->arena);
    free(j);
}

/* The caller may start the next operation or stop the desk from inside done, so the job
 * is off the list first, and the desk may have gone after it. */
static void finish(struct rest_job *j)
{
    leave(j);
    j->desk->told = j;
    j->done(j->ctx, &j->result);
    if (j->desk)
        j->desk->told = NULL;
    free_job(j);
}

static void on_next_turn(void *ctx)
{
    finish(ctx);
}

static void finish_later(struct rest_job *j)
{
    j->timer = timer_new(j->desk->host.loop, on_next_turn, j);
    timer_set(j->timer, 0);
}

/* --- queues --- */

static struct rest_queue *queue_of(struct rest_job *j)
{
    str name = values_get(j->values, STR("queue"));
    struct rest_desk *d = j->desk;
    for (size_t i = 0; i < d->queues.n; i++)
        if (str_eq(d->queues.v[i].name, name))
            return &d->queues.v[i];
    struct rest_queue *q = arena_push(d->host.arena, &d->queues);
    q->name = arena_str(d->host.arena, name);
    return q;
}

static void queue_is_fit(struct rest_job *j)
{
    struct rest_queue *q = queue_of(j);
    if (q->told)
        log_info("desk: queue=\"%.*s\" is ready now", STR_ARG(q->name));
    q->fit = true;
    q->told = false;
}

static void queue_is_unfit(struct rest_job *j, str why)
{
    struct rest_queue *q = queue_of(j);
    if (!q->told)
        log_err("desk: queue=\"%.*s\" takes no tickets from us: %.*s", STR_ARG(q->name),
                STR_ARG(why));
    q->fit = false;
    q->told = true;
}

/* --- the steps --- */

static void on_reply(void *ctx, const struct http_reply *reply);

/* The bytes go to the file as they come, or stand in a JSON reply as base64. */
static void set_fetch(struct rest_job *j, const struct operation *o,
                      struct http_request *request)
{
    request->total_ms = rest_file_ms(j->desk, j->op->most);
    request->reply_most = (size_t)j->op->most;
    if (o->n_take == 0)
        request->reply_to = j->op->to;
    else
        request->reply_most = request->reply_most / 2 * 3 + HTTP_REPLY_MAX;
}

static void run(struct rest_job *j, enum step step, const struct operation *o)
{
    struct rest_desk *d = j->desk;
    struct http_request request;
    str why;
    j->step = step;
    j->exchange = (struct exchange){.profile = d->settings.profile,
                                    .operation = o,
                                    .values = j->values,
                                    .file = j->file};
    if (exchange_request(j->arena, &j->exchange, &request, &why)) {
        if (step != STEP_VERIFY) /* or it is done already */
            j->result = (struct desk_result){.end = DESK_REFUSED, .error = why};
        finish_later(j);
        return;
    }
    request.connect_ms = d->settings.connect_ms;
    request.total_ms = d->settings.total_ms;
    request.ca_file = d->settings.ca_file;
    if (j->op->type == DESK_FETCH)
        set_fetch(j, o, &request);
    else if (j->op->type == DESK_FILE)
        request.total_ms = rest_file_ms(d, j->file.size);
    j->call = http_send(d->host.http, &request, on_reply, j);
}

static enum desk_end end_of(enum exchange_end e)
{
    static const enum desk_end ends[] = {
        [EXCHANGE_DONE] = DESK_DONE,       [EXCHANGE_NONE] = DESK_NONE,
        [EXCHANGE_RETRY] = DESK_RETRY,     [EXCHANGE_UNCLEAR] = DESK_UNCLEAR,
        [EXCHANGE_REFUSED] = DESK_REFUSED,
    };
    return ends[e];
}

static void after_probe(struct rest_job *j, const struct exchange_result *r)
{
    const struct operation *rights =
        profile_operation(j->desk->settings.profile, "rights");
    if (rights && j->step == STEP_PROBE && r->end == EXCHANGE_DONE) {
        run(j, STEP_RIGHTS, rights);
        return;
    }
    if (r->end == EXCHANGE_DONE)
        queue_is_fit(j);
    else if (r->end == EXCHANGE_REFUSED || r->end == EXCHANGE_NONE)
        queue_is_unfit(j, r->error);
    if (j->op->type == DESK_PROBE) {
        finish(j);
        return;
    }
    if (r->end == EXCHANGE_DONE) {
        run(j, STEP_MAIN, profile_operation(j->desk->settings.profile, "open"));
        return;
    }
    j->result.end = DESK_RETRY; /* nothing was sent, and it is not this ticket's fault */
    j->result.answers = r->end == EXCHANGE_REFUSED || r->end == EXCHANGE_NONE;
    finish(j);
}

/* --- files --- */

/* What was uploaded and belongs to nothing yet, the product throws away: once more then.
 */
static void after_upload(struct rest_job *j, const struct exchange_result *r)
{
    if (r->end == EXCHANGE_UNCLEAR)
        j->result.end = DESK_RETRY;
    if (r->end != EXCHANGE_DONE) {
        finish(j);
        return;
    }
    j->values =
        rest_value_add(j->arena, j->values,
                       (struct rest_value){STR("file_token"),
                                           exchange_taken(r, "file_token"), VALUE_PLAIN});
    run(j, STEP_MAIN, profile_operation(j->desk->settings.profile, "attach"));
}

static void after_fetch(struct rest_job *j, const struct exchange_result *r)
{
    if (r->end == EXCHANGE_DONE && j->exchange.operation->n_take > 0) {
        enum rc rc =
            rest_file_decode(exchange_taken(r, "content"), j->op->to, j->op->most);
        j->result.end = rc == RC_OK ? DESK_DONE : rc == RC_IO ? DESK_RETRY : DESK_REFUSED;
        j->result.too_large = rc == RC_LIMIT;
        j->result.error = rc ? STR("fetch: the content cannot be kept") : STR_NONE;
    }
    finish(j);
}

/* --- lists --- */

static void next_reply(struct rest_job *j);

/* A list that does not hold the texts, or the files: one more request for each. */
static void ask_reply(struct rest_job *j, enum step step, const struct operation *o)
{
    struct rest_values before = j->values;
    j->values = rest_value_add(
        j->arena, before,
        (struct rest_value){STR("event"), j->replies[j->read].event, VALUE_PLAIN});
    run(j, step, o);
    j->values = before;
}

static void next_reply(struct rest_job *j)
{
    const struct profile *p = j->desk->settings.profile;
    const struct operation *text = profile_operation(p, "reply"),
                           *files = profile_operation(p, "files");
    for (; j->read < j->n_replies; j->read++) {
        const struct desk_reply *r = &j->replies[j->read];
        if (text && r->text.n == 0 && !r->files && j->step != STEP_REPLY) {
            ask_reply(j, STEP_REPLY, text);
            return;
        }
        if (files && !r->files) {
            ask_reply(j, STEP_FILES, files);
            return;
        }
        j->step = STEP_MAIN;
    }
    j->result.replies = j->replies;
    j->result.n_replies = j->n_replies;
    finish(j);
}

static void after_reply(struct rest_job *j, const struct exchange_result *r)
{
    if (r->end == EXCHANGE_DONE || r->end == EXCHANGE_NONE) {
        if (j->step == STEP_FILES)
            rest_files(j->arena, r, &j->replies[j->read]);
        else
            j->replies[j->read].text = exchange_taken(r, "text");
        next_reply(j);
        return;
    }
    /* those before it can be told; the rest is asked for again */
    j->result.replies = j->replies;
    j->result.n_replies = j->read;
    if (j->read == 0)
        j->result.end = end_of(r->end);
    finish(j);
}

static void after_list(struct rest_job *j, const struct exchange_result *r)
{
    if (r->end == EXCHANGE_NONE)
        j->result.end = DESK_DONE; /* an empty list is a list */
    if (r->end != EXCHANGE_DONE) {
        finish(j);
        return;
    }
    if (j->op->type == DESK_CHANGED) {
        struct desk_changed *changed;
        rest_changes(j->arena, r, &changed, &j->result.n_changed);
        j->result.changed = changed;
        finish(j);
        return;
    }
    rest_replies(j->arena, r, j->op->seen, &j->replies, &j->n_replies);
    next_reply(j);
}

/* Tickets with our key besides the first. */
static void take_others(struct rest_job *j, const struct exchange_result *r)
{
    str *others = arena_alloc(j->arena, MAX(r->n_rows, 1) * sizeof *others);
    for (size_t i = 1; i < r->n_rows; i++)
        others[j->result.n_others++] = values_get(r->row[i], STR("external"));
    j->result.others = others;
}

static bool changes(enum desk_op_type type)
{
    return type == DESK_WITHDRAW || type == DESK_REOPEN;
}

static void after_main(struct rest_job *j, const struct exchange_result *r)
{
    if (j->op->type == DESK_REPLIES || j->op->type == DESK_CHANGED) {
        after_list(j, r);
        return;
    }
    if (j->op->type == DESK_FIND)
        take_others(j, r);
    bool opens = j->op->type == DESK_OPEN;
    if (opens && r->end == EXCHANGE_REFUSED)
        queue_of(j)->fit = false; /* look again before the next */
    if (j->op->type != DESK_FIND && (r->status == 401 || r->status == 403))
        j->result.end = DESK_RETRY; /* ours to mend (a token), not this ticket's fault */
    const struct operation *verify = j->exchange.operation->verify;
    if ((opens || changes(j->op->type)) && r->end == EXCHANGE_DONE && verify)
        run(j, STEP_VERIFY, verify);
    else
        finish(j);
}

/* A product may say 2xx and leave the status as it was: a workflow that does not allow
 * it.
 */
static void after_change(struct rest_job *j, const struct exchange_result *r)
{
    str status = exchange_taken(r, "status");
    bool over = str_eq(status, STR("withdrawn")) || str_eq(status, STR("resolved"));
    if (r->end == EXCHANGE_DONE && over != (j->op->type == DESK_WITHDRAW)) {
        j->result.end = DESK_REFUSED;
        j->result.error =
            arena_fmt(j->arena, "%s: it said yes, and the status is still \"%.*s\"",
                      names[j->op->type], STR_ARG(status));
    }
    finish(j);
}

/* The ticket was made, whatever this finds. */
static void after_verify(struct rest_job *j, const struct exchange_result *r)
{
    if (changes(j->op->type)) {
        after_change(j, r);
        return;
    }
    str found = exchange_taken(r, "external");
    if (r->end == EXCHANGE_NONE || r->end == EXCHANGE_REFUSED) {
        j->result.error = STR("the ticket was made, but without our key: the servicedesk "
                              "dropped it");
        queue_is_unfit(j, j->result.error);
    } else if (r->end == EXCHANGE_DONE && !str_eq(found, j->result.external)) {
        log_warn("desk: receipt=%.*s tickets \"%.*s\" and \"%.*s\" are the same",
                 STR_ARG(j->op->receipt), STR_ARG(found), STR_ARG(j->result.external));
        j->result.external = found;
        j->result.number = exchange_taken(r, "number");
    }
    finish(j);
}

static void on_reply(void *ctx, const struct http_reply *reply)
{
    struct rest_job *j = ctx;
    struct exchange_result r;
    bool changed = false;
    j->call = NULL;
    exchange_judge(j->arena, &j->exchange, reply, clock_wall_ms(), &r);
    if (r.status == 401 && r.end == EXCHANGE_REFUSED &&
        rest_secrets_read(j->desk, &changed) == RC_OK && changed) {
        r.end = EXCHANGE_RETRY;
        r.error = STR("the token was replaced");
    }
    if (j->step == STEP_VERIFY || j->step == STEP_REPLY || j->step == STEP_FILES) {
        (j->step == STEP_VERIFY ? after_verify : after_reply)(j, &r);
        return;
    }
    if (reply->too_large && j->op->type == DESK_FETCH)
        r.end = EXCHANGE_REFUSED;
    j->result = (struct desk_result){.end = end_of(r.end),
                                     .number = exchange_taken(&r, "number"),
                                     .external = exchange_taken(&r, "external"),
                                     .status = exchange_taken(&r, "status"),
                                     .owner = exchange_taken(&r, "owner"),
                                     .error = r.error,
                                     .retry_after_ms = r.retry_after_ms,
                                     .too_large = reply->too_large,
                                     .http = r.status};
    if (j->step == STEP_PROBE || j->step == STEP_RIGHTS)
        after_probe(j, &r);
    else if (j->step == STEP_UPLOAD)
        after_upload(j, &r);
    else if (j->op->type == DESK_FETCH)
        after_fetch(j, &r);
    else
        after_main(j, &r);
}

/* What an operation of the desk's begins with; NULL: the profile has no such one. */
static const struct operation *first_operation(struct rest_job *j, enum step *step)
{
    const struct profile *p = j->desk->settings.profile;
    const struct desk_op *op = j->op;
    const struct operation *o = NULL;
    *step = STEP_MAIN;
    if (op->type == DESK_PROBE || (op->type == DESK_OPEN && !queue_of(j)->fit)) {
        *step = STEP_PROBE;
        return profile_operation(p, "probe");
    }
    if (op->type == DESK_FOUND && op->file.key.n > 0)
        o = profile_operation(p, "attached");
    if (op->type == DESK_FILE && profile_operation(p, "attach") &&
        (o = profile_operation(p, "upload")))
        *step = STEP_UPLOAD;
    return o ? o : profile_operation(p, names[op->type]);
}

void rest_job_start(struct rest_desk *d, const struct desk_op *op,
                    void (*done)(void *ctx, const struct desk_result *r), void *ctx)
{
    struct rest_job *j = must_alloc(sizeof *j);
    *j = (struct rest_job){.desk = d,
                           .after = d->jobs,
                           .arena = arenas_take(&d->arenas),
                           .op = op,
                           .done = done,
                           .ctx = ctx};
    if (d->jobs)
        d->jobs->before = j;
    d->jobs = j;
    j->values = rest_values_of(j->arena, d, op);
    if (op->type == DESK_FILE &&
        !rest_file_values(j->arena, d, op, &j->file, &j->values)) {
        j->result = (struct desk_result){.end = DESK_REFUSED,
                                         .error = STR("attach: the file is gone")};
        finish_later(j);
        return;
    }
    enum step step;
    const struct operation *o = first_operation(j, &step);
    if (o) {
        run(j, step, o);
        return;
    }
    j->result = (struct desk_result){
        .end = DESK_CANNOT,
        .error = arena_fmt(j->arena, "%s: the profile has no such operation",
                           names[op->type])};
    finish_later(j);
}

void rest_jobs_stop(struct rest_desk *d)
{
    for (struct rest_job *j = d->jobs, *next; j; j = next) {
        next = j->after;
        free_job(j);
    }
    d->jobs = NULL;
    if (d->told)
        d->told->desk = NULL;
    arenas_free(&d->arenas);
}
