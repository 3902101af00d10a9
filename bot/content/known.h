/*
 * known - every fixed name HR may write, English and Dutch, in one place; and how a name
 * that is not among them is told with the one that was probably meant.
 *
 * Case, blanks, `_` and `-` inside a name do not matter. To add a look-up, a person's
 * slot or another word for a heading: add it to the tables in known.c.
 */
#ifndef CONTENT_KNOWN_H
#define CONTENT_KNOWN_H

#include "content/catalogue.h"

struct known {
    const char *name;
    int value;
};
struct known_names {
    const struct known *v;
    size_t n;
    bool aliases; /* names of one value mean the same thing */
};

enum section_type {
    SECTION_SAY,
    SECTION_PATTERNS,
    SECTION_SIGNS, /* of sensitive.md only */
    SECTION_NOT,
    SECTION_ANSWER,
    SECTION_ASK,
    SECTION_DO,
    SECTION_TESTS,
};
enum key_type {
    KEY_NAME,
    KEY_OWNER,
    KEY_REVIEW_BY,
    KEY_MINUTES,
    KEY_SOURCE,
    KEY_AUDIENCE,
    KEY_VALID_FROM,
    KEY_VALID_TO,
    KEY_TOPIC,
    KEY_QUEUE,
    KEY_TITLE, /* from here on: front matter only */
    KEY_LANGUAGE,
    KEY_UPDATED,
    KEY_ALSO,
    KEY_COUNT,
};
enum slot_word { SLOT_REQUIRED, SLOT_FUTURE, SLOT_PAST };
enum target_word { TARGET_NONE, TARGET_CHOICE, TARGET_ARTICLE };
enum route_column {
    ROUTE_UNIT,
    ROUTE_TOPIC,
    ROUTE_ROLE,
    ROUTE_LANGUAGE,
    ROUTE_SENSITIVITY,
    ROUTE_QUEUE,
    ROUTE_PARTNER,
    ROUTE_COLUMNS,
};

extern const struct known_names known_sections;      /* enum section_type */
extern const struct known_names known_keys;          /* of a card: enum key_type */
extern const struct known_names known_front;         /* of an article: enum key_type */
extern const struct known_names known_types;         /* enum slot_type */
extern const struct known_names known_words;         /* enum slot_word */
extern const struct known_names known_actions;       /* enum action_type */
extern const struct known_names known_targets;       /* enum target_word */
extern const struct known_names known_routing;       /* enum route_column */
extern const struct known_names known_queues;        /* there without routing.csv */
extern const struct known_names known_languages;     /* enum lang */
extern const struct known_names known_sensitivities; /* whether it is sensitive */
extern const struct known_names known_purposes;
extern const struct known_names known_lookups; /* look-ups by number */
extern const struct known_names known_slots;   /* slots of all look-ups: its number */
extern const struct known_names known_person;  /* person.* */

/* The value of a name; false when it is not known. */
bool known_find(const struct known_names *k, str text, int *value);
/* The first name that has this value. */
const char *known_name(const struct known_names *k, int value);
/* "; probably meant `owner`?" or, where none is near, "; known are name, owner ..." */
str known_hint(struct arena *a, const struct known_names *k, str text);
/* "; probably meant ...?" among any words, or an empty text. */
str known_near(struct arena *a, struct strs words, str text);

#endif
