#include "nlu/spelt.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"

enum {
    PLACES = 8192,
    TEXT_MAX = 24, /* bytes of a piece that is kept, blanks included */
    RUNS_MAX = KERNEL_RUNS * TEXT_MAX,
    BESIDE = KERNEL_RUN_MAX - 2,        /* bytes on either side of a joint's blank */
    PIECES_MAX = 2 * FEATURE_WORDS_MAX, /* of a question; what follows is not kept */
    LINE = 64,                          /* bytes of a cache line */
    WORTH_MAX = 3,
};
_Static_assert((int)RUNS_MAX <= (int)MODEL_SUM_MAX, "a piece's rows fit in one sum");

/* Its sum stands elsewhere, at the same place. One that is often met does not give way to
 * each that is met once: it must be passed over as often as it is worth. */
struct kept {
    uint32_t question;             /* the last one it stood in */
    unsigned char n;               /* bytes of text; 0: free */
    unsigned char worth;           /* 0: seen once, and its sum is not made yet */
    unsigned char n_runs, n_known; /* the model has rows for */
    char text[TEXT_MAX];
};

struct piece {
    uint16_t from, to;
    uint16_t blank; /* a joint's, behind from; 0: a word, whose first is one */
    uint16_t place;
};

struct spelt {
    const struct model *model;
    size_t step; /* of the sums: whole cache lines */
    uint32_t question;
    struct kept *kept;
    int16_t *sums;
    /* the question being read */
    struct piece pieces[PIECES_MAX];
    uint32_t taken[PIECES_MAX]; /* places of the sums */
    uint32_t n_taken, n_runs, n_known;
};

struct spelt *spelt_new(const struct model *m)
{
    struct spelt *s = must_alloc(sizeof *s);
    size_t wide = m->head.hidden + m->head.width, line = LINE / sizeof *s->sums;
    s->model = m;
    s->step = (wide + line - 1) / line * line;
    s->kept = must_alloc(PLACES * sizeof *s->kept);
    s->sums = must_alloc(PLACES * s->step * sizeof *s->sums);
    return s;
}

void spelt_free(struct spelt *s)
{
    if (!s)
        return;
    free(s->kept);
    free(s->sums);
    free(s);
}

size_t spelt_bytes(const struct spelt *s)
{
    return s ? sizeof *s + PLACES * (sizeof *s->kept + s->step * sizeof *s->sums) : 0;
}

/* Calls for the row of each run of a piece: those within a word, or those that reach
 * across a joint's blank. FNV-1a, as kernel_hash_runs. */
VOCABULARY_COUNTS static uint32_t find_rows(const struct vocabulary *voc,
                                            const char *text, const struct piece *p,
                                            uint32_t *n_runs, struct weight *rows)
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
            rows[n] = (struct weight){.row = row, .value = 1};
            n += known;
            runs++;
        }
    }
    *n_runs = runs;
    return n;
}

/* Seen for the second time: what it comes to is worth keeping. */
static void make_sum(struct spelt *s, const char *text, const struct piece *p)
{
    struct kept *k = &s->kept[p->place];
    struct weight found[RUNS_MAX];
    uint32_t rows[RUNS_MAX], n_runs;
    uint32_t n = find_rows(&s->model->vocabulary, text, p, &n_runs, found);
    for (uint32_t i = 0; i < n; i++)
        rows[i] = found[i].row;
    k->n_runs = (unsigned char)n_runs;
    k->n_known = (unsigned char)n;
    model_sum_chars(s->model, rows, n, s->sums + p->place * s->step);
}

/* A number is another one each time. */
static bool may_be_kept(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] >= '0' && text.p[i] <= '9')
            return false;
    return text.n <= TEXT_MAX;
}

/* Takes the piece's sum; false when none is kept. */
static bool take(struct spelt *s, const char *text, const struct piece *p)
{
    struct kept *k = &s->kept[p->place];
    str own = {text + p->from, p->to - (size_t)p->from};
    if (k->n == own.n && memcmp(k->text, own.p, own.n) == 0) {
        if (k->worth == 0)
            make_sum(s, text, p);
        if (k->worth < WORTH_MAX)
            k->worth++;
        k->question = s->question;
        s->n_runs += k->n_runs;
        s->n_known += k->n_known;
        s->taken[s->n_taken++] = p->place;
        const char *sum = (const char *)(s->sums + p->place * s->step);
        for (size_t at = 0; at < s->step * sizeof *s->sums; at += LINE)
            __builtin_prefetch(sum + at);
        return true;
    }
    if (k->worth > 0) {
        if (k->question != s->question) /* else its sum is still wanted */
            k->worth--;
    } else if (may_be_kept(own)) {
        k->n = (unsigned char)own.n;
        memcpy(k->text, own.p, own.n);
    }
    return false;
}

/* They lie far apart: all are asked for before the first is looked into. */
static void put_piece(struct spelt *s, str text, struct piece p, uint32_t *n)
{
    p.place = (uint16_t)(str_key(str_sub(text, p.from, p.to)) % PLACES);
    __builtin_prefetch(&s->kept[p.place]);
    if (*n < PIECES_MAX)
        s->pieces[(*n)++] = p;
}

/* Each word with its blanks, and each joint but for what lies before the word's first
 * blank, which is the joint's before. */
static uint32_t split(struct spelt *s, str text)
{
    uint32_t n = 0;
    for (size_t at = 0, next; at + 1 < text.n; at = next) {
        const char *blank = memchr(text.p + at + 1, ' ', text.n - at - 1);
        next = blank ? (size_t)(blank - text.p) : text.n - 1;
        put_piece(s, text,
                  (struct piece){.from = (uint16_t)at, .to = (uint16_t)(next + 1)}, &n);
        if (next + 1 < text.n) {
            size_t from = MAX(at, next - MIN(next, (size_t)BESIDE));
            size_t to = MIN(text.n, next + BESIDE + 1);
            put_piece(s, text,
                      (struct piece){.from = (uint16_t)from,
                                     .to = (uint16_t)to,
                                     .blank = (uint16_t)next},
                      &n);
        }
    }
    return n;
}

static void begin(struct spelt *s)
{
    if (++s->question == 0) { /* once in four billion */
        for (size_t i = 0; i < PLACES; i++)
            s->kept[i].question = 0;
        s->question = 1;
    }
    s->n_taken = s->n_runs = s->n_known = 0;
}

struct vector spelt_vector(struct spelt *s, const struct gram *words, size_t n, str text,
                           struct weight *room)
{
    begin(s);
    struct weight *loose = room + n; /* there are no more of the words than grams */
    uint32_t n_loose = 0, n_pieces = split(s, text), runs;
    for (uint32_t i = 0; i < n_pieces; i++) {
        if (take(s, text.p, &s->pieces[i]))
            continue;
        uint32_t known = find_rows(&s->model->vocabulary, text.p, &s->pieces[i], &runs,
                                   loose + n_loose);
        model_expect_chars(s->model, loose + n_loose, known);
        n_loose += known;
        s->n_known += known;
        s->n_runs += runs;
    }
    struct block_sum chars = {
        .square = (float)s->n_known, .known = (float)s->n_known, .all = (float)s->n_runs};
    struct vector x = vocabulary_words(&s->model->vocabulary, words, n, &chars, room);
    memmove(room + x.n_words, loose, n_loose * sizeof *room);
    x.n = x.n_words + n_loose;
    x.sum_weight = s->n_known > 0 ? 1.0F / sqrtf((float)s->n_known) : 0.0F;
    for (uint32_t i = x.n_words; i < x.n; i++)
        room[i].value = x.sum_weight;
    x.sums = s->sums;
    x.sum_step = s->step;
    x.summed = s->taken;
    x.n_summed = s->n_taken;
    return x;
}
