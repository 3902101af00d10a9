/*
 * bench_intents - how well the intents are understood, on public data (CLINC150,
 * BANKING77) and on the repository's own cards.
 *
 *   bench_intents DATA [INTENTS]
 *
 * DATA holds clinc150.train.tsv, clinc150.val.tsv and banking77.train.tsv (split, intent,
 * text); INTENTS is a folder of cards. Everything goes through nlu.h, as in the program:
 * models are trained and calibrated from phrases alone. Thresholds are chosen on a fifth
 * of the training part that was held out, and reported on validation; beside them, in
 * brackets, chosen on validation as the published figures were.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "content/load.h"
#include "nlu/nlu.h"
#include "nlu/rng.h"
#include "nlu/typo.h"
#include "text/normalise.h"

enum { FILE_MAX_BYTES = 16 * 1024 * 1024, BANKING_FOLDS = 5, BINS = 10 };

struct item {
    str label, text; /* text folded */
};
struct set {
    VEC(struct item) list;
};

/* One judged question. */
struct row {
    double score;
    bool in, right; /* in scope; best card right */
};
struct rows {
    struct row *v;
    size_t n;
    double us; /* each, through the classifier */
};

static bool set_load(struct arena *a, const char *dir, const char *name, struct set *out)
{
    str text, line;
    str path = file_path(a, str_c(dir), str_c(name));
    if (file_read(a, path, FILE_MAX_BYTES, &text) != RC_OK)
        return false;
    *out = (struct set){0};
    str_line(&text, &line); /* the header */
    while (str_line(&text, &line)) {
        str_cut(&line, '\t');
        struct item one = {.label = str_cut(&line, '\t')};
        if (normalise(a, line, &one.text) == RC_OK && one.text.n > 0)
            *arena_push(a, &out->list) = one;
    }
    return true;
}

static bool is_oos(str label)
{
    return str_eq(label, STR("oos"));
}

/* A card for every label; oos becomes "none" or is left out. */
static struct catalogue *catalogue_of(struct arena *a, const struct set *s, bool with_oos,
                                      enum lang l, struct catalogue *c)
{
    if (!c) {
        c = arena_alloc(a, sizeof *c);
        c->arena = a;
        c->card_by_id = map_new(a);
    }
    for (size_t i = 0; i < s->list.n; i++) {
        const struct item *one = &s->list.v[i];
        if (is_oos(one->label) && !with_oos)
            continue;
        int64_t next = (int64_t)c->cards.n;
        int64_t at = *map_put(&c->card_by_id, one->label, next);
        if (at == next)
            *arena_push(a, &c->cards) = (struct card){
                .id = one->label, .none = is_oos(one->label), .file = STR("bench")};
        *arena_push(a, &c->cards.v[at].say[l].list) =
            (struct phrase){.text = one->text, .folded = one->text, .line = 1};
    }
    return c;
}

/* Of this process: the machine may be busy with others. */
static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct nlu *build(struct arena *a, const struct catalogue *c, double *seconds)
{
    struct diags d = diags_new(a);
    struct nlu *n;
    double start = cpu_seconds();
    nlu_build(c, NULL, NULL, &d, &n);
    *seconds = cpu_seconds() - start;
    return n;
}

static struct rows judge(struct arena *a, struct nlu *n, const struct catalogue *c,
                         const struct set *s, bool typos)
{
    struct rows r = {.v = arena_alloc(a, s->list.n * sizeof *r.v), .n = s->list.n};
    int64_t us = 0;
    for (size_t i = 0; i < s->list.n; i++) {
        const struct item *one = &s->list.v[i];
        struct rng rng = rng_seeded(1000 + i);
        str text = typos ? typo(a, &rng, one->text) : one->text;
        struct nlu_result got;
        int64_t start = clock_mono_us();
        nlu_rank(n, LANG_EN, text, NULL, BOLD_BALANCED, &got);
        us += clock_mono_us() - start;
        bool right = got.n > 0 && str_eq(c->cards.v[got.v[0].card].id, one->label);
        r.v[i] = (struct row){.score = got.n > 0 ? got.v[0].score : 0,
                              .in = !is_oos(one->label),
                              .right = right};
    }
    r.us = (double)us / (double)MAX(r.n, (size_t)1);
    return r;
}

static int by_score(const void *x, const void *y)
{
    double a = ((const struct row *)x)->score, b = ((const struct row *)y)->score;
    return (a < b) - (a > b);
}

struct point {
    double in, oos; /* in-scope accuracy and out-of-scope recall, per cent */
};

static struct point at_threshold(const struct rows *r, double t)
{
    double in = 0, right = 0, out = 0, refused = 0;
    for (size_t i = 0; i < r->n; i++) {
        bool answered = r->v[i].score >= t;
        in += r->v[i].in;
        right += r->v[i].in && r->v[i].right && answered;
        out += !r->v[i].in;
        refused += !r->v[i].in && !answered;
    }
    return (struct point){in > 0 ? 100 * right / in : 0,
                          out > 0 ? 100 * refused / out : 0};
}

/* The threshold with the most right decisions (lost < 0: the paper's rule), or the
 * highest that loses at most `lost` points of in-scope accuracy. An out-of-scope question
 * counts as oos_weight: the training part has 1 in 151 of them, validation 1 in 31. */
static double choose_threshold(const struct rows *rows, double lost, double oos_weight)
{
    struct row *v = malloc(rows->n * sizeof *v);
    if (!v)
        abort();
    memcpy(v, rows->v, rows->n * sizeof *v);
    qsort(v, rows->n, sizeof *v, by_score);
    double in = 0, all = 0, out = 0, right = 0, passed = 0, best = -1, t = 0;
    for (size_t i = 0; i < rows->n; i++) {
        in += v[i].in;
        out += v[i].in ? 0 : oos_weight;
        all += v[i].right;
    }
    for (size_t i = 0; i < rows->n; i++) {
        right += v[i].right;
        passed += v[i].in ? 0 : oos_weight;
        if (i + 1 < rows->n && v[i + 1].score >= v[i].score)
            continue;
        if (lost < 0 ? right + out - passed > best
                     : best < 0 && 100 * right / in >= 100 * all / in - lost) {
            best = right + out - passed;
            t = v[i].score;
        }
    }
    free(v);
    return t;
}

static double auroc(const struct rows *r)
{
    qsort(r->v, r->n, sizeof *r->v, by_score);
    double in = 0, out = 0, area = 0;
    for (size_t i = 0; i < r->n; i++) {
        in += r->v[i].in;
        out += !r->v[i].in;
        area += r->v[i].in ? 0 : in;
    }
    return in > 0 && out > 0 ? 100 * area / in / out : 0;
}

static void print_reliability(const struct rows *r)
{
    double n[BINS] = {0}, score[BINS] = {0}, right[BINS] = {0};
    for (size_t i = 0; i < r->n; i++) {
        int b = MIN((int)(r->v[i].score * BINS), BINS - 1);
        n[b]++;
        score[b] += r->v[i].score;
        right[b] += r->v[i].right;
    }
    printf("  | confidence | questions | mean confidence | right |\n");
    for (int b = BINS - 1; b >= 0; b--)
        if (n[b] > 0)
            printf("  | %.1f-%.1f | %5.0f | %.2f | %.2f |\n", b / 10.0, (b + 1) / 10.0,
                   n[b], score[b] / n[b], right[b] / n[b]);
}

/* Each label's phrases in a shuffled order; the first `keep` of them (a share below 1, a
 * number above) to a, the others to b. */
static void set_split(struct arena *arena, const struct set *s, double keep,
                      uint64_t seed, struct set *a, struct set *b)
{
    uint32_t n = (uint32_t)s->list.n, *order = arena_alloc(arena, n * sizeof *order);
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    struct rng r = rng_seeded(seed);
    rng_shuffle(&r, order, n);
    struct map size = map_new(arena), seen = map_new(arena);
    for (uint32_t i = 0; i < n; i++)
        ++*map_put(&size, s->list.v[i].label, 0);
    *a = *b = (struct set){0};
    for (uint32_t i = 0; i < n; i++) {
        const struct item *one = &s->list.v[order[i]];
        double most = keep < 1 ? keep * (double)*map_find(&size, one->label) : keep;
        bool first = (double)(*map_put(&seen, one->label, 0))++ < most - 1e-9;
        *arena_push(arena, first ? &a->list : &b->list) = *one;
    }
}

static void clinc(const struct set *train, const struct set *val, bool with_oos)
{
    struct arena *a = arena_new();
    struct set most, rest;
    double seconds, half;
    set_split(a, train, .8, 11, &most, &rest);
    struct catalogue *c = catalogue_of(a, &most, with_oos, LANG_EN, NULL);
    struct nlu *n = build(a, c, &half);
    struct rows held = judge(a, n, c, &rest, false);
    nlu_free(n);
    c = catalogue_of(a, train, with_oos, LANG_EN, NULL);
    n = build(a, c, &seconds);
    struct rows clean = judge(a, n, c, val, false), typos = judge(a, n, c, val, true);
    double paper = choose_threshold(&held, -1, 5), two = choose_threshold(&held, 2, 5);
    struct point p = at_threshold(&clean, paper), t = at_threshold(&clean, two),
                 pv = at_threshold(&clean, choose_threshold(&clean, -1, 1)),
                 tv = at_threshold(&clean, choose_threshold(&clean, 2, 1)),
                 all = at_threshold(&clean, 0), slips = at_threshold(&typos, 0);
    printf("\n## CLINC150 full, %s\n\n",
           with_oos ? "oos class trained" : "no oos phrases");
    printf("| measure (validation) | reach | got | chosen on validation |\n");
    printf("| --- | --- | --- | --- |\n");
    printf("| paper's rule: in-scope / oos recall | %s | %.1f / %.1f | %.1f / %.1f |\n",
           with_oos ? "93.0 / 60" : "92.5 / 55", p.in, p.oos, pv.in, pv.oos);
    printf("| at most 2 points in-scope lost | %s | %.1f / %.1f | %.1f / %.1f |\n",
           with_oos ? "91.5 / 80" : "-", t.in, t.oos, tv.in, tv.oos);
    printf("| no rejection, in-scope | - | %.2f | |\n", all.in);
    printf("| one typo, in-scope | 90.5 | %.2f | |\n", slips.in);
    printf("| trained and calibrated, one core | 60 s | %.1f s | |\n", seconds);
    printf("| memory held | 64 MiB | %.1f MiB | |\n", (double)nlu_bytes(n) / 1048576);
    printf("| classifier, one question | 100 us | %.0f us | |\n", clean.us);
    printf("\nPublished (oos trained): MLP/USE 93.5/47.4, Rasa 91.5/45.3, Dialogflow "
           "91.7/14.0, BERT 96.9/40.3\n\nReliability on validation:\n\n");
    print_reliability(&clean);
    printf("\narea under in-scope against oos: %.2f\n", auroc(&clean));
    nlu_free(n);
    arena_free(a);
}

static double accuracy(const struct set *train, const struct set *test)
{
    struct arena *a = arena_new();
    double seconds;
    struct catalogue *c = catalogue_of(a, train, true, LANG_EN, NULL);
    struct nlu *n = build(a, c, &seconds);
    struct rows r = judge(a, n, c, test, false);
    double in = at_threshold(&r, 0).in;
    nlu_free(n);
    arena_free(a);
    return in;
}

static void few_shot(const struct set *train, const struct set *val)
{
    printf("\n## Few examples per intent (CLINC150, mean of 2 samples)\n\n");
    static const struct {
        double shots;
        const char *reach;
    } rows[] = {{5, "-"}, {10, "82.5"}, {20, "87.0"}};
    for (size_t i = 0; i < LEN(rows); i++) {
        double sum = 0;
        for (uint64_t seed = 1; seed <= 2; seed++) {
            struct arena *a = arena_new();
            struct set few, rest;
            set_split(a, train, rows[i].shots, seed, &few, &rest);
            sum += accuracy(&few, val) / 2;
            arena_free(a);
        }
        printf("| %2.0f examples | reach %s | %.1f |\n", rows[i].shots, rows[i].reach,
               sum);
        fflush(stdout);
    }
}

static void banking(const struct set *all)
{
    printf("\n## BANKING77, five folds of the training part\n\n");
    double sum = 0;
    for (int fold = 0; fold < BANKING_FOLDS; fold++) {
        struct arena *a = arena_new();
        struct set train = {0}, test = {0}, shuffled, none;
        set_split(a, all, 1e9, 5, &shuffled, &none);
        for (size_t i = 0; i < shuffled.list.n; i++)
            *arena_push(a, i % BANKING_FOLDS == (size_t)fold ? &test.list : &train.list) =
                shuffled.list.v[i];
        sum += accuracy(&train, &test);
        arena_free(a);
    }
    printf("| accuracy, no rejection | reach 91.5 | %.2f |\n", sum / BANKING_FOLDS);
    printf("(published, full test: BERT-tuned 93.66, USE+ConveRT 93.36, NLP.js 84.0)\n");
}

/* 100 cards with 20 phrases in each of two "languages". */
static void hr_set(const struct set *train)
{
    struct arena *a = arena_new();
    struct set some = {0}, few, other, rest, last;
    struct map labels = map_new(a);
    for (size_t i = 0; i < train->list.n; i++) {
        const struct item *one = &train->list.v[i];
        if (!is_oos(one->label) && *map_put(&labels, one->label, (int64_t)labels.n) < 100)
            *arena_push(a, &some.list) = *one;
    }
    set_split(a, &some, 20, 1, &few, &rest);
    set_split(a, &rest, 20, 1, &other, &last);
    struct catalogue *c = catalogue_of(a, &few, false, LANG_EN, NULL);
    catalogue_of(a, &other, false, LANG_NL, c);
    double seconds;
    struct nlu *n = build(a, c, &seconds);
    printf(
        "\n## A typical HR set\n\n| 100 cards, 20 phrases, 2 languages | 3 s | %.2f s, "
        "%.1f MiB |\n",
        seconds, (double)nlu_bytes(n) / 1048576);
    nlu_free(n);
    arena_free(a);
}

/* Two patterns for each card, from its own phrases: templates with an optional word in
 * the middle, and regexes. */
static void add_patterns(struct arena *a, struct catalogue *c)
{
    for (size_t k = 0; k < c->cards.n; k++) {
        struct card *card = &c->cards.v[k];
        for (size_t i = 0; i < 2 && i < card->say[LANG_EN].list.n; i++) {
            str text = card->say[LANG_EN].list.v[i].folded, rest = text;
            str first = str_cut(&rest, ' '), second = str_cut(&rest, ' ');
            if (rest.n == 0 || !str_is_utf8(text))
                continue;
            str line = i == 0
                ? arena_fmt(a, "%.*s [%.*s] [*]", STR_ARG(first), STR_ARG(second))
                : arena_fmt(a, "/\\b%.*s\\b.*\\b(please|now)\\b/", STR_ARG(second));
            if (i == 0)
                line = arena_fmt(a, "%.*s [*] %.*s", STR_ARG(first), STR_ARG(rest));
            *arena_push(a, &card->patterns[LANG_EN].list) =
                (struct phrase){.text = line, .folded = line, .line = 1};
        }
    }
}

static void whole_question(const struct set *train, const struct set *val)
{
    struct arena *a = arena_new();
    double seconds;
    struct set few, rest;
    set_split(a, train, 20, 3, &few, &rest);
    struct catalogue *c = catalogue_of(a, &few, true, LANG_EN, NULL);
    add_patterns(a, c);
    struct nlu *n = build(a, c, &seconds);
    struct arena *turn = arena_new();
    size_t hits = 0;
    int64_t start = clock_mono_us();
    for (size_t i = 0; i < val->list.n; i++) {
        str folded, raw = val->list.v[i].text;
        double sure;
        int other, line;
        struct alarm why;
        struct nlu_result r;
        if (normalise(turn, raw, &folded) != RC_OK)
            continue;
        enum lang l = nlu_language(n, folded, &sure);
        hits += nlu_sensitive(n, folded, 0, &why) >= 0;
        hits += nlu_exact(n, l, folded, NULL, &other) >= 0;
        hits += nlu_pattern(n, l, folded, NULL, &other, &line) >= 0;
        nlu_rank(n, LANG_EN, folded, NULL, BOLD_BALANCED, &r);
        arena_reset(turn);
    }
    double us = (double)(clock_mono_us() - start) / (double)val->list.n;
    printf("\n## One question through everything\n\n| normalise, language, 300 patterns, "
           "exact, 150 intents | 100 us | %.0f us (%zu hits) |\n",
           us, hits);
    nlu_free(n);
    arena_free(turn);
    arena_free(a);
}

/* The cards' tests are no training phrases: their language is known. */
static void languages(const char *intents)
{
    struct arena *a = arena_new();
    struct diags d = diags_new(a);
    struct content_source source = {.intents = str_c(intents), .default_lang = LANG_NL};
    struct catalogue *c;
    if (content_load(&source, &d, &c) != RC_OK) {
        printf("\nno cards in %s: languages left out\n", intents);
        arena_free(a);
        return;
    }
    double seconds;
    struct nlu *n = build(a, c, &seconds);
    double right[LANG_COUNT] = {0}, all[LANG_COUNT] = {0};
    for (size_t k = 0; k < c->cards.n; k++)
        for (size_t i = 0; i < c->cards.v[k].tests.n; i++) {
            const struct card_test *t = &c->cards.v[k].tests.v[i];
            str folded;
            double sure;
            if (t->lang == LANG_NONE || normalise(a, t->text, &folded) != RC_OK)
                continue;
            all[t->lang]++;
            right[t->lang] += nlu_language(n, folded, &sure) == t->lang;
        }
    printf(
        "\n## Language of the cards' own tests (reach 97)\n\n| nl | en |\n| --- | --- |\n"
        "| %.1f of %.0f | %.1f of %.0f |\n(%zu cards trained in %.1f s)\n",
        100 * right[LANG_NL] / fmax(all[LANG_NL], 1), all[LANG_NL],
        100 * right[LANG_EN] / fmax(all[LANG_EN], 1), all[LANG_EN], c->cards.n, seconds);
    nlu_free(n);
    catalogue_free(c);
    arena_free(a);
}

int main(int argc, char **argv)
{
    const char *dir = argc > 1 ? argv[1] : "";
    struct arena *a = arena_new();
    struct set train, val, bank;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc > 2)
        languages(argv[2]);
    if (!set_load(a, dir, "clinc150.train.tsv", &train) ||
        !set_load(a, dir, "clinc150.val.tsv", &val)) {
        printf("skipped: no clinc150.train.tsv and clinc150.val.tsv in \"%s\"\n", dir);
        arena_free(a);
        return 0;
    }
    hr_set(&train);
    whole_question(&train, &val);
    clinc(&train, &val, true);
    clinc(&train, &val, false);
    few_shot(&train, &val);
    if (set_load(a, dir, "banking77.train.tsv", &bank))
        banking(&bank);
    arena_free(a);
    return 0;
}
