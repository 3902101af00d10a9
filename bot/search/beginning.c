#include "search/vocabulary.h"

/*
 * Most words that stand beside each other in a question are no compound, and finding that
 * out by stemming them together costs more than all else. A stem begins as its word does,
 * but for the last letters: so what begins no term and no root needs no stemming. The set
 * of beginnings is a Bloom filter: a collision costs one stemming.
 */

enum {
    LONGEST = 16,
    BITS_PER_WORD = 128,
    ENDING = 5, /* letters that the stemmer may take or change */
};

static const uint32_t basis = 2166136261u;

static uint32_t step(uint32_t hash, char c)
{
    return (hash ^ (unsigned char)c) * 16777619u;
}

/* Two bits per beginning: i is 0 or 1. */
static uint32_t place(const struct vocabulary *v, uint32_t hash, int i)
{
    hash = i ? hash * 2654435761u : hash;
    return (hash ^ hash >> 15) & v->beginnings_mask;
}

static bool has_bit(const struct vocabulary *v, uint32_t at)
{
    return v->beginnings[at / 8] >> at % 8 & 1;
}

static void add(struct vocabulary *v, str text)
{
    uint32_t hash = basis;
    for (size_t i = 0; i < MIN(text.n, (size_t)LONGEST); i++) {
        hash = step(hash, text.p[i]);
        for (int k = 0; k < 2; k++)
            v->beginnings[place(v, hash, k) / 8] |=
                (uint8_t)(1u << place(v, hash, k) % 8);
    }
}

static bool has(const struct vocabulary *v, uint32_t hash)
{
    return has_bit(v, place(v, hash, 0)) && has_bit(v, place(v, hash, 1));
}

void beginning_prepare(struct vocabulary *v)
{
    size_t bits = 1024;
    while (bits < v->words.n * BITS_PER_WORD)
        bits *= 2;
    v->beginnings_mask = (uint32_t)(bits - 1);
    v->beginnings = arena_alloc(v->arena, bits / 8);
    for (size_t i = 0; i < v->words.n; i++)
        add(v, v->words.v[i].text);
    for (term_t t = 0; t < v->terms.n; t++) {
        if (v->terms.v[t].phrase)
            continue;
        char scratch[VOCABULARY_WORD_MAX];
        add(v, v->terms.v[t].text);
        add(v, family_root(v->lang, v->terms.v[t].text, scratch));
    }
}

static uint32_t steps(uint32_t hash, str text, size_t n)
{
    for (size_t i = 0; i < MIN(text.n, n); i++)
        hash = step(hash, text.p[i]);
    return hash;
}

uint32_t beginning_of(str front)
{
    return steps(basis, front, LONGEST);
}

bool beginning_fits(const struct vocabulary *v, uint32_t front, size_t front_n, str link,
                    str rest)
{
    size_t tail = link.n + rest.n;
    if (front_n >= LONGEST)
        return has(v, front);
    size_t more = tail > ENDING ? tail - ENDING : 1;
    more = MIN(more, LONGEST - front_n);
    front = steps(front, link, more);
    return has(v, steps(front, rest, more - MIN(more, link.n)));
}

uint32_t beginning_goes_on(const struct vocabulary *v, uint32_t front, size_t front_n)
{
    uint32_t letters = 0;
    if (front_n < LONGEST && !has(v, front))
        return 0;
    for (int i = 'a'; i <= 'z'; i++) {
        char c = (char)i;
        letters |= front_n >= LONGEST || has(v, step(front, c)) ? beginning_letter(c) : 0;
    }
    return letters | beginning_letter('0');
}
