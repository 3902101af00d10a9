/*
 * place - where something stands in what HR wrote, for those who read it and may have to
 * complain.
 */
#ifndef CONTENT_PLACE_H
#define CONTENT_PLACE_H

#include "base/diag.h"

struct place {
    struct arena *arena; /* where what is read is kept */
    struct diags *diags;
    str file;
    int line, column;
};

#define place_error(at, ...)                                                             \
    diag_error((at)->diags, (at)->file, (at)->line, (at)->column, __VA_ARGS__)
#define place_warning(at, ...)                                                           \
    diag_warning((at)->diags, (at)->file, (at)->line, (at)->column, __VA_ARGS__)

/* The place of part, which lies in whole, which begins at at. */
static inline struct place place_of(const struct place *at, str whole, str part)
{
    struct place p = *at;
    if (part.p && whole.p && part.p >= whole.p && part.p <= whole.p + whole.n)
        p.column += (int)(part.p - whole.p);
    return p;
}

#endif
