#include "base/str.h"
#include "search/vocabulary.h"

/*
 * Snowball's Dutch stemmer leaves forms apart: opzeggen -> opzegg, opzegt -> opzegt,
 * opgezegd -> opgezegd, kindje -> kindj. Their common root is only ever a key (terms with
 * one key are alternatives of each other, at less than full weight), so it may be crude:
 * no list of verbs, only the spelling rules of Dutch.
 */

/* Particles that come apart from their verb: afspreken, af-ge-sproken, spreek ... af. */
static const char *const particles[] = {
    "aan",   "achter", "af",  "binnen", "bij",  "door", "in",
    "mee",   "na",     "om",  "onder",  "op",   "over", "samen",
    "terug", "tegen",  "toe", "uit",    "vast", "voor", "weg",
};

bool family_is_particle(str word)
{
    enum { SHORTEST = 2, LONGEST = 6 };
    for (size_t i = 0; word.n >= SHORTEST && word.n <= LONGEST && i < LEN(particles); i++)
        if (str_is(word, particles[i]))
            return true;
    return false;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool ends(const char *w, size_t n, const char *with)
{
    size_t len = strlen(with);
    return n >= len && memcmp(w + n - len, with, len) == 0;
}

/* Takes a diminutive's ending off: kindj(es), baantj, filmpj, mannetj. */
static size_t drop_diminutive(const char *w, size_t n)
{
    if (n >= 6 && ends(w, n, "jes"))
        n -= 2;
    if (n < 5 || w[n - 1] != 'j' || w[n - 2] == 'i')
        return n;
    n--;
    if (n > 5 && ends(w, n, "et") && w[n - 3] == w[n - 4])
        return n - 2;
    bool linked = (w[n - 1] == 't' && strchr("aeiounlrw", w[n - 2])) || ends(w, n, "mp");
    return linked ? n - 1 : n;
}

/* Removes the ge of a participle; true when there was one. */
static bool drop_ge(char *w, size_t *n)
{
    size_t at = 0;
    for (size_t i = 0; i < LEN(particles); i++) {
        size_t len = strlen(particles[i]);
        if (*n > len + 4 && memcmp(w, particles[i], len) == 0 &&
            memcmp(w + len, "ge", 2) == 0)
            at = MAX(at, len);
    }
    if (at == 0 && (*n < 6 || memcmp(w, "ge", 2) != 0))
        return false;
    memmove(w + at, w + at + 2, *n - at - 2);
    *n -= 2;
    return true;
}

/* Participles of these have no ge. */
static bool is_inseparable(const char *w, size_t n)
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
    n = drop_diminutive(w, n);
    bool participle = drop_ge(w, &n) || is_inseparable(w, n);
    /* the ending of the person or the participle: zegt, gezegd */
    if ((n >= 5 || (n >= 4 && participle)) &&
        (w[n - 1] == 't' || (w[n - 1] == 'd' && participle)))
        n--;
    /* spelling: zegg zeg, loop lop, schrijv schrijf */
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
