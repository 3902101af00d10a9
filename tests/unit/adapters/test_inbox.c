#include "adapters/servicedesk/inbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/random.h"
#include "store/store.h"
#include "unit.h"

struct fixture {
    struct arena *arena;
    char folder[32];
    struct loop *loop;
    struct wake *wake;
    struct store *store;
    void *desk;
    int ended;
    struct desk_result result;
};

static void woken(void *ctx)
{
    struct fixture *f = ctx;
    struct store_result r;
    while (store_next(f->store, &r))
        CHECK_RC(r.rc, RC_OK);
    if (store_waiting(f->store) == 0)
        loop_stop(f->loop);
}

static void ring(void *wake)
{
    wake_ring(wake);
}

static void begin(struct fixture *f, struct arena *a)
{
    *f = (struct fixture){.arena = a, .folder = "/tmp/balie-inbox-XXXXXX"};
    CHECK(mkdtemp(f->folder), "a folder");
    store_init();
    f->loop = loop_new();
    f->wake = wake_new(f->loop, woken, f);
    CHECK_RC(store_open(arena_fmt(a, "%s/state", f->folder), ring, f->wake, &f->store),
             RC_OK);
    struct host host = {.loop = f->loop, .store = f->store, .arena = a};
    CHECK_RC(desk_inbox.start(&host, &f->desk), RC_OK);
}

static void finish(struct fixture *f)
{
    static const char *const names[] = {"state", "state-wal", "state-shm", "state.lock"};
    desk_inbox.stop(f->desk);
    store_close(f->store);
    wake_free(f->wake);
    loop_free(f->loop);
    for (size_t i = 0; i < LEN(names); i++)
        unlink(arena_fmt(f->arena, "%s/%s", f->folder, names[i]).p);
    rmdir(f->folder);
}

/* A ticket's rows as the turn writes them. */
static struct store_effect put(struct fixture *f, enum effect_state state)
{
    struct store_effect e = {.id = store_next_effect(f->store),
                             .key = random_key(f->arena, 20),
                             .kind = STR("ticket"),
                             .target = STR("inbox"),
                             .payload = STR("{}"),
                             .state = state};
    struct store_ticket t = {
        .effect = e.id, .status = STR("resolved"), .number = STR("HR-1001")};
    struct store_job j = {.effects = &e, .n_effects = 1, .tickets = &t, .n_tickets = 1};
    CHECK_RC(store_put(f->store, &j), RC_OK);
    loop_run(f->loop);
    return e;
}

static void done(void *ctx, const struct desk_result *r)
{
    struct fixture *f = ctx;
    f->ended++;
    f->result = *r;
    f->result.number = arena_str(f->arena, r->number);
    f->result.external = arena_str(f->arena, r->external);
    f->result.status = arena_str(f->arena, r->status);
    loop_stop(f->loop);
}

static enum desk_end ask(struct fixture *f, struct desk_op op)
{
    int before = f->ended;
    desk_inbox.do_op(f->desk, &op, done, f);
    CHECK_INT(f->ended, before, "not from inside do_op");
    loop_run(f->loop);
    CHECK_INT(f->ended, before + 1, "once");
    return f->result.end;
}

static void opening_twice_is_one_ticket(void **arena)
{
    struct fixture f;
    begin(&f, *arena);
    struct store_effect first = put(&f, EFFECT_SENDING), second = put(&f, EFFECT_SENDING);
    str number = STR_NONE;
    for (int i = 0; i < 2; i++) {
        CHECK_INT(ask(&f, (struct desk_op){.type = DESK_OPEN, .key = first.key}),
                  DESK_DONE, "open");
        CHECK(i == 0 || str_eq(number, f.result.number), "the same number");
        number = f.result.number;
    }
    CHECK_STR(number,
              arena_fmt(*arena, "HR-%lld", (long long)first.id + INBOX_FIRST_NUMBER).p,
              "from the row's id");
    CHECK_INT(ask(&f, (struct desk_op){.type = DESK_FIND, .key = first.key}), DESK_DONE,
              "found by key");
    CHECK(str_eq(number, f.result.number), "the same ticket");
    CHECK_INT(ask(&f, (struct desk_op){.type = DESK_OPEN, .key = second.key}), DESK_DONE,
              "another");
    CHECK(!str_eq(number, f.result.number), "has another number");
    finish(&f);
}

static void a_delivered_ticket_is_still_found(void **arena)
{
    struct fixture f;
    begin(&f, *arena);
    struct store_effect e = put(&f, EFFECT_DONE);
    CHECK_INT(ask(&f, (struct desk_op){.type = DESK_FIND, .key = e.key}), DESK_DONE, "");
    CHECK_INT(
        ask(&f, (struct desk_op){.type = DESK_STATUS, .external = f.result.external}),
        DESK_DONE, "status");
    CHECK_STR(f.result.status, "resolved", "of the ticket's row");
    finish(&f);
}

static void what_nobody_stored_is_not_there(void **arena)
{
    struct fixture f;
    begin(&f, *arena);
    put(&f, EFFECT_SENDING);
    CHECK_INT(ask(&f, (struct desk_op){.type = DESK_FIND, .key = STR("NONE")}), DESK_NONE,
              "find");
    CHECK_INT(ask(&f, (struct desk_op){.type = DESK_OPEN, .key = STR("NONE")}),
              DESK_REFUSED, "open");
    CHECK_INT(ask(&f, (struct desk_op){.type = DESK_STATUS, .external = STR("99")}),
              DESK_REFUSED, "status");
    CHECK_INT(ask(&f, (struct desk_op){.type = DESK_STATUS, .external = STR("x")}),
              DESK_REFUSED, "status of nothing");
    CHECK_INT(ask(&f, (struct desk_op){.type = DESK_PROBE}), DESK_DONE, "probe");
    CHECK_INT(ask(&f, (struct desk_op){.type = DESK_COMMENT}), DESK_DONE, "comment");
    finish(&f);
}

static void stop_ends_what_waits_without_a_word(void **arena)
{
    struct fixture f;
    struct desk_op op = {.type = DESK_PROBE};
    begin(&f, *arena);
    desk_inbox.do_op(f.desk, &op, done, &f);
    desk_inbox.do_op(f.desk, &op, done, &f);
    finish(&f);
    CHECK_INT(f.ended, 0, "nobody was told");
    desk_inbox.stop(NULL);
}

UNIT_MAIN(UNIT(opening_twice_is_one_ticket), UNIT(a_delivered_ticket_is_still_found),
          UNIT(what_nobody_stored_is_not_there),
          UNIT(stop_ends_what_waits_without_a_word))
