#include "app/outbox.h"

#include <jansson.h>
#include <stdlib.h>

#include "app/job.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"

enum {
    FIRST_RETRY_MS = 500,
    LAST_RETRY_MS = 5 * 60 * 1000,
    STORE_RETRY_MS = 1000,
    SWEEP_MS = 3600 * 1000,
};

enum step {
    STEP_WAIT,   /* for its time */
    STEP_MARK,   /* SENDING is being made durable */
    STEP_OPEN,   /* the desk is asked to open it */
    STEP_FIND,   /* the desk is asked whether it has it */
    STEP_FINISH, /* its end is being made durable */
};

/* A save on its way to the disk; the store hands it back. item NULL: nobody waits. */
struct save {
    enum job_owner owner; /* OWNER_OUTBOX */
    struct item *item;
    struct save *next;
};

struct item {
    struct save *saves, *awaited; /* awaited: the one the next step waits for */
    struct outbox *outbox;
    struct arena *arena; /* its texts */
    struct store_effect e;
    struct store_ticket t; /* t.effect 0: none */
    struct desk_op op;
    json_t *payload;
    enum step step;
    bool failed; /* how it ended, in STEP_FINISH */
    struct item *next;
};

struct outbox {
    struct outbox_conf c;
    struct timer *timer;
    struct item *items;
    struct outbox_counts counts;
    bool stopping;
};

static void work(void *ctx);

static int64_t back_off(int attempts)
{
    int64_t ms = FIRST_RETRY_MS;
    for (int i = 1; i < attempts && ms < LAST_RETRY_MS; i++)
        ms *= 2;
    unsigned char r;
    random_bytes(&r, 1);
    ms = MIN(ms, (int64_t)LAST_RETRY_MS);
    return ms * 3 / 4 + ms * r / 512; /* three quarters to five quarters */
}

static str field(const struct item *i, const char *key)
{
    const json_t *v = json_object_get(i->payload, key);
    return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)}
                             : STR_NONE;
}

/* Stores the row as it is now; the ticket's row too when `ticket`. With `wait` the item's
 * next step is taken when this very save is durable, and not when an earlier one is. */
static bool save(struct item *i, bool ticket, bool wait)
{
    struct save *s = must_alloc(sizeof *s);
    *s = (struct save){.owner = OWNER_OUTBOX, .item = i, .next = i->saves};
    struct store_job j = {.effects = &i->e, .n_effects = 1, .ctx = s};
    if (ticket && i->t.effect > 0) {
        j.tickets = &i->t;
        j.n_tickets = 1;
    }
    if (store_put(i->outbox->c.store, &j)) {
        free(s);
        return false;
    }
    i->saves = s;
    if (wait)
        i->awaited = s;
    return true;
}

static void later(struct item *i, int64_t ms)
{
    i->step = STEP_WAIT;
    i->e.next_ms = clock_wall_ms() + ms;
}

static void free_item(struct item *i)
{
    for (struct save *v = i->saves; v; v = v->next)
        v->item = NULL;
    json_decref(i->payload);
    arena_free(i->arena);
    free(i);
}

static void remove_item(struct item *i)
{
    struct item **at = &i->outbox->items;
    while (*at != i)
        at = &(*at)->next;
    *at = i->next;
    free_item(i);
}

static void finish(struct item *i, bool failed, const char *why)
{
    i->failed = failed;
    i->step = STEP_FINISH;
    i->e.state = failed ? EFFECT_FAILED : EFFECT_DONE;
    i->t.status = failed ? STR(TICKET_UNDELIVERED) : STR(TICKET_CONFIRMED);
    i->t.number = i->e.number;
    i->t.external = i->e.external;
    i->t.updated_ms = clock_wall_ms();
    if (failed) {
        i->e.error = arena_str(i->arena, str_c(why));
        log_err("outbox: receipt=%.*s could not be delivered after %d attempts: %s",
                STR_ARG(i->t.receipt), i->e.attempts, why);
    } else if (!i->outbox->c.desk->keeps_text) {
        i->e.payload = STR("{}"); /* delivered: what it held is the desk's now */
    }
    if (!save(i, true, true)) {
        i->step = STEP_FINISH;
        i->e.next_ms = clock_wall_ms() + STORE_RETRY_MS;
    }
}

/* Nothing at the desk: send it (again), now or after a back-off. */
static void to_pending(struct item *i, int64_t ms)
{
    i->e.state = EFFECT_PENDING;
    i->e.unclear_ms = i->e.answered_ms = 0;
    later(i, ms);
    (void)save(i, false, false); /* a lost save is repeated by the next step's */
}

static void to_unclear(struct item *i, str why)
{
    if (i->e.unclear_ms == 0)
        i->e.unclear_ms = clock_wall_ms();
    i->e.state = EFFECT_UNCLEAR;
    i->e.error = arena_str(i->arena, why);
    later(i, FIRST_RETRY_MS);
    (void)save(i, false, false);
}

static bool gave_up(struct item *i)
{
    return i->e.deadline_ms > 0 && clock_wall_ms() > i->e.deadline_ms;
}

static void confirmed(struct item *i, const struct desk_result *r)
{
    i->e.number = arena_str(i->arena, r->number);
    i->e.external = arena_str(i->arena, r->external);
    i->outbox->counts.delivered++;
    finish(i, false, "");
}

static void opened(struct item *i, const struct desk_result *r)
{
    i->e.attempts++;
    log_at(r->end == DESK_DONE ? LOG_LEVEL_INFO : LOG_LEVEL_WARN,
           "outbox: receipt=%.*s open end=%d %.*s", STR_ARG(i->t.receipt), (int)r->end,
           STR_ARG(r->error));
    switch (r->end) {
    case DESK_DONE:
        confirmed(i, r);
        return;
    case DESK_UNCLEAR:
        to_unclear(i, r->error);
        return;
    case DESK_REFUSED:
        finish(i, true, arena_str(i->arena, r->error).p);
        return;
    case DESK_NONE:
    case DESK_RETRY:
        i->outbox->counts.retries++;
        if (gave_up(i))
            finish(i, true, arena_str(i->arena, r->error).p);
        else
            to_pending(i, MAX(r->retry_after_ms, back_off(i->e.attempts)));
        return;
    }
}

static void found(struct item *i, const struct desk_result *r)
{
    int64_t now = clock_wall_ms();
    i->outbox->counts.searches++;
    log_debug("outbox: receipt=%.*s find end=%d %.*s", STR_ARG(i->t.receipt), (int)r->end,
              STR_ARG(r->error));
    if (r->end == DESK_DONE) {
        confirmed(i, r);
        return;
    }
    if (r->end == DESK_NONE) {
        /* a frozen desk may still be working on it: its time counts from when it answers
         */
        if (i->e.answered_ms == 0 || i->e.answered_ms > now) {
            i->e.answered_ms = now;
            (void)save(i, false, false);
        }
        int64_t waited = now - i->e.answered_ms, left = i->outbox->c.grace_ms - waited;
        if (left <= 0)
            to_pending(i, 0);
        else
            later(i, MIN(left, MAX(FIRST_RETRY_MS, waited * 2)));
        return;
    }
    i->e.attempts++;
    if (gave_up(i))
        finish(i, true, arena_str(i->arena, r->error).p);
    else
        later(i, MAX(r->retry_after_ms, back_off(i->e.attempts)));
}

static void desk_done(void *ctx, const struct desk_result *r)
{
    struct item *i = ctx;
    struct outbox *o = i->outbox;
    o->counts.in_flight--;
    if (i->step == STEP_OPEN)
        opened(i, r);
    else
        found(i, r);
    work(o);
}

static void ask_desk(struct item *i, enum desk_op_type type, enum step step)
{
    i->step = step;
    i->op = (struct desk_op){.type = type,
                             .key = i->e.key,
                             .receipt = field(i, "receipt"),
                             .queue = field(i, "queue"),
                             .subject = field(i, "subject"),
                             .body = field(i, "body"),
                             .person_id = field(i, "person_id"),
                             .person_name = field(i, "person_name"),
                             .person_email = field(i, "person_email"),
                             .unit = field(i, "unit"),
                             .lang = field(i, "lang"),
                             .conversation = field(i, "conversation"),
                             .intent = field(i, "intent")};
    i->outbox->counts.in_flight++;
    i->outbox->c.desk->do_op(i->outbox->c.desk_self, &i->op, desk_done, i);
}

static void step(struct item *i)
{
    if (i->step == STEP_FINISH) {
        finish(i, i->failed, i->e.error.n ? i->e.error.p : "");
        return;
    }
    if (i->e.state == EFFECT_UNCLEAR || i->e.state == EFFECT_SENDING) {
        if (i->e.unclear_ms == 0)
            i->e.unclear_ms = clock_wall_ms();
        ask_desk(i, DESK_FIND, STEP_FIND);
        return;
    }
    /* "sending" must be on disk before the first byte leaves */
    i->e.state = EFFECT_SENDING;
    i->step = STEP_MARK;
    if (!save(i, false, true)) {
        i->e.state = EFFECT_PENDING;
        later(i, STORE_RETRY_MS);
    }
}

static bool is_due(const struct item *i, int64_t now)
{
    bool waits = i->step == STEP_WAIT || (i->step == STEP_FINISH && i->e.next_ms > 0);
    return waits && i->e.next_ms <= now;
}

/* Does what is due and sets the timer for what is next. */
static void work(void *ctx)
{
    struct outbox *o = ctx;
    int64_t now = clock_wall_ms(), next = now + SWEEP_MS;
    if (o->stopping)
        return;
    size_t busy = 0;
    for (struct item *i = o->items; i; i = i->next)
        busy += i->step == STEP_MARK || i->step == STEP_OPEN || i->step == STEP_FIND;
    for (struct item *i = o->items; i; i = i->next) {
        if (is_due(i, now) && busy < o->c.in_flight) {
            i->e.next_ms = 0;
            busy++;
            step(i);
        }
        if (i->step == STEP_WAIT || (i->step == STEP_FINISH && i->e.next_ms > 0))
            next = MIN(next, MAX(i->e.next_ms, now + 20));
    }
    timer_set(o->timer, MAX(next - now, 1));
}

static void marked(struct item *i, enum rc rc)
{
    if (rc == RC_OK) {
        ask_desk(i, DESK_OPEN, STEP_OPEN);
        return;
    }
    i->e.state = EFFECT_PENDING;
    later(i, STORE_RETRY_MS);
}

static void finished(struct item *i, enum rc rc)
{
    struct outbox *o = i->outbox;
    if (rc) {
        i->e.next_ms = clock_wall_ms() + STORE_RETRY_MS;
        return;
    }
    o->counts.waiting--;
    o->counts.failed += i->failed;
    o->c.ended(o->c.ctx, &i->e, i->t.effect ? &i->t : NULL, i->failed);
    remove_item(i);
}

void outbox_stored(struct outbox *o, void *ctx, enum rc rc)
{
    struct save *s = ctx;
    struct item *i = s->item;
    bool awaited = i && i->awaited == s;
    for (struct save **at = i ? &i->saves : NULL; at && *at; at = &(*at)->next)
        if (*at == s) {
            *at = s->next;
            break;
        }
    free(s);
    if (!awaited)
        return;
    i->awaited = NULL;
    if (i->step == STEP_MARK)
        marked(i, rc);
    else if (i->step == STEP_FINISH)
        finished(i, rc);
    work(o);
}

static void copy_texts(struct item *i)
{
    str *texts[] = {&i->e.key,     &i->e.kind,     &i->e.target,   &i->e.reply_to,
                    &i->e.payload, &i->e.number,   &i->e.external, &i->e.error,
                    &i->t.person,  &i->t.receipt,  &i->t.queue,    &i->t.subject,
                    &i->t.number,  &i->t.external, &i->t.status};
    for (size_t k = 0; k < LEN(texts); k++)
        *texts[k] = arena_str(i->arena, *texts[k]);
}

static struct item *add(struct outbox *o, const struct store_effect *e,
                        const struct store_ticket *t)
{
    struct item *i = must_alloc(sizeof *i);
    *i = (struct item){.outbox = o, .arena = arena_new(), .e = *e, .next = o->items};
    if (t)
        i->t = *t;
    copy_texts(i);
    i->payload = json_loadb(i->e.payload.p, i->e.payload.n, 0, NULL);
    o->items = i;
    o->counts.waiting++;
    return i;
}

void outbox_add(struct outbox *o, const struct store_effect *e,
                const struct store_ticket *t)
{
    add(o, e, t);
    timer_set(o->timer, 0);
}

static void take_up(struct outbox *o)
{
    struct arena *a = arena_new();
    struct store_effects rows;
    struct store_tickets tickets = {0};
    if (store_read_effects(o->c.store, a, true, &rows) ||
        store_read_tickets(o->c.store, a, STR_NONE, &tickets))
        log_err("outbox: the rows cannot be read");
    else
        for (size_t i = 0; i < rows.list.n; i++) {
            const struct store_ticket *t = NULL;
            if (!str_eq(rows.list.v[i].kind, STR("ticket")))
                continue; /* a channel's message */
            for (size_t k = 0; k < tickets.list.n && !t; k++)
                if (tickets.list.v[k].effect == rows.list.v[i].id)
                    t = &tickets.list.v[k];
            struct item *one = add(o, &rows.list.v[i], t);
            if (one->e.state == EFFECT_SENDING)
                log_info(
                    "outbox: receipt=%.*s was being sent when we ended: search first",
                    STR_ARG(one->t.receipt));
        }
    arena_free(a);
}

struct outbox *outbox_start(const struct outbox_conf *c)
{
    struct outbox *o = must_alloc(sizeof *o);
    o->c = *c;
    o->timer = timer_new(c->loop, work, o);
    take_up(o);
    timer_set(o->timer, 0);
    return o;
}

void outbox_stop(struct outbox *o)
{
    if (!o)
        return;
    o->stopping = true;
    timer_free(o->timer);
    for (struct item *i = o->items, *next; i; i = next) {
        next = i->next;
        free_item(i);
    }
    free(o);
}

struct outbox_counts outbox_counts(const struct outbox *o)
{
    return o->counts;
}
