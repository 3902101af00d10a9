/*
 * notice - mail to HR that something came into the built-in inbox.
 *
 *   mail:
 *     server: smtps://mail.example.org:465     or smtp://...:587 (STARTTLS)
 *     from: balie@example.org
 *     to: hr@example.org
 *     user: balie                              password_file: FILE; both or neither
 *
 * The mail names the receipt and the queue and nothing of what was asked: who may read it
 * reads it in balie.
 */
#ifndef SERVICEDESK_NOTICE_H
#define SERVICEDESK_NOTICE_H

#include "app/desk.h"

struct notices;

/* *out NULL: the settings have no section `mail`. RC_INVALID after at least one error. */
MUST_USE enum rc notices_start(const struct host *host, struct notices **out);
void notices_stop(struct notices *n); /* accepts NULL */
/* As desk.do_op, for DESK_NOTICE. */
void notices_send(struct notices *n, const struct desk_op *op,
                  void (*done)(void *ctx, const struct desk_result *r), void *ctx);

#endif
