#include "content/question_table.h"

#include "base/csv.h"
#include "base/str.h"
#include "content/article.h"
#include "content/heading.h"
#include "content/known.h"
#include "content/source.h"

struct table {
    const struct place *at;
    str path, raw;
    struct csv csv;
    int question, answer;
    bool *front; /* per column: front matter */
    struct map seen;
};

static int first_column(const struct csv *t, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int at = csv_column(t, names[i]);
        if (at >= 0)
            return at;
    }
    return -1;
}

static bool find_columns(struct table *t)
{
    static const char *const questions[] = {"question", "vraag", "title", "titel"};
    static const char *const answers[] = {"answer", "antwoord", "text", "tekst"};
    t->question = first_column(&t->csv, questions, LEN(questions));
    t->answer = first_column(&t->csv, answers, LEN(answers));
    if (t->question < 0 || t->answer < 0) {
        diag_warning(t->at->diags, t->at->file, 1, 1,
                     "this table is not read: an article needs the columns `question` "
                     "and `answer`");
        return false;
    }
    t->front = arena_alloc(t->at->arena, t->csv.columns.n * sizeof *t->front);
    for (size_t i = 0; i < t->csv.columns.n; i++) {
        int key;
        t->front[i] = (int)i != t->question && (int)i != t->answer &&
            known_find(&known_front, t->csv.columns.v[i], &key) && key != KEY_TITLE;
    }
    return true;
}

/* Whether the row says something, once. */
static bool is_used(struct table *t, const struct csv_row *row)
{
    str question = csv_get(row, t->question), answer = csv_get(row, t->answer);
    if (question.n == 0 || answer.n == 0) {
        diag_warning(t->at->diags, t->at->file, row->line, 1, "no %s in this row",
                     question.n ? "answer" : "question");
        return false;
    }
    str folded = heading_fold(t->at->arena, question);
    const int64_t *twice = map_find(&t->seen, folded);
    if (twice && folded.n > 0) {
        diag_warning(t->at->diags, t->at->file, row->line, 1,
                     "this question stands in line %lld, too; this row is not used",
                     (long long)*twice);
        return false;
    }
    map_put(&t->seen, folded, row->line);
    return true;
}

static void read_row(struct table *t, const struct csv_row *row, enum lang fallback,
                     struct article_drafts *out)
{
    struct sheet s = sheet_new(t->at->arena);
    s.line = row->line;
    sheet_put(&s, STR("---\n"));
    sheet_key(&s, STR("title"), csv_get(row, t->question));
    for (size_t i = 0; i < t->csv.columns.n; i++)
        if (t->front[i] && csv_get(row, (int)i).n > 0)
            sheet_key(&s, t->csv.columns.v[i], csv_get(row, (int)i));
    sheet_put(&s, STR("---\n"));
    sheet_put(&s, csv_get(row, t->answer));
    sheet_put(&s, STR("\n"));
    struct article_draft one;
    article_read_sheet(t->at, t->path, t->raw, &s, fallback, &one);
    if (!one.broken)
        *arena_push(t->at->arena, &out->list) = one;
}

bool question_table_read(const struct place *at, str path, str raw, enum lang fallback,
                         struct article_drafts *out)
{
    struct table t = {.at = at, .path = path, .raw = raw, .seen = map_new(at->arena)};
    *out = (struct article_drafts){0};
    if (csv_parse(at->arena, at->file, source_plain(at->arena, raw), at->diags, &t.csv))
        return false;
    if (!find_columns(&t))
        return true;
    for (size_t i = 0; i < t.csv.rows.n; i++)
        if (is_used(&t, &t.csv.rows.v[i]))
            read_row(&t, &t.csv.rows.v[i], fallback, out);
    return true;
}
