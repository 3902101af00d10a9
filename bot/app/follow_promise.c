#include "app/follow_inside.h"

enum { WARN_FACTOR = 2 };

void promise_answered(struct follow *f, struct store_ticket *t, int64_t now_ms)
{
    (void)f;
    if (t->promised_ms > 0 && t->promise <= PROMISE_WARNED)
        t->promise = now_ms <= t->promised_ms ? PROMISE_KEPT : PROMISE_BROKEN;
    t->due_ms = 0;
}

/* The person hears of it while the promise still stands, with the date that takes its
 * place: the same response time, counted from the old one. */
static bool move(struct followed *k, int64_t now_ms)
{
    struct follow *f = k->follow;
    struct news n = {.kind = NEWS_PROMISE, .ticket = k->t, .was_due_ms = k->t.due_ms};
    n.ticket.due_ms = promise_due(f->c.promises, k->t.queue, MAX(k->t.due_ms, now_ms));
    if (n.ticket.due_ms == 0)
        return false;
    if (n.ticket.promise <= PROMISE_WARNED)
        n.ticket.promise = k->t.due_ms > now_ms ? PROMISE_MOVED : PROMISE_BROKEN;
    k->telling = true;
    k->telling = f->c.tell(f->c.ctx, &n);
    return k->telling;
}

static bool warn(struct followed *k)
{
    struct follow *f = k->follow;
    struct store_ticket t = k->t;
    t.promise = PROMISE_WARNED;
    k->telling = true;
    k->telling = f->c.warn(f->c.ctx, &t);
    return k->telling;
}

bool promise_mind(struct followed *k, int64_t now_ms)
{
    struct follow *f = k->follow;
    const struct promise_rules *r = f->c.promises;
    if (!r || ticket_is_over(k->t.status))
        return true;
    if (k->due_ms != k->t.due_ms) {
        k->due_ms = k->t.due_ms;
        k->warn_ms = promise_before(r, k->due_ms, r->warn_seconds * WARN_FACTOR);
        k->tell_ms = promise_before(r, k->due_ms, r->warn_seconds);
    }
    if (k->t.promise == PROMISE_OPEN && now_ms >= k->warn_ms)
        return warn(k);
    return now_ms < k->tell_ms || move(k, now_ms);
}
