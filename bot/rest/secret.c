#include "rest/secret.h"

enum { LITERAL_MAX = 16 }; /* longest fixed text beside a credential: "Bearer " */

static bool has_ascii(str s, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= s.n; i++)
        if (str_eq_ascii(str_sub(s, i, i + n), (str){part, n}))
            return true;
    return false;
}

static bool has_any(str s, const char *const *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (has_ascii(s, parts[i]))
            return true;
    return false;
}

static bool is_credential_header(str name)
{
    static const char *const names[] = {"authorization", "cookie"};
    return has_any(name, names, LEN(names));
}

static bool is_secret_name(str name)
{
    static const char *const names[] = {"password", "passwd", "secret", "token",
                                        "api_key",  "apikey", "api-key"};
    return has_any(name, names, LEN(names));
}

/* As known makers' tokens begin, or a credential with its scheme. */
static bool is_secret_shape(str s)
{
    static const char *const starts[] = {"xoxb-", "xoxp-",      "ghp_",   "glpat-", "eyJ",
                                         "AKIA",  "-----BEGIN", "basic ", "bearer "};
    for (size_t i = 0; i < LEN(starts); i++) {
        str start = str_c(starts[i]);
        if (s.n > start.n + 7 && str_eq_ascii(str_sub(s, 0, start.n), start))
            return true;
    }
    return false;
}

static size_t literal_length(const struct template *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        if (!t->v[i].placeholder)
            n += t->v[i].text.n;
    return n;
}

/* "X-Atlassian-Token: no-check" is a word, not a secret. */
static bool is_word(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '-'))
            return false;
    return s.n < LITERAL_MAX;
}

bool secret_is_written(str name, const struct template *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (!t->v[i].placeholder && is_secret_shape(str_trim(t->v[i].text)))
            return true;
    if (is_credential_header(name))
        return !template_has(t, VALUE_SECRET) || literal_length(t) > LITERAL_MAX;
    return is_secret_name(name) && template_is_literal(t) && t->n > 0 &&
        !is_word(template_literal(t));
}
