/*
 * audience - who may see a card, an answer or an article: `country=NL contract=a,b`.
 *
 * Every key must hold one of its values. Values with blanks stand in quotes
 * (`unit="Customer Care"`). Keys and values compare without the case of A-Z. More
 * conditions are more specific.
 */
#ifndef CONTENT_AUDIENCE_H
#define CONTENT_AUDIENCE_H

#include "content/catalogue.h"
#include "content/place.h"

/* False after an error; then *out is empty. An empty text is everybody. */
bool audience_parse(const struct place *at, str text, struct audience *out);
/* True when some person could be in both. */
bool audience_overlaps(const struct audience *a, const struct audience *b);

#endif
