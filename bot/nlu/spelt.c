#include "nlu/spelt.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"

enum {
    PLACES = 4096,
    WORD_MAX = 16,               /* bytes of a word that is kept */
    RUNS_MAX = 4 * WORD_MAX - 2, /* of 2 to 5 bytes within its two blanks */
    RUN_IDS = 1 << FEATURE_BITS,
    LINE = 16, /* floats of a cache line */
};

/* Its sum stands elsewhere, at the same place. */
struct spelt_word {
    uint32_t question; /* the last one it stood in */
    unsigned char n;   /* bytes of word; 0: free */
    char word[WORD_MAX];
    unsigned char n_runs, n_known; /* the model has rows for */
    uint16_t runs[RUNS_MAX];
};

struct spelt {
    const struct model *model;
    uint32_t wide; /* floats of a sum: the net's, then the machine's */
    uint32_t question;
    struct spelt_word *words;
    float *sums;
    /* the question being read */
    struct weight v[FEATURE_WORDS_MAX]; /* places of its words */
    uint32_t n;
    struct weight *loose; /* rows of runs that no word's sum holds */
    uint32_t n_loose;
    uint64_t met[RUN_IDS / 64];
    uint16_t again[RUN_IDS]; /* how often after the first time */
    uint16_t *repeated;      /* the runs of which that is not 0 */
    uint32_t n_repeated, n_runs, n_known;
};

struct spelt *spelt_new(const struct model *m)
{
    struct spelt *s = must_alloc(sizeof *s);
    s->model = m;
    s->wide = m->head.hidden + m->head.width;
    s->words = must_alloc(PLACES * sizeof *s->words);
    s->sums = must_alloc((size_t)PLACES * s->wide * sizeof *s->sums);
    s->repeated = must_alloc(FEATURE_MAX * sizeof *s->repeated);
    return s;
}

void spelt_free(struct spelt *s)
{
    if (!s)
        return;
    free(s->words);
    free(s->sums);
    free(s->repeated);
    free(s);
}

size_t spelt_bytes(const struct spelt *s)
{
    return s ? sizeof *s + PLACES * (sizeof *s->words + s->wide * sizeof *s->sums) : 0;
}

/* As kernel_hash_runs. */
static inline uint32_t longer(uint32_t h, char c)
{
    return (h ^ (unsigned char)c) * 16777619u;
}

static inline uint16_t run_of(uint32_t h)
{
    return (uint16_t)(h ^ h >> FEATURE_BITS);
}

static inline bool row_of(const struct spelt *s, uint16_t run, uint32_t *row)
{
    return vocabulary_row(&s->model->vocabulary,
                          (uint32_t)BLOCK_CHAR << FEATURE_BITS | run, row);
}

/* Notes which runs occur more than once. */
static inline void meet(struct spelt *s, uint16_t run)
{
    uint64_t *met = &s->met[run / 64], bit = (uint64_t)1 << run % 64;
    if (!(*met & bit))
        *met |= bit;
    else if (s->again[run]++ == 0)
        s->repeated[s->n_repeated++] = run;
}

static inline void meet_loose(struct spelt *s, uint16_t run)
{
    uint32_t row;
    bool known = row_of(s, run, &row);
    meet(s, run);
    s->n_runs++;
    s->n_known += known;
    s->loose[s->n_loose] = (struct weight){.row = row, .value = 1};
    s->n_loose += known;
}

/* Puts the runs within blank-word-blank down; at most 62 of a word that is kept. */
static void spell(struct spelt *s, struct spelt_word *w, str within, float *sum)
{
    uint32_t rows[RUNS_MAX], n = 0;
    w->n_runs = 0;
    for (size_t i = 0; i < within.n; i++) {
        uint32_t h = 2166136261u, row;
        for (size_t k = i; k < within.n && k < i + KERNEL_RUN_MAX; k++) {
            h = longer(h, within.p[k]);
            if (k + 1 < i + KERNEL_RUN_MIN)
                continue;
            uint16_t run = run_of(h);
            if (row_of(s, run, &row))
                rows[n++] = row;
            w->runs[w->n_runs++] = run;
        }
    }
    w->n_known = (unsigned char)n;
    model_sum_chars(s->model, rows, n, sum);
}

/* Of a word too long to keep, or whose place another word of this question has. */
static void meet_within(struct spelt *s, str within)
{
    for (size_t i = 0; i < within.n; i++) {
        uint32_t h = 2166136261u;
        for (size_t k = i; k < within.n && k < i + KERNEL_RUN_MAX; k++) {
            h = longer(h, within.p[k]);
            if (k + 1 >= i + KERNEL_RUN_MIN)
                meet_loose(s, run_of(h));
        }
    }
}

/* A number is another one each time. */
static bool may_be_kept(str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] >= '0' && word.p[i] <= '9')
            return false;
    return word.n > 0 && word.n <= WORD_MAX;
}

static void meet_word(struct spelt *s, str within)
{
    str word = str_sub(within, 1, within.n - 1);
    uint32_t place = (uint32_t)(str_key(word) % PLACES);
    struct spelt_word *w = &s->words[place];
    float *sum = s->sums + (size_t)place * s->wide;
    bool same = w->n == word.n && memcmp(w->word, word.p, word.n) == 0;
    if ((!same && (!may_be_kept(word) || w->question == s->question)) ||
        s->n == FEATURE_WORDS_MAX) {
        meet_within(s, within);
        return;
    }
    if (!same) {
        w->n = (unsigned char)word.n;
        memcpy(w->word, word.p, word.n);
        spell(s, w, within, sum);
    }
    for (uint32_t k = 0; k < s->wide; k += LINE)
        __builtin_prefetch(sum + k);
    w->question = s->question;
    s->v[s->n++] = (struct weight){.row = place, .value = 1};
    s->n_runs += w->n_runs;
    s->n_known += w->n_known;
    for (uint32_t k = 0; k < w->n_runs; k++)
        meet(s, w->runs[k]);
}

/* The runs that reach across the blank at `at`, but not across the one before. */
static void meet_across(struct spelt *s, str text, size_t before, size_t at)
{
    size_t from = MAX(before, at - MIN(at, KERNEL_RUN_MAX - 2u));
    for (size_t i = from; i < at; i++) {
        uint32_t h = 2166136261u;
        for (size_t k = i; k < text.n && k < i + KERNEL_RUN_MAX; k++) {
            h = longer(h, text.p[k]);
            if (k > at)
                meet_loose(s, run_of(h));
        }
    }
}

static void begin(struct spelt *s, struct weight *loose)
{
    if (++s->question == 0) { /* once in four billion */
        for (size_t i = 0; i < PLACES; i++)
            s->words[i].question = 0;
        s->question = 1;
    }
    memset(s->met, 0, sizeof s->met);
    s->loose = loose;
    s->n = s->n_loose = s->n_repeated = s->n_runs = s->n_known = 0;
}

/* Takes off what runs that occur more than once count too much. */
static struct block_sum settle(struct spelt *s)
{
    uint32_t singles = s->n_runs, known = s->n_known;
    struct block_sum sum = {0};
    for (uint32_t i = 0; i < s->n_repeated; i++) {
        uint16_t run = s->repeated[i];
        uint32_t count = s->again[run] + 1u, row;
        float tf = vocabulary_frequency(count);
        s->again[run] = 0;
        singles -= count;
        sum.all += tf;
        if (!row_of(s, run, &row))
            continue;
        known -= count;
        sum.known += tf;
        sum.square += tf * tf;
        s->loose[s->n_loose++] = (struct weight){row, tf - (float)count};
    }
    sum.all += (float)singles;
    sum.known += (float)known;
    sum.square += (float)known;
    return sum;
}

struct vector spelt_vector(struct spelt *s, const struct gram *words, size_t n, str text,
                           struct weight *room)
{
    begin(s, room + n);
    for (size_t at = 0; at + 1 < text.n;) {
        const char *blank = memchr(text.p + at + 1, ' ', text.n - at - 1);
        size_t next = blank ? (size_t)(blank - text.p) : text.n - 1;
        meet_word(s, str_sub(text, at, next + 1));
        if (next + 1 < text.n)
            meet_across(s, text, at, next);
        at = next;
    }
    struct block_sum chars = settle(s);
    struct vector x = vocabulary_words(&s->model->vocabulary, words, n, &chars, room);
    memmove(room + x.n_words, s->loose, s->n_loose * sizeof *room);
    x.n = x.n_words + s->n_loose;
    float factor = chars.square > 0 ? 1.0F / sqrtf(chars.square) : 0.0F;
    for (uint32_t i = x.n_words; i < x.n; i++)
        room[i].value *= factor;
    for (uint32_t i = 0; i < s->n; i++)
        s->v[i].value = factor;
    x.sums = s->sums;
    x.summed = s->v;
    x.n_summed = s->n;
    return x;
}
