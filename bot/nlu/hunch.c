#include "nlu/hunch.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"

enum { MAGIC = 0x686e6368, FINEST = 32767 };

static const double steepness = 4; /* from margins to 0..1 */

/* So far below the bar that no kin lifts a message over it: hardly any is nearer to what
 * is told by more than 0.3. */
static const double far_off = 1.2;

static size_t cells_size(void)
{
    return sizeof(struct hunch_cell) << HUNCH_BITS;
}

static uint64_t check_of(const struct hunch_head *h, const void *cells)
{
    struct hunch_head plain = *h;
    plain.check = 0;
    return str_hash((str){(const char *)&plain, sizeof plain}) ^
        str_hash((str){cells, cells_size()});
}

str hunch_pack(const float *weights, const float *powers, float bias, float bar,
               uint32_t judges)
{
    size_t n = sizeof(struct hunch_head) + cells_size();
    char *block = must_alloc(n);
    struct hunch_cell *to = (void *)(block + sizeof(struct hunch_head));
    float most = 1e-6F;
    for (size_t i = 0; i < (size_t)1 << HUNCH_BITS; i++)
        most = fmaxf(most, fabsf(weights[i]));
    struct hunch_head h = {.magic = MAGIC,
                           .version = HUNCH_VERSION,
                           .bits = HUNCH_BITS,
                           .scale = most / FINEST,
                           .bias = bias,
                           .bar = bar,
                           .judges = judges};
    for (size_t i = 0; i < (size_t)1 << HUNCH_BITS; i++)
        to[i] = (struct hunch_cell){
            .weight = (int16_t)lrintf(weights[i] / h.scale),
            .power = (uint16_t)lrintf(fminf(powers[i] * HUNCH_POWER, UINT16_MAX))};
    h.check = check_of(&h, to);
    memcpy(block, &h, sizeof h);
    return (str){block, n};
}

enum rc hunch_open(str block, struct hunch *out)
{
    if (block.n != sizeof out->head + cells_size())
        return RC_INVALID;
    memcpy(&out->head, block.p, sizeof out->head);
    out->cells = (const void *)(block.p + sizeof out->head);
    const struct hunch_head *h = &out->head;
    if (h->magic != MAGIC || h->version != HUNCH_VERSION || h->bits != HUNCH_BITS ||
        h->check != check_of(h, out->cells))
        return RC_INVALID;
    return RC_OK;
}

double hunch_margin(const struct hunch *h, const struct hunch_features *f)
{
    if (f->n == 0)
        return (double)h->head.bar - 2 * far_off;
    int64_t sum = 0;
    uint32_t power = 1;
    for (uint32_t i = 0; i < f->n; i++) {
        sum += h->cells[f->v[i]].weight;
        power += h->cells[f->v[i]].power;
    }
    return (double)sum * (double)h->head.scale / sqrt((double)power / HUNCH_POWER) +
        (double)h->head.bias;
}

bool hunch_is_open(const struct hunch *h, double margin)
{
    return margin > (double)h->head.bar - far_off;
}

double hunch_score(const struct hunch *h, double margin, double nearer)
{
    double all = margin + (double)HUNCH_KIN * nearer - (double)h->head.bar;
    return 1 / (1 + exp(-steepness * all));
}

double hunch_nearer(const struct hunch *h, double margin, double score)
{
    double all = -log(1 / score - 1) / steepness;
    return (all + (double)h->head.bar - margin) / (double)HUNCH_KIN;
}
