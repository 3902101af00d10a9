#include "search/vocabulary.h"

#include "base/str.h"
#include "text/distance.h"

/*
 * A repair has the word's first letter and nearly its length and letters; of those the
 * edit distance decides, and of equally near ones the shared trigrams ("^wo", "wor", ...,
 * "rd$"). Words that merely resemble it are found by trigrams alone. Trigrams are hashed:
 * a collision costs one comparison.
 */

enum { GRAM_BITS = 14, GRAM_BUCKETS = 1 << GRAM_BITS, REPAIR_MIN = 4, CANDIDATES = 48 };

static uint32_t bucket(char a, char b, char c)
{
    uint32_t h = (uint32_t)(unsigned char)a << 16 | (uint32_t)(unsigned char)b << 8 |
        (unsigned char)c;
    return (h * 2654435761u) >> (32 - GRAM_BITS);
}

/* Swapped letters leave a short word without a trigram in common, but not its letters. */
static uint32_t letters(str w)
{
    uint32_t sum = 0, product = 1;
    for (size_t i = 0; i < w.n; i++) {
        uint32_t c = (unsigned char)w.p[i];
        sum += c * c;
        product *= 2 * c + 1;
    }
    return ((sum ^ product) * 2654435761u) >> (32 - GRAM_BITS);
}

/* The i-th trigram of a word with one sign added at either end; there are word.n. The
 * last one, number word.n, stands for all its letters. */
static uint32_t gram(str w, size_t i)
{
    if (i == w.n)
        return letters(w);
    return bucket(i == 0 ? '^' : w.p[i - 1], w.p[i], i + 1 == w.n ? '$' : w.p[i + 1]);
}

static bool repairs(const struct vocabulary_word *w)
{
    for (size_t i = 0; i < w->text.n; i++)
        if (w->text.p[i] >= '0' && w->text.p[i] <= '9')
            return false;
    return w->text.n >= REPAIR_MIN - 1 && !w->stop;
}

static void near_prepare(struct vocabulary *v);

void typo_prepare(struct vocabulary *v)
{
    v->gram_start = arena_alloc(v->arena, (GRAM_BUCKETS + 2) * sizeof *v->gram_start);
    uint32_t *start = v->gram_start + 1; /* filled one place ahead, see below */
    for (size_t i = 0; i < v->words.n; i++)
        if (repairs(&v->words.v[i]))
            for (size_t k = 0; k <= v->words.v[i].text.n; k++)
                start[gram(v->words.v[i].text, k) + 1]++;
    for (size_t i = 0; i < GRAM_BUCKETS; i++)
        start[i + 1] += start[i];
    v->gram_words = arena_alloc(v->arena, (start[GRAM_BUCKETS] + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < v->words.n; i++)
        if (repairs(&v->words.v[i]))
            for (size_t k = 0; k <= v->words.v[i].text.n; k++)
                v->gram_words[start[gram(v->words.v[i].text, k)]++] = i;
    /* each start has moved on to its end, which is the next one's start: gram_start, one
     * place before, is the table wanted */
    v->gram_hits = arena_alloc(v->arena, v->words.n + 1);
    near_prepare(v);
}

/* --- by first letter and length: what a repair must share with the word --- */

enum { LENGTHS = DISTANCE_WORD_MAX + 1 };

/* Letters of a word: one edit adds one at most, and takes one away. */
static uint32_t letter_set(str w, size_t *n)
{
    uint32_t set = 0;
    *n = 0;
    for (size_t i = 0; i < w.n; i++) {
        unsigned char c = (unsigned char)w.p[i];
        set |= 1u << (c >= 'a' && c <= 'z' ? c - 'a' + 1 : 0);
        *n += (c & 0xc0) != 0x80;
    }
    return set;
}

static size_t near_place(const struct vocabulary_word *w, uint32_t *set)
{
    size_t n;
    *set = letter_set(w->text, &n);
    return (size_t)(unsigned char)w->text.p[0] * LENGTHS + MIN(n, (size_t)LENGTHS - 1);
}

static void near_prepare(struct vocabulary *v)
{
    enum { PLACES = 256 * LENGTHS };
    uint32_t *start = arena_alloc(v->arena, (PLACES + 2) * sizeof *start), set;
    v->near_start = start++; /* filled one place ahead, as above */
    for (size_t i = 0; i < v->words.n; i++)
        if (repairs(&v->words.v[i]))
            start[near_place(&v->words.v[i], &set) + 1]++;
    for (size_t i = 0; i < PLACES; i++)
        start[i + 1] += start[i];
    v->near = arena_alloc(v->arena, (start[PLACES] + 1) * sizeof *v->near);
    for (uint32_t i = 0; i < v->words.n; i++)
        if (repairs(&v->words.v[i])) {
            size_t at = near_place(&v->words.v[i], &set);
            v->near[start[at]++] = (struct near_word){i, set};
        }
}

/* How many trigrams two words share, repeated ones each time, and the first of them. */
static unsigned shared_grams(str a, str b, size_t *first)
{
    uint32_t of_b[VOCABULARY_WORD_MAX + 1];
    unsigned n = 0;
    for (size_t k = 0; k <= b.n; k++)
        of_b[k] = gram(b, k);
    *first = a.n;
    for (size_t i = 0; i <= a.n; i++) {
        uint32_t g = gram(a, i);
        for (size_t k = 0; k <= b.n; k++)
            n += of_b[k] == g;
        if (n > 0)
            *first = MIN(*first, i);
    }
    return n;
}

struct candidate {
    uint32_t word;
    double likeness; /* Dice over trigrams */
};

/* The CANDIDATES words that share the most trigrams, in no order. */
static size_t candidates(struct vocabulary *v, str w, struct candidate *out, double least)
{
    size_t n = 0, weakest = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i <= w.n; i++) {
            uint32_t g = gram(w, i);
            for (uint32_t k = v->gram_start[g]; k < v->gram_start[g + 1]; k++) {
                uint32_t id = v->gram_words[k];
                if (pass == 0) {
                    v->gram_hits[id] = (uint8_t)MIN(v->gram_hits[id] + 1, UINT8_MAX);
                    continue;
                }
                if (v->gram_hits[id] == 0)
                    continue;
                double hits = v->gram_hits[id];
                v->gram_hits[id] = 0;
                double like = 2 * hits / (double)(w.n + v->words.v[id].text.n);
                if (like < least || (n == CANDIDATES && like <= out[weakest].likeness))
                    continue;
                size_t at = n < CANDIDATES ? n++ : weakest;
                out[at] = (struct candidate){id, like};
                if (n == CANDIDATES) {
                    weakest = 0;
                    for (size_t c = 1; c < n; c++)
                        if (out[c].likeness < out[weakest].likeness)
                            weakest = c;
                }
            }
        }
    return n;
}

/* Puts a candidate into the sorted best; lower cost first. */
static size_t keep(uint32_t *out, double *costs, size_t n, size_t max, uint32_t word,
                   double cost)
{
    size_t at = n;
    while (at > 0 && costs[at - 1] > cost)
        at--;
    if (at >= max)
        return n;
    n = MIN(n + 1, max);
    for (size_t i = n - 1; i > at; i--) {
        out[i] = out[i - 1];
        costs[i] = costs[i - 1];
    }
    out[at] = word;
    costs[at] = cost;
    return n;
}

/* Short words of which one letter differs are two words more often than one typo: wife,
 * wifi. Letters left out, doubled or swapped are typos at any length. */
static bool is_other_word(str a, str b, unsigned d)
{
    enum { SUBSTITUTE_MIN = 7 };
    if (d != 1 || a.n != b.n || a.n >= SUBSTITUTE_MIN)
        return false;
    size_t differ = 0;
    for (size_t i = 0; i < a.n; i++)
        differ += a.p[i] != b.p[i];
    return differ == 1;
}

struct repair {
    uint32_t word;
    size_t first; /* trigram that both words have */
    double likeness;
};

enum { REPAIRS_MAX = 48 };

/* Into the list, which is in order of the first trigram, then of the words' numbers. */
static size_t insert(struct repair *v, size_t n, struct repair one)
{
    if (n == REPAIRS_MAX)
        return n;
    size_t at = n;
    for (; at > 0 &&
         (v[at - 1].first > one.first ||
          (v[at - 1].first == one.first && v[at - 1].word > one.word));
         at--)
        v[at] = v[at - 1];
    v[at] = one;
    return n + 1;
}

/* The words of one length at the least distance, which only gets smaller. */
static size_t nearest_of(const struct vocabulary *v, str word, uint32_t set, size_t place,
                         unsigned *least, struct repair *out, size_t n)
{
    const double alike = 0.2;
    for (uint32_t k = v->near_start[place]; k < v->near_start[place + 1]; k++) {
        uint32_t more = v->near[k].letters & ~set, less = set & ~v->near[k].letters;
        for (unsigned i = 0; i < *least; i++) {
            more &= more - 1;
            less &= less - 1;
        }
        if (more | less)
            continue;
        str text = v->words.v[v->near[k].word].text;
        unsigned d = distance(word, text, *least);
        if (d > *least || is_other_word(word, text, d))
            continue;
        struct repair one = {.word = v->near[k].word};
        double hits = shared_grams(word, text, &one.first);
        one.likeness = 2 * hits / (double)(word.n + text.n);
        if (one.likeness < alike)
            continue;
        if (d < *least)
            n = 0; /* only the nearest */
        *least = d;
        n = insert(out, n, one);
    }
    return n;
}

size_t typo_repair(struct vocabulary *v, str word, uint32_t *out, size_t max)
{
    enum { MOST = 8 };
    double costs[MOST];
    struct repair near[REPAIRS_MAX];
    size_t len, found = 0, n = 0;
    if (word.n < REPAIR_MIN || word.n > DISTANCE_WORD_MAX)
        return 0;
    if (word.p[0] >= '0' && word.p[0] <= '9')
        return 0; /* as no word that repairs begins, see there */
    unsigned least = word.n < 8 ? 1 : 2;
    uint32_t set = letter_set(word, &len);
    size_t from = len > least ? len - least : 1, to = MIN(len + least, LENGTHS - 1u);
    for (size_t i = from; i <= to; i++)
        found = nearest_of(v, word, set, (size_t)(unsigned char)word.p[0] * LENGTHS + i,
                           &least, near, found);
    for (size_t i = 0; i < found; i++) {
        double known = v->words.v[near[i].word].count ? 0.1 : 0;
        n = keep(out, costs, n, MIN(max, (size_t)MOST), near[i].word,
                 -near[i].likeness - known);
    }
    return n;
}

size_t typo_resembling(struct vocabulary *v, str word, uint32_t *out, size_t max)
{
    enum { MOST = 8 };
    double costs[MOST];
    struct candidate near[CANDIDATES];
    if (word.n < REPAIR_MIN || word.n > VOCABULARY_WORD_MAX)
        return 0;
    size_t found = candidates(v, word, near, 0.4), n = 0;
    for (size_t i = 0; i < found; i++)
        if (v->words.v[near[i].word].count)
            n = keep(out, costs, n, MIN(max, (size_t)MOST), near[i].word,
                     -near[i].likeness);
    return n;
}
