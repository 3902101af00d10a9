#include <stdio.h>
#include <stdlib.h>

#include "app/desk_text.h"
#include "app/follow_inside.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"

enum {
    OVERLAP_MS = 2000, /* the desk's times are whole seconds */
    FIRST_SINCE_MS =
        3600 * 1000, /* without a mark: an hour of its changes, and every ticket */
    LAST_PAUSE_MS = 5 * 60 * 1000,
    FULL_PAGE = 100,
};

/* --- one ticket --- */

/* The row may be replaced while the desk is being asked: the operation has its own copy.
 */
static void set_op(struct followed *k, enum desk_op_type type)
{
    str external = k->t.external, seen = k->t.seen;
    free(k->op_texts);
    k->op_texts = must_alloc(external.n + seen.n + 1);
    memcpy(k->op_texts, external.p, external.n);
    if (seen.n > 0)
        memcpy(k->op_texts + external.n, seen.p, seen.n);
    k->op = (struct desk_op){.type = type,
                             .external = {k->op_texts, external.n},
                             .seen = {k->op_texts + external.n, seen.n}};
}

static void look_done(struct followed *k, const struct desk_result *r)
{
    struct follow *f = k->follow;
    k->looking = false;
    f->looking--;
    if (r->end == DESK_RETRY || r->end == DESK_UNCLEAR) {
        f->counts.failures++;
        k->look_ms = clock_mono_ms() + MAX(f->c.poll_ms, r->retry_after_ms);
    } else if (k->pokes > 0 && !k->first) {
        /* a webhook may run ahead of the desk's own commit */
        k->look_ms = clock_mono_ms() + (200LL << (2 * (POKES - k->pokes)));
        k->pokes--;
    } else {
        k->pokes = 0;
    }
    follow_tell_next(k);
    follow_wake(f);
}

static void got_replies(void *ctx, const struct desk_result *r)
{
    struct followed *k = ctx;
    struct arena *a = arena_new();
    if (r->end == DESK_CANNOT)
        k->follow->no_replies = true;
    for (size_t i = 0; r->end == DESK_DONE && i < r->n_replies; i++) {
        struct desk_reply plain = r->replies[i];
        bool ours = desk_text_is_ours(plain.text);
        plain.text = ours ? STR("") : desk_text(a, plain.text);
        plain.n_files = ours ? 0 : plain.n_files;
        follow_queue(k, &plain, STR_NONE, false);
    }
    arena_free(a);
    look_done(k, r);
}

static void ask_replies(struct followed *k)
{
    struct follow *f = k->follow;
    set_op(k, DESK_REPLIES);
    f->c.desk->do_op(f->c.desk_self, &k->op, got_replies, k);
}

static void got_status(void *ctx, const struct desk_result *r)
{
    struct followed *k = ctx;
    struct follow *f = k->follow;
    if (r->end == DESK_CANNOT)
        f->no_status = true;
    if (r->end == DESK_DONE) {
        snprintf(k->status, sizeof k->status, "%.*s", STR_ARG(r->status));
        size_t n = MIN(r->owner.n, sizeof k->owner - 1);
        while (n > 0 && !str_is_utf8((str){r->owner.p, n}))
            n--;
        snprintf(k->owner, sizeof k->owner, "%.*s", (int)n, n ? r->owner.p : "");
    } else if (r->end == DESK_REFUSED) {
        log_warn("follow: receipt=%.*s %.*s", STR_ARG(k->t.receipt), STR_ARG(r->error));
    }
    if (f->no_replies || r->end == DESK_RETRY || r->end == DESK_UNCLEAR)
        look_done(k, r);
    else
        ask_replies(k);
}

void follow_look(struct followed *k)
{
    struct follow *f = k->follow;
    k->look_ms = 0;
    if (k->t.external.n == 0 || f->c.desk->tells || (f->no_status && f->no_replies) ||
        (k->first && k->first->own))
        return;
    f->counts.looks++;
    f->looking++;
    k->looking = true;
    while (k->first) /* asked for again, in the desk's order */
        follow_drop_first(k);
    if (f->no_status) {
        ask_replies(k);
        return;
    }
    set_op(k, DESK_STATUS);
    f->c.desk->do_op(f->c.desk_self, &k->op, got_status, k);
}

/* --- all of them --- */

static void look_at_all(struct follow *f)
{
    for (struct followed *k = f->all; k; k = k->next)
        if (k->look_ms == 0 && k->t.external.n > 0 && !ticket_is_over(k->t.status))
            k->look_ms = clock_mono_ms();
}

/* The first poll's end: whatever may have happened while we were not there. What came to
 * the desk since it was asked is new, and the next poll tells. */
static void look_at_known(struct follow *f)
{
    for (struct followed *k = f->all; k; k = k->next)
        if (k->look_ms == 0 && k->known)
            k->look_ms = clock_mono_ms();
}

/* The desk's seconds may hold more than one change: what changed in the newest of them is
 * looked at twice. */
static void note_change(struct follow *f, const struct desk_changed *c, bool newest)
{
    for (struct followed *k = f->all; k; k = k->next) {
        if (!str_eq(k->t.external, c->external))
            continue;
        if (k->changed_ms != c->at_ms) {
            k->changed_ms = c->at_ms;
            k->changed_looks = 0;
        }
        if (k->changed_looks < 2) {
            k->look_ms = clock_mono_ms();
            k->changed_looks += newest ? 1 : 2;
        }
    }
}

static void polled(void *ctx, const struct desk_result *r)
{
    struct follow *f = ctx;
    int64_t pause = f->c.poll_ms;
    f->polling = false;
    if (r->end == DESK_CANNOT) {
        f->no_changes = true;
        look_at_all(f);
    } else if (r->end == DESK_DONE) {
        if (f->since_ms == 0)
            look_at_known(f);
        for (size_t i = 0; i < r->n_changed; i++) {
            note_change(f, &r->changed[i],
                        r->changed[i].at_ms == r->changed[r->n_changed - 1].at_ms);
            f->since_ms = MAX(f->since_ms, r->changed[i].at_ms);
        }
        f->since_ms = MAX(f->since_ms, f->poll.since_ms); /* nothing changed since */
        f->failures = 0;
        if (r->n_changed >= FULL_PAGE && r->changed[0].at_ms < f->since_ms - OVERLAP_MS)
            pause = 0;
    } else {
        f->failures++;
        f->counts.failures++;
        log_warn("follow: the desk does not tell what changed: %.*s", STR_ARG(r->error));
        for (int i = 1; i < f->failures && pause < LAST_PAUSE_MS; i++)
            pause *= 2;
        pause = MIN(MAX(pause, r->retry_after_ms), (int64_t)LAST_PAUSE_MS);
    }
    f->poll_at_ms = clock_mono_ms() + pause;
    follow_wake(f);
}

void follow_poll(struct follow *f)
{
    int64_t since =
        f->since_ms ? f->since_ms - OVERLAP_MS : clock_wall_ms() - FIRST_SINCE_MS;
    f->counts.polls++;
    f->poll_at_ms = clock_mono_ms() + f->c.poll_ms;
    if (f->no_changes) {
        look_at_all(f);
        return;
    }
    for (struct followed *k = f->all; k; k = k->next)
        k->known = k->t.external.n > 0;
    f->polling = true;
    f->poll = (struct desk_op){.type = DESK_CHANGED, .since_ms = since};
    f->c.desk->do_op(f->c.desk_self, &f->poll, polled, f);
}
