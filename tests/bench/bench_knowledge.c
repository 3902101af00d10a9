/*
 * bench_knowledge - what the search finds, what it refuses, and how fast.
 *
 *   bench_knowledge quality DIR LANG [WORDS] [NAME=VALUE ...]    DIR/articles,
 * DIR/questions.tsv bench_knowledge ablation DIR LANG [WORDS] bench_knowledge stackfaq
 * FILE [NAME=VALUE ...] bench_knowledge speed DIR LANG [WORDS] bench_knowledge misses DIR
 * LANG [WORDS]
 *
 * NAME=VALUE sets a member of struct search_options. Missing data is a message, no
 * failure.
 */
#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "bench/handbook.h"
#include "search/options.h"
#include "text/word.h"

struct figures {
    int asked, first, third, kept, out_asked, rejected;
    double rr;
};

static const struct {
    const char *name;
    size_t at;
    bool flag;
} settings[] = {
#define FLAG(m)                                                                          \
    {                                                                                    \
#m, offsetof(struct search_options, m), true                                     \
    }
#define NUMBER(m)                                                                        \
    {                                                                                    \
#m, offsetof(struct search_options, m), false                                    \
    }
    FLAG(stop_words), FLAG(stems), FLAG(sections), FLAG(article_mix), FLAG(coverage), FLAG(salience), FLAG(pairs),
    FLAG(typos), FLAG(compounds), FLAG(joins), FLAG(relatives), FLAG(synonyms), FLAG(phrases), FLAG(loose), FLAG(feedback),
    NUMBER(k1), NUMBER(b), NUMBER(title), NUMBER(heading), NUMBER(also), NUMBER(body), NUMBER(part_in_text),
    NUMBER(synonym), NUMBER(synonym_word), NUMBER(any_order), NUMBER(own_cap), NUMBER(repaired), NUMBER(joined),
    NUMBER(relative), NUMBER(part), NUMBER(known_part), NUMBER(rest), NUMBER(mix), NUMBER(spread), NUMBER(cover_floor),
    NUMBER(cover_alternative), NUMBER(salience_least), NUMBER(pair), NUMBER(feed), NUMBER(unknown),
    NUMBER(decline), NUMBER(answer), NUMBER(eagerness), NUMBER(slope), NUMBER(even_odds),
};

static bool set(struct search_options *o, const char *arg)
{
    const char *eq = strchr(arg, '=');
    for (size_t i = 0; eq && i < LEN(settings); i++) {
        if (strlen(settings[i].name) != (size_t)(eq - arg) ||
            strncmp(settings[i].name, arg, (size_t)(eq - arg)) != 0)
            continue;
        void *p = (char *)o + settings[i].at;
        if (settings[i].flag)
            *(bool *)p = eq[1] == '1';
        else
            *(double *)p = strtod(eq + 1, NULL);
        return true;
    }
    return false;
}

static struct search_result ask(struct search *s, const struct question *q, enum lang l)
{
    static const struct traits nobody;
    struct search_query sq = {
        .lang = l, .folded = q->folded, .traits = &nobody, .today = 20000};
    struct search_result r;
    search_find(s, &sq, &r);
    return r;
}

static void count(struct figures *f, const struct question *q, int at, bool declined)
{
    if (q->gold.n == 0) {
        f->out_asked++;
        f->rejected += declined;
        return;
    }
    f->asked++;
    f->kept += !declined;
    f->first += at == 1;
    f->third += at > 0 && at <= 3;
    f->rr += at > 0 && at <= 10 ? 1.0 / at : 0;
}

static void print_figures(const char *name, const struct figures *f)
{
    double n = f->asked ? f->asked : 1;
    printf("%-24s %.3f %.3f %.3f", name, f->first / n, f->third / n, f->rr / n);
    if (f->kept)
        printf("   keep %.2f reject %.2f", f->kept / n,
               f->out_asked ? f->rejected / (double)f->out_asked : 0);
    printf("\n");
}

static struct figures judge(const struct catalogue *c, const struct questions *qs,
                            enum lang l, const struct search_options *o, bool misses)
{
    struct search *s;
    struct figures f = {0};
    search_build_with(c, NULL, NULL, o, &s);
    for (size_t i = 0; i < qs->list.n; i++) {
        const struct question *q = &qs->list.v[i];
        struct search_result r = ask(s, q, l);
        int at = 0;
        for (size_t k = 0; k < r.n && !at; k++)
            if (handbook_is_gold(q, c->articles.v[r.v[k].article].path))
                at = (int)k + 1;
        count(&f, q, at, r.band == SEARCH_DECLINE);
        if (getenv("FEAT")) printf("R %d %d\n", q->gold.n > 0, at);
        if (!misses)
            continue;
        if (at == 1 && getenv("ALL") == NULL) continue;
        for (size_t k = 0; k < r.n && k < 3; k++) printf("      %.*s # %.*s %.2f\n", STR_ARG(c->articles.v[r.v[k].article].path), STR_ARG(c->sections.v[r.v[k].section].heading), r.v[k].score);
        printf("      GOLD %.*s\n", STR_ARG(q->gold));
        { struct search_term t[32]; struct search_query sq = {.lang = l, .folded = q->folded, .today = 20000}; size_t nt = search_explain(s, c->arena, &sq, t, 32); for (size_t k = 0; k < nt; k++) printf("      [%.*s %.1f: %.*s]\n", STR_ARG(t[k].word), t[k].idf, STR_ARG(t[k].read_as)); }
        printf("%2d %s %.2f %.*s\n", at,
               r.band == SEARCH_DECLINE      ? "-"
                   : r.band == SEARCH_CHOICE ? "?"
                                             : "+",
               r.n ? r.v[0].score : 0, STR_ARG(q->text));
    }
    search_free(s);
    return f;
}

/* --- baselines: what SQLite does by itself, one row per article --- */

static str match_any(struct arena *a, str text)
{
    struct buf b = buf_new(a, 1 << 16);
    size_t pos = 0;
    char scratch[64];
    struct word w;
    while (word_next(text, &pos, scratch, &w)) {
        buf_put(&b, b.n ? STR(" OR ") : STR(""));
        buf_fmt(&b, "\"%.*s\"", STR_ARG(w.text));
    }
    return buf_str(&b);
}

static struct figures baseline(const struct catalogue *c, const struct questions *qs,
                               const char *create)
{
    struct figures f = {0};
    struct arena *a = arena_new();
    sqlite3 *db;
    sqlite3_stmt *in, *find;
    sqlite3_open(":memory:", &db);
    sqlite3_exec(db, create, NULL, NULL, NULL);
    sqlite3_prepare_v2(db, "INSERT INTO t(rowid, body) VALUES (?1, ?2)", -1, &in, NULL);
    for (size_t i = 0; i < c->articles.n; i++) {
        const struct article *art = &c->articles.v[i];
        struct buf b = buf_new(a, 1 << 26);
        buf_put(&b, art->title);
        for (size_t k = 0; k < art->n_sections; k++) {
            buf_fmt(&b, "\n%.*s\n",
                    STR_ARG(c->sections.v[art->first_section + k].heading));
            buf_put(&b, c->sections.v[art->first_section + k].text);
        }
        sqlite3_bind_int64(in, 1, (int64_t)i);
        sqlite3_bind_text(in, 2, b.p, (int)b.n, SQLITE_STATIC);
        sqlite3_step(in);
        sqlite3_reset(in);
    }
    sqlite3_prepare_v2(db,
                       "SELECT rowid FROM t WHERE t MATCH ?1 ORDER BY bm25(t) LIMIT 10",
                       -1, &find, NULL);
    for (size_t i = 0; i < qs->list.n; i++) {
        str m = match_any(a, qs->list.v[i].folded);
        int at = 0, n = 0;
        sqlite3_bind_text(find, 1, m.p, (int)m.n, SQLITE_STATIC);
        while (sqlite3_step(find) == SQLITE_ROW && ++n)
            if (!at &&
                handbook_is_gold(&qs->list.v[i],
                                 c->articles.v[sqlite3_column_int64(find, 0)].path))
                at = n;
        sqlite3_reset(find);
        count(&f, &qs->list.v[i], at, true);
    }
    sqlite3_finalize(in);
    sqlite3_finalize(find);
    sqlite3_close(db);
    arena_free(a);
    return f;
}

static void baselines(const struct catalogue *c, const struct questions *qs)
{
    struct figures f = baseline(c, qs, "CREATE VIRTUAL TABLE t USING fts5(body)");
    print_figures("FTS5 default", &f);
    f = baseline(c, qs,
                 "CREATE VIRTUAL TABLE t USING fts5(body, tokenize='porter unicode61')");
    print_figures("FTS5 porter", &f);
}

/* --- speed --- */

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* n articles out of the handbook's: their sections, shuffled between articles. */
static void mix(struct catalogue *to, const struct catalogue *from, size_t n, enum lang l)
{
    uint64_t state = 7;
    to->synonyms = *(__typeof__(to->synonyms) *)(const void *)&from->synonyms;
    for (size_t i = 0; i < n; i++) {
        const struct article *model = &from->articles.v[i % from->articles.n];
        struct article *art = arena_push(to->arena, &to->articles);
        *art = *model;
        art->lang = l;
        art->first_section = to->sections.n;
        for (size_t k = 0; k < model->n_sections; k++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            size_t pick = i < from->articles.n ? model->first_section + k
                                               : (size_t)(state >> 33) % from->sections.n;
            struct section *sec = arena_push(to->arena, &to->sections);
            *sec = from->sections.v[pick];
            sec->article = (int)i;
        }
    }
}

/* CPU time, so that neighbours on a shared machine do not count. */
static double cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void speed(const struct catalogue *c, const struct questions *qs, enum lang l)
{
    static const size_t sizes[] = {100, 1000, 10000};
    printf("%8s %9s %9s %9s %9s %9s %9s\n", "articles", "sections", "build ms", "MiB",
           "heap MiB", "p50 us", "p99 us");
    for (size_t k = 0; k < LEN(sizes); k++) {
        struct catalogue big = {.arena = arena_new()};
        mix(&big, c, sizes[k], l);
        struct search *s;
        struct mallinfo2 before = mallinfo2();
        double t0 = cpu_us();
        search_build(&big, NULL, NULL, &s);
        double built = cpu_us() - t0;
        struct mallinfo2 after = mallinfo2();
        size_t n = qs->list.n * 3;
        double *us = must_alloc(n * sizeof *us);
        for (size_t i = 0; i < n; i++) {
            t0 = cpu_us();
            ask(s, &qs->list.v[i % qs->list.n], l);
            us[i] = cpu_us() - t0;
        }
        qsort(us, n, sizeof *us, by_time);
        printf("%8zu %9zu %9.0f %9.1f %9.1f %9.0f %9.0f\n", sizes[k], big.sections.n,
               built / 1000, (double)search_bytes(s) / 1048576,
               (double)(after.uordblks + after.hblkhd - before.uordblks - before.hblkhd) /
                   1048576,
               us[n / 2], us[n * 99 / 100]);
        free(us);
        search_free(s);
        arena_free(big.arena);
    }
}

static void ablation(const struct catalogue *c, const struct questions *qs, enum lang l)
{
    struct search_options o = search_defaults();
    struct figures f = judge(c, qs, l, &o, false);
    print_figures("all", &f);
    for (size_t i = 0; i < LEN(settings); i++) {
        if (!settings[i].flag)
            continue;
        o = search_defaults();
        *(bool *)((char *)&o + settings[i].at) = false;
        f = judge(c, qs, l, &o, false);
        char name[40];
        snprintf(name, sizeof name, "without %s", settings[i].name);
        print_figures(name, &f);
    }
}

int main(int argc, char **argv)
{
    struct catalogue c = {.arena = arena_new()};
    struct questions qs;
    struct search_options o = search_defaults();
    if (argc < 3)
        return 2;
    bool faq = strcmp(argv[1], "stackfaq") == 0 || strcmp(argv[1], "faqtune") == 0;
    enum lang l = faq || argc < 4 ? LANG_EN : lang_of(str_c(argv[3]));
    str dir = str_c(argv[2]);
    if (faq) {
        handbook_stackfaq(&c, dir, &qs);
    } else if (!file_is_dir(file_path(c.arena, dir, STR("articles")))) {
        printf("skipped: no folder %s/articles\n", argv[2]);
        return 0;
    } else {
        handbook_articles(&c, file_path(c.arena, dir, STR("articles")), l);
        handbook_questions(c.arena, file_path(c.arena, dir, STR("questions.tsv")), &qs);
    }
    for (int i = faq ? 3 : 4; i < argc; i++)
        if (!set(&o, argv[i]))
            handbook_words(&c, str_c(argv[i]));
    struct figures f;
    if (strcmp(argv[1], "ablation") == 0) {
        ablation(&c, &qs, l);
    } else if (strcmp(argv[1], "speed") == 0) {
        speed(&c, &qs, l);
    } else if (strcmp(argv[1], "misses") == 0) {
        f = judge(&c, &qs, l, &o, true);
        print_figures("balie", &f);
    } else {
        if (strstr(argv[1], "tune") == NULL )
            baselines(&c, &qs);
        f = judge(&c, &qs, l, &o, false);
        print_figures("balie", &f);
    }
    arena_free(c.arena);
    return 0;
}
