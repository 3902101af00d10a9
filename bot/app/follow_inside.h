/*
 * follow_inside - what the files of follow share.
 *
 *   follow.c          the list, news and their ends     follow_look.c   asking the desk
 *   follow_promise.c  what is due             follow_files.c  what comes with a reply
 */
#ifndef APP_FOLLOW_INSIDE_H
#define APP_FOLLOW_INSIDE_H

#include "app/follow.h"

enum { POKES = 4, FOLLOW_BUCKETS = 1024 };

/* A file that came with a reply: to be fetched before that is told. */
struct told_file {
    str id, name;
    int64_t size; /* as the desk says; 0: it does not */
    int tries;
    bool done; /* here, or not to be had */
    struct file_in in;
    struct news_file news;
};

/* Replies that wait to be told, oldest first. */
struct told_later {
    struct told_later *next;
    struct arena *arena; /* of its files; NULL: none */
    struct told_file *files;
    size_t n_files;
    struct news_file *news;
    str event, name, text, status; /* behind the struct */
    bool own;                      /* of the inbox: nobody could ask for it again */
};

struct followed {
    struct follow *follow;
    struct store_ticket t; /* as stored */
    char *texts;           /* what it points to */
    struct followed *next, *in_bucket;
    struct desk_op op; /* of the look that runs; its texts lie in op_texts */
    char *op_texts;
    struct told_later *first, *last;
    char status[16], owner[64]; /* as the desk had them last; empty: not asked yet */
    int64_t look_ms;            /* monotonic; 0: no look is wanted */
    int64_t changed_ms;         /* the change that was looked at last, */
    int changed_looks;          /* so often */
    int pokes;                  /* looks still to come after a webhook */
    struct desk_op fetch;       /* of the file that is being fetched */
    int64_t fetch_ms;           /* monotonic: the next try then; 0: none waits */
    bool looking, telling, fetching;
    int64_t rest_ms; /* its promise is looked at again then, monotonic */
    bool known;      /* it was at the desk when the last poll was asked */
    int64_t due_ms, warn_ms, tell_ms; /* computed for this due date */
};

struct follow {
    struct follow_conf c;
    struct timer *timer;
    struct followed *all;
    struct followed *buckets[FOLLOW_BUCKETS]; /* by effect */
    struct desk_op poll;
    bool polling, no_changes, no_status, no_replies, told_no_news;
    int looking, failures;
    int64_t poll_at_ms;         /* monotonic */
    int64_t since_ms, saved_ms; /* by the desk's clock */
    struct follow_counts counts;
    bool stopping;
};

/* follow.c */
void follow_set(struct followed *k, const struct store_ticket *t); /* copies */
void follow_queue(struct followed *k, const struct desk_reply *r, str status, bool own);
void follow_drop_first(struct followed *k);
void follow_tell_next(struct followed *k); /* the next news, when none is in flight */
void follow_wake(struct follow *f);

/* follow_look.c */
void follow_poll(struct follow *f);
void follow_look(struct followed *k);

/* follow_files.c */
void told_files_set(struct told_later *n, const struct desk_reply *r);
/* One more, that is here. */
void told_file_arrived(struct told_later *n, struct file_arrived *file);
/* keep: they are the store's now. Otherwise they are deleted. */
void told_files_done(struct told_later *n, bool keep);
/* Fetches what the first reply waits for. False: nothing is missing any more. */
bool follow_fetch(struct followed *k);

/* follow_promise.c */
/* False: something could not be told now. */
bool promise_mind(struct followed *k, int64_t now_ms);
/* The row's promise when it was answered, or is over, now. */
void promise_answered(struct follow *f, struct store_ticket *t, int64_t now_ms);

#endif
