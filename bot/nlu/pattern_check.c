/* A pattern that hurts is refused when it is loaded, not met when somebody writes the
 * text that sets it off. */
#include "base/str.h"
#include "nlu/pattern_set.h"

/* Long enough that doubling work per character hits the limit, short enough that the
 * honest cube of a few [*] does not. */
enum { HOSTILE_LENGTH = 44, TAIL_MAX = 40, WORDS_TRIED = 6 };

static const char *const fillers[] = {"a", "a ", "1", "ab", " ", "en ", "-"};
static const char *const strangers[] = {"qxzv wjk", "zzzz", "7"};

static int try_text(struct pattern_set *s, const struct compiled *c, str text)
{
    return pcre2_match(c->code, (PCRE2_SPTR)text.p, text.n, 0, PCRE2_NO_UTF_CHECK,
                       s->data, s->context);
}

/* The different letters and digits of the pattern: without them PCRE2 may see at once
 * that a text cannot match, and the trap stays hidden. */
static str letters_of(char room[TAIL_MAX], str source)
{
    size_t n = 0;
    room[n++] = '!';
    for (size_t i = 0; i < source.n && n < TAIL_MAX - 1; i++) {
        char c = source.p[i];
        bool is = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is && !memchr(room, c, n))
            room[n++] = c;
    }
    room[n++] = '!';
    return (str){room, n};
}

/* word, then filler again and again, then the tail. */
static str hostile_text(char room[2 * HOSTILE_LENGTH + TAIL_MAX], str word, str filler,
                        str tail)
{
    if (word.n > 0 && word.p[0] == REQUIRED_BEGINS)
        word = str_sub(word, 1, word.n);
    size_t n = MIN(word.n, (size_t)HOSTILE_LENGTH / 2);
    while (n > 0 && n < word.n && ((unsigned char)word.p[n] & 0xc0) == 0x80)
        n--; /* whole characters only */
    memcpy(room, word.p ? word.p : "", n);
    while (n < HOSTILE_LENGTH && n + filler.n <= 2 * HOSTILE_LENGTH) {
        memcpy(room + n, filler.p, filler.n);
        n += filler.n;
    }
    memcpy(room + n, tail.p, tail.n);
    return (str){room, n + tail.n};
}

static bool is_endless_after(struct pattern_set *s, const struct compiled *c, str word,
                             str tail)
{
    char room[2 * HOSTILE_LENGTH + TAIL_MAX];
    size_t n = LEN(fillers) + tail.n - 2 + (word.n > 0);
    for (size_t f = 0; f < n; f++) {
        str filler = word;
        if (f < LEN(fillers))
            filler = str_c(fillers[f]);
        else if (f - LEN(fillers) < tail.n - 2)
            filler = str_sub(tail, 1 + f - LEN(fillers), 2 + f - LEN(fillers));
        int got = try_text(s, c, hostile_text(room, word, filler, tail));
        if (got < 0 && got != PCRE2_ERROR_NOMATCH)
            return true;
    }
    return false;
}

static bool is_endless(struct pattern_set *s, const struct compiled *c, str source,
                       struct strs words)
{
    char room[TAIL_MAX];
    str tail = letters_of(room, source);
    for (size_t w = 0; w < MIN(words.n, (size_t)WORDS_TRIED); w++)
        if (is_endless_after(s, c, words.v[w], tail))
            return true;
    return is_endless_after(s, c, STR_NONE, tail);
}

static bool takes_anything(struct pattern_set *s, const struct compiled *c)
{
    size_t hits = 0;
    for (size_t i = 0; i < LEN(strangers); i++)
        hits += try_text(s, c, str_c(strangers[i])) >= 0;
    return hits == LEN(strangers);
}

bool pattern_check(struct pattern_set *s, const struct compiled *c, str source,
                   struct strs words, const struct place *at, struct diags *d)
{
    pcre2_set_match_limit(s->context, PATTERN_CHECK_LIMIT);
    bool empty = try_text(s, c, STR("")) >= 0, anything = takes_anything(s, c);
    bool endless = is_endless(s, c, source, words);
    pcre2_set_match_limit(s->context, PATTERN_MATCH_LIMIT);
    if (anything || empty)
        diag_error(d, at->file, at->line, at->column,
                   anything ? "this pattern matches any message: %.*s"
                            : "this pattern matches an empty message: %.*s",
                   STR_ARG(source));
    else if (endless)
        diag_error(d, at->file, at->line, at->column,
                   "this pattern can backtrack without end (a repetition inside a "
                   "repetition?): %.*s",
                   STR_ARG(source));
    return !anything && !empty && !endless;
}
