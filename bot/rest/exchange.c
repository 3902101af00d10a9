#include "rest/exchange.h"

#include "base/random.h"

static enum rc put_query(struct arena *a, const struct exchange *x, struct buf *url,
                         str *culprit)
{
    const struct named_templates *query = &x->operation->query;
    char mark = '?';
    for (size_t i = 0; i < query->n; i++) {
        str name, text;
        if (template_is_absent(&query->v[i].text, x->values))
            continue;
        enum rc rc = template_fill(a, &query->v[i].parameter, TEMPLATE_QUERY, x->values,
                                   &name, culprit);
        if (rc == RC_OK)
            rc = template_fill(a, &query->v[i].text, TEMPLATE_QUERY, x->values, &text,
                               culprit);
        if (rc)
            return rc;
        buf_char(url, mark);
        mark = '&';
        buf_put(url, name);
        buf_char(url, '=');
        buf_put(url, text);
    }
    return RC_OK;
}

static enum rc fill_url(struct arena *a, const struct exchange *x, str *out, str *culprit)
{
    str path;
    enum rc rc =
        template_fill(a, &x->operation->url, TEMPLATE_URL, x->values, &path, culprit);
    if (rc)
        return rc;
    struct buf url = buf_new(a, TEMPLATE_RESULT_MAX);
    buf_put(&url, path);
    rc = put_query(a, x, &url, culprit);
    *out = buf_str(&url);
    return rc == RC_OK && buf_failed(&url) ? RC_LIMIT : rc;
}

struct lines {
    VEC(str) list;
};

static enum rc add_headers(struct arena *a, const struct exchange *x,
                           const struct named_templates *from, struct lines *to,
                           str *culprit)
{
    for (size_t i = 0; i < from->n; i++) {
        str text;
        if (template_is_absent(&from->v[i].text, x->values))
            continue;
        enum rc rc = template_fill(a, &from->v[i].text, TEMPLATE_HEADER, x->values, &text,
                                   culprit);
        if (rc)
            return rc;
        *arena_push(a, &to->list) =
            arena_fmt(a, "%.*s: %.*s", STR_ARG(from->v[i].name), STR_ARG(text));
    }
    return RC_OK;
}

static void add_type(struct arena *a, const struct exchange *x, struct lines *to)
{
    str line = body_content_type(a, x->operation->body.kind, x->values);
    if (line.n > 0)
        *arena_push(a, &to->list) = line;
}

/* --- a file --- */

enum { MARK_LEN = 26 }; /* 130 bits: in no file, but by design */

void exchange_file_values(struct arena *a, const struct http_file *file, str name,
                          str type, struct rest_value out[EXCHANGE_FILE_VALUES])
{
    str mark = arena_join(a, STR("balie-"), random_key(a, MARK_LEN));
    const struct rest_value v[EXCHANGE_FILE_VALUES] = {
        {STR(BODY_MARK), mark, VALUE_PLAIN},
        {STR("file"), arena_join(a, mark, STR("=r")), VALUE_PLAIN},
        {STR("file_base64"), arena_join(a, mark, STR("=b")), VALUE_PLAIN},
        {STR("file_name"), name, VALUE_PERSONAL},
        {STR("file_type"), type, VALUE_PLAIN},
        {STR("file_size"), arena_fmt(a, "%lld", (long long)file->size), VALUE_PLAIN}};
    memcpy(out, v, sizeof v);
}

/* The body is cut where the bytes belong. */
static void cut_body(const struct exchange *x, struct http_request *out)
{
    static const struct {
        const char *value;
        bool base64;
    } places[] = {{"file", false}, {"file_base64", true}};
    for (size_t i = 0; i < LEN(places) && x->file.path.n > 0; i++) {
        str mark = values_get(x->values, str_c(places[i].value));
        ptrdiff_t at = mark.n ? str_find(out->body, mark) : -1;
        if (at < 0)
            continue;
        out->file = x->file;
        out->file.base64 = places[i].base64;
        out->file.tail = str_sub(out->body, (size_t)at + mark.n, out->body.n);
        out->body = str_sub(out->body, 0, (size_t)at);
        return;
    }
}

static enum rc fill(struct arena *a, const struct exchange *x, struct http_request *out,
                    str *culprit)
{
    const struct operation *o = x->operation;
    struct lines lines = {0};
    enum rc rc = fill_url(a, x, &out->url, culprit);
    if (rc == RC_OK)
        rc = add_headers(a, x, &x->profile->headers, &lines, culprit);
    if (rc == RC_OK)
        rc = add_headers(a, x, &o->headers, &lines, culprit);
    if (rc == RC_OK)
        rc = body_fill(a, &o->body, x->values, &out->body, culprit);
    if (rc)
        return rc;
    if (o->body.kind != BODY_NONE)
        add_type(a, x, &lines);
    out->method = o->method;
    out->headers = lines.list.v;
    out->n_headers = lines.list.n;
    cut_body(x, out);
    return RC_OK;
}

enum rc exchange_request(struct arena *a, const struct exchange *x,
                         struct http_request *out, str *why)
{
    str culprit = STR_NONE;
    *out = (struct http_request){0};
    enum rc rc = fill(a, x, out, &culprit);
    if (rc == RC_LIMIT)
        *why = arena_fmt(a, "%.*s: the request is too long", STR_ARG(x->operation->name));
    else if (rc)
        *why = arena_fmt(a, "%.*s: the value of {{%.*s}} cannot be sent there",
                         STR_ARG(x->operation->name), STR_ARG(culprit));
    return rc;
}

str exchange_taken(const struct exchange_result *r, const char *output)
{
    return r->n_rows > 0 ? values_get(r->row[0], str_c(output)) : STR_NONE;
}
