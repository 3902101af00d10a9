#include "app/channel_out.h"

#include <jansson.h>
#include <stdlib.h>

#include "app/job.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "dialogue/say.h"

enum {
    FIRST_RETRY_MS = 500,
    LAST_RETRY_MS = 60 * 1000,
    STORE_RETRY_MS = 1000,
    SWEEP_MS = 3600 * 1000,
    BUSY_MAX = 16, /* messages on their way at once */
    PLUGS_MAX = 8,
};

enum step { STEP_WAIT, STEP_SEND, STEP_SAVE };

struct item {
    struct lane *lane;
    struct arena *arena;
    struct store_effect e;
    str frame;
    struct message m;
    bool unclear;
    struct item *next;
};

/* The messages of one place, oldest first. It is also the ctx of the one save that may be
 * on its way to the disk. */
struct lane {
    enum job_owner owner; /* OWNER_MESSAGE */
    struct channel_out *out;
    enum step step; /* of the first */
    int64_t next_ms;
    struct item *first, *last;
    struct lane *next;
};

struct plug {
    const struct channel *channel;
    void *self;
};

struct channel_out {
    struct loop *loop;
    struct store *store;
    struct timer *timer;
    struct lane *lanes;
    struct plug plugs[PLUGS_MAX];
    size_t n_plugs, busy;
    struct channel_out_counts counts;
    bool stopping;
};

static int64_t back_off(int attempts)
{
    int64_t ms = FIRST_RETRY_MS;
    for (int i = 1; i < attempts && ms < LAST_RETRY_MS; i++)
        ms *= 2;
    unsigned char r;
    random_bytes(&r, 1);
    ms = MIN(ms, (int64_t)LAST_RETRY_MS);
    return ms * 3 / 4 + ms * r / 512;
}

static void wake(struct channel_out *o)
{
    timer_set(o->timer, 0);
}

static void drop_first(struct lane *l)
{
    struct item *i = l->first;
    l->first = i->next;
    if (!l->first)
        l->last = NULL;
    l->step = STEP_WAIT;
    l->next_ms = 0;
    arena_free(i->arena); /* the item lies in it */
    l->out->counts.waiting--;
}

static void save(struct lane *l)
{
    l->step = STEP_SAVE;
    l->next_ms = INT64_MAX;
    struct store_job j = {.effects = &l->first->e, .n_effects = 1, .ctx = l};
    if (store_put(l->out->store, &j))
        l->next_ms = clock_wall_ms() + STORE_RETRY_MS;
}

static void finish(struct lane *l, enum effect_state state, str error)
{
    struct item *i = l->first;
    i->e.state = state;
    i->e.payload = STR("{}");
    i->e.error = arena_str(i->arena, error);
    if (state == EFFECT_DONE)
        l->out->counts.sent++;
    else
        l->out->counts.failed++;
    if (state != EFFECT_DONE)
        log_err("channel %.*s: a message could not be sent after %d attempts: %.*s",
                STR_ARG(i->e.target), i->e.attempts, STR_ARG(error));
    save(l);
}

static void sent(void *ctx, const struct message_result *r)
{
    struct lane *l = ctx;
    struct item *i = l->first;
    struct channel_out *o = l->out;
    o->busy--;
    i->e.attempts++;
    if (r->end == MESSAGE_SENT) {
        i->e.number = arena_str(i->arena, r->id);
        finish(l, EFFECT_DONE, STR_NONE);
    } else if (r->end == MESSAGE_FAILED) {
        finish(l, EFFECT_FAILED, r->error);
    } else {
        o->counts.retries++;
        log_warn("channel %.*s: attempt %d %s: %.*s", STR_ARG(i->e.target), i->e.attempts,
                 r->end == MESSAGE_RETRY ? "failed" : "is unclear", STR_ARG(r->error));
        i->unclear = i->unclear || r->end == MESSAGE_UNCLEAR;
        l->step = STEP_WAIT;
        l->next_ms = clock_wall_ms() + MAX(r->retry_ms, back_off(i->e.attempts));
    }
    wake(o);
}

static const struct plug *plug_of(const struct channel_out *o, str name)
{
    for (size_t i = 0; i < o->n_plugs; i++)
        if (str_eq(name, str_c(o->plugs[i].channel->name)))
            return &o->plugs[i];
    return NULL;
}

/* "slack:T1/U1" without the channel's name. */
static str own_name(str place)
{
    (void)str_cut(&place, ':');
    return place;
}

static void step(struct lane *l)
{
    struct item *i = l->first;
    struct channel_out *o = l->out;
    const struct plug *p = plug_of(o, i->e.target);
    struct store_place place;
    enum rc rc;
    if (l->step == STEP_SAVE) {
        save(l);
        return;
    }
    if (i->e.deadline_ms > 0 && clock_wall_ms() > i->e.deadline_ms) {
        finish(l, EFFECT_FAILED, STR("too old"));
        return;
    }
    if (!p) { /* the channel is not in the settings any more: it ends at its deadline */
        l->next_ms = MAX(i->e.deadline_ms, clock_wall_ms() + SWEEP_MS);
        return;
    }
    rc = store_read_place(o->store, i->arena, i->e.external, &place);
    if (rc == RC_NOT_FOUND) {
        finish(l, EFFECT_FAILED, STR("its place is not known any more"));
        return;
    }
    if (rc) {
        l->next_ms = clock_wall_ms() + STORE_RETRY_MS;
        return;
    }
    i->m = (struct message){.key = i->e.key,
                            .place = own_name(i->e.external),
                            .address = place.address,
                            .frame = i->frame,
                            .unclear = i->unclear};
    l->step = STEP_SEND;
    l->next_ms = INT64_MAX;
    o->busy++;
    p->channel->send(p->self, &i->m, sent, l);
}

static void work(void *ctx)
{
    struct channel_out *o = ctx;
    int64_t now = clock_wall_ms(), next = now + SWEEP_MS;
    if (o->stopping)
        return;
    for (struct lane **at = &o->lanes; *at;) {
        struct lane *l = *at;
        if (!l->first) {
            *at = l->next;
            free(l);
            continue;
        }
        if (l->step != STEP_SEND && l->next_ms <= now && o->busy < BUSY_MAX)
            step(l);
        if (l->step != STEP_SEND)
            next = MIN(next, MAX(l->next_ms, now + 20));
        at = &l->next;
    }
    timer_set(o->timer, MAX(next - clock_wall_ms(), 1));
}

void channel_out_stored(struct channel_out *o, void *ctx, enum rc rc)
{
    struct lane *l = ctx;
    if (rc)
        l->next_ms = clock_wall_ms() + STORE_RETRY_MS;
    else
        drop_first(l);
    wake(o);
}

static struct lane *lane_of(struct channel_out *o, str place)
{
    for (struct lane *l = o->lanes; l; l = l->next)
        if (l->first && str_eq(l->first->e.external, place))
            return l;
    struct lane *l = must_alloc(sizeof *l);
    *l = (struct lane){.owner = OWNER_MESSAGE, .out = o, .next = o->lanes};
    o->lanes = l;
    return l;
}

static struct item *add(struct channel_out *o, const struct store_effect *e, str frame)
{
    struct arena *a = arena_new();
    struct item *i = arena_alloc(a, sizeof *i);
    *i = (struct item){.arena = a, .e = *e, .frame = arena_str(a, frame)};
    str *texts[] = {&i->e.key,    &i->e.kind,     &i->e.target, &i->e.reply_to,
                    &i->e.number, &i->e.external, &i->e.error};
    for (size_t k = 0; k < LEN(texts); k++)
        *texts[k] = arena_str(a, *texts[k]);
    i->e.payload = STR_NONE; /* once it ends nothing of it is kept */
    struct lane *l = i->lane = lane_of(o, i->e.external);
    if (l->last)
        l->last->next = i;
    else
        l->first = i;
    l->last = i;
    o->counts.waiting++;
    return i;
}

void channel_out_add(struct channel_out *o, const struct store_effect *e, str frame)
{
    add(o, e, frame);
    wake(o);
}

str channel_out_unspoken(struct arena *a, enum lang l)
{
    return arena_fmt(a, "{\"unspoken\":\"%s\"}", lang_code(l));
}

/* What a stored row says: its frame, or that its words are gone. */
static str frame_of(struct arena *a, str payload)
{
    json_t *o = json_loadb(payload.p, payload.n, 0, NULL);
    const char *lost = json_string_value(json_object_get(o, "unspoken"));
    str text = payload;
    if (lost) {
        struct reply r = {.text = say(SAY_INTERRUPTED, lang_of(str_c(lost)))};
        text = frame_answer(a, 0, STR_NONE, 0, &r);
    }
    json_decref(o);
    return text;
}

static void take_up(struct channel_out *o)
{
    struct arena *a = arena_new();
    struct store_effects rows;
    if (store_read_effects(o->store, a, true, &rows)) {
        log_err("channels: the messages that wait cannot be read");
        rows.list.n = 0;
    }
    for (size_t i = 0; i < rows.list.n; i++)
        if (str_eq(rows.list.v[i].kind, STR(EFFECT_KIND_MESSAGE)))
            add(o, &rows.list.v[i], frame_of(a, rows.list.v[i].payload))->unclear = true;
    arena_free(a);
}

struct channel_out *channel_out_start(struct loop *l, struct store *s)
{
    struct channel_out *o = must_alloc(sizeof *o);
    *o = (struct channel_out){.loop = l, .store = s};
    o->timer = timer_new(l, work, o);
    take_up(o);
    return o;
}

void channel_out_plug(struct channel_out *o, const struct channel *c, void *self)
{
    if (!c->send || o->n_plugs == PLUGS_MAX)
        return;
    o->plugs[o->n_plugs++] = (struct plug){c, self};
    wake(o);
}

void channel_out_stop(struct channel_out *o)
{
    if (!o)
        return;
    o->stopping = true;
    timer_free(o->timer);
    for (struct lane *l = o->lanes, *next; l; l = next) {
        next = l->next;
        while (l->first)
            drop_first(l);
        free(l);
    }
    free(o);
}

struct channel_out_counts channel_out_counts(const struct channel_out *o)
{
    return o->counts;
}
