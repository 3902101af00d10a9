#include "rest/webhook.h"

#include <jansson.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/str.h"
#include "rest/pointer.h"

enum { MAC = 32, BASE64 = (MAC + 2) / 3 * 4 };

static str hex_of(struct arena *a, const unsigned char mac[MAC])
{
    static const char digits[] = "0123456789abcdef";
    char *p = arena_alloc(a, 2 * MAC);
    for (size_t i = 0; i < MAC; i++) {
        p[2 * i] = digits[mac[i] >> 4];
        p[2 * i + 1] = digits[mac[i] & 15];
    }
    return (str){p, 2 * MAC};
}

static bool same(str x, str y)
{
    return x.n == y.n && CRYPTO_memcmp(x.p, y.p, x.n) == 0;
}

static bool is_signed(struct arena *a, const struct webhook *w, str secret, str signature,
                      str body)
{
    unsigned char mac[MAC];
    unsigned n = 0;
    char base64[BASE64 + 1];
    if (secret.n == 0 || !str_starts(signature, w->prefix) ||
        !HMAC(EVP_sha256(), secret.p, (int)secret.n,
              (const unsigned char *)(body.n ? body.p : ""), body.n, mac, &n) ||
        n != MAC)
        return false;
    str given = str_sub(signature, w->prefix.n, signature.n);
    EVP_EncodeBlock((unsigned char *)base64, mac, MAC);
    return same(given, hex_of(a, mac)) || same(given, (str){base64, BASE64});
}

static str text_at(struct arena *a, const json_t *body, str pointer)
{
    str s = STR_NONE;
    return pointer.p && pointer_text(a, pointer_get(body, pointer), &s) ? s : STR_NONE;
}

enum rc webhook_read(struct arena *a, const struct webhook *w, str secret, str signature,
                     str body, struct webhook_call *out)
{
    *out = (struct webhook_call){0};
    if (!is_signed(a, w, secret, signature, body))
        return RC_DENIED;
    json_t *j = json_loadb(body.n ? body.p : "", body.n, JSON_REJECT_DUPLICATES, NULL);
    out->ticket = text_at(a, j, w->ticket);
    out->event = text_at(a, j, w->event);
    out->time = text_at(a, j, w->time);
    json_decref(j);
    return out->ticket.n > 0 ? RC_OK : RC_INVALID;
}
