/*
 * row - the row of a table that a question is about, where that is certain.
 *
 * Two ways. By number: the first column holds ranges ("5 tot 10 jaar", "15 years or
 * more", "< 5") and exactly one of them holds the question's number, in the same unit. By
 * name: every word of a row's first cell is in the question, or means the same, and of no
 * other row. Anything else is not certain: nothing is marked rather than the wrong row.
 */
#ifndef SEARCH_ROW_H
#define SEARCH_ROW_H

#include "search/inside.h"
#include "text/token.h"

/* table: rows on lines, cells parted by tabs, the first line its head. The number of the
 * row from 1; 0: not certain. While the question is marked (passage.h). */
int row_certain(struct search *s, const struct index *x, const struct search_query *q,
                str table);
/* By number only. */
int row_by_number(struct search *s, enum lang l, str question, str table);
/* Puts the cells of a row in bold, in Markdown and HTML. */
void row_mark(struct arena *a, int row, struct passage *p);

/* row_range.c: numbers with their units, as hundredths. */
struct row_range {
    int64_t from, to; /* both belong to it */
    int unit;         /* enum word_unit; -1: none told */
};
/* "5 tot 10 jaar"; false when the text is no range. */
bool row_range_read(str folded, enum lang l, struct row_range *out);
/* The numbers of a question that have a unit. */
size_t row_numbers(str folded, enum lang l, struct row_range *out, size_t max);
/* The only unit of time that a text names, and how many of the range's own unit it is; -1
 * when it names none or several. */
int row_unit(str folded, enum lang l, int64_t *factor);
/* Sets the unit of a range that was read without one. */
void row_range_scale(struct row_range *r, int unit, int64_t factor);

#endif
