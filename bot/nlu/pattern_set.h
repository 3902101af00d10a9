/* pattern_set - the inside of pattern.h, shared by pattern.c and pattern_check.c. */
#ifndef NLU_PATTERN_SET_H
#define NLU_PATTERN_SET_H

#include <stdatomic.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "nlu/literal_index.h"
#include "nlu/pattern.h"

struct compiled {
    struct pattern is;
    pcre2_code *code;
};

/* A set of words of one way to match; behind the first set of a way come its others. */
struct clause {
    uint32_t pattern;
    uint32_t more; /* sets of the same way behind this one; 0 for those behind */
    bool first;
};

/* What the lines came to: sets of the same lines share it. Not changed once it is ready,
 * and it borrows nothing; the last set to be freed frees it. */
struct pattern_book {
    atomic_uint owners;
    struct arena *arena;
    VEC(struct compiled) list;
    struct literal_index *in_plain, *in_folded;
    VEC(uint32_t) always; /* patterns tried for every text */
    VEC(struct clause) clauses;
    size_t code_bytes;
    bool no_jit;
};

/* What became of a pattern. */
struct tried {
    uint32_t looked; /* number of the look that `matches` is about */
    bool matches;
    size_t matched; /* literal bytes of that match */
};

struct pattern_set {
    struct pattern_book *book;
    struct tried *tried;       /* by pattern */
    uint64_t *met;             /* bits by clause: its words stand in this text */
    uint64_t *marked;          /* bits by pattern: it can match this text */
    size_t met_words, n_words; /* of those bit sets */
    const struct synonyms *synonyms;
    struct subject subject;
    uint32_t look; /* number of the subject looked at last */
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    uint64_t limited;
};

/* Tries a fresh pattern on texts made to hurt. False after an error in d. */
bool pattern_check(struct pattern_set *s, const struct compiled *c, str source,
                   struct strs words, const struct place *at, struct diags *d);

#endif
