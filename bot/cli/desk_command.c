#include "cli/desk_command.h"

#include <jansson.h>

#include "app/engine_desk.h"
#include "app/engine_files.h"
#include "base/buf.h"
#include "base/clock.h"

enum { REPLY_MAX_BYTES = 8 * 1024 * 1024, HOUR_MS = 3600 * 1000, RETRY_HOURS = 72 };

static const char *const states[] = {"pending", "sending", "unclear",
                                     "done",    "failed",  "dropped"};

/* What balie said on a channel: not the servicedesk's, and its words are wiped. */
static bool is_message(const struct store_effect *e)
{
    return str_eq(e->kind, STR("message"));
}

static str list(struct arena *a, struct store *s)
{
    struct store_effects rows;
    struct store_tickets tickets;
    struct buf b = buf_new(a, REPLY_MAX_BYTES);
    if (store_read_effects(s, a, false, &rows) ||
        store_read_tickets(s, a, STR_NONE, &tickets))
        return STR_NONE;
    for (size_t i = 0; i < rows.list.n; i++) {
        const struct store_effect *e = &rows.list.v[i];
        str receipt = e->kind, queue = STR("-");
        if (is_message(e) && e->state == EFFECT_DONE)
            continue; /* every answer on a channel would stand here */
        for (size_t k = 0; k < tickets.list.n; k++)
            if (tickets.list.v[k].effect == e->id) {
                receipt = tickets.list.v[k].receipt;
                queue = tickets.list.v[k].queue;
            }
        buf_fmt(&b,
                "%lld  %.*s  %-8s  %.*s  number=%.*s  attempts=%d  created=%.*s  %.*s\n",
                (long long)e->id, STR_ARG(receipt), states[e->state], STR_ARG(queue),
                STR_ARG(e->number), e->attempts, STR_ARG(clock_rfc3339(a, e->created_ms)),
                STR_ARG(e->error));
    }
    return buf_str(&b);
}

static str list_tickets(struct arena *a, struct store *s)
{
    struct store_tickets t;
    struct buf b = buf_new(a, REPLY_MAX_BYTES);
    if (store_read_tickets(s, a, STR_NONE, &t))
        return STR_NONE;
    for (size_t i = 0; i < t.list.n; i++) {
        const struct store_ticket *k = &t.list.v[i];
        if (ticket_is_over(k->status))
            continue;
        buf_fmt(&b, "%.*s  %.*s  %-9s  %.*s  due=%.*s  %.*s\n", STR_ARG(k->receipt),
                STR_ARG(k->number), arena_str(a, k->status).p, STR_ARG(k->queue),
                STR_ARG(k->due_ms ? clock_rfc3339(a, k->due_ms) : STR("-")),
                STR_ARG(k->closed ? STR("(confidential)") : k->subject));
    }
    return buf_str(&b);
}

static int told(enum rc rc, str *reply)
{
    static const char *const words[] = {
        [RC_OK] = "done\n",
        [RC_INVALID] = "not possible: it is delivered, or a servicedesk has it\n",
        [RC_LIMIT] = "too long\n",
        [RC_NOT_FOUND] = "there is no such one\n",
        [RC_DENIED] =
            ("a confidential one, and the person is not in the chat: nothing of "
             "it may be kept. Reach them another way, or try again later\n"),
        [RC_BUSY] = "it is being sent right now, or not confirmed yet: try again\n",
        [RC_UPSTREAM] = "another system failed\n",
        [RC_IO] = "the state cannot be read or written\n",
    };
    *reply = str_c(words[rc]);
    return rc == RC_OK ? 0 : 1;
}

/* Without a daemon: the row as the next start will find it. */
static enum rc change_row(struct arena *a, struct store *s, int64_t id, bool drop)
{
    struct store_effect e;
    enum rc rc = store_read_effect(s, a, id, &e);
    if (rc)
        return rc;
    if (e.state == EFFECT_DONE || e.state == EFFECT_DROPPED)
        return RC_INVALID;
    int64_t now = clock_wall_ms();
    if (e.state == EFFECT_FAILED || e.state == EFFECT_SENDING) {
        e.state = EFFECT_UNCLEAR; /* nobody knows what became of it: search first */
        e.unclear_ms = now;
        e.answered_ms = 0;
    }
    e.attempts = 0;
    e.next_ms = now;
    e.deadline_ms = now + (int64_t)RETRY_HOURS * HOUR_MS;
    if (drop) {
        e.state = EFFECT_DROPPED;
        e.payload = STR("{}");
        e.error = STR("dropped by an operator");
    }
    struct store_job j = {.effects = &e, .n_effects = 1};
    return store_put(s, &j);
}

static int row(struct arena *a, struct store *s, struct engine *engine, bool drop,
               str number, str *reply)
{
    int64_t id;
    struct store_effect e;
    if (str_int(number, &id))
        return told(RC_NOT_FOUND, reply);
    if (store_read_effect(s, a, id, &e) == RC_OK && is_message(&e)) {
        *reply =
            STR("a channel's message: it is sent by itself until its time is over\n");
        return 1;
    }
    if (!engine)
        return told(change_row(a, s, id, drop), reply);
    return told(drop ? engine_desk_drop(engine, id) : engine_desk_retry(engine, id),
                reply);
}

/* --- files --- */

static int file_told(enum rc rc, str *reply)
{
    const char *why = rc == RC_LIMIT
        ? "the file is too large, or there is no room for it\n"
        : rc == RC_INVALID   ? "this kind of file is not passed on (attachment_types)\n"
        : rc == RC_NOT_FOUND ? "there is no such file, or balie may not read it\n"
                             : "the file could not be stored\n";
    *reply = str_c(why);
    return 1;
}

/* answer RECEIPT NAME TEXT [FILE] */
static int answer(struct arena *a, struct engine *engine, struct strs words, str *reply)
{
    struct file_arrived file = {.in = {.fd = -1}};
    bool has = words.n == 5;
    enum rc rc = has ? engine_file_arrive(engine, a, words.v[4], &file) : RC_OK;
    if (rc)
        return file_told(rc, reply);
    rc = engine_desk_answer(engine, words.v[1], words.v[2], words.v[3], STR_NONE,
                            has ? &file : NULL);
    if (file.in.files) /* not handed on */
        file_in_done(&file.in);
    return told(rc, reply);
}

static int64_t ticket_of(const struct store_effect *e)
{
    json_t *o = json_loadb(e->payload.p, e->payload.n, 0, NULL);
    int64_t id = json_integer_value(json_object_get(o, "ticket"));
    json_decref(o);
    return id;
}

/* What came with the tickets of that receipt and lies in the state. */
static str list_files(struct arena *a, struct store *s, str receipt)
{
    struct store_files rows;
    struct store_effect e;
    struct store_ticket t;
    struct buf b = buf_new(a, REPLY_MAX_BYTES);
    if (store_read_files(s, a, 0, &rows))
        return STR_NONE;
    for (size_t i = 0; i < rows.list.n; i++) {
        const struct store_file *f = &rows.list.v[i];
        if (f->effect > 0 && store_read_effect(s, a, f->effect, &e) == RC_OK &&
            store_read_ticket(s, a, ticket_of(&e), &t) == RC_OK &&
            str_eq_ascii(t.receipt, receipt))
            buf_fmt(&b, "files/%.*s  %lld  %.*s  %.*s\n", STR_ARG(f->key),
                    (long long)f->size, STR_ARG(f->type), STR_ARG(f->name));
    }
    return buf_str(&b);
}

static bool is_status(str s)
{
    static const char *const all[] = {"open", "waiting", "resolved", "withdrawn"};
    for (size_t i = 0; i < LEN(all); i++)
        if (str_eq(s, str_c(all[i])))
            return true;
    return false;
}

int desk_command(struct arena *a, struct store *s, struct engine *engine,
                 struct strs words, str *reply)
{
    static const char usage[] =
        "usage: balie desk list | tickets | retry ID | drop ID | try [QUEUE...]\n"
        "       balie desk answer RECEIPT NAME TEXT [--file FILE]  (TEXT -: standard "
        "input)\n"
        "       balie desk files RECEIPT    what the person sent along, below the state\n"
        "       balie desk status RECEIPT open|waiting|resolved|withdrawn\n";
    str what = words.n > 0 ? words.v[0] : STR_NONE;
    bool answers = str_eq(what, STR("answer")) &&
        ((words.n == 4 && words.v[3].n > 0) || words.n == 5);
    bool sets = str_eq(what, STR("status")) && words.n == 3 && is_status(words.v[2]);
    if ((answers || sets) && !engine) {
        *reply = STR("balie does not run: start it first\n");
        return 1;
    }
    if (answers)
        return answer(a, engine, words, reply);
    if (words.n == 2 && str_eq(what, STR("files"))) {
        *reply = list_files(a, s, words.v[1]);
        return reply->p ? 0 : told(RC_IO, reply);
    }
    if (sets)
        return told(
            engine_desk_answer(engine, words.v[1], STR_NONE, STR_NONE, words.v[2], NULL),
            reply);
    if (words.n == 2 && (str_eq(what, STR("retry")) || str_eq(what, STR("drop"))))
        return row(a, s, engine, str_eq(what, STR("drop")), words.v[1], reply);
    bool tickets = str_eq(what, STR("tickets"));
    if (words.n == 1 && (tickets || str_eq(what, STR("list")))) {
        *reply = tickets ? list_tickets(a, s) : list(a, s);
        return reply->p ? 0 : told(RC_IO, reply);
    }
    *reply = str_c(usage);
    return 2;
}
