#include <openssl/evp.h>

#include "adapters/hris/rest_inside.h"
#include "base/file.h"

static enum rc read_secret(struct arena *a, str path, str *out)
{
    str text;
    *out = STR("");
    if (path.n == 0)
        return RC_OK;
    enum rc rc = file_read(a, path, HRIS_SECRET_MAX, &text);
    *out = str_trim(text);
    return rc == RC_OK && out->n == 0 ? RC_NOT_FOUND : rc;
}

static str basic(struct arena *a, str plain)
{
    char *out = arena_alloc(a, (plain.n + 2) / 3 * 4 + 1);
    int n = EVP_EncodeBlock((unsigned char *)out, (const unsigned char *)plain.p,
                            (int)plain.n);
    return arena_fmt(a, "Basic %.*s", n, out);
}

/* What {{credential}} stands for: the token of sign_in first. */
static str credential(struct arena *a, const struct hris_section *s, str token,
                      str password, str session)
{
    const struct rest_value v[] = {
        {STR("token"), token, VALUE_SECRET},
        {STR("password"), password, VALUE_SECRET},
        {STR("user"), s->user, VALUE_SETTING},
    };
    str login, culprit;
    if (session.n > 0)
        return arena_fmt(a, "%.*s %.*s", STR_ARG(s->profile->scheme), STR_ARG(session));
    if (s->profile->login.n > 0)
        return template_fill(a, &s->profile->login, TEMPLATE_HEADER,
                             (struct rest_values){v, LEN(v)}, &login, &culprit)
            ? STR("")
            : basic(a, login);
    if (token.n > 0)
        return arena_fmt(a, "%.*s %.*s", STR_ARG(s->profile->scheme), STR_ARG(token));
    return basic(a, arena_fmt(a, "%.*s:%.*s", STR_ARG(s->user), STR_ARG(password)));
}

/* The old arena goes last: what is kept may lie in it. */
static void keep(struct hris_rest *h, str token, str password, str session)
{
    struct arena *old = h->secrets, *a = h->secrets = arena_new();
    h->token = arena_str(a, token);
    h->password = arena_str(a, password);
    h->session = arena_str(a, session);
    h->credential = credential(a, &h->section, h->token, h->password, h->session);
    arena_free(old);
}

enum rc hris_secrets_read(struct hris_rest *h, bool *changed)
{
    struct arena *a = arena_new();
    str token, password;
    *changed = false;
    enum rc rc = read_secret(a, h->section.token_file, &token);
    if (rc == RC_OK)
        rc = read_secret(a, h->section.password_file, &password);
    if (rc == RC_OK) {
        *changed = !str_eq(token, h->token) || !str_eq(password, h->password);
        if (*changed)
            keep(h, token, password, STR_NONE);
    }
    arena_free(a);
    return rc;
}

void hris_session_set(struct hris_rest *h, str token)
{
    keep(h, h->token, h->password, token);
}
