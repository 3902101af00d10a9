#include "nlu/calibrate.h"

#include <math.h>
#include <stdlib.h>

/* One answer, with what the bars want to know of it. */
struct answer_seen {
    double score, weight;
    bool right, among; /* the right card was the best; was among the best */
};

struct run {
    const struct corpus *corpus;
    const struct model_plan *plan;
    struct judge *judge;
    struct seen *seen;
    struct answer_seen *answers;
    enum kind { KIND_REAL, KIND_NONE, KIND_UNKNOWN } * kind;
    size_t n, cap;
};

/* Share of the questions that no card answers, as the figures assume it: half of them
 * like the phrases of "none", half like a card that is not there. */
static const double strange_share = 0.15;
/* How much they weigh, against the real ones, where telling them apart is learned; and
 * what one of them weighs at most, when there are few. */
static const double strange_emphasis = 2, strange_most = 50;

/* What each boldness wants: the share of wrong ones among its answers, and the least
 * chance that a choice of three holds the right one. Bounds keep small sets sober. */
static const struct {
    double wrong, among;
    double answer_least, answer_most, choice_least, choice_most;
} wants[] = {
    {.02, .60, .75, .92, .30, .60},
    {.04, .50, .60, .75, .20, .50},
    {.08, .40, .45, .60, .12, .40},
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

/* Classes that a part's model never sees: what they say stands for the questions about
 * HR that no card answers. A tenth of them; none when there are few. */
static bool is_unknown(const struct run *r, uint32_t label, int now)
{
    uint32_t real = r->plan->classes - (r->plan->none >= 0);
    if (real < 4 || (int32_t)label == r->plan->none)
        return false;
    uint32_t every = MIN(real / 2, 10u);
    return (label + (uint32_t)now * 3) % every == 0;
}

static void judge_one(struct run *r, const struct model *m, size_t i, enum kind kind)
{
    const struct corpus *c = r->corpus;
    uint32_t label = c->examples[i].label;
    struct judgement g;
    judge_grams(r->judge, m, c->grams[2 * i], c->n_grams[2 * i]);
    judge_best(r->judge, &g);
    if (g.n == 0)
        return;
    if (r->n == r->cap) {
        r->cap = r->cap ? 2 * r->cap : 256;
        r->seen = must_grow(r->seen, r->cap * sizeof *r->seen);
        r->answers = must_grow(r->answers, r->cap * sizeof *r->answers);
        r->kind = must_grow(r->kind, r->cap * sizeof *r->kind);
    }
    bool real = kind == KIND_REAL, among = false;
    for (size_t k = 0; k < g.n && real; k++)
        among = among || g.label[k] == label;
    r->kind[r->n] = kind;
    r->answers[r->n] =
        (struct answer_seen){.right = real && g.label[0] == label, .among = among};
    r->seen[r->n] = (struct seen){.signs = g.signs, .right = real && g.label[0] == label};
    r->n++;
}

static void run_part(struct run *r, const int *part, int now)
{
    const struct corpus *c = r->corpus;
    bool *held = must_alloc(c->n * sizeof *held);
    size_t n_held = 0;
    for (size_t i = 0; i < c->n; i++)
        n_held += held[i] = part[i] == now || is_unknown(r, c->examples[i].label, now);
    if (n_held > 0 && n_held < c->n) {
        struct dataset d;
        dataset_init(&d, c, held);
        str block = model_train(&d, r->plan);
        dataset_done(&d);
        struct model m;
        if (model_open(block, &m) != RC_OK)
            abort(); /* our own block, just made */
        for (size_t i = 0; i < c->n; i++)
            if (held[i])
                judge_one(r, &m, i,
                          (int32_t)c->examples[i].label == r->plan->none ? KIND_NONE
                              : is_unknown(r, c->examples[i].label, now) ? KIND_UNKNOWN
                                                                         : KIND_REAL);
        free(m.vocabulary.known);
        free((char *)(uintptr_t)block.p);
    }
    free(held);
}

/* Real answers weigh one each; both kinds of strange ones together a multiple of them. */
static double weight_of(const double count[3], enum kind kind, double multiple)
{
    if (kind == KIND_REAL)
        return 1;
    double both = count[KIND_NONE] > 0 && count[KIND_UNKNOWN] > 0 ? 2 : 1;
    return MIN(multiple * count[KIND_REAL] / both / count[kind], strange_most);
}

static void weigh(struct run *r)
{
    double count[3] = {0};
    for (size_t i = 0; i < r->n; i++)
        count[r->kind[i]]++;
    for (size_t i = 0; i < r->n; i++) {
        double w = weight_of(count, r->kind[i], strange_share / (1 - strange_share));
        r->seen[i].weight = (float)w;
        r->answers[i].weight = w;
        r->seen[i].emphasis = (float)weight_of(count, r->kind[i], strange_emphasis);
    }
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
    double bar = 1, bad = 1, all = 2; /* one imagined mistake: few answers prove little */
    for (size_t i = 0; i < r->n; i++) {
        all += r->answers[i].weight;
        bad += r->answers[i].right ? 0 : r->answers[i].weight;
        bool last = i + 1 == r->n || r->answers[i + 1].score < r->answers[i].score;
        if (last && bad <= wrong * all)
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
        double good = 0, all = 0;
        for (size_t k = i; k < i + window; k++) {
            all += r->answers[k].weight;
            good += r->answers[k].among ? r->answers[k].weight : 0;
        }
        if (good < among * all)
            break;
        bar = r->answers[i + window / 2].score;
    }
    return bar;
}

static void set_bars(struct run *r, struct confidence *out)
{
    for (size_t i = 0; i < r->n; i++)
        r->answers[i].score = confidence_of(out, &r->seen[i].signs);
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
    struct run r = {.corpus = c, .plan = plan, .judge = j};
    int parts = c->n > CALIBRATE_LARGE ? 5 : 3, *part = deal(c, plan->classes, parts);
    int runs = c->n > CALIBRATE_LARGE ? 1 : c->n > CALIBRATE_SMALL ? 2 : 3;
    for (int now = 0; now < runs; now++)
        run_part(&r, part, now);
    *out = confidence_prior(plan->none >= 0);
    if (r.n > 0) {
        weigh(&r);
        confidence_fit(out, r.seen, r.n);
        set_bars(&r, out);
    }
    free(part);
    free(r.seen);
    free(r.answers);
    free(r.kind);
}
