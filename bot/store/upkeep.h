/*
 * upkeep - what the writer does between commits, in steps of a few milliseconds:
 * checkpoints, newest turns into their rows, retention.
 *
 * Checkpoints are PASSIVE and come at UPKEEP_WAL_PAGES, or at an eighth of that after
 * UPKEEP_CHECKPOINT_IDLE_US without work; so the loop never waits for one. A step that
 * fails (disk full) is tried again after UPKEEP_REST_US.
 */
#ifndef STORE_UPKEEP_H
#define STORE_UPKEEP_H

#include "store/writer.h"

enum {
    UPKEEP_WAL_PAGES = 1000,
    UPKEEP_CHECKPOINT_IDLE_US = 20 * 1000,
    UPKEEP_FOLD_IDLE_US = 1000 * 1000,
    UPKEEP_FOLD_STEP = 512,           /* rows */
    UPKEEP_FORGET_IDLE_US = 2 * 1000, /* pause between two windows */
    UPKEEP_FORGET_BUSY_US = 50 * 1000,
    UPKEEP_REST_US = 5 * 1000 * 1000,
};

void upkeep_open(struct writer *w); /* after the connection was opened */
/* When upkeep_idle wants to be called, if no job comes first; INT64_MAX: not at all. */
int64_t upkeep_at(const struct writer *w);
void upkeep_idle(struct writer *w);
void upkeep_after_commit(struct writer *w);
/* A commit failed: room in the log may help. */
void upkeep_after_failure(struct writer *w);
void upkeep_close(struct writer *w);
/* To be called when a transaction with a fold step in it was committed. */
void upkeep_folded(struct writer *w);

#endif
