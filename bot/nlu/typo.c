#include "nlu/typo.h"

#include "text/word.h"

enum { WORD_MIN = 4, WORDS_MAX = 64 };

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_plain_word(str folded, const struct word *w)
{
    for (size_t i = w->from; i < w->to; i++)
        if (!is_letter(folded.p[i]))
            return false;
    return w->to - w->from >= WORD_MIN;
}

str typo(struct arena *a, struct rng *r, str folded)
{
    struct word words[WORDS_MAX], w;
    size_t n = 0, pos = 0;
    char scratch[64];
    while (n < WORDS_MAX && word_next(folded, &pos, scratch, &w))
        if (is_plain_word(folded, &w))
            words[n++] = w;
    if (n == 0)
        return folded;

    w = words[rng_below(r, (uint32_t)n)];
    uint32_t len = (uint32_t)(w.to - w.from), at = rng_below(r, len);
    char letter = (char)('a' + rng_below(r, 26));
    char *p = arena_alloc(a, folded.n + 2);
    size_t i = w.from + at;
    memcpy(p, folded.p, folded.n);
    switch (rng_below(r, 4)) {
    case 0: /* left out */
        memmove(p + i, p + i + 1, folded.n - i - 1);
        return (str){p, folded.n - 1};
    case 1: /* put in */
        memmove(p + i + 1, p + i, folded.n - i);
        p[i] = letter;
        return (str){p, folded.n + 1};
    case 2: /* replaced */
        p[i] = letter;
        return (str){p, folded.n};
    default: /* swapped with the next */
        i = MIN(i, w.to - 2);
        p[i] = folded.p[i + 1];
        p[i + 1] = folded.p[i];
        return (str){p, folded.n};
    }
}
