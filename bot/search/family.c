#include "search/vocabulary.h"

#include "base/str.h"

/*
 * Snowball's Dutch stemmer leaves the forms of a verb apart: opzeggen -> opzegg, opzegt
 * -> opzegt, opgezegd -> opgezegd. Their common root is only ever a key (terms with one
 * key are alternatives of each other, at less than full weight), so it may be crude: no
 * list of verbs, only the spelling rules of Dutch.
 */

/* Prefixes that come apart: the participle has ge behind them (af-ge-sproken). */
static const char *const separable[] = {
    "aan",   "achter", "af",  "binnen", "bij",  "door", "in",
    "mee",   "na",     "om",  "onder",  "op",   "over", "samen",
    "terug", "tegen",  "toe", "uit",    "vast", "voor", "weg",
};

bool family_is_particle(str word)
{
    for (size_t i = 0; i < LEN(separable); i++)
        if (str_eq(word, str_c(separable[i])))
            return true;
    return false;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* Removes the ge of a participle; true when there was one. */
static bool drop_ge(char *w, size_t *n)
{
    size_t at = 0;
    for (size_t i = 0; i < LEN(separable); i++) {
        size_t len = strlen(separable[i]);
        if (*n > len + 4 && memcmp(w, separable[i], len) == 0 &&
            memcmp(w + len, "ge", 2) == 0)
            at = MAX(at, len);
    }
    if (at == 0 && (*n < 6 || memcmp(w, "ge", 2) != 0))
        return false;
    memmove(w + at, w + at + 2, *n - at - 2);
    *n -= 2;
    return true;
}

static bool inseparable(const char *w, size_t n)
{
    return n > 5 &&
        (memcmp(w, "be", 2) == 0 || memcmp(w, "ver", 3) == 0 ||
         memcmp(w, "ont", 3) == 0 || memcmp(w, "her", 3) == 0);
}

str family_root(enum lang l, str stem, char w[VOCABULARY_WORD_MAX])
{
    size_t n = MIN(stem.n, (size_t)VOCABULARY_WORD_MAX);
    if (l != LANG_NL || n < 4)
        return stem;
    memcpy(w, stem.p, n);
    if (n >= 6 && memcmp(w + n - 3, "jes", 3) == 0)
        n -= 2;
    if (n >= 5 && w[n - 1] == 'j' && w[n - 2] != 'i') {
        n--;
        if (n > 5 && memcmp(w + n - 2, "et", 2) == 0 && w[n - 3] == w[n - 4])
            n -= 2;
        else if (w[n - 1] == 't' && n >= 4 && strchr("aeiounlrw", w[n - 2]))
            n--;
        else if (w[n - 1] == 'p' && w[n - 2] == 'm')
            n--;
    }
    bool participle = drop_ge(w, &n) || inseparable(w, n);
    /* the ending of the person or the participle: zegt, gezegd */
    if (n >= 4 && (w[n - 1] == 't' || (w[n - 1] == 'd' && participle)) &&
        (n >= 5 || participle))
        n--;
    if (n >= 4 && w[n - 1] == w[n - 2] && !is_vowel(w[n - 1]))
        n--;
    if (n >= 4 && !is_vowel(w[n - 1]) && w[n - 2] == w[n - 3] && is_vowel(w[n - 2])) {
        w[n - 2] = w[n - 1];
        n--;
    }
    if (w[n - 1] == 'v')
        w[n - 1] = 'f';
    if (w[n - 1] == 'z')
        w[n - 1] = 's';
    return (str){w, n};
}
