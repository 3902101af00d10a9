#include "text/word.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/str.h"
#include "base/window.h"

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
    size_t to = from;
    while (to < n && is_plain(p[to]))
        to++;
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

/* People say the same few thousand words: the last stem of each place is kept. */
enum { KEPT = 4096, KEPT_BYTES = 23 };

struct kept_stem {
    unsigned char n_word, n_stem; /* n_word 0: free */
    char word[KEPT_BYTES], stem[KEPT_BYTES];
};

/* The first phrase that stands there, or n. */
static size_t phrase_at(str text, const str *phrases, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (str_starts(text, phrases[k]))
            return k;
    return n;
}

/* Where one of the phrases may begin is told by a hash of its first bytes, LONG_FRONT of
 * them or, of shorter phrases, three: nearly all words of a text are passed by at that.
 */
enum { FRONT_BITS = 11, LONG_FRONT = 6 };

struct fronts {
    uint64_t bits[(1 << FRONT_BITS) / 64];
    bool any_short;
};

static inline unsigned front_of(const char *p, bool is_long)
{
    uint32_t first = (unsigned char)p[2];
    uint16_t last;
    if (is_long)
        memcpy(&first, p + 2, sizeof first);
    memcpy(&last, p, sizeof last);
    return (unsigned)(((uint64_t)last << 32 | first) * 0x9e3779b97f4a7c15u >>
                      (64 - FRONT_BITS));
}

static struct fronts fronts_of(const str *phrases, size_t n)
{
    struct fronts f = {0};
    for (size_t k = 0; k < n; k++) {
        bool is_long = phrases[k].n >= LONG_FRONT;
        unsigned front =
            is_long ? front_of(phrases[k].p, true) : front_of(phrases[k].p, false);
        f.any_short = f.any_short || !is_long;
        f.bits[front / 64] |= (uint64_t)1 << front % 64;
    }
    return f;
}

static inline bool may_begin(const struct fronts *f, const char *word)
{
    unsigned front = front_of(word, true), few = front_of(word, false);
    return (f->bits[front / 64] >> front % 64 & 1) ||
        (f->any_short && (f->bits[few / 64] >> few % 64 & 1));
}

ptrdiff_t word_phrase(str folded, const str *phrases, size_t n, size_t *which)
{
    struct fronts fronts = fronts_of(phrases, n);
    uint64_t before = 0; /* bit 0: a word goes on */
    for (size_t from = 0; from < folded.n; from += WINDOW) {
        struct window w;
        window_at(&w, folded, from);
        uint64_t in_word = window_plain(&w), begins = in_word & ~(in_word << 1 | before);
        before = in_word >> (WINDOW - 1);
        for (; begins != 0; begins &= begins - 1) {
            size_t at = (size_t)__builtin_ctzll(begins);
            if (!may_begin(&fronts, w.v + at))
                continue;
            size_t k = phrase_at(str_sub(folded, from + at, folded.n), phrases, n);
            if (k == n)
                continue;
            if (which)
                *which = k;
            return (ptrdiff_t)(from + at);
        }
    }
    return -1;
}

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
