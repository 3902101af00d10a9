/*
 * plain - reads in place what nearly every frame of a client is: a message.
 *
 * {"type":"message","id":"…","text":"…"}, the members in any order and each once, no
 * other, no escapes. Whatever is not exactly that is not judged here but left to a reader
 * of any JSON (jansson), which takes ten times as long for building a tree of copies.
 */
#ifndef WEB_PLAIN_H
#define WEB_PLAIN_H

#include "base/base.h"

struct plain_message {
    str id, text; /* borrowed from the frame; valid UTF-8 without control characters */
};

/* False: not such a frame, which says nothing about whether it is a good one. */
bool plain_read(str frame, struct plain_message *out);

#endif
