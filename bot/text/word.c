#include "text/word.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/bytes.h"
#include "base/str.h"

enum { SCRATCH = 64 };

/* Length of the letter or digit at p, 0 when it is something else. */
static size_t letter_beyond_ascii(const char *p, size_t n)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t len =
        utf8proc_iterate((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)n, &code);
    if (len <= 0)
        return 0;
    utf8proc_category_t k = utf8proc_category(code);
    bool is = (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
        (k >= UTF8PROC_CATEGORY_MN && k <= UTF8PROC_CATEGORY_NO);
    return is ? (size_t)len : 0;
}

/* Letters and digits of ASCII, which nearly every byte is: all passes over a message ask
 * this of each of its bytes. */
static const bool plain[256] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1,
    ['7'] = 1, ['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1,
    ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1,
    ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1,
    ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1,
    ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1,
    ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1,
    ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1,
    ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1,
};

static inline bool is_plain(char c)
{
    return plain[(unsigned char)c];
}

static size_t letter(const char *p, size_t n)
{
    return (unsigned char)*p < 0x80 ? is_plain(*p) : letter_beyond_ascii(p, n);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of a joiner at i inside a word that goes on behind it: ' always, . and , between
 * digits. */
static bool joins(str s, size_t i)
{
    if (i == 0 || i + 1 >= s.n)
        return false;
    if (s.p[i] == '\'')
        return letter(s.p + i + 1, s.n - i - 1) > 0;
    return (s.p[i] == '.' || s.p[i] == ',') && is_digit(s.p[i - 1]) &&
        is_digit(s.p[i + 1]);
}

/* Where the next word begins, or s.n. */
static __attribute__((noinline)) size_t word_begin(str s, size_t i)
{
    while (i < s.n && letter(s.p + i, s.n - i) == 0)
        i++;
    return i;
}

/* Where it ends, when something but a blank stands behind its first part. */
static __attribute__((noinline)) size_t word_end(str s, size_t i, bool *quoted)
{
    while (i < s.n) {
        size_t len = letter(s.p + i, s.n - i);
        if (len == 0 && joins(s, i)) {
            *quoted = *quoted || s.p[i] == '\'';
            len = 1;
        }
        if (len == 0)
            break;
        i += len;
    }
    return i;
}

/* Without its apostrophes. */
static __attribute__((noinline)) str unquoted(str word, char scratch[SCRATCH])
{
    size_t n = 0;
    for (size_t k = 0; k < word.n && n < SCRATCH; k++)
        if (word.p[k] != '\'')
            scratch[n++] = word.p[k];
    return (str){scratch, n};
}

/* Where the plain letters and digits from i on end: sixteen bytes at once, the last
 * sixteen of the text again where fewer are left. */
static inline size_t plain_end(str s, size_t i)
{
    enum { AT_ONCE = sizeof(bytes16) };
    while (s.n >= AT_ONCE && i < s.n) {
        size_t at = MIN(i, s.n - AT_ONCE);
        unsigned other = ~found16_bits(plain16(bytes16_at(s.p + at))) & 0xffff;
        other >>= i - at;
        if (other)
            return i + (size_t)__builtin_ctz(other);
        i = at + AT_ONCE;
    }
    while (i < s.n && is_plain(s.p[i]))
        i++;
    return i;
}

/* Most words are plain ones between two blanks. */
bool word_next(str folded, size_t *pos, char scratch[SCRATCH], struct word *out)
{
    const char *p = folded.p;
    size_t from = *pos, n = folded.n;
    if (from < n && p[from] == ' ')
        from++;
    if (from < n && !is_plain(p[from]))
        from = word_begin(folded, from);
    if (from >= n) {
        *pos = n;
        return false;
    }
    size_t to = plain_end(folded, from);
    bool quoted = false;
    if (to < n && p[to] != ' ')
        to = word_end(folded, to, &quoted);
    *pos = to;
    *out = (struct word){.text = {p + from, to - from}, .from = from, .to = to};
    if (quoted)
        out->text = unquoted(out->text, scratch);
    return true;
}

struct words words_of(struct arena *a, str folded)
{
    struct words w = {.list.cap = folded.n / 2 + 1}; /* something stands between two */
    size_t pos = 0;
    char scratch[SCRATCH];
    struct word one;
    w.list.v = arena_room(a, w.list.cap * sizeof *w.list.v);
    while (word_next(folded, &pos, scratch, &one)) {
        if (one.text.p == scratch)
            one.text = arena_str(a, one.text);
        w.list.v[w.list.n++] = one;
    }
    return w;
}

/* --- phrases --- */

/*
 * A list of phrases is held against the words of a message. Nearly always none is there,
 * so that is made certain first: the first six bytes from each word on set two of 512
 * bits, and a phrase whose own two are not both set need not be looked for.
 */
enum { FRONT = 6, SET_BITS = 512 };

struct fronts {
    uint64_t bits[SET_BITS / 64];
};

/* Eighteen bits: the two places. */
static inline unsigned front_places(const char *p)
{
    uint32_t first, last;
    memcpy(&first, p, sizeof first);
    memcpy(&last, p + FRONT - sizeof last, sizeof last);
    uint64_t x = (first | (uint64_t)last << 32) * 0x9e3779b97f4a7c15u;
    return (unsigned)(x >> 46);
}

static inline void fronts_set(struct fronts *f, unsigned place)
{
    f->bits[place / 64 % LEN(f->bits)] |= (uint64_t)1 << place % 64;
}

static inline unsigned fronts_has(const struct fronts *f, unsigned place)
{
    return f->bits[place / 64 % LEN(f->bits)] >> place % 64 & 1u;
}

/* Bit k: is the byte from + k one of a plain word? Of at most 64. */
static uint64_t plain_bits(str s, size_t from)
{
    enum { AT_ONCE = sizeof(bytes16) };
    uint64_t bits = 0;
    char few[AT_ONCE] = {0};
    for (size_t i = from; i < s.n && i < from + 64; i += AT_ONCE) {
        size_t at = s.n < AT_ONCE ? 0 : MIN(i, s.n - AT_ONCE);
        if (s.n < AT_ONCE)
            memcpy(few, s.p, s.n);
        const char *p = s.n < AT_ONCE ? few : s.p + at;
        bits |= (uint64_t)(found16_bits(plain16(bytes16_at(p))) >> (i - at))
            << (i - from);
    }
    return bits;
}

/* May one of them stand in it? */
static bool may_have(str folded, const str *phrases, size_t n)
{
    struct fronts set = {0};
    uint64_t before = 0;
    for (size_t from = 0; from < folded.n; from += 64) {
        uint64_t inside = plain_bits(folded, from);
        uint64_t begins = inside & ~(inside << 1 | before);
        before = inside >> 63;
        for (; begins; begins &= begins - 1) {
            size_t i = from + (size_t)__builtin_ctzll(begins);
            if (i + FRONT > folded.n)
                break;
            unsigned places = front_places(folded.p + i);
            fronts_set(&set, places);
            fronts_set(&set, places / SET_BITS);
        }
    }
    for (size_t k = 0; k < n; k++) {
        if (phrases[k].n < FRONT)
            return true;
        unsigned places = front_places(phrases[k].p);
        if (fronts_has(&set, places) & fronts_has(&set, places / SET_BITS))
            return true;
    }
    return false;
}

ptrdiff_t word_phrase(str folded, const str *phrases, size_t n, size_t *which)
{
    if (!may_have(folded, phrases, n))
        return -1;
    for (size_t i = 0; i < folded.n; i++) {
        if (!is_plain(folded.p[i]) || (i > 0 && is_plain(folded.p[i - 1])))
            continue;
        str rest = str_sub(folded, i, folded.n);
        for (size_t k = 0; k < n; k++)
            if (str_starts(rest, phrases[k])) {
                if (which)
                    *which = k;
                return (ptrdiff_t)i;
            }
    }
    return -1;
}

/* --- stems --- */

/* People say the same few thousand words: the last stem of each place is kept. */
enum { KEPT = 4096, KEPT_BYTES = 23 };

struct kept_stem {
    unsigned char n_word, n_stem; /* n_word 0: free */
    char word[KEPT_BYTES], stem[KEPT_BYTES];
};

struct stemmer {
    struct sb_stemmer *of[LANG_COUNT];
    struct kept_stem kept[LANG_COUNT][KEPT];
};

struct stemmer *stemmer_new(void)
{
    struct stemmer *s = must_alloc(sizeof *s);
    s->of[LANG_NL] = sb_stemmer_new("dutch", "UTF_8");
    s->of[LANG_EN] = sb_stemmer_new("english", "UTF_8");
    return s;
}

void stemmer_free(struct stemmer *s)
{
    if (!s)
        return;
    for (int l = 0; l < LANG_COUNT; l++)
        sb_stemmer_delete(s->of[l]);
    free(s);
}

static str stem_anew(struct stemmer *s, enum lang l, str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (is_digit(word.p[i]))
            return word;
    const sb_symbol *out =
        sb_stemmer_stem(s->of[l], (const sb_symbol *)word.p, (int)word.n);
    int n = sb_stemmer_length(s->of[l]);
    return out && n > 0 ? (str){(const char *)out, (size_t)n} : word;
}

str stem(struct stemmer *s, enum lang l, str word)
{
    if (l == LANG_NONE || !s->of[l] || word.n == 0 || word.n > 1000)
        return word;
    if (word.n > KEPT_BYTES)
        return stem_anew(s, l, word);
    struct kept_stem *k = &s->kept[l][str_key(word) % KEPT];
    if (k->n_word == word.n && memcmp(k->word, word.p, word.n) == 0)
        return (str){k->stem, k->n_stem};
    str got = stem_anew(s, l, word);
    if (got.n <= KEPT_BYTES) {
        k->n_word = (unsigned char)word.n;
        k->n_stem = (unsigned char)got.n;
        memcpy(k->word, word.p, word.n);
        memmove(k->stem, got.p, got.n);
        got.p = k->stem;
    }
    return got;
}
