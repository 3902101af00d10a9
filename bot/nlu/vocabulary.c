#include "nlu/vocabulary.h"

#include <math.h>

static const float block_length[BLOCK_COUNT] = {1.0F, 0.4F, 1.0F};

void vocabulary_index(struct vocabulary *voc)
{
    voc->row_of = must_alloc(FEATURE_SPACE * sizeof *voc->row_of);
    for (uint32_t r = 0; r < voc->rows; r++)
        voc->row_of[voc->ids[r]] = r + 1;
}

struct vector vocabulary_vector(const struct vocabulary *voc, const struct gram *grams,
                                size_t n, struct weight *room)
{
    struct vector out = {.v = room};
    float sum[BLOCK_COUNT] = {0}, known[BLOCK_COUNT] = {0}, all[BLOCK_COUNT] = {0};
    uint32_t first[BLOCK_COUNT + 1] = {0};
    /* the rows' numbers lie all over a large table */
    for (size_t i = 0; i < n; i++)
        __builtin_prefetch(&voc->row_of[grams[i].id]);
    /* one pass per block keeps the blocks apart in the result; characters, by far the
     * most, come last and are passed over by the others */
    size_t words = n;
    while (words > 0 && grams[words - 1].id >> FEATURE_BITS == BLOCK_CHAR)
        words--;
    for (uint32_t b = 0; b < BLOCK_COUNT; b++) {
        first[b] = out.n;
        for (size_t i = 0; i < (b == BLOCK_CHAR ? n : words); i++) {
            if (grams[i].id >> FEATURE_BITS != b)
                continue;
            uint32_t row = voc->row_of[grams[i].id];
            float tf = grams[i].count == 1 ? 1.0F : 1.0F + logf((float)grams[i].count);
            float unknown = b == BLOCK_CHAR ? 1.0F : voc->idf_unknown;
            all[b] += tf * (row ? voc->idf[row - 1] : unknown);
            if (row == 0)
                continue;
            float value = tf * voc->idf[row - 1];
            known[b] += value;
            sum[b] += value * value;
            room[out.n++] = (struct weight){.row = row - 1, .value = value};
        }
    }
    first[BLOCK_COUNT] = out.n;
    float total = 0;
    for (uint32_t b = 0; b < BLOCK_COUNT; b++) {
        if (sum[b] <= 0)
            continue;
        float factor = block_length[b] / sqrtf(sum[b]);
        for (uint32_t i = first[b]; i < first[b + 1]; i++)
            room[i].value *= factor;
        total += block_length[b] * block_length[b];
    }
    out.n_words = first[BLOCK_CHAR];
    out.scale = total > 0 ? 1.0F / sqrtf(total) : 0.0F;
    out.known_stems = all[BLOCK_STEM] > 0 ? known[BLOCK_STEM] / all[BLOCK_STEM] : 1.0F;
    out.known_chars = all[BLOCK_CHAR] > 0 ? known[BLOCK_CHAR] / all[BLOCK_CHAR] : 1.0F;
    return out;
}
