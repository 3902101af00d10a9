#include "nlu/literal_index.h"

#include <stdlib.h>

#include "base/str.h"
#include "nlu/required.h"

enum { BUCKET_BITS = 13, BUCKETS = 1 << BUCKET_BITS };

/* Before ready: one word of one number. */
struct added {
    str word;
    uint32_t number, bucket;
};

/* A word, once; the first bytes stand in the entry itself, so that most entries of a
 * bucket are told apart without a look at the word. */
struct entry {
    uint64_t front, mask;
    str word;
    uint32_t numbers, n_numbers; /* where its numbers begin; how many */
};

static uint64_t front_of(const char *p, size_t n)
{
    uint64_t front = 0;
    memcpy(&front, p, MIN(n, sizeof front));
    return front;
}

struct literal_index {
    uint64_t taken[BUCKETS / 64]; /* the buckets that hold something: few, in few lines */
    struct arena *arena;
    VEC(struct added) list;
    struct entry *entries;       /* by bucket */
    uint32_t *numbers;           /* of the entries, behind each other */
    uint32_t first[BUCKETS + 1]; /* where each bucket begins in entries */
};

static uint32_t bucket_of(const char *p)
{
    uint32_t three = (uint32_t)(unsigned char)p[0] << 16 |
        (uint32_t)(unsigned char)p[1] << 8 | (unsigned char)p[2];
    return three * 2654435761u >> (32 - BUCKET_BITS);
}

struct literal_index *literal_index_new(struct arena *a)
{
    struct literal_index *x = arena_alloc(a, sizeof *x);
    x->arena = a;
    return x;
}

void literal_index_add(struct literal_index *x, struct strs words, uint32_t number)
{
    for (size_t i = 0; i < words.n; i++)
        *arena_push(x->arena, &x->list) =
            (struct added){words.v[i], number, bucket_of(words.v[i].p)};
}

static int by_word(const void *a, const void *b)
{
    const struct added *x = a, *y = b;
    if (x->bucket != y->bucket)
        return x->bucket < y->bucket ? -1 : 1;
    int c = str_cmp(x->word, y->word);
    return c != 0 ? c : x->number < y->number ? -1 : x->number > y->number;
}

void literal_index_ready(struct literal_index *x)
{
    static const char ones[] = "\xff\xff\xff\xff\xff\xff\xff\xff";
    if (x->list.n > 0)
        qsort(x->list.v, x->list.n, sizeof *x->list.v, by_word);
    x->entries = arena_alloc(x->arena, x->list.n * sizeof *x->entries);
    x->numbers = arena_alloc(x->arena, x->list.n * sizeof *x->numbers);
    uint32_t n = 0;
    for (size_t i = 0; i < x->list.n; i++) {
        const struct added *one = &x->list.v[i];
        if (i == 0 || !str_eq(one->word, one[-1].word)) {
            x->entries[n++] = (struct entry){.front = front_of(one->word.p, one->word.n),
                                             .mask = front_of(ones, one->word.n),
                                             .word = one->word,
                                             .numbers = (uint32_t)i};
            x->first[one->bucket + 1] = n;
        }
        x->taken[one->bucket / 64] |= (uint64_t)1 << one->bucket % 64;
        x->numbers[i] = one->number;
        x->entries[n - 1].n_numbers++;
    }
    for (size_t b = 0; b < BUCKETS; b++) /* empty ones end where they begin */
        x->first[b + 1] = MAX(x->first[b + 1], x->first[b]);
}

void literal_index_scan(const struct literal_index *x, str text, uint64_t *bits)
{
    for (size_t i = 0; i + REQUIRED_MIN <= text.n; i++) {
        uint32_t b = bucket_of(text.p + i);
        if (!(x->taken[b / 64] >> b % 64 & 1))
            continue;
        uint32_t k = x->first[b], end = x->first[b + 1];
        uint64_t front = front_of(text.p + i, text.n - i);
        for (; k < end; k++) {
            const struct entry *e = &x->entries[k];
            if ((front & e->mask) != e->front || e->word.n > text.n - i ||
                (e->word.n > sizeof front &&
                 memcmp(e->word.p, text.p + i, e->word.n) != 0))
                continue;
            for (uint32_t j = e->numbers; j < e->numbers + e->n_numbers; j++)
                bits[x->numbers[j] / 64] |= (uint64_t)1 << (x->numbers[j] % 64);
        }
    }
}
