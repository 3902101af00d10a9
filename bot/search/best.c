#include "search/best.h"

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
enum { CLASSES = 1 << 11, CLASS_SHIFT = 20 };

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

/* The BEST_DOCS docs with the highest score: whole classes, and the best of the one that
 * does not fit. */
void best_docs(struct ranking *r, const struct index *x, struct best *out)
{
    uint16_t count[CLASSES] = {0};
    uint32_t *docs = r->touched, n = 0, class = 0;
    const struct doc_score *doc = r->doc;
    for (uint32_t i = 0; i < r->n_found; i++) {
        float s = doc[r->found[i]].score;
        if (s <= 0 || r->sight[x->owner[r->found[i]]] != SIGHT_YES)
            continue;
        docs[n++] = r->found[i];
        uint32_t own = class_of(s);
        class = MAX(class, own + 1);
        count[own] = (uint16_t)MIN(count[own] + 1, BEST_DOCS + 1);
    }
    size_t above = 0, rest; /* docs of higher classes; room for those of this one */
    if (n <= BEST_DOCS)
        class = 0;
    else
        while (above + count[class - 1] <= BEST_DOCS)
            above += count[--class];
    rest = n <= BEST_DOCS ? 0 : BEST_DOCS - above;
    float all_from = class_begins(class), some_from = class_begins(class - (rest > 0));
    struct best some;
    out->n = some.n = 0;
    for (uint32_t i = 0; i < n; i++) {
        float s = doc[docs[i]].score;
        if (s >= all_from) {
            out->doc[out->n] = docs[i];
            out->first[out->n++] = s;
        } else if (s >= some_from) {
            add_if_best(&some, rest, docs[i], s);
        }
    }
    memcpy(out->doc + out->n, some.doc, some.n * sizeof *some.doc);
    memcpy(out->first + out->n, some.first, some.n * sizeof *some.first);
    out->n += some.n;
}

float best_least(const struct best *b)
{
    float top[BEST_SOURCES] = {0};
    for (size_t i = 0; i < b->n; i++) {
        if (b->first[i] <= top[BEST_SOURCES - 1])
            continue;
        size_t at = BEST_SOURCES - 1;
        for (; at > 0 && top[at - 1] < b->first[i]; at--)
            top[at] = top[at - 1];
        top[at] = b->first[i];
    }
    return top[BEST_SOURCES - 1];
}

size_t best_sources(const struct ranking *r, const struct best *b,
                    uint32_t out[BEST_SOURCES])
{
    size_t n = 0, place[BEST_SOURCES];
    for (size_t i = 0; i < b->n; i++) {
        float s = r->doc[b->doc[i]].score;
        size_t at = n;
        if (n == BEST_SOURCES && s < r->doc[b->doc[place[n - 1]]].score)
            continue;
        for (; at > 0; at--) {
            float other = r->doc[b->doc[place[at - 1]]].score;
            if (s < other || (s <= other && is_worse(b, i, place[at - 1])))
                break;
            if (at < BEST_SOURCES)
                place[at] = place[at - 1];
        }
        if (at < BEST_SOURCES) {
            place[at] = i;
            n = MIN(n + 1, (size_t)BEST_SOURCES);
        }
    }
    for (size_t i = 0; i < n; i++)
        out[i] = b->doc[place[i]];
    return n;
}
