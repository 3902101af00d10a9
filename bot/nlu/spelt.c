#include "nlu/spelt.h"

#include <math.h>
#include <stdlib.h>

enum {
    LINE = 64, /* bytes of a cache line */
    WORD_WAYS = 2,
    WORD_SETS = 1 << 12,
    JOINT_WAYS = 4,
    JOINT_SETS = 1 << 12,
    BESIDE = KERNEL_RUN_MAX - 2, /* bytes on either side of a joint's blank */
    SETS_BYTES = (WORD_SETS + JOINT_SETS) * LINE,
    WORTH_MAX = 3,
    RUNS_MAX = KERNEL_RUNS * (FEATURE_CHARS_MAX + 2), /* of a question */
    /* One of each piece, and what a word that is too long needs more. */
    PARTS_MAX = 2 * FEATURE_WORDS_MAX + RUNS_MAX / MODEL_SUM_MAX,
    SUM_NONE = 0,
    SUMS_MAX = PARTS_MAX + WORD_SETS * WORD_WAYS + JOINT_SETS * JOINT_WAYS,
};
_Static_assert(KERNEL_RUNS *(LEXEME_BYTES + 2) <= (int)MODEL_SUM_MAX,
               "a word that is kept is one sum");
_Static_assert((int)SUMS_MAX <= (int)UINT16_MAX, "a sum's number fits");
_Static_assert(2 * BESIDE + 1 < (int)sizeof(uint64_t), "a joint is one key");

/* What is kept of a piece. One that is often met does not give way to each that is met
 * once: it must be passed over as often as it is worth. */
struct note {
    uint16_t sum;                  /* its number; SUM_NONE: none was made here yet */
    uint16_t question;             /* the last one it stood in */
    unsigned char worth;           /* 0: seen once, and its sum is not made */
    unsigned char n_runs, n_known; /* the model has rows for */
};

/* Words and joints stand apart: a joint's sum spares the reading of six rows at most, a
 * word's that of thirty, and there are four times as many joints. A set is one line. A
 * key is the text of a piece with zeroes behind it, which no text has, so that keys are
 * compared whole; that of a free place is zero. */
struct word_set {
    struct word_key key[WORD_WAYS];
    struct note note[WORD_WAYS];
};
struct joint_set {
    uint64_t key[JOINT_WAYS];
    struct note note[JOINT_WAYS];
};
_Static_assert(sizeof(struct word_set) == LINE && sizeof(struct joint_set) == LINE,
               "one line each");

struct piece {
    uint16_t from, to;
    uint16_t blank; /* a joint's, behind from; 0: a word, whose first is one */
};
/* A piece, or a part of one, whose sum is to be made. */
struct part {
    uint16_t first, n; /* in rows */
    uint16_t sum;
};
struct word_piece {
    struct piece at;
    const struct word_key *key;
    struct word_set *set;
};
struct joint_piece {
    struct piece at;
    uint64_t key;
    struct joint_set *set;
};

struct spelt {
    const struct model *model;
    size_t step; /* of the sums: whole cache lines */
    uint16_t question;
    struct word_set *word_sets;
    struct joint_set *joint_sets;
    /* The first PARTS_MAX are of the question only. Then in the order in which they were
     * made: those of the common pieces lie together, and memory is touched when it is
     * needed. */
    int16_t *sums;
    uint32_t n_sums;
    /* the question being read */
    struct word_piece words[FEATURE_WORDS_MAX];
    struct joint_piece joints[FEATURE_WORDS_MAX];
    uint32_t n_words, n_joints;
    uint32_t rows[RUNS_MAX + 1]; /* the last is written to and not meant */
    struct part parts[PARTS_MAX];
    uint32_t taken[PARTS_MAX]; /* numbers of the sums */
    uint32_t n_rows, n_parts, n_taken, n_runs, n_known;
};

struct spelt *spelt_new(const struct model *m)
{
    struct spelt *s = must_alloc(sizeof *s);
    size_t wide = m->head.hidden + m->head.width, line = LINE / sizeof *s->sums;
    s->model = m;
    s->step = (wide + line - 1) / line * line;
    /* in one block, for that is as large as a huge page, and begins with one */
    s->word_sets = must_room(SETS_BYTES + SUMS_MAX * s->step * sizeof *s->sums);
    s->joint_sets = (void *)(s->word_sets + WORD_SETS);
    s->sums = (void *)(s->joint_sets + JOINT_SETS);
    s->n_sums = PARTS_MAX;
    memset(s->word_sets, 0, SETS_BYTES);
    return s;
}

void spelt_free(struct spelt *s)
{
    if (!s)
        return;
    free(s->word_sets);
    free(s);
}

size_t spelt_bytes(const struct spelt *s)
{
    return s ? sizeof *s + SETS_BYTES + s->n_sums * s->step * sizeof *s->sums : 0;
}

/* Calls for the row of each run of a piece: those within a word, or those that reach
 * across a joint's blank. FNV-1a, as kernel_hash_runs. */
VOCABULARY_COUNTS static uint32_t find_rows(const struct vocabulary *voc,
                                            const char *text, const struct piece *p,
                                            uint32_t *n_runs, uint32_t *rows)
{
    uint32_t stop = p->blank ? p->blank : p->to, n = 0, runs = 0;
    for (uint32_t i = p->from; i < stop; i++) {
        uint32_t h = 2166136261u, least = MAX(i + 1, p->blank + 1u);
        for (uint32_t k = i; k < p->to && k < i + KERNEL_RUN_MAX; k++) {
            h = (h ^ (unsigned char)text[k]) * 16777619u;
            if (k < least)
                continue;
            uint32_t run = (h ^ h >> FEATURE_BITS) & ((1u << FEATURE_BITS) - 1);
            uint32_t id = (uint32_t)BLOCK_CHAR << FEATURE_BITS | run, row;
            bool known = vocabulary_row(voc, id, &row);
            rows[n] = row;
            n += known;
            runs++;
        }
    }
    *n_runs = runs;
    return n;
}

/* Its rows, which lie far apart, are called for, and read when all are. */
static uint32_t plan_part(struct spelt *s, uint32_t n, uint32_t sum)
{
    s->parts[s->n_parts++] = (struct part){
        .first = (uint16_t)s->n_rows, .n = (uint16_t)n, .sum = (uint16_t)sum};
    model_expect_chars(s->model, s->rows + s->n_rows, n);
    s->n_rows += n;
    return sum;
}

/* Seen for the second time: what it comes to is worth keeping. */
static void plan_kept(struct spelt *s, const char *text, const struct piece *p,
                      struct note *to)
{
    uint32_t n_runs,
        n = find_rows(&s->model->vocabulary, text, p, &n_runs, s->rows + s->n_rows);
    to->n_runs = (unsigned char)n_runs;
    to->n_known = (unsigned char)n;
    if (to->sum == SUM_NONE)
        to->sum = (uint16_t)s->n_sums++;
    plan_part(s, n, to->sum);
}

/* No sum of it is kept. */
static void take_loose(struct spelt *s, const char *text, const struct piece *p)
{
    uint32_t n_runs,
        n = find_rows(&s->model->vocabulary, text, p, &n_runs, s->rows + s->n_rows);
    s->n_runs += n_runs;
    s->n_known += n;
    for (uint32_t part; n > 0; n -= part) {
        part = MIN(n, (uint32_t)MODEL_SUM_MAX);
        s->taken[s->n_taken++] = plan_part(s, part, s->n_parts);
    }
}

static void take(struct spelt *s, const char *text, const struct piece *p,
                 struct note *kept)
{
    if (kept->worth == 0)
        plan_kept(s, text, p, kept);
    kept->worth = (unsigned char)(kept->worth + (kept->worth < WORTH_MAX));
    kept->question = s->question;
    s->n_runs += kept->n_runs;
    s->n_known += kept->n_known;
    s->taken[s->n_taken++] = kept->sum;
    const char *sum = (const char *)(s->sums + kept->sum * s->step);
    for (size_t at = 0; at < s->step * sizeof *s->sums; at += LINE)
        __builtin_prefetch(sum + at, 0, 2);
}

/* The place among the n of a set that a new piece may have, or n: the least worth one is
 * passed over. A number gets none: it is another one each time. */
static uint32_t place_for(const struct spelt *s, const char *text, const struct piece *p,
                          struct note *v, uint32_t n)
{
    for (size_t i = p->from; i < p->to; i++)
        if (text[i] >= '0' && text[i] <= '9')
            return n;
    uint32_t least = 0;
    for (uint32_t i = 1; i < n; i++)
        least = v[i].worth < v[least].worth ? i : least;
    if (v[least].worth == 0)
        return least;
    if (v[least].question != s->question) /* else its sum is still wanted */
        v[least].worth--;
    return n;
}

static void take_word(struct spelt *s, const char *text, const struct word_piece *p)
{
    struct word_set *set = p->set;
    bool first = word_key_same(&set->key[0], p->key);
    if (p->key->eight[0] == 0) { /* too long */
        take_loose(s, text, &p->at);
        return;
    }
    if (first | word_key_same(&set->key[1], p->key)) {
        take(s, text, &p->at, &set->note[!first]);
        return;
    }
    uint32_t place = place_for(s, text, &p->at, set->note, WORD_WAYS);
    if (place < WORD_WAYS)
        set->key[place] = *p->key;
    take_loose(s, text, &p->at);
}

static void take_joint(struct spelt *s, const char *text, const struct joint_piece *p)
{
    struct joint_set *set = p->set;
    uint32_t same = 0;
    for (uint32_t i = 0; i < JOINT_WAYS; i++)
        same |= (uint32_t)(set->key[i] == p->key) << i;
    if (same) {
        take(s, text, &p->at, &set->note[__builtin_ctz(same)]);
        return;
    }
    uint32_t place = place_for(s, text, &p->at, set->note, JOINT_WAYS);
    if (place < JOINT_WAYS)
        set->key[place] = p->key;
    take_loose(s, text, &p->at);
}

static void put_word(struct spelt *s, const struct cut_word *w)
{
    struct word_piece *p = &s->words[s->n_words++];
    p->at =
        (struct piece){.from = (uint16_t)(w->at - 1), .to = (uint16_t)(w->at + w->n + 1)};
    p->key = &w->key;
    p->set = &s->word_sets[word_key_spread(&w->key) % WORD_SETS];
    __builtin_prefetch(p->set);
}

static void put_joint(struct spelt *s, str text, size_t at, size_t blank)
{
    struct joint_piece *p = &s->joints[s->n_joints++];
    size_t from = MAX(at - 1, blank - MIN(blank, (size_t)BESIDE));
    size_t to = MIN(text.n, blank + BESIDE + 1);
    p->at = (struct piece){
        .from = (uint16_t)from, .to = (uint16_t)to, .blank = (uint16_t)blank};
    struct word_key key = word_key_of(text.p + from, to - from);
    p->key = key.eight[0];
    p->set = &s->joint_sets[word_key_spread(&key) % JOINT_SETS];
    __builtin_prefetch(p->set);
}

/* Each word with its blanks, and each joint but for what lies before the word's first
 * blank, which is the joint's before. Their sets lie far apart: all are asked for before
 * the first is looked into. */
static void split(struct spelt *s, const struct spelling *x)
{
    s->question++;
    s->n_rows = s->n_parts = s->n_taken = s->n_runs = s->n_known = 0;
    s->n_words = s->n_joints = 0;
    for (size_t i = 0; i < x->n_words; i++) {
        size_t at = x->words[i].at, blank = at + x->words[i].n;
        put_word(s, &x->words[i]);
        if (blank + 1 < x->text.n)
            put_joint(s, x->text, at, blank);
    }
}

struct vector spelt_vector(struct spelt *s, const struct gram *words, size_t n,
                           const struct spelling *spelling, struct weight *room)
{
    const char *text = spelling->text.p;
    uint32_t rows[FEATURE_MAX];
    vocabulary_find(&s->model->vocabulary, words, n, rows);
    model_expect_words(s->model, rows, n);
    split(s, spelling);
    for (uint32_t i = 0; i < s->n_words; i++)
        take_word(s, text, &s->words[i]);
    for (uint32_t i = 0; i < s->n_joints; i++)
        take_joint(s, text, &s->joints[i]);
    struct block_sum chars = {
        .square = (float)s->n_known, .known = (float)s->n_known, .all = (float)s->n_runs};
    struct vector x =
        vocabulary_words(&s->model->vocabulary, words, rows, n, &chars, room);
    for (uint32_t i = 0; i < s->n_parts; i++)
        model_sum_chars(s->model, s->rows + s->parts[i].first, s->parts[i].n,
                        s->sums + s->parts[i].sum * s->step);
    x.sum_weight = s->n_known > 0 ? 1.0F / sqrtf((float)s->n_known) : 0.0F;
    x.sums = s->sums;
    x.sum_step = s->step;
    x.summed = s->taken;
    x.n_summed = s->n_taken;
    return x;
}
