/*
 * slot_value - from what was typed to a value for a form's slot.
 */
#ifndef DIALOGUE_SLOT_VALUE_H
#define DIALOGUE_SLOT_VALUE_H

#include "dialogue/turning.h"

enum { FREE_TEXT_MAX = 500 };

struct slot_reading {
    bool read;    /* value is set */
    bool whole;   /* a value was the whole message, not just found in it */
    enum say why; /* not read: what to tell */
    struct value value;
    date_t from, to;    /* dates: for checks between slots */
    bool loose;         /* an answer only to its own question, not found in passing */
    bool half;          /* a morning or an afternoon: the one day is all */
    struct value other; /* second reading of an ambiguous date; slot empty: none */
};

/* The earliest date this slot may hold because of the slots before it; DATE_NONE: any. */
struct slot_reading slot_read(struct turning *t, const struct slot *s, str text,
                              str folded, date_t not_before);

/* The last day as people tell it from the first: "dezelfde dag", "3 dagen", "een week".
 * Working days and calendar days may differ: then *other is the calendar's. slot_end.c */
bool slot_end(struct turning *t, date_t first, date_t *end, date_t *other);

/* A value as it is shown in the language of the turn, which may have changed since. */
str slot_shown(struct turning *t, const struct slot *s, const struct value *v);

#endif
