/*
 * map - strings to numbers, in an arena; open addressing, grows by doubling.
 *
 * Keys are borrowed: they must live as long as the map. There is no removal.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

struct map_slot {
    str key;
    uint64_t hash;
    int64_t value;
};

struct map {
    struct arena *arena;
    struct map_slot *slots;
    /* Of each slot: 0 free, else 1 and seven bits of its hash. Sixteen are looked at at
     * once, so the first fifteen stand behind the last as well; what is not there is
     * seldom looked for any further, and they are a 32nd of the slots. */
    uint8_t *tags;
    size_t n, cap;
};

struct map map_new(struct arena *a);
/* Makes room for n keys in all, where about so many are to come. */
void map_reserve(struct map *m, size_t n);
/* The place of key's value, NULL when absent. Dead after the next map_put. */
int64_t *map_find(const struct map *m, str key);
/* The place of key's value, made with `value` when absent. */
int64_t *map_put(struct map *m, str key, int64_t value);

#endif
