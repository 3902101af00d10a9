/*
 * when_word - what a word means to the readers of dates: its class and a value.
 *
 * One table for both languages. A word that means different things in the two ("of",
 * "over", "may", "do") is looked up in the language given; all others count in both,
 * because people mix and language detection errs on short texts.
 */
#ifndef TEXT_WHEN_WORD_H
#define TEXT_WHEN_WORD_H

#include "text/lang.h"
#include "text/when.h"

enum word_class {
    CLS_NONE,
    CLS_WEEKDAY, /* 0 Monday ... 6 Sunday */
    CLS_HABIT,   /* maandags, Mondays: every one of them, no date */
    CLS_MONTH,   /* 1 ... 12 */
    CLS_NEAR,    /* days from today */
    CLS_PART,    /* enum day_part; evening and night are DAY_WHOLE */
    CLS_UNIT,    /* enum word_unit */
    CLS_TURN,    /* enum turn */
    CLS_FINAL,   /* laatste */
    CLS_EVERY,
    CLS_THE,
    CLS_ON,
    CLS_IN,
    CLS_OVER, /* over twee weken */
    CLS_VAN,  /* from and of */
    CLS_OF,
    CLS_FROM,    /* from */
    CLS_OPEN,    /* vanaf, starting: an end is not expected */
    CLS_SINCE,   /* looks back */
    CLS_TO,      /* English to: includes the day named */
    CLS_UNTIL,   /* tot, until: value 1 where it mostly includes the day named */
    CLS_THROUGH, /* t/m, through */
    CLS_BETWEEN,
    CLS_AND,
    CLS_OR,
    CLS_BEFORE, /* value 1 in English, where it says nothing else ("voor" is also for) */
    CLS_AFTER,
    CLS_AGO,
    CLS_BEGIN, /* begin, early: value 1 when it needs no "of" */
    CLS_MID,
    CLS_END, /* eind, late: value 1: never the last day alone */
    CLS_NOW,
    CLS_WHOLE,
    CLS_FOR,
    CLS_FREE,  /* vrij, verlof, off: may stand behind a duration */
    CLS_MONEY, /* value: hundredths per unit */
    CLS_COUNT, /* keer, times */
};

enum turn { TURN_THIS, TURN_COMING, TURN_NEXT, TURN_PAST, TURN_LAST };

enum word_unit {
    WORD_MINUTE,
    WORD_QUARTER_HOUR,
    WORD_HALF_HOUR,
    WORD_HOUR,
    WORD_HALF_DAY,
    WORD_DAY,
    WORD_WORKDAY,
    WORD_WEEK,
    WORD_WEEKEND,
    WORD_FORTNIGHT,
    WORD_MONTH,
    WORD_QUARTER,
    WORD_HALF_YEAR,
    WORD_YEAR,
};

struct meaning {
    enum word_class cls;
    int val;
    bool has_part; /* maandagmiddag */
    enum day_part part;
    bool weak; /* a short form that is mostly another word: do, zo, sat, may */
};

/* Whether one insert, delete, replace or swap of neighbours makes a of b. */
bool word_one_edit(str a, str b);

/* cls is CLS_NONE for an unknown word. Names of six letters and more may have one edit
 * (insert, delete, replace, swap of neighbours). */
struct meaning word_meaning(str word, enum lang l);

#endif
