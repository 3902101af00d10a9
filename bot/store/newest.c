#include "store/newest.h"

#include <stdlib.h>

#include "base/arena.h"

enum { CAP_MIN = 64 };

void newest_done(struct newest *m)
{
    free(m->slots);
    *m = (struct newest){0};
}

static struct newest_entry *slot_of(const struct newest *m, int64_t conversation)
{
    /* Fibonacci hashing spreads ids that count upwards */
    uint64_t hash = (uint64_t)conversation * UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = (size_t)(hash >> 32) & (m->cap - 1);; i = (i + 1) & (m->cap - 1))
        if (m->slots[i].conversation == conversation || m->slots[i].conversation == 0)
            return &m->slots[i];
}

static void grow(struct newest *m)
{
    struct newest old = *m;
    m->cap = old.cap ? old.cap * 2 : CAP_MIN;
    m->slots = must_alloc(m->cap * sizeof *m->slots);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].conversation)
            *slot_of(m, old.slots[i].conversation) = old.slots[i];
    free(old.slots);
}

void newest_put(struct newest *m, int64_t conversation, int64_t turn)
{
    if (conversation <= 0)
        return;
    if (m->n * 2 >= m->cap)
        grow(m);
    struct newest_entry *e = slot_of(m, conversation);
    m->n += e->conversation == 0;
    e->conversation = conversation;
    e->turn = MAX(e->turn, turn);
}

int64_t newest_find(const struct newest *m, int64_t conversation)
{
    return m->cap && conversation > 0 ? slot_of(m, conversation)->turn : 0;
}

void newest_drop(struct newest *m, int64_t upto)
{
    struct newest old = *m;
    *m = (struct newest){0};
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].conversation && old.slots[i].turn > upto)
            newest_put(m, old.slots[i].conversation, old.slots[i].turn);
    newest_done(&old);
}

static int by_conversation(const void *x, const void *y)
{
    const struct newest_entry *a = x, *b = y;
    return (a->conversation > b->conversation) - (a->conversation < b->conversation);
}

struct newest_entry *newest_take(struct newest *m, size_t *n)
{
    struct newest_entry *v = m->slots;
    *n = 0;
    for (size_t i = 0; i < m->cap; i++)
        if (v[i].conversation)
            v[(*n)++] = v[i];
    *m = (struct newest){0};
    if (*n > 1)
        qsort(v, *n, sizeof *v, by_conversation);
    return v;
}
