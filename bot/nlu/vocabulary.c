#include "nlu/vocabulary.h"

#include <math.h>

static const float block_length[BLOCK_COUNT] = {1.0F, 0.4F, 1.0F};

void vocabulary_index(struct vocabulary *voc)
{
    voc->row_of = must_alloc(FEATURE_SPACE * sizeof *voc->row_of);
    for (uint32_t r = 0; r < voc->rows; r++)
        voc->row_of[voc->ids[r]] = r + 1;
}

/* What one block of a question comes to. */
struct block_sum {
    float square, known, all;
};

static inline float frequency(const struct gram *g)
{
    return g->count == 1 ? 1.0F : 1.0F + logf((float)g->count);
}

/* Stems and pairs stand among each other. */
static uint32_t add_words(const struct vocabulary *voc, uint32_t block,
                          const struct gram *g, size_t n, struct weight *to, uint32_t at,
                          struct block_sum *sum)
{
    for (size_t i = 0; i < n; i++) {
        if (g[i].id >> FEATURE_BITS != block)
            continue;
        uint32_t row = voc->row_of[g[i].id];
        float tf = frequency(&g[i]);
        if (row == 0) {
            sum->all += tf * voc->idf_unknown;
            continue;
        }
        float value = tf * voc->idf[(row - 1) * voc->idf_step];
        sum->all += value;
        sum->known += value;
        sum->square += value * value;
        to[at++] = (struct weight){.row = row - 1, .value = value};
    }
    return at;
}

/* Each counts the same, known or not. */
static uint32_t add_chars(const struct vocabulary *voc, const struct gram *g, size_t n,
                          struct weight *to, uint32_t at, struct block_sum *sum)
{
    struct block_sum s = {0};
    for (size_t i = 0; i < n; i++) {
        uint32_t row = voc->row_of[g[i].id];
        float tf = frequency(&g[i]);
        s.all += tf;
        if (row == 0)
            continue;
        s.known += tf;
        s.square += tf * tf;
        to[at++] = (struct weight){.row = row - 1, .value = tf};
    }
    *sum = s;
    return at;
}

struct vector vocabulary_vector(const struct vocabulary *voc, const struct gram *grams,
                                size_t n, struct weight *room)
{
    struct block_sum sum[BLOCK_COUNT] = {{0}};
    uint32_t first[BLOCK_COUNT + 1] = {0};
    /* the rows' numbers lie all over a large table */
    for (size_t i = 0; i < n; i++)
        __builtin_prefetch(&voc->row_of[grams[i].id]);
    /* one pass per block keeps the blocks apart in the result; characters, by far the
     * most, come last */
    size_t words = n;
    while (words > 0 && grams[words - 1].id >> FEATURE_BITS == BLOCK_CHAR)
        words--;
    for (uint32_t b = 0; b < BLOCK_CHAR; b++)
        first[b + 1] = add_words(voc, b, grams, words, room, first[b], &sum[b]);
    first[BLOCK_COUNT] = add_chars(voc, grams + words, n - words, room, first[BLOCK_CHAR],
                                   &sum[BLOCK_CHAR]);
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
