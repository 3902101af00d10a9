/*
 * catalogue - everything HR wrote, checked and immutable: cards, articles, words,
 * notices.
 *
 * Made by content_load (load.h) in one arena, never changed afterwards; a reload makes a
 * new one. Indexes (card, article, section numbers) are valid within one catalogue only;
 * what outlives it keeps ids and paths. All texts are UTF-8; `folded` is the form of
 * text/normalise.h. Dates are inclusive; DATE_NONE is "open".
 */
#ifndef CONTENT_CATALOGUE_H
#define CONTENT_CATALOGUE_H

#include "base/clock.h"
#include "base/diag.h"
#include "base/map.h"
#include "text/lang.h"

/* Who may see it: every key must hold one of its values ("country=NL contract=a,b"). */
struct condition {
    str key;
    struct strs values;
};
struct audience {
    const struct condition *v;
    size_t n;
};

/* What is known about the person asking: columns of the people table. n == 0: anonymous.
 */
struct trait {
    str key, value;
};
struct traits {
    const struct trait *v;
    size_t n;
};

enum fit {
    FIT_YES,
    FIT_NO,      /* the person has another value */
    FIT_UNKNOWN, /* the person lacks the attribute: logging in, or HR's data, would tell
                  */
};
enum fit audience_fit(const struct audience *a, const struct traits *t);

/* One line as HR wrote it. */
struct phrase {
    str text, folded;
    int line;
};
struct phrases {
    VEC(struct phrase) list;
};

/* An answer in Markdown; slots ({leave.left}) are still open in all three forms. */
struct answer {
    enum lang lang;
    struct audience audience;
    str markdown, html, text;
    int line;
};

enum slot_type {
    SLOT_DATE,
    SLOT_PERIOD,
    SLOT_DURATION,
    SLOT_AMOUNT,
    SLOT_CHOICE,
    SLOT_TEXT,
    SLOT_YESNO,
    SLOT_PERSON,
};

/* One line of Ask. A choice's option is {name shown in Dutch, in English}. */
struct slot_option {
    str label[LANG_COUNT];
};
struct slot {
    str name;
    enum slot_type type;
    bool required, future, past;
    int64_t least, most; /* of an amount, in hundredths; equal: no bounds */
    const struct slot_option *options;
    size_t n_options;
    str prompt[LANG_COUNT];
    /* asked only when that earlier slot (a choice or yesno) has this value: the Dutch
     * name of an option, "ja" or "nee"; empty: always */
    str if_slot, if_value;
    int line;
};

enum action_type { ACTION_LOOKUP, ACTION_TICKET, ACTION_HANDOFF, ACTION_TICKETS };
struct action {
    enum action_type type;
    str arg; /* look-up's name, ticket's queue, what is done with the person's own
                tickets; empty for a hand-off */
    int line;
};

enum expect { EXPECT_CARD, EXPECT_NONE, EXPECT_CHOICE, EXPECT_ARTICLE };
struct card_test {
    str text;
    enum lang lang;
    enum expect expect;
    str target; /* card id or article path without language; STR_NONE for the card itself
                 */
    VEC(struct trait) slots;
    int line;
};

/* A reference to an article, per language ("leave/balance#How to read it"). */
struct source_ref {
    str path, heading;    /* heading may be empty */
    int article, section; /* resolved; -1 when that language has none */
};

struct card {
    str id, file;
    int line;
    uint64_t hash;        /* of its source text: its version */
    bool sensitive;       /* from sensitive.md: patterns search anywhere, matched first */
    bool none;            /* the card "none": what is not for HR */
    str name[LANG_COUNT]; /* label for people; the id when not written */
    str owner;
    str topic; /* the id up to its first dot when not written */
    str queue; /* the ticket's when not written */
    date_t review_by, valid_from, valid_to;
    int minutes;
    struct audience audience;
    struct source_ref source[LANG_COUNT];
    struct phrases say[LANG_COUNT], patterns[LANG_COUNT], nots[LANG_COUNT];
    struct phrases
        signs[LANG_COUNT]; /* of a sensitive card: patterns that can be wrong */
    VEC(struct answer) answers;
    VEC(struct slot) slots; /* n > 0: the card is a form */
    VEC(struct action) actions;
    VEC(struct card_test) tests;
};

struct pack;
struct text_shelf;

struct section {
    int article;
    int level;      /* of its heading; 0: text before the first heading */
    bool reference; /* where the text comes from (heading.h): never an answer */
    str heading;    /* own heading; the title for level 0 and the first of level 1 */
    str path;       /* headings above it, " > " between, without the title */
    str anchor;
    const struct pack *pack; /* what it says (texts.h): */
    uint32_t place;          /* which one of the pack */
    uint32_t n_text;         /* bytes of its plain text; 0: it has none */
    int line;
};

struct article {
    str path; /* relative to the knowledge folder: "nl/leave/balance.md"; rows of a table
               * of questions share theirs */
    str key;  /* without language folder and ending: "leave/balance" */
    enum lang lang;
    str title, owner, also;
    struct audience audience;
    date_t valid_from, valid_to, review_by, updated;
    size_t first_section, n_sections;
    uint64_t hash; /* of its file */
    int before;    /* the same article, unchanged, in the previous catalogue; -1: none */
};

/* "a = b = c" (both ways) or "a => b" (one way), all folded. */
struct synonym {
    VEC(str) terms; /* two_way: all alike; else v[0] is the left side */
    bool two_way;
    str file;
    enum lang lang; /* LANG_NONE: all */
    int line;
};

/* A line of signs.md: a class of words ("manager": "baas, chef") or a sign
 * ("sensitive.conflict": "manager + shouts"). */
struct sign_line {
    enum lang lang;
    str name, value;
    str file;
    int line;
};

/* A line of told.md, told-nl.md and the like: what somebody tells, or what only looks
 * like it. */
struct told_line {
    enum lang lang;
    str card; /* STR_NONE: ordinary */
    str folded;
    str file;
    int line, column;
};

/* A row of routing.csv; empty fields match everything. */
struct route {
    str unit, topic, role, queue, partner;
    enum lang lang; /* of the conversation; LANG_NONE: any */
    bool sensitive; /* a line of its own: others take no sensitive ticket */
    int line;
};

struct catalogue {
    struct arena *arena;
    VEC(struct card) cards; /* the sensitive ones and "none" among them */
    VEC(struct article) articles;
    VEC(struct section) sections;
    VEC(struct synonym) synonyms;
    VEC(struct sign_line) sign_words, signs;
    VEC(struct told_line) told;
    struct map told_lines; /* language and folded text -> index in told */
    VEC(struct route) routes;
    VEC(struct trait) contacts; /* contacts.md: {contact.KEY} */
    struct map card_by_id;      /* -> index in cards */
    bool *open_cards;           /* by card: answers anybody, on any day */
    VEC(size_t) bound_cards;    /* those that answer some people, or on some days */
    struct map article_by_path; /* the first of those that share a path */
    struct origins *origins;    /* for the next load; see origin.h */
    /* What article.before counts in. To be compared only: it may be gone. */
    const struct catalogue *previous;
    VEC(struct text_shelf *) shelves; /* where the packs of its sections lie (texts.h) */
    size_t text_bytes;                /* of those packs: a shelf may have others, too */
    str notice[LANG_COUNT];           /* plain text */
    uint64_t hash;                    /* of all content */
    struct diags diags;
};

/* NULL when there is none. */
const struct card *catalogue_card(const struct catalogue *c, str id);
/* Today within valid_from..valid_to. */
bool card_is_valid(const struct card *c, date_t today);
/* The first section with this heading in the article, or in those behind it that share
 * its path; -1 when there is none. */
int article_section(const struct catalogue *c, int article, str heading);
bool article_is_valid(const struct article *a, date_t today);
/* The answer for this person: most specific audience that fits; NULL when none does. */
const struct answer *card_answer(const struct card *c, enum lang l,
                                 const struct traits *t);

/* Held by it, shared or not. */
size_t catalogue_bytes(const struct catalogue *c);

#endif
