/*
 * diag - mistakes told to people: where, how bad, what, and what was probably meant.
 *
 * Loaders collect them, all of a file at once, and go on. Printed as
 * `file:line:column: error|warning: text`; line and column count from 1, columns in
 * bytes, and 0 means "the whole file" and is left out.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/arena.h"

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

struct diag {
    str file;
    int line, column;
    enum severity severity;
    str text;
};

struct diags {
    struct arena *arena; /* where texts are kept */
    VEC(struct diag) list;
    size_t errors, warnings;
};

struct diags diags_new(struct arena *a);
void diag_add(struct diags *d, enum severity s, str file, int line, int column,
              const char *fmt, ...) PRINTF_LIKE(6, 7);
#define diag_error(d, file, line, column, ...)                                           \
    diag_add(d, SEVERITY_ERROR, file, line, column, __VA_ARGS__)
#define diag_warning(d, file, line, column, ...)                                         \
    diag_add(d, SEVERITY_WARNING, file, line, column, __VA_ARGS__)
/* Copies of all of them. */
void diags_add(struct diags *d, const struct diags *from);
/* One printed line, without its line end, allocated in a. */
str diag_line(struct arena *a, const struct diag *d);
/* By file, line, column; equal places keep their order. */
void diags_sort(struct diags *d);

#endif
