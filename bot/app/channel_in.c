#include "app/channel_in.h"

#include <stdlib.h>

#include "app/channel_out.h"
#include "app/engine_inside.h"
#include "app/resume.h"
#include "base/log.h"
#include "text/normalise.h"

enum {
    PLACE_TOUCH_MS = 60 * 60 * 1000, /* how exact `used_ms` is */
    ELSEWHERE_MS = 24 * 60 * 60 * 1000,
};

/* --- the delivery itself --- */

static void wait_for(struct visit *v, void (*done)(void *ctx, enum rc rc), void *ctx)
{
    struct waiter *w = arena_alloc(v->arena, sizeof *w);
    *w = (struct waiter){done, ctx, v->waiters};
    v->waiters = w;
}

void visit_end(struct engine *e, struct visit *v, enum rc rc)
{
    if (!v)
        return;
    for (struct visit **at = &e->visits; *at; at = &(*at)->next)
        if (*at == v) {
            *at = v->next;
            break;
        }
    for (const struct waiter *w = v->waiters; w; w = w->next)
        w->done(w->ctx, rc);
    arena_free(v->arena);
}

void visits_free(struct engine *e)
{
    while (e->visits) {
        struct visit *v = e->visits;
        e->visits = v->next;
        arena_free(v->arena);
    }
}

static str name_of(struct arena *a, const char *channel, str own)
{
    return own.n ? arena_fmt(a, "%s:%.*s", channel, STR_ARG(own)) : STR_NONE;
}

static struct visit *visit_new(const struct arrival *in)
{
    struct arena *a = arena_new();
    struct visit *v = arena_alloc(a, sizeof *v);
    *v = (struct visit){.arena = a, .a = *in};
    str *texts[] = {&v->a.id,      &v->a.also,      &v->a.place,
                    &v->a.address, &v->a.person,    &v->a.text,
                    &v->a.choice,  &v->a.own_place, &v->a.own_address};
    for (size_t i = 0; i < LEN(texts); i++)
        *texts[i] = arena_str(a, *texts[i]);
    if (v->a.shared)
        v->a.person = STR_NONE;
    int64_t now = clock_wall_ms();
    v->received[0] = (struct store_received){name_of(a, in->channel, in->id), now};
    v->received[1] = (struct store_received){name_of(a, in->channel, in->also), now};
    v->place = (struct store_place){.key = name_of(a, in->channel, in->place),
                                    .channel = str_c(in->channel),
                                    .person = v->a.person,
                                    .address = v->a.address,
                                    .used_ms = now};
    return v;
}

static bool is_named(const struct visit *v, str name)
{
    return name.n > 0 &&
        (str_eq(v->received[0].id, name) || str_eq(v->received[1].id, name));
}

/* The same delivery, being made durable right now. */
static struct visit *twin(const struct engine *e, const struct visit *v)
{
    struct visit *o = e->visits;
    while (o && !is_named(o, v->received[0].id) && !is_named(o, v->received[1].id))
        o = o->next;
    return o;
}

/* RC_OK: it was taken earlier. RC_NOT_FOUND, RC_IO. */
static enum rc was_received(struct engine *e, const struct visit *v)
{
    enum rc rc = RC_NOT_FOUND;
    for (size_t i = 0; i < LEN(v->received) && rc == RC_NOT_FOUND; i++)
        if (v->received[i].id.n > 0)
            rc = store_read_received(e->c.store, v->received[i].id);
    return rc;
}

/* --- whose conversation, and which --- */

static bool is_theirs(const struct conversation *c, const struct visit *v)
{
    return c && str_eq(str_c(c->person), v->a.person);
}

/* The place's conversation: from an arrival before this one, from the store, or new. */
static enum rc find_conversation(struct engine *e, struct arena *a, struct visit *v)
{
    struct store_place known = {0};
    for (const struct visit *o = e->visits; o && !v->c; o = o->next)
        if (str_eq(o->place.key, v->place.key) && is_theirs(o->c, v))
            v->c = o->c;
    enum rc rc = store_read_place(e->c.store, a, v->place.key, &known);
    if (rc == RC_IO)
        return rc;
    if (!v->c) {
        v->fresh = rc == RC_NOT_FOUND;
        if (!v->fresh &&
            resume_fetch(&e->conversations, e->c.store, a, known.conversation, &v->c) ==
                RC_IO)
            return RC_IO;
        if (!is_theirs(v->c, v))
            v->c =
                conversations_add(&e->conversations, store_next_conversation(e->c.store),
                                  v->a.person, str_c(v->a.channel));
    }
    v->place.conversation = v->c->id;
    v->moved = known.conversation != v->c->id || !str_eq(known.address, v->a.address) ||
        known.used_ms < v->place.used_ms - PLACE_TOUCH_MS;
    return RC_OK;
}

static bool says_continue(const struct visit *v)
{
    static const str phrases[] = {STR_INIT("hier verder"), STR_INIT("verder hier"),
                                  STR_INIT("ga hier verder"), STR_INIT("continue here"),
                                  STR_INIT("carry on here")};
    str folded;
    if (v->a.type == ARRIVAL_CHOOSE)
        return str_eq(v->a.choice, STR(CHOICE_CONTINUE));
    if (v->a.type != ARRIVAL_MESSAGE || normalise(v->arena, v->a.text, &folded))
        return false;
    for (size_t i = 0; i < LEN(phrases); i++)
        if (str_eq(folded, phrases[i]))
            return true;
    return false;
}

/* The person's newest conversation held elsewhere becomes this place's. */
static enum rc continue_here(struct engine *e, struct arena *a, struct visit *v)
{
    struct store_conversation other;
    struct conversation *c = NULL;
    if (v->a.person.n == 0 || (!v->fresh && !says_continue(v)))
        return RC_OK;
    enum rc rc = store_read_newest_of(e->c.store, a, v->a.person, v->c->id, &other);
    if (rc == RC_IO)
        return rc;
    v->continuing = says_continue(v);
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    if (!v->continuing) {
        struct store_turn t;
        v->can_continue = store_read_turn(e->c.store, a, other.last_turn, &t) == RC_OK &&
            t.at_ms > v->place.used_ms - ELSEWHERE_MS;
        return RC_OK;
    }
    rc = resume_fetch(&e->conversations, e->c.store, a, other.id, &c);
    if (rc || !c)
        return rc;
    v->c = c;
    v->last = other.last_turn;
    v->place.conversation = c->id;
    v->moved = true;
    return RC_OK;
}

/* --- into the engine --- */

static enum event_type event_type(const struct visit *v)
{
    if (v->continuing || (v->a.type == ARRIVAL_MESSAGE && v->a.text.n > MESSAGE_MAX))
        return EVENT_PRESENT;
    switch (v->a.type) {
    case ARRIVAL_MESSAGE:
        return EVENT_MESSAGE;
    case ARRIVAL_CHOOSE:
        return EVENT_CHOOSE;
    case ARRIVAL_FEEDBACK:
        return EVENT_FEEDBACK;
    case ARRIVAL_HANDOFF:
        return EVENT_HANDOFF;
    case ARRIVAL_HELLO:
        break;
    }
    return EVENT_PRESENT;
}

/* What is asked in a shared place is remembered, in memory, for who goes on alone. */
static void remember_question(struct conversation *c, str text)
{
    free(c->asked);
    c->asked = must_text(text);
}

static void submit(struct engine *e, struct visit *v)
{
    struct conversation *c = v->c;
    bool choice = v->a.type == ARRIVAL_CHOOSE;
    if (v->a.shared && v->a.type == ARRIVAL_MESSAGE)
        remember_question(c, v->a.text);
    if (v->a.lang != LANG_NONE && !c->stored)
        c->wished = v->a.lang;
    c->at_place = true;
    struct queued *q =
        queued_new(event_type(v), NULL, v->a.id, choice ? v->a.choice : v->a.text);
    q->visit = v;
    q->judged = v->a.turn;
    q->helpful = v->a.helpful;
    v->next = e->visits;
    e->visits = v;
    e->counts.arrivals++;
    engine_submit(e, c, q);
}

/* "Verder in privé" was pressed where others read along. */
static bool goes_private(struct engine *e, struct arena *a, const struct arrival *in,
                         struct arrival *own)
{
    struct store_place known;
    struct conversation *c = NULL;
    if (!in->shared || in->type != ARRIVAL_CHOOSE ||
        !str_eq(in->choice, STR(CHOICE_PRIVATE)) || in->own_place.n == 0)
        return false;
    *own = *in;
    own->shared = false;
    own->place = in->own_place;
    own->address = in->own_address;
    own->type = ARRIVAL_HELLO;
    str key = name_of(a, in->channel, in->own_place);
    if (store_read_place(e->c.store, a, key, &known) == RC_OK)
        own->address = known.address; /* it knows more than a guest's card tells */
    key = name_of(a, in->channel, in->place);
    if (store_read_place(e->c.store, a, key, &known) == RC_OK)
        c = conversations_find(&e->conversations, known.conversation);
    if (c && c->asked) {
        own->type = ARRIVAL_MESSAGE;
        own->text = str_c(c->asked);
    }
    return true;
}

static void arrive(struct engine *e, struct arena *a, const struct arrival *in,
                   bool came_over, void (*done)(void *ctx, enum rc rc), void *ctx)
{
    struct visit *v = visit_new(in), *first = twin(e, v);
    enum rc rc = first ? RC_OK : was_received(e, v);
    v->greet = came_over && in->type == ARRIVAL_HELLO;
    if (first) {
        e->counts.repeated++;
        wait_for(first, done, ctx);
        arena_free(v->arena);
        return;
    }
    if (rc == RC_NOT_FOUND) {
        rc = find_conversation(e, a, v);
        if (rc == RC_OK && !v->a.shared)
            rc = continue_here(e, a, v);
        bool greeted = v->a.type == ARRIVAL_HELLO && !v->fresh && !v->greet;
        if (rc == RC_OK && !greeted) {
            wait_for(v, done, ctx);
            submit(e, v);
            return;
        }
    } else if (rc == RC_OK) {
        e->counts.repeated++;
    }
    arena_free(v->arena);
    done(ctx, rc);
}

void engine_arrive(struct engine *e, const struct arrival *in,
                   void (*done)(void *ctx, enum rc rc), void *ctx)
{
    struct arrival own;
    if (in->id.n == 0 || in->id.n > ARRIVAL_ID_MAX || in->also.n > ARRIVAL_ID_MAX ||
        in->place.n == 0 || in->place.n > ARRIVAL_ID_MAX) {
        done(ctx, RC_LIMIT);
        return;
    }
    struct arena *a = engine_take_arena(e);
    bool over = goes_private(e, a, in, &own);
    arrive(e, a, over ? &own : in, over, done, ctx);
    engine_give_arena(e, a);
}

void engine_plug(struct engine *e, const struct channel *c, void *self)
{
    channel_out_plug(e->out, c, self);
}
