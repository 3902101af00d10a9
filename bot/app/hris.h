/*
 * hris - the plug point for HR systems: people and personal look-ups.
 *
 * The employee's id always comes from the verified identity.
 */
#ifndef APP_HRIS_H
#define APP_HRIS_H

#include "app/host.h"
#include "dialogue/event.h"

struct lookup {
    bool failed;
    const struct lookup_row *rows; /* valid during the call of done */
    size_t n_rows;
    str error; /* for operators */
};

struct hris {
    const char *name; /* "csv", "rest" */
    bool late;        /* done comes later, from the loop; false: from inside ask */
    MUST_USE enum rc (*start)(const struct host *host, void **self);
    /* Rows of the look-up by its name ("leave_balance") for the verified person; today
     * for those who ask about a day. All is borrowed for the call. done is called exactly
     * once, unless the adapter is stopped before. */
    void (*ask)(void *self, str lookup, const struct person *who, date_t today,
                void (*done)(void *ctx, const struct lookup *l), void *ctx);
    /* Does it have this look-up at all? What it lacks is never asked for. */
    bool (*offers)(void *self, str lookup);
    void (*stop)(void *self); /* accepts NULL */
};

/* Everything the rows borrow is copied, too. */
struct lookup_row *lookup_rows_copy(struct arena *a, const struct lookup_row *rows,
                                    size_t n);
/* Of the look-ups a card may name, those it does not offer; names are static. */
struct strs hris_absent(const struct hris *h, void *self, struct arena *a);

#endif
