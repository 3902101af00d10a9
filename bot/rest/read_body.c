#include <jansson.h>

#include "rest/reading.h"
#include "rest/secret.h"

/* true, false, null or a number of JSON (not of YAML: 012 and .5 stay text). */
static bool is_bare(const struct yaml *y)
{
    json_error_t why;
    if (!y->plain || y->text.n == 0 || y->text.p[0] == '"')
        return false;
    json_t *value = json_loadb(y->text.p, y->text.n, JSON_DECODE_ANY, &why);
    bool bare = value && !json_is_object(value) && !json_is_array(value);
    json_decref(value);
    return bare;
}

static void read_leaf(struct reading *r, const struct yaml *y, enum template_place place,
                      struct body_node *out)
{
    read_template(r, y, place, &out->text);
    if (secret_is_written(template_literal(&out->name), &out->text))
        read_error(r, y, "a secret is written here; name its file in the settings");
}

static void read_node(struct reading *r, const struct yaml *y, struct body_node *out)
{
    if (y->kind == YAML_TEXT) {
        out->kind = is_bare(y) ? BODY_NODE_BARE : BODY_NODE_TEXT;
        out->bare = y->text;
        if (out->kind == BODY_NODE_TEXT)
            read_leaf(r, y, TEMPLATE_TEXT, out);
        return;
    }
    out->kind = y->kind == YAML_MAP ? BODY_NODE_MAP : BODY_NODE_LIST;
    out->v = arena_alloc(r->arena, y->n * sizeof *out->v);
    out->n = y->n;
    for (size_t i = 0; i < y->n; i++) {
        if (y->kind == YAML_MAP)
            read_name(r, &y->key[i], &out->v[i].name);
        read_node(r, &y->v[i], &out->v[i]);
    }
}

static void read_map(struct reading *r, const struct yaml *y, enum template_place place,
                     struct body_node *out)
{
    if (y->kind != YAML_MAP) {
        read_error(r, y, "this is a map of names and values");
        return;
    }
    out->kind = BODY_NODE_MAP;
    out->v = arena_alloc(r->arena, y->n * sizeof *out->v);
    out->n = y->n;
    for (size_t i = 0; i < y->n; i++) {
        read_name(r, &y->key[i], &out->v[i].name);
        if (y->v[i].kind == YAML_MAP && place == TEMPLATE_TEXT)
            read_node(r, &y->v[i], &out->v[i]);
        else
            read_leaf(r, &y->v[i], place, &out->v[i]);
    }
}

void read_body(struct reading *r, const struct yaml *operation, struct body *out)
{
    static const struct {
        const char *key;
        enum body_kind kind;
    } kinds[] = {{"json", BODY_JSON},
                 {"form", BODY_FORM},
                 {"text", BODY_TEXT},
                 {"raw", BODY_RAW},
                 {"multipart", BODY_MULTIPART}};
    const struct yaml *y = NULL;
    for (size_t i = 0; i < LEN(kinds); i++) {
        const struct yaml *one = yaml_get(operation, kinds[i].key);
        if (one && y)
            read_error(r, operation,
                       "a request has one body: json, form, text, raw or multipart");
        if (!one || y)
            continue;
        y = one;
        out->kind = kinds[i].kind;
    }
    if (out->kind == BODY_JSON)
        read_node(r, y, &out->root);
    else if (out->kind == BODY_FORM)
        read_map(r, y, TEMPLATE_FORM, &out->root);
    else if (out->kind == BODY_MULTIPART)
        read_map(r, y, TEMPLATE_TEXT, &out->root);
    else if (y)
        read_leaf(r, y, TEMPLATE_TEXT, &out->root);
    if (out->kind == BODY_RAW && !str_eq(y->text, STR("{{file}}")))
        read_error(r, y, "raw is \"{{file}}\", and nothing else");
}
