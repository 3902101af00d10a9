#include "base/csv.h"

#include "base/buf.h"
#include "base/str.h"

enum { COLUMNS_MAX = 256, FIELD_MAX = 64 * 1024 };

struct reader {
    struct arena *arena;
    str file, rest;
    struct diags *diags;
    char separator;
    int line;
};

static char guess_separator(str text)
{
    str line = str_cut(&text, '\n');
    static const char kinds[] = {',', ';', '\t'};
    size_t best = 0;
    char found = ',';
    for (size_t k = 0; k < LEN(kinds); k++) {
        size_t n = 0;
        for (size_t i = 0; i < line.n; i++)
            n += line.p[i] == kinds[k];
        if (n > best) {
            best = n;
            found = kinds[k];
        }
    }
    return found;
}

/* A quoted field: rest stands behind the opening quote. */
static enum rc quoted(struct reader *r, str *out)
{
    struct buf b = buf_new(r->arena, FIELD_MAX);
    int start = r->line;
    while (r->rest.n > 0) {
        char c = r->rest.p[0];
        r->rest = str_sub(r->rest, 1, r->rest.n);
        if (c == '"' && r->rest.n > 0 && r->rest.p[0] == '"') {
            r->rest = str_sub(r->rest, 1, r->rest.n);
        } else if (c == '"') {
            if (buf_failed(&b))
                break;
            *out = arena_str(r->arena, buf_str(&b));
            return RC_OK;
        }
        r->line += c == '\n';
        buf_char(&b, c);
    }
    diag_error(r->diags, r->file, start, 1,
               "a quoted field that starts here does not end");
    return RC_INVALID;
}

/* One field; *last tells that the row ends behind it. */
static enum rc field(struct reader *r, str *out, bool *last)
{
    enum rc rc = RC_OK;
    if (r->rest.n > 0 && r->rest.p[0] == '"') {
        r->rest = str_sub(r->rest, 1, r->rest.n);
        rc = quoted(r, out);
    } else {
        size_t n = 0;
        while (n < r->rest.n && r->rest.p[n] != r->separator && r->rest.p[n] != '\n')
            n++;
        *out = arena_str(r->arena, str_trim(str_sub(r->rest, 0, n)));
        r->rest = str_sub(r->rest, n, r->rest.n);
    }
    while (r->rest.n > 0 && r->rest.p[0] != r->separator && r->rest.p[0] != '\n')
        r->rest = str_sub(r->rest, 1, r->rest.n); /* blanks, CR, text behind a quote */
    *last = r->rest.n == 0 || r->rest.p[0] == '\n';
    r->line += r->rest.n > 0 && r->rest.p[0] == '\n';
    r->rest = str_sub(r->rest, 1, r->rest.n);
    return rc;
}

static enum rc row(struct reader *r, str *to, size_t max, size_t *n)
{
    bool last = false;
    int line = r->line;
    for (*n = 0; !last; ++*n) {
        str ignored;
        enum rc rc = field(r, *n < max ? &to[*n] : &ignored, &last);
        if (rc)
            return rc;
    }
    if (*n > max)
        diag_error(r->diags, r->file, line, 1, "%zu fields, the header has %zu", *n, max);
    return RC_OK;
}

static enum rc rows(struct reader *r, struct csv *out)
{
    while (r->rest.n > 0) {
        str *v = arena_alloc(r->arena, out->columns.n * sizeof *v);
        int line = r->line;
        size_t n;
        enum rc rc = row(r, v, out->columns.n, &n);
        if (rc)
            return rc;
        if (n == 1 && v[0].n == 0)
            continue; /* an empty line */
        if (n < out->columns.n)
            diag_warning(r->diags, r->file, line, 1, "%zu fields, the header has %zu", n,
                         out->columns.n);
        if (n <= out->columns.n)
            *arena_push(r->arena, &out->rows) = (struct csv_row){.v = v, .line = line};
    }
    return RC_OK;
}

enum rc csv_parse(struct arena *a, str file, str text, struct diags *d, struct csv *out)
{
    *out = (struct csv){0};
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_sub(text, 3, text.n);
    if (!str_is_utf8(text)) {
        diag_error(d, file, 1, 1, "not UTF-8 text; save it as \"CSV UTF-8\"");
        return RC_INVALID;
    }
    struct reader r = {.arena = a, .file = file, .rest = text, .diags = d, .line = 1};
    r.separator = guess_separator(text);
    str *names = arena_alloc(a, COLUMNS_MAX * sizeof *names);
    size_t n;
    enum rc rc = row(&r, names, COLUMNS_MAX, &n);
    if (rc)
        return rc;
    if (n == 1 && names[0].n == 0) {
        diag_error(d, file, 1, 1, "the first line must name the columns");
        return RC_INVALID;
    }
    out->columns = (struct strs){names, MIN(n, (size_t)COLUMNS_MAX)};
    return rows(&r, out);
}

int csv_column(const struct csv *t, const char *name)
{
    for (size_t i = 0; i < t->columns.n; i++)
        if (str_eq_ascii(str_trim(t->columns.v[i]), str_c(name)))
            return (int)i;
    return -1;
}

str csv_get(const struct csv_row *row, int column)
{
    return column < 0 ? STR_NONE : row->v[column];
}
