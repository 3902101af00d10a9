#include "nlu/slip.h"

#include "base/map.h"
#include "base/str.h"
#include "text/word.h"

enum { PART_MIN = 4 };

struct slip_words {
    struct arena *arena;
    struct map known;
};

struct slip_words *slip_words_new(struct arena *a)
{
    struct slip_words *w = arena_alloc(a, sizeof *w);
    *w = (struct slip_words){.arena = a, .known = map_new(a)};
    return w;
}

void slip_words_add(struct slip_words *w, str folded)
{
    size_t pos = 0;
    char scratch[64];
    struct word one;
    while (word_next(folded, &pos, scratch, &one))
        if (one.text.n >= PART_MIN && !map_find(&w->known, one.text))
            map_put(&w->known, arena_str(w->arena, one.text), 1);
}

bool slip_split(struct arena *a, const struct slip_words *w, str folded, str *out)
{
    size_t pos = 0;
    char scratch[64];
    struct word one;
    while (word_next(folded, &pos, scratch, &one))
        for (size_t k = one.from + PART_MIN; k + PART_MIN <= one.to; k++) {
            if (!map_find(&w->known, str_sub(folded, one.from, k)) ||
                !map_find(&w->known, str_sub(folded, k, one.to)))
                continue;
            *out = arena_join(a, str_sub(folded, 0, k), STR(" "));
            *out = arena_join(a, *out, str_sub(folded, k, folded.n));
            return true;
        }
    return false;
}

str slip(struct arena *a, const struct slip_words *w, struct rng *r, str folded)
{
    str out;
    if (rng_below(r, 8) < 3 && slip_split(a, w, folded, &out))
        return out;
    return typo(a, r, folded);
}
