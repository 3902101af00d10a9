/*
 * outbox_inside - what the outbox's files share.
 *
 *   outbox.c       rows in and out, their order, when each is due
 *   outbox_item.c  one row's way: what it does next, and what an end means
 *   outbox_twin.c  what is done about a ticket that was made twice
 */
#ifndef APP_OUTBOX_INSIDE_H
#define APP_OUTBOX_INSIDE_H

#include "app/breaker.h"
#include "app/job.h"
#include "app/outbox.h"
#include "base/members.h"

enum {
    OUTBOX_FIRST_RETRY_MS = 500,
    OUTBOX_LAST_RETRY_MS = 5 * 60 * 1000,
    OUTBOX_STORE_RETRY_MS = 1000,
    OUTBOX_LANES = 1024,
    OUTBOX_MERGE_MAX = 8, /* twins of one ticket */
};

enum step {
    STEP_WAIT,   /* for its time, or for the row before it */
    STEP_MARK,   /* SENDING is being made durable */
    STEP_SEND,   /* the desk is asked to do it */
    STEP_FIND,   /* the desk is asked whether it did */
    STEP_FINISH, /* its end is being made durable; next_ms > 0: again then */
};

enum item_kind {
    ITEM_TICKET,
    ITEM_COMMENT,
    ITEM_WITHDRAW,
    ITEM_REOPEN,
    ITEM_FILE,
    ITEM_CHECK,
    ITEM_NOTICE
};

/* A save on its way to the disk; the store hands it back. item NULL: nobody waits. */
struct save {
    enum job_owner owner; /* OWNER_OUTBOX */
    struct item *item;
    struct save *next;
};

struct item {
    struct save *saves, *awaited; /* awaited: the one the next step waits for */
    struct outbox *outbox;
    struct arena *arena; /* its texts */
    struct store_effect e;
    struct store_ticket t; /* t.effect 0: none */
    struct desk_op op;
    struct members payload; /* as it was when the item was made */
    enum item_kind kind;
    enum step step;
    bool failed, dropped;      /* how it ended, in STEP_FINISH */
    bool marked;               /* SENDING is durable, and no byte has left */
    bool doubted;              /* an end of it was unclear: there may be a twin */
    struct store_effect *more; /* rows that are born with its end */
    size_t n_more;
    struct lane *lane;
    struct item *behind; /* in its lane */
    size_t at;           /* in the heap, from 1; 0: not in it */
};

/* The rows of one conversation; only the first is worked on. */
struct lane {
    int64_t conversation;
    struct item *first, *last;
    struct lane *next; /* in its bucket */
};

struct outbox {
    struct outbox_conf c;
    struct timer *timer;
    struct lane *lanes[OUTBOX_LANES];
    struct item **heap; /* of first rows that wait, by next_ms; from 1 */
    size_t n_heap, cap_heap;
    struct breaker breaker;
    int64_t skew_ms; /* wall less monotonic time, when it was looked at last */
    size_t busy;     /* items in STEP_MARK, STEP_SEND and STEP_FIND */
    size_t allowed;  /* at once now: a desk that is slow gets fewer, down to one */
    struct outbox_counts counts;
    struct arenas arenas; /* of items that ended */
    bool soon;            /* it will be looked at in the next turn of the loop */
    bool stopping;
};

/* outbox.c */
int64_t outbox_wall(const struct outbox *o);
int64_t outbox_mono(const struct outbox *o);
void outbox_wait(struct item *i, int64_t ms);  /* STEP_WAIT, due in ms */
void outbox_again(struct item *i, int64_t ms); /* STEP_FINISH once more in ms */
void outbox_remove(struct item *i);            /* ended: the next of its lane may go */
struct item *outbox_new_item(struct outbox *o, const struct store_effect *e,
                             const struct store_ticket *t);
void outbox_work(void *outbox);
void outbox_work_if_any(struct outbox *o); /* something waits, and there may be room */

/* outbox_item.c */
void item_step(struct item *i); /* it is due */
void item_stored(struct item *i, enum rc rc);
void item_finish(struct item *i, bool failed, str why);
bool item_save(struct item *i, bool ticket, bool wait);
str item_text(const struct item *i, const char *key);
int64_t item_int(const struct item *i, const char *key);

/* outbox_twin.c: rows to be stored with the end of i, in i->more */
void twin_found(struct item *i, const struct desk_result *r); /* others: merge them */
void twin_check_later(struct item *i);
void notice_later(struct item *i); /* HR should hear of what came into the inbox */

#endif
