#include "nlu/language.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"
#include "text/word.h"

enum {
    BUCKETS = 1 << 14,
    FEW_WORDS = 5,
    KEPT = 4096,
    KEPT_BYTES = 20, /* of a longer word nothing is kept */
};

/* Added to every count, so that a gram seen once does not decide alone. */
static const double smoothing = 0.5;
/* Log-odds of one function word that only one of the languages has; see bench.md 4.8. */
static const double hint_weight = 1.0; /* lang_hint is 2 for a strong word */

/* What a word says, whatever message it stands in. People say the same few hundred: the
 * last one of each place is kept. */
struct told {
    double odds;     /* of its grams, summed */
    unsigned char n; /* bytes of word; 0: free */
    signed char hint[LANG_COUNT];
    bool digits; /* then it says nothing */
    char word[KEPT_BYTES];
};

struct language {
    float odds[BUCKETS]; /* log of Dutch over English, by hashed gram */
    struct told kept[KEPT];
};

/* Calls for the 1-3-grams of " word ": adds 1 to count, or the odds to a sum. */
static double walk_word(str word, double *count, const float *odds)
{
    char padded[64 + 2];
    size_t n = MIN(word.n, (size_t)64);
    padded[0] = ' ';
    memcpy(padded + 1, word.p, n);
    padded[n + 1] = ' ';
    double sum = 0;
    for (size_t i = 0; i < n + 2; i++) {
        uint32_t h = 2166136261u;
        for (size_t k = 0; k < 3 && i + k < n + 2; k++) {
            h = (h ^ (unsigned char)padded[i + k]) * 16777619u;
            uint32_t b = (h ^ h >> 15) & (BUCKETS - 1);
            if (k == 0 && padded[i] == ' ')
                continue;
            if (count)
                count[b] += 1;
            else
                sum += (double)odds[b];
        }
    }
    return sum;
}

static bool has_digit(str w)
{
    for (size_t i = 0; i < w.n; i++)
        if (w.p[i] >= '0' && w.p[i] <= '9')
            return true;
    return false;
}

static void count_text(str folded, double *count)
{
    size_t pos = 0;
    char scratch[64];
    struct word w;
    while (word_next(folded, &pos, scratch, &w))
        if (!has_digit(w.text))
            walk_word(w.text, count, NULL);
}

struct language *language_new(struct arena *a, const struct catalogue *c)
{
    struct language *x = arena_alloc(a, sizeof *x);
    double *count[LANG_COUNT], total[LANG_COUNT];
    for (int l = 0; l < LANG_COUNT; l++) {
        count[l] = must_alloc(BUCKETS * sizeof *count[l]);
        count_text(str_c(language_seed[l]), count[l]);
        for (size_t k = 0; k < c->cards.n; k++)
            for (size_t i = 0; i < c->cards.v[k].say[l].list.n; i++)
                count_text(c->cards.v[k].say[l].list.v[i].folded, count[l]);
        total[l] = 0;
        for (size_t b = 0; b < BUCKETS; b++)
            total[l] += count[l][b] + smoothing;
    }
    for (size_t b = 0; b < BUCKETS; b++)
        x->odds[b] = (float)(log((count[LANG_NL][b] + smoothing) / total[LANG_NL]) -
                             log((count[LANG_EN][b] + smoothing) / total[LANG_EN]));
    for (int l = 0; l < LANG_COUNT; l++)
        free(count[l]);
    return x;
}

/* "wnr is payday", "how much vakantiegeld": in a few words the topic may be borrowed, the
 * small words never are. When those are of one language only, letters that say otherwise
 * count for nothing. */
static double by_small_words(double score, int dutch, int english, size_t n)
{
    bool one_sided = (dutch > 0) != (english > 0);
    double small = 3 * hint_weight * (dutch - english); /* one strong word: 86 % sure */
    if (n > FEW_WORDS || !one_sided || MAX(dutch, english) < 2)
        return score;
    return (score > 0) == (small > 0) ? score : small;
}

static void read_word(const struct language *x, str word, struct told *out)
{
    out->digits = has_digit(word);
    out->odds = out->digits ? 0 : walk_word(word, NULL, x->odds);
    int hints[LANG_COUNT] = {0};
    if (!out->digits)
        lang_hint_each(word, hints);
    for (int l = 0; l < LANG_COUNT; l++)
        out->hint[l] = (signed char)hints[l];
}

static const struct told *told_by(struct language *x, str word, struct told *room)
{
    if (word.n > KEPT_BYTES) {
        read_word(x, word, room);
        return room;
    }
    struct told *t = &x->kept[str_key(word) % KEPT];
    if (t->n != word.n || memcmp(t->word, word.p, word.n) != 0) {
        t->n = (unsigned char)word.n;
        memcpy(t->word, word.p, word.n);
        read_word(x, word, t);
    }
    return t;
}

enum lang language_of(struct language *x, const struct words *words, double *sure)
{
    struct small_words unused;
    return language_and_small(x, words, sure, &unused);
}

enum lang language_and_small(struct language *x, const struct words *words, double *sure,
                             struct small_words *small)
{
    *small = (struct small_words){0};
    double score = 0;
    int dutch = 0, english = 0;
    size_t n = 0, i = 0;
    for (; n < LANGUAGE_WORDS_MAX && i < words->list.n; i++) {
        struct told room;
        const struct told *t = told_by(x, words->list.v[i].text, &room);
        if (t->digits)
            continue;
        n++;
        score += t->odds;
        score += hint_weight * (t->hint[LANG_NL] - t->hint[LANG_EN]);
        uint64_t is_small = (t->hint[LANG_NL] | t->hint[LANG_EN]) > 0;
        small->n += is_small;
        small->first |= i < 64 ? is_small << i : 0;
        dutch += t->hint[LANG_NL];
        english += t->hint[LANG_EN];
    }
    small->read = i;
    score = by_small_words(score, dutch, english, n);
    /* grams overlap, so the sum is several times too certain */
    *sure = n > 0 ? 1 - exp(-fabs(score) / 3) : 0;
    if (n == 0)
        return LANG_NONE;
    return score > 0 ? LANG_NL : LANG_EN;
}
