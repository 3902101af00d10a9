#include "adapters/hris/rest_inside.h"
#include "app/rest_login.h"

/* What {{credential}} stands for: the token of sign_in first. */
static str credential(struct arena *a, const struct rest_section *s, str token,
                      str password, str session)
{
    if (session.n > 0)
        return arena_fmt(a, "%.*s %.*s", STR_ARG(s->profile->scheme), STR_ARG(session));
    return rest_login_credential(a, s, token, password);
}

/* The old arena goes last: what is kept may lie in it. */
static void keep(struct hris_rest *h, str token, str password, str session)
{
    struct arena *old = h->secrets, *a = h->secrets = arena_new();
    h->token = arena_str(a, token);
    h->password = arena_str(a, password);
    h->session = arena_str(a, session);
    h->credential = credential(a, &h->section.rest, h->token, h->password, h->session);
    arena_free(old);
}

enum rc hris_secrets_read(struct hris_rest *h, bool *changed)
{
    struct arena *a = arena_new();
    str token, password;
    *changed = false;
    enum rc rc = rest_login_read(a, &h->section.rest, &token, &password);
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
