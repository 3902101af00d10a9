/*
 * desk - the plug point for servicedesks: where a person takes over.
 *
 * The outbox (outbox.h) owns the promise: rows, retries, grace periods. A desk only does
 * one operation at a time and tells honestly how it ended. Strings of an operation live
 * until done is called. done is called exactly once, never from inside do_op, unless stop
 * comes first: then not at all.
 */
#ifndef APP_DESK_H
#define APP_DESK_H

#include "app/host.h"

enum desk_op_type {
    DESK_OPEN,     /* key receipt queue subject body person_* lang conversation -> number,
                      external */
    DESK_FIND,     /* key -> number, external, status, others; DESK_NONE: there is none */
    DESK_COMMENT,  /* key external body */
    DESK_FOUND,    /* key external: was that comment made, or with file: that file added?
                      DESK_NONE when it was not */
    DESK_WITHDRAW, /* external: the person does not need it any more */
    DESK_REOPEN,   /* external: it is not solved after all */
    DESK_STATUS,   /* external -> status, owner */
    DESK_REPLIES,  /* external seen -> replies: what the desk wrote to the person */
    DESK_CHANGED,  /* since_ms -> changed: the tickets something happened to */
    DESK_FILE,     /* key external body file: a file goes to the ticket */
    DESK_FETCH,    /* external event file.id: a file of a reply -> into the file `to` */
    DESK_NOTICE,   /* key receipt queue: somebody should look at the inbox */
    DESK_PROBE,    /* queue: harmless question: does it answer, may we? */
};

/* A file on its way to the desk: its bytes lie under `key` (files.h). Or one of a reply,
 * which the desk has under `id`; size 0: not told. */
struct desk_file {
    str key, id;
    str name, type;
    int64_t size;
};

struct desk_op {
    enum desk_op_type type;
    str key;                  /* our idempotency key, of random_key's alphabet */
    str receipt;              /* B-7F3K: what the person was told */
    str queue, subject, body; /* body: plain text */
    str person_id, person_name, person_email, unit; /* may be empty: anonymous */
    str lang, conversation, intent;
    str external;     /* the desk's own id */
    str seen;         /* REPLIES: the newest that is known; empty: none */
    int64_t since_ms; /* CHANGED: from that second on, by the desk's clock */
    struct desk_file file;
    str event;    /* FETCH: the reply it came with */
    int to;       /* FETCH: an open file, empty */
    int64_t most; /* FETCH: bytes */
};

/* What somebody at the desk wrote. event tells it from every other one of its ticket. */
struct desk_reply {
    str event, name, text;
    const struct desk_file *files; /* that came with it */
    size_t n_files;
};

struct desk_changed {
    str external;
    int64_t at_ms; /* by the desk's clock */
};

enum desk_end {
    DESK_DONE,    /* it happened */
    DESK_NONE,    /* FIND: the desk answered, and there is no such ticket */
    DESK_RETRY,   /* it certainly did not happen; may work later (down, 429, 503 before
                     work) */
    DESK_UNCLEAR, /* it may have happened (timeout, reset, 5xx, garbage) */
    DESK_REFUSED, /* it did not happen and never will (400, 401, 403, 404, 422, failure in
                     a 2xx) */
    DESK_CANNOT,  /* this desk has no such operation */
};

struct desk_result {
    enum desk_end end;
    str number, external, status;
    str error;              /* for operators: no secrets, no personal data */
    int64_t retry_after_ms; /* the desk's own wish; 0: none */
    int http;               /* status of the last reply; 0: none came */
    bool too_large;         /* FETCH, REFUSED: more than `most` bytes */
    bool answers;           /* RETRY: the desk works, this alone cannot be done yet */
    str owner;              /* STATUS: who has it; empty: nobody, or not told */
    const str *others;      /* FIND: further tickets with the same key, by external */
    size_t n_others;
    const struct desk_reply *replies; /* REPLIES: those after `seen`, oldest first */
    size_t n_replies;
    const struct desk_changed *changed; /* CHANGED: oldest change first */
    size_t n_changed;
};

struct request; /* net/server.h */

/* What a call of the desk's own (a webhook) is about. */
struct desk_call {
    str external, event; /* event may be empty */
    int64_t at_ms;       /* by the desk's clock; 0: not told */
};

struct desk {
    const char *name; /* "rest", "inbox" */
    bool keeps_text;  /* the ticket's text stays in the outbox row: it is the ticket */
    bool (*takes_files)(const void *self); /* NULL: no */
    bool tells; /* its replies come by themselves (engine_desk.h): nothing to ask */
    MUST_USE enum rc (*start)(const struct host *host, void **self);
    void (*do_op)(void *self, const struct desk_op *op,
                  void (*done)(void *ctx, const struct desk_result *r), void *ctx);
    void (*stop)(void *self); /* accepts NULL */
    /* NULL: it never calls. RC_DENIED: not the desk's, RC_INVALID: says nothing. */
    MUST_USE enum rc (*heard)(void *self, struct request *r, str secret,
                              struct desk_call *out);
};

#endif
