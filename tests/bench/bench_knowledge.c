/*
 * bench_knowledge - what the search finds, what it refuses, and how fast.
 *
 *   bench_knowledge WHAT DIR LANG [INTENTS] [NAME=VALUE ...]
 *
 *   quality    hit@1, hit@3, MRR@10, in scope kept, out of scope refused; beside FTS5
 *   tune       the same without FTS5
 *   ablation   each mechanism left out in turn
 *   misses     questions whose first article was wrong, and how they were read
 *   edit       10,000 articles as files: read and indexed, then again after one edit
 *   speed      build time, memory and CPU time of a question at 100, 1,000, 10,000
 * articles
 *
 * DIR holds articles/ and questions.tsv, or StackFAQ's XML. INTENTS is a folder with
 * words.md; without it there is no vocabulary. NAME=VALUE sets a member of struct
 * search_options. A missing DIR is a message, no failure.
 */
#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "content/load.h"
#include "content/texts.h"
#include "handbook.h"
#include "search/options.h"
#include "text/word.h"

enum { today = 20778 }; /* 2026-11-21 */

struct figures {
    int asked, first, third, kept, out_asked, rejected;
    int sections, section_right; /* right articles with a known section; it was shown */
    int answered, right, offered, offered_right; /* out-of-scope questions included */
    double rr, ap; /* sums of the reciprocal rank and of the average precision, at 10 */
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
    FLAG(stop_words),
    FLAG(stems),
    FLAG(sections),
    FLAG(article_mix),
    FLAG(coverage),
    FLAG(salience),
    FLAG(pairs),
    FLAG(typos),
    FLAG(compounds),
    FLAG(joins),
    FLAG(relatives),
    FLAG(synonyms),
    FLAG(phrases),
    FLAG(loose),
    FLAG(feedback),
    FLAG(closer),
    NUMBER(k1),
    NUMBER(b),
    NUMBER(title),
    NUMBER(heading),
    NUMBER(also),
    NUMBER(body),
    NUMBER(part_in_text),
    NUMBER(synonym),
    NUMBER(synonym_word),
    NUMBER(any_order),
    NUMBER(own_cap),
    NUMBER(repaired),
    NUMBER(joined),
    NUMBER(relative),
    NUMBER(part),
    NUMBER(known_part),
    NUMBER(least),
    NUMBER(rest),
    NUMBER(section_k),
    NUMBER(section_heading),
    NUMBER(mix),
    NUMBER(spread),
    NUMBER(cover_floor),
    NUMBER(cover_alternative),
    NUMBER(salience_least),
    NUMBER(pair),
    NUMBER(feed),
    NUMBER(unknown),
    NUMBER(decline),
    NUMBER(answer),
    NUMBER(eagerness),
    NUMBER(slope),
    NUMBER(even_odds),
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
        .lang = l, .folded = q->folded, .traits = &nobody, .today = today};
    struct search_result r;
    search_find(s, &sq, &r);
    return r;
}

/* Of the gold articles among the first ten: found[i]: the i-th is one; all: how many
 * there are to be found. */
static double precision(const bool *found, size_t n, size_t all)
{
    double sum = 0;
    size_t right = 0;
    for (size_t i = 0; i < n; i++)
        if (found[i])
            sum += (double)++right / (double)(i + 1);
    return all ? sum / (double)MIN(all, (size_t)SEARCH_HITS_MAX) : 0;
}

static size_t gold_articles(const struct catalogue *c, const struct question *q)
{
    size_t n = 0;
    for (size_t i = 0; i < c->articles.n; i++)
        n += handbook_is_gold(q, c->articles.v[i].path);
    return n;
}

static void count(struct figures *f, const struct question *q, int at,
                  enum search_band band)
{
    bool declined = band == SEARCH_DECLINE;
    f->answered += band == SEARCH_ANSWER;
    f->right += band == SEARCH_ANSWER && at == 1;
    f->offered += band == SEARCH_CHOICE;
    f->offered_right += band == SEARCH_CHOICE && at >= 1 && at <= 3;
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
    printf("%-24s %.3f %.3f %.3f  MAP %.3f", name, f->first / n, f->third / n, f->rr / n,
           f->ap / n);
    if (f->kept)
        printf("   keep %.2f reject %.2f", f->kept / n,
               f->out_asked ? f->rejected / (double)f->out_asked : 0);
    if (f->answered)
        printf("   answered %d, right %.2f; offered %d, among them %.2f", f->answered,
               f->right / (double)f->answered, f->offered,
               f->offered ? f->offered_right / (double)f->offered : 0);
    if (f->sections)
        printf("   section %.2f of %d", f->section_right / (double)f->sections,
               f->sections);
    printf("\n");
}

static const char band_sign[] = {
    [SEARCH_DECLINE] = '-', [SEARCH_CHOICE] = '?', [SEARCH_ANSWER] = '+'};

static void print_miss(struct search *s, const struct catalogue *c,
                       const struct question *q, enum lang l,
                       const struct search_result *r, int at)
{
    struct arena *a = arena_new();
    struct search_query sq = {.lang = l, .folded = q->folded, .today = today};
    struct search_term t[32];
    size_t n = search_explain(s, a, &sq, t, LEN(t));
    printf("%2d %c %.*s\n", at, band_sign[r->band], STR_ARG(q->text));
    printf("     wanted %.*s\n", STR_ARG(q->gold));
    for (size_t i = 0; i < MIN(r->n, 3u); i++)
        printf("     %.2f %.*s # %.*s\n", r->v[i].score,
               STR_ARG(c->articles.v[r->v[i].article].path),
               STR_ARG(c->sections.v[r->v[i].section].heading));
    for (size_t i = 0; i < n; i++)
        printf("     %.1f %.*s: %.*s\n", t[i].idf, STR_ARG(t[i].word),
               STR_ARG(t[i].read_as));
    arena_free(a);
}

static bool is_one_of(str list, str heading)
{
    while (list.p)
        if (str_eq(str_cut(&list, '|'), heading))
            return true;
    return false;
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
        bool found[SEARCH_HITS_MAX];
        for (size_t k = 0; k < r.n; k++) {
            found[k] = handbook_is_gold(q, c->articles.v[r.v[k].article].path);
            if (found[k] && !at)
                at = (int)k + 1;
        }
        f.ap += precision(found, r.n, gold_articles(c, q));
        count(&f, q, at, r.band);
        if (at == 1 && q->heading.n > 0) {
            const struct section *sec = &c->sections.v[r.v[0].section];
            f.sections++;
            f.section_right += is_one_of(q->heading, sec->heading);
        }
        if (misses && at != 1)
            print_miss(s, c, q, l, &r, at);
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
    struct texts *texts = texts_open();
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
            buf_put(&b, texts_plain(texts, &c->sections.v[art->first_section + k]));
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
        bool found[SEARCH_HITS_MAX];
        sqlite3_bind_text(find, 1, m.p, (int)m.n, SQLITE_STATIC);
        while (sqlite3_step(find) == SQLITE_ROW) {
            found[n++] = handbook_is_gold(
                &qs->list.v[i], c->articles.v[sqlite3_column_int64(find, 0)].path);
            if (!at && found[n - 1])
                at = n;
        }
        sqlite3_reset(find);
        f.ap += precision(found, (size_t)n, gold_articles(c, &qs->list.v[i]));
        count(&f, &qs->list.v[i], at, SEARCH_DECLINE);
    }
    sqlite3_finalize(in);
    sqlite3_finalize(find);
    sqlite3_close(db);
    texts_close(texts);
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
    struct arena *scratch = arena_new();
    struct texts *texts = texts_open();
    to->synonyms = *(__typeof__(to->synonyms) *)(const void *)&from->synonyms;
    for (size_t i = 0; i < n; i++) {
        const struct article *model = &from->articles.v[i % from->articles.n];
        struct article *art = arena_push(to->arena, &to->articles);
        VEC(struct section_text) said = {0};
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
            *arena_push(scratch, &said) = (struct section_text){
                .text = arena_str(scratch, texts_plain(texts, &from->sections.v[pick]))};
        }
        texts_pack(to->arena, said.v, &to->sections.v[art->first_section], said.n);
        arena_reset(scratch);
    }
    texts_close(texts);
    arena_free(scratch);
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

/* Wall time: this one reads files. */
static double wall_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static size_t bytes_of(struct catalogue *c, str dir)
{
    struct arena *a = arena_new();
    size_t bytes = 0;
    for (size_t i = 0; i < c->articles.n; i++) {
        str text;
        if (file_read(a, file_path(a, dir, c->articles.v[i].path), CONTENT_FILE_MAX,
                      &text) == RC_OK)
            bytes += text.n;
        arena_reset(a);
    }
    arena_free(a);
    return bytes;
}

static void append(str path)
{
    FILE *to = fopen(path.p, "ab");
    if (!to || fprintf(to, "\nOne more sentence, about quokkas.\n") < 0 || fclose(to)) {
        fprintf(stderr, "cannot write %s\n", path.p);
        exit(2);
    }
}

/* What the builder does at a start, after an edit, and without the previous set. */
static void edit(const struct catalogue *c, enum lang l)
{
    enum { ARTICLES = 10000, ROUNDS = 4 };
    static const char *const what[ROUNDS] = {"all new", "one edit, files just written",
                                             "one edit", "one edit, all read again"};
    struct arena *a = arena_new();
    str dir = handbook_copies(a, c, ARTICLES);
    str edited = file_path(a, dir, STR("a00077.md"));
    struct catalogue *before = NULL, *next;
    struct search *old = NULL, *s;
    for (int i = 0; i < ROUNDS; i++) {
        struct diags d = diags_new(a);
        struct content_source source = {.knowledge = dir,
                                        .default_lang = l,
                                        .today = today,
                                        .previous = i + 1 < ROUNDS ? before : NULL};
        if (i > 0)
            append(edited);
        double t0 = wall_ms(), cpu = cpu_us();
        if (content_load(&source, &d, &next) != RC_OK)
            exit(2);
        double t1 = wall_ms();
        search_build(next, old, NULL, &s);
        double t2 = wall_ms();
        if (i == 0)
            printf(
                "%d articles, %zu sections, %.1f MiB of Markdown: texts %.1f MiB, index "
                "%.1f MiB, together %.1f MiB\n",
                ARTICLES, next->sections.n, (double)bytes_of(next, dir) / 1048576,
                (double)catalogue_bytes(next) / 1048576,
                (double)search_bytes(s) / 1048576,
                (double)(catalogue_bytes(next) + search_bytes(s)) / 1048576);
        cpu = cpu_us() - cpu;
        printf(
            "%-30s read %5.0f ms, index %5.0f ms, together %5.0f ms (%.0f ms of CPU)\n",
            what[i], t1 - t0, t2 - t1, t2 - t0, cpu / 1000);
        search_free(old);
        catalogue_free(before);
        before = next;
        old = s;
    }
    search_free(old);
    catalogue_free(before);
    str remove_all = arena_fmt(a, "rm -rf '%.*s'", STR_ARG(dir));
    if (system(remove_all.p) != 0)
        fprintf(stderr, "%.*s stays\n", STR_ARG(dir));
    arena_free(a);
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

static void quality(const struct catalogue *c, const struct questions *qs, enum lang l,
                    const struct search_options *o, bool others)
{
    if (others)
        baselines(c, qs);
    struct figures f = judge(c, qs, l, o, false);
    print_figures("balie", &f);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new();
    struct catalogue *c, faq = {.arena = a};
    struct questions qs;
    struct search_options o = search_defaults();
    str intents = STR_NONE;
    if (argc < 4) {
        fprintf(stderr, "see the head of tests/bench/bench_knowledge.c\n");
        return 2;
    }
    str dir = str_c(argv[2]), articles = file_path(a, dir, STR("articles"));
    enum lang l = lang_of(str_c(argv[3]));
    for (int i = 4; i < argc; i++)
        if (!set(&o, argv[i]))
            intents = str_c(argv[i]);
    if (!file_is_dir(dir)) {
        printf("skipped: no folder %s\n", argv[2]);
        return 0;
    }
    if (file_is_dir(articles)) {
        c = handbook_load(articles, intents, l);
        handbook_questions(a, file_path(a, dir, STR("questions.tsv")), &qs);
    } else {
        c = &faq;
        handbook_stackfaq(c, file_path(a, dir, STR("stackExchange-FAQ.xml")), &qs);
    }
    if (strcmp(argv[1], "ablation") == 0)
        ablation(c, &qs, l);
    else if (strcmp(argv[1], "edit") == 0)
        edit(c, l);
    else if (strcmp(argv[1], "speed") == 0)
        speed(c, &qs, l);
    else if (strcmp(argv[1], "misses") == 0)
        judge(c, &qs, l, &o, true);
    else
        quality(c, &qs, l, &o, strcmp(argv[1], "tune") != 0);
    if (c != &faq)
        catalogue_free(c);
    arena_free(a);
    return 0;
}
