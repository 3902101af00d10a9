/*
 * members - reads back a JSON object that buf_json_member and buf_json_int wrote: what a
 * row of ours holds, whole in memory. Texts are taken where they stand, at the speed of
 * memchr; a reader of any JSON (jansson) takes 150 times as long for a ticket's text.
 * Not for what comes from outside: this one knows buf_json's escapes only.
 */
#ifndef BASE_MEMBERS_H
#define BASE_MEMBERS_H

#include "base/arena.h"
#include "base/str.h"

struct member {
    str name;
    str value; /* as it is written: "text" with its quotes, 12, [1, 2], {"a": 1} */
};

struct members {
    struct member *v;
    size_t n, cap;
};

/* Borrows from json. RC_INVALID: no such object; then there are no members. */
MUST_USE enum rc members_read(struct arena *a, str json, struct members *out);
/* STR_NONE: absent, or not a text. Borrows from json where nothing was escaped. */
str members_text(struct arena *a, const struct members *m, const char *name);
/* 0: absent, or not a whole number. */
int64_t members_int(const struct members *m, const char *name);
/* As written, for what is neither; STR_NONE: absent. */
str members_raw(const struct members *m, const char *name);

#endif
