#include "rest/body.h"

struct filling {
    struct arena *arena;
    struct rest_values values;
    struct buf out;
    str *culprit;
};

static bool is_absent(const struct filling *f, const struct body_node *n)
{
    size_t absent = 0;
    if (n->kind == BODY_NODE_MAP) {
        while (absent < n->n && is_absent(f, &n->v[absent]))
            absent++;
        return n->n > 0 && absent == n->n;
    }
    return n->kind == BODY_NODE_TEXT && template_is_absent(&n->text, f->values);
}

static enum rc put_node(struct filling *f, const struct body_node *n);

static enum rc put_members(struct filling *f, const struct body_node *n, char open,
                           char close)
{
    bool first = true;
    buf_char(&f->out, open);
    for (size_t i = 0; i < n->n; i++) {
        if (is_absent(f, &n->v[i]))
            continue;
        if (!first)
            buf_char(&f->out, ',');
        first = false;
        if (n->kind == BODY_NODE_MAP) {
            str name;
            enum rc bad = template_fill(f->arena, &n->v[i].name, TEMPLATE_TEXT, f->values,
                                        &name, f->culprit);
            if (bad)
                return bad;
            buf_json(&f->out, name);
            buf_char(&f->out, ':');
        }
        enum rc rc = put_node(f, &n->v[i]);
        if (rc)
            return rc;
    }
    buf_char(&f->out, close);
    return RC_OK;
}

static enum rc put_node(struct filling *f, const struct body_node *n)
{
    switch (n->kind) {
    case BODY_NODE_BARE:
        buf_put(&f->out, n->bare);
        return RC_OK;
    case BODY_NODE_LIST:
        return put_members(f, n, '[', ']');
    case BODY_NODE_MAP:
        return put_members(f, n, '{', '}');
    case BODY_NODE_TEXT:
        break;
    }
    str text;
    enum rc rc =
        template_fill(f->arena, &n->text, TEMPLATE_TEXT, f->values, &text, f->culprit);
    if (rc == RC_OK && n->text.n == 1 && n->text.v[0].number)
        buf_put(&f->out, text);
    else if (rc == RC_OK)
        buf_json(&f->out, text);
    return rc;
}

static enum rc put_form(struct filling *f, const struct body_node *map)
{
    enum rc rc;
    for (size_t i = 0; i < map->n; i++) {
        const struct body_node *n = &map->v[i];
        if (is_absent(f, n))
            continue;
        str text;
        rc = template_fill(f->arena, &n->text, TEMPLATE_FORM, f->values, &text,
                           f->culprit);
        if (rc)
            return rc;
        if (f->out.n > 0)
            buf_char(&f->out, '&');
        str name;
        rc = template_fill(f->arena, &n->name, TEMPLATE_FORM, f->values, &name,
                           f->culprit);
        if (rc)
            return rc;
        buf_put(&f->out, name);
        buf_char(&f->out, '=');
        buf_put(&f->out, text);
    }
    return RC_OK;
}

static bool is_file(const struct body_node *n)
{
    return n->text.n == 1 && str_eq(n->text.v[0].name, STR("file"));
}

/* Inside quotes, as browsers write it. */
static void put_quoted(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '"')
            buf_put(b, STR("%22"));
        else if ((unsigned char)s.p[i] >= 0x20)
            buf_char(b, s.p[i]);
}

/* A member that is a map is JSON. */
static enum rc part_text(struct filling *f, const struct body_node *n, str *out)
{
    if (n->kind == BODY_NODE_TEXT)
        return template_fill(f->arena, &n->text, TEMPLATE_TEXT, f->values, out,
                             f->culprit);
    struct filling json = *f;
    json.out = buf_new(f->arena, TEMPLATE_RESULT_MAX);
    enum rc rc = put_node(&json, n);
    *out = buf_str(&json.out);
    return rc == RC_OK && buf_failed(&json.out) ? RC_LIMIT : rc;
}

static enum rc put_multipart(struct filling *f, const struct body_node *map)
{
    str mark = values_get(f->values, STR(BODY_MARK)), name, text;
    for (size_t i = 0; i < map->n; i++) {
        const struct body_node *n = &map->v[i];
        if (is_absent(f, n))
            continue;
        enum rc rc = template_fill(f->arena, &n->name, TEMPLATE_TEXT, f->values, &name,
                                   f->culprit);
        if (rc == RC_OK)
            rc = part_text(f, n, &text);
        if (rc)
            return rc;
        buf_fmt(&f->out, "--%.*s\r\nContent-Disposition: form-data; name=\"",
                STR_ARG(mark));
        put_quoted(&f->out, name);
        if (is_file(n)) {
            buf_put(&f->out, STR("\"; filename=\""));
            put_quoted(&f->out, values_get(f->values, STR("file_name")));
            buf_fmt(&f->out, "\"\r\nContent-Type: %.*s",
                    STR_ARG(values_get(f->values, STR("file_type"))));
        } else {
            buf_put(&f->out,
                    n->kind == BODY_NODE_MAP ? STR("\"\r\nContent-Type: application/json")
                                             : STR("\""));
        }
        buf_fmt(&f->out, "\r\n\r\n%.*s\r\n", STR_ARG(text));
    }
    buf_fmt(&f->out, "--%.*s--\r\n", STR_ARG(mark));
    return RC_OK;
}

enum rc body_fill(struct arena *a, const struct body *b, struct rest_values values,
                  str *out, str *culprit)
{
    struct filling f = {.arena = a,
                        .values = values,
                        .out = buf_new(a, TEMPLATE_RESULT_MAX),
                        .culprit = culprit};
    enum rc rc = RC_OK;
    *out = STR_NONE;
    switch (b->kind) {
    case BODY_NONE:
        return RC_OK;
    case BODY_JSON:
        rc = put_node(&f, &b->root);
        break;
    case BODY_FORM:
        rc = put_form(&f, &b->root);
        break;
    case BODY_MULTIPART:
        rc = put_multipart(&f, &b->root);
        break;
    case BODY_RAW:
    case BODY_TEXT:
        return template_fill(a, &b->root.text, TEMPLATE_TEXT, values, out, culprit);
    }
    if (rc == RC_OK && buf_failed(&f.out))
        rc = RC_LIMIT;
    if (rc == RC_OK)
        *out = buf_str(&f.out);
    return rc;
}

str body_content_type(struct arena *a, enum body_kind kind, struct rest_values values)
{
    switch (kind) {
    case BODY_JSON:
        return STR("Content-Type: application/json; charset=utf-8");
    case BODY_FORM:
        return STR("Content-Type: application/x-www-form-urlencoded");
    case BODY_TEXT:
        return STR("Content-Type: text/plain; charset=utf-8");
    case BODY_MULTIPART:
        return arena_fmt(a, "Content-Type: multipart/form-data; boundary=%.*s",
                         STR_ARG(values_get(values, STR(BODY_MARK))));
    case BODY_NONE:
    case BODY_RAW:
        break;
    }
    return STR_NONE;
}
