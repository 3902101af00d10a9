/*
 * pattern - all templates and regexes of the cards, compiled once, and one message held
 * against them.
 *
 * pattern_look takes a message: an index of required words marks the patterns that can
 * match at all; PCRE2 (JIT where the system allows it) decides those, when they are
 * asked about, at most once per message. Every match runs under a match limit, with a
 * bounded JIT stack; reaching the limit counts as no match and is counted.
 *
 * Templates match the whole message in plain form, with or without its padding; with
 * `search` they are found anywhere, at word boundaries. Regexes search the folded form.
 */
#ifndef NLU_PATTERN_H
#define NLU_PATTERN_H

#include "nlu/template.h"
#include "text/lang.h"

enum {
    PATTERN_MATCH_LIMIT = 50000,   /* steps of one match */
    PATTERN_CHECK_LIMIT = 100000,  /* of one hostile text at build */
    PATTERN_JIT_STACK = 256 * 1024 /* bytes */
};

struct pattern {
    int card;
    enum lang lang;
    int line;
    bool veto;      /* a line of Not */
    bool sign;      /* a line of Signs: what reads ordinary takes it back */
    bool search;    /* a template that is found anywhere: of a sensitive card */
    bool regex;     /* raw PCRE2 between slashes */
    size_t literal; /* bytes of text that every match has at least */
};

/* One message in the forms patterns are held against. */
struct subject {
    str folded;
    str plain;                /* of the whole */
    str unpadded[LANG_COUNT]; /* plain, without that language's padding */
};

struct pattern_set;
/* synonyms may be NULL; must outlive the last pattern_add. */
struct pattern_set *pattern_set_new(const struct synonyms *synonyms);
/* Another set of the same lines, for nothing: what they were compiled to is shared. It
 * may be at work on another thread. Either can be freed first. */
struct pattern_set *pattern_set_share(const struct pattern_set *ready);
void pattern_set_free(struct pattern_set *s); /* accepts NULL */

/* Compiles one line as HR wrote it and adds it, or tells d why not (see nlu.h). */
void pattern_add(struct pattern_set *s, const struct pattern *what, str text, str file,
                 struct diags *d);
/* Behind the last pattern_add. */
void pattern_ready(struct pattern_set *s, struct diags *d);

size_t pattern_count(const struct pattern_set *s);
const struct pattern *pattern_at(const struct pattern_set *s, size_t i);
size_t pattern_bytes(const struct pattern_set *s);
uint64_t pattern_limited(const struct pattern_set *s); /* matches given up so far */

/* The subject's texts must stay until the next look. */
void pattern_look(struct pattern_set *s, const struct subject *subject);
/* The n patterns that can match, in their order; until the next look. */
const uint32_t *pattern_possible(const struct pattern_set *s, size_t *n);
/* Whether it does; *literal gets the bytes of the match that are not [*]. */
bool pattern_matches(struct pattern_set *s, size_t i, size_t *literal);
/* The same without the index or memory of earlier answers, for the tests. */
bool pattern_matches_slowly(struct pattern_set *s, size_t i);

#endif
