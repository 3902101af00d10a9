/*
 * frame - replies as the JSON text frames of the sub-protocol balie.v1.
 *
 * A frame is one JSON object. Frames with a seq are kept for replay; errors
 * are not. `said` and `agent` may have `attachments`, a list of {name, type, size, url}:
 * of the person's own file without url (it is not kept for them), of one that cannot be
 * fetched with `problem` ("type", "too_large", "lost", "private") instead. url is fetched
 * over HTTP with the token of `hello` as Authorization: Bearer
 * (adapters/web/attachments.h).
 */
#ifndef APP_FRAME_H
#define APP_FRAME_H

#include "dialogue/outcome.h"

enum { FRAME_MAX = 256 * 1024 };

str frame_welcome(struct arena *a, str conversation, int64_t seq, int64_t from,
                  enum lang lang, str notice);
/* A file of a message: said by the person (no url), or by the desk. */
struct frame_file {
    str name, type, url;
    int64_t size;
    str problem; /* why it cannot be fetched: "type", "too_large", "lost"; else empty */
};
str frame_said(struct arena *a, int64_t seq, str id, str text,
               const struct frame_file *files, size_t n);
str frame_answer(struct arena *a, int64_t seq, str reply_to, int64_t turn,
                 const struct reply *r);
struct ticket_frame {
    str receipt, number, status; /* number empty: not confirmed yet */
    int64_t due_ms;              /* 0: no promise */
};
str frame_ticket(struct arena *a, int64_t seq, const struct ticket_frame *t);
str frame_agent(struct arena *a, int64_t seq, str name, str text,
                const struct frame_file *files, size_t n);
/* retry_ms 0: left out. reply_to may be empty. */
str frame_error(struct arena *a, str reply_to, const char *code, str text,
                int64_t retry_ms);

#endif
