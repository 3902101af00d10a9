/*
 * parts - what struct store is made of, for the files that implement store.h.
 */
#ifndef STORE_PARTS_H
#define STORE_PARTS_H

#include "store/reader.h"
#include "store/writer.h"

struct store {
    struct writer writer;
    struct reader reader;
    bool running;   /* the writer's thread was started */
    bool gathering; /* what is put waits for store_flush */
    int lock;       /* file descriptor, -1 */
    int64_t next_conversation, next_turn, next_effect;
    struct newest
        acknowledged; /* turns that may not be in their conversation's row yet */
    struct spare_jobs spare;
    struct job *handed; /* whose result was handed out last; the caller may look at it */
    size_t prune_at;    /* entries in it before the flushed ones are dropped */
};

#endif
