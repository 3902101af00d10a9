#include "base/map.h"

#include "base/bytes.h"
#include "base/str.h"

struct map map_new(struct arena *a)
{
    return (struct map){.arena = a};
}

static uint8_t tag_of(uint64_t hash)
{
    return (uint8_t)(0x80 | hash >> 57);
}

enum { AT_ONCE = sizeof(bytes16) }; /* and the smallest cap */

/* The key's place, or the free one where it belongs: the first free one behind its own.
 * Without a branch for each that is passed, for how many these are nobody can guess. */
static size_t place_of(const struct map *m, str key, uint64_t hash)
{
    for (size_t from = hash & (m->cap - 1);; from = (from + AT_ONCE) & (m->cap - 1)) {
        bytes16 tags = bytes16_at((const char *)m->tags + from);
        unsigned ends = found16_bits(tags == 0);
        unsigned like = found16_bits(tags == tag_of(hash)) & ~ends & (ends - 1);
        for (; like; like &= like - 1) {
            size_t i = (from + (unsigned)__builtin_ctz(like)) & (m->cap - 1);
            const struct map_slot *s = &m->slots[i];
            if (s->hash == hash && str_eq(s->key, key))
                return i;
        }
        if (ends)
            return (from + (unsigned)__builtin_ctz(ends)) & (m->cap - 1);
    }
}

static void set_tag(struct map *m, size_t i, uint8_t tag)
{
    m->tags[i] = tag;
    if (i < AT_ONCE - 1)
        m->tags[m->cap + i] = tag;
}

int64_t *map_find(const struct map *m, str key)
{
    if (m->cap == 0)
        return NULL;
    size_t i = place_of(m, key, str_key(key));
    return m->tags[i] ? &m->slots[i].value : NULL;
}

static size_t tag_bytes(size_t cap)
{
    return cap + AT_ONCE - 1;
}

static void grow(struct map *m, size_t cap)
{
    struct map old = *m;
    m->cap = cap;
    m->slots = arena_alloc(m->arena, m->cap * sizeof *m->slots);
    m->tags = arena_alloc(m->arena, tag_bytes(m->cap));
    for (size_t i = 0; i < old.cap; i++)
        if (old.tags[i]) {
            size_t to = place_of(m, old.slots[i].key, old.slots[i].hash);
            m->slots[to] = old.slots[i];
            set_tag(m, to, old.tags[i]);
        }
    arena_drop(m->arena, old.slots, old.cap * sizeof *old.slots);
    arena_drop(m->arena, old.tags, old.cap ? tag_bytes(old.cap) : 0);
}

static bool is_full(size_t n, size_t cap)
{
    return n * 4 >= cap * 3;
}

void map_reserve(struct map *m, size_t n)
{
    size_t cap = m->cap ? m->cap : AT_ONCE;
    while (is_full(n, cap))
        cap *= 2;
    if (cap > m->cap)
        grow(m, cap);
}

int64_t *map_put(struct map *m, str key, int64_t value)
{
    if (is_full(m->n, m->cap))
        grow(m, m->cap ? m->cap * 2 : AT_ONCE);
    if (!key.p)
        key = STR("");
    uint64_t hash = str_key(key);
    size_t i = place_of(m, key, hash);
    if (!m->tags[i]) {
        m->slots[i] = (struct map_slot){.key = key, .hash = hash, .value = value};
        set_tag(m, i, tag_of(hash));
        m->n++;
    }
    return &m->slots[i].value;
}
