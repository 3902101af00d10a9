#include "rest/claim.h"

/* Like pointer_text, and true and false are texts too. */
static bool text_of(struct arena *a, const json_t *value, str *out)
{
    if (json_is_boolean(value)) {
        *out = json_is_true(value) ? STR("true") : STR("false");
        return true;
    }
    return pointer_text(a, value, out);
}

static bool equals(struct arena *a, const struct template *t, struct rest_values values,
                   const json_t *value)
{
    str want, got, culprit;
    return template_fill(a, t, TEMPLATE_TEXT, values, &want, &culprit) == RC_OK &&
        text_of(a, value, &got) && str_eq(got, want);
}

static bool has_ascii(str s, str part)
{
    for (size_t i = 0; i + part.n <= s.n; i++)
        if (str_eq_ascii(str_sub(s, i, i + part.n), part))
            return true;
    return false;
}

static bool contains(struct arena *a, const struct template *t, struct rest_values values,
                     const json_t *value)
{
    str part, text, culprit;
    if (json_is_array(value)) {
        size_t i;
        json_t *element;
        json_array_foreach(value, i, element)
        {
            if (contains(a, t, values, element))
                return true;
        }
        return false;
    }
    return template_fill(a, t, TEMPLATE_TEXT, values, &part, &culprit) == RC_OK &&
        text_of(a, value, &text) && has_ascii(text, part);
}

static bool has_members(struct arena *a, const struct claim *c, struct rest_values values,
                        const json_t *element)
{
    size_t met = 0;
    while (met < c->n_members &&
           equals(a, &c->member[met].is, values, pointer_get(element, c->member[met].at)))
        met++;
    return met == c->n_members;
}

static bool some_element(struct arena *a, const struct claim *c,
                         struct rest_values values, const json_t *of)
{
    size_t i;
    const char *name;
    json_t *element;
    json_array_foreach(of, i, element)
    {
        if (has_members(a, c, values, element))
            return true;
    }
    /* jansson's iterator wants the object writable, but does not write */
    json_object_foreach((json_t *)(uintptr_t)of, name, element)
    {
        if (has_members(a, c, values, element))
            return true;
    }
    return false;
}

bool claim_holds(struct arena *a, const struct claim *c, struct rest_values values,
                 const json_t *reply)
{
    const json_t *value = pointer_get(reply, c->at);
    switch (c->kind) {
    case CLAIM_IS:
        return equals(a, &c->text, values, value);
    case CLAIM_NOT:
        return !equals(a, &c->text, values, value);
    case CLAIM_HAS:
        return contains(a, &c->text, values, value);
    case CLAIM_PRESENT:
        return value && !json_is_null(value);
    case CLAIM_ABSENT:
        return !value || json_is_null(value);
    case CLAIM_ANY:
        return some_element(a, c, values, value);
    case CLAIM_NONE:
        return !some_element(a, c, values, value);
    }
    return false;
}

const struct claim *claims_unmet(struct arena *a, const struct claims *c,
                                 struct rest_values values, const json_t *reply)
{
    for (size_t i = 0; i < c->n; i++)
        if (!claim_holds(a, &c->v[i], values, reply))
            return &c->v[i];
    return NULL;
}

const struct claim *claims_met(struct arena *a, const struct claims *c,
                               struct rest_values values, const json_t *reply)
{
    for (size_t i = 0; i < c->n; i++)
        if (claim_holds(a, &c->v[i], values, reply))
            return &c->v[i];
    return NULL;
}
