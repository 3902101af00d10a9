#include "app/channel_visit.h"

#include <jansson.h>
#include <stdlib.h>

#include "app/channel_out.h"
#include "app/engine_inside.h"
#include "base/random.h"
#include "base/str.h"
#include "dialogue/say.h"

enum { KEY_LEN = 20, HOUR_MS = 3600 * 1000 };

static enum lang lang_of_job(const struct job *j)
{
    if (j->outcome.lang != LANG_NONE)
        return j->outcome.lang;
    if (j->session->lang != LANG_NONE)
        return j->session->lang;
    return j->c->wished != LANG_NONE ? j->c->wished : LANG_NL;
}

static struct reply *add_reply(struct job *j, enum say what)
{
    struct reply *r = arena_push(j->arena, &j->outcome.replies);
    *r = (struct reply){.text = say(what, lang_of_job(j))};
    return r;
}

static void offer(struct reply *r, const char *id, enum say label, enum lang l)
{
    if (r->n_choices < CHOICES_MAX)
        r->choices[r->n_choices++] = (struct choice){str_c(id), say(label, l)};
}

/* --- where others read along --- */

static bool is_personal(const struct outcome *o)
{
    return o->private_turn || o->kind == OUTCOME_FORM || o->kind == OUTCOME_SENSITIVE ||
        o->effects.n > 0;
}

/* The turn as if it had not been; only the offer to go on alone is said. The same words
 * whatever it was about: they must not tell. */
static void offer_private(struct job *j)
{
    struct outcome *o = &j->outcome;
    enum lang l = lang_of_job(j);
    *o = (struct outcome){.kind = OUTCOME_HANDOFF, .lang = l, .private_turn = true};
    j->session = session_read(j->arena, (str){j->c->session, j->c->session_len});
    offer(add_reply(j, SAY_PRIVATE_OFFER), CHOICE_PRIVATE, SAY_PRIVATE_YES, l);
}

/* A hand-off is for someone we know. */
static void swap_handoff(struct job *j)
{
    struct reply *last = &j->outcome.replies.v[j->outcome.replies.n - 1];
    last->n_choices = 0;
    offer(last, CHOICE_PRIVATE, SAY_PRIVATE_YES, lang_of_job(j));
}

/* There is nowhere to log in here: what else to say, SAY_COUNT: nothing. */
static bool is_login(str text, enum lang l, bool shared, enum say *instead)
{
    static const struct {
        enum say login, unknown;
    } words[] = {{SAY_LOGIN, SAY_UNKNOWN_PERSON},
                 {SAY_LOGIN_ANSWERS, SAY_UNKNOWN_PERSON},
                 {SAY_LOGIN_FORM, SAY_UNKNOWN_FORM},
                 {SAY_LOGIN_ADDS, SAY_COUNT}};
    for (size_t i = 0; i < LEN(words); i++)
        if (str_eq(text, say(words[i].login, l))) {
            *instead = shared ? SAY_PRIVATE_OFFER : words[i].unknown;
            return true;
        }
    return false;
}

static void swap_login(struct job *j, bool shared)
{
    struct outcome *o = &j->outcome;
    enum lang l = lang_of_job(j);
    size_t n = 0;
    for (size_t i = 0; i < o->replies.n; i++) {
        struct reply r = o->replies.v[i];
        enum say instead;
        if (is_login(r.text, l, shared, &instead)) {
            if (instead == SAY_COUNT)
                continue;
            r.text = say(instead, l);
            r.html = STR_NONE;
            if (shared) {
                r.n_choices = 0;
                offer(&r, CHOICE_PRIVATE, SAY_PRIVATE_YES, l);
            }
        }
        o->replies.v[n++] = r;
    }
    o->replies.n = n;
}

void visit_adjust(struct engine *e, struct job *j)
{
    (void)e;
    const struct visit *v = j->visit;
    if (!v)
        return;
    if (v->continuing)
        add_reply(j, v->last ? SAY_CONTINUED : SAY_CONTINUE_NONE);
    else if (v->greet)
        add_reply(j, SAY_PRIVATE_HERE);
    else if (v->a.type == ARRIVAL_MESSAGE && v->a.text.n > MESSAGE_MAX)
        add_reply(j, SAY_TOO_LONG);
    if (v->a.shared && is_personal(&j->outcome))
        offer_private(j);
    else if (j->outcome.needs_person)
        swap_login(j, v->a.shared);
    else if (v->a.shared && j->outcome.kind == OUTCOME_HANDOFF &&
             j->outcome.replies.n > 0)
        swap_handoff(j);
}

/* --- the rows --- */

static void add_message(struct engine *e, struct job *j, const struct store_place *p,
                        str frame, bool unspoken)
{
    if (j->n_messages == MESSAGES_MAX)
        return;
    int64_t now = j->event.at_ms;
    j->messages[j->n_messages] = frame;
    j->effects[j->n_effects + j->n_messages++] = (struct store_effect){
        .id = store_next_effect(e->c.store),
        .conversation = j->c->id,
        .turn = j->turn_id,
        .key = random_key(j->arena, KEY_LEN),
        .kind = STR(EFFECT_KIND_MESSAGE),
        .target = p->channel,
        .external = p->key,
        .reply_to = j->client_id,
        .payload = unspoken ? channel_out_unspoken(j->arena, lang_of_job(j)) : frame,
        .state = EFFECT_PENDING,
        .created_ms = now,
        .next_ms = now,
        .deadline_ms = now + e->c.settings->message_hours * HOUR_MS};
}

static void add_notice(struct engine *e, struct job *j)
{
    const struct visit *v = j->visit;
    enum lang l = lang_of_job(j);
    struct reply r = {.text = v->a.shared ? say(SAY_SHARED_NOTICE, l)
                                          : e->content->brain.catalogue->notice[l]};
    if (v->can_continue)
        offer(&r, CHOICE_CONTINUE, SAY_CONTINUE_OFFER, l);
    if (r.text.n > 0)
        add_message(e, j, &v->place, frame_answer(j->arena, 0, STR_NONE, 0, &r), false);
}

/* What was said last in the conversation that goes on here. */
static void repeat_last(struct engine *e, struct job *j)
{
    struct store_turn t;
    size_t i;
    json_t *one;
    if (store_read_turn(e->c.store, j->arena, j->visit->last, &t))
        return;
    json_t *frames = json_loadb(t.frames.p, t.frames.n, 0, NULL);
    json_array_foreach(frames, i, one)
    {
        const char *type = json_string_value(json_object_get(one, "type"));
        char *text =
            type && strcmp(type, "answer") == 0 ? json_dumps(one, JSON_COMPACT) : NULL;
        if (text)
            add_message(e, j, &j->visit->place, arena_str(j->arena, str_c(text)), false);
        free(text);
    }
    json_decref(frames);
}

static bool is_spoken(str frame)
{
    return str_starts(frame, STR("{\"type\":\"answer\"")) ||
        str_starts(frame, STR("{\"type\":\"agent\""));
}

/* Files are shown by the page alone; elsewhere a line says that they came. */
static str spoken(struct engine *e, struct job *j, str frame)
{
    bool agent = str_starts(frame, STR("{\"type\":\"agent\""));
    return agent && j->n_news_files > 0
        ? job_agent_spoken(j, lang_of_job(j), e->c.settings->chat_url)
        : frame;
}

/* An answer goes where the question was asked, news wherever the person is. */
static bool is_elsewhere(const struct conversation *c)
{
    return c->sinks && !c->at_place;
}

void visit_compose(struct engine *e, struct job *j)
{
    struct store_place place;
    if (j->visit) {
        place = j->visit->place;
    } else if (j->sender || (j->event.type == EVENT_LOOKUP && is_elsewhere(j->c)) ||
               store_read_place_of(e->c.store, j->arena, j->c->id, &place)) {
        return; /* a connection hears it; the desk's answers go where the person is */
    }
    if (j->visit && j->visit->fresh)
        add_notice(e, j);
    for (size_t i = 0; i < j->n_frames; i++)
        if (is_spoken(j->frames[i].text))
            add_message(e, j, &place, spoken(e, j, j->frames[i].text),
                        j->outcome.private_turn);
    if (j->visit && j->visit->last)
        repeat_last(e, j);
}

bool visit_has_place(struct engine *e, struct arena *a, const struct conversation *c)
{
    struct store_place place;
    return store_read_place_of(e->c.store, a, c->id, &place) == RC_OK;
}

void visit_rows(const struct job *j, struct store_job *rows)
{
    struct visit *v = j->visit;
    if (!v)
        return;
    if (v->moved)
        rows->place = &v->place;
    rows->received = v->received;
    rows->n_received = v->received[1].id.n > 0 ? 2 : 1;
}
