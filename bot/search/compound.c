#include "search/vocabulary.h"

#include "base/str.h"

/*
 * A compound is cut by the words of the handbook itself: a general word list knows too
 * many short words and cuts everywhere. Dutch joins with nothing, s, e or en
 * (verzuim-s-protocol, zieke-n-geld).
 */

enum { PART_MIN = 4, TAIL_MIN = 4, WORD_MIN = 8, HEAD_MIN = 3, LONE_TAIL_MIN = 6 };

static term_t known(const struct vocabulary *v, str part)
{
    const struct vocabulary_word *w = vocabulary_word(v, part);
    return w && !w->stop ? w->term : TERM_NONE;
}

/* The term of a left part, its linking letters taken off when needed. */
static term_t left_part(struct vocabulary *v, str part)
{
    static const char *const links[] = {"", "s", "e", "en"};
    for (size_t i = 0; i < LEN(links); i++) {
        str link = str_c(links[i]);
        if (part.n < PART_MIN + link.n || !str_ends(part, link))
            continue;
        term_t t = known(v, str_sub(part, 0, part.n - link.n));
        if (t != TERM_NONE)
            return t;
    }
    /* a verb's stem stands in front: opzeg-termijn, loop-baan */
    term_t t = v->lang == LANG_NL ? vocabulary_family(v, part) : TERM_NONE;
    return t != TERM_NONE && v->terms.v[t].count ? t : TERM_NONE;
}

/* Cuts off known tails, longest first, and goes on with what stands before. */
static size_t split_from(struct vocabulary *v, str word, size_t depth,
                         term_t out[VOCABULARY_PARTS_MAX])
{
    for (size_t cut = PART_MIN; cut + TAIL_MIN <= word.n; cut++) {
        term_t tail = known(v, str_sub(word, cut, word.n));
        if (tail == TERM_NONE)
            continue;
        str head = str_sub(word, 0, cut);
        term_t left = left_part(v, head);
        size_t n = 0;
        if (left != TERM_NONE) {
            out[0] = left;
            n = 1;
        } else if (depth + 2 < VOCABULARY_PARTS_MAX && head.n >= WORD_MIN) {
            n = split_from(v, head, depth + 1, out);
        }
        if (n > 0) {
            out[n] = tail;
            return n + 1;
        }
    }
    return 0;
}

/* Only words of plain letters, neither short nor cut off. */
static bool can_split(str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] < 'a' || word.p[i] > 'z')
            return false;
    return word.n >= WORD_MIN && word.n <= VOCABULARY_WORD_MAX;
}

size_t compound_split(struct vocabulary *v, str word, term_t out[VOCABULARY_PARTS_MAX])
{
    return can_split(word) ? split_from(v, word, 0, out) : 0;
}

term_t compound_tail(struct vocabulary *v, str word)
{
    for (size_t cut = HEAD_MIN; can_split(word) && cut + LONE_TAIL_MIN <= word.n; cut++) {
        term_t t = known(v, str_sub(word, cut, word.n));
        if (t != TERM_NONE && v->terms.v[t].count > 1)
            return t;
    }
    return TERM_NONE;
}

bool compound_is_weekday(const struct vocabulary *v, str word)
{
    static const char *const days[] = {"zondag",    "maandag", "dinsdag", "woensdag",
                                       "donderdag", "vrijdag", "zaterdag"};
    for (size_t i = 0; v->lang == LANG_NL && i < LEN(days); i++)
        if (str_starts(word, str_c(days[i])) && word.n <= strlen(days[i]) + 2)
            return true;
    return false;
}

term_t compound_join(struct vocabulary *v, str left, uint32_t begin, str right)
{
    static const str links[] = {{"", 0}, {"s", 1}, {"en", 2}, {"e", 1}};
    char joined[VOCABULARY_WORD_MAX];
    if (left.n < 2 || right.n < 2 || left.n + right.n + 2 > sizeof joined)
        return TERM_NONE;
    for (size_t i = 0; i < (v->lang == LANG_NL ? LEN(links) : 1); i++) {
        size_t len = links[i].n;
        if (!beginning_fits(v, begin, left.n, links[i], right))
            continue;
        memcpy(joined, left.p, left.n);
        memcpy(joined + left.n, links[i].p, len);
        memcpy(joined + left.n + len, right.p, right.n);
        str word = {joined, left.n + len + right.n};
        term_t t = known(v, word);
        if (t == TERM_NONE)
            t = vocabulary_term(v, vocabulary_stem(v, word));
        if (t != TERM_NONE && v->terms.v[t].count && !compound_is_weekday(v, word))
            return t;
    }
    return TERM_NONE;
}
