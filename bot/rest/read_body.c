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

static void read_form(struct reading *r, const struct yaml *y, struct body_node *out)
{
    if (y->kind != YAML_MAP) {
        read_error(r, y, "a form is a map of names and values");
        return;
    }
    out->kind = BODY_NODE_MAP;
    out->v = arena_alloc(r->arena, y->n * sizeof *out->v);
    out->n = y->n;
    for (size_t i = 0; i < y->n; i++) {
        read_name(r, &y->key[i], &out->v[i].name);
        read_leaf(r, &y->v[i], TEMPLATE_FORM, &out->v[i]);
    }
}

void read_body(struct reading *r, const struct yaml *operation, struct body *out)
{
    const struct yaml *json = yaml_get(operation, "json");
    const struct yaml *form = yaml_get(operation, "form");
    const struct yaml *text = yaml_get(operation, "text");
    if ((json != NULL) + (form != NULL) + (text != NULL) > 1)
        read_error(r, operation, "a request has one body: json, form or text");
    if (json) {
        out->kind = BODY_JSON;
        read_node(r, json, &out->root);
    } else if (form) {
        out->kind = BODY_FORM;
        read_form(r, form, &out->root);
    } else if (text) {
        out->kind = BODY_TEXT;
        read_leaf(r, text, TEMPLATE_TEXT, &out->root);
    }
}
