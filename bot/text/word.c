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

static inline size_t letter(const char *p, size_t n)
{
    unsigned char c = (unsigned char)*p;
    if (c < 0x80) /* what nearly every byte is, first */
        return (unsigned)((c | 0x20) - 'a') < 26 || (unsigned)(c - '0') < 10;
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

bool word_next(str folded, size_t *pos, char scratch[SCRATCH], struct word *out)
{
    size_t i = *pos;
    while (i < folded.n && letter(folded.p + i, folded.n - i) == 0)
        i++;
    if (i >= folded.n) {
        *pos = folded.n;
        return false;
    }
    size_t from = i;
    bool quoted = false;
    for (size_t len; i < folded.n; i += len) {
        len = letter(folded.p + i, folded.n - i);
        if (len == 0 && joins(folded, i)) {
            quoted = quoted || folded.p[i] == '\'';
            len = 1;
        }
        if (len == 0)
            break;
    }
    *pos = i;
    *out = (struct word){.text = str_sub(folded, from, i), .from = from, .to = i};
    if (!quoted)
        return true;
    size_t n = 0;
    for (size_t k = from; k < i && n < SCRATCH; k++)
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
