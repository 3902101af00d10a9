/*
 * attachments - files to and from the chat, over HTTP on its own port.
 *
 *   POST /chat/attachments?conversation=ID&id=CLIENT-ID      the bytes are the body
 *        Authorization: Bearer TOKEN                          as in `hello`; none:
 * anonymous Content-Disposition: attachment; filename*=UTF-8''NAME 201
 * {"name","type","size","text"}  taken (200: it was, under this id) 4xx, 5xx
 * {"code","text"}           not; text is for the person
 *
 *   GET /chat/attachments/KEY  with the same token: what the desk sent, the `url` of an
 *   `agent` frame. Always a download: attachment, nosniff.
 *
 * What becomes of a file is told in the chat as well: a `said` frame with `attachments`
 * and an answer, like any message.
 */
#ifndef ADAPTERS_WEB_ATTACHMENTS_H
#define ADAPTERS_WEB_ATTACHMENTS_H

#include "app/channel.h"

void attachments_add(struct routes *r, const struct host *host, struct engine *e);

#endif
