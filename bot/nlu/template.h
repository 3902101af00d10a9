/*
 * template - the patterns HR writes, as a regular expression.
 *
 *   hoeveel (vakantie|verlof)(dagen|uren) [heb ik] [nog] [over]
 *
 * (a|b)     one of these          [x], [x|y]  or not at all, its space with it
 * [*]       any words, or none    {date}      something of that kind (entity.h)
 * \         the next character is itself
 *
 * What touches in the template touches in the text: "ziek[ ]melden" is ziekmelden or
 * ziek melden. A template is matched against the plain form (plain.h), so case, accents,
 * apostrophes and punctuation do not matter on either side.
 *
 *   valid:   a (b|c) d       a [b [c]] d      vakantie[dagen]      [*] a [*]
 *   invalid: (a|b            a)               [a|]                 {data}      ()
 *   valid, but refused because it would match any message: [*]     [a] [b]
 *   "a [b] c" matches "a c" and "a b c"; not "ac", "a bc", "a b b c"
 */
#ifndef NLU_TEMPLATE_H
#define NLU_TEMPLATE_H

#include "base/diag.h"
#include "nlu/required.h"
#include "nlu/synonym.h"

enum {
    TEMPLATE_DEPTH_MAX = 8,    /* brackets in brackets */
    TEMPLATE_WILD_MAX = 3,     /* [*] in one template: each may cost a factor of length */
    TEMPLATE_LENGTH_MAX = 1000 /* bytes */
};

/* Where a template or regex was written; column of its first byte. */
struct place {
    str file;
    int line, column;
};

/* Words that stand for each other in templates of a language; synonyms may be NULL. */
struct template_words {
    const struct synonyms *synonyms;
    enum lang lang;
};

struct template_code {
    str regex;                    /* for PCRE2, unanchored; each [*] is a group */
    struct required_way required; /* sets of words; one of each stands in every match */
    size_t literal;               /* bytes of text that every match has at least */
    size_t wild;                  /* number of [*] */
};

/*
 * Compiles text (as written, not folded); all results live in a.
 *   RC_INVALID  with one error in d that names the column
 *   RC_LIMIT    longer, deeper or wilder than the bounds above; an error in d as well
 */
MUST_USE enum rc template_compile(struct arena *a, str text, const struct place *at,
                                  const struct template_words *words, struct diags *d,
                                  struct template_code *out);

#endif
