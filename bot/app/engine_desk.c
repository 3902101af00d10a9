#include <stdlib.h>

#include "app/desk_text.h"
#include "app/engine_desk.h"
#include "app/engine_inside.h"
#include "app/resume.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/random.h"

enum { KEY_LEN = 20, BODY_MAX = 4 * 1024, LISTED_DAYS = 30 };

/* --- news from follow: it becomes a turn --- */

static struct queued *queued_news(enum event_type type, const struct store_ticket *t,
                                  str text)
{
    struct queued *q = queued_new(type, NULL, STR_NONE, text);
    q->arena = arena_new();
    q->ticket = engine_copy_ticket(q->arena, t);
    return q;
}

/* Its conversation is past its retention: nobody is left to tell. */
static bool keep_row(struct engine *e, const struct store_ticket *t)
{
    struct store_job j = {.tickets = t, .n_tickets = 1};
    if (store_put(e->c.store, &j))
        return false;
    follow_told(e->follow, t, RC_OK);
    return true;
}

static bool tell(void *ctx, const struct news *n)
{
    static const enum event_type types[] = {[NEWS_REPLY] = EVENT_AGENT,
                                            [NEWS_STATUS] = EVENT_STATUS,
                                            [NEWS_PROMISE] = EVENT_PROMISE};
    struct engine *e = ctx;
    struct arena *a = engine_take_arena(e);
    struct conversation *c = NULL;
    enum rc rc =
        resume_fetch(&e->conversations, e->c.store, a, n->ticket.conversation, &c);
    bool heard = rc == RC_OK && c && (c->sinks || visit_has_place(e, a, c));
    engine_give_arena(e, a);
    if (rc)
        return false;
    if (!c)
        return keep_row(e, &n->ticket);
    if (n->ticket.closed && !heard)
        return false; /* nothing of it is kept, so somebody must be there to read it */
    struct queued *q = queued_news(types[n->kind], &n->ticket, n->text);
    q->name = arena_str(q->arena, n->name);
    q->failed = n->reopened;
    q->was_due_ms = n->was_due_ms;
    q->files = news_files_copy(q->arena, n->files, n->n_files);
    q->n_files = n->n_files;
    engine_submit(e, c, q);
    return true;
}

void engine_desk_event(const struct engine *e, const struct queued *q, struct event *ev,
                       struct arena *a)
{
    ev->promises = e->c.settings->promises;
    const struct store_ticket *t = q->ticket;
    if (!t)
        return;
    ev->ticket = arena_str(a, t->receipt);
    ev->number = arena_str(a, t->number);
    ev->status = arena_str(a, t->status);
    ev->name = arena_str(a, q->name);
    ev->closed = t->closed;
    ev->due_ms = t->due_ms;
    ev->was_due_ms = q->was_due_ms;
    if (q->type == EVENT_AGENT)
        ev->text = desk_text_take(a, q->text, e->c.settings->hand_back, &ev->handed_back);
}

static bool is_news(enum event_type t)
{
    return t == EVENT_AGENT || t == EVENT_STATUS || t == EVENT_PROMISE;
}

void engine_desk_ended(struct engine *e, struct job *j, enum rc rc)
{
    enum event_type type = j->event.type;
    if (type == EVENT_TICKET && rc)
        engine_tell_later(e);
    else if (is_news(type))
        follow_told(e->follow, &j->tickets[0], rc);
    else
        for (size_t i = 0; i < j->n_tickets && rc == RC_OK; i++)
            follow_put(e->follow, &j->tickets[i]);
}

void engine_desk_not_told(struct engine *e, const struct store_effect *x, int64_t about)
{
    struct arena *a = engine_take_arena(e);
    struct conversation *c = NULL;
    struct store_ticket t;
    bool ours = x->turn > 0 && about > 0 &&
        store_read_ticket(e->c.store, a, about, &t) == RC_OK &&
        resume_fetch(&e->conversations, e->c.store, a, x->conversation, &c) == RC_OK && c;
    if (ours) {
        struct queued *q = queued_news(EVENT_NOT_TOLD, &t, STR_NONE);
        q->name = arena_str(q->arena, x->kind);
        q->file = engine_file_name(e, q->arena, x);
        engine_submit(e, c, q);
    }
    engine_give_arena(e, a);
}

/* --- the owner of a queue is warned --- */

/* A row for the outbox and the ticket's row, on their way to the disk together. */
struct warning {
    enum job_owner owner; /* OWNER_DESK */
    struct arena *arena;
    struct store_effect effect;
    struct store_ticket ticket;
};

static str warning_payload(struct arena *a, const struct store_ticket *t)
{
    str due = promise_show(a, t->due_ms, clock_wall_ms(), LANG_NL);
    str text =
        arena_fmt(a,
                  "Aan de medewerker is een antwoord beloofd %.*s (%.*s). Er is nog "
                  "niet geantwoord. Lukt het niet op tijd, dan zegt balie dat aan de "
                  "medewerker, met een nieuwe datum.\n\n"
                  "The employee was promised an answer by then; there is none yet.",
                  STR_ARG(due), STR_ARG(clock_rfc3339(a, t->due_ms)));
    struct buf b = buf_new(a, BODY_MAX);
    buf_char(&b, '{');
    buf_json_int(&b, "ticket", t->effect);
    buf_json_member(&b, "receipt", t->receipt);
    buf_json_member(&b, "body", text);
    buf_char(&b, '}');
    return buf_str(&b);
}

static bool warn(void *ctx, const struct store_ticket *t)
{
    struct engine *e = ctx;
    struct arena *a = arena_new();
    struct warning *w = arena_alloc(a, sizeof *w);
    int64_t now = clock_wall_ms();
    *w = (struct warning){.owner = OWNER_DESK, .arena = a};
    w->ticket = *engine_copy_ticket(a, t);
    w->effect = (struct store_effect){.id = store_next_effect(e->c.store),
                                      .conversation = t->conversation,
                                      .key = random_key(a, KEY_LEN),
                                      .kind = STR("comment"),
                                      .target = STR("desk"),
                                      .payload = warning_payload(a, t),
                                      .state = EFFECT_PENDING,
                                      .created_ms = now,
                                      .next_ms = now,
                                      .deadline_ms = now +
                                          e->c.settings->give_up_hours * 3600 * 1000};
    struct store_job j = {.effects = &w->effect,
                          .n_effects = 1,
                          .tickets = &w->ticket,
                          .n_tickets = 1,
                          .ctx = w};
    if (store_put(e->c.store, &j)) {
        arena_free(a);
        return false;
    }
    log_warn("promise: receipt=%.*s queue=%.*s is due %.*s and has no answer",
             STR_ARG(t->receipt), STR_ARG(t->queue),
             STR_ARG(clock_rfc3339(a, t->due_ms)));
    return true;
}

void engine_desk_stored(struct engine *e, void *ctx, enum rc rc)
{
    struct warning *w = ctx;
    if (rc == RC_OK)
        outbox_add(e->outbox, &w->effect, NULL);
    follow_told(e->follow, &w->ticket, rc);
    arena_free(w->arena);
}

void engine_desk_start(struct engine *e)
{
    struct follow_conf c = {.loop = e->c.loop,
                            .store = e->c.store,
                            .desk = e->c.desk,
                            .desk_self = e->c.desk_self,
                            .files = &e->files,
                            .poll_ms = e->c.settings->poll_seconds * 1000,
                            .promises = e->c.settings->promises,
                            .tell = tell,
                            .warn = warn,
                            .ctx = e};
    e->follow = follow_start(&c);
}

/* --- the person's own tickets --- */

static void read_own(struct engine *e, struct job *j, struct event *ev)
{
    struct store_tickets rows;
    enum rc rc = ev->person
        ? store_read_tickets(e->c.store, j->arena, ev->person->id, &rows)
        : store_read_tickets_in(e->c.store, j->arena, j->c->id, &rows);
    if (rc)
        return; /* logged; the list stays empty */
    int64_t old = ev->at_ms - (int64_t)LISTED_DAYS * 24 * 3600 * 1000;
    struct own_ticket *own = arena_alloc(j->arena, MAX(rows.list.n, 1) * sizeof *own);
    for (size_t i = 0; i < rows.list.n; i++) {
        const struct store_ticket *t = &rows.list.v[i];
        bool open = !ticket_is_over(t->status);
        if (!open && t->updated_ms < old)
            continue;
        own[ev->n_tickets++] = (struct own_ticket){.receipt = t->receipt,
                                                   .number = t->number,
                                                   .status = t->status,
                                                   .subject = t->subject,
                                                   .owner = t->owner,
                                                   .created_ms = t->created_ms,
                                                   .due_ms = t->due_ms,
                                                   .replied_ms = t->replied_ms,
                                                   .open = open};
    }
    ev->tickets = own;
}

void engine_list_tickets(struct engine *e, struct job *j)
{
    for (size_t i = 0; i < j->outcome.effects.n; i++) {
        if (j->outcome.effects.v[i].type != EFFECT_TICKETS)
            continue;
        struct event ev = j->event;
        struct outcome more;
        ev.type = EVENT_TICKETS;
        ev.name = j->outcome.effects.v[i].name;
        read_own(e, j, &ev);
        turn(&e->content->brain, j->session, &ev, j->arena, &more);
        engine_add_outcome(j, &more);
        return;
    }
}

/* --- what others may do (engine_desk.h) --- */

enum rc engine_desk_call(struct engine *e, struct request *r, str secret,
                         struct desk_call *out)
{
    return e->c.desk->heard ? e->c.desk->heard(e->c.desk_self, r, secret, out)
                            : RC_NOT_FOUND;
}

void engine_desk_called(struct engine *e, enum desk_call_end end)
{
    e->counts.desk_calls[end]++;
}

bool engine_desk_heard(struct engine *e, str external)
{
    return follow_poke(e->follow, external);
}

enum rc engine_desk_retry(struct engine *e, int64_t id)
{
    return outbox_retry(e->outbox, id);
}

enum rc engine_desk_drop(struct engine *e, int64_t id)
{
    return outbox_give_up(e->outbox, id);
}

enum rc engine_desk_answer(struct engine *e, str which, str name, str text, str status,
                           struct file_arrived *file)
{
    if (!e->c.desk->tells)
        return RC_INVALID;
    struct arena *a = engine_take_arena(e);
    struct store_tickets rows;
    enum rc rc = store_read_tickets(e->c.store, a, STR_NONE, &rows);
    int64_t effect = 0;
    for (size_t i = 0; rc == RC_OK && i < rows.list.n; i++)
        if (str_eq_ascii(rows.list.v[i].receipt, which) ||
            str_eq_ascii(rows.list.v[i].number, which))
            effect = rows.list.v[i].effect;
    engine_give_arena(e, a);
    if (rc || effect == 0)
        return rc ? rc : RC_NOT_FOUND;
    if (text.n == 0 && !file)
        return follow_status(e->follow, effect, status);
    return follow_reply(e->follow, effect, name, text, status, file);
}
