#include "base/random.h"

#include <sys/random.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void random_bytes(void *to, size_t n)
{
    unsigned char *p = to;
    while (n > 0) {
        ssize_t got = getrandom(p, n, 0);
        if (got > 0) {
            p += got;
            n -= (size_t)got;
        }
    }
}

str random_key(struct arena *a, size_t n)
{
    char *p = arena_alloc(a, n + 1);
    random_bytes(p, n);
    for (size_t i = 0; i < n; i++)
        p[i] = alphabet[(unsigned char)p[i] & 31];
    return (str){p, n};
}

bool random_is_key(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\0' || !strchr(alphabet, s.p[i]))
            return false;
    return s.n > 0;
}
