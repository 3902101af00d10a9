/* Front matter: YAML between two lines `---` at the start of an article. */
#include "base/buf.h"
#include "base/str.h"
#include "base/yaml.h"
#include "content/article.h"
#include "content/audience.h"
#include "content/known.h"
#include "content/source.h"

enum { ALSO_MAX = 16 * 1024 };

struct front {
    const struct place *at;
    struct article_draft *out;
    bool ok;
};

static struct place place_at(const struct front *f, const struct yaml *y)
{
    struct place p = *f->at;
    p.line = y->line;
    p.column = y->column;
    return p;
}

/* A list's items with commas between; a text as it is. */
static str joined(const struct front *f, const struct yaml *y)
{
    if (y->kind == YAML_TEXT)
        return source_trim(y->text);
    struct buf b = buf_new(f->at->arena, ALSO_MAX);
    for (size_t i = 0; y->kind == YAML_LIST && i < y->n; i++)
        if (y->v[i].kind == YAML_TEXT && y->v[i].text.n > 0) {
            if (b.n)
                buf_put(&b, STR(", "));
            buf_put(&b, y->v[i].text);
        }
    return buf_str(&b);
}

/* Dates that decide who sees an article must be right; the others only inform. */
static void read_date(struct front *f, const struct yaml *y, str text, bool strict,
                      date_t *out)
{
    str day = text.n > 10 && (text.p[10] == 'T' || text.p[10] == ' ')
        ? str_sub(text, 0, 10)
        : text;
    if (text.n == 0 || date_parse(day, out) == RC_OK)
        return;
    struct place here = place_at(f, y);
    f->ok = f->ok && !strict;
    diag_add(here.diags, strict ? SEVERITY_ERROR : SEVERITY_WARNING, here.file, here.line,
             here.column, "`%.*s` is no date; write it like 2026-12-31", STR_ARG(text));
}

static void read_language(struct front *f, const struct yaml *y, str text)
{
    struct place here = place_at(f, y);
    enum lang l = lang_of(text);
    if (text.n == 0)
        return;
    if (l == LANG_NONE) {
        place_error(&here, "unknown language `%.*s`; known are nl, en", STR_ARG(text));
        f->ok = false;
    }
    f->out->article.lang = l;
}

static void read_audience(struct front *f, const struct yaml *y, str text)
{
    struct place here = place_at(f, y);
    if (y->kind != YAML_TEXT) {
        place_error(&here, "an audience is one line, like `country=NL contract=a,b`");
        f->ok = false;
    } else if (!audience_parse(&here, text, &f->out->article.audience)) {
        f->ok = false;
    }
}

static void read_also(struct front *f, str text)
{
    struct article *a = &f->out->article;
    a->also = a->also.n && text.n
        ? arena_fmt(f->at->arena, "%.*s, %.*s", STR_ARG(a->also), STR_ARG(text))
        : text.n ? text
                 : a->also;
}

static void read_key(struct front *f, int key, const struct yaml *y)
{
    struct article *a = &f->out->article;
    str text = joined(f, y);
    switch (key) {
    case KEY_TITLE:
        a->title = text;
        break;
    case KEY_LANGUAGE:
        read_language(f, y, text);
        break;
    case KEY_OWNER:
        a->owner = text;
        break;
    case KEY_AUDIENCE:
        read_audience(f, y, text);
        break;
    case KEY_VALID_FROM:
        read_date(f, y, text, true, &a->valid_from);
        break;
    case KEY_VALID_TO:
        read_date(f, y, text, true, &a->valid_to);
        break;
    case KEY_REVIEW_BY:
        read_date(f, y, text, false, &a->review_by);
        break;
    case KEY_UPDATED:
        read_date(f, y, text, false, &a->updated);
        break;
    default:
        read_also(f, text);
        break;
    }
}

/* A typing mistake is told here; other keys belong to other programs, and one warning
 * for the whole folder is enough. */
static void note_unknown(struct front *f, const struct yaml *key)
{
    struct place here = place_at(f, key);
    str hint = known_hint(f->at->arena, &known_front, key->text);
    if (str_starts(hint, STR("; probably")))
        place_warning(&here, "unknown key `%.*s`%.*s", STR_ARG(key->text), STR_ARG(hint));
    else
        *arena_push(f->at->arena, &f->out->unused.list) =
            (struct mention){.text = key->text, .line = key->line, .column = key->column};
}

static void read_map(struct front *f, const struct yaml *y)
{
    for (size_t i = 0; i < y->n; i++) {
        int key;
        if (known_find(&known_front, y->key[i].text, &key))
            read_key(f, key, &y->v[i]);
        else
            note_unknown(f, &y->key[i]);
    }
    const struct article *a = &f->out->article;
    if (a->valid_from != DATE_NONE && a->valid_to != DATE_NONE &&
        a->valid_to < a->valid_from) {
        diag_error(f->at->diags, f->at->file, 1, 1, "the article ends before it begins");
        f->ok = false;
    }
}

/* `title: Leave` and the like; front matter begins with such a line or a comment. */
static bool is_key_line(str line, str *key, str *value)
{
    *value = line;
    *key = str_cut(value, ':');
    bool ok = key->n > 0 && value->p && (value->n == 0 || source_blank(*value, 0)) &&
        key->p[0] != '-';
    for (size_t i = 0; i < key->n && ok; i++)
        ok = (unsigned char)key->p[i] >= 0x80 || key->p[i] == '_' || key->p[i] == '-' ||
            (key->p[i] == ' ' && i > 0) || (key->p[i] | 0x20) >= 'a' ||
            (key->p[i] >= '0' && key->p[i] <= '9');
    return ok;
}

static bool begins_front(str yaml)
{
    struct lines l = {.text = yaml};
    str line, key, value;
    while (lines_next(&l, &line))
        if (source_trim(line).n > 0)
            return line.p[0] == '#' || line.p[0] == '"' || line.p[0] == '{' ||
                is_key_line(line, &key, &value);
    return true;
}

/* The lines between the rulers; false when the text does not begin with front matter. */
static bool cut_front(str *text, str *yaml, int *lines)
{
    struct lines l = {.text = *text};
    str line;
    if (!lines_next(&l, &line) || !str_eq(source_trim(line), STR("---")) ||
        !str_starts(line, STR("---")))
        return false;
    size_t from = l.next;
    for (size_t start = from; lines_next(&l, &line) && l.next <= FRONT_MATTER_MAX;
         start = l.next) {
        str t = source_trim(line);
        if (line.n >= 3 && line.p[0] != ' ' &&
            (str_eq(t, STR("---")) || str_eq(t, STR("...")))) {
            *yaml = str_sub(*text, from, start);
            if (!begins_front(*yaml))
                return false; /* a ruler, not front matter */
            *text = str_sub(*text, l.next, text->n);
            *lines = l.number;
            return true;
        }
    }
    return false;
}

/* `---` and a line like `audience: ...`, but no second `---`: the whole would be shown to
 * everybody as text. */
static bool is_unclosed(const struct place *at, str text)
{
    struct lines l = {.text = text};
    str line, key, value;
    int which;
    if (!lines_next(&l, &line) || !str_eq(source_trim(line), STR("---")) ||
        !lines_next(&l, &line) || !is_key_line(line, &key, &value) ||
        !known_find(&known_front, key, &which))
        return false;
    while (lines_next(&l, &line))
        if (str_eq(source_trim(line), STR("---")))
            return false; /* too long, or indented: then it is no front matter */
    diag_error(at->diags, at->file, 1, 1,
               "the front matter that begins here is never closed with `---`");
    return true;
}

/* Front matter that is not YAML (`title: Leave: how`): its simple lines are read one by
 * one. Who may see an article must not get lost, so a key without a value on its line is
 * an error where it decides that. */
static void read_simple(struct front *f, str source)
{
    struct lines l = {.text = source, .number = 1};
    for (str line; lines_next(&l, &line);) {
        int key;
        str name, value;
        if (!is_key_line(line, &name, &value) || !known_find(&known_front, name, &key))
            continue;
        struct yaml y = {.kind = YAML_TEXT,
                         .text = source_unquote(source_trim(value)),
                         .line = l.number,
                         .column = (int)name.n + 2};
        bool decides =
            key == KEY_AUDIENCE || key == KEY_VALID_FROM || key == KEY_VALID_TO;
        if (decides && y.text.n == 0) {
            struct place here = place_at(f, &y);
            place_error(&here, "`%.*s` cannot be read", STR_ARG(name));
            f->ok = false;
        }
        read_key(f, key, &y);
    }
}

bool front_read(const struct place *at, str *text, struct article_draft *out)
{
    str source;
    int lines = 0;
    if (!cut_front(text, &source, &lines))
        return !is_unclosed(at, *text);
    struct front f = {.at = at, .out = out, .ok = true};
    struct yaml y;
    struct diags found = diags_new(at->arena);
    if (yaml_parse(at->arena, at->file, source, 1, &found, &y) != RC_OK) {
        const struct diag *d = &found.list.v[0];
        diag_warning(
            at->diags, at->file, d->line, d->column,
            "front matter that is not YAML (%.*s); read line by line, put quotes "
            "around texts with a colon",
            STR_ARG(d->text));
        read_simple(&f, source);
    } else if (y.kind == YAML_MAP) {
        read_map(&f, &y);
    } else if (y.kind != YAML_TEXT || y.text.n > 0) {
        diag_warning(at->diags, at->file, 2, 1,
                     "front matter that is not used: `key: value` lines were expected");
    }
    return f.ok;
}
