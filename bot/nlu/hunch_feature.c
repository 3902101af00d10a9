#include "nlu/hunch_feature.h"

#include "base/str.h"

enum {
    PREFIX_MIN = 4, /* beginnings of 4 to 6 bytes: what is left when endings go, */
    PREFIX_MAX = 6, /* and the first part of a Dutch compound */
};

/* Kinds of features; each has numbers of its own. */
enum kind { WORD = 1, PREFIX, NEIGHBOURS, NEXT_BUT_ONE, CLASS, KNOWN };

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

static void put_prefixes(struct hunch_features *f, str word)
{
    for (size_t n = PREFIX_MIN; n <= PREFIX_MAX && n < word.n; n++)
        put(f, PREFIX, str_hash((str){word.p, n}));
}

static void put_words(struct hunch_features *f, str plain)
{
    uint64_t before = 1, before_that = 0; /* 1: where it begins and ends; 0: nothing */
    size_t n = 0;
    for (size_t from = 0; from < plain.n && n < HUNCH_WORDS_MAX; n++) {
        const char *blank = memchr(plain.p + from, ' ', plain.n - from);
        size_t to = blank ? (size_t)(blank - plain.p) : plain.n;
        str word = {plain.p + from, to - from};
        uint64_t h = str_hash(word);
        put(f, WORD, h);
        put_prefixes(f, word);
        put(f, NEIGHBOURS, pair(before, h));
        if (before_that)
            put(f, NEXT_BUT_ONE, pair(before_that, h));
        before_that = n > 0 ? before : 0;
        before = h;
        from = to + 1;
    }
    if (n > 0)
        put(f, NEIGHBOURS, pair(before, 1));
}

static void put_classes(struct hunch_features *f, const struct sign_hits *hits)
{
    for (size_t w = 0; w < LEN(hits->present); w++)
        for (uint64_t bits = hits->present[w]; bits; bits &= bits - 1)
            put(f, CLASS, w * 64 + (size_t)__builtin_ctzll(bits));
}

void hunch_features(str plain, const struct sign_hits *hits,
                    const struct hunch_evidence *known, struct hunch_features *out)
{
    out->n = 0;
    put_words(out, plain);
    if (out->n == 0)
        return;
    put_classes(out, hits);
    put(out, KNOWN, 0 + (uint64_t)known->pattern);
    put(out, KNOWN, 2 + (uint64_t)known->sign);
    put(out, KNOWN, 4 + (uint64_t)known->calms);
}
