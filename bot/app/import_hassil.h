/*
 * import_hassil - a hassil template as a pattern of ours: `<rule>` and `{list}` are
 * written out, `(a;b)` becomes every order of its parts. `[x]`, `(a|b)` and `\` mean the
 * same in both. Internal to import_hassil*.c.
 */
#ifndef APP_IMPORT_HASSIL_H
#define APP_IMPORT_HASSIL_H

#include "app/import.h"
#include "base/map.h"

struct hassil {
    struct import *m;
    struct map lists, rules; /* name -> struct yaml * */
    enum lang lang;          /* of the file that is read */
};

/* False when it cannot be written so; *why then says what stands in the way. */
bool hassil_pattern(struct hassil *h, str template, str *out, const char **why);

#endif
