#include "search/best.h"

#include "search/lanes.h"

/* Of two equal docs the earlier is better. */
static bool is_worse(const struct best *b, size_t i, size_t k)
{
    return b->first[i] < b->first[k] ||
        (b->first[i] <= b->first[k] && b->doc[i] > b->doc[k]);
}

static void swap(struct best *b, size_t i, size_t k)
{
    uint32_t doc = b->doc[i];
    float first = b->first[i];
    b->doc[i] = b->doc[k];
    b->first[i] = b->first[k];
    b->doc[k] = doc;
    b->first[k] = first;
}

/* Restores the heap, the worst in front, below place at. */
static void sink(struct best *b, size_t at)
{
    for (size_t k; (k = 2 * at + 1) < b->n; at = k) {
        k += k + 1 < b->n && is_worse(b, k + 1, k);
        if (!is_worse(b, k, at))
            return;
        swap(b, k, at);
    }
}

/* Scores are told apart roughly by their leading bits, eight classes to a doubling. */
enum { CLASS_SHIFT = 31 - BEST_CLASS_BITS };

/* Of a score above 0; the bits of such floats are in the order of their size. */
static uint32_t class_of(float score)
{
    uint32_t bits;
    memcpy(&bits, &score, sizeof bits);
    return bits >> CLASS_SHIFT;
}

/* The lowest score of a class. */
static float class_begins(uint32_t class)
{
    uint32_t bits = class << CLASS_SHIFT;
    float score;
    memcpy(&score, &bits, sizeof score);
    return score;
}

/* A doc of the class of which only the n best fit. Docs come ascending, so of two equal
 * ones the first stays. */
static void add_if_best(struct best *b, size_t n, uint32_t doc, float score)
{
    if (n == 0 || (b->n == n && score <= b->first[0]))
        return;
    bool fills = b->n + 1 == n;
    size_t at = b->n < n ? b->n++ : 0;
    b->doc[at] = doc;
    b->first[at] = score;
    if (fills)
        for (size_t k = n / 2; k-- > 0;)
            sink(b, k);
    else if (at == 0)
        sink(b, 0);
}

/* Lists the docs that can be seen and have a score, with it, and counts them by class, no
 * further than matters; class 0 is the others'. Returns how many; *end is behind the
 * highest class. */
static uint32_t list_seen(struct ranking *r, const struct index *x, uint32_t *end)
{
    uint16_t *count = r->classes;
    const uint32_t *found = r->found, *owner = x->owner;
    const uint8_t *sight = r->sight;
    uint32_t *docs = r->touched, n = 0, most = 0;
    float *scores = r->scores;
    for (uint32_t i = 0; i < r->n_found; i++) {
        uint32_t doc = found[i];
        float s = r->doc[doc].score;
        uint32_t own = class_of(s) & (0 - (uint32_t)(sight[owner[doc]] == SIGHT_YES));
        docs[n] = doc;
        scores[n] = s;
        n += own > 0;
        most = MAX(most, own);
        count[own] = (uint16_t)MIN(count[own] + 1, BEST_DOCS + 1);
    }
    *end = most + 1;
    return n;
}

/* Back to zeros: those of the docs that were listed, and class 0. */
static void forget_classes(struct ranking *r, uint32_t n)
{
    r->classes[0] = 0;
    for (uint32_t i = 0; i < n; i++)
        r->classes[class_of(r->scores[i])] = 0;
}

/* The BEST_DOCS docs with the highest score: whole classes, and the best of the one that
 * does not fit. */
void best_docs(struct ranking *r, const struct index *x, struct best *out)
{
    uint16_t *count = r->classes;
    uint32_t *docs = r->touched, class, fit = 0;
    uint32_t some = 0; /* docs of the class that does not fit */
    float *scores = r->scores;
    const uint32_t n = list_seen(r, x, &class);
    out->n = MIN(n, (uint32_t)BEST_DOCS);
    if (n > BEST_DOCS)
        while (fit + count[class - 1] <= BEST_DOCS)
            fit += count[--class];
    forget_classes(r, n);
    if (n <= BEST_DOCS) {
        memcpy(out->doc, docs, n * sizeof *docs);
        memcpy(out->first, scores, n * sizeof *scores);
        return;
    }
    const float all_from = class_begins(class), some_from = class_begins(class - 1);
    for (uint32_t i = 0, n_fit = 0; i < n; i++) {
        float own = scores[i];
        uint32_t doc = docs[i];
        out->doc[n_fit] = docs[some] = doc;
        out->first[n_fit] = scores[some] = own;
        n_fit += own >= all_from;
        some += (own >= some_from) & (own < all_from);
    }
    struct best rest = {.n = 0};
    for (uint32_t i = 0; i < some; i++)
        add_if_best(&rest, BEST_DOCS - fit, docs[i], scores[i]);
    memcpy(out->doc + fit, rest.doc, rest.n * sizeof *rest.doc);
    memcpy(out->first + fit, rest.first, rest.n * sizeof *rest.first);
}

float best_least(const struct best *b)
{
    float v[BEST_DOCS + LANES], top[BEST_SOURCES] = {0};
    size_t n = 0;
    memcpy(v, b->first, b->n * sizeof *v);
    float bar = lanes_reach(v, b->n, BEST_SOURCES);
    for (size_t i = 0; i < b->n; i++) {
        v[n] = v[i];
        n += v[i] >= bar;
    }
    for (size_t i = 0; i < n; i++) {
        size_t at = BEST_SOURCES;
        for (; at > 0 && top[at - 1] < v[i]; at--)
            if (at < BEST_SOURCES)
                top[at] = top[at - 1];
        if (at < BEST_SOURCES)
            top[at] = v[i];
    }
    return top[BEST_SOURCES - 1];
}

/* Whether a doc stands before another, by what the first sorts them by. */
static bool is_before(const struct ranking *r, const struct best *b, size_t i, size_t k)
{
    float own = r->doc[b->doc[i]].score, other = r->doc[b->doc[k]].score;
    return own > other || (own >= other && is_worse(b, k, i));
}

size_t best_sources(const struct ranking *r, const struct best *b,
                    uint32_t out[BEST_SOURCES])
{
    float v[BEST_DOCS + LANES];
    size_t place[BEST_DOCS + 1] = {0}, n = 0;
    for (size_t i = 0; i < b->n; i++)
        v[i] = r->doc[b->doc[i]].score;
    float bar = lanes_reach(v, b->n, BEST_SOURCES);
    for (size_t i = 0; i < b->n; i++) {
        place[n] = i;
        n += v[i] >= bar;
    }
    for (size_t i = 1; i < n; i++) { /* a few, in order */
        size_t one = place[i], at = i;
        for (; at > 0 && is_before(r, b, one, place[at - 1]); at--)
            place[at] = place[at - 1];
        place[at] = one;
    }
    n = MIN(n, (size_t)BEST_SOURCES);
    for (size_t i = 0; i < n; i++)
        out[i] = b->doc[place[i]];
    return n;
}
