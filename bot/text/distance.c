#include "text/distance.h"

/* Decodes well-formed UTF-8; returns the count, or DISTANCE_WORD_MAX + 1 when longer. */
static size_t decode(str s, uint32_t *to)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; n++) {
        if (n == DISTANCE_WORD_MAX)
            return n + 1;
        unsigned char c = (unsigned char)s.p[i];
        size_t len = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
        uint32_t code = len == 1 ? c : c & (0x7fu >> len);
        for (size_t k = 1; k < len && i + k < s.n; k++)
            code = code << 6 | ((unsigned char)s.p[i + k] & 0x3f);
        to[n] = code;
        i += len;
    }
    return n;
}

unsigned distance(str a, str b, unsigned max)
{
    uint32_t x[DISTANCE_WORD_MAX], y[DISTANCE_WORD_MAX];
    size_t nx = decode(a, x), ny = decode(b, y);
    if (nx > DISTANCE_WORD_MAX || ny > DISTANCE_WORD_MAX)
        return max + 1;
    if ((nx > ny ? nx - ny : ny - nx) > max)
        return max + 1;
    unsigned rows[3][DISTANCE_WORD_MAX + 1];
    for (size_t j = 0; j <= ny; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= nx; i++) {
        unsigned *now = rows[i % 3], *last = rows[(i + 2) % 3],
                 *before = rows[(i + 1) % 3];
        unsigned least = now[0] = (unsigned)i;
        for (size_t j = 1; j <= ny; j++) {
            unsigned d = last[j - 1] + (x[i - 1] != y[j - 1]);
            d = MIN(d, MIN(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                d = MIN(d, before[j - 2] + 1);
            now[j] = d;
            least = MIN(least, d);
        }
        if (least > max)
            return max + 1;
    }
    return MIN(rows[nx % 3][ny], max + 1);
}
