#include "nlu/required.h"

#include "base/str.h"
#include "text/lang.h"

/* Small words stand in every other question, however long they are. */
static size_t rarity(str word)
{
    bool begins = word.n > 0 && word.p[0] == REQUIRED_BEGINS;
    str w = begins ? str_sub(word, 1, word.n) : str_trim(word);
    for (int l = 0; l < LANG_COUNT; l++)
        if (lang_is_stop_word((enum lang)l, w) || lang_hint((enum lang)l, w) > 0)
            return REQUIRED_MIN;
    return begins ? MAX(w.n, (size_t)REQUIRED_MIN) : word.n;
}

size_t required_worth(struct strs alternatives)
{
    if (alternatives.n == 0 || alternatives.n > REQUIRED_MAX)
        return 0;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < alternatives.n; i++) {
        if (alternatives.v[i].n < REQUIRED_MIN)
            return 0;
        least = MIN(least, rarity(alternatives.v[i]));
    }
    /* a tenth byte says little more than nine; each alternative costs an eighth byte */
    return 1 + 8 * MIN(least, 9) - MIN(alternatives.n, 23);
}

struct required required_one(struct arena *a, const struct required_way *way)
{
    if (way->n == 0)
        return (struct required){0};
    struct required one = {arena_alloc(a, sizeof *one.v), 1};
    *one.v = *way;
    return one;
}

void required_add(struct required_way *way, struct strs set)
{
    size_t worth = required_worth(set), at = way->n;
    if (worth == 0)
        return;
    while (at > 0 && required_worth(way->set[at - 1]) < worth)
        at--;
    if (at == REQUIRED_SETS)
        return;
    way->n = MIN(way->n + 1, (size_t)REQUIRED_SETS);
    for (size_t i = way->n - 1; i > at; i--)
        way->set[i] = way->set[i - 1];
    way->set[at] = set;
}

struct strs required_best(const struct required_way *way)
{
    return way->n > 0 ? way->set[0] : (struct strs){0};
}

struct strs required_either(struct arena *a, struct strs x, struct strs y)
{
    if (x.n == 0 || y.n == 0 || x.n + y.n > REQUIRED_MAX)
        return (struct strs){0};
    str *all = arena_alloc(a, (x.n + y.n) * sizeof *all);
    memcpy(all, x.v, x.n * sizeof *all);
    memcpy(all + x.n, y.v, y.n * sizeof *all);
    return (struct strs){all, x.n + y.n};
}
