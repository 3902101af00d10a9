#include "nlu/literal_index.h"

#include <endian.h>
#include <stdlib.h>

#include "base/str.h"
#include "nlu/required.h"

enum { BUCKET_BITS = 13, BUCKETS = 1 << BUCKET_BITS };
enum { BEGIN_BITS = 15, BEGINS = 1 << BEGIN_BITS };

/* Before ready: one word of one number. */
struct added {
    str word;
    uint32_t number, bucket;
};

/* A word, once, as far as it has to be looked at: the bytes behind its first eight stand
 * elsewhere. */
struct entry {
    uint64_t front;
    uint32_t numbers; /* where its numbers begin */
    uint32_t n_numbers : 24;
    uint32_t n : 8; /* bytes, or as many as it holds */
};

static uint64_t front_of(const char *p, size_t n)
{
    uint64_t front = 0;
    memcpy(&front, p, MIN(n, sizeof front));
    return front;
}

struct literal_index {
    /* What may begin a word of three bytes, of more: few cache lines, and most places of
     * a text begin none. */
    uint64_t short_begins[BUCKETS / 64], begins[BEGINS / 64];
    uint64_t mask[sizeof(uint64_t) + 1]; /* of that many bytes */
    bool has_begins;                     /* words that begin with REQUIRED_BEGINS */
    struct arena *arena;
    VEC(struct added) list;
    struct entry *entries; /* by bucket */
    str *words;            /* of the entries */
    uint32_t *numbers;     /* of the entries, behind each other */
    /* Where each bucket begins in entries: those of three bytes, then the others, which
     * many words of a language would share by three. */
    uint32_t first[2 * BUCKETS + 1];
};

static uint32_t hash_of(uint32_t bytes, unsigned bits)
{
    return bytes * 2654435761u >> (32 - bits);
}

static uint32_t four_at(const char *p)
{
    uint32_t four;
    memcpy(&four, p, sizeof four);
    return le32toh(four);
}

/* By the first three of four bytes. */
static uint32_t short_of(uint32_t four)
{
    return hash_of(four & 0xffffff, BUCKET_BITS);
}

static uint32_t short_at(const char *p)
{
    char four[4] = {p[0], p[1], p[2]};
    return short_of(four_at(four));
}

/* By all four. */
static uint32_t begin_of(uint32_t four)
{
    return hash_of(four, BEGIN_BITS);
}

static uint32_t bucket_of(uint32_t begin)
{
    return BUCKETS + (begin >> (BEGIN_BITS - BUCKET_BITS));
}

static void set_bit(uint64_t *bits, uint32_t i)
{
    bits[i / 64] |= (uint64_t)1 << i % 64;
}

static bool is_set(const uint64_t *bits, uint32_t i)
{
    return bits[i / 64] >> i % 64 & 1;
}

struct literal_index *literal_index_new(struct arena *a)
{
    struct literal_index *x = arena_alloc(a, sizeof *x);
    x->arena = a;
    return x;
}

/* Where a word is looked for: by its first three bytes if it has no more, else by four.
 * One that must begin a word has its mark among them, but if it is long enough for four
 * bytes of text they tell more, turned so that no other word is found by them. */
static uint32_t found_by(str word)
{
    const uint32_t turned = 0x01010101u * REQUIRED_BEGINS;
    if (word.n == REQUIRED_MIN)
        return short_at(word.p);
    if (word.p[0] == REQUIRED_BEGINS && word.n > sizeof turned)
        return begin_of(four_at(word.p + 1) ^ turned);
    return begin_of(four_at(word.p));
}

void literal_index_add(struct literal_index *x, struct strs words, uint32_t number)
{
    for (size_t i = 0; i < words.n; i++) {
        str word = words.v[i];
        uint32_t by = found_by(word);
        *arena_push(x->arena, &x->list) =
            (struct added){word, number, word.n == REQUIRED_MIN ? by : bucket_of(by)};
        x->has_begins = x->has_begins || word.p[0] == REQUIRED_BEGINS;
    }
}

static int by_word(const void *a, const void *b)
{
    const struct added *x = a, *y = b;
    if (x->bucket != y->bucket)
        return x->bucket < y->bucket ? -1 : 1;
    int c = str_cmp(x->word, y->word);
    return c != 0 ? c : x->number < y->number ? -1 : x->number > y->number;
}

/* Puts the word of list entry i down as entry n. */
static void put_word(struct literal_index *x, size_t i, uint32_t n)
{
    str word = x->list.v[i].word;
    x->words[n] = word;
    x->entries[n] = (struct entry){.front = front_of(word.p, word.n),
                                   .n = MIN(word.n, (size_t)UINT8_MAX) & UINT8_MAX,
                                   .numbers = (uint32_t)i};
    if (word.n == REQUIRED_MIN)
        set_bit(x->short_begins, x->list.v[i].bucket);
    else
        set_bit(x->begins, found_by(word));
    x->first[x->list.v[i].bucket + 1] = n + 1;
}

void literal_index_ready(struct literal_index *x)
{
    static const char ones[] = "\xff\xff\xff\xff\xff\xff\xff\xff";
    for (size_t n = 0; n < LEN(x->mask); n++)
        x->mask[n] = front_of(ones, n);
    if (x->list.n > 0)
        qsort(x->list.v, x->list.n, sizeof *x->list.v, by_word);
    x->entries = arena_alloc(x->arena, x->list.n * sizeof *x->entries);
    x->words = arena_alloc(x->arena, x->list.n * sizeof *x->words);
    x->numbers = arena_alloc(x->arena, x->list.n * sizeof *x->numbers);
    uint32_t n = 0;
    for (size_t i = 0; i < x->list.n; i++) {
        const struct added *one = &x->list.v[i];
        if (i == 0 || !str_eq(one->word, one[-1].word))
            put_word(x, i, n++);
        x->numbers[i] = one->number;
        x->entries[n - 1].n_numbers++;
    }
    for (size_t b = 0; b < 2 * BUCKETS; b++) /* empty ones end where they begin */
        x->first[b + 1] = MAX(x->first[b + 1], x->first[b]);
}

/* The words of a bucket that stand at the beginning of text. The first `skip` bytes of
 * the words are no text; front is the text's with them. */
static void scan_bucket(const struct literal_index *x, uint32_t bucket, uint64_t front,
                        size_t skip, str text, uint64_t *bits)
{
    size_t n = text.n + skip;
    for (uint32_t k = x->first[bucket]; k < x->first[bucket + 1]; k++) {
        const struct entry *e = &x->entries[k];
        if ((front & x->mask[MIN((size_t)e->n, sizeof front)]) != e->front || e->n > n ||
            (e->n > sizeof front &&
             !str_starts(text, str_sub(x->words[k], skip, x->words[k].n))))
            continue;
        for (uint32_t j = e->numbers; j < e->numbers + e->n_numbers; j++)
            set_bit(bits, x->numbers[j]);
    }
}

/* For PCRE2 a word goes on behind these. Beyond ASCII it is not looked at: then one more
 * pattern is tried. */
static bool goes_on(char c)
{
    return (unsigned)((c | 0x20) - 'a') < 26 || (unsigned)(c - '0') < 10 || c == '_';
}

/* The words that stand where one of the text begins. */
static void scan_begins(const struct literal_index *x, str text, uint64_t *bits)
{
    for (size_t i = 0; i + 2 <= text.n; i++) {
        if ((i > 0 && goes_on(text.p[i - 1])) || !goes_on(text.p[i]))
            continue;
        char word[2 * sizeof(uint64_t)] = {REQUIRED_BEGINS};
        str rest = str_sub(text, i, text.n);
        memcpy(word + 1, rest.p, MIN(rest.n, sizeof word - 1));
        str two = {word, 3}, three = {word, 4}, more = {word, 5};
        uint64_t front = front_of(word, sizeof front);
        if (is_set(x->short_begins, found_by(two)))
            scan_bucket(x, found_by(two), front, 1, rest, bits);
        if (is_set(x->begins, found_by(three)))
            scan_bucket(x, bucket_of(found_by(three)), front, 1, rest, bits);
        if (is_set(x->begins, found_by(more)))
            scan_bucket(x, bucket_of(found_by(more)), front, 1, rest, bits);
    }
}

static void scan_at(const struct literal_index *x, uint32_t bucket, str text, size_t i,
                    uint64_t *bits)
{
    str rest = str_sub(text, i, text.n);
    scan_bucket(x, bucket, front_of(rest.p, rest.n), 0, rest, bits);
}

/* The words that may stand anywhere. */
static void scan_all(const struct literal_index *x, str text, uint64_t *bits)
{
    size_t i = 0;
    for (; i + REQUIRED_MIN < text.n; i++) { /* most places begin no word */
        uint32_t four = four_at(text.p + i), b = short_of(four), g = begin_of(four);
        if (is_set(x->short_begins, b))
            scan_at(x, b, text, i, bits);
        if (is_set(x->begins, g))
            scan_at(x, bucket_of(g), text, i, bits);
    }
    if (i + REQUIRED_MIN == text.n && is_set(x->short_begins, short_at(text.p + i)))
        scan_at(x, short_at(text.p + i), text, i, bits);
}

void literal_index_scan(const struct literal_index *x, str text, uint64_t *bits)
{
    scan_all(x, text, bits);
    if (x->has_begins)
        scan_begins(x, text, bits);
}
