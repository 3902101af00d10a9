#include "nlu/model.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"
#include "nlu/mixture.h"
#include "nlu/net.h"
#include "nlu/svm.h"

enum { MAGIC = 0x62616c69, ALIGN = 64 };

/* Where the parts lie in a block; also used to count its size with p NULL. */
struct layout {
    unsigned char *p;
    size_t at;
};

static void *part(struct layout *l, size_t n, size_t size)
{
    void *here = l->p ? l->p + l->at : NULL;
    l->at += (n * size + ALIGN - 1) / ALIGN * ALIGN;
    return here;
}

struct parts {
    uint32_t *ids;
    float *svm_bias;
    struct bayes_entry *bayes;
    int8_t *bayes_common;
    float *bayes_common_scale, *bayes_total;
    unsigned char *words, *chars;
    int8_t *net_out;
    float *net_in_bias, *net_out_scale, *net_out_bias;
};

/* What a row holds behind its bytes. */
struct word_tail {
    float net_scale, idf;
    struct bayes_span bayes;
};
struct char_tail {
    float net_scale, svm_scale;
};

/* Bytes from one row to the next: a row of characters, of which a question has hundreds,
 * begins with a cache line. */
static size_t word_step(const struct model_head *h)
{
    return h->hidden + sizeof(struct word_tail);
}

static size_t char_step(const struct model_head *h)
{
    return (h->hidden + h->width + sizeof(struct char_tail) + ALIGN - 1) / ALIGN * ALIGN;
}

static size_t lay_out(const struct model_head *h, unsigned char *p, struct parts *out)
{
    struct layout l = {.p = p};
    size_t chars = h->rows - h->word_rows;
    part(&l, 1, sizeof *h);
    out->ids = part(&l, h->rows, sizeof(uint32_t));
    out->svm_bias = part(&l, h->width, sizeof(float));
    out->bayes = part(&l, h->bayes_n, sizeof(struct bayes_entry));
    out->bayes_common = part(&l, h->bayes_common, h->width);
    out->bayes_common_scale = part(&l, h->bayes_common, sizeof(float));
    out->bayes_total = part(&l, h->width, sizeof(float));
    out->words = part(&l, h->word_rows, word_step(h));
    out->chars = part(&l, chars, char_step(h));
    out->net_in_bias = part(&l, h->hidden, sizeof(float));
    out->net_out = part(&l, h->hidden, h->width);
    out->net_out_scale = part(&l, h->width, sizeof(float));
    out->net_out_bias = part(&l, h->width, sizeof(float));
    return l.at;
}

static struct word_tail *word_tail_of(const struct model_head *h, const struct parts *p,
                                      size_t row)
{
    return (void *)(p->words + row * word_step(h) + h->hidden);
}

static struct char_tail *char_tail_of(const struct model_head *h, const struct parts *p,
                                      size_t row)
{
    return (void *)(p->chars + row * char_step(h) + h->hidden + h->width);
}

static void pack_words(const struct dataset *d, const struct bayes *b,
                       const struct model_head *h, struct parts *p)
{
    memcpy(p->bayes, b->entries, b->n * sizeof *p->bayes);
    memcpy(p->bayes_common, b->common, (size_t)b->n_common * h->width);
    memcpy(p->bayes_common_scale, b->common_scale, b->n_common * sizeof(float));
    memcpy(p->bayes_total, b->total, h->width * sizeof *p->bayes_total);
    for (uint32_t r = 0; r < h->word_rows; r++) {
        struct word_tail *t = word_tail_of(h, p, r);
        t->idf = d->vocabulary.idf[r];
        t->bayes = bayes_span_of(b, r);
    }
}

static void pack_svm(const struct dataset *d, const struct model_head *h, struct parts *p)
{
    float *svm = svm_train(d, h->classes);
    size_t rows = h->rows - h->word_rows;
    for (size_t r = 0; r < rows; r++) {
        int8_t *to = (int8_t *)p->chars + r * char_step(h) + h->hidden;
        char_tail_of(h, p, r)->svm_scale =
            kernel_quantise(to, svm + r * h->width, h->width);
    }
    memcpy(p->svm_bias, svm + rows * h->width, h->width * sizeof *svm);
    free(svm);
}

/* Side by side in one wide net, whose output is their mean. */
static void put_net(const struct net *net, uint32_t at, uint32_t nets,
                    const struct model_head *h, float *in, float *out, struct parts *p)
{
    uint32_t n = net->hidden, first = at * n;
    for (uint32_t r = 0; r < h->rows; r++)
        memcpy(in + (size_t)r * h->hidden + first, net->in + (size_t)r * n,
               n * sizeof *in);
    memcpy(p->net_in_bias + first, net->in_bias, n * sizeof(float));
    for (size_t i = 0; i < (size_t)n * h->width; i++)
        out[(size_t)first * h->width + i] = net->out[i] / (float)nets;
    for (uint32_t k = 0; k < h->width; k++)
        p->net_out_bias[k] += net->out_bias[k] / (float)nets;
}

/* The second layer's weights to one class. */
static void pack_column(const float *out, const struct model_head *h, uint32_t k,
                        struct parts *p)
{
    float column[NET_HIDDEN_MAX];
    int8_t bytes[NET_HIDDEN_MAX];
    for (uint32_t i = 0; i < h->hidden; i++)
        column[i] = out[(size_t)i * h->width + k];
    p->net_out_scale[k] = kernel_quantise(bytes, column, h->hidden);
    for (uint32_t i = 0; i < h->hidden; i++) {
        size_t quad = (size_t)i / KERNEL_QUAD * KERNEL_QUAD * h->width;
        p->net_out[quad + (size_t)k * KERNEL_QUAD + i % KERNEL_QUAD] = bytes[i];
    }
}

static void pack_nets(const struct dataset *d, const struct model_plan *plan,
                      const struct model_head *h, struct parts *p)
{
    float *in = must_alloc((size_t)h->rows * h->hidden * sizeof *in);
    float *out = must_alloc((size_t)h->hidden * h->width * sizeof *out);
    for (uint32_t i = 0; i < plan->nets; i++) {
        struct net net;
        struct net_plan how = {
            .hidden = plan->hidden, .epochs = plan->epochs, .seed = 7 + i};
        net_train(d, h->classes, &how, &net);
        put_net(&net, i, plan->nets, h, in, out, p);
        net_free(&net);
    }
    for (size_t r = 0; r < h->rows; r++) {
        bool word = r < h->word_rows;
        size_t at = word ? r : r - h->word_rows;
        int8_t *to = (int8_t *)(word ? p->words + at * word_step(h)
                                     : p->chars + at * char_step(h));
        float scale = kernel_quantise(to, in + r * h->hidden, h->hidden);
        *(word ? &word_tail_of(h, p, at)->net_scale
               : &char_tail_of(h, p, at)->net_scale) = scale;
    }
    for (uint32_t k = 0; k < h->width; k++)
        pack_column(out, h, k, p);
    free(in);
    free(out);
}

static uint64_t check_of(const unsigned char *p, size_t from, size_t to)
{
    uint64_t h = 14695981039346656037u, word;
    for (; from + sizeof word <= to; from += sizeof word) {
        memcpy(&word, p + from, sizeof word);
        h = (h ^ word) * 1099511628211u;
        h ^= h >> 29;
    }
    return h;
}

static size_t body_of(void)
{
    return (sizeof(struct model_head) + ALIGN - 1) / ALIGN * ALIGN;
}

str model_train(const struct dataset *d, const struct model_plan *plan)
{
    struct arena *scratch = arena_new();
    struct bayes bayes;
    bayes_train(scratch, d, plan->classes, &bayes);
    struct model_head h = {.magic = MAGIC,
                           .version = MODEL_VERSION,
                           .lanes = KERNEL_LANES,
                           .classes = plan->classes,
                           .width = kernel_width(plan->classes),
                           .hidden = plan->nets * plan->hidden,
                           .rows = d->vocabulary.rows,
                           .word_rows = d->vocabulary.word_rows,
                           .bayes_n = bayes.n,
                           .bayes_common = bayes.n_common,
                           .none = plan->none,
                           .idf_unknown = d->vocabulary.idf_unknown,
                           .confidence = confidence_prior(plan->none >= 0)};
    struct parts p;
    h.size = lay_out(&h, NULL, &p);
    unsigned char *block = must_alloc(h.size);
    lay_out(&h, block, &p);
    memcpy(p.ids, d->vocabulary.ids, h.rows * sizeof *p.ids);
    pack_words(d, &bayes, &h, &p);
    pack_svm(d, &h, &p);
    pack_nets(d, plan, &h, &p);
    h.check = check_of(block, body_of(), h.size);
    memcpy(block, &h, sizeof h);
    arena_free(scratch);
    return (str){(const char *)block, h.size};
}

void model_set_confidence(str block, const struct confidence *c)
{
    struct model_head h;
    memcpy(&h, block.p, sizeof h);
    h.confidence = *c;
    memcpy((char *)(uintptr_t)block.p, &h, sizeof h);
}

/* The figures that index something, whoever wrote the block. */
static bool is_sound(const struct model_head *h, const struct parts *p)
{
    for (uint32_t r = 0; r < h->rows; r++)
        if (p->ids[r] >= FEATURE_SPACE || (r > 0 && p->ids[r] <= p->ids[r - 1]))
            return false;
    for (uint32_t r = 0; r < h->word_rows; r++) {
        struct bayes_span b = word_tail_of(h, p, r)->bayes;
        if (b.to == BAYES_IS_COMMON ? b.from >= h->bayes_common
                                    : b.from > b.to || b.to > h->bayes_n)
            return false;
    }
    for (uint32_t i = 0; i < h->bayes_n; i++)
        if (p->bayes[i].label >= h->classes)
            return false;
    return true;
}

static void find_most(struct model *m, const struct parts *p)
{
    const struct model_head *h = &m->head;
    for (size_t r = 0; r < h->rows - h->word_rows; r++) {
        const struct char_tail *t = char_tail_of(h, p, r);
        m->net_most = fmaxf(m->net_most, t->net_scale);
        m->svm_most = fmaxf(m->svm_most, t->svm_scale);
    }
}

enum rc model_open(str block, struct model *out)
{
    struct model_head h;
    if (block.n < sizeof h)
        return RC_INVALID;
    memcpy(&h, block.p, sizeof h);
    if (h.magic != MAGIC || h.version != MODEL_VERSION || h.lanes != KERNEL_LANES ||
        h.size != block.n || h.classes == 0 || h.classes > MODEL_CLASSES_MAX ||
        h.width != kernel_width(h.classes) || h.rows > FEATURE_SPACE ||
        h.word_rows > h.rows || h.hidden == 0 || h.hidden > NET_HIDDEN_MAX ||
        h.hidden % KERNEL_LANES != 0 || h.none >= (int32_t)h.classes ||
        h.bayes_n > block.n || h.bayes_common > block.n)
        return RC_INVALID;
    unsigned char *p = (unsigned char *)(uintptr_t)block.p;
    struct parts at;
    if (lay_out(&h, NULL, &at) != h.size || check_of(p, body_of(), h.size) != h.check)
        return RC_INVALID;
    lay_out(&h, p, &at);
    if (!is_sound(&h, &at))
        return RC_INVALID;
    struct word_tail *tails = word_tail_of(&h, &at, 0);
    *out = (struct model){.head = h,
                          .vocabulary = {.rows = h.rows,
                                         .word_rows = h.word_rows,
                                         .ids = at.ids,
                                         .idf = &tails->idf,
                                         .idf_step = word_step(&h) / sizeof(float),
                                         .idf_unknown = h.idf_unknown},
                          .words = at.words,
                          .chars = at.chars,
                          .svm_bias = at.svm_bias,
                          .bayes = {.n = h.bayes_n,
                                    .entries = at.bayes,
                                    .spans = &tails->bayes,
                                    .span_step = word_step(&h),
                                    .n_common = h.bayes_common,
                                    .common = at.bayes_common,
                                    .common_scale = at.bayes_common_scale,
                                    .total = at.bayes_total},
                          .net_in_bias = at.net_in_bias,
                          .net_out = at.net_out,
                          .net_out_scale = at.net_out_scale,
                          .net_out_bias = at.net_out_bias};
    find_most(out, &at);
    vocabulary_index(&out->vocabulary);
    return RC_OK;
}

struct scores scores_new(struct arena *a)
{
    size_t n = MODEL_CLASSES_MAX * sizeof(float), rows = FEATURE_MAX;
    return (struct scores){.margin = arena_alloc(a, n),
                           .share = arena_alloc(a, n),
                           .bayes = arena_alloc(a, n),
                           .net = arena_alloc(a, n),
                           .hidden = arena_alloc(a, NET_HIDDEN_MAX * sizeof(float)),
                           .on = arena_alloc(a, NET_HIDDEN_MAX),
                           .row = arena_alloc(a, rows * sizeof(int8_t *)),
                           .net_weight = arena_alloc(a, rows * sizeof(float)),
                           .svm_weight = arena_alloc(a, rows * sizeof(float))};
}

void model_expect_words(const struct model *m, const uint32_t *rows, size_t n)
{
    size_t step = word_step(&m->head);
    for (size_t i = 0; i < n; i++) {
        const unsigned char *row =
            m->words + (rows[i] == VOCABULARY_NONE ? 0 : rows[i]) * step;
        for (size_t at = 0; at < step; at += ALIGN)
            __builtin_prefetch(row + at);
        __builtin_prefetch(row + step - 1);
    }
}

void model_expect_chars(const struct model *m, const uint32_t *rows, uint32_t n)
{
    size_t step = char_step(&m->head);
    for (uint32_t i = 0; i < n; i++) {
        const unsigned char *row = m->chars + (rows[i] - m->head.word_rows) * step;
        for (size_t at = 0; at < step; at += ALIGN)
            __builtin_prefetch(row + at, 0, 2);
    }
}

/* Where each feature's row is, and what it weighs in either matrix. */
static void find_rows(const struct model *m, const struct vector *x, struct scores *s)
{
    const struct model_head *h = &m->head;
    size_t step = word_step(h);
    for (uint32_t i = 0; i < x->n_words; i++) {
        const unsigned char *row = m->words + x->v[i].row * step;
        const struct word_tail *t = (const void *)(row + h->hidden);
        s->row[i] = (const int8_t *)row;
        s->net_weight[i] = x->v[i].value * t->net_scale;
        bayes_expect(&m->bayes, t->bayes, h->width);
    }
    step = char_step(h);
    for (uint32_t i = x->n_words; i < x->n; i++) {
        const unsigned char *row = m->chars + (x->v[i].row - h->word_rows) * step;
        const struct char_tail *t = (const void *)(row + h->hidden + h->width);
        s->row[i] = (const int8_t *)row;
        s->net_weight[i] = x->v[i].value * t->net_scale;
        s->svm_weight[i] = x->v[i].value * t->svm_scale;
    }
}

/* Of sums: what 1 of them weighs, when the largest scale is a weight of WEIGHT_MAX. */
enum { WEIGHT_MAX = INT16_MAX };
static float unit_of(float most)
{
    return most / (float)WEIGHT_MAX * (float)(1 << KERNEL_SUM_SHIFT);
}

void model_sum_chars(const struct model *m, const uint32_t *rows, uint32_t n,
                     int16_t *sum)
{
    const struct model_head *h = &m->head;
    const float net = m->net_most > 0 ? (float)WEIGHT_MAX / m->net_most : 0;
    const float svm = m->svm_most > 0 ? (float)WEIGHT_MAX / m->svm_most : 0;
    struct kernel_rows r;
    int16_t in_svm[MODEL_SUM_MAX];
    n = MIN(n, (uint32_t)MODEL_SUM_MAX);
    for (uint32_t i = 0; i < n; i++) {
        size_t at = (rows[i] - h->word_rows) * char_step(h);
        const struct char_tail *t = (const void *)(m->chars + at + h->hidden + h->width);
        r.row[i] = (const int8_t *)m->chars + at;
        r.weight[i] = (int16_t)(t->net_scale * net + 0.5F);
        in_svm[i] = (int16_t)(t->svm_scale * svm + 0.5F);
    }
    r.n = n + n % 2;
    if (n % 2 == 1) {
        r.row[n] = r.row[n - 1];
        r.weight[n] = in_svm[n] = 0;
    }
    kernel_sum_rows(sum, h->hidden, &r, 0);
    memcpy(r.weight, in_svm, r.n * sizeof *in_svm);
    kernel_sum_rows(sum + h->hidden, h->width, &r, h->hidden);
}

/* Adds the sums that are made already. */
static void add_sums(const struct model *m, const struct vector *x, struct scores *s)
{
    const struct model_head *h = &m->head;
    if (x->n_summed == 0)
        return;
    kernel_add_sums(s->hidden, h->hidden, x->sums, x->sum_step, x->summed, x->n_summed,
                    unit_of(m->net_most) * x->sum_weight * x->scale);
    kernel_add_sums(s->margin, h->width, x->sums + h->hidden, x->sum_step, x->summed,
                    x->n_summed, unit_of(m->svm_most) * x->sum_weight);
}

/* Naive Bayes comes last: what it reads has been called for meanwhile. */
void model_score(const struct model *m, const struct vector *x, struct scores *s)
{
    const struct model_head *h = &m->head;
    uint32_t words = x->n_words;
    find_rows(m, x, s);
    memset(s->hidden, 0, h->hidden * sizeof(float));
    kernel_gather_bytes(s->hidden, h->hidden, s->row, 0, s->net_weight, x->n, x->scale);
    memcpy(s->margin, m->svm_bias, h->width * sizeof(float));
    kernel_gather_bytes(s->margin, h->width, s->row + words, h->hidden,
                        s->svm_weight + words, x->n - words, 1.0F);
    add_sums(m, x, s);
    float unit = kernel_rectify(s->on, s->hidden, m->net_in_bias, h->hidden);
    kernel_layer(s->net, h->width, m->net_out, m->net_out_scale, m->net_out_bias, s->on,
                 h->hidden, unit);
    bayes_score(&m->bayes, x, h->classes, s->bayes);
    struct logits l = {s->margin, s->bayes, s->net, h->classes, h->width};
    mixture(&l, s->share);
}
