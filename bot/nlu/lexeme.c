#include "nlu/lexeme.h"

#include <stddef.h>
#include <stdlib.h>

enum {
    SETS = 1 << 12,
    WAYS = 2,
    KEPT_STEM = LEXEME_KEPT - (int)offsetof(struct lexeme, stem)
};

/* The last two words of each place, in each language: a cache line each. */
struct kept {
    unsigned char of[LEXEME_KEPT];
};
struct lexemes {
    struct stemmer *stemmer;
    const struct synonyms *synonyms;
    unsigned char recent[LANG_COUNT][SETS]; /* which of a set was read last */
    struct kept *kept;                      /* [LANG_COUNT][SETS][WAYS], in lines of */
    void *block;
};

struct lexemes *lexemes_new(const struct synonyms *s)
{
    struct lexemes *x = must_alloc(sizeof *x);
    x->stemmer = stemmer_new();
    x->synonyms = s;
    x->block = must_alloc((size_t)LANG_COUNT * SETS * WAYS * LEXEME_KEPT + LEXEME_KEPT);
    uintptr_t from = (uintptr_t)x->block + LEXEME_KEPT - 1;
    x->kept = (struct kept *)(from - from % LEXEME_KEPT);
    return x;
}

void lexemes_free(struct lexemes *x)
{
    if (!x)
        return;
    stemmer_free(x->stemmer);
    free(x->block);
    free(x);
}

static bool has_digit(str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] >= '0' && word.p[i] <= '9')
            return true;
    return false;
}

static void read_anew(struct lexemes *x, enum lang l, str word, bool digits,
                      struct lexeme *to)
{
    str s = digits ? word : stem(x->stemmer, l, word);
    s.n = MIN(s.n, (size_t)LEXEME_STEM_MAX);
    *to = (struct lexeme){.n_stem = (uint8_t)s.n, .term = -1};
    memcpy(to->stem, s.p, s.n);
    to->hash = lexeme_hash(LEXEME_HASH, s.p, s.n);
    to->bit = (uint8_t)synonyms_bit(s);
    if (x->synonyms) {
        to->longest = (uint8_t)synonyms_longest_from(x->synonyms, l, s);
        to->seconds = to->longest > 1 ? synonyms_seconds(x->synonyms, l, s) : 0;
        to->term = to->longest > 0 ? synonyms_term(x->synonyms, l, s) : -1;
    }
}

static size_t place_of(const struct word_key *key)
{
    return word_key_spread(key) % SETS;
}

static struct kept *set_of(const struct lexemes *x, enum lang l, size_t place)
{
    return x->kept + ((size_t)l * SETS + place) * WAYS;
}

void lexeme_expect(const struct lexemes *x, enum lang l, const struct word_key *key)
{
    const struct kept *set = set_of(x, l == LANG_NONE ? LANG_NL : l, place_of(key));
    for (int i = 0; i < WAYS; i++)
        __builtin_prefetch(&set[i]);
}

static bool is_kept(const struct kept *k, const struct word_key *key)
{
    struct word_key own;
    memcpy(&own, k->of, sizeof own);
    return word_key_same(&own, key);
}

/* A number, which is its own stem, is another one each time: it is not kept. */
void lexeme_read(struct lexemes *x, enum lang l, str word, const struct word_key *key,
                 struct lexeme *out)
{
    if (l == LANG_NONE || key->eight[0] == 0) {
        read_anew(x, l, word, false, out);
        return;
    }
    size_t place = place_of(key);
    struct kept *set = set_of(x, l, place);
    unsigned char *recent = &x->recent[l][place];
    bool first = is_kept(&set[0], key);
    if (first | is_kept(&set[1], key)) {
        *recent = !first;
        memcpy(out, set[!first].of, LEXEME_KEPT);
        return;
    }
    bool digits = has_digit(word);
    read_anew(x, l, word, digits, out);
    out->key = *key;
    if (digits || out->n_stem > KEPT_STEM)
        return;
    *recent = !*recent;
    memcpy(set[*recent].of, out, LEXEME_KEPT);
}
