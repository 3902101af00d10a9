#include "nlu/plain.h"

#include "text/word.h"

str plain_of(struct arena *a, str folded)
{
    char *p = arena_alloc(a, folded.n + 1); /* words never grow */
    size_t n = 0, pos = 0;
    char scratch[64];
    struct word w;
    while (word_next(folded, &pos, scratch, &w)) {
        if (n > 0)
            p[n++] = ' ';
        memcpy(p + n, w.text.p, w.text.n);
        n += w.text.n;
    }
    return (str){p, n};
}
