#include "nlu/vocabulary.h"

#include <math.h>

static const float block_length[BLOCK_COUNT] = {1.0F, 0.4F, 1.0F};

void vocabulary_index(struct vocabulary *voc)
{
    voc->known = must_alloc(FEATURE_SPACE / 32 * sizeof *voc->known);
    for (uint32_t r = 0; r < voc->rows; r++) {
        struct known *k = &voc->known[voc->ids[r] / 32];
        if (k->bits == 0)
            k->first = r;
        k->bits |= 1u << voc->ids[r] % 32;
    }
}

static inline float frequency(const struct gram *g)
{
    return g->count == 1 ? 1.0F : 1.0F + logf((float)g->count);
}

VOCABULARY_COUNTS void vocabulary_find(const struct vocabulary *voc,
                                       const struct gram *grams, size_t n, uint32_t *rows)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t row;
        bool known = vocabulary_row(voc, grams[i].id, &row);
        rows[i] = known ? row : VOCABULARY_NONE;
    }
}

/* Stems and pairs stand among each other. Which are known is a toss-up, so nothing
 * branches on it: what is not known adds 0, and is written over. */
static uint32_t add_words(const struct vocabulary *voc, uint32_t block,
                          const struct gram *g, const uint32_t *rows, size_t n,
                          struct weight *to, uint32_t at, struct block_sum *sum)
{
    struct block_sum s = {0};
    for (size_t i = 0; i < n; i++) {
        bool here = g[i].id >> FEATURE_BITS == block;
        bool known = here & (rows[i] != VOCABULARY_NONE);
        const float *idf = known ? &voc->idf[rows[i] * voc->idf_step] : &voc->idf_unknown;
        float value = frequency(&g[i]) * *idf, there = here ? value : 0.0F;
        float counts = known ? value : 0.0F;
        s.all += there;
        s.known += counts;
        s.square += counts * counts;
        to[at] = (struct weight){.row = rows[i], .value = value};
        at += known;
    }
    *sum = s;
    return at;
}

/* Each occurrence counts the same, known or not. */
VOCABULARY_COUNTS static uint32_t add_chars(const struct vocabulary *voc,
                                            const struct gram *g, size_t n,
                                            struct weight *to, uint32_t at,
                                            struct block_sum *sum)
{
    struct block_sum s = {0};
    for (size_t i = 0; i < n; i++) {
        uint32_t row;
        bool known = vocabulary_row(voc, g[i].id, &row);
        float count = (float)g[i].count;
        s.all += count;
        s.known += known ? count : 0.0F;
        to[at] = (struct weight){.row = row, .value = count};
        at += known;
    }
    s.square = s.known;
    *sum = s;
    return at;
}

/* One pass per block keeps the blocks apart in the result. */
static void weigh_words(const struct vocabulary *voc, const struct gram *g,
                        const uint32_t *rows, size_t n, struct weight *room,
                        uint32_t first[BLOCK_COUNT + 1],
                        struct block_sum sum[BLOCK_COUNT])
{
    for (uint32_t b = 0; b < BLOCK_CHAR; b++)
        first[b + 1] = add_words(voc, b, g, rows, n, room, first[b], &sum[b]);
    first[BLOCK_COUNT] = first[BLOCK_CHAR];
}

static struct vector finish(struct weight *room, const uint32_t first[BLOCK_COUNT + 1],
                            const struct block_sum sum[BLOCK_COUNT])
{
    float total = 0;
    for (uint32_t b = 0; b < BLOCK_COUNT; b++) {
        if (sum[b].square <= 0)
            continue;
        float factor = block_length[b] / sqrtf(sum[b].square);
        for (uint32_t i = first[b]; i < first[b + 1]; i++)
            room[i].value *= factor;
        total += block_length[b] * block_length[b];
    }
    const struct block_sum *stems = &sum[BLOCK_STEM], *chars = &sum[BLOCK_CHAR];
    return (struct vector){
        .v = room,
        .n = first[BLOCK_COUNT],
        .n_words = first[BLOCK_CHAR],
        .scale = total > 0 ? 1.0F / sqrtf(total) : 0.0F,
        .known_stems = stems->all > 0 ? stems->known / stems->all : 1.0F,
        .known_chars = chars->all > 0 ? chars->known / chars->all : 1.0F,
    };
}

struct vector vocabulary_vector(const struct vocabulary *voc, const struct gram *grams,
                                size_t n, struct weight *room)
{
    struct block_sum sum[BLOCK_COUNT] = {{0}};
    uint32_t first[BLOCK_COUNT + 1] = {0};
    size_t words = n; /* characters, by far the most, come last */
    while (words > 0 && grams[words - 1].id >> FEATURE_BITS == BLOCK_CHAR)
        words--;
    uint32_t rows[FEATURE_MAX];
    vocabulary_find(voc, grams, words, rows);
    weigh_words(voc, grams, rows, words, room, first, sum);
    first[BLOCK_COUNT] = add_chars(voc, grams + words, n - words, room, first[BLOCK_CHAR],
                                   &sum[BLOCK_CHAR]);
    return finish(room, first, sum);
}

struct vector vocabulary_words(const struct vocabulary *voc, const struct gram *grams,
                               const uint32_t *rows, size_t n,
                               const struct block_sum *chars, struct weight *room)
{
    struct block_sum sum[BLOCK_COUNT] = {[BLOCK_CHAR] = *chars};
    uint32_t first[BLOCK_COUNT + 1] = {0};
    weigh_words(voc, grams, rows, n, room, first, sum);
    return finish(room, first, sum);
}
