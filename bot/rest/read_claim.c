#include "rest/reading.h"

static void read_members(struct reading *r, const struct yaml *y, struct claim *c)
{
    if (y->kind != YAML_MAP || y->n == 0) {
        read_error(r, y, "this must be a map of pointers and values");
        return;
    }
    c->member = arena_alloc(r->arena, y->n * sizeof *c->member);
    c->n_members = y->n;
    for (size_t i = 0; i < y->n; i++) {
        c->member[i].at = read_pointer(r, &y->key[i]);
        read_template(r, &y->v[i], TEMPLATE_TEXT, &c->member[i].is);
    }
}

static void read_claim(struct reading *r, const struct yaml *y, struct claim *c)
{
    static const str keys[] = {{"at", 2},  {"why", 3},     {"is", 2},  {"not", 3},
                               {"has", 3}, {"present", 7}, {"any", 3}, {"none", 4}};
    if (!read_keys(r, y, "a condition", keys, LEN(keys)))
        return;
    const struct yaml *at = yaml_get(y, "at");
    if (!at)
        read_error(r, y, "a condition needs `at`, where in the reply to look");
    else
        c->at = read_pointer(r, at);
    c->why = read_text(r, yaml_get(y, "why"));

    size_t kinds = 0;
    for (size_t i = 2; i < LEN(keys); i++)
        kinds += yaml_get(y, keys[i].p) != NULL;
    if (kinds != 1) {
        read_error(r, y, "a condition has one of is, not, has, present, any, none");
        return;
    }
    const struct yaml *v;
    if ((v = yaml_get(y, "is")) || (v = yaml_get(y, "not")) || (v = yaml_get(y, "has"))) {
        c->kind = yaml_get(y, "is") ? CLAIM_IS
            : yaml_get(y, "not")    ? CLAIM_NOT
                                    : CLAIM_HAS;
        read_template(r, v, TEMPLATE_TEXT, &c->text);
    } else if ((v = yaml_get(y, "present"))) {
        c->kind = read_yes(r, v, true) ? CLAIM_PRESENT : CLAIM_ABSENT;
    } else {
        v = yaml_get(y, "any");
        c->kind = v ? CLAIM_ANY : CLAIM_NONE;
        read_members(r, v ? v : yaml_get(y, "none"), c);
    }
}

void read_claims(struct reading *r, const struct yaml *y, struct claims *out)
{
    *out = (struct claims){0};
    if (!y)
        return;
    if (y->kind != YAML_LIST) {
        read_error(r, y, "conditions are a list");
        return;
    }
    out->v = arena_alloc(r->arena, y->n * sizeof *out->v);
    out->n = y->n;
    for (size_t i = 0; i < y->n; i++)
        read_claim(r, &y->v[i], &out->v[i]);
}
