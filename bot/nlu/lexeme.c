#include "nlu/lexeme.h"

#include <stdlib.h>

enum { SETS = 1 << 12, WAYS = 2, LINE = 64 };

/* The last two words of each place, in each language. */
struct set {
    struct lexeme way[WAYS];
};
struct lexemes {
    struct stemmer *stemmer;
    const struct synonyms *synonyms;
    struct set kept[LANG_COUNT][SETS];
};

struct lexemes *lexemes_new(const struct synonyms *s)
{
    struct lexemes *x = must_alloc(sizeof *x);
    x->stemmer = stemmer_new();
    x->synonyms = s;
    return x;
}

void lexemes_free(struct lexemes *x)
{
    if (!x)
        return;
    stemmer_free(x->stemmer);
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

void lexeme_expect(const struct lexemes *x, enum lang l, const struct word_key *key)
{
    const char *set = (const char *)&x->kept[l == LANG_NONE ? 0 : l][place_of(key)];
    for (size_t at = 0; at < sizeof(struct set); at += LINE)
        __builtin_prefetch(set + at);
}

/* A number, which is its own stem, is another one each time: it is not kept. */
void lexeme_read(struct lexemes *x, enum lang l, str word, const struct word_key *key,
                 struct lexeme *out)
{
    if (l == LANG_NONE || key->eight[0] == 0) {
        read_anew(x, l, word, false, out);
        return;
    }
    struct lexeme *way = x->kept[l][place_of(key)].way;
    bool first = word_key_same(&way[0].key, key);
    uint8_t at = !first;
    if (!(first | word_key_same(&way[1].key, key))) {
        if (has_digit(word)) {
            read_anew(x, l, word, true, out);
            return;
        }
        at = !way[0].recent;
        read_anew(x, l, word, false, &way[at]);
        way[at].key = *key;
    }
    way[0].recent = at;
    *out = way[at];
}
