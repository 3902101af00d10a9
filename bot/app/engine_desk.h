/*
 * engine_desk - what others may do about tickets: webhooks, operators, HR's own answers.
 */
#ifndef APP_ENGINE_DESK_H
#define APP_ENGINE_DESK_H

#include "app/engine.h"

/* A call of the desk's: whether it is, and what it is about. RC_NOT_FOUND: this desk
 * never calls; RC_DENIED, RC_INVALID. */
MUST_USE enum rc engine_desk_call(struct engine *e, struct request *r, str secret,
                                  struct desk_call *out);
enum desk_call_end { DESK_CALL_TAKEN, DESK_CALL_DROPPED, DESK_CALL_REFUSED };
void engine_desk_called(struct engine *e, enum desk_call_end end); /* for the figures */
/* Something happened to that ticket at the desk: look at it. False: none of ours. */
bool engine_desk_heard(struct engine *e, str external);
/* By an operator, by the row's number: outbox.h. */
MUST_USE enum rc engine_desk_retry(struct engine *e, int64_t id);
MUST_USE enum rc engine_desk_drop(struct engine *e, int64_t id);
/* HR answers a ticket of the built-in inbox. which: receipt or number; status: empty, or
 * the new one; file: NULL, or one that engine_file_arrive took in. RC_NOT_FOUND;
 * RC_INVALID: a servicedesk has it, answer there; RC_BUSY: it is not confirmed yet;
 * RC_DENIED: a sensitive one, and the person is away or a file is with it; RC_IO. */
MUST_USE enum rc engine_desk_answer(struct engine *e, str which, str name, str text,
                                    str status, struct file_arrived *file);

#endif
