#include "base/yaml.h"

#include <yaml.h>

#include "base/str.h"

enum { DEPTH_MAX = 32 };

struct reader {
    struct arena *arena;
    str file;
    int line_offset;
    struct diags *diags;
    yaml_document_t *doc;
    size_t visited, nodes; /* more visits than nodes means an alias was used */
};

static int line_of(const struct reader *r, yaml_mark_t m)
{
    return (int)m.line + 1 + r->line_offset;
}

static enum rc refuse(struct reader *r, yaml_mark_t m, const char *why)
{
    diag_error(r->diags, r->file, line_of(r, m), (int)m.column + 1, "%s", why);
    return RC_INVALID;
}

static enum rc read_node(struct reader *r, int id, int depth, struct yaml *out);

static enum rc read_list(struct reader *r, const yaml_node_t *n, int depth,
                         struct yaml *out)
{
    size_t count = (size_t)(n->data.sequence.items.top - n->data.sequence.items.start);
    out->kind = YAML_LIST;
    out->v = arena_alloc(r->arena, count * sizeof *out->v);
    for (size_t i = 0; i < count; i++) {
        enum rc rc = read_node(r, n->data.sequence.items.start[i], depth + 1, &out->v[i]);
        if (rc)
            return rc;
        out->n = i + 1;
    }
    return RC_OK;
}

static enum rc read_map(struct reader *r, const yaml_node_t *n, int depth,
                        struct yaml *out)
{
    size_t count = (size_t)(n->data.mapping.pairs.top - n->data.mapping.pairs.start);
    out->kind = YAML_MAP;
    out->v = arena_alloc(r->arena, count * sizeof *out->v);
    out->key = arena_alloc(r->arena, count * sizeof *out->key);
    for (size_t i = 0; i < count; i++) {
        yaml_node_pair_t *pair = &n->data.mapping.pairs.start[i];
        enum rc rc = read_node(r, pair->key, depth + 1, &out->key[i]);
        if (rc == RC_OK)
            rc = read_node(r, pair->value, depth + 1, &out->v[i]);
        if (rc)
            return rc;
        yaml_mark_t m = yaml_document_get_node(r->doc, pair->key)->start_mark;
        if (out->key[i].kind != YAML_TEXT)
            return refuse(r, m, "a key must be plain text");
        for (size_t k = 0; k < i; k++)
            if (str_eq(out->key[k].text, out->key[i].text))
                return refuse(r, m, "this key stands here twice");
        out->n = i + 1;
    }
    return RC_OK;
}

static enum rc read_node(struct reader *r, int id, int depth, struct yaml *out)
{
    const yaml_node_t *n = yaml_document_get_node(r->doc, id);
    *out = (struct yaml){.line = line_of(r, n->start_mark),
                         .column = (int)n->start_mark.column + 1};
    if (depth > DEPTH_MAX)
        return refuse(r, n->start_mark, "nested too deep");
    if (++r->visited > r->nodes)
        return refuse(r, n->start_mark, "aliases (*name) are not supported");
    if (n->type == YAML_SEQUENCE_NODE)
        return read_list(r, n, depth, out);
    if (n->type == YAML_MAPPING_NODE)
        return read_map(r, n, depth, out);
    out->kind = YAML_TEXT;
    out->plain = n->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    out->text = arena_str(
        r->arena, (str){(const char *)n->data.scalar.value, n->data.scalar.length});
    return RC_OK;
}

static enum rc read_document(struct reader *r, yaml_parser_t *p, struct yaml *out)
{
    yaml_document_t doc;
    if (!yaml_parser_load(p, &doc)) {
        yaml_mark_t m = p->problem_mark;
        return refuse(r, m, p->problem ? p->problem : "not YAML");
    }
    r->doc = &doc;
    r->nodes = (size_t)(doc.nodes.top - doc.nodes.start);
    enum rc rc = RC_OK;
    if (yaml_document_get_root_node(&doc))
        rc = read_node(r, 1, 0, out);
    else
        *out = (struct yaml){.kind = YAML_MAP, .line = 1 + r->line_offset, .column = 1};
    r->doc = NULL;
    yaml_document_delete(&doc);
    return rc;
}

static enum rc expect_end(struct reader *r, yaml_parser_t *p)
{
    yaml_document_t more;
    if (!yaml_parser_load(p, &more))
        return refuse(r, p->problem_mark, p->problem ? p->problem : "not YAML");
    bool second = yaml_document_get_root_node(&more) != NULL;
    yaml_mark_t m = more.start_mark;
    yaml_document_delete(&more);
    return second ? refuse(r, m, "a second document (---) starts here; only one is read")
                  : RC_OK;
}

enum rc yaml_parse(struct arena *a, str file, str text, int line_offset, struct diags *d,
                   struct yaml *out)
{
    struct reader r = {.arena = a, .file = file, .line_offset = line_offset, .diags = d};
    if (!str_is_utf8(text)) {
        diag_error(d, file, 1 + line_offset, 1, "not UTF-8 text");
        return RC_INVALID;
    }
    yaml_parser_t p;
    yaml_parser_initialize(&p);
    yaml_parser_set_encoding(&p, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&p, (const unsigned char *)(text.n ? text.p : ""),
                                 text.n);
    enum rc rc = read_document(&r, &p, out);
    if (rc == RC_OK)
        rc = expect_end(&r, &p);
    yaml_parser_delete(&p);
    return rc;
}

const struct yaml *yaml_get(const struct yaml *y, const char *key)
{
    if (!y || y->kind != YAML_MAP)
        return NULL;
    for (size_t i = 0; i < y->n; i++)
        if (str_eq(y->key[i].text, str_c(key)))
            return &y->v[i];
    return NULL;
}

str yaml_text(const struct yaml *y, const char *key)
{
    const struct yaml *v = yaml_get(y, key);
    return v && v->kind == YAML_TEXT ? v->text : STR_NONE;
}
