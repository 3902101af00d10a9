#include "app/follow.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/desk_text.h"
#include "app/follow_inside.h"
#include "app/outbox.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"

enum { TICK_MS = 250, LOOKS_MAX = 2, AGAIN_MS = 2000, AWAY_MS = 30 * 1000 };

/* Over for so long that nobody opens it again. */
static const int64_t old_ms = 30LL * 24 * 3600 * 1000;

static const char since_mark[] = "desk_since";

bool ticket_is_over(str status)
{
    static const char *const ends[] = {"resolved", "withdrawn", "failed",
                                       TICKET_UNDELIVERED};
    for (size_t i = 0; i < LEN(ends); i++)
        if (str_eq(status, str_c(ends[i])))
            return true;
    return false;
}

/* --- the list --- */

static struct followed **bucket(struct follow *f, int64_t effect)
{
    return &f->buckets[(uint64_t)effect % FOLLOW_BUCKETS];
}

static struct followed *find(const struct follow *f, int64_t effect)
{
    struct followed *k = f->buckets[(uint64_t)effect % FOLLOW_BUCKETS];
    while (k && k->t.effect != effect)
        k = k->in_bucket;
    return k;
}

void follow_set(struct followed *k, const struct store_ticket *t)
{
    struct store_ticket to = *t;
    str *texts[] = {&to.person,   &to.receipt, &to.queue, &to.subject, &to.number,
                    &to.external, &to.status,  &to.owner, &to.seen};
    size_t sum = 1;
    for (size_t i = 0; i < LEN(texts); i++)
        sum += texts[i]->n;
    char *block = must_alloc(sum), *at = block;
    for (size_t i = 0; i < LEN(texts); i++) {
        if (texts[i]->n > 0)
            memcpy(at, texts[i]->p, texts[i]->n);
        texts[i]->p = at;
        at += texts[i]->n;
    }
    free(k->texts); /* t may have pointed into it: copied first */
    k->texts = block;
    k->t = to;
}

static struct followed *add(struct follow *f, const struct store_ticket *t)
{
    struct followed *k = must_alloc(sizeof *k), **b = bucket(f, t->effect);
    *k = (struct followed){.follow = f, .next = f->all, .in_bucket = *b};
    f->all = k;
    *b = k;
    follow_set(k, t);
    f->counts.alive++;
    return k;
}

void follow_drop_first(struct followed *k)
{
    struct told_later *gone = k->first;
    k->first = gone->next;
    if (!k->first)
        k->last = NULL;
    told_files_done(gone, false);
    free(gone);
}

static void free_followed(struct followed *k)
{
    while (k->first)
        follow_drop_first(k);
    free(k->op_texts);
    free(k->texts);
    free(k);
}

static bool is_old(const struct store_ticket *t, int64_t now)
{
    return ticket_is_over(t->status) && t->updated_ms < now - old_ms;
}

static void forget_old(struct follow *f)
{
    int64_t now = clock_wall_ms();
    for (struct followed **at = &f->all; *at;) {
        struct followed *k = *at;
        if (!is_old(&k->t, now) || k->looking || k->telling || k->first || k->fetching) {
            at = &k->next;
            continue;
        }
        struct followed **b = bucket(f, k->t.effect);
        while (*b != k)
            b = &(*b)->in_bucket;
        *b = k->in_bucket;
        *at = k->next;
        f->counts.alive--;
        free_followed(k);
    }
}

void follow_put(struct follow *f, const struct store_ticket *t)
{
    struct followed *k = find(f, t->effect);
    if (k)
        follow_set(k, t);
    else
        (void)add(f, t);
    if (!f->timer)
        return;
    follow_wake(f);
}

const struct store_ticket *follow_find(const struct follow *f, int64_t effect)
{
    const struct followed *k = find(f, effect);
    return k ? &k->t : NULL;
}

/* --- news --- */

static str put_text(char **at, str s)
{
    char *p = *at;
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    *at += s.n;
    return (str){p, s.n};
}

void follow_queue(struct followed *k, const struct desk_reply *r, str status, bool own)
{
    struct told_later *n =
        must_alloc(sizeof *n + r->event.n + r->name.n + r->text.n + status.n + 1);
    char *at = (char *)(n + 1);
    n->event = put_text(&at, r->event);
    n->name = put_text(&at, r->name);
    n->text = put_text(&at, r->text);
    n->status = put_text(&at, status);
    n->own = own;
    told_files_set(n, r);
    if (k->last)
        k->last->next = n;
    else
        k->first = n;
    k->last = n;
}

static void count_reply(struct followed *k, struct news *n, const struct told_later *r)
{
    int64_t now = clock_wall_ms();
    n->kind = NEWS_REPLY;
    n->name = r->name;
    n->text = r->text;
    n->files = r->news;
    n->n_files = r->n_files;
    n->ticket.seen = r->event;
    n->ticket.replied_ms = now;
    n->ticket.updated_ms = now;
    if (r->name.n > 0 && n->ticket.owner.n == 0)
        n->ticket.owner = r->name;
    promise_answered(k->follow, &n->ticket, now);
}

/* Nothing of it is for the person: our own comment, or an empty one. The next look starts
 * behind it. */
static bool is_nothing(const struct told_later *r)
{
    return r->text.n == 0 && r->n_files == 0;
}

static bool status_news(struct followed *k, struct news *n)
{
    str status = str_c(k->status), owner = str_c(k->owner);
    bool was_over = ticket_is_over(k->t.status);
    if (status.n == 0 || str_eq(status, k->t.status) || k->t.external.n == 0 ||
        str_eq(k->t.status, STR(TICKET_CONFIRMED)))
        return false;
    /* "received" is the desk's "new": the chat says open since it was confirmed */
    if (str_eq(status, STR("received")) && str_eq(k->t.status, STR("open")))
        return false;
    n->kind = NEWS_STATUS;
    n->reopened = was_over && !ticket_is_over(status);
    n->ticket.status = str_eq(status, STR("received")) ? STR("open") : status;
    n->ticket.updated_ms = clock_wall_ms();
    if (owner.n > 0)
        n->ticket.owner = owner;
    if (ticket_is_over(status))
        promise_answered(k->follow, &n->ticket, n->ticket.updated_ms);
    return !str_eq(n->ticket.status, k->t.status);
}

/* Only who has it changed: nothing to say, but the list should know. */
static void note_owner(struct followed *k)
{
    if (k->owner[0] == '\0' || str_eq(str_c(k->owner), k->t.owner))
        return;
    struct store_ticket t = k->t;
    t.owner = str_c(k->owner);
    struct store_job j = {.tickets = &t, .n_tickets = 1};
    if (store_put(k->follow->c.store, &j) == RC_OK)
        follow_set(k, &t);
}

void follow_tell_next(struct followed *k)
{
    struct follow *f = k->follow;
    while (!k->telling && k->first && is_nothing(k->first)) {
        struct store_ticket t = k->t;
        t.seen = k->first->event;
        struct store_job j = {.tickets = &t, .n_tickets = 1};
        if (store_put(f->c.store, &j))
            return; /* the next look finds it again */
        follow_set(k, &t);
        follow_drop_first(k);
    }
    if (k->telling || (k->first && follow_fetch(k)))
        return;
    struct news n = {.ticket = k->t};
    if (k->first) {
        count_reply(k, &n, k->first);
    } else if (!status_news(k, &n)) {
        note_owner(k);
        return;
    }
    k->telling = true;
    if (f->c.tell(f->c.ctx, &n))
        return;
    k->telling = false;
    while (k->first && !k->first->own)
        follow_drop_first(k); /* the desk still has them */
}

void follow_told(struct follow *f, const struct store_ticket *t, enum rc rc)
{
    struct followed *k = find(f, t->effect);
    if (!k)
        return;
    k->telling = false;
    if (rc) {
        k->look_ms = clock_mono_ms() + AGAIN_MS;
        follow_wake(f);
        return;
    }
    bool answered = k->first && str_eq(k->first->event, t->seen);
    f->counts.kept += t->promise == PROMISE_KEPT && k->t.promise != PROMISE_KEPT;
    f->counts.moved += t->promise == PROMISE_MOVED && k->t.promise != PROMISE_MOVED;
    f->counts.broken += t->promise == PROMISE_BROKEN && k->t.promise != PROMISE_BROKEN;
    f->counts.warned += t->promise == PROMISE_WARNED && k->t.promise != PROMISE_WARNED;
    str status = answered ? k->first->status : STR_NONE;
    if (status.n > 0)
        snprintf(k->status, sizeof k->status, "%.*s", STR_ARG(status));
    follow_set(k, t);
    if (answered) {
        f->counts.replies++;
        told_files_done(k->first, true);
        follow_drop_first(k);
    }
    follow_tell_next(k);
}

enum rc follow_status(struct follow *f, int64_t effect, str status)
{
    struct followed *k = find(f, effect);
    if (!k)
        return RC_NOT_FOUND;
    snprintf(k->status, sizeof k->status, "%.*s", STR_ARG(status));
    follow_tell_next(k);
    return RC_OK;
}

enum rc follow_reply(struct follow *f, int64_t effect, str name, str text, str status,
                     struct file_arrived *file)
{
    struct followed *k = find(f, effect);
    if (!k || k->t.external.n == 0)
        return k ? RC_BUSY : RC_NOT_FOUND;
    if (file && k->t.closed)
        return RC_DENIED; /* nothing of it is kept */
    char event[32];
    snprintf(event, sizeof event, "%lld", (long long)clock_wall_ms());
    struct desk_reply r = {.event = str_c(event), .name = name, .text = text};
    follow_queue(k, &r, status, true);
    if (file)
        told_file_arrived(k->last, file);
    follow_tell_next(k);
    if (k->telling || !k->t.closed)
        return RC_OK;
    while (k->first)
        follow_drop_first(k);
    return RC_DENIED;
}

/* --- the rhythm --- */

bool follow_poke(struct follow *f, str external)
{
    bool ours = false;
    for (struct followed *k = f->all; k; k = k->next)
        if (str_eq(k->t.external, external)) {
            ours = true;
            k->pokes = POKES;
            k->look_ms = clock_mono_ms();
        }
    if (ours)
        follow_wake(f);
    return ours;
}

void follow_visit(struct follow *f, int64_t conversation)
{
    for (struct followed *k = f->all; k; k = k->next)
        if (k->t.conversation == conversation && !ticket_is_over(k->t.status)) {
            k->look_ms = clock_mono_ms();
            k->rest_ms = 0;
            follow_tell_next(k);
            follow_wake(f);
        }
}

/* Everything that was found has been told: a restart may go on from here. */
static void save_since(struct follow *f)
{
    if (f->since_ms == f->saved_ms || f->looking > 0)
        return;
    for (const struct followed *k = f->all; k; k = k->next)
        if (k->telling || k->first || (k->look_ms > 0 && k->t.external.n > 0))
            return;
    char value[24];
    snprintf(value, sizeof value, "%lld", (long long)f->since_ms);
    struct store_mark m = {.name = str_c(since_mark), .value = str_c(value)};
    struct store_job j = {.mark = &m};
    if (store_put(f->c.store, &j) == RC_OK)
        f->saved_ms = f->since_ms;
}

static void tick(void *ctx)
{
    struct follow *f = ctx;
    int64_t mono = clock_mono_ms(), now = clock_wall_ms();
    if (f->stopping)
        return;
    if (!f->c.desk->tells && f->all && !f->polling && f->poll_at_ms <= mono) {
        forget_old(f);
        follow_poll(f);
    }
    for (struct followed *k = f->all; k; k = k->next) {
        bool waits = k->fetching || k->fetch_ms > 0;
        if (k->fetch_ms > 0 && k->fetch_ms <= mono)
            follow_tell_next(k);
        else if (k->look_ms > 0 && k->look_ms <= mono && !k->looking && !k->telling &&
                 !waits && f->looking < LOOKS_MAX)
            follow_look(k);
        if (k->t.due_ms > 0 && !k->telling && k->rest_ms <= mono)
            k->rest_ms = promise_mind(k, now) ? 0 : mono + AWAY_MS;
    }
    save_since(f);
    if (f->all)
        timer_set(f->timer, TICK_MS);
}

void follow_wake(struct follow *f)
{
    timer_set(f->timer, 0);
}

struct follow *follow_start(const struct follow_conf *c)
{
    struct follow *f = must_alloc(sizeof *f);
    struct arena *a = arena_new();
    struct store_tickets rows;
    str since;
    *f = (struct follow){.c = *c};
    if (store_read_tickets(c->store, a, STR_NONE, &rows)) {
        log_err("follow: the tickets cannot be read");
        rows.list.n = 0;
    }
    for (size_t i = 0; i < rows.list.n; i++)
        if (!is_old(&rows.list.v[i], clock_wall_ms()))
            add(f, &rows.list.v[i]);
    if (store_read_mark(c->store, a, str_c(since_mark), &since) == RC_OK && since.n > 0 &&
        str_int(since, &f->since_ms))
        f->since_ms = 0;
    f->saved_ms = f->since_ms;
    arena_free(a);
    f->timer = timer_new(c->loop, tick, f);
    timer_set(f->timer, 0);
    return f;
}

void follow_stop(struct follow *f)
{
    if (!f)
        return;
    f->stopping = true;
    timer_free(f->timer);
    for (struct followed *k = f->all, *next; k; k = next) {
        next = k->next;
        if (k->telling && k->first) /* it may be stored: the next start knows */
            told_files_done(k->first, true);
        free_followed(k);
    }
    free(f);
}

struct follow_counts follow_counts(const struct follow *f)
{
    return f->counts;
}
