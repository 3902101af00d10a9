/*
 * resume - a conversation found again: by its public id, with what was missed.
 */
#ifndef APP_RESUME_H
#define APP_RESUME_H

#include "app/conversation.h"
#include "dialogue/brain.h"

/* From memory, or from the store into memory; *out NULL when there is no such one. RC_IO.
 */
MUST_USE enum rc resume_fetch(struct conversations *all, struct store *s, struct arena *a,
                              int64_t id, struct conversation **out);
/* In the place of a public id: the verified person's newest conversation, on whatever
 * channel it was held. */
#define RESUME_NEWEST "newest"

/* The same by public id and only for its own person: an unknown id, a wrong secret and
 * another person's conversation all give *out == NULL. RC_IO. */
MUST_USE enum rc resume_find(struct conversations *all, struct store *s, struct arena *a,
                             str person, str public_id, struct conversation **out);
/* Sends the kept frames of one turn with a seq above `after`. RC_IO; RC_NOT_FOUND: the
 * turn is past its retention, or nothing of it was kept. */
MUST_USE enum rc resume_turn(struct store *s, struct arena *a, struct sink *to,
                             int64_t turn, int64_t after);
/* Sends welcome, and with after >= 0 the frames after it. */
void resume_welcome(struct arena *a, struct sink *to, const struct conversation *c,
                    const struct brain *b, struct store *s, int64_t after);

#endif
