/*
 * json_text - the text of a member of a parsed JSON object (jansson), as a str.
 */
#ifndef BASE_JSON_TEXT_H
#define BASE_JSON_TEXT_H

#include <jansson.h>

#include "base/base.h"

/* Borrowed from v; STR_NONE when it is NULL or no string. */
static inline str json_text(const json_t *v)
{
    return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)}
                             : STR_NONE;
}

/* The same of o's member; o may be NULL. */
static inline str json_text_of(const json_t *o, const char *key)
{
    return json_text(json_object_get(o, key));
}

#endif
