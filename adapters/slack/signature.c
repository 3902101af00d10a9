#include "adapters/slack/signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/str.h"

enum { DIGEST_BYTES = 32, TIME_DIGITS_MAX = 15 };
_Static_assert(SIGNATURE_BYTES == 3 + 2 * DIGEST_BYTES, "\"v0=\" and hex");

static bool is_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0 && s.n <= TIME_DIGITS_MAX;
}

static bool digest(str secret, str timestamp, str body, unsigned char out[DIGEST_BYTES])
{
    size_t n = 0;
    OSSL_PARAM sha256[] = {
        OSSL_PARAM_construct_utf8_string("digest", (char[]){"SHA256"}, 0),
        OSSL_PARAM_construct_end()};
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *c = mac ? EVP_MAC_CTX_new(mac) : NULL;
    const str parts[] = {STR("v0:"), timestamp, STR(":"), body};
    bool ok =
        c && EVP_MAC_init(c, (const unsigned char *)secret.p, secret.n, sha256) == 1;
    for (size_t i = 0; i < LEN(parts) && ok; i++)
        ok = parts[i].n == 0 ||
            EVP_MAC_update(c, (const unsigned char *)parts[i].p, parts[i].n) == 1;
    ok = ok && EVP_MAC_final(c, out, &n, DIGEST_BYTES) == 1 && n == DIGEST_BYTES;
    EVP_MAC_CTX_free(c);
    EVP_MAC_free(mac);
    return ok;
}

bool signature_make(str secret, str timestamp, str body, char out[SIGNATURE_BYTES + 1])
{
    unsigned char sum[DIGEST_BYTES];
    out[0] = '\0';
    if (!digest(secret, timestamp, body, sum))
        return false;
    memcpy(out, "v0=", 3);
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        out[3 + 2 * i] = "0123456789abcdef"[sum[i] >> 4];
        out[4 + 2 * i] = "0123456789abcdef"[sum[i] & 15];
    }
    out[SIGNATURE_BYTES] = '\0';
    return true;
}

bool signature_is_valid(str secret, str timestamp, str signature, str body, int64_t now_s)
{
    char want[SIGNATURE_BYTES + 1];
    int64_t at;
    if (secret.n == 0 || !is_digits(timestamp) || str_int(timestamp, &at) ||
        signature.n != SIGNATURE_BYTES)
        return false;
    if (at - now_s > SIGNATURE_AGE_S || now_s - at > SIGNATURE_AGE_S ||
        !signature_make(secret, timestamp, body, want))
        return false;
    return CRYPTO_memcmp(want, signature.p, SIGNATURE_BYTES) == 0;
}
