/* The outbox against a desk that does as it is told, with a clock that is moved by hand.
 */
#include "app/outbox.h"

#include "app/job.h"
#include "net/loop.h"
#include "store/fixture.h"

enum { HOUR_MS = 3600 * 1000, MINUTE_MS = 60 * 1000, OPS_MAX = 4000 };

enum mood { WORKS, DOWN, UNCLEAR_MADE, UNCLEAR_NOT_MADE, REFUSES };

struct seen_op {
    enum desk_op_type type;
    char key[24], external[24];
};

struct bench {
    struct fixture f;
    struct loop *loop;
    struct wake *wake;
    struct timer *answer;
    struct outbox *outbox;
    int64_t wall, mono;
    enum mood mood;
    struct pending {
        const struct desk_op *op;
        void (*done)(void *ctx, const struct desk_result *r);
        void *ctx;
    } pending[64];
    size_t n_pending;
    struct seen_op ops[OPS_MAX];
    size_t n_ops;
    char made[64][24]; /* keys of the tickets there */
    size_t n_made;
    size_t ended, failed;
    int64_t next_effect;
};

static int64_t wall_of(void *ctx)
{
    return ((struct bench *)ctx)->wall;
}

static int64_t mono_of(void *ctx)
{
    return ((struct bench *)ctx)->mono;
}

/* --- the desk --- */

static size_t count_made(const struct bench *b, str key)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n_made; i++)
        n += str_eq(str_c(b->made[i]), key);
    return n;
}

static void make(struct bench *b, str key)
{
    snprintf(b->made[b->n_made++], sizeof b->made[0], "%.*s", STR_ARG(key));
}

static struct desk_result found(struct bench *b, str key)
{
    if (count_made(b, key) == 0)
        return (struct desk_result){.end = DESK_NONE};
    return (struct desk_result){
        .end = DESK_DONE, .number = STR("7"), .external = STR("7")};
}

static struct desk_result opened(struct bench *b, str key)
{
    switch (b->mood) {
    case WORKS:
    case UNCLEAR_MADE:
        make(b, key);
        break;
    case DOWN:
        return (struct desk_result){.end = DESK_RETRY, .error = STR("down")};
    case REFUSES:
        return (struct desk_result){.end = DESK_REFUSED, .error = STR("no")};
    case UNCLEAR_NOT_MADE:
        break;
    }
    if (b->mood == WORKS)
        return found(b, key);
    b->mood = WORKS;
    return (struct desk_result){.end = DESK_UNCLEAR, .error = STR("reset")};
}

static void answer(void *ctx)
{
    struct bench *b = ctx;
    if (b->n_pending == 0)
        return;
    struct pending p = b->pending[0];
    memmove(b->pending, b->pending + 1, --b->n_pending * sizeof b->pending[0]);
    struct seen_op *o = &b->ops[b->n_ops++];
    o->type = p.op->type;
    snprintf(o->key, sizeof o->key, "%.*s", STR_ARG(p.op->key));
    snprintf(o->external, sizeof o->external, "%.*s", STR_ARG(p.op->external));
    struct desk_result r = {.end = DESK_DONE};
    if (p.op->type == DESK_OPEN)
        r = opened(b, p.op->key);
    else if (b->mood == DOWN)
        r = (struct desk_result){.end = DESK_RETRY, .error = STR("down")};
    else if (p.op->type == DESK_FIND)
        r = found(b, p.op->key);
    timer_set(b->answer, 0);
    p.done(p.ctx, &r);
}

static void do_op(void *self, const struct desk_op *op,
                  void (*done)(void *ctx, const struct desk_result *r), void *ctx)
{
    struct bench *b = self;
    CHECK(b->n_pending < LEN(b->pending), "never more in flight than allowed");
    b->pending[b->n_pending++] = (struct pending){op, done, ctx};
    timer_set(b->answer, 0);
}

static const struct desk desk = {.name = "bench", .do_op = do_op};

/* --- the bench --- */

static void on_ended(void *ctx, const struct store_effect *e,
                     const struct store_ticket *t, int64_t about, bool failed)
{
    struct bench *b = ctx;
    (void)e, (void)t, (void)about;
    b->ended++;
    b->failed += failed;
}

static void on_stored(void *ctx)
{
    struct bench *b = ctx;
    struct store_result r;
    while (b->f.store && store_next(b->f.store, &r))
        if (r.ctx && b->outbox)
            outbox_stored(b->outbox, r.ctx, r.rc);
}

static void ring(void *ctx)
{
    wake_ring(((struct bench *)ctx)->wake);
}

static void start(struct bench *b)
{
    CHECK_RC(store_open(b->f.path, ring, b, &b->f.store), RC_OK);
    struct outbox_conf c = {.loop = b->loop,
                            .store = b->f.store,
                            .desk = &desk,
                            .desk_self = b,
                            .in_flight = 8,
                            .grace_ms = 30 * 1000,
                            .give_up_ms = 72LL * HOUR_MS,
                            .ended = on_ended,
                            .ctx = b,
                            .time = {wall_of, mono_of, b}};
    b->outbox = outbox_start(&c);
}

static void stop(struct bench *b)
{
    outbox_stop(b->outbox);
    b->outbox = NULL;
    b->n_pending = 0;
    fixture_close(&b->f);
}

static void begin(struct bench *b, struct arena *a)
{
    *b = (struct bench){.wall = 1795308267000, .mono = 5000};
    fixture_init(&b->f, a);
    b->loop = loop_new();
    b->wake = wake_new(b->loop, on_stored, b);
    b->answer = timer_new(b->loop, answer, b);
    start(b);
}

static void end(struct bench *b)
{
    stop(b);
    timer_free(b->answer);
    wake_free(b->wake);
    loop_free(b->loop);
    fixture_done(&b->f);
}

static void stop_loop(void *ctx)
{
    loop_stop(ctx);
}

/* Lets everything happen that can happen at this moment of the bench's clock. */
static void settle(struct bench *b)
{
    struct timer *t = timer_new(b->loop, stop_loop, b->loop);
    outbox_poke(b->outbox);
    do {
        timer_set(t, 2);
        loop_run(b->loop);
        outbox_poke(b->outbox);
    } while (b->n_pending > 0 || store_waiting(b->f.store) > 0);
    timer_free(t);
}

static void pass(struct bench *b, int64_t ms, int64_t step)
{
    for (int64_t done = 0; done < ms; done += step) {
        b->wall += step;
        b->mono += step;
        settle(b);
    }
}

/* A row as a turn leaves it; conversation and key by number. */
static int64_t add_as(struct bench *b, const char *kind, int conversation, int64_t ticket,
                      enum effect_state state)
{
    struct arena *a = b->f.arena;
    int64_t id = store_next_effect(b->f.store);
    struct store_effect e = {
        .id = id,
        .conversation = conversation,
        .turn = 1,
        .key = arena_fmt(a, "KEY%05d", (int)id),
        .kind = str_c(kind),
        .target = STR("desk"),
        .payload = arena_fmt(a, "{\"ticket\":%d,\"body\":\"x\"}", (int)ticket),
        .state = state,
        .created_ms = b->wall,
        .next_ms = b->wall,
        .deadline_ms = b->wall + 72LL * HOUR_MS};
    struct store_ticket t = {.effect = id, .receipt = e.key, .status = STR("received")};
    bool opens = strcmp(kind, "ticket") == 0;
    struct store_job j = {
        .effects = &e, .n_effects = 1, .tickets = &t, .n_tickets = opens};
    CHECK_RC(store_put(b->f.store, &j), RC_OK);
    outbox_add(b->outbox, &e, opens ? &t : NULL);
    return id;
}

static int64_t add(struct bench *b, const char *kind, int conversation, int64_t ticket)
{
    return add_as(b, kind, conversation, ticket, EFFECT_PENDING);
}

static enum effect_state state_of(struct bench *b, int64_t id)
{
    struct store_effect e;
    CHECK_RC(store_read_effect(b->f.store, b->f.arena, id, &e), RC_OK);
    return e.state;
}

/* --- the tests --- */

static void a_desk_that_is_down_for_a_day_gets_everything_once(void **arena)
{
    struct bench *b = must_alloc(sizeof *b);
    begin(b, *arena);
    b->mood = DOWN;
    for (int i = 0; i < 20; i++)
        add(b, "ticket", 1 + i, 0);
    settle(b);
    pass(b, 24LL * HOUR_MS, MINUTE_MS);
    CHECK_INT(b->n_made, 0, "nothing made");
    CHECK_INT(b->ended, 0, "nothing given up");
    CHECK(outbox_counts(b->outbox).open, "it is left alone");
    CHECK(b->n_ops < 24 * 60 + 40, "about one trial a minute, and not twenty rows' own");
    CHECK(b->n_ops > 24 * 30, "it is tried all the time");
    b->mood = WORKS;
    pass(b, 10 * MINUTE_MS, 10 * 1000);
    CHECK_INT(b->n_made, 20, "all of them");
    CHECK_INT(b->ended, 20, "and told");
    CHECK_INT(b->failed, 0, "none failed");
    for (size_t i = 0; i < b->n_made; i++)
        CHECK_INT(count_made(b, str_c(b->made[i])), 1, "once each");
    end(b);
    free(b);
}

static void
what_nobody_took_for_three_days_is_a_dead_letter_and_can_go_again(void **arena)
{
    struct bench *b = must_alloc(sizeof *b);
    begin(b, *arena);
    b->mood = DOWN;
    int64_t id = add(b, "ticket", 1, 0), other = add(b, "ticket", 2, 0);
    pass(b, 73LL * HOUR_MS, 10 * MINUTE_MS);
    CHECK_INT(state_of(b, id), EFFECT_FAILED, "a dead letter");
    CHECK_INT(outbox_counts(b->outbox).dead, 2, "an alarm");
    b->mood = WORKS;
    CHECK_RC(outbox_retry(b->outbox, id), RC_OK);
    CHECK_RC(outbox_give_up(b->outbox, other), RC_OK);
    CHECK_RC(outbox_retry(b->outbox, 999), RC_NOT_FOUND);
    pass(b, 2 * MINUTE_MS, 5000);
    CHECK_INT(state_of(b, id), EFFECT_DONE, "sent again");
    CHECK_INT(state_of(b, other), EFFECT_DROPPED, "dropped");
    CHECK_INT(b->n_made, 1, "one ticket");
    CHECK_INT(outbox_counts(b->outbox).dead, 0, "no alarm");
    CHECK_RC(outbox_retry(b->outbox, id), RC_INVALID);
    end(b);
    free(b);
}

static void the_clock_may_jump_both_ways(void **arena)
{
    static const int64_t jumps[] = {24LL * HOUR_MS, -24LL * HOUR_MS, 90LL * 24 * HOUR_MS};
    for (size_t k = 0; k < LEN(jumps); k++) {
        struct bench *b = must_alloc(sizeof *b);
        begin(b, *arena);
        b->mood = DOWN;
        add(b, "ticket", 1, 0);
        settle(b);
        b->wall += jumps[k]; /* the clock is set; no time has passed */
        settle(b);
        CHECK_INT(b->ended, 0, "not given up by a clock that was set");
        b->mood = WORKS;
        pass(b, 3 * MINUTE_MS, 5000);
        CHECK_INT(b->n_made, 1, "delivered within minutes of real time");
        end(b);
        free(b);
    }
}

static void set_back_while_it_was_down_it_goes_all_the_same(void **arena)
{
    struct bench *b = must_alloc(sizeof *b);
    begin(b, *arena);
    b->mood = DOWN;
    add(b, "ticket", 1, 0);
    pass(b, 10 * MINUTE_MS, 10 * 1000);
    stop(b);
    b->wall -= 30LL * 24 * HOUR_MS;
    b->mood = WORKS;
    start(b);
    pass(b, MINUTE_MS, 5000);
    CHECK_INT(b->n_made, 1, "delivered");
    end(b);
    free(b);
}

static void an_unclear_end_is_searched_for_a_grace_period(void **arena)
{
    static const struct {
        enum mood mood;
        size_t opens;
    } cases[] = {{UNCLEAR_MADE, 1}, {UNCLEAR_NOT_MADE, 2}};
    for (size_t k = 0; k < LEN(cases); k++) {
        struct bench *b = must_alloc(sizeof *b);
        begin(b, *arena);
        b->mood = cases[k].mood;
        add(b, "ticket", 1, 0);
        pass(b, 29 * 1000, 500);
        CHECK_INT(b->n_made, cases[k].mood == UNCLEAR_MADE, "not sent again too early");
        pass(b, 5 * MINUTE_MS, 5000);
        size_t opens = 0, finds = 0;
        for (size_t i = 0; i < b->n_ops; i++) {
            opens += b->ops[i].type == DESK_OPEN;
            finds += b->ops[i].type == DESK_FIND;
        }
        CHECK_INT(b->n_made, 1, "one ticket");
        CHECK_INT(opens, cases[k].opens, "sent so often");
        CHECK(finds >= 2, "searched, and once more minutes later, for a twin");
        end(b);
        free(b);
    }
}

static void rows_of_a_conversation_go_in_their_order(void **arena)
{
    struct bench *b = must_alloc(sizeof *b);
    begin(b, *arena);
    b->mood = UNCLEAR_NOT_MADE;
    int64_t ticket = add(b, "ticket", 1, 0);
    add(b, "comment", 1, ticket);
    add(b, "withdraw", 1, ticket);
    add(b, "ticket", 2, 0);
    pass(b, 5 * MINUTE_MS, 5000);
    enum desk_op_type of_one[8];
    size_t n = 0;
    for (size_t i = 0; i < b->n_ops; i++)
        if (b->ops[i].type != DESK_FIND && !str_eq(str_c(b->ops[i].key), STR("KEY00004")))
            of_one[n++] = b->ops[i].type;
    CHECK_INT(n, 4, "the ticket twice, the comment, the withdrawal");
    CHECK(of_one[0] == DESK_OPEN && of_one[1] == DESK_OPEN && of_one[2] == DESK_COMMENT &&
              of_one[3] == DESK_WITHDRAW,
          "in this order");
    CHECK_INT(b->ended, 5, "all ended, the check too");
    end(b);
    free(b);
}

static void a_comment_on_a_ticket_that_never_came_ends_with_it(void **arena)
{
    struct bench *b = must_alloc(sizeof *b);
    begin(b, *arena);
    b->mood = REFUSES;
    int64_t ticket = add(b, "ticket", 1, 0), comment = add(b, "comment", 1, ticket);
    pass(b, MINUTE_MS, 5000);
    CHECK_INT(state_of(b, comment), EFFECT_FAILED, "it has nowhere to go");
    CHECK_INT(b->failed, 2, "both told");
    end(b);
    free(b);
}

static void a_row_that_was_born_sending_goes_at_once(void **arena)
{
    struct bench *b = must_alloc(sizeof *b);
    begin(b, *arena);
    CHECK(outbox_would_send(b->outbox, 1), "nothing is in its way");
    int64_t id = add_as(b, "ticket", 1, 0, EFFECT_SENDING);
    CHECK(!outbox_would_send(b->outbox, 1), "a row of that conversation is before it");
    CHECK(outbox_would_send(b->outbox, 2), "others do not wait for it");
    settle(b);
    CHECK_INT(state_of(b, id), EFFECT_DONE, "delivered");
    CHECK_INT(b->n_ops, 1, "it was sent, and nobody searched for it");
    CHECK_INT(b->ops[0].type, DESK_OPEN, "sent");
    end(b);
    free(b);
}

static void a_row_that_was_born_sending_is_searched_for_after_a_crash(void **arena)
{
    struct bench *b = must_alloc(sizeof *b);
    begin(b, *arena);
    int64_t id = add_as(b, "ticket", 1, 0, EFFECT_SENDING);
    stop(b); /* it is durable, and nothing was sent */
    start(b);
    pass(b, MINUTE_MS, 1000);
    CHECK_INT(b->ops[0].type, DESK_FIND, "nobody knows: searched first");
    CHECK_INT(b->n_made, 1, "made once");
    CHECK_INT(state_of(b, id), EFFECT_DONE, "and delivered");
    end(b);
    free(b);
}

static void a_desk_that_is_down_gets_no_row_born_sending(void **arena)
{
    struct bench *b = must_alloc(sizeof *b);
    begin(b, *arena);
    b->mood = DOWN;
    for (int i = 0; i < 20; i++)
        add(b, "ticket", 1 + i, 0);
    settle(b);
    pass(b, MINUTE_MS, 1000);
    CHECK(outbox_counts(b->outbox).open, "it is left alone");
    CHECK(!outbox_would_send(b->outbox, 99), "a new one has to wait");
    b->mood = WORKS;
    pass(b, 10 * MINUTE_MS, 10 * 1000);
    CHECK(outbox_would_send(b->outbox, 99), "it works again");
    end(b);
    free(b);
}

UNIT_MAIN(UNIT(a_row_that_was_born_sending_goes_at_once),
          UNIT(a_row_that_was_born_sending_is_searched_for_after_a_crash),
          UNIT(a_desk_that_is_down_gets_no_row_born_sending),
          UNIT(a_desk_that_is_down_for_a_day_gets_everything_once),
          UNIT(what_nobody_took_for_three_days_is_a_dead_letter_and_can_go_again),
          UNIT(the_clock_may_jump_both_ways),
          UNIT(set_back_while_it_was_down_it_goes_all_the_same),
          UNIT(an_unclear_end_is_searched_for_a_grace_period),
          UNIT(rows_of_a_conversation_go_in_their_order),
          UNIT(a_comment_on_a_ticket_that_never_came_ends_with_it))
