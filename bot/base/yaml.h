/*
 * yaml - one YAML document as a tree that knows its lines (libyaml, document API).
 *
 * For settings, profiles and front matter. Every value is text as written; whoever reads
 * it gives it a type. Refused with a diag: more than one document, aliases (a bomb in
 * front matter is one alias away), duplicate keys, keys that are not text, nesting above
 * 32 levels.
 */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include "base/diag.h"

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml {
    enum yaml_kind kind;
    str text;         /* YAML_TEXT */
    bool plain;       /* YAML_TEXT: written without quotes */
    struct yaml *v;   /* YAML_LIST items, YAML_MAP values; n of them */
    struct yaml *key; /* YAML_MAP: n keys, all YAML_TEXT */
    size_t n;
    int line, column; /* in the file, from 1 */
};

/*
 * Parses text; line_offset is added to every line (front matter does not start at 1).
 * An empty document is a map without members. Allocated in a.
 * RC_INVALID after at least one error in d.
 */
MUST_USE enum rc yaml_parse(struct arena *a, str file, str text, int line_offset,
                            struct diags *d, struct yaml *out);
/* A member of a map, NULL when absent or when y is NULL or no map. */
const struct yaml *yaml_get(const struct yaml *y, const char *key);
/* The member's text, STR_NONE when absent or not text. */
str yaml_text(const struct yaml *y, const char *key);

#endif
