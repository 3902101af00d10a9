#include "rest/pointer.h"

#include <stdio.h>
#include <stdlib.h>

bool pointer_is_valid(str p)
{
    if (p.n > 0 && p.p[0] != '/')
        return false;
    for (size_t i = 0; i < p.n; i++)
        if (p.p[i] == '~' && (i + 1 == p.n || (p.p[i + 1] != '0' && p.p[i + 1] != '1')))
            return false;
    return str_is_utf8(p);
}

/* Whether the escaped token spells the member's name. */
static bool spells(str token, str name)
{
    size_t n = 0;
    for (size_t i = 0; i < token.n; i++) {
        char c = token.p[i];
        if (c == '~' && i + 1 < token.n)
            c = token.p[++i] == '0' ? '~' : '/';
        if (n == name.n || name.p[n] != c)
            return false;
        n++;
    }
    return n == name.n;
}

static json_t *member(const json_t *object, str token)
{
    const char *key;
    json_t *value;
    /* jansson's iterator wants the object writable, but does not write */
    json_object_foreach((json_t *)(uintptr_t)object, key,
                        value) if (spells(token, str_c(key))) return value;
    return NULL;
}

static json_t *element(const json_t *list, str token)
{
    int64_t i;
    if ((token.n > 1 && token.p[0] == '0') || str_int(token, &i) || i < 0)
        return NULL;
    return json_array_get(list, (size_t)i);
}

json_t *pointer_get(const json_t *root, str p)
{
    json_t *at = (json_t *)(uintptr_t)root;
    str rest = p;
    if (p.n > 0)
        str_cut(&rest, '/');
    while (at && p.n > 0 && rest.p) {
        str token = str_cut(&rest, '/');
        at = json_is_object(at) ? member(at, token)
            : json_is_array(at) ? element(at, token)
                                : NULL;
    }
    return at;
}

bool pointer_text(struct arena *a, const json_t *value, str *out)
{
    if (json_is_string(value)) {
        *out = arena_str(a, (str){json_string_value(value), json_string_length(value)});
        return true;
    }
    if (json_is_integer(value)) {
        *out = arena_fmt(a, "%lld", (long long)json_integer_value(value));
        return true;
    }
    if (!json_is_real(value))
        return false;
    double d = json_real_value(value);
    for (int digits = 15; digits <= 17; digits++) {
        *out = arena_fmt(a, "%.*g", digits, d);
        if (strtod(out->p, NULL) == d)
            break;
    }
    return true;
}
