/*
 * when - dates, periods, durations and amounts as people write them, in Dutch and
 * English.
 *
 * Pure functions of the folded text (text/normalise.h) and today's date; no clock, no
 * network. Each looks for the first expression anywhere in the text and tells where it
 * stood. Two readings ("5/6", "next Friday" on a Wednesday) are both given, the likelier
 * one first: the caller asks back. Dutch public holidays are computed (Easter: anonymous
 * Gregorian algorithm).
 *
 * Decided where usage differs (tests/unit/text/when.tsv has each with its note): Dutch
 * "tot" leaves the day named out and English "until" takes it in, the other way given as
 * the other reading; a week is Monday to Sunday; digits are day/month, in English text
 * month/day is the other reading; a bare month or weekend counts only as the whole answer
 * or in a frame ("vanaf mei"), a bare year never; habits ("elke vrijdag", "on Mondays")
 * are no dates; two readings may differ in their end alone.
 */
#ifndef TEXT_WHEN_H
#define TEXT_WHEN_H

#include "base/clock.h"
#include "text/lang.h"

enum day_part { DAY_WHOLE, DAY_MORNING, DAY_AFTERNOON };

/* from == to for a single day. other_* is DATE_NONE unless ambiguous. */
struct when {
    date_t from, to;
    enum day_part part_from, part_to;
    date_t other_from, other_to;
    bool open_end;     /* "vanaf maandag": only a start was given: from == to == start */
    bool open_start;   /* "tot vrijdag": only an end was given: from == to == end */
    size_t start, end; /* bytes in the folded text */
};

/* A date or a period. past: prefer the last one that fits over the next ("maandag").
 * False when there is none. */
bool when_find(str folded, enum lang l, date_t today, bool past, struct when *out);
/* The same, if it begins within the first so many bytes: behind them none is looked for,
 * which is most of the work in a long message. */
bool when_begins(str folded, enum lang l, date_t today, bool past, size_t within,
                 struct when *out);

/* A day that no calendar has ("31 februari", "30-2-2027"): where it stands in the text.
 * when_find passes over it. */
bool when_missing(str folded, enum lang l, size_t *start, size_t *end);

enum duration_unit {
    UNIT_MINUTES,
    UNIT_HOURS,
    UNIT_DAYS,
    UNIT_WEEKS,
    UNIT_MONTHS,
    UNIT_YEARS
};
struct duration {
    double amount; /* 1.5 for "anderhalve dag" */
    enum duration_unit unit;
    size_t start, end;
};
bool duration_find(str folded, enum lang l, struct duration *out);

/* An amount of money in cents, or a plain number when money is false ("12,50", "1.250
 * euro", "twaalf"). */
struct amount {
    int64_t hundredths;
    bool money;
    size_t start, end;
};
bool amount_find(str folded, enum lang l, struct amount *out);

/* +1 yes, -1 no, 0 neither: "ja graag", "doe maar", "nee dank je", "nope". The whole text
 * must be it. */
int yes_no(str folded, enum lang l);

/* Easter Sunday of a year; the holiday on a date ("Tweede pinksterdag"), STR_NONE when
 * none. */
date_t when_easter(int year);
str when_holiday(date_t d, enum lang l);
/* "maandag 3 mei 2027", "Monday 3 May 2027". */
str when_show(struct arena *a, date_t d, enum lang l);

#endif
