#include "base/map.h"

#include "base/str.h"

struct map map_new(struct arena *a)
{
    return (struct map){.arena = a};
}

static struct map_slot *slot_of(const struct map *m, str key, uint64_t hash)
{
    for (size_t i = hash & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
        struct map_slot *s = &m->slots[i];
        if (!s->key.p || (s->hash == hash && str_eq(s->key, key)))
            return s;
    }
}

int64_t *map_find(const struct map *m, str key)
{
    if (m->cap == 0)
        return NULL;
    struct map_slot *s = slot_of(m, key, str_key(key));
    return s->key.p ? &s->value : NULL;
}

static void grow(struct map *m)
{
    struct map old = *m;
    m->cap = old.cap ? old.cap * 2 : 16;
    m->slots = arena_alloc(m->arena, m->cap * sizeof *m->slots);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].key.p)
            *slot_of(m, old.slots[i].key, old.slots[i].hash) = old.slots[i];
    arena_drop(m->arena, old.slots, old.cap * sizeof *old.slots);
}

int64_t *map_put(struct map *m, str key, int64_t value)
{
    if (m->n * 4 >= m->cap * 3)
        grow(m);
    if (!key.p)
        key = STR("");
    uint64_t hash = str_key(key);
    struct map_slot *s = slot_of(m, key, hash);
    if (!s->key.p) {
        *s = (struct map_slot){.key = key, .hash = hash, .value = value};
        m->n++;
    }
    return &s->value;
}
