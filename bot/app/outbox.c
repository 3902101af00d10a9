#include "app/outbox.h"

#include <stdlib.h>

#include "app/channel_out.h"
#include "app/outbox_inside.h"
#include "base/clock.h"
#include "base/log.h"

enum { SWEEP_MS = 60 * 1000, JUMP_MS = 2000 };

int64_t outbox_wall(const struct outbox *o)
{
    return o->c.time.wall_ms ? o->c.time.wall_ms(o->c.time.ctx) : clock_wall_ms();
}

int64_t outbox_mono(const struct outbox *o)
{
    return o->c.time.mono_ms ? o->c.time.mono_ms(o->c.time.ctx) : clock_mono_ms();
}

/* --- what is due: a heap by next_ms --- */

static void put_at(struct outbox *o, size_t at, struct item *i)
{
    o->heap[at] = i;
    i->at = at;
}

static void sift(struct outbox *o, size_t at)
{
    struct item *i = o->heap[at];
    while (at > 1 && o->heap[at / 2]->e.next_ms > i->e.next_ms) {
        put_at(o, at, o->heap[at / 2]);
        at /= 2;
    }
    for (size_t down = 2 * at; down <= o->n_heap; down = 2 * at) {
        if (down < o->n_heap && o->heap[down + 1]->e.next_ms < o->heap[down]->e.next_ms)
            down++;
        if (o->heap[down]->e.next_ms >= i->e.next_ms)
            break;
        put_at(o, at, o->heap[down]);
        at = down;
    }
    put_at(o, at, i);
}

static void heap_add(struct item *i)
{
    struct outbox *o = i->outbox;
    if (i->at > 0) {
        sift(o, i->at);
        return;
    }
    if (o->n_heap + 2 > o->cap_heap) {
        o->cap_heap = o->cap_heap ? o->cap_heap * 2 : 64;
        o->heap = must_grow(o->heap, o->cap_heap * sizeof(struct item *));
    }
    put_at(o, ++o->n_heap, i);
    sift(o, i->at);
}

static void heap_remove(struct item *i)
{
    struct outbox *o = i->outbox;
    size_t at = i->at;
    if (at == 0)
        return;
    i->at = 0;
    struct item *last = o->heap[o->n_heap--];
    if (last == i)
        return;
    put_at(o, at, last);
    sift(o, at);
}

/* --- lanes: the order of a conversation --- */

static struct lane **lane_place(struct outbox *o, int64_t conversation)
{
    struct lane **at = &o->lanes[(uint64_t)conversation % OUTBOX_LANES];
    while (*at && (*at)->conversation != conversation)
        at = &(*at)->next;
    return at;
}

/* A late check and a mail hold up nobody: each has a lane of its own. */
static int64_t lane_of(const struct item *i)
{
    return i->kind >= ITEM_CHECK ? -i->e.id : i->e.conversation;
}

static void lane_join(struct item *i)
{
    struct lane **at = lane_place(i->outbox, lane_of(i));
    if (!*at) {
        *at = must_alloc(sizeof **at);
        (*at)->conversation = lane_of(i);
    }
    struct lane *l = i->lane = *at;
    if (l->last)
        l->last->behind = i;
    else
        l->first = i;
    l->last = i;
}

static void lane_leave(struct item *i)
{
    struct outbox *o = i->outbox;
    struct lane *l = i->lane;
    struct item **at = &l->first, *before = NULL;
    while (*at != i) {
        before = *at;
        at = &before->behind;
    }
    *at = i->behind;
    if (l->last == i)
        l->last = before;
    if (l->first) {
        if (l->first->step == STEP_WAIT)
            heap_add(l->first);
        return;
    }
    *lane_place(o, l->conversation) = l->next;
    free(l);
}

static bool is_first(const struct item *i)
{
    return i->lane->first == i;
}

void outbox_wait(struct item *i, int64_t ms)
{
    i->step = STEP_WAIT;
    i->e.next_ms = outbox_wall(i->outbox) + ms;
    if (is_first(i))
        heap_add(i);
}

void outbox_again(struct item *i, int64_t ms)
{
    i->step = STEP_FINISH;
    i->e.next_ms = outbox_wall(i->outbox) + ms;
    heap_add(i);
}

/* --- items --- */

static void free_item(struct item *i)
{
    for (struct save *v = i->saves; v; v = v->next)
        v->item = NULL;
    arenas_give(&i->outbox->arenas, i->arena);
    free(i);
}

void outbox_remove(struct item *i)
{
    heap_remove(i);
    lane_leave(i);
    free_item(i);
}

static void copy_texts(struct item *i)
{
    str *texts[] = {&i->e.key,     &i->e.kind,     &i->e.target,   &i->e.reply_to,
                    &i->e.payload, &i->e.number,   &i->e.external, &i->e.error,
                    &i->t.person,  &i->t.receipt,  &i->t.queue,    &i->t.subject,
                    &i->t.number,  &i->t.external, &i->t.status,   &i->t.owner,
                    &i->t.seen};
    for (size_t k = 0; k < LEN(texts); k++)
        *texts[k] = arena_str(i->arena, *texts[k]);
}

static enum item_kind kind_of(str kind)
{
    static const char *const names[] = {"ticket", "comment", "withdraw", "reopen",
                                        "file",   "check",   "notice"};
    for (size_t k = 0; k < LEN(names); k++)
        if (str_eq(kind, str_c(names[k])))
            return (enum item_kind)k;
    return ITEM_TICKET;
}

/* Times that cannot be: written before the clock was set back. */
static void mend_times(struct item *i)
{
    int64_t now = outbox_wall(i->outbox), span = i->e.deadline_ms - i->e.created_ms;
    if (i->e.created_ms > now && i->e.deadline_ms > 0)
        i->e.deadline_ms = now + span;
    if (i->e.next_ms > now + OUTBOX_LAST_RETRY_MS && i->kind != ITEM_CHECK)
        i->e.next_ms = now;
    if (i->e.unclear_ms > now)
        i->e.unclear_ms = now;
    if (i->e.answered_ms > now)
        i->e.answered_ms = 0;
}

struct item *outbox_new_item(struct outbox *o, const struct store_effect *e,
                             const struct store_ticket *t)
{
    struct item *i = must_alloc(sizeof *i);
    *i = (struct item){.outbox = o, .arena = arenas_take(&o->arenas), .e = *e};
    if (t)
        i->t = *t;
    copy_texts(i);
    i->kind = kind_of(i->e.kind);
    if (members_read(i->arena, i->e.payload, &i->payload))
        log_err("outbox: effect=%lld its text cannot be read", (long long)i->e.id);
    mend_times(i);
    o->counts.waiting++;
    lane_join(i);
    if (is_first(i))
        heap_add(i);
    return i;
}

/* --- the work --- */

/* The wall clock was set: what waits keeps waiting as long as it meant to. */
static void mind_the_clock(struct outbox *o)
{
    int64_t skew = outbox_wall(o) - outbox_mono(o), jump = skew - o->skew_ms;
    o->skew_ms = skew;
    if (jump <= JUMP_MS && jump >= -JUMP_MS)
        return;
    log_warn("outbox: the clock jumped by %lld s", (long long)(jump / 1000));
    for (size_t k = 0; k < OUTBOX_LANES; k++)
        for (struct lane *l = o->lanes[k]; l; l = l->next)
            for (struct item *i = l->first; i; i = i->behind) {
                int64_t *times[] = {&i->e.next_ms, &i->e.deadline_ms, &i->e.unclear_ms,
                                    &i->e.answered_ms};
                for (size_t n = 0; n < LEN(times); n++)
                    *times[n] += *times[n] > 0 ? jump : 0;
            }
}

/* What nobody could take before its time ran out. */
static void give_up_late(struct outbox *o)
{
    int64_t now = outbox_wall(o);
    for (size_t k = o->n_heap; k > 0; k--) {
        struct item *i = o->heap[k];
        bool late = i->e.deadline_ms > 0 && i->e.deadline_ms < now;
        if (!late || i->step != STEP_WAIT)
            continue;
        heap_remove(i);
        item_finish(i, true,
                    i->e.error.n ? i->e.error : STR("the desk could not be reached"));
        k = MIN(k, o->n_heap + 1);
    }
}

/* Does what is due and sets the timer for what is next. */
void outbox_work(void *outbox)
{
    struct outbox *o = outbox;
    o->soon = false;
    if (o->stopping)
        return;
    mind_the_clock(o);
    if (o->breaker.open)
        give_up_late(o);
    int64_t now = outbox_wall(o), mono = outbox_mono(o), next = now + SWEEP_MS;
    while (o->n_heap > 0 && o->heap[1]->e.next_ms <= now && o->busy < o->allowed) {
        struct item *i = o->heap[1];
        if (i->step == STEP_WAIT && !breaker_take(&o->breaker, mono))
            break;
        heap_remove(i);
        i->e.next_ms = 0;
        item_step(i);
    }
    if (o->n_heap > 0 && o->busy < o->allowed) {
        next = MIN(next, MAX(o->heap[1]->e.next_ms, now + 20));
        int64_t rest = breaker_next(&o->breaker, mono);
        if (rest > 0)
            next = MAX(next, MIN(now + (rest - mono), now + SWEEP_MS));
    }
    timer_set(o->timer, MAX(next - now, 1));
}

void outbox_work_if_any(struct outbox *o)
{
    if (o->n_heap > 0)
        outbox_work(o);
}

static void work_soon(struct outbox *o)
{
    if (!o->soon)
        timer_set(o->timer, 0);
    o->soon = true;
}

void outbox_poke(struct outbox *o)
{
    outbox_work(o);
}

void outbox_stored(struct outbox *o, void *ctx, enum rc rc)
{
    struct save *s = ctx;
    struct item *i = s->item;
    bool awaited = i && i->awaited == s;
    for (struct save **at = i ? &i->saves : NULL; at && *at; at = &(*at)->next)
        if (*at == s) {
            *at = s->next;
            break;
        }
    free(s);
    if (!awaited)
        return;
    i->awaited = NULL;
    item_stored(i, rc);
    outbox_work_if_any(o);
}

bool outbox_would_send(const struct outbox *o, int64_t conversation)
{
    const struct lane *l = o->lanes[(uint64_t)conversation % OUTBOX_LANES];
    while (l && l->conversation != conversation)
        l = l->next;
    return !l && !o->breaker.open && o->busy < o->allowed;
}

void outbox_add(struct outbox *o, const struct store_effect *e,
                const struct store_ticket *t)
{
    struct item *i = outbox_new_item(o, e, t);
    i->marked = e->state == EFFECT_SENDING; /* or it would not have been ours so far */
    work_soon(o);
}

/* Messages are channel_out.c's. */
static bool is_message(const struct store_effect *e)
{
    return str_eq(e->kind, STR(EFFECT_KIND_MESSAGE));
}

static void take_up(struct outbox *o)
{
    struct arena *a = arena_new();
    struct store_effects rows;
    if (store_read_effects(o->c.store, a, true, &rows)) {
        log_err("outbox: the rows cannot be read");
        rows.list.n = 0;
    }
    for (size_t i = 0; i < rows.list.n; i++) {
        if (str_eq(rows.list.v[i].target, STR("hris"))) /* lookup.c takes it up */
            continue;
        struct store_ticket t;
        if (is_message(&rows.list.v[i]))
            continue;
        bool has = store_read_ticket(o->c.store, a, rows.list.v[i].id, &t) == RC_OK;
        struct item *one = outbox_new_item(o, &rows.list.v[i], has ? &t : NULL);
        if (one->e.state == EFFECT_SENDING)
            log_info("outbox: receipt=%.*s was being sent when we ended: search first",
                     STR_ARG(one->t.receipt));
    }
    if (store_read_effects(o->c.store, a, false, &rows) == RC_OK)
        for (size_t i = 0; i < rows.list.n; i++)
            o->counts.dead +=
                rows.list.v[i].state == EFFECT_FAILED && !is_message(&rows.list.v[i]);
    arena_free(a);
}

struct outbox *outbox_start(const struct outbox_conf *c)
{
    struct outbox *o = must_alloc(sizeof *o);
    o->c = *c;
    o->allowed = c->in_flight;
    o->skew_ms = outbox_wall(o) - outbox_mono(o);
    o->timer = timer_new(c->loop, outbox_work, o);
    take_up(o);
    timer_set(o->timer, 0);
    return o;
}

void outbox_stop(struct outbox *o)
{
    if (!o)
        return;
    o->stopping = true;
    timer_free(o->timer);
    for (size_t k = 0; k < OUTBOX_LANES; k++)
        for (struct lane *l = o->lanes[k], *next; l; l = next) {
            next = l->next;
            for (struct item *i = l->first, *behind; i; i = behind) {
                behind = i->behind;
                free_item(i);
            }
            free(l);
        }
    arenas_free(&o->arenas);
    free(o->heap);
    free(o);
}

/* --- by an operator --- */

static struct item *find_item(struct outbox *o, int64_t conversation, int64_t id)
{
    const int64_t lanes[] = {conversation, -id};
    for (size_t k = 0; k < LEN(lanes); k++) {
        struct lane *l = *lane_place(o, lanes[k]);
        for (struct item *i = l ? l->first : NULL; i; i = i->behind)
            if (i->e.id == id)
                return i;
    }
    return NULL;
}

/* The row, in memory; a dead letter is taken up again. */
static enum rc fetch(struct outbox *o, struct arena *a, int64_t id, struct item **out)
{
    struct store_effect e;
    struct store_ticket t;
    enum rc rc = store_read_effect(o->c.store, a, id, &e);
    if (rc)
        return rc;
    *out = find_item(o, e.conversation, id);
    if (*out)
        return (*out)->step == STEP_WAIT ? RC_OK : RC_BUSY;
    if (e.state != EFFECT_FAILED)
        return RC_INVALID;
    rc = store_read_ticket(o->c.store, a, id, &t);
    if (rc == RC_IO)
        return rc;
    e.next_ms = outbox_wall(o);
    *out = outbox_new_item(o, &e, rc == RC_OK ? &t : NULL);
    o->counts.dead--;
    return RC_OK;
}

enum rc outbox_retry(struct outbox *o, int64_t id)
{
    struct arena *a = arena_new();
    struct item *i = NULL;
    enum rc rc = fetch(o, a, id, &i);
    if (rc == RC_OK) {
        if (i->e.state == EFFECT_FAILED) {
            i->e.state = EFFECT_UNCLEAR; /* nobody knows what became of it: search */
            i->e.unclear_ms = outbox_wall(o);
            i->e.answered_ms = 0;
            i->t.status = STR("received");
        }
        i->e.attempts = 0;
        i->e.deadline_ms = outbox_wall(o) + o->c.give_up_ms;
        breaker_good(&o->breaker);
        outbox_wait(i, 0);
        (void)item_save(i, true, false); /* the next step saves it as well */
        timer_set(o->timer, 0);
    }
    arena_free(a);
    return rc;
}

enum rc outbox_give_up(struct outbox *o, int64_t id)
{
    struct arena *a = arena_new();
    struct item *i = NULL;
    enum rc rc = fetch(o, a, id, &i);
    if (rc == RC_OK) {
        heap_remove(i);
        i->dropped = true;
        item_finish(i, true, STR("dropped by an operator"));
    }
    arena_free(a);
    return rc;
}

struct outbox_counts outbox_counts(const struct outbox *o)
{
    struct outbox_counts c = o->counts;
    c.opened = o->breaker.opened;
    c.open = o->breaker.open;
    return c;
}
