#include "search/memo.h"

struct memo memo_new(struct arena *a)
{
    return (struct memo){arena_alloc(a, MEMO_PLACES * sizeof(struct memo_word))};
}

struct memo_text memo_text(str word)
{
    /* from byte 8 - n on, it lets n bytes of eight stand */
    static const unsigned char let[16] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    struct memo_text t;
    memcpy(&t, word.p, sizeof t);
    for (size_t i = 0; i < LEN(t.part); i++) {
        size_t n = word.n - MIN(word.n, 8 * i);
        uint64_t mask;
        memcpy(&mask, let + 8 - MIN(n, (size_t)8), sizeof mask);
        t.part[i] &= mask;
    }
    return t;
}

struct memo_word *memo_place(const struct memo *m, const struct memo_text *word)
{
    const uint64_t *part = word->part;
    uint64_t h = part[0] * 0x9e3779b97f4a7c15u ^ part[1] * 0xbf58476d1ce4e5b9u ^
        part[2] * 0x94d049bb133111ebu;
    return &m->places[(h ^ h >> 32) * 0x9e3779b97f4a7c15u >> 32 & (MEMO_PLACES - 1)];
}
