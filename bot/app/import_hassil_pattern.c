/* hassil's template syntax, written out. */
#include "app/import_hassil.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/yaml.h"
#include "nlu/template.h"

enum { RULE_DEPTH_MAX = 12, LIST_MAX = 30, PERMUTED_MAX = 3 };

struct expanding {
    struct hassil *h;
    struct buf out;
    const char *why; /* the first thing that stood in the way */
};

static void expand(struct expanding *e, str text, int depth);

static const struct yaml *find(const struct map *m, str name)
{
    const int64_t *at = map_find(m, name);
    return at ? (const struct yaml *)(intptr_t)*at : NULL;
}

static void stop(struct expanding *e, const char *why)
{
    if (!e->why)
        e->why = why;
}

/* Where the bracket at `from` is closed; text.n when it is not. */
static size_t end_of(str text, size_t from)
{
    int depth = 0;
    for (size_t i = from; i < text.n; i++) {
        if (text.p[i] == '\\')
            i++;
        else if (strchr("([{<", text.p[i]))
            depth++;
        else if (strchr(")]}>", text.p[i]) && --depth == 0)
            return i;
    }
    return text.n;
}

static void put_rule(struct expanding *e, str name, int depth)
{
    const struct yaml *y = find(&e->h->rules, name);
    if (!y || y->kind != YAML_TEXT) {
        stop(e, "it uses a <rule> that none of these files has");
    } else if (depth >= RULE_DEPTH_MAX) {
        stop(e, "its rules use each other without end");
    } else {
        str body = str_trim(y->text);
        bool group = body.n > 0 && body.p[0] == '(' && end_of(body, 0) == body.n - 1;
        buf_put(&e->out, group ? STR("") : STR("("));
        expand(e, body, depth + 1);
        buf_put(&e->out, group ? STR("") : STR(")"));
    }
}

/* {name} or {name:slot}; what a list allows is written out when it is short. */
static void put_list(struct expanding *e, str name, int depth)
{
    str rest = name, list = str_cut(&rest, ':');
    const struct yaml *y = find(&e->h->lists, list), *values = yaml_get(y, "values");
    if (yaml_get(y, "range")) {
        buf_put(&e->out, STR("{number}"));
        return;
    }
    if (!values || values->kind != YAML_LIST || values->n == 0 || values->n > LIST_MAX ||
        depth >= RULE_DEPTH_MAX) {
        buf_put(&e->out, STR("[*]")); /* names of things: anything */
        return;
    }
    buf_char(&e->out, '(');
    for (size_t i = 0; i < values->n; i++) {
        const struct yaml *v = &values->v[i];
        if (i > 0)
            buf_char(&e->out, '|');
        expand(e, v->kind == YAML_TEXT ? v->text : yaml_text(v, "in"), depth + 1);
    }
    buf_char(&e->out, ')');
}

/* Cuts at each ';' that stands in no bracket of its own. */
static size_t cut_parts(str inner, str parts[PERMUTED_MAX + 1])
{
    size_t n = 0, from = 0;
    for (size_t i = 0; i <= inner.n && n <= PERMUTED_MAX; i++) {
        if (i < inner.n && strchr("([{<", inner.p[i])) {
            i = end_of(inner, i);
        } else if (i >= inner.n || inner.p[i] == ';') {
            parts[n++] = str_trim(str_sub(inner, from, i));
            from = i + 1;
        }
    }
    return n;
}

/* (a;b;c): every order, with blanks between. */
static void put_permuted(struct expanding *e, const str *parts, size_t n, int depth)
{
    static const int orders[][PERMUTED_MAX] = {{0, 1, 2}, {1, 0, 2}, {0, 2, 1},
                                               {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    buf_char(&e->out, '(');
    for (size_t o = 0; o < (n == 2 ? 2 : LEN(orders)); o++) {
        if (o > 0)
            buf_char(&e->out, '|');
        for (size_t i = 0; i < n; i++) {
            if (i > 0)
                buf_char(&e->out, ' ');
            expand(e, parts[orders[o][i]], depth);
        }
    }
    buf_char(&e->out, ')');
}

/* A group; true when it was one of those in any order. */
static bool put_group(struct expanding *e, str inner, int depth)
{
    str parts[PERMUTED_MAX + 1];
    size_t n = cut_parts(inner, parts);
    if (n < 2)
        return false;
    if (n > PERMUTED_MAX)
        stop(e, "more than three parts in any order");
    else
        put_permuted(e, parts, n, depth);
    return true;
}

static void expand(struct expanding *e, str text, int depth)
{
    for (size_t i = 0; i < text.n && !e->why && !buf_failed(&e->out); i++) {
        char c = text.p[i];
        size_t end = strchr("(<{", c) ? end_of(text, i) : i;
        if (end == text.n) {
            stop(e, "a bracket is never closed");
            return;
        }
        str inner = str_sub(text, i + 1, end);
        if (c == '\\' && i + 1 < text.n) {
            buf_put(&e->out, str_sub(text, i, i + 2));
            i++;
        } else if (c == '<') {
            put_rule(e, inner, depth);
            i = end;
        } else if (c == '{') {
            put_list(e, inner, depth);
            i = end;
        } else if (c == '(' && put_group(e, inner, depth)) {
            i = end;
        } else {
            buf_char(&e->out, c == '\n' ? ' ' : c);
        }
    }
}

bool hassil_pattern(struct hassil *h, str template, str *out, const char **why)
{
    struct expanding e = {.h = h,
                          .out = buf_new(h->m->arena, 4 * (size_t)TEMPLATE_LENGTH_MAX)};
    expand(&e, str_trim(template), 0);
    if (!e.why && buf_failed(&e.out))
        e.why = "written out it is too long";
    *out = buf_str(&e.out);
    *why = e.why;
    return !e.why;
}
