/*
 * slot - one line of a form: `from: date required future | nl Vanaf wanneer? | en From
 * when?`; and the slots `{a.b}` that texts leave open.
 */
#ifndef CONTENT_SLOT_H
#define CONTENT_SLOT_H

#include "content/catalogue.h"
#include "content/place.h"

/* False after an error. */
bool slot_parse(const struct place *at, str text, struct slot *out);

/* A slot in a text; name without the braces, which stand around it. */
bool slot_next(str text, size_t *pos, str *name);
/* A brace with a slot's name at it and no partner, in one line of text; *name is what
 * stands at it. False when there is none. People would read it as it is written. */
bool slot_broken(str line, size_t *pos, str *name);

/*
 * Parts like `nl Naam | en Name` for each language there is; a text without language
 * codes is one part for all (*shared). The parts are trimmed. False after an error
 * (a language twice, an empty part).
 */
bool lang_parts(const struct place *at, str text, str out[LANG_COUNT], bool *shared);

#endif
