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

/* One way to match: a word of each of its sets stands in the text. What a text has of the
 * sets is a bit for each: those that are a way's first, in words of their own, then
 * one that every text has, which stands for the sets a way lacks, then the others. */
struct way {
    uint32_t pattern;
    uint32_t also[REQUIRED_SETS - 1]; /* numbers of its other sets */
};

/* What the lines came to: sets of the same lines share it. Not changed once it is ready,
 * and it borrows nothing; the last set to be freed frees it. */
struct pattern_book {
    atomic_uint owners;
    struct arena *arena;
    VEC(struct compiled) list;
    struct literal_index *index;
    bool spans;           /* words of templates that are more than one word */
    VEC(uint32_t) always; /* patterns tried for every text */
    VEC(struct way) ways;
    VEC(struct required_way) words; /* of the sets of each */
    uint32_t sets, met_always;
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
    uint64_t *met;             /* bits by set: a word of it stands in this text */
    uint64_t *marked;          /* bits by pattern: it can match this text */
    size_t met_words, n_words; /* of those bit sets */
    uint32_t *possible;        /* the same patterns, in their order */
    size_t n_possible;
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
