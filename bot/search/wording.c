#include "search/wording.h"

#include <stdlib.h>

void wording_word_add(struct wording_draft *d, struct arena *a, const uint32_t *hash,
                      size_t n)
{
    struct wording_word *w = arena_push(a, &d->words);
    *w = (struct wording_word){0};
    memcpy(w->hash, hash, MIN(n, (size_t)WORDING_HASHES) * sizeof *hash);
}

void wording_line_end(struct wording_draft *d, struct arena *a)
{
    uint32_t from = d->ends.n ? d->ends.v[d->ends.n - 1] : 0;
    if (d->words.n > from)
        *arena_push(a, &d->ends) = (uint32_t)d->words.n;
}

struct wording wording_keep(const struct wording_draft *d, struct arena *a)
{
    struct wording w = {.n = (uint32_t)d->ends.n};
    if (w.n == 0)
        return w;
    w.word = arena_alloc(a, d->words.n * sizeof *w.word);
    w.end = arena_alloc(a, d->ends.n * sizeof *w.end);
    memcpy(w.word, d->words.v, d->words.n * sizeof *w.word);
    memcpy(w.end, d->ends.v, d->ends.n * sizeof *w.end);
    return w;
}

/* --- the question --- */

bool wording_ask(struct wording_question *q)
{
    if (q->n == WORDING_WORDS_MAX)
        return false;
    q->n++;
    return true;
}

void wording_form_add(struct wording_question *q, uint32_t hash)
{
    if (q->n_forms == LEN(q->form))
        return;
    q->form[q->n_forms++] = (struct wording_form){hash, q->n - 1};
    q->mask[hash >> 6 & 15] |= (uint64_t)1 << (hash & 63);
}

static int by_hash(const void *a, const void *b)
{
    const struct wording_form *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

void wording_ready(struct wording_question *q)
{
    qsort(q->form, q->n_forms, sizeof *q->form, by_hash);
}

/* --- comparing --- */

/* The words of the question that may be this one: bit i for the i-th. */
static uint64_t words_like(const struct wording_question *q, const struct wording_word *w)
{
    uint64_t found = 0;
    for (size_t i = 0; i < WORDING_HASHES; i++) {
        uint32_t h = w->hash[i];
        if (h == 0 || !(q->mask[h >> 6 & 15] >> (h & 63) & 1))
            continue;
        size_t lo = 0, hi = q->n_forms;
        while (lo < hi) {
            size_t mid = lo + (hi - lo) / 2;
            if (q->form[mid].hash < h)
                lo = mid + 1;
            else
                hi = mid;
        }
        for (; lo < q->n_forms && q->form[lo].hash == h; lo++)
            found |= (uint64_t)1 << q->form[lo].word;
    }
    return found;
}

double wording_near(const struct wording *w, const struct wording_question *q)
{
    double best = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t from = at, shared = 0;
        uint64_t asked = 0;
        for (; at < w->end[i]; at++) {
            uint64_t found = words_like(q, &w->word[at]);
            asked |= found;
            shared += found != 0;
        }
        shared += (uint32_t)__builtin_popcountll(asked);
        best = MAX(best, (double)shared / (double)(q->n + at - from));
    }
    return best;
}
