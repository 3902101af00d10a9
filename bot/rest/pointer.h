/*
 * pointer - RFC 6901 JSON Pointers into jansson values.
 *
 * "" is the whole document, "/a/0/b~1c" a way down: members by name, elements of a list
 * by index without leading zeros ("-", the element after the last, is never there). ~0
 * stands for ~ and ~1 for /.
 *
 * Source: RFC 6901 (April 2013).
 */
#ifndef REST_POINTER_H
#define REST_POINTER_H

#include <jansson.h>

#include "base/arena.h"
#include "base/str.h"

bool pointer_is_valid(str p);
/* What p points at, owned by root; NULL when it is not there. p must be valid. */
json_t *pointer_get(const json_t *root, str p);
/* Reads a string or a number as text; false for anything else, and for NULL. Whole
 * numbers come out as digits, others in the fewest digits that read back the same. */
bool pointer_text(struct arena *a, const json_t *value, str *out);

#endif
