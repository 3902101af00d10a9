#include "content/lists.h"

#include "base/buf.h"
#include "base/csv.h"
#include "base/str.h"
#include "content/known.h"
#include "content/markdown.h"
#include "content/scan.h"
#include "content/slot.h"
#include "content/source.h"

enum { NOTICE_MAX = 16 * 1024 };

static enum scan_form any_heading(str heading)
{
    (void)heading;
    return SCAN_ITEMS;
}

static bool is_contact_key(str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return key.n > 0;
}

static void read_contact(const struct place *at, str item, struct catalogue *c)
{
    str value = item, key = source_trim(str_cut(&value, ':'));
    if (!value.p || !is_contact_key(key) || source_trim(value).n == 0) {
        place_error(at, "a contact looks like `- hr_phone: 050 123 45 67`");
        return;
    }
    for (size_t i = 0; i < c->contacts.n; i++)
        if (str_eq(c->contacts.v[i].key, key)) {
            place_error(at, "the contact `%.*s` stands here twice", STR_ARG(key));
            return;
        }
    *arena_push(c->arena, &c->contacts) = (struct trait){key, source_trim(value)};
}

void contacts_read(const struct place *at, str text, struct catalogue *c)
{
    /* headings only group */
    static const struct scan_rules rules = {.form = any_heading, .loose = true};
    struct scan scan;
    scan_text(at->arena, at->file, text, 1, &rules, at->diags, &scan);
    for (size_t i = 0; i < scan.cards.n; i++)
        for (size_t k = 0; k < scan.cards.v[i].sections.n; k++) {
            const struct scan_section *s = &scan.cards.v[i].sections.v[k];
            for (size_t j = 0; j < s->items.n; j++) {
                struct place here = *at;
                here.line = s->items.v[j].line;
                here.column = s->items.v[j].column;
                read_contact(&here, s->items.v[j].text, c);
            }
        }
}

static const struct trait *find_contact(const struct catalogue *c, str name)
{
    for (size_t i = 0; str_starts(name, STR("contact.")) && i < c->contacts.n; i++)
        if (str_eq(c->contacts.v[i].key, str_sub(name, 8, name.n)))
            return &c->contacts.v[i];
    return NULL;
}

/* "nl", "Notice nl": the language is the last word. */
static enum lang heading_lang(str heading)
{
    size_t from = heading.n;
    while (from > 0 && heading.p[from - 1] != ' ')
        from--;
    str code = str_sub(heading, from, heading.n);
    return code.n == 2 ? lang_of(code) : LANG_NONE;
}

void notice_read(const struct place *at, str text, struct catalogue *c)
{
    struct markdown m;
    markdown_read(at->arena, text, true, &m);
    enum lang now = LANG_NONE;
    for (size_t i = 0; i < m.parts.n; i++) {
        const struct markdown_part *p = &m.parts.v[i];
        if (p->level == 1 || p->level == 2)
            now = heading_lang(p->heading);
        if (p->text.n == 0)
            continue;
        if (now == LANG_NONE && p->level > 1)
            diag_error(at->diags, at->file, p->line, 1,
                       "unknown heading `%.*s`; known are nl, en", STR_ARG(p->heading));
        if (now == LANG_NONE)
            continue;
        str before = c->notice[now];
        c->notice[now] = before.n
            ? arena_fmt(c->arena, "%.*s\n%.*s", STR_ARG(before), STR_ARG(p->text))
            : p->text;
    }
    for (int l = 0; l < LANG_COUNT; l++)
        if (c->notice[l].n == 0)
            diag_warning(at->diags, at->file, 0, 0,
                         "the notice lacks `## %s` and its text",
                         lang_code((enum lang)l));
}

void notice_fill(const struct place *at, struct catalogue *c)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        struct buf b = buf_new(c->arena, NOTICE_MAX);
        str text = c->notice[l], name;
        size_t from = 0;
        for (size_t pos = 0; slot_next(text, &pos, &name);) {
            const struct trait *t = find_contact(c, name);
            if (!t) {
                diag_error(at->diags, at->file, 0, 0,
                           "unknown slot `{%.*s}`; a notice knows `{contact.NAME}` only",
                           STR_ARG(name));
                continue;
            }
            size_t open = (size_t)(name.p - text.p) - 1;
            buf_put(&b, str_sub(text, from, open));
            buf_put(&b, t->value);
            from = open + name.n + 2;
        }
        buf_put(&b, str_sub(text, from, text.n));
        c->notice[l] = buf_str(&b);
    }
}

/* An empty field and `*` match everything. */
static str field(const struct csv_row *row, int column)
{
    str s = source_trim(csv_get(row, column));
    return str_eq(s, STR("*")) ? STR("") : s;
}

/* The table's columns by their number of enum route_column; -1 where there is none. */
static void find_columns(const struct place *at, const struct csv *t,
                         int columns[ROUTE_COLUMNS])
{
    for (int i = 0; i < ROUTE_COLUMNS; i++)
        columns[i] = -1;
    for (size_t i = 0; i < t->columns.n; i++) {
        int which;
        str name = source_trim(t->columns.v[i]);
        if (known_find(&known_routing, name, &which)) {
            columns[which] = (int)i;
            continue;
        }
        str hint = known_hint(at->arena, &known_routing, name);
        diag_warning(at->diags, at->file, 1, 1, "unknown column `%.*s`%.*s",
                     STR_ARG(name), STR_ARG(hint));
    }
}

/* A field that has names of its own. False: it is none of them, which is told. */
static bool read_named(const struct place *at, const struct known_names *names,
                       const char *what, str text, int *value)
{
    if (text.n == 0 || known_find(names, text, value))
        return true;
    str hint = known_hint(at->arena, names, text);
    place_error(at, "unknown %s `%.*s`%.*s", what, STR_ARG(text), STR_ARG(hint));
    return false;
}

static bool read_route(const struct place *at, const struct csv_row *row,
                       const int col[ROUTE_COLUMNS], struct route *r)
{
    int lang = LANG_NONE, sensitive = 0;
    bool good = read_named(at, &known_languages, "language",
                           field(row, col[ROUTE_LANGUAGE]), &lang);
    good = read_named(at, &known_sensitivities, "sensitivity",
                      field(row, col[ROUTE_SENSITIVITY]), &sensitive) &&
        good;
    *r = (struct route){.unit = field(row, col[ROUTE_UNIT]),
                        .topic = field(row, col[ROUTE_TOPIC]),
                        .role = field(row, col[ROUTE_ROLE]),
                        .queue = field(row, col[ROUTE_QUEUE]),
                        .partner = field(row, col[ROUTE_PARTNER]),
                        .lang = (enum lang)lang,
                        .sensitive = sensitive != 0,
                        .line = row->line};
    if (r->queue.n == 0) {
        place_error(at, "this row lacks its queue");
        good = false;
    }
    return good;
}

void routing_read(const struct place *at, str text, struct catalogue *c)
{
    struct csv t;
    if (csv_parse(at->arena, at->file, text, at->diags, &t) != RC_OK)
        return;
    int col[ROUTE_COLUMNS];
    find_columns(at, &t, col);
    if (col[ROUTE_QUEUE] < 0) {
        diag_error(at->diags, at->file, 1, 1, "the column `queue` is missing");
        return;
    }
    for (size_t i = 0; i < t.rows.n; i++) {
        struct route r;
        struct place here = *at;
        here.line = t.rows.v[i].line;
        here.column = 1;
        if (read_route(&here, &t.rows.v[i], col, &r))
            *arena_push(c->arena, &c->routes) = r;
    }
}
