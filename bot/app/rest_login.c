#include "app/rest_login.h"

#include <openssl/evp.h>

#include "base/file.h"
#include "base/str.h"

static enum rc read_secret(struct arena *a, str path, str *out)
{
    str text;
    *out = STR("");
    if (path.n == 0)
        return RC_OK;
    enum rc rc = file_read(a, path, REST_SECRET_MAX, &text);
    *out = str_trim(text);
    return rc == RC_OK && out->n == 0 ? RC_NOT_FOUND : rc;
}

enum rc rest_login_read(struct arena *a, const struct rest_section *s, str *token,
                        str *password)
{
    enum rc rc = read_secret(a, s->token_file, token);
    return rc == RC_OK ? read_secret(a, s->password_file, password) : rc;
}

static str basic(struct arena *a, str plain)
{
    char *out = arena_alloc(a, (plain.n + 2) / 3 * 4 + 1);
    int n = EVP_EncodeBlock((unsigned char *)out, (const unsigned char *)plain.p,
                            (int)plain.n);
    return arena_fmt(a, "Basic %.*s", n, out);
}

str rest_login_credential(struct arena *a, const struct rest_section *s, str token,
                          str password)
{
    const struct rest_value v[] = {
        {STR("token"), token, VALUE_SECRET},
        {STR("password"), password, VALUE_SECRET},
        {STR("user"), s->user, VALUE_SETTING},
    };
    str login, culprit;
    if (s->profile->login.n > 0)
        return template_fill(a, &s->profile->login, TEMPLATE_HEADER,
                             (struct rest_values){v, LEN(v)}, &login, &culprit)
            ? STR("")
            : basic(a, login);
    if (token.n > 0)
        return arena_fmt(a, "%.*s %.*s", STR_ARG(s->profile->scheme), STR_ARG(token));
    return basic(a, arena_fmt(a, "%.*s:%.*s", STR_ARG(s->user), STR_ARG(password)));
}
