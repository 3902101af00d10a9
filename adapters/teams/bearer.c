#include "adapters/teams/bearer.h"

#include <cjose/cjose.h>
#include <stdlib.h>

#include "base/json_text.h"
#include "base/str.h"

struct token {
    str whole, header_part, claims_part, signature_part;
    json_t *header, *claims;
};

static int digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

/* base64url without padding. */
static bool decode(struct arena *a, str s, str *out)
{
    unsigned char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    unsigned bits = 0, have = 0;
    if (s.n == 0 || s.n % 4 == 1)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        int d = digit(s.p[i]);
        if (d < 0)
            return false;
        bits = (bits << 6 | (unsigned)d) & 0xffff;
        have += 6;
        if (have >= 8) {
            have -= 8;
            p[n++] = (unsigned char)(bits >> have & 0xff);
        }
    }
    *out = (str){(char *)p, n};
    return true;
}

static json_t *object_of(struct arena *a, str part)
{
    str json;
    if (!decode(a, part, &json))
        return NULL;
    json_t *o = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(o))
        return o;
    json_decref(o);
    return NULL;
}

/* "Bearer a.b.c", the scheme in any case. */
static bool split(str header, struct token *t)
{
    static const str scheme = STR_INIT("Bearer ");
    if (header.n <= scheme.n || header.n > BEARER_MAX ||
        !str_eq_ascii(str_sub(header, 0, scheme.n), scheme))
        return false;
    t->whole = str_sub(header, scheme.n, header.n);
    str rest = t->whole;
    t->header_part = str_cut(&rest, '.');
    t->claims_part = str_cut(&rest, '.');
    t->signature_part = rest;
    return t->header_part.n > 0 && t->claims_part.n > 0 && rest.n > 0 &&
        str_find_char(rest, '.') < 0;
}

static bool is_allowed_algorithm(str alg)
{
    return str_eq(alg, STR("RS256")) || str_eq(alg, STR("RS384")) ||
        str_eq(alg, STR("RS512"));
}

/* A NumericDate; *out is whole seconds. */
static bool date_of(const json_t *claims, const char *name, int64_t *out)
{
    const json_t *v = json_object_get(claims, name);
    double d = json_is_number(v) ? json_number_value(v) : -1;
    if (d < 0 || d > 1e12)
        return false;
    *out = (int64_t)d;
    return true;
}

static const char *judge_claims(const struct bearer_rules *r,
                                const struct bearer_activity *act, const json_t *claims,
                                int64_t now_s)
{
    int64_t exp, nbf = 0;
    if (!str_eq(json_text_of(claims, "iss"), r->issuer))
        return "iss is not the Bot Connector";
    if (!str_eq(json_text_of(claims, "aud"), r->audience))
        return "aud is not our App ID";
    if (!date_of(claims, "exp", &exp) || now_s > exp + BEARER_SKEW_S)
        return "expired, or without exp";
    if (json_object_get(claims, "nbf") &&
        (!date_of(claims, "nbf", &nbf) || now_s < nbf - BEARER_SKEW_S))
        return "not valid yet";
    if (act->service_url.n == 0 ||
        !str_eq(json_text_of(claims, "serviceurl"), act->service_url))
        return "serviceurl is not the activity's";
    return NULL;
}

static const json_t *find_key(const json_t *jwks, str kid)
{
    size_t i;
    json_t *key;
    json_array_foreach(json_object_get(jwks, "keys"), i,
                       key) if (str_eq(json_text_of(key, "kid"), kid)) return key;
    return NULL;
}

/* An empty list endorses every channel, as the SDK has it. */
static bool is_endorsed(const json_t *key, str channel)
{
    const json_t *list = json_object_get(key, "endorsements");
    size_t i;
    json_t *one;
    json_array_foreach(
        list, i, one) if (json_is_string(one) &&
                          str_eq(channel, str_c(json_string_value(one)))) return true;
    return json_array_size(list) == 0;
}

static bool is_signed(const json_t *key, str token)
{
    cjose_err err;
    char *text_of_key = json_dumps(key, JSON_COMPACT);
    cjose_jwk_t *jwk =
        text_of_key ? cjose_jwk_import(text_of_key, strlen(text_of_key), &err) : NULL;
    cjose_jws_t *jws = jwk ? cjose_jws_import(token.p, token.n, &err) : NULL;
    bool ok = jws && cjose_jwk_get_kty(jwk, &err) == CJOSE_JWK_KTY_RSA &&
        cjose_jws_verify(jws, jwk, &err);
    cjose_jws_release(jws);
    cjose_jwk_release(jwk);
    free(text_of_key);
    return ok;
}

static enum rc judge(const struct bearer_rules *r, const struct bearer_activity *act,
                     const struct token *t, const json_t *jwks, int64_t now_s,
                     const char **why)
{
    str kid = json_text_of(t->header, "kid");
    *why = "its algorithm is not allowed";
    if (!is_allowed_algorithm(json_text_of(t->header, "alg")))
        return RC_DENIED;
    *why = "its header has no kid, or crit";
    if (kid.n == 0 || json_object_get(t->header, "crit"))
        return RC_DENIED;
    *why = judge_claims(r, act, t->claims, now_s);
    if (*why)
        return RC_DENIED;
    *why = "the activity is not of the channel";
    if (!str_eq(act->channel_id, r->channel))
        return RC_DENIED;
    const json_t *key = find_key(jwks, kid);
    *why = "its key is not known";
    if (!key)
        return RC_NOT_FOUND;
    *why = "its key is not an RSA key";
    if (!str_eq(json_text_of(key, "kty"), STR("RSA")))
        return RC_DENIED;
    *why = "its key does not endorse the channel";
    if (!is_endorsed(key, act->channel_id))
        return RC_DENIED;
    *why = "its signature is wrong";
    return is_signed(key, t->whole) ? RC_OK : RC_DENIED;
}

enum rc bearer_check(struct arena *a, const struct bearer_rules *rules,
                     const struct bearer_activity *activity, str header,
                     const json_t *jwks, int64_t now_s, const char **why)
{
    struct token t = {0};
    str signature;
    enum rc rc = RC_DENIED;
    *why = "there is no token";
    if (split(header, &t)) {
        t.whole = arena_str(a, t.whole);
        t.header = object_of(a, t.header_part);
        t.claims = object_of(a, t.claims_part);
        *why = "it is not a JWT";
        /* cjose ends the process at an odd '=' in a signature: it sees base64url only */
        if (t.header && t.claims && decode(a, t.signature_part, &signature))
            rc = judge(rules, activity, &t, jwks, now_s, why);
        json_decref(t.header);
        json_decref(t.claims);
    }
    return rc;
}
