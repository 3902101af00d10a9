#include "nlu/literal_index.h"

#include <endian.h>
#include <stdlib.h>

#include "base/str.h"
#include "base/window.h"
#include "nlu/required.h"

enum { SHORT_BITS = 13, SHORTS = 1 << SHORT_BITS };
enum { LONG_BITS = 15, LONGS = 1 << LONG_BITS };
enum { AT_ONCE = 2 }; /* pieces that are set in one go */

/* Before ready: one word of one number. */
struct added {
    str word;
    uint32_t number, hash;
};

/* Numbers of a word whose bits stand in the same 64. */
struct piece {
    uint64_t bits;
    uint32_t at;
};

/* A word, once, as far as it has to be looked at: the bytes behind its first eight stand
 * elsewhere. */
struct entry {
    uint64_t front;  /* shifted up until nothing but the word's bytes would be left */
    uint32_t pieces; /* where its numbers begin */
    uint32_t
        n_pieces : 24; /* AT_ONCE or twice as many or ..., the last ones of nothing */
    uint32_t shift : 7;
    uint32_t is_long : 1; /* it has more than eight bytes */
};

static uint64_t eight_at(const char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return le64toh(eight);
}

struct literal_index {
    /* What may begin a word: a bit for each hash of three bytes, then for each of four,
     * which many words of a language would share by three. Few cache lines, and most
     * places of a text begin none. */
    uint8_t begins[(SHORTS + LONGS) / 8];
    uint16_t before[(SHORTS + LONGS) / 8]; /* bits set in the bytes in front of each */
    uint8_t ones[256];                     /* of each byte */
    bool has_begins;                       /* words that begin with REQUIRED_BEGINS */
    struct arena *arena;
    VEC(struct added) list;
    VEC(uint32_t) first;   /* of the entries, for each bit set; and their number */
    struct entry *entries; /* by hash, and one behind them */
    str *words;            /* of the entries */
    uint32_t n_entries;
    VEC(struct piece) pieces; /* of the entries, behind each other */
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
    return hash_of(four & 0xffffff, SHORT_BITS);
}

/* By all four. */
static uint32_t long_of(uint32_t four)
{
    return SHORTS + hash_of(four, LONG_BITS);
}

static bool may_begin(const struct literal_index *x, uint32_t hash)
{
    return x->begins[hash / 8] >> hash % 8 & 1;
}

/* Of a hash whose bit is set. */
static uint32_t first_of(const struct literal_index *x, uint32_t hash)
{
    unsigned lower = (1u << hash % 8) - 1;
    return x->before[hash / 8] + x->ones[x->begins[hash / 8] & lower];
}

struct literal_index *literal_index_new(struct arena *a)
{
    struct literal_index *x = arena_alloc(a, sizeof *x);
    x->arena = a;
    return x;
}

static const uint32_t turned = 0x01010101u * REQUIRED_BEGINS;

/* How a word is looked for: by its first three bytes if it has no more, else by four.
 * One that must begin a word has its mark among them, but if it is long enough for four
 * bytes of text they tell more, turned so that no other word is found by them. */
static uint32_t found_by(str word)
{
    if (word.n == REQUIRED_MIN) {
        char four[4] = {word.p[0], word.p[1], word.p[2]};
        return short_of(four_at(four));
    }
    if (word.p[0] == REQUIRED_BEGINS && word.n > sizeof turned)
        return long_of(four_at(word.p + 1) ^ turned);
    return long_of(four_at(word.p));
}

void literal_index_add(struct literal_index *x, struct strs words, uint32_t number)
{
    for (size_t i = 0; i < words.n; i++) {
        str word = words.v[i];
        *arena_push(x->arena, &x->list) = (struct added){word, number, found_by(word)};
        x->has_begins = x->has_begins || word.p[0] == REQUIRED_BEGINS;
    }
}

static int by_word(const void *a, const void *b)
{
    const struct added *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    int c = str_cmp(x->word, y->word);
    return c != 0 ? c : x->number < y->number ? -1 : x->number > y->number;
}

/* Puts a word down as the next entry. */
static void put_word(struct literal_index *x, const struct added *one)
{
    uint32_t n = x->n_entries++;
    char front[sizeof(uint64_t)] = {0};
    size_t bytes = MIN(one->word.n, sizeof front);
    memcpy(front, one->word.p, bytes);
    unsigned shift = 8 * (unsigned)(sizeof front - bytes);
    x->words[n] = one->word;
    x->entries[n] = (struct entry){.front = eight_at(front) << shift,
                                   .shift = shift & 63,
                                   .is_long = one->word.n > sizeof front,
                                   .pieces = (uint32_t)x->pieces.n};
    if (!may_begin(x, one->hash))
        *arena_push(x->arena, &x->first) = n;
    x->begins[one->hash / 8] |= (uint8_t)(1u << one->hash % 8);
}

static void put_piece(struct literal_index *x, struct piece piece)
{
    x->entries[x->n_entries - 1].n_pieces++;
    *arena_push(x->arena, &x->pieces) = piece;
}

/* One of the newest entry, which come in their order. */
static void put_number(struct literal_index *x, uint32_t number)
{
    struct piece one = {.bits = (uint64_t)1 << number % 64, .at = number / 64}, *last;
    if (x->entries[x->n_entries - 1].n_pieces == 0) {
        put_piece(x, one);
        return;
    }
    last = &x->pieces.v[x->pieces.n - 1];
    if (last->at == one.at)
        last->bits |= one.bits;
    else
        put_piece(x, one);
}

static void fill_up(struct literal_index *x)
{
    while (x->pieces.n % AT_ONCE != 0)
        put_piece(x, (struct piece){0});
}

static void count_bits(struct literal_index *x)
{
    for (unsigned i = 0; i < LEN(x->ones); i++)
        x->ones[i] = (uint8_t)__builtin_popcount(i);
    for (size_t i = 1; i < LEN(x->before); i++)
        x->before[i] = (uint16_t)(x->before[i - 1] + x->ones[x->begins[i - 1]]);
}

void literal_index_ready(struct literal_index *x)
{
    if (x->list.n > 0)
        qsort(x->list.v, x->list.n, sizeof *x->list.v, by_word);
    x->entries = arena_alloc(x->arena, (x->list.n + 1) * sizeof *x->entries);
    x->words = arena_alloc(x->arena, x->list.n * sizeof *x->words);
    for (size_t i = 0; i < x->list.n; i++) {
        const struct added *one = &x->list.v[i];
        if (i == 0 || !str_eq(one->word, one[-1].word)) {
            fill_up(x);
            put_word(x, one);
        }
        put_number(x, one->number);
    }
    fill_up(x);
    *arena_push(x->arena, &x->first) = x->n_entries; /* which is no word of any text */
    count_bits(x);
}

/* --- a text --- */

/*
 * In three steps, for what a branch decides is guessed wrong at nearly every byte: all
 * places of a window that may begin a word are put down, without a branch; the words that
 * agree with one in eight bytes are put down likewise; then only what is found is left.
 */
enum { FOUND = 32, PLACES = 5 * WINDOW };

/* What may begin at a byte of the window. MARKED: its words have REQUIRED_BEGINS in
 * front.
 */
enum { MARKED = 1 << 16 };
struct place {
    uint32_t hash, at;
};
struct found {
    uint32_t entry, at;
};

struct scan {
    const struct literal_index *x;
    str text;
    size_t from; /* of the window */
    uint64_t *bits;
    struct window window;
};

static inline size_t put_place(const struct literal_index *x, struct place *to, size_t n,
                               uint32_t at, uint32_t hash)
{
    to[n] = (struct place){hash, at};
    return n + may_begin(x, hash);
}

/* The words that may stand anywhere. */
static size_t find_places(const struct scan *s, struct place *to)
{
    const struct literal_index *x = s->x;
    size_t n = 0, end = s->window.n;
    for (uint32_t i = 0; i < end; i++) {
        uint32_t four = four_at(s->window.v + i);
        n = put_place(x, to, n, i, short_of(four));
        n = put_place(x, to, n, i, long_of(four));
    }
    return n;
}

/* Where a word of the text begins: of two bytes, of three, of more. */
static size_t find_begins(const struct scan *s, uint64_t begins, struct place *to,
                          size_t n)
{
    const struct literal_index *x = s->x;
    for (; begins != 0; begins &= begins - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(begins), four = four_at(s->window.v + i),
                 marked = four << 8 | REQUIRED_BEGINS;
        n = put_place(x, to, n, i | MARKED, short_of(marked));
        n = put_place(x, to, n, i | MARKED, long_of(marked));
        n = put_place(x, to, n, i | MARKED, long_of(four ^ turned));
    }
    return n;
}

/* Those of more than eight bytes stand there only if the others do too. */
static bool goes_on(const struct scan *s, struct found f)
{
    str word = s->x->words[f.entry];
    size_t at = s->from + (f.at & ~(uint32_t)MARKED), skip = f.at >= MARKED;
    return str_starts(str_sub(s->text, at, s->text.n), str_sub(word, skip, word.n));
}

/* The numbers of the words found. */
static void take_found(const struct scan *s, const struct found *found, size_t n)
{
    const struct literal_index *x = s->x;
    for (size_t i = 0; i < n; i++) {
        const struct entry *e = &x->entries[found[i].entry];
        if (e->is_long && !goes_on(s, found[i]))
            continue;
        const struct piece *piece = x->pieces.v + e->pieces, *end = piece + e->n_pieces;
        for (; piece < end; piece += AT_ONCE)
            for (size_t k = 0; k < AT_ONCE; k++)
                s->bits[piece[k].at] |= piece[k].bits;
    }
}

/* Entries are looked at in pairs: one behind the last of a hash is of other bytes. */
static void try_places(const struct scan *s, const struct place *places, size_t n_places)
{
    const struct literal_index *x = s->x;
    struct found found[FOUND];
    size_t n = 0;
    for (size_t i = 0; i < n_places; i++) {
        struct place p = places[i];
        uint64_t front = eight_at(s->window.v + (p.at & ~(uint32_t)MARKED));
        front = p.at >= MARKED ? front << 8 | REQUIRED_BEGINS : front;
        const uint32_t *first = &x->first.v[first_of(x, p.hash)];
        for (uint32_t k = first[0], end = first[1]; k < end; k += 2) {
            const struct entry *e = &x->entries[k];
            found[n] = (struct found){k, p.at};
            n += front << e[0].shift == e[0].front;
            found[n] = (struct found){k + 1, p.at};
            n += front << e[1].shift == e[1].front;
            if (n + 2 > FOUND) {
                take_found(s, found, n);
                n = 0;
            }
        }
    }
    take_found(s, found, n);
}

void literal_index_scan(const struct literal_index *x, str text, uint64_t *bits)
{
    struct scan s = {.x = x, .text = text, .bits = bits};
    struct place places[PLACES];
    uint64_t before = 0; /* bit 0: a word goes on from the window before */
    for (; s.from < text.n; s.from += WINDOW) {
        window_at(&s.window, text, s.from);
        /* for PCRE2 a word goes on behind these; beyond ASCII it is not looked at: then
         * one more pattern is tried */
        uint64_t in_word = window_plain(&s.window) | window_byte(&s.window, '_');
        size_t n = find_places(&s, places);
        if (x->has_begins)
            n = find_begins(&s, in_word & ~(in_word << 1 | before), places, n);
        before = in_word >> (WINDOW - 1);
        try_places(&s, places, n);
    }
}
