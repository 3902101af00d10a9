#include "app/text_key.h"

#include <endian.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/random.h"

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static void mix(uint64_t v[4], int rounds)
{
    while (rounds-- > 0) {
        v[0] += v[1];
        v[2] += v[3];
        v[1] = rotate(v[1], 13) ^ v[0];
        v[3] = rotate(v[3], 16) ^ v[2];
        v[0] = rotate(v[0], 32);
        v[2] += v[1];
        v[0] += v[3];
        v[1] = rotate(v[1], 17) ^ v[2];
        v[3] = rotate(v[3], 21) ^ v[0];
        v[2] = rotate(v[2], 32);
    }
}

static uint64_t little_endian(const char *p, size_t n)
{
    uint64_t x = 0;
    if (n == sizeof x) {
        memcpy(&x, p, sizeof x);
        return le64toh(x);
    }
    for (size_t i = 0; i < n; i++)
        x |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return x;
}

static void take_in(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    mix(v, 2);
    v[0] ^= word;
}

uint64_t text_hash(struct text_key k, str text)
{
    uint64_t v[4] = {k.k0 ^ 0x736f6d6570736575u, k.k1 ^ 0x646f72616e646f6du,
                     k.k0 ^ 0x6c7967656e657261u, k.k1 ^ 0x7465646279746573u};
    size_t i = 0;
    for (; i + 8 <= text.n; i += 8)
        take_in(v, little_endian(text.p + i, 8));
    uint64_t rest = text.n > i ? little_endian(text.p + i, text.n - i) : 0;
    take_in(v, rest | (uint64_t)text.n << 56);
    v[2] ^= 0xff;
    mix(v, 4);
    uint64_t h = v[0] ^ v[1] ^ v[2] ^ v[3];
    return h ? h : 1;
}

struct text_key text_key_open(str state)
{
    struct text_key k;
    struct arena *a = arena_new();
    str path = file_path(a, state, STR("text.key")), text;
    enum rc rc = file_read(a, path, sizeof k, &text);
    if (rc == RC_OK && text.n == sizeof k) {
        memcpy(&k, text.p, sizeof k);
    } else {
        random_bytes(&k, sizeof k);
        if (file_write(a, path, (str){(const char *)&k, sizeof k}))
            log_err("state: text.key cannot be written; a message sent again after a "
                    "restart will not be known");
    }
    arena_free(a);
    return k;
}
