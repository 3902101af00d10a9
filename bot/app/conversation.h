/*
 * conversation - the conversations in memory, and the way back from the store.
 *
 * At rest a conversation is its session as text, and what is kept of having read it, a
 * few numbers, and the client ids of its last turns. It leaves memory after ten idle
 * minutes and comes back from its newest turn's row. Its public id is its rowid and 128
 * random bits in hex, "1f-0c4d...": unguessable, and found without an index.
 */
#ifndef APP_CONVERSATION_H
#define APP_CONVERSATION_H

#include "base/arena.h"
#include "store/store.h"
#include "text/lang.h"

enum { RECENT_MAX = 16, QUEUED_MAX = 8, CLIENT_ID_MAX = 64, IDLE_MS = 10 * 60 * 1000 };

struct session;      /* dialogue/session.h */
struct session_kept; /* dialogue/session_kept.h */

/* Where frames go: a socket, embedded in its connection. */
struct sink {
    void (*send)(struct sink *s, str frame);
    struct conversation *conversation; /* NULL: not attached */
    struct sink *next;
};

struct recent {
    uint64_t text_hash;
    int64_t turn; /* rowid */
};

struct queued;  /* engine.c */
struct pending; /* pending.h */

struct conversation {
    int64_t id;
    unsigned char secret[16];
    char *person, *channel; /* NUL-terminated, owned */
    bool at_place;          /* the person spoke last on a channel without a connection */
    char *asked;   /* in a shared place: the last question, owned; in memory only */
    char *session; /* its text (session.h), owned; NULL: none yet */
    size_t session_len, session_cap;
    int64_t created_ms, used_ms; /* used: monotonic */
    int64_t seq, last_turn;
    bool stored;
    struct pending *pending;         /* the turn being made durable; NULL: none */
    enum lang wished;                /* by the client's hello */
    uint64_t recent_ids[RECENT_MAX]; /* conversation_id_hash; 0: free */
    struct recent recent[RECENT_MAX];
    unsigned next_recent;
    struct sink *sinks;
    struct queued *first, *last;
    size_t n_queued;
    struct conversation *next; /* in its bucket */
    struct session_kept *kept; /* of the text written last, owned; NULL: of none, */
    bool has_kept;             /* which is `session` */
};

struct conversations {
    struct conversation **buckets;
    size_t n_buckets, n;
};

void conversations_init(struct conversations *c);
void conversations_done(struct conversations *c); /* frees all; queues must be empty */
struct conversation *conversations_find(const struct conversations *c, int64_t id);
struct conversation *conversations_add(struct conversations *c, int64_t id, str person,
                                       str channel);
/* Frees those idle since before_ms (monotonic), unattached and not busy. */
void conversations_evict(struct conversations *c, int64_t before_ms);

void conversations_each(struct conversations *c,
                        void (*visit)(struct conversation *v, void *ctx), void *ctx);

str conversation_public_id(struct arena *a, const struct conversation *c);
/* RC_INVALID when it is no public id. */
MUST_USE enum rc conversation_parse_id(str public_id, int64_t *id,
                                       unsigned char secret[16]);
void conversation_set_session(struct conversation *c, str text);
/* The session of the turn being made, just written as text: what is kept of it counts
 * from when the text is set. */
void conversation_keep(struct conversation *c, struct session *s, str text);
/* The session, for a turn: in a. */
struct session *conversation_session(const struct conversation *c, struct arena *a);
uint64_t conversation_id_hash(str client_id); /* never 0 */
/* Bit i: recent[i] is of that id. Nearly always none is. */
unsigned conversation_recent(const struct conversation *c, str client_id);
void conversation_remember(struct conversation *c, str client_id, uint64_t text_hash,
                           int64_t turn);
/* Restores session, seq and recent ids from the newest turns. RC_NOT_FOUND, RC_IO. */
MUST_USE enum rc conversation_restore(struct store *s, struct arena *a,
                                      struct conversation *c, int64_t last_turn);
void conversation_attach(struct conversation *c, struct sink *s);
void conversation_detach(struct sink *s);
/* To every sink but one (may be NULL). */
void conversation_send(const struct conversation *c, str frame,
                       const struct sink *except);

#endif
