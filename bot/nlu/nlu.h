/*
 * nlu - from a question to cards: exact phrase, pattern, examples; and its language.
 *
 * Built once per catalogue on the builder's thread (training may take seconds; a cache
 * keyed by content hash avoids it), immutable afterwards, used on the loop thread only
 * (it owns scratch and a stemmer). All questions are in folded form (text/normalise.h).
 *
 * Only cards that are allowed for the person and the day are ranked: the caller passes a
 * mask of card indexes. The card "none" is never returned as a candidate.
 */
#ifndef NLU_NLU_H
#define NLU_NLU_H

#include "content/catalogue.h"
#include "store/cache.h"
#include "text/word.h"

struct nlu;

enum { NLU_CANDIDATES = 3 };

/* What HR chose in the settings. */
enum boldness { BOLD_CAREFUL, BOLD_BALANCED, BOLD_EAGER };
enum band { BAND_DECLINE, BAND_CHOICE, BAND_ANSWER };

struct candidate {
    int card;     /* index in catalogue->cards */
    double score; /* calibrated probability 0..1 that this card is meant */
};

struct nlu_result {
    struct candidate v[NLU_CANDIDATES]; /* best first, real intents only */
    size_t n;
    double none;    /* probability of "not for HR" */
    enum band band; /* of the best, by the boldness */
};

/*
 * Compiles the patterns (errors and warnings to d: bad template, endless regex, pattern
 * that can match everything), indexes exact phrases (same phrase in two cards: a
 * warning), trains or takes from the cache the classifier of each language. What is the
 * same as in `previous` (may be NULL; may be at work on another thread) is shared with
 * it; either can be freed first. d's arena must outlive the call only.
 */
void nlu_build(const struct catalogue *c, const struct nlu *previous, struct cache *cache,
               struct diags *d, struct nlu **out);
void nlu_free(struct nlu *n); /* accepts NULL */

/* The words of a question, cut once for everybody; until another one is asked about. */
const struct words *nlu_cut(struct nlu *n, str folded);

/* Language of a question; *sure in 0..1. LANG_NONE when nothing tells (digits, emoji). */
enum lang nlu_language(struct nlu *n, str folded, double *sure);

/* How many of its words are small words of Dutch or English; *first: a bit for each of
 * the first 64 words that is one. */
size_t nlu_small_words(struct nlu *n, str folded, uint64_t *first);

/* The question without greeting, polite padding and end punctuation ("hoi, weet iemand
 * misschien of ...?"). A part of folded; never empty unless folded is. */
str nlu_unpad(struct nlu *n, enum lang l, str folded);

/* Sensitive cards: their patterns search anywhere in the text and their nots veto; where
 * none fits, the signs of signs.md (nlu/signs.h). Returns the card's index or -1; every
 * language is tried, whatever the question's is. */
struct alarm {
    int line; /* of the pattern in the card's file, or of the sign in signs.md */
    str sign; /* the sign as HR wrote it; STR_NONE: a pattern */
    double
        hunch; /* how much it reads like someone telling of such a thing (nlu/hunch.h) */
    str told, ordinary; /* the phrases most like it, for --why; STR_NONE: far from all */
    bool calmed; /* there was a pattern, but a `none` of signs.md (its line) or the hunch
                  * took it back */
};
/* floor: the least hunch that makes a difference to the caller; one below it is told as
 * something below it, and without its kin. 0: exactly. */
int nlu_sensitive(struct nlu *n, str folded, double floor, struct alarm *why);

/* Cards whose example phrase is this very text (after nlu_unpad, both sides). -1 when
 * none. Ties go to *other (second card), -1 when unique. l LANG_NONE: any language. */
int nlu_exact(struct nlu *n, enum lang l, str folded, const bool *allowed, int *other);

/* True when it is an example phrase of a card "none": HR wrote down that it is not for
 * HR. */
bool nlu_background(struct nlu *n, enum lang l, str folded);

/* The card one of whose patterns matches: templates match the whole unpadded text,
 * regexes search. Several cards: the more specific (longer literal part) wins, equal:
 * *other is the second. */
int nlu_pattern(struct nlu *n, enum lang l, str folded, const bool *allowed, int *other,
                int *pattern_line);

/* True when a `Not` template of the card matches the text: the card is out at every step.
 */
bool nlu_vetoed(struct nlu *n, int card, enum lang l, str folded);

/* The classifier. Vetoed and not allowed cards are left out and the rest renormalised. */
void nlu_rank(struct nlu *n, enum lang l, str folded, const bool *allowed,
              enum boldness b, struct nlu_result *out);

/* Words that counted for the card against its runner-up, best first, for --why. Texts
 * live in a. */
struct weighed_word {
    str word;
    double weight;
};
size_t nlu_words(struct nlu *n, struct arena *a, enum lang l, str folded, int card,
                 int rival, struct weighed_word *out, size_t max);
/* Scores at and above which the bands begin. */
void nlu_bars(const struct nlu *n, enum lang l, enum boldness b, double *choice,
              double *answer);
/* Bytes held, for the benchmark. */
size_t nlu_bytes(const struct nlu *n);

#endif
