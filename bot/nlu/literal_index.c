#include "nlu/literal_index.h"

#include "nlu/required.h"

enum { BUCKETS = 4096 };

/* The first bytes stand in the entry itself: most entries of a bucket are told apart by
 * them without a look at the word. */
struct entry {
    uint64_t front, mask;
    str word;
    uint32_t number;
    uint32_t bucket;
};

static uint64_t front_of(const char *p, size_t n)
{
    uint64_t front = 0;
    memcpy(&front, p, MIN(n, sizeof front));
    return front;
}

struct literal_index {
    struct arena *arena;
    VEC(struct entry) list;
    struct entry *sorted;        /* by bucket */
    uint32_t first[BUCKETS + 1]; /* where each bucket begins in it */
};

static uint32_t bucket_of(const char *p)
{
    uint32_t three = (uint32_t)(unsigned char)p[0] << 16 |
        (uint32_t)(unsigned char)p[1] << 8 | (unsigned char)p[2];
    return three * 2654435761u >> 20;
}

struct literal_index *literal_index_new(struct arena *a)
{
    struct literal_index *x = arena_alloc(a, sizeof *x);
    x->arena = a;
    return x;
}

void literal_index_add(struct literal_index *x, struct strs words, uint32_t number)
{
    static const char ones[] = "\xff\xff\xff\xff\xff\xff\xff\xff";
    for (size_t i = 0; i < words.n; i++)
        *arena_push(x->arena, &x->list) =
            (struct entry){.front = front_of(words.v[i].p, words.v[i].n),
                           .mask = front_of(ones, words.v[i].n),
                           .word = words.v[i],
                           .number = number,
                           .bucket = bucket_of(words.v[i].p)};
}

void literal_index_ready(struct literal_index *x)
{
    for (size_t i = 0; i < x->list.n; i++)
        x->first[x->list.v[i].bucket + 1]++;
    for (size_t b = 0; b < BUCKETS; b++)
        x->first[b + 1] += x->first[b];
    uint32_t *next = arena_alloc(x->arena, BUCKETS * sizeof *next);
    memcpy(next, x->first, BUCKETS * sizeof *next);
    x->sorted = arena_alloc(x->arena, x->list.n * sizeof *x->sorted);
    for (size_t i = 0; i < x->list.n; i++)
        x->sorted[next[x->list.v[i].bucket]++] = x->list.v[i];
}

void literal_index_scan(const struct literal_index *x, str text, uint64_t *bits)
{
    for (size_t i = 0; i + REQUIRED_MIN <= text.n; i++) {
        uint32_t b = bucket_of(text.p + i);
        uint64_t front = front_of(text.p + i, text.n - i);
        for (uint32_t k = x->first[b]; k < x->first[b + 1]; k++) {
            const struct entry *e = &x->sorted[k];
            if ((front & e->mask) == e->front && e->word.n <= text.n - i &&
                (e->word.n <= sizeof front ||
                 memcmp(e->word.p, text.p + i, e->word.n) == 0))
                bits[e->number / 64] |= (uint64_t)1 << (e->number % 64);
        }
    }
}
