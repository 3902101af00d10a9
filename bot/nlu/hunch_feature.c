#include "nlu/hunch_feature.h"

#include "base/str.h"

enum {
    PREFIX_MIN = 4, /* beginnings of 4 to 6 bytes: what is left when endings go, */
    PREFIX_MAX = 6, /* and the first part of a Dutch compound */
};

/* Kinds of features; each has numbers of its own. */
enum kind {
    WORD = 1,
    PREFIX,
    NEIGHBOURS,
    NEXT_BUT_ONE,
    LAST_WORD,
    LAST_NEIGHBOURS,
    ASKS,
    LENGTH,
    CLASS,
    KNOWN
};

static uint32_t number_of(enum kind kind, uint64_t hash)
{
    hash = (hash + kind) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 32) * 0xbf58476d1ce4e5b9u;
    return (uint32_t)(hash >> (64 - HUNCH_BITS));
}

/* Written in any case, and kept if it is so: without a branch. There is room. */
static inline void put_if(struct hunch_features *f, bool so, enum kind kind,
                          uint64_t hash)
{
    f->v[f->n] = number_of(kind, hash);
    f->n += so;
}

static void put(struct hunch_features *f, enum kind kind, uint64_t hash)
{
    if (f->n < HUNCH_FEATURES_MAX)
        put_if(f, true, kind, hash);
}

static uint64_t pair(uint64_t first, uint64_t second)
{
    return first * 0x2545f4914f6cdd1du + second;
}

/* Puts the word and its beginnings, hashed in one go (FNV-1a); returns its hash. */
static uint64_t put_word(struct hunch_features *f, str word)
{
    uint64_t h = 14695981039346656037u, begins[PREFIX_MAX + 2];
    for (size_t i = 0; i < word.n; i++) {
        begins[MIN(i, (size_t)PREFIX_MAX + 1)] = h; /* of the bytes before it */
        h = (h ^ (unsigned char)word.p[i]) * 1099511628211u;
    }
    for (size_t i = PREFIX_MIN; i <= PREFIX_MAX; i++)
        put_if(f, i < word.n, PREFIX, i < word.n ? begins[i] : 0);
    put_if(f, true, WORD, h);
    return h;
}

static bool is_stop(char c)
{
    return c == ',' || c == '.' || c == ';' || c == ':' || c == '!' || c == '?' ||
        c == '\n';
}

/* The number of the first word behind the last stop between words; 0: there is none. */
static size_t last_clause(str folded, const struct words *words)
{
    const struct word *w = words->list.v;
    size_t n = MIN(words->list.n, (size_t)HUNCH_WORDS_MAX);
    while (n-- > 1)
        for (size_t i = w[n - 1].to; i < w[n].from; i++)
            if (is_stop(folded.p[i]))
                return n;
    return 0;
}

/* The core of n words, HUNCH_WORDS_MAX at most: no more than CORE_MAX features. */
enum { CORE_MAX = HUNCH_WORDS_MAX * (PREFIX_MAX - PREFIX_MIN + 4) + 1 };
_Static_assert((int)CORE_MAX < (int)HUNCH_FEATURES_MAX, "there is room for the core");

static void put_core(const struct word *words, size_t n, struct hunch_features *out)
{
    uint64_t before = 1, before_that = 0; /* 1: where it begins and ends; 0: nothing */
    out->n = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t h = put_word(out, words[i].text);
        put_if(out, true, NEIGHBOURS, pair(before, h));
        put_if(out, before_that != 0, NEXT_BUT_ONE, pair(before_that, h));
        before_that = i > 0 ? before : 0;
        before = h;
    }
    if (n > 0)
        put_if(out, true, NEIGHBOURS, pair(before, 1));
    out->core = out->n;
}

void hunch_core(str plain, struct hunch_features *out)
{
    struct word words[HUNCH_WORDS_MAX];
    size_t n = 0;
    for (str rest = plain; rest.n > 0 && n < HUNCH_WORDS_MAX; n++)
        words[n].text = str_cut(&rest, ' ');
    put_core(words, n, out);
}

/* The words from number `first` on. */
static void put_last(struct hunch_features *f, const struct words *words, size_t first)
{
    uint64_t before = 1;
    size_t n = MIN(words->list.n, (size_t)HUNCH_WORDS_MAX);
    for (size_t i = first; i < n; i++) {
        uint64_t h = str_hash(words->list.v[i].text);
        put(f, LAST_WORD, h);
        put(f, LAST_NEIGHBOURS, pair(before, h));
        before = h;
    }
}

/* A word or two tell little, and nobody asks for an hour off in forty. */
static void put_length(struct hunch_features *f, size_t words, bool clauses)
{
    static const size_t bounds[] = {4, 7, 11, 16, 24};
    size_t i = 0;
    while (i < LEN(bounds) && words >= bounds[i])
        i++;
    put(f, LENGTH, i);
    put(f, LENGTH, LEN(bounds) + 1 + clauses);
}

static void put_classes(struct hunch_features *f, const struct sign_hits *hits)
{
    for (size_t w = 0; w < LEN(hits->present); w++)
        for (uint64_t bits = hits->present[w]; bits; bits &= bits - 1)
            put(f, CLASS, w * 64 + (size_t)__builtin_ctzll(bits));
}

void hunch_features(str folded, const struct words *words, const struct sign_hits *hits,
                    const struct hunch_evidence *known, struct hunch_features *out)
{
    put_core(words->list.v, MIN(words->list.n, (size_t)HUNCH_WORDS_MAX), out);
    if (out->n == 0)
        return;
    size_t last = last_clause(folded, words);
    if (last > 0)
        put_last(out, words, last);
    put(out, ASKS, memchr(folded.p, '?', folded.n) != NULL);
    put_length(out, words->list.n, last > 0);
    put_classes(out, hits);
    put(out, KNOWN, 0 + (uint64_t)known->pattern);
    put(out, KNOWN, 2 + (uint64_t)known->sign);
    put(out, KNOWN, 4 + (uint64_t)known->calms);
}
