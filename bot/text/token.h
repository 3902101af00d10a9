/*
 * token - folded text cut for the readers of dates, numbers and durations.
 *
 * Unlike word.h this keeps the marks (3/5, 3-7) and tells which tokens touch, and each
 * word carries its meaning from when_word.h. Letters and digits are separate tokens that
 * touch ("3e" is 3 and e, "wk32" is wk and 32). Kept together: a time of day ("9:30"),
 * single letters with dots or a slash between them ("a.s.", "t/m", "p.m."), whose text is
 * without the closing dot. An apostrophe separates and vanishes ("'s middags" is s and
 * middags).
 *
 * Text beyond TOKENS_MAX tokens is not read: nobody's date stands there.
 */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include "text/when_word.h"

enum { TOKENS_MAX = 512, TOKEN_DIGITS_MAX = 12 };

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_NUMBER, TOKEN_TIME, TOKEN_MARK };

struct token {
    enum token_kind kind;
    bool glued;  /* nothing between this and the token before */
    bool counts; /* a word that a number may begin with */
    int digits;  /* of a number; above TOKEN_DIGITS_MAX n is 0 */
    int64_t n;
    str text;
    size_t from, to; /* bytes in the folded text */
    struct meaning is;
};

struct tokens {
    enum lang lang;
    size_t n;
    struct token v[TOKENS_MAX + 1]; /* v[n] is a TOKEN_END */
};

void tokens_of(str folded, enum lang l, struct tokens *out);
/* The same without the words' meanings (is, counts), for who reads words only. */
void tokens_cut(str folded, enum lang l, struct tokens *out);
/* The first of them only, at most so many. */
void tokens_cut_some(str folded, enum lang l, size_t most, struct tokens *out);
/* Any i, also behind the end or SIZE_MAX: then a TOKEN_END. */
const struct token *token_at(const struct tokens *t, size_t i);
bool token_is(const struct tokens *t, size_t i, enum word_class c);
bool token_says(const struct tokens *t, size_t i, const char *word);
/* One of the words of a list separated by blanks. */
bool token_among(const struct tokens *t, size_t i, const char *words);
bool token_mark(const struct tokens *t, size_t i, char c);
/* How many tokens from i are these words in this order (blanks between); 0: not. */
size_t token_phrase(const struct tokens *t, size_t i, const char *words);

#endif
