#include "text/word.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <utf8proc.h>

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

/* Every pass over a message asks this of each byte: one bit for each letter and digit of
 * ASCII. */
static inline bool is_plain(char c)
{
    static const uint64_t letters[4] = {0x03ff000000000000u, 0x07fffffe07fffffeu};
    unsigned char byte = (unsigned char)c;
    return letters[byte >> 6] >> (byte & 63) & 1;
}

static inline size_t letter(const char *p, size_t n)
{
    if ((unsigned char)*p < 0x80) /* what nearly every byte is, first */
        return is_plain(*p);
    return letter_beyond_ascii(p, n);
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

/* Where the word that begins at i ends. */
static size_t word_end(str s, size_t i, bool *quoted)
{
    *quoted = false;
    for (;;) {
        while (i < s.n && is_plain(s.p[i]))
            i++;
        if (i >= s.n || s.p[i] == ' ')
            return MIN(i, s.n);
        size_t len = letter(s.p + i, s.n - i);
        if (len == 0 && joins(s, i)) {
            *quoted = *quoted || s.p[i] == '\'';
            len = 1;
        }
        if (len == 0)
            return i;
        i += len;
    }
}

bool word_next(str folded, size_t *pos, char scratch[SCRATCH], struct word *out)
{
    size_t from = *pos;
    while (from < folded.n && letter(folded.p + from, folded.n - from) == 0)
        from++;
    if (from >= folded.n) {
        *pos = folded.n;
        return false;
    }
    bool quoted;
    size_t to = *pos = word_end(folded, from, &quoted);
    *out = (struct word){.text = {folded.p + from, to - from}, .from = from, .to = to};
    if (!quoted)
        return true;
    size_t n = 0;
    for (size_t k = from; k < to && n < SCRATCH; k++)
        if (folded.p[k] != '\'')
            scratch[n++] = folded.p[k];
    out->text = (str){scratch, n};
    return true;
}

struct words words_of(struct arena *a, str folded)
{
    struct words w = {0};
    size_t pos = 0;
    char scratch[SCRATCH];
    struct word one;
    while (word_next(folded, &pos, scratch, &one)) {
        if (one.text.p == scratch)
            one.text = arena_str(a, one.text);
        *arena_push(a, &w.list) = one;
    }
    return w;
}

/* People say the same few hundred words: the last stem of each place is kept. */
enum { KEPT = 1024, KEPT_BYTES = 23 };

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
