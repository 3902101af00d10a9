/*
 * when_read - inside of when: readers of one kind of expression each.
 *
 * A reader looks at token i and says whether its expression starts there, what days it
 * means and where it ends. when_point() tries them all and takes the longest; when_range
 * puts two points or a frame ("vanaf", "until") around them.
 */
#ifndef TEXT_WHEN_READ_H
#define TEXT_WHEN_READ_H

#include "text/number.h"

struct reader {
    const struct tokens *t;
    date_t today;
    date_t base;  /* what recurs falls on or after this: today, or the start of a range */
    bool past;    /* what recurs falls on or before today */
    bool framed;  /* behind "from", "until": a bare month is a period here */
    bool count;   /* the text asks how many: "in a month" is a rate there */
    bool is_last; /* the second of a range: the weekday of base itself is a week later */
    int depth;    /* points inside points ("the day after the Monday before ...") */
};

/* How far away the same words mean another day. */
enum cycle { CYCLE_NONE, CYCLE_WEEK, CYCLE_MONTH, CYCLE_YEAR };

struct span {
    date_t from, to, other_from, other_to;
    bool has_part;
    enum day_part part; /* of a single day */
    enum cycle cycle;
    bool weak;        /* counts only in a frame, or when it is all there is */
    bool closed;      /* "eind mei": an end by itself, "tot" cannot exclude it */
    bool digits;      /* "5/6": the other reading is month/day */
    bool month_first; /* "6/25": the only reading is */
    bool feast;       /* a public holiday, all its days */
    size_t end;       /* the token behind it */
};

static inline struct span span_of(date_t from, date_t to, size_t end)
{
    return (struct span){.from = from,
                         .to = to,
                         .other_from = DATE_NONE,
                         .other_to = DATE_NONE,
                         .end = end};
}

/* calendar */
date_t when_monday(date_t d);
/* 1st of the month n months on. */
date_t when_month(date_t d, int n);
date_t when_month_end(date_t first);
date_t when_shift(date_t d, int64_t hundredths, enum word_unit u);
/* Monday of an ISO week; DATE_NONE when the year has no such week. */
date_t when_week(int year, int week);
int when_year(date_t d);
/* The weekday on or after d; on or before d. */
date_t when_weekday_from(date_t d, int weekday);
date_t when_weekday_upto(date_t d, int weekday);
/* The day and month nearest to what the reader looks for; DATE_NONE: no such day. */
date_t when_resolve(const struct reader *r, int month, int day);

/* pieces */
/* "2027", "'27", "van 2027", "volgend jaar" at *i. */
bool when_read_year(const struct reader *r, size_t *i, int *year);
/* 1 to 31: "3", "3e", "3rd", "derde", "drie". */
bool when_read_day(const struct reader *r, size_t *i, int *day, bool *ordinal);
/* A number and a unit of at least a day, for offsets. */
bool when_read_offset(const struct reader *r, size_t *i, struct number *n,
                      enum word_unit *u);
/* "van", "of": of. */
bool when_is_of(const struct reader *r, size_t i);
/* "mei", "mei 2027", "volgende maand", "de maand". */
struct month {
    date_t first; /* its first day */
    bool named;   /* by name or turn, not just "the month" */
    bool dated;   /* with a year or a turn: not another one */
};
bool when_read_month(const struct reader *r, size_t *i, struct month *out);
/* Moves a month that is not dated on until `last` (a day in it) is not gone by; returns
 * the days to add. */
date_t when_month_later(const struct reader *r, const struct month *m, date_t last);
/* "volgende week", "week 32", "de week van 3 mei": its Monday. */
bool when_read_week(const struct reader *r, size_t *i, date_t *monday);

/* points */
bool when_near(const struct reader *r, size_t i, struct span *out);
bool when_weekday(const struct reader *r, size_t i, struct span *out);
bool when_numeric(const struct reader *r, size_t i, struct span *out);
bool when_day_month(const struct reader *r, size_t i, struct span *out);
bool when_month_day(const struct reader *r, size_t i, struct span *out);
bool when_day_of_month(const struct reader *r, size_t i, struct span *out);
bool when_in_week(const struct reader *r, size_t i, struct span *out);
bool when_weekend(const struct reader *r, size_t i, struct span *out);
bool when_in_month(const struct reader *r, size_t i, struct span *out);
bool when_edge(const struct reader *r, size_t i, struct span *out);
bool when_nth(const struct reader *r, size_t i, struct span *out);
bool when_quarter(const struct reader *r, size_t i, struct span *out);
bool when_stretch(const struct reader *r, size_t i, struct span *out);
bool when_offset(const struct reader *r, size_t i, struct span *out);
bool when_beside(const struct reader *r, size_t i, struct span *out);
bool when_feast(const struct reader *r, size_t i, struct span *out);

/* A point inside another one; false when too deep. */
bool when_inner(const struct reader *r, size_t i, struct span *out);
/* The longest of them at i, with its article in front and its part of the day. */
bool when_point(const struct reader *r, size_t i, struct span *out);

/* --- periods --- */

enum frame { NO_FRAME, FROM, OPEN, SINCE, BETWEEN, UNTIL, THROUGH, BEFORE };

struct link {
    enum frame frame;
    bool includes; /* UNTIL: the day named is mostly meant too */
    size_t end;
};

/* Day of the month that d is in, or DATE_NONE. */
date_t when_day_in(date_t d, int day);
/* The reader for the second of a range that begins at base. */
struct reader when_second(const struct reader *r, date_t base);
/* "May 3-7", "3 mei t/m 7", "week 32 t/m 34": the second, at j, repeats only the number
 * of the first, which is a and stands at i. */
bool when_same_kind(const struct reader *r, size_t i, const struct span *a, size_t j,
                    struct span *b);
/* Sets the end of w from b; "tot" leaves the day named out, or its morning in. */
void when_set_end(struct when *w, const struct span *b, const struct link *link);
/* Joins a, which stands at i, and the point at j. False when that is not after a. */
bool when_join(const struct reader *r, struct span *a, size_t j, const struct link *link,
               size_t i, struct when *w, size_t *end);

/* All of it at i; only a bare point sets weak. */
bool when_range(const struct reader *r, size_t i, struct when *out, size_t *end,
                bool *weak);

#endif
