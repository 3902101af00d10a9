#include "nlu/plain.h"

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

str plain_of_words(struct arena *a, const struct words *w, size_t *at)
{
    size_t room = 1, n = 0;
    for (size_t i = 0; i < w->list.n; i++)
        room += w->list.v[i].text.n + 1;
    char *p = arena_room(a, room);
    for (size_t i = 0; i < w->list.n; i++) {
        str text = w->list.v[i].text;
        if (i > 0)
            p[n++] = ' ';
        at[i] = n;
        memcpy(p + n, text.p, text.n);
        n += text.n;
    }
    p[n] = '\0';
    at[w->list.n] = n + 1;
    return (str){p, n};
}
