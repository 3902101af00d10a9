/*
 * card - from a scanned card to struct card: keys, sections, and the lines in them.
 */
#ifndef CONTENT_CARD_H
#define CONTENT_CARD_H

#include "content/draft.h"
#include "content/place.h"
#include "content/scan.h"

/* The headings a card has, for scan_text. */
extern const struct scan_rules card_rules;

/* Reads everything, also behind a mistake, so that HR sees all of them; out->broken tells
 * whether there was one. `at` gives arena, diags and file. */
void card_read(const struct place *at, const struct scan_card *s, struct card_draft *out);

/* The parts, in files of their own. Each returns false after an error. */
bool card_read_key(const struct place *at, str item, struct card_draft *out, bool seen[]);
bool card_read_action(const struct place *at, str item, struct action *out);
bool card_read_test(const struct place *at, str item, const struct card *c, enum lang l,
                    struct card_test *out);
/* A section's heading taken apart: "Answer nl country=BE" is SECTION_ANSWER, Dutch,
 * "country=BE". False when no section is called so. */
bool card_heading(str heading, int *type, enum lang *lang, str *rest);
/* Letters, digits, dots, dashes, underscores; at most CARD_ID_MAX. */
bool card_is_id(str s);

enum { CARD_ID_MAX = 80 };

#endif
