#include "search/memo.h"

#include "base/str.h"

struct memo memo_new(struct arena *a)
{
    return (struct memo){arena_alloc(a, MEMO_PLACES * sizeof(struct memo_word))};
}

struct memo_word *memo_place(const struct memo *m, str word)
{
    if (word.n > MEMO_TEXT_MAX)
        return NULL;
    uint64_t h = str_key(word);
    return &m->places[(h ^ h >> 32) % MEMO_PLACES];
}

bool memo_holds(const struct memo_word *w, str word)
{
    return w->n_text == word.n && memcmp(w->text, word.p, word.n) == 0;
}
