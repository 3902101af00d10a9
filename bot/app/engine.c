#include "app/engine.h"

#include <stdlib.h>

#include "app/channel_out.h"
#include "app/engine_inside.h"
#include "app/resume.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"

enum {
    SWEEP_MS = 60 * 1000,
    FORGET_MS = 60 * 60 * 1000,
    DAY_MS = 24 * 60 * 60 * 1000,
    KEY_LEN = 20, /* of ENGINE_KEY; the rest is the receipt's */
    LOOKUPS_MAX = 4,
};

struct arena *engine_take_arena(struct engine *e)
{
    return arenas_take(&e->arenas);
}

void engine_give_arena(struct engine *e, struct arena *a)
{
    arenas_give(&e->arenas, a);
}

/* --- telling the sender --- */

void engine_tell_error(struct engine *e, struct sink *s, str reply_to, const char *code,
                       const char *text, int64_t retry_ms)
{
    if (!s)
        return;
    struct arena *a = engine_take_arena(e);
    s->send(s, frame_error(a, reply_to, code, str_c(text), retry_ms));
    engine_give_arena(e, a);
}

/* --- making a turn --- */

struct answer_wait {
    struct engine *engine;
    struct job *job;
    bool now; /* the answer came inside the call */
    bool answered;
    struct event event;
};

static void looked_up(void *ctx, const struct lookup *l)
{
    struct answer_wait *w = ctx;
    if (l->failed)
        log_warn("hris: a look-up failed: %.*s", STR_ARG(l->error));
    w->event.failed = l->failed;
    w->event.rows = lookup_rows_copy(w->job->arena, l->rows, l->n_rows);
    w->event.n_rows = l->n_rows;
    w->answered = true;
}

void engine_add_outcome(struct job *j, const struct outcome *more)
{
    struct outcome *o = &j->outcome;
    for (size_t i = 0; i < more->replies.n; i++)
        *arena_push(j->arena, &o->replies) = more->replies.v[i];
    o->kind = more->kind;
    o->unanswered = o->unanswered || more->unanswered;
}

/* The effect's key and the receipt that a turn may use. Few have an effect, so what was
 * drawn and not used is the next turn's (use_key). */
static void give_key(struct engine *e, struct arena *a, struct event *ev)
{
    if (!e->has_key)
        memcpy(e->key, random_key(a, ENGINE_KEY).p, ENGINE_KEY);
    e->has_key = true;
    ev->key = arena_str(a, (str){e->key, KEY_LEN});
    ev->receipt = arena_join(a, STR("B-"), (str){e->key + KEY_LEN, ENGINE_KEY - KEY_LEN});
}

static void use_key(struct engine *e, const struct outcome *o)
{
    if (o->effects.n > 0)
        e->has_key = false;
}

static void look_up(struct engine *e, struct job *j)
{
    if (e->c.hris->late) /* asked when the turn is durable: lookup.c */
        return;
    for (size_t i = 0; i < j->outcome.effects.n && i < LOOKUPS_MAX; i++) {
        const struct effect *x = &j->outcome.effects.v[i];
        if (x->type != EFFECT_LOOKUP || !j->event.person)
            continue;
        struct answer_wait w = {.engine = e, .job = j, .event = j->event};
        w.event.type = EVENT_LOOKUP;
        w.event.name = x->name;
        e->c.hris->ask(e->c.hris_self, x->name, j->event.person, j->event.today,
                       looked_up, &w);
        if (!w.answered) {
            w.event.failed = true;
            log_err("hris: %s did not answer at once", e->c.hris->name);
        }
        struct outcome more;
        turn(&e->content->brain, j->session, &w.event, j->arena, &more);
        use_key(e, &more);
        engine_add_outcome(j, &more);
    }
}

/* Once a minute: no time zone changes within one. */
static date_t local_day(struct engine *e, int64_t now, int *minutes)
{
    enum { MINUTE_MS = 60 * 1000 };
    if (e->minute != now / MINUTE_MS) {
        e->today = clock_local(now, &e->minutes);
        e->minute = now / MINUTE_MS;
    }
    *minutes = e->minutes;
    return e->today;
}

static struct event event_of(struct engine *e, struct job *j, const struct queued *q)
{
    int64_t now = clock_wall_ms();
    struct event ev = {
        .type = q->type,
        .at_ms = now,
        .turn = j->session->turns + 1,
        .person = j->c->person[0] ? people_find(e->people, str_c(j->c->person)) : NULL,
        .boldness = e->c.settings->boldness,
        .lang = j->c->wished,
        .judged = q->judged,
        .helpful = q->helpful,
        .failed = q->failed,
        .lookups_late = e->c.hris->late,
        .forms_since_ms = now - e->c.settings->form_days * DAY_MS,
        .lookups_absent = e->absent};
    ev.today = local_day(e, now, &ev.minutes);
    give_key(e, j->arena, &ev);
    if (q->type == EVENT_MESSAGE || q->type == EVENT_FEEDBACK)
        ev.text = arena_str(j->arena, q->text);
    if (q->type == EVENT_CHOOSE)
        ev.choice = arena_str(j->arena, q->text);
    if (q->lookup)
        lookup_event(q->lookup, &ev, j->arena);
    if (q->type == EVENT_TICKET) {
        ev.ticket = arena_str(j->arena, q->text);
        ev.number = arena_str(j->arena, q->number);
    }
    engine_desk_event(e, q, &ev, j->arena);
    engine_files_event(e, q, &ev, j);
    return ev;
}

struct store_ticket *engine_copy_ticket(struct arena *a, const struct store_ticket *t)
{
    struct store_ticket *c = arena_alloc(a, sizeof *c);
    *c = *t;
    str *texts[] = {&c->person,   &c->receipt, &c->queue, &c->subject, &c->number,
                    &c->external, &c->status,  &c->owner, &c->seen};
    for (size_t i = 0; i < LEN(texts); i++)
        *texts[i] = arena_str(a, *texts[i]);
    return c;
}

void engine_tell_later(struct engine *e)
{
    e->untold = true;
    timer_set(e->sweep, UNTOLD_MS);
}

static void drop_pending(struct engine *e, struct pending *p)
{
    if (p && p->job)
        engine_give_arena(e, p->job->arena); /* the job lies in its own arena */
    pending_free(&e->pendings, p);
}

/* To the writer; the turn counts when it is durable (engine_committed). */
static void put(struct engine *e, struct job *j)
{
    struct pending *p = pending_new(&e->pendings, j);
    struct store_job rows = job_rows(j);
    rows.ctx = p;
    visit_rows(j, &rows);
    if (store_put(e->c.store, &rows)) {
        engine_desk_ended(e, j, RC_BUSY);
        engine_files_ended(e, j, RC_BUSY);
        if (j->lookup)
            lookup_told(j->lookup, RC_BUSY);
        e->counts.busy++;
        engine_tell_error(e, j->sender, j->client_id, "busy",
                          "Too busy right now; try again.", ENGINE_RETRY_MS);
        visit_end(e, j->visit, RC_BUSY);
        p->job = j;
        drop_pending(e, p);
        return;
    }
    j->c->pending = p;
    e->in_flight++;
    j->c->used_ms = clock_mono_ms();
    if (!p->job)
        engine_give_arena(e, j->arena);
}

static void run(struct engine *e, struct conversation *c, const struct queued *q)
{
    struct arena *a = engine_take_arena(e);
    struct job *j = job_begin(a);
    j->c = c;
    j->sender = q->sender;
    j->visit = q->visit;
    j->started_us = clock_mono_us();
    j->client_id = arena_str(a, q->id);
    if (j->client_id.n > 0 && !q->ticket && !q->lookup)
        j->text_hash = text_hash(e->text_key, q->text);
    j->lookup = q->lookup;
    j->upload = q->upload;
    j->people = e->people;
    j->at_once = outbox_would_send(e->outbox, c->id);
    j->session = conversation_session(c, a);
    j->had_values = j->session->form.n_values + j->session->parked.n_values > 0;
    j->event = event_of(e, j, q);
    turn(&e->content->brain, j->session, &j->event, a, &j->outcome);
    use_key(e, &j->outcome);
    look_up(e, j);
    engine_list_tickets(e, j);
    engine_files_adjust(e, j);
    visit_adjust(e, j);
    if (q->ticket) {
        j->tickets[0] = *engine_copy_ticket(a, q->ticket);
        j->n_tickets = 1;
    }
    bool shown = q->type == EVENT_MESSAGE || q->type == EVENT_CHOOSE;
    job_compose(j, e->c.store, e->c.settings, shown ? j->outcome.said : STR_NONE);
    visit_compose(e, j);
    put(e, j);
}

/* --- the queue of a conversation --- */

static void free_queued(struct queued *q)
{
    arena_free(q->arena);
    free(q);
}

struct queued *queued_new(enum event_type type, struct sink *sender, str id, str text)
{
    struct queued *q = must_room(sizeof *q + id.n + text.n);
    char *bytes = (char *)(q + 1);
    if (id.n)
        memcpy(bytes, id.p, id.n);
    if (text.n)
        memcpy(bytes + id.n, text.p, text.n);
    *q = (struct queued){.type = type,
                         .sender = sender,
                         .id = {bytes, id.n},
                         .text = {bytes + id.n, text.n}};
    return q;
}

void engine_say(struct engine *e, struct conversation *c, enum event_type type,
                struct sink *sender, str id, str text)
{
    if (c->pending || c->first) {
        engine_submit(e, c, queued_new(type, sender, id, text));
        return;
    }
    struct queued now = {.type = type, .sender = sender, .id = id, .text = text};
    e->counts.events++;
    run(e, c, &now);
}

/* Takes q. What the desk or the program says is never refused. */
void engine_submit(struct engine *e, struct conversation *c, struct queued *q)
{
    e->counts.events++;
    if (!c->pending && !c->first) {
        run(e, c, q);
        free_queued(q);
        return;
    }
    if (c->n_queued >= QUEUED_MAX && (q->sender || q->visit)) {
        e->counts.busy++;
        visit_end(e, q->visit, RC_BUSY);
        engine_tell_error(e, q->sender, q->id, "busy",
                          "One thing at a time: wait for the answer first.",
                          ENGINE_RETRY_MS);
        free_queued(q);
        return;
    }
    if (c->last)
        c->last->next = q;
    else
        c->first = q;
    c->last = q;
    c->n_queued++;
}

static void run_next(struct engine *e, struct conversation *c)
{
    while (!c->pending && c->first) {
        struct queued *q = c->first;
        c->first = q->next;
        if (!c->first)
            c->last = NULL;
        c->n_queued--;
        run(e, c, q);
        free_queued(q);
    }
}

/* --- the commit came back --- */

/* What a turn does besides saying something. */
static void start_effects(struct engine *e, struct job *j)
{
    for (size_t i = 0; i < j->n_effects; i++)
        if (!str_eq(j->effects[i].kind, STR(LOOKUP_EFFECT)))
            outbox_add(e->outbox, &j->effects[i], j->ticket_of[i]);
        else if (j->effects[i].state == EFFECT_PENDING)
            lookups_add(e->lookups, &j->effects[i]);
    for (size_t i = 0; i < j->n_messages; i++)
        channel_out_add(e->out, &j->effects[j->n_effects + i], j->messages[i]);
    engine_desk_ended(e, j, RC_OK);
    engine_files_ended(e, j, RC_OK);
}

static void adopt(struct engine *e, struct pending *p, const struct store_turn *turn)
{
    struct conversation *c = p->c;
    conversation_set_session(c, pending_session(p, turn));
    c->seq = turn->seq_to;
    c->last_turn = turn->id;
    c->stored = true;
    conversation_remember(c, p->client_id, p->text_hash, turn->id);
    e->counts.turns++;
    e->counts.outcomes[p->kind]++;
    for (size_t i = 0, at = 0; i < p->n_frames; i++) {
        str frame = pending_frame(p, turn, i, &at);
        bool said = i == 0 && str_starts(frame, STR("{\"type\":\"said\""));
        /* where nothing is answered it tells the sender that the message was taken */
        conversation_send(c, frame, said && !p->quiet ? p->sender : NULL);
    }
    if (p->job)
        start_effects(e, p->job);
    /* which conversation was about something sensitive is nobody's business */
    if (p->private_turn)
        log_info("turn conv=- chan=%s outcome=private us=%lld", c->channel,
                 (long long)(clock_mono_us() - p->started_us));
    else
        log_info("turn conv=%llx chan=%s outcome=%s intent=%.*s us=%lld",
                 (unsigned long long)c->id, c->channel, outcome_name(p->kind),
                 STR_ARG(turn->intent), (long long)(clock_mono_us() - p->started_us));
}

static void not_stored(struct engine *e, struct pending *p, enum rc rc)
{
    struct job *j = p->job;
    e->counts.storage_errors++;
    if (j) {
        engine_desk_ended(e, j, rc);
        engine_files_ended(e, j, rc);
    }
    log_err("store: a turn could not be stored conv=%llx", (unsigned long long)p->c->id);
    engine_tell_error(e, p->sender, p->client_id, "storage",
                      "This could not be stored. Please send it again.",
                      ENGINE_RETRY_MS * 2);
}

/* True: more waits in its conversation. */
static bool turn_stored(struct engine *e, struct pending *p, const struct store_result *r)
{
    struct conversation *c = p->c;
    c->pending = NULL;
    e->in_flight--;
    if (r->rc)
        not_stored(e, p, r->rc);
    else
        adopt(e, p, r->turn);
    if (p->job && p->job->lookup)
        lookup_told(p->job->lookup, r->rc);
    if (p->job)
        visit_end(e, p->job->visit, r->rc);
    drop_pending(e, p);
    return c->first != NULL;
}

void engine_committed(struct engine *e)
{
    struct store_result r;
    struct arena *a = engine_take_arena(e);
    VEC(struct conversation *) waiting = {0};
    while (store_next(e->c.store, &r)) {
        const enum job_owner *owner = r.ctx; /* the first member of every job of ours */
        if (!owner)
            continue;
        if (*owner == OWNER_DESK) {
            engine_desk_stored(e, r.ctx, r.rc);
            continue;
        }
        if (*owner == OWNER_OUTBOX) {
            outbox_stored(e->outbox, r.ctx, r.rc);
            continue;
        }
        if (*owner == OWNER_MESSAGE) {
            channel_out_stored(e->out, r.ctx, r.rc);
            continue;
        }
        struct pending *p = r.ctx;
        struct conversation *c = p->c;
        if (turn_stored(e, p, &r))
            *arena_push(a, &waiting) = c;
    }
    /* what waited is worked on when all answers are on their way */
    for (size_t i = 0; i < waiting.n; i++)
        run_next(e, waiting.v[i]);
    engine_give_arena(e, a);
}

/* --- life --- */

static void sweep(void *ctx)
{
    struct engine *e = ctx;
    conversations_evict(&e->conversations, clock_mono_ms() - IDLE_MS);
    if (clock_mono_ms() - e->forgot_ms >= FORGET_MS) {
        e->forgot_ms = clock_mono_ms();
        store_forget_typed_before(e->c.store,
                                  clock_wall_ms() - e->c.settings->form_days * DAY_MS);
        store_forget_before(e->c.store,
                            clock_wall_ms() - e->c.settings->retention_days * DAY_MS);
        engine_files_sweep(e);
    }
    if (e->untold)
        engine_tell_untold(e);
    timer_set(e->sweep, e->untold ? UNTOLD_MS : SWEEP_MS);
}

struct engine *engine_start(const struct engine_conf *c, struct built *first,
                            struct people *people)
{
    struct engine *e = must_alloc(sizeof *e);
    *e = (struct engine){.c = *c, .content = first, .people = people};
    e->forgot_ms = clock_mono_ms() - FORGET_MS;
    conversations_init(&e->conversations);
    struct outbox_conf oc = {.loop = c->loop,
                             .store = c->store,
                             .desk = c->desk,
                             .desk_self = c->desk_self,
                             .in_flight = (size_t)c->settings->outbox_in_flight,
                             .grace_ms = c->settings->grace_seconds * 1000,
                             .notices = c->desk->tells && c->settings->mail,
                             .give_up_ms = c->settings->give_up_hours * 3600 * 1000,
                             .ended = engine_ticket_ended,
                             .ctx = e};
    e->outbox = outbox_start(&oc);
    e->text_key = text_key_open(c->settings->state);
    e->own = arena_new();
    e->absent = hris_absent(c->hris, c->hris_self, e->own);
    e->out = channel_out_start(c->loop, c->store);
    engine_files_start(e);
    e->lookups = lookups_start(e);
    engine_desk_start(e);
    e->sweep = timer_new(c->loop, sweep, e);
    e->untold = true;
    timer_set(e->sweep, 0);
    return e;
}

static void free_work(struct conversation *c, void *ctx)
{
    struct engine *e = ctx;
    while (c->first) {
        struct queued *q = c->first;
        c->first = q->next;
        free_queued(q);
    }
    c->last = NULL;
    c->n_queued = 0;
    drop_pending(e, c->pending);
    c->pending = NULL;
}

void engine_stop(struct engine *e)
{
    if (!e)
        return;
    timer_free(e->sweep);
    outbox_stop(e->outbox);
    channel_out_stop(e->out);
    lookups_stop(e->lookups);
    follow_stop(e->follow);
    conversations_each(&e->conversations, free_work, e);
    conversations_done(&e->conversations);
    visits_free(e);
    engine_files_stop(e);
    arena_free(e->own);
    arenas_free(&e->arenas);
    pendings_free(&e->pendings);
    built_free(e->content);
    people_free(e->people);
    free(e);
}

bool engine_is_idle(const struct engine *e)
{
    return e->in_flight == 0 && store_waiting(e->c.store) == 0;
}

struct built *engine_swap(struct engine *e, struct built *next)
{
    struct built *old = e->content;
    e->content = next;
    e->counts.reloads++;
    e->counts.reload_ms = (uint64_t)next->took_ms;
    return old;
}
