/* Rows from a table, and a table of rows. */
#include "app/import.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/str.h"
#include "content/known.h"
#include "content/source.h"

/* One row is one line, so people write the section's name in the singular. */
static str plural_of(str kind)
{
    static const struct {
        const char *one, *all;
    } names[] = {{"pattern", "patterns"}, {"patroon", "patterns"}, {"test", "tests"},
                 {"toets", "tests"},      {"example", "say"},      {"voorbeeld", "say"}};
    for (size_t i = 0; i < LEN(names); i++)
        if (str_eq_ascii(kind, str_c(names[i].one)))
            return str_c(names[i].all);
    return kind;
}

/* "answer country=BE": the section in front of the conditions; keys may be two words. */
static bool is_kind(str kind)
{
    int type;
    str rest = kind, first = str_cut(&rest, ' ');
    if (known_find(&known_keys, kind, &type) || known_find(&known_sections, kind, &type))
        return true;
    return rest.p && known_find(&known_sections, first, &type) && type == SECTION_ANSWER;
}

static void read_row(struct import *m, const struct import_file *f,
                     const struct csv_row *row, const int column[4])
{
    str id = source_trim(csv_get(row, column[0])), code = csv_get(row, column[1]);
    str kind = plural_of(source_trim(csv_get(row, column[2]))),
        text = csv_get(row, column[3]);
    enum lang l = lang_of(source_trim(code));
    if (id.n == 0 && kind.n == 0 && str_trim(text).n == 0)
        return; /* an empty line of the spreadsheet */
    if (id.n == 0) {
        diag_error(m->diags, f->name, row->line, 1, "this row lacks its `id`");
    } else if (l == LANG_NONE && source_trim(code).n > 0) {
        diag_error(m->diags, f->name, row->line, 1, "unknown language `%.*s`; nl or en",
                   STR_ARG(code));
    } else if (!is_kind(kind)) {
        str hint = known_hint(m->arena, &known_sections, kind);
        diag_error(m->diags, f->name, row->line, 1, "unknown kind `%.*s`%.*s",
                   STR_ARG(kind), STR_ARG(hint));
    } else {
        str name = arena_str(m->arena, kind); /* with a NUL behind it */
        import_add(m, f, row->line, id, l, name.p, text);
    }
}

void import_csv(struct import *m, const struct import_file *v, size_t n)
{
    static const char *const names[] = {"id", "lang", "kind", "text"};
    for (size_t i = 0; i < n; i++) {
        struct csv t;
        int column[LEN(names)];
        bool ok = csv_parse(m->arena, v[i].name, v[i].text, m->diags, &t) == RC_OK;
        for (size_t k = 0; ok && k < LEN(names); k++) {
            column[k] = csv_column(&t, names[k]);
            if (column[k] >= 0)
                continue;
            diag_error(m->diags, v[i].name, 1, 1,
                       "the column `%s` is missing; the first line is id,lang,kind,text",
                       names[k]);
            ok = false;
        }
        for (size_t k = 0; ok && k < t.rows.n; k++)
            read_row(m, &v[i], &t.rows.v[k], column);
    }
}

static void put_field(struct buf *b, str s)
{
    bool plain = true;
    for (size_t i = 0; i < s.n; i++)
        plain = plain && !strchr("\",;\t\r\n", s.p[i]);
    if (plain && s.n > 0 && s.p[0] != ' ' && s.p[s.n - 1] != ' ') {
        buf_put(b, s);
        return;
    }
    if (s.n == 0)
        return;
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, s.p[i]);
    }
    buf_char(b, '"');
}

str export_csv(const struct import *m)
{
    struct buf b = buf_new(m->arena, IMPORT_OUT_MAX);
    buf_put(&b, STR("id,lang,kind,text\r\n"));
    for (size_t i = 0; i < m->rows.n; i++) {
        const struct import_row *r = &m->rows.v[i];
        const str fields[] = {r->id, str_c(lang_code(r->lang)), r->kind, r->text};
        for (size_t k = 0; k < LEN(fields); k++) {
            if (k > 0)
                buf_char(&b, ',');
            put_field(&b, fields[k]);
        }
        buf_put(&b, STR("\r\n"));
    }
    return buf_str(&b);
}
