/*
 * entity - the kinds of things a template can leave open: {date}, {period}, {duration},
 * {number}, {amount}. Loose on purpose: they decide whether a pattern fits, the values
 * themselves are read by the dialogue's own parsers.
 */
#ifndef NLU_ENTITY_H
#define NLU_ENTITY_H

#include "base/base.h"

/* A regex over the plain form (Dutch and English), one atom; STR_NONE when there is no
 * such kind, *nearest is then the name that was probably meant (or STR_NONE). */
str entity_regex(str name, str *nearest);

#endif
