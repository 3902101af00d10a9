/*
 * holiday - Dutch public holidays and the days that are named like them.
 */
#ifndef TEXT_HOLIDAY_H
#define TEXT_HOLIDAY_H

#include "text/token.h"

/* A holiday named at token i, without its article. *first and *last are its days in
 * `year`; false when none is named there. *end is the token behind the name. */
bool holiday_read(const struct tokens *t, size_t i, size_t *holiday, size_t *end);
void holiday_days(size_t holiday, int year, date_t *first, date_t *last);

#endif
