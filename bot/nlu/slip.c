#include "nlu/slip.h"

#include "base/map.h"
#include "base/str.h"
#include "text/word.h"

enum { PART_MIN = 4, BLANKS_MAX = 96 };

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

/* Without one of its blanks. */
static str join(struct arena *a, struct rng *r, str folded)
{
    size_t blanks[BLANKS_MAX], n = 0;
    for (size_t i = 0; i < folded.n && n < BLANKS_MAX; i++)
        if (folded.p[i] == ' ')
            blanks[n++] = i;
    if (n == 0)
        return folded;
    size_t at = blanks[rng_below(r, (uint32_t)n)];
    return arena_join(a, str_sub(folded, 0, at), str_sub(folded, at + 1, folded.n));
}

str slip(struct arena *a, const struct slip_words *w, struct rng *r, str folded)
{
    uint32_t kind = rng_below(r, 8);
    str out;
    if (kind < 3 && slip_split(a, w, folded, &out))
        return out;
    if (kind == 3)
        return join(a, r, folded);
    return typo(a, r, folded);
}
