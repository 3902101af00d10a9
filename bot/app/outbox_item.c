#include <stdlib.h>

#include "app/outbox_inside.h"
#include "base/log.h"
#include "base/random.h"

/* What each kind asks of the desk: to do it, and whether it was done. find DESK_PROBE:
 * there is no asking; doing it twice is harmless. */
static const struct {
    enum desk_op_type send, find;
} ops[] = {
    [ITEM_TICKET] = {DESK_OPEN, DESK_FIND},
    [ITEM_COMMENT] = {DESK_COMMENT, DESK_FOUND},
    [ITEM_WITHDRAW] = {DESK_WITHDRAW, DESK_PROBE},
    [ITEM_REOPEN] = {DESK_REOPEN, DESK_PROBE},
    [ITEM_FILE] = {DESK_FILE, DESK_FOUND},
    [ITEM_CHECK] = {DESK_FIND, DESK_PROBE},
    [ITEM_NOTICE] = {DESK_NOTICE, DESK_PROBE},
};

str item_text(const struct item *i, const char *key)
{
    return members_text(i->arena, &i->payload, key);
}

int64_t item_int(const struct item *i, const char *key)
{
    return members_int(&i->payload, key);
}

static int64_t back_off(int attempts)
{
    int64_t ms = OUTBOX_FIRST_RETRY_MS;
    for (int i = 1; i < attempts && ms < OUTBOX_LAST_RETRY_MS; i++)
        ms *= 2;
    unsigned char r;
    random_bytes(&r, 1);
    ms = MIN(ms, (int64_t)OUTBOX_LAST_RETRY_MS);
    return ms * 3 / 4 + ms * r / 512; /* three quarters to five quarters */
}

/* --- saving --- */

/* Stores the row as it is now; the ticket's row too when `ticket`, and with them the rows
 * that its end gave birth to. With `wait` the item's next step is taken when this very
 * save is durable, and not when an earlier one is. */
bool item_save(struct item *i, bool ticket, bool wait)
{
    struct save *s = must_alloc(sizeof *s);
    *s = (struct save){.owner = OWNER_OUTBOX, .item = i, .next = i->saves};
    struct store_job j = {.effects = i->more, .n_effects = i->n_more, .ctx = s};
    if (ticket)
        j.end = &i->e;
    else
        j.step = &i->e;
    if (ticket && i->t.effect > 0)
        j.news = &i->t;
    if (store_put(i->outbox->c.store, &j)) {
        free(s);
        return false;
    }
    i->saves = s;
    if (wait)
        i->awaited = s;
    return true;
}

/* Leaves the steps that count as busy. */
static void rest(struct item *i)
{
    i->outbox->busy--;
    i->step = STEP_WAIT;
}

/* The desk was not asked after all; somebody else may be the trial. */
static void not_asked(struct item *i)
{
    i->outbox->breaker.trial = false;
    rest(i);
}

/* --- ends --- */

static void end_ticket(struct item *i, bool failed)
{
    if (failed && str_eq(i->t.status, STR("failed")))
        return; /* a dead letter is dropped: the person knows that it failed */
    i->t.status = failed ? STR(TICKET_UNDELIVERED) : STR(TICKET_CONFIRMED);
    i->t.number = i->e.number;
    i->t.external = i->e.external;
    i->t.updated_ms = outbox_wall(i->outbox);
}

void item_finish(struct item *i, bool failed, str why)
{
    struct outbox *o = i->outbox;
    i->failed = failed;
    i->step = STEP_FINISH;
    i->e.next_ms = 0;
    i->e.state = i->dropped ? EFFECT_DROPPED : failed ? EFFECT_FAILED : EFFECT_DONE;
    end_ticket(i, failed);
    if (failed) {
        i->e.error = arena_str(i->arena, why);
        log_err("outbox: receipt=%.*s could not be delivered after %d attempts: %.*s%s",
                STR_ARG(i->t.effect ? i->t.receipt : i->e.kind), i->e.attempts,
                STR_ARG(why), i->dropped ? "" : " (balie desk retry|drop)");
    }
    /* delivered: what it held is the desk's now; a dead letter must keep it */
    if (i->dropped || (!failed && !o->c.desk->keeps_text))
        i->e.payload = STR("{}");
    if (!item_save(i, true, true))
        outbox_again(i, OUTBOX_STORE_RETRY_MS);
}

static void finished(struct item *i, enum rc rc)
{
    struct outbox *o = i->outbox;
    if (rc) {
        outbox_again(i, OUTBOX_STORE_RETRY_MS);
        return;
    }
    o->counts.waiting--;
    o->counts.failed += i->failed;
    o->counts.dead += i->failed && !i->dropped;
    for (size_t k = 0; k < i->n_more; k++)
        outbox_new_item(o, &i->more[k], NULL);
    o->c.ended(o->c.ctx, &i->e, i->t.effect ? &i->t : NULL, item_int(i, "ticket"),
               i->failed);
    outbox_remove(i);
}

/* Nothing at the desk: send it (again), now or after a back-off. */
static void to_pending(struct item *i, int64_t ms, str why)
{
    i->e.state = EFFECT_PENDING;
    i->e.unclear_ms = i->e.answered_ms = 0;
    i->e.error = arena_str(i->arena, why);
    outbox_wait(i, ms);
    (void)item_save(i, false, false); /* a lost save is repeated by the next step's */
}

static void to_unclear(struct item *i, str why)
{
    i->doubted = true;
    if (i->e.unclear_ms == 0)
        i->e.unclear_ms = outbox_wall(i->outbox);
    i->e.state = EFFECT_UNCLEAR;
    i->e.error = arena_str(i->arena, why);
    outbox_wait(i, OUTBOX_FIRST_RETRY_MS);
    (void)item_save(i, false, false);
}

static bool gave_up(const struct item *i)
{
    return i->e.deadline_ms > 0 && outbox_wall(i->outbox) > i->e.deadline_ms;
}

static void later_or_never(struct item *i, const struct desk_result *r)
{
    i->outbox->counts.retries++;
    if (gave_up(i))
        item_finish(i, true, r->error);
    else
        to_pending(i, MAX(r->retry_after_ms, back_off(i->e.attempts)), r->error);
}

static void confirmed(struct item *i, const struct desk_result *r)
{
    bool doubted = i->doubted || i->e.unclear_ms > 0;
    if (i->kind == ITEM_TICKET) {
        i->e.number = arena_str(i->arena, r->number);
        i->e.external = arena_str(i->arena, r->external);
    }
    if (i->kind == ITEM_TICKET || i->kind == ITEM_CHECK)
        twin_found(i, r);
    if (i->kind == ITEM_TICKET && doubted)
        twin_check_later(i);
    if (i->outbox->c.notices && i->kind <= ITEM_COMMENT)
        notice_later(i);
    i->outbox->counts.delivered += i->kind == ITEM_TICKET;
    item_finish(i, false, STR_NONE);
}

static void sent(struct item *i, const struct desk_result *r)
{
    i->e.attempts++;
    log_at(r->end == DESK_DONE ? LOG_LEVEL_INFO : LOG_LEVEL_WARN,
           "outbox: receipt=%.*s %.*s end=%d %.*s", STR_ARG(i->t.receipt),
           STR_ARG(i->e.kind), (int)r->end, STR_ARG(r->error));
    i->e.state = EFFECT_PENDING; /* whatever it was: this attempt has ended */
    switch (r->end) {
    case DESK_DONE:
        confirmed(i, r);
        return;
    case DESK_UNCLEAR:
        if (ops[i->kind].find == DESK_PROBE)
            later_or_never(i, r);
        else
            to_unclear(i, r->error);
        return;
    case DESK_REFUSED:
    case DESK_CANNOT:
        item_finish(i, true, r->error);
        return;
    case DESK_NONE:
        if (i->kind == ITEM_CHECK) {
            item_finish(i, false, STR_NONE); /* nothing there: nothing twice */
            return;
        }
        later_or_never(i, r);
        return;
    case DESK_RETRY:
        later_or_never(i, r);
        return;
    }
}

/* It is not there. A frozen desk may still be working on it: its time counts from when it
 * answers. */
static void not_found(struct item *i)
{
    int64_t now = outbox_wall(i->outbox);
    if (i->e.answered_ms == 0 || i->e.answered_ms > now) {
        i->e.answered_ms = now;
        (void)item_save(i, false, false);
    }
    int64_t waited = now - i->e.answered_ms;
    int64_t left = i->outbox->c.grace_ms - waited;
    if (left <= 0)
        to_pending(i, 0, STR_NONE);
    else
        outbox_wait(i, MIN(left, MAX((int64_t)OUTBOX_FIRST_RETRY_MS, waited * 2)));
}

static void found(struct item *i, const struct desk_result *r)
{
    i->outbox->counts.searches++;
    log_debug("outbox: receipt=%.*s find end=%d %.*s", STR_ARG(i->t.receipt), (int)r->end,
              STR_ARG(r->error));
    switch (r->end) {
    case DESK_DONE:
        confirmed(i, r);
        return;
    case DESK_NONE:
        not_found(i);
        return;
    case DESK_CANNOT: /* better said twice than never */
        to_pending(i, 0, STR_NONE);
        return;
    case DESK_UNCLEAR:
    case DESK_RETRY:
    case DESK_REFUSED:
        i->e.attempts++;
        if (gave_up(i))
            item_finish(i, true, r->error);
        else
            outbox_wait(i, MAX(r->retry_after_ms, back_off(i->e.attempts)));
        return;
    }
}

/* --- asking the desk --- */

static void judge_desk(struct outbox *o, const struct desk_result *r)
{
    unsigned char chance;
    if ((r->end != DESK_RETRY && r->end != DESK_UNCLEAR) || r->answers) {
        if (o->breaker.open)
            log_info("outbox: the desk works again");
        breaker_good(&o->breaker);
        o->allowed = MIN(o->allowed + 1, o->c.in_flight);
        return;
    }
    o->allowed = MAX(o->allowed / 2, (size_t)1);
    random_bytes(&chance, 1);
    if (breaker_bad(&o->breaker, outbox_mono(o), r->retry_after_ms, chance))
        log_warn("outbox: the desk is left alone for a while: %.*s", STR_ARG(r->error));
}

static void desk_done(void *ctx, const struct desk_result *r)
{
    struct item *i = ctx;
    struct outbox *o = i->outbox;
    bool was_sent = i->step == STEP_SEND;
    o->counts.in_flight--;
    rest(i);
    judge_desk(o, r);
    if (was_sent)
        sent(i, r);
    else
        found(i, r);
    outbox_work_if_any(o);
}

static void ask_desk(struct item *i, enum desk_op_type type, enum step step)
{
    str external = i->e.external.n ? i->e.external : item_text(i, "external");
    i->step = step;
    i->op = (struct desk_op){.type = type,
                             .key = i->e.key,
                             .receipt = item_text(i, "receipt"),
                             .queue = item_text(i, "queue"),
                             .subject = item_text(i, "subject"),
                             .body = item_text(i, "body"),
                             .person_id = item_text(i, "person_id"),
                             .person_name = item_text(i, "person_name"),
                             .person_email = item_text(i, "person_email"),
                             .unit = item_text(i, "unit"),
                             .lang = item_text(i, "lang"),
                             .conversation = item_text(i, "conversation"),
                             .intent = item_text(i, "intent"),
                             .external = external,
                             .file = {.key = item_text(i, "file"),
                                      .name = item_text(i, "file_name"),
                                      .type = item_text(i, "file_type"),
                                      .size = item_int(i, "file_size")}};
    i->outbox->counts.in_flight++;
    i->outbox->c.desk->do_op(i->outbox->c.desk_self, &i->op, desk_done, i);
}

/* A comment goes to a ticket, and that must have come to the desk before it. False: the
 * item waits, or has ended. */
static bool has_ticket(struct item *i)
{
    int64_t id = item_int(i, "ticket");
    if (i->e.external.n > 0 || id == 0)
        return true;
    struct store_ticket t;
    struct store_effect opening = {0};
    struct store *s = i->outbox->c.store;
    enum rc rc = store_read_ticket(s, i->arena, id, &t);
    if (rc == RC_OK && t.external.n > 0) {
        i->e.external = t.external;
        return true;
    }
    if (rc == RC_OK)
        rc = store_read_effect(s, i->arena, id, &opening);
    bool gone = rc == RC_NOT_FOUND || (rc == RC_OK && opening.state >= EFFECT_DONE);
    not_asked(i);
    if (gone)
        item_finish(i, true, STR("its ticket was never delivered"));
    else
        outbox_wait(i, OUTBOX_STORE_RETRY_MS);
    return false;
}

void item_step(struct item *i)
{
    if (i->step == STEP_FINISH) {
        item_finish(i, i->failed, i->e.error);
        return;
    }
    bool marked = i->marked;
    bool doubt =
        !marked && (i->e.state == EFFECT_UNCLEAR || i->e.state == EFFECT_SENDING);
    i->outbox->busy++;
    if (i->kind != ITEM_TICKET && i->kind != ITEM_NOTICE && !has_ticket(i))
        return;
    if (doubt && ops[i->kind].find != DESK_PROBE) {
        if (i->e.unclear_ms == 0)
            i->e.unclear_ms = outbox_wall(i->outbox);
        ask_desk(i, ops[i->kind].find, STEP_FIND);
        return;
    }
    i->marked = false;
    if (marked || i->kind == ITEM_CHECK) { /* a check asks only */
        ask_desk(i, ops[i->kind].send, STEP_SEND);
        return;
    }
    /* "sending" must be on disk before the first byte leaves */
    i->e.state = EFFECT_SENDING;
    i->step = STEP_MARK;
    if (!item_save(i, false, true)) {
        i->e.state = EFFECT_PENDING;
        not_asked(i);
        outbox_wait(i, OUTBOX_STORE_RETRY_MS);
    }
}

static void marked(struct item *i, enum rc rc)
{
    if (rc == RC_OK) {
        ask_desk(i, ops[i->kind].send, STEP_SEND);
        return;
    }
    i->e.state = EFFECT_PENDING;
    not_asked(i);
    outbox_wait(i, OUTBOX_STORE_RETRY_MS);
}

void item_stored(struct item *i, enum rc rc)
{
    if (i->step == STEP_MARK)
        marked(i, rc);
    else if (i->step == STEP_FINISH)
        finished(i, rc);
}
