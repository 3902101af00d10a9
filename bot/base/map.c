#include "base/map.h"

#include "base/str.h"

struct map map_new(struct arena *a)
{
    return (struct map){.arena = a};
}

static uint8_t tag_of(uint64_t hash)
{
    return (uint8_t)(0x80 | hash >> 57);
}

/* The key's place, or the free one where it belongs. */
static size_t place_of(const struct map *m, str key, uint64_t hash)
{
    uint8_t tag = tag_of(hash);
    for (size_t i = hash & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
        if (m->tags[i] == 0)
            return i;
        const struct map_slot *s = &m->slots[i];
        if (m->tags[i] == tag && s->hash == hash && str_eq(s->key, key))
            return i;
    }
}

int64_t *map_find(const struct map *m, str key)
{
    if (m->cap == 0)
        return NULL;
    size_t i = place_of(m, key, str_key(key));
    return m->tags[i] ? &m->slots[i].value : NULL;
}

static void grow(struct map *m, size_t cap)
{
    struct map old = *m;
    m->cap = cap;
    m->slots = arena_alloc(m->arena, m->cap * sizeof *m->slots);
    m->tags = arena_alloc(m->arena, m->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.tags[i]) {
            size_t to = place_of(m, old.slots[i].key, old.slots[i].hash);
            m->slots[to] = old.slots[i];
            m->tags[to] = old.tags[i];
        }
    arena_drop(m->arena, old.slots, old.cap * sizeof *old.slots);
    arena_drop(m->arena, old.tags, old.cap);
}

static bool is_full(size_t n, size_t cap)
{
    return n * 4 >= cap * 3;
}

void map_reserve(struct map *m, size_t n)
{
    size_t cap = m->cap ? m->cap : 16;
    while (is_full(n, cap))
        cap *= 2;
    if (cap > m->cap)
        grow(m, cap);
}

int64_t *map_put(struct map *m, str key, int64_t value)
{
    if (is_full(m->n, m->cap))
        grow(m, m->cap ? m->cap * 2 : 16);
    if (!key.p)
        key = STR("");
    uint64_t hash = str_key(key);
    size_t i = place_of(m, key, hash);
    if (!m->tags[i]) {
        m->slots[i] = (struct map_slot){.key = key, .hash = hash, .value = value};
        m->tags[i] = tag_of(hash);
        m->n++;
    }
    return &m->slots[i].value;
}
