#include "app/lookup.h"

#include <jansson.h>
#include <stdlib.h>

#include "app/engine_inside.h"
#include "app/resume.h"
#include "base/buf.h"
#include "base/log.h"

enum { PAYLOAD_MAX = 16 * 1024 };

struct looked_up {
    struct lookups *all;
    struct looked_up *before, *after;
    struct arena *arena; /* of everything below */
    struct store_effect row;
    str name, card, asked;
    struct timer *timer; /* the deadline; then: tell again */
    bool asking;         /* the adapter holds us as its ctx */
    bool answered;
    struct lookup answer;
};

struct lookups {
    struct engine *e;
    struct looked_up *first;
};

static void unlink_it(struct looked_up *l)
{
    if (l->before)
        l->before->after = l->after;
    else
        l->all->first = l->after;
    if (l->after)
        l->after->before = l->before;
}

/* An adapter that still asks for us calls back some day: until then we are kept. */
static void drop(struct looked_up *l)
{
    if (l->asking)
        return;
    unlink_it(l);
    timer_free(l->timer);
    arena_free(l->arena); /* l lies in it */
}

/* --- telling --- */

static struct conversation *conversation_of(struct looked_up *l, enum rc *rc)
{
    struct engine *e = l->all->e;
    struct conversation *c = NULL;
    struct arena *a = engine_take_arena(e);
    *rc = resume_fetch(&e->conversations, e->c.store, a, l->row.conversation, &c);
    engine_give_arena(e, a);
    return c;
}

static void tell(struct looked_up *l)
{
    enum rc rc;
    struct conversation *c = conversation_of(l, &rc);
    if (c) {
        struct queued *q = queued_new(EVENT_LOOKUP, NULL, l->row.reply_to, STR_NONE);
        q->lookup = l;
        engine_submit(l->all->e, c, q);
    } else if (rc == RC_IO) {
        timer_set(l->timer, LOOKUP_UNTOLD_MS);
    } else {
        log_warn("hris: a look-up ended, its conversation is gone");
        drop(l);
    }
}

static void fail(struct looked_up *l, str why)
{
    log_warn("hris: a look-up failed: %.*s", STR_ARG(why));
    l->answered = true;
    l->answer = (struct lookup){.failed = true};
    tell(l);
}

static void on_timer(void *ctx)
{
    struct looked_up *l = ctx;
    if (l->answered)
        tell(l);
    else
        fail(l, STR("no answer in time"));
}

/* --- the answer --- */

static str kept(struct looked_up *l, str s)
{
    return arena_str(l->arena, s);
}

static void on_answer(void *ctx, const struct lookup *from)
{
    struct looked_up *l = ctx;
    l->asking = false;
    if (l->answered) { /* too late: the person was told that it failed */
        if (!l->row.id)
            drop(l);
        return;
    }
    if (from->failed) {
        fail(l, from->error);
        return;
    }
    l->answered = true;
    l->answer =
        (struct lookup){.rows = lookup_rows_copy(l->arena, from->rows, from->n_rows),
                        .n_rows = from->n_rows};
    tell(l);
}

static void ask(struct looked_up *l)
{
    struct engine *e = l->all->e;
    enum rc rc;
    int minutes;
    int64_t now = clock_wall_ms();
    struct conversation *c = conversation_of(l, &rc);
    const struct person *who =
        c && c->person[0] ? people_find(e->people, str_c(c->person)) : NULL;
    timer_set(l->timer, MAX(l->row.deadline_ms - now, 0));
    if (now >= l->row.deadline_ms)
        return; /* the timer says so */
    if (!who) {
        fail(l, STR("the person is not known any more"));
        return;
    }
    l->asking = true;
    e->c.hris->ask(e->c.hris_self, l->name, who, clock_local(now, &minutes), on_answer,
                   l);
}

/* --- rows --- */

struct store_effect lookup_effect(struct job *j, const struct effect *x, int64_t id)
{
    struct buf b = buf_new(j->arena, PAYLOAD_MAX);
    buf_char(&b, '{');
    buf_json_member(&b, "lookup", x->name);
    buf_json_member(&b, "card", j->outcome.intent);
    buf_json_member(&b, "asked", x->question);
    buf_char(&b, '}');
    int64_t now = j->event.at_ms;
    return (struct store_effect){.id = id,
                                 .conversation = j->c->id,
                                 .turn = j->turn_id,
                                 .key = x->key,
                                 .kind = STR(LOOKUP_EFFECT),
                                 .target = STR("hris"),
                                 .reply_to = j->client_id,
                                 .payload = buf_failed(&b) ? STR("{}") : buf_str(&b),
                                 .state = EFFECT_PENDING,
                                 .created_ms = now,
                                 .next_ms = now,
                                 .deadline_ms = now + LOOKUP_DEADLINE_MS};
}

static str member(struct looked_up *l, const json_t *payload, const char *name)
{
    const char *s = json_string_value(json_object_get(payload, name));
    return s ? kept(l, str_c(s)) : STR("");
}

void lookups_add(struct lookups *all, const struct store_effect *x)
{
    struct arena *a = arena_new();
    struct looked_up *l = arena_alloc(a, sizeof *l);
    *l = (struct looked_up){.all = all, .arena = a, .after = all->first, .row = *x};
    if (all->first)
        all->first->before = l;
    all->first = l;
    l->row.key = kept(l, x->key);
    l->row.kind = STR(LOOKUP_EFFECT);
    l->row.target = STR("hris");
    l->row.reply_to = kept(l, x->reply_to);
    l->row.number = l->row.external = l->row.error = STR("");
    json_t *payload = json_loadb(x->payload.p, x->payload.n, 0, NULL);
    l->name = member(l, payload, "lookup");
    l->card = member(l, payload, "card");
    l->asked = member(l, payload, "asked");
    json_decref(payload);
    l->row.payload = STR("");
    l->timer = timer_new(all->e->c.loop, on_timer, l);
    ask(l);
}

struct store_effect lookup_end(const struct looked_up *l)
{
    struct store_effect x = l->row;
    x.state = l->answer.failed ? EFFECT_DROPPED : EFFECT_DONE;
    x.attempts++;
    return x;
}

void lookup_event(const struct looked_up *l, struct event *ev, struct arena *a)
{
    ev->name = arena_str(a, l->name);
    ev->card = arena_str(a, l->card);
    ev->asked = arena_str(a, l->asked);
    ev->failed = l->answer.failed;
    ev->rows = l->answer.rows;
    ev->n_rows = l->answer.n_rows;
    ev->lang = LANG_NONE; /* the conversation's */
}

void lookup_told(struct looked_up *l, enum rc rc)
{
    if (rc) {
        timer_set(l->timer, LOOKUP_UNTOLD_MS);
        return;
    }
    timer_free(l->timer);
    l->timer = NULL;
    l->row.id = 0; /* told: whatever the adapter says now is nothing */
    drop(l);
}

/* --- life --- */

struct lookups *lookups_start(struct engine *e)
{
    struct lookups *all = must_alloc(sizeof *all);
    *all = (struct lookups){.e = e};
    struct arena *a = arena_new();
    struct store_effects rows;
    if (store_read_effects(e->c.store, a, true, &rows))
        log_err("hris: the look-ups under way cannot be read");
    else
        for (size_t i = 0; i < rows.list.n; i++)
            if (str_eq(rows.list.v[i].kind, STR(LOOKUP_EFFECT)))
                lookups_add(all, &rows.list.v[i]);
    arena_free(a);
    return all;
}

void lookups_stop(struct lookups *all)
{
    if (!all)
        return;
    for (struct looked_up *l = all->first, *next; l; l = next) {
        next = l->after;
        timer_free(l->timer);
        arena_free(l->arena);
    }
    free(all);
}
