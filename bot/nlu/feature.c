#include "nlu/feature.h"

#include <stdlib.h>

#include "nlu/kernel.h"

enum { TABLE_BITS = 13, TABLE = 1 << TABLE_BITS, STEM_MAX = 48 };
enum { TEXT_MAX = FEATURE_CHARS_MAX + 2 };
_Static_assert((int)SPELLING_SLACK >= KERNEL_RUN_MAX + (int)KERNEL_LANES,
               "what kernel_hash_runs may read");

/* A small open-addressed table, emptied by moving on to the next stamp. */
struct cell {
    uint16_t stamp, at; /* in grams */
};

struct extractor {
    struct stemmer *stemmer;
    const struct synonyms *synonyms;
    struct cell table[TABLE];
    uint16_t stamp;
    struct gram grams[FEATURE_MAX];
    size_t n;
    char stems[FEATURE_WORDS_MAX][STEM_MAX];
    size_t stem_n[FEATURE_WORDS_MAX];
    size_t n_words;
    char text[TEXT_MAX + SPELLING_SLACK]; /* " word word " */
    size_t text_n;
    struct cut_word cut[FEATURE_WORDS_MAX]; /* those that stand in it */
    size_t n_cut;
    uint32_t runs[KERNEL_RUNS * (TEXT_MAX + KERNEL_LANES)];
};

struct extractor *extractor_new(const struct synonyms *s)
{
    struct extractor *x = must_alloc(sizeof *x);
    x->stemmer = stemmer_new();
    x->synonyms = s;
    return x;
}

void extractor_free(struct extractor *x)
{
    if (!x)
        return;
    stemmer_free(x->stemmer);
    free(x);
}

static uint32_t fnv(uint32_t h, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return h;
}

static inline void count(struct extractor *x, enum block block, uint32_t low)
{
    uint32_t id = (uint32_t)block << FEATURE_BITS | low;
    uint32_t i = id * 2654435761u >> (32 - TABLE_BITS);
    for (; x->table[i].stamp == x->stamp; i = (i + 1) & (TABLE - 1)) {
        struct gram *g = &x->grams[x->table[i].at];
        if (g->id == id) {
            g->count++;
            return;
        }
    }
    if (x->n == FEATURE_MAX)
        return;
    x->table[i] = (struct cell){.stamp = x->stamp, .at = (uint16_t)x->n};
    x->grams[x->n++] = (struct gram){.id = id, .count = 1};
}

/* folded, so that the upper bits, the better ones of FNV, take part */
static void count_hash(struct extractor *x, enum block block, uint32_t hash)
{
    count(x, block, (hash ^ hash >> FEATURE_BITS) & ((1u << FEATURE_BITS) - 1));
}

static void read_words(struct extractor *x, enum lang l, str folded)
{
    size_t pos = 0;
    char scratch[64];
    struct word w;
    x->n_words = x->n_cut = 0;
    x->text[0] = ' ';
    x->text_n = 1;
    while (x->n_words < FEATURE_WORDS_MAX && word_next(folded, &pos, scratch, &w)) {
        size_t room = FEATURE_CHARS_MAX + 1 - x->text_n;
        size_t n = MIN(w.text.n, room - MIN(room, 1));
        memcpy(x->text + x->text_n, w.text.p, n);
        if (n > 0)
            x->cut[x->n_cut++] =
                (struct cut_word){.at = (uint16_t)x->text_n, .n = (uint16_t)n};
        x->text_n += n;
        if (x->text_n < FEATURE_CHARS_MAX + 1)
            x->text[x->text_n++] = ' ';
        str s = stem(x->stemmer, l, w.text);
        size_t k = MIN(s.n, (size_t)STEM_MAX);
        memcpy(x->stems[x->n_words], s.p, k);
        x->stem_n[x->n_words++] = k;
    }
}

static void count_stems(struct extractor *x)
{
    uint32_t before = fnv(2166136261u, "<", 1);
    for (size_t i = 0; i < x->n_words; i++) {
        uint32_t h = fnv(2166136261u, x->stems[i], x->stem_n[i]);
        count_hash(x, BLOCK_STEM, h);
        count_hash(x, BLOCK_PAIR, fnv(before * 31, x->stems[i], x->stem_n[i]));
        before = h;
    }
    if (x->n_words > 0)
        count_hash(x, BLOCK_PAIR, fnv(before * 31, ">", 1));
}

static void count_chars(struct extractor *x)
{
    if (x->text_n < KERNEL_RUN_MIN)
        return;
    uint32_t places = (uint32_t)x->text_n - 1;
    kernel_hash_runs(x->runs, x->text, places, FEATURE_BITS);
    for (uint32_t i = 0; i < places; i++) {
        const uint32_t *run =
            x->runs + i / KERNEL_LANES * KERNEL_LANES * KERNEL_RUNS + i % KERNEL_LANES;
        uint32_t fit = MIN(places - i, (uint32_t)KERNEL_RUNS);
        for (uint32_t k = 0; k < fit; k++)
            count(x, BLOCK_CHAR, run[(size_t)k * KERNEL_LANES]);
    }
}

/* Every run of stems that is a term of words.md adds its concepts. */
static void count_concepts(struct extractor *x, enum lang l)
{
    char run[SYNONYM_WORDS_MAX * (STEM_MAX + 1)];
    for (size_t i = 0; x->synonyms && i < x->n_words; i++) {
        str first = {x->stems[i], x->stem_n[i]};
        size_t n = 0, longest = synonyms_longest_from(x->synonyms, l, first);
        for (size_t k = 0; k < longest && i + k < x->n_words; k++) {
            if (k > 0)
                run[n++] = ' ';
            memcpy(run + n, x->stems[i + k], x->stem_n[i + k]);
            n += x->stem_n[i + k];
            size_t found;
            const uint32_t *c = synonyms_concepts(x->synonyms, l, (str){run, n}, &found);
            for (size_t j = 0; j < found; j++)
                count_hash(x, BLOCK_STEM, (c[j] + 1) * 2246822519u);
        }
    }
}

static void count_words(struct extractor *x, enum lang l, str folded)
{
    if (++x->stamp == 0) { /* once in 65,535 questions */
        memset(x->table, 0, sizeof x->table);
        x->stamp = 1;
    }
    x->n = 0;
    read_words(x, l, folded);
    count_stems(x);
    count_concepts(x, l);
}

const struct gram *features_of(struct extractor *x, enum lang l, str folded, size_t *n)
{
    count_words(x, l, folded);
    count_chars(x);
    *n = x->n;
    return x->grams;
}

const struct gram *features_of_words(struct extractor *x, enum lang l, str folded,
                                     size_t *n, struct spelling *spelling)
{
    count_words(x, l, folded);
    *spelling = (struct spelling){{x->text, x->text_n}, x->cut, x->n_cut};
    *n = x->n;
    return x->grams;
}
