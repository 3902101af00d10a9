/* What channels call: a message comes in once, whatever is sent again. */
#include "app/engine_inside.h"
#include "app/resume.h"
#include "base/clock.h"
#include "base/str.h"

static void conflict(struct engine *e, struct sink *s, str id)
{
    e->counts.conflicts++;
    engine_tell_error(e, s, id, "conflict", "This id was used for another message.", 0);
}

/* The same id again while the first is being worked on: its answer is on its way. */
static bool is_in_hand(struct engine *e, struct sink *s, str id, str text)
{
    struct conversation *c = s->conversation;
    bool same = false, found = false;
    const struct pending *p = c->pending;
    bool told = p && p->job && (p->job->event.ticket.n > 0 || p->job->lookup);
    if (p && !told && str_eq(p->client_id, id)) {
        found = true;
        same = p->text_hash == text_hash(e->text_key, text);
    }
    for (const struct queued *q = c->first; q && !found; q = q->next)
        if (!q->ticket && !q->lookup && str_eq(q->id, id)) {
            found = true;
            same = str_eq(q->text, text);
        }
    if (found && !same)
        conflict(e, s, id);
    return found;
}

/* The same id again later: every frame of it once more, or a conflict. True: done with
 * it. */
static bool is_repeated(struct engine *e, struct sink *s, str id, str text)
{
    struct conversation *c = s->conversation;
    if (is_in_hand(e, s, id, text))
        return true;
    unsigned same = conversation_recent(c, id);
    if (!same)
        return false;
    struct arena *a = engine_take_arena(e);
    for (unsigned i = 0; i < RECENT_MAX; i++) { /* oldest first */
        unsigned at = (c->next_recent + i) % RECENT_MAX;
        const struct recent *r = &c->recent[at];
        if (!(same >> at & 1))
            continue;
        if (r->text_hash != 0 && r->text_hash != text_hash(e->text_key, text)) {
            conflict(e, s, id);
            break;
        }
        e->counts.replayed++;
        enum rc rc = resume_turn(e->c.store, a, s, r->turn, 0);
        if (rc == RC_NOT_FOUND) /* forgotten, or private: nothing of it was kept */
            engine_tell_error(e, s, id, "expired", "This is no longer kept; ask again.",
                              0);
        else if (rc)
            engine_tell_error(e, s, id, "storage", "This cannot be read right now.",
                              ENGINE_RETRY_MS);
    }
    engine_give_arena(e, a);
    return true;
}

static void take(struct engine *e, struct sink *s, enum event_type type, str id, str text)
{
    if (!s->conversation || (id.n > 0 && is_repeated(e, s, id, text)))
        return;
    s->conversation->at_place = false;
    engine_say(e, s->conversation, type, s, id, text);
}

void engine_message(struct engine *e, struct sink *s, str id, str text)
{
    take(e, s, EVENT_MESSAGE, id, text);
}

void engine_choose(struct engine *e, struct sink *s, str id, str choice)
{
    take(e, s, EVENT_CHOOSE, id, choice);
}

void engine_handoff(struct engine *e, struct sink *s, str id)
{
    take(e, s, EVENT_HANDOFF, id, STR_NONE);
}

void engine_feedback(struct engine *e, struct sink *s, int64_t turn_number, bool helpful,
                     str text)
{
    if (!s->conversation)
        return;
    struct queued *q = queued_new(EVENT_FEEDBACK, s, STR_NONE, text);
    q->judged = turn_number;
    q->helpful = helpful;
    engine_submit(e, s->conversation, q);
}

void engine_leave(struct engine *e, struct sink *s)
{
    (void)e;
    struct conversation *c = s->conversation;
    if (!c)
        return;
    c->used_ms = clock_mono_ms();
    if (c->pending && c->pending->sender == s)
        c->pending->sender = NULL;
    for (struct queued *q = c->first; q; q = q->next)
        if (q->sender == s)
            q->sender = NULL;
    conversation_detach(s);
}

enum rc engine_hello(struct engine *e, struct sink *s, str person, str channel,
                     str public_id, int64_t after, enum lang wished)
{
    struct arena *a = engine_take_arena(e);
    struct conversation *c = NULL;
    enum rc rc = public_id.n
        ? resume_find(&e->conversations, e->c.store, a, person, public_id, &c)
        : RC_OK;
    if (rc == RC_OK) {
        bool resumed = c != NULL;
        if (!c)
            c = conversations_add(&e->conversations, store_next_conversation(e->c.store),
                                  person, channel);
        if (wished != LANG_NONE)
            c->wished = wished;
        resume_welcome(a, s, c, &e->content->brain, e->c.store, resumed ? after : -1);
        conversation_attach(c, s);
        if (resumed)
            follow_visit(e->follow, c->id);
    }
    engine_give_arena(e, a);
    return rc;
}
