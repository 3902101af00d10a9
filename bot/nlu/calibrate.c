#include "nlu/calibrate.h"

#include <math.h>
#include <stdlib.h>

/* One answer to a phrase that was held out. */
struct answer_seen {
    double score;
    bool right, among; /* the right card was the best; was among the best */
};

struct run {
    const struct corpus *corpus;
    const struct model_plan *plan;
    struct judge *judge;
    struct signs *signs;
    struct answer_seen *answers;
    bool *right; /* as confidence_fit wants it */
    size_t n;
};

/* What each boldness wants: the share of wrong ones among its answers, and the least
 * chance that a choice of three holds the right one. Bounds keep small sets sober. */
static const struct {
    double wrong, among;
    double answer_least, answer_most, choice_least, choice_most;
} wants[] = {
    {.02, .60, .75, .95, .30, .60},
    {.04, .50, .60, .90, .20, .50},
    {.08, .40, .45, .80, .12, .40},
};

/* Each phrase's part: classes are dealt out evenly, and what has one phrase only is
 * never held out (-1). */
static int *deal(const struct corpus *c, uint32_t classes, int parts)
{
    int *part = must_alloc(c->n * sizeof *part);
    uint32_t *seen = must_alloc(classes * sizeof *seen);
    uint32_t *size = must_alloc(classes * sizeof *size);
    for (size_t i = 0; i < c->n; i++)
        size[c->examples[i].label]++;
    for (size_t i = 0; i < c->n; i++) {
        uint32_t k = c->examples[i].label;
        part[i] = size[k] < 2 ? -1 : (int)((seen[k]++ + k) % (uint32_t)parts);
    }
    free(seen);
    free(size);
    return part;
}

static void judge_held(struct run *r, const struct model *m, const bool *held)
{
    const struct corpus *c = r->corpus;
    for (size_t i = 0; i < c->n; i++) {
        if (!held[i])
            continue;
        struct judgement g;
        judge_grams(r->judge, m, c->grams[2 * i], c->n_grams[2 * i], NULL, &g);
        if (g.n == 0)
            continue;
        bool real = (int32_t)c->examples[i].label != m->head.none;
        struct answer_seen *a = &r->answers[r->n];
        *a = (struct answer_seen){.right = real && g.label[0] == c->examples[i].label};
        for (size_t k = 0; k < g.n && real; k++)
            a->among = a->among || g.label[k] == c->examples[i].label;
        r->right[r->n] = a->right;
        r->signs[r->n++] = g.signs;
    }
}

static void run_part(struct run *r, const int *part, int now)
{
    bool *held = must_alloc(r->corpus->n * sizeof *held);
    size_t n_held = 0;
    for (size_t i = 0; i < r->corpus->n; i++)
        n_held += held[i] = part[i] == now;
    if (n_held > 0 && n_held < r->corpus->n) {
        struct dataset d;
        dataset_init(&d, r->corpus, held);
        str block = model_train(&d, r->plan);
        dataset_done(&d);
        struct model m;
        if (model_open(block, &m) == RC_OK) {
            judge_held(r, &m, held);
            free(m.vocabulary.row_of);
        }
        free((char *)(uintptr_t)block.p);
    }
    free(held);
}

static int by_score(const void *a, const void *b)
{
    const struct answer_seen *x = a, *y = b;
    return (x->score < y->score) - (x->score > y->score);
}

static double bounded(double x, double least, double most)
{
    return fmax(least, fmin(most, x));
}

/* The lowest score down to which at most `wrong` of the answers are; answers sorted. */
static double answer_bar(const struct run *r, double wrong)
{
    double bar = 1, bad = 1; /* one imagined mistake, so that few answers prove little */
    for (size_t i = 0; i < r->n; i++) {
        bad += !r->answers[i].right;
        bool last = i + 1 == r->n || r->answers[i + 1].score < r->answers[i].score;
        if (last && bad <= wrong * (double)(i + 2))
            bar = r->answers[i].score;
    }
    return bar;
}

/* The lowest score below `top` down to which a choice of three is worth offering: looks
 * at a window of answers around each score. */
static double choice_bar(const struct run *r, double top, double among)
{
    double bar = top;
    size_t window = MAX(r->n / 20, (size_t)8);
    for (size_t i = 0; i + window <= r->n; i++) {
        if (r->answers[i].score >= top)
            continue;
        size_t good = 0;
        for (size_t k = i; k < i + window; k++)
            good += r->answers[k].among;
        if ((double)good < among * (double)window)
            break;
        bar = r->answers[i + window / 2].score;
    }
    return bar;
}

static void set_bars(struct run *r, struct confidence *out)
{
    for (size_t i = 0; i < r->n; i++)
        r->answers[i].score = confidence_of(out, &r->signs[i]);
    qsort(r->answers, r->n, sizeof *r->answers, by_score);
    for (size_t b = 0; b < LEN(wants); b++) {
        double answer = answer_bar(r, wants[b].wrong);
        answer = bounded(answer, wants[b].answer_least, wants[b].answer_most);
        double choice = choice_bar(r, answer, wants[b].among);
        choice = bounded(choice, wants[b].choice_least, wants[b].choice_most);
        out->answer[b] = (float)answer;
        out->choice[b] = (float)choice;
    }
}

void calibrate(const struct corpus *c, const struct model_plan *plan, struct judge *j,
               struct confidence *out)
{
    struct run r = {.corpus = c,
                    .plan = plan,
                    .judge = j,
                    .signs = must_alloc(c->n * sizeof *r.signs),
                    .answers = must_alloc(c->n * sizeof *r.answers),
                    .right = must_alloc(c->n * sizeof *r.right)};
    bool many = c->n > CALIBRATE_FOLDS_MAX_PHRASES;
    int parts = many ? 5 : CALIBRATE_FOLDS, *part = deal(c, plan->classes, parts);
    for (int now = 0; now < (many ? 1 : parts); now++)
        run_part(&r, part, now);
    *out = confidence_prior;
    if (r.n > 0) {
        confidence_fit(out, r.signs, r.right, r.n);
        set_bars(&r, out);
    }
    free(part);
    free(r.signs);
    free(r.answers);
    free(r.right);
}
