/*
 * vocabulary - the words of one language's sections and of its synonyms.
 *
 * A *word* is a folded surface form; a *term* is what is indexed: a stem, or a phrase of
 * stems ("annual leav") that a synonym names. Words point at their term. Filled while the
 * index is built, then frozen: vocabulary_freeze makes the tables for typo repair,
 * compounds and relatives; afterwards nothing is added.
 */
#ifndef SEARCH_VOCABULARY_H
#define SEARCH_VOCABULARY_H

#include "base/map.h"
#include "search/options.h"
#include "text/word.h"

typedef uint32_t term_t;
#define TERM_NONE UINT32_MAX

enum {
    VOCABULARY_WORD_MAX = 64, /* bytes of a word; the rest is not looked at */
    VOCABULARY_PARTS_MAX = 4,
};

struct vocabulary_word {
    str text;
    term_t term;
    uint32_t count;      /* in the texts; 0: known from a synonym only */
    uint32_t first_part; /* in vocabulary.parts */
    uint8_t n_parts;
    bool stop;
};

struct vocabulary_term {
    str text;
    uint32_t count;     /* in the texts, phrases excepted */
    uint32_t word;      /* its commonest form, for people to read */
    term_t family;      /* first term with the same root */
    term_t next_family; /* ring of them; itself when alone */
    bool phrase;
};

/* A word that a misspelt one may be repaired to. */
struct near_word {
    uint32_t word;
    uint32_t letters; /* bit per letter that it has */
};

struct vocabulary {
    struct arena *arena;
    enum lang lang;
    struct search_options options;
    struct stemmer *stemmer;
    struct map word_ids, term_ids;
    struct map families; /* Dutch: root -> first term */
    VEC(struct vocabulary_word) words;
    VEC(struct vocabulary_term) terms;
    VEC(term_t) parts;
    uint32_t *gram_start; /* typo.c: words by trigram, CSR */
    uint32_t *gram_words;
    uint8_t *gram_hits;   /* scratch of one repair: a count per word */
    uint32_t *near_start; /* typo.c: words by first byte and length, CSR */
    struct near_word *near;
    uint8_t *beginnings; /* beginning.c: bits */
    uint32_t beginnings_mask;
};

void vocabulary_init(struct vocabulary *v, struct arena *a, enum lang l,
                     const struct search_options *o);
void vocabulary_done(struct vocabulary *v);
/* Makes room for about as many words as another one has. */
void vocabulary_expect(struct vocabulary *v, const struct vocabulary *like);

/* The word's number, added when new; counted when it stands in a text. */
uint32_t vocabulary_add(struct vocabulary *v, str word, bool in_text);
/* Counts a word that stands in a text n times more. */
void vocabulary_count(struct vocabulary *v, uint32_t word, uint32_t n);
/* Adds a word of another index's vocabulary, not counted yet; known: the term of its
 * stem, TERM_NONE when it has to be looked up. */
uint32_t vocabulary_take(struct vocabulary *v, const struct vocabulary *from,
                         uint32_t word, term_t known);
/* NULL when unknown. */
const struct vocabulary_word *vocabulary_word(const struct vocabulary *v, str word);
/* The stem of any folded word; borrowed until the next call. */
str vocabulary_stem(struct vocabulary *v, str word);
/* TERM_NONE when unknown. */
term_t vocabulary_term(const struct vocabulary *v, str stem);
term_t vocabulary_add_term(struct vocabulary *v, str stem);
/* The first term related to a word, which need not be known; TERM_NONE. */
term_t vocabulary_family(struct vocabulary *v, str word);
/* A term as people write it; in a when it is a phrase. */
str vocabulary_shown(const struct vocabulary *v, struct arena *a, term_t t);
/* Once, after the last word: parts of compounds, families, trigrams. */
void vocabulary_freeze(struct vocabulary *v);

/* compound.c: the parts of a word by the vocabulary's other words, as terms; 0 when it is
 * none. Works for words the vocabulary lacks, too. */
size_t compound_split(struct vocabulary *v, str word, term_t out[VOCABULARY_PARTS_MAX]);
/* What a compound is a kind of, when only its last part is known; TERM_NONE. */
term_t compound_tail(struct vocabulary *v, str word);
/* "dagen vrij" is no Friday: a weekday is made of words, but never joined of them. */
bool compound_is_weekday(const struct vocabulary *v, str word);
/* One word of two neighbours when the texts have it; TERM_NONE. begin: beginning_of the
 * left one. */
term_t compound_join(struct vocabulary *v, str left, uint32_t begin, str right);

/* typo.c */
void typo_prepare(struct vocabulary *v);
/* The words nearest to a misspelt one, best first; returns how many (at most max). */
size_t typo_repair(struct vocabulary *v, str word, uint32_t *out, size_t max);
/* Words that share the most trigrams, however far: for questions that find nothing. */
size_t typo_resembling(struct vocabulary *v, str word, uint32_t *out, size_t max);

/* beginning.c: whether front + link + rest may have a stem or root in the vocabulary;
 * front is given by its hash and length. */
void beginning_prepare(struct vocabulary *v);
uint32_t beginning_of(str front);
bool beginning_fits(const struct vocabulary *v, uint32_t front, size_t front_n, str link,
                    str rest);
/* The letters (beginning_letter) with which a word may go on behind front: where link or
 * rest begins with another one, beginning_fits is false. */
uint32_t beginning_goes_on(const struct vocabulary *v, uint32_t front, size_t front_n);
/* A bit for each letter, and one for all other signs. */
static inline uint32_t beginning_letter(char c)
{
    unsigned at = (unsigned)(unsigned char)c - 'a';
    return 1u << MIN(at, 26u);
}

/* family.c: what related Dutch forms have in common ("opzeg" of opzegg, opgezegd);
 * written to scratch. The stem itself for other languages. */
str family_root(enum lang l, str stem, char scratch[VOCABULARY_WORD_MAX]);
/* op, af, mee ...: the part of a Dutch verb that can stand apart. */
bool family_is_particle(str word);

#endif
