#include "adapters/servicedesk/inbox.h"

#include <stdlib.h>

#include "adapters/servicedesk/notice.h"
#include "base/str.h"
#include "store/store.h"

struct inbox;

/* An operation between do_op and the next turn of the loop. */
struct errand {
    struct inbox *inbox;
    struct errand *next;
    struct timer *timer;
    const struct desk_op *op; /* the caller's, until done */
    void (*done)(void *ctx, const struct desk_result *r);
    void *ctx;
};

struct inbox {
    struct loop *loop;
    struct store *store;
    struct errand *errands;
    struct notices *notices; /* NULL: no mail is configured */
};

/* The effect's id by its key; 0 when there is none, -1 when the state cannot be read. */
static int64_t find_key(struct inbox *in, struct arena *a, str key)
{
    const bool unfinished[] = {true, false}; /* the likely ones first: they are few */
    for (size_t k = 0; k < LEN(unfinished); k++) {
        struct store_effects rows = {0};
        if (store_read_effects(in->store, a, unfinished[k], &rows))
            return -1;
        for (size_t i = 0; i < rows.list.n; i++)
            if (str_eq(rows.list.v[i].key, key))
                return rows.list.v[i].id;
    }
    return 0;
}

static void find(struct inbox *in, struct arena *a, str key, struct desk_result *out)
{
    int64_t id = find_key(in, a, key);
    if (id <= 0) {
        out->end = id == 0 ? DESK_NONE : DESK_RETRY;
        out->error = id == 0 ? STR("no such ticket") : STR("the state cannot be read");
        return;
    }
    out->end = DESK_DONE;
    out->number = arena_fmt(a, "HR-%lld", (long long)id + INBOX_FIRST_NUMBER);
    out->external = arena_fmt(a, "%lld", (long long)id);
    out->status = STR("received");
}

static void read_status(struct inbox *in, struct arena *a, str external,
                        struct desk_result *out)
{
    struct store_tickets rows = {0};
    int64_t id;
    out->end = DESK_REFUSED;
    out->error = STR("no such ticket");
    if (str_int(external, &id))
        return;
    if (store_read_tickets(in->store, a, STR_NONE, &rows)) {
        out->end = DESK_RETRY;
        out->error = STR("the state cannot be read");
        return;
    }
    for (size_t i = 0; i < rows.list.n; i++)
        if (rows.list.v[i].effect == id)
            *out = (struct desk_result){.end = DESK_DONE,
                                        .external = external,
                                        .number = rows.list.v[i].number,
                                        .status = rows.list.v[i].status};
}

static void look(struct inbox *in, struct arena *a, const struct desk_op *op,
                 struct desk_result *out)
{
    switch (op->type) {
    case DESK_OPEN:
    case DESK_FIND:
        find(in, a, op->key, out);
        if (op->type == DESK_OPEN && out->end == DESK_NONE)
            out->end = DESK_REFUSED; /* a row that nobody stored is no ticket */
        return;
    case DESK_STATUS:
        read_status(in, a, op->external, out);
        return;
    case DESK_FILE:    /* beside the state, where HR reads it */
    case DESK_COMMENT: /* a row of its own, like the ticket */
    case DESK_FOUND:
    case DESK_WITHDRAW: /* the ticket's row says so once the chat was told */
    case DESK_REOPEN:
    case DESK_PROBE:
        out->end = DESK_DONE;
        return;
    case DESK_NOTICE: /* notice.c does it; without settings there are none */
    case DESK_REPLIES:
    case DESK_FETCH:
    case DESK_CHANGED:
        out->end = DESK_CANNOT;
        return;
    }
}

static void do_errand(void *ctx)
{
    struct errand *e = ctx, **at = &e->inbox->errands;
    struct arena *a = arena_new();
    struct desk_result r = {0};
    look(e->inbox, a, e->op, &r);
    while (*at != e)
        at = &(*at)->next;
    *at = e->next; /* done may stop us */
    e->done(e->ctx, &r);
    timer_free(e->timer);
    free(e);
    arena_free(a);
}

static enum rc start(const struct host *host, void **self)
{
    struct inbox *in = must_alloc(sizeof *in);
    *in = (struct inbox){.loop = host->loop, .store = host->store};
    enum rc rc = notices_start(host, &in->notices);
    if (rc) {
        free(in);
        return rc;
    }
    *self = in;
    return RC_OK;
}

static void do_op(void *self, const struct desk_op *op,
                  void (*done)(void *ctx, const struct desk_result *r), void *ctx)
{
    struct inbox *in = self;
    if (op->type == DESK_NOTICE && in->notices) {
        notices_send(in->notices, op, done, ctx);
        return;
    }
    struct errand *e = must_alloc(sizeof *e);
    *e = (struct errand){
        .inbox = in, .next = in->errands, .op = op, .done = done, .ctx = ctx};
    e->timer = timer_new(in->loop, do_errand, e);
    in->errands = e;
    timer_set(e->timer, 0);
}

static bool takes_files(const void *self)
{
    (void)self;
    return true;
}

static void stop(void *self)
{
    struct inbox *in = self;
    if (!in)
        return;
    notices_stop(in->notices);
    while (in->errands) {
        struct errand *e = in->errands;
        in->errands = e->next;
        timer_free(e->timer);
        free(e);
    }
    free(in);
}

const struct desk desk_inbox = {.name = "inbox",
                                .keeps_text = true,
                                .tells = true,
                                .takes_files = takes_files,
                                .start = start,
                                .do_op = do_op,
                                .stop = stop};
