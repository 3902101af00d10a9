/*
 * pending - a turn that is made, and not durable yet. Internal to the engine.
 *
 * Between a turn and its commit hundreds of others may be made. A job with its arena is
 * tens of kilobytes, and if each of them kept its own, every turn would work in memory
 * that the processor's caches have long forgotten. Nearly every turn only says
 * something: what is left to do for it is to send frames and to adopt a session, and the
 * store has copies of both in the turn's row. Such a turn keeps no more than this, and
 * its arena serves the next turn at once. Every other one keeps its job as well.
 */
#ifndef APP_PENDING_H
#define APP_PENDING_H

#include "app/job.h"

struct pending {
    enum job_owner owner; /* OWNER_TURN; the first member of every ctx of ours */
    enum outcome_kind kind;
    bool private_turn;
    bool quiet; /* nothing was replied */
    struct conversation *c;
    struct sink *sender; /* NULL when its connection has gone, or none */
    str client_id;
    uint64_t text_hash;
    int64_t started_us;
    struct job *job; /* with its arena; NULL: all that is needed is in the turn's row */
    size_t n_frames;
    uint32_t frame_len[FRAMES_MAX]; /* job NULL: of each in the row's `frames` */
    char id[CLIENT_ID_MAX];
    struct pending *next; /* while it is spare */
};

/* Those that wait for their next use; starts as all zeroes. */
struct pendings {
    struct pending *spare;
};

/* Of a composed job. p->job is NULL when nothing of it is needed any more. */
struct pending *pending_new(struct pendings *all, struct job *j);
/* Frees p alone. Accepts NULL. */
void pending_free(struct pendings *all, struct pending *p);
void pendings_free(struct pendings *all); /* the spare ones */

/* The session to adopt, given the row that was stored. */
str pending_session(const struct pending *p, const struct store_turn *turn);
/* The frames in their order; *at starts as 0 and belongs to this. */
str pending_frame(const struct pending *p, const struct store_turn *turn, size_t i,
                  size_t *at);

#endif
