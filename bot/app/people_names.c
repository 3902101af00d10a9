#include "app/people_names.h"

#include <endian.h>

#include "base/str.h"
#include "base/window.h"
#include "text/normalise.h"
#include "text/word.h"

enum { NAME_FIRST = 1, NAME_LAST = 2, NAME_WORDS_MAX = 8, NAME_SHORTEST = 3 };

/* The place in `maybe` of a word of n letters in any case; eight bytes stand there. */
static uint32_t maybe_of(const char *word, size_t n)
{
    uint64_t front;
    memcpy(&front, word, sizeof front);
    front = le64toh(front) | 0x2020202020202020u;
    front <<= n < sizeof front ? 8 * (sizeof front - n) : 0;
    return (uint32_t)((front + n) * 0x9e3779b97f4a7c15u >> 32) % PEOPLE_MAYBE;
}

static void learn(struct people *p, str word, int64_t what)
{
    char front[sizeof(uint64_t)] = {0};
    if (word.n < NAME_SHORTEST)
        return;
    *map_put(&p->names, word, 0) |= what;
    memcpy(front, word.p, MIN(word.n, sizeof front));
    uint32_t maybe = maybe_of(front, word.n);
    p->maybe[maybe / 64] |= (uint64_t)1 << maybe % 64;
}

static bool is_between(str word)
{
    static const char *const words[] = {"van", "de",  "der", "den", "ten", "ter", "het",
                                        "op",  "el",  "al",  "von", "du",  "la",  "le",
                                        "da",  "dos", "bin", "t",   "in",  "te"};
    for (size_t i = 0; i < LEN(words); i++)
        if (str_is(word, words[i]))
            return true;
    return false;
}

void people_learn_names(struct people *p)
{
    for (size_t i = 0; i < p->list.n; i++) {
        str folded;
        if (str_eq(p->list.v[i].name, p->list.v[i].id) ||
            normalise(p->arena, p->list.v[i].name, &folded) != RC_OK)
            continue; /* a row without a name goes by its id */
        struct words w = words_of(p->arena, folded);
        for (size_t k = 0; k < w.list.n; k++)
            if (!is_between(w.list.v[k].text))
                learn(p, w.list.v[k].text, k == 0 ? NAME_FIRST : NAME_LAST);
    }
}

/* A word of the text as written. */
struct spoken {
    str text, folded;
    bool capital, begins; /* the first of a sentence */
    bool plain;           /* letters of ASCII and nothing else */
};

static bool letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* Most words are letters of ASCII, and folded by their case alone. */
static str fold(struct arena *a, str text)
{
    char *low = arena_alloc(a, text.n);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x80 || c == '\'') {
            str folded;
            if (normalise(a, text, &folded) != RC_OK)
                return STR_NONE;
            struct words w = words_of(a, folded); /* without its apostrophe */
            return w.list.n > 0 ? w.list.v[0].text : STR("");
        }
        low[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return (str){low, text.n};
}

/* A title in front of a name, whose dot ends no sentence. */
static bool is_title(str word)
{
    static const char *const words[] = {"dhr", "mw",  "mevr", "mevrouw", "heer",
                                        "mr",  "mrs", "ms",   "dr",      "drs",
                                        "ir",  "ing", "prof"};
    for (size_t i = 0; i < LEN(words); i++)
        if (str_eq_ascii(word, str_c(words[i])))
            return true;
    return word.n == 1; /* an initial */
}

/* "Youssef's": the name without its ending. */
static str without_ending(str word)
{
    bool has = word.n > 3 && word.p[word.n - 2] == '\'' &&
        (word.p[word.n - 1] == 's' || word.p[word.n - 1] == 'S');
    return has ? str_sub(word, 0, word.n - 2) : word;
}

static bool ends_sentence(char c)
{
    return c == '.' || c == '!' || c == '?' || c == '\n' || c == ':';
}

/* *out: the word before it, zeroed at the first; the new one is not folded yet. */
static bool next_word(str text, size_t *pos, struct spoken *out)
{
    size_t i = *pos;
    bool begins = i == 0, plain = true;
    while (i < text.n && !letter((unsigned char)text.p[i]))
        begins = ends_sentence(text.p[i++]) || begins;
    size_t from = i;
    for (; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool quote = c == '\'' && i + 1 < text.n && letter((unsigned char)text.p[i + 1]);
        if (!quote && !letter(c))
            break;
        plain = plain && !quote && c < 0x80;
    }
    *pos = i;
    unsigned char first = from < text.n ? (unsigned char)text.p[from] : 0;
    *out = (struct spoken){.text = without_ending(str_sub(text, from, i)),
                           .begins = begins && !is_title(out->text),
                           .plain = plain,
                           .capital = (first >= 'A' && first <= 'Z') || first >= 0x80};
    return i > from;
}

static int64_t kind_of(const struct people *p, const struct spoken *w)
{
    const int64_t *at = w->folded.n ? map_find(&p->names, w->folded) : NULL;
    return at ? *at : 0;
}

/* From first to last, with what stands between. */
static str stretch(str first, str last)
{
    return (str){first.p, (size_t)(last.p + last.n - first.p)};
}

/* How many of the words make a name, beginning with the first. */
static size_t name_length(const struct people *p, const struct spoken *w, size_t n)
{
    size_t k = 1;
    int64_t first = kind_of(p, &w[0]);
    while (k < n && is_between(w[k].folded))
        k++;
    if ((first & NAME_FIRST) && k < n && (kind_of(p, &w[k]) & NAME_LAST)) {
        while (k + 1 < n && w[k + 1].capital && (kind_of(p, &w[k + 1]) & NAME_LAST))
            k++;
        return k + 1;
    }
    return first && w[0].capital && !w[0].begins ? 1 : 0;
}

/* Nearly all words are told by `maybe` to be none; eight bytes stand at word. */
static bool may_be_name(const struct people *p, const char *word, size_t n)
{
    uint32_t maybe = maybe_of(word, n);
    return p->maybe[maybe / 64] >> maybe % 64 & 1;
}

/* Does a word of any name stand in the text, whatever its words are made of? */
static bool holds_any_name(const struct people *p, struct arena *a, str text)
{
    struct spoken w = {0};
    for (size_t pos = 0; next_word(text, &pos, &w);) {
        char front[sizeof(uint64_t)] = {0};
        memcpy(front, w.text.p, MIN(w.text.n, sizeof front));
        if (w.plain && !may_be_name(p, front, w.text.n))
            continue;
        w.folded = fold(a, w.text);
        if (kind_of(p, &w))
            return true;
    }
    return false;
}

/* How many letters stand at `at` of the window, where one does. */
static size_t letters_at(const struct window *w, uint64_t letters, size_t at, str text)
{
    uint64_t others = ~(letters >> at);
    size_t n = others ? (size_t)__builtin_ctzll(others) : WINDOW;
    while (at + n >= w->n && at + n < text.n && letter((unsigned char)text.p[at + n]))
        n++; /* it goes on behind the window */
    return n;
}

/* The same of the words that begin in a window, which are letters of ASCII. text: from
 * the window on; before: its bit 0 is set when a letter stands in front. */
static bool window_holds_name(const struct people *p, struct arena *a,
                              const struct window *w, str text, uint64_t letters,
                              uint64_t before)
{
    uint64_t begins = letters & ~(letters << 1 | before);
    for (; begins != 0; begins &= begins - 1) {
        size_t at = (size_t)__builtin_ctzll(begins);
        size_t n = letters_at(w, letters, at, text);
        if (!may_be_name(p, w->v + at, n))
            continue;
        struct spoken word = {.folded = fold(a, str_sub(text, at, at + n))};
        if (kind_of(p, &word))
            return true;
    }
    return false;
}

/* Does a word of any name stand in the text? Mostly none does, and nothing is gathered.
 */
static bool holds_name(const struct people *p, struct arena *a, str text)
{
    uint64_t before = 0;
    for (size_t from = 0; from < text.n; from += WINDOW) {
        struct window w;
        window_at(&w, text, from);
        uint64_t letters = window_range(&w, 0x20, 'a', 'z');
        if ((window_range(&w, 0, 0x80, 0xff) | window_byte(&w, '\'')) != 0)
            return holds_any_name(p, a, text);
        if (window_holds_name(p, a, &w, str_sub(text, from, text.n), letters, before))
            return true;
        before = letters >> (WINDOW - 1);
    }
    return false;
}

struct strs people_named(const struct people *p, struct arena *a, str text)
{
    VEC(str) found = {0};
    VEC(struct spoken) words = {0};
    size_t pos = 0;
    struct spoken w = {0};
    if (!p || p->names.n == 0 || !holds_name(p, a, text))
        return (struct strs){0};
    while (next_word(text, &pos, &w)) {
        w.folded = fold(a, w.text);
        *arena_push(a, &words) = w;
    }
    for (size_t i = 0; i < words.n;) {
        size_t n = kind_of(p, &words.v[i])
            ? name_length(p, &words.v[i], MIN(words.n - i, (size_t)NAME_WORDS_MAX))
            : 0;
        if (n > 0)
            *arena_push(a, &found) = stretch(words.v[i].text, words.v[i + n - 1].text);
        i += n > 0 ? n : 1;
    }
    return (struct strs){found.v, found.n};
}
