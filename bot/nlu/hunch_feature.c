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

static void put(struct hunch_features *f, enum kind kind, uint64_t hash)
{
    hash = (hash + kind) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 32) * 0xbf58476d1ce4e5b9u;
    if (f->n < HUNCH_FEATURES_MAX)
        f->v[f->n++] = (uint32_t)(hash >> (64 - HUNCH_BITS));
}

static uint64_t pair(uint64_t first, uint64_t second)
{
    return first * 0x2545f4914f6cdd1du + second;
}

/* Puts the word and its beginnings, hashed in one go (FNV-1a); returns its hash. */
static uint64_t put_word(struct hunch_features *f, str word)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < word.n; i++) {
        if (i >= PREFIX_MIN && i <= PREFIX_MAX)
            put(f, PREFIX, h);
        h = (h ^ (unsigned char)word.p[i]) * 1099511628211u;
    }
    put(f, WORD, h);
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

static str next_word(str plain, size_t *from)
{
    const char *blank = memchr(plain.p + *from, ' ', plain.n - *from);
    size_t begin = *from, end = blank ? (size_t)(blank - plain.p) : plain.n;
    *from = end + 1;
    return str_sub(plain, begin, end);
}

void hunch_core(str plain, struct hunch_features *out)
{
    uint64_t before = 1, before_that = 0; /* 1: where it begins and ends; 0: nothing */
    size_t n = 0;
    out->n = 0;
    for (size_t from = 0; from < plain.n && n < HUNCH_WORDS_MAX; n++) {
        str word = next_word(plain, &from);
        uint64_t h = put_word(out, word);
        put(out, NEIGHBOURS, pair(before, h));
        if (before_that)
            put(out, NEXT_BUT_ONE, pair(before_that, h));
        before_that = n > 0 ? before : 0;
        before = h;
    }
    if (n > 0)
        put(out, NEIGHBOURS, pair(before, 1));
    out->core = out->n;
}

/* The words from number `first` on. */
static void put_last(struct hunch_features *f, str plain, size_t first)
{
    uint64_t before = 1;
    size_t n = 0;
    for (size_t from = 0; from < plain.n && n < HUNCH_WORDS_MAX; n++) {
        str word = next_word(plain, &from);
        if (n < first)
            continue;
        uint64_t h = str_hash(word);
        put(f, LAST_WORD, h);
        put(f, LAST_NEIGHBOURS, pair(before, h));
        before = h;
    }
}

/* A word or two tell little, and nobody asks for an hour off in forty. */
static void put_length(struct hunch_features *f, str plain, bool clauses)
{
    static const size_t bounds[] = {4, 7, 11, 16, 24};
    size_t words = 1, i = 0;
    for (size_t k = 0; k < plain.n; k++)
        words += plain.p[k] == ' ';
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

void hunch_features(str folded, const struct words *words, str plain,
                    const struct sign_hits *hits, const struct hunch_evidence *known,
                    struct hunch_features *out)
{
    hunch_core(plain, out);
    if (out->n == 0)
        return;
    size_t last = last_clause(folded, words);
    if (last > 0)
        put_last(out, plain, last);
    put(out, ASKS, memchr(folded.p, '?', folded.n) != NULL);
    put_length(out, plain, last > 0);
    put_classes(out, hits);
    put(out, KNOWN, 0 + (uint64_t)known->pattern);
    put(out, KNOWN, 2 + (uint64_t)known->sign);
    put(out, KNOWN, 4 + (uint64_t)known->calms);
}
