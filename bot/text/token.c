#include "text/token.h"

#include "base/str.h"
#include "text/number_word.h"

static const str euro = {"\xe2\x82\xac", 3};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static char byte(str s, size_t i)
{
    return i < s.n ? s.p[i] : '\0';
}

/* "a.s", "t/m", "t.e.m": single letters with one mark between. Returns the length. */
static size_t initials(str s, size_t i)
{
    char mark = byte(s, i + 1);
    if (mark != '.' && mark != '/')
        return 0;
    size_t n = 1;
    while (byte(s, i + n) == mark && is_letter(byte(s, i + n + 1)) &&
           !is_letter(byte(s, i + n + 2)))
        n += 2;
    return n > 1 ? n : 0;
}

static size_t word_length(str s, size_t i)
{
    if (str_starts(str_sub(s, i, s.n), euro))
        return euro.n;
    size_t n = initials(s, i);
    if (n > 0)
        return n;
    while (is_letter(byte(s, i + n)) && !str_starts(str_sub(s, i + n, s.n), euro))
        n++;
    return n;
}

static size_t digits_length(str s, size_t i)
{
    size_t n = 0;
    while (is_digit(byte(s, i + n)))
        n++;
    return n;
}

/* "9:30"; a second colon makes it something else, which no reader wants either. */
static size_t time_length(str s, size_t i, size_t hours)
{
    if (byte(s, i + hours) != ':' || hours > 2)
        return 0;
    size_t minutes = digits_length(s, i + hours + 1);
    return minutes == 2 ? hours + 3 : 0;
}

static size_t read_number(str s, size_t i, struct token *k)
{
    size_t n = digits_length(s, i), time = time_length(s, i, n);
    k->kind = time ? TOKEN_TIME : TOKEN_NUMBER;
    k->digits = (int)MIN(n, (size_t)1000);
    for (size_t d = 0; d < n && n <= TOKEN_DIGITS_MAX; d++)
        k->n = k->n * 10 + (s.p[i + d] - '0');
    return time ? time : n;
}

void tokens_cut_some(str folded, enum lang l, size_t most, struct tokens *out)
{
    size_t i = 0, last = SIZE_MAX;
    out->n = 0;
    out->lang = l;
    while (i < folded.n && out->n < most) {
        char c = folded.p[i];
        if (c == ' ' || c == '\'' || c == '\n') {
            i++;
            continue;
        }
        struct token *k = &out->v[out->n++];
        *k = (struct token){.from = i, .glued = i == last};
        size_t n = 1;
        if (is_digit(c)) {
            n = read_number(folded, i, k);
        } else if (is_letter(c)) {
            k->kind = TOKEN_WORD;
            n = word_length(folded, i);
        } else {
            k->kind = TOKEN_MARK;
        }
        k->text = str_sub(folded, i, i + n);
        n += n > 2 && k->kind == TOKEN_WORD && byte(folded, i + 1) == '.' &&
            byte(folded, i + n) == '.';
        k->to = last = i += n;
    }
    out->v[out->n] = (struct token){.from = folded.n, .to = folded.n};
}

void tokens_cut(str folded, enum lang l, struct tokens *out)
{
    tokens_cut_some(folded, l, TOKENS_MAX, out);
}

void tokens_of(str folded, enum lang l, struct tokens *out)
{
    tokens_cut(folded, l, out);
    for (size_t i = 0; i < out->n; i++) {
        struct token *k = &out->v[i];
        if (k->kind != TOKEN_WORD)
            continue;
        k->is = word_meaning(k->text, l);
        k->counts = number_may_begin(k->text);
    }
}

const struct token *token_at(const struct tokens *t, size_t i)
{
    return &t->v[MIN(i, t->n)];
}

bool token_is(const struct tokens *t, size_t i, enum word_class c)
{
    return token_at(t, i)->is.cls == c && c != CLS_NONE;
}

bool token_says(const struct tokens *t, size_t i, const char *word)
{
    return str_is(token_at(t, i)->text, word);
}

bool token_among(const struct tokens *t, size_t i, const char *words)
{
    str text = token_at(t, i)->text, rest = str_c(words);
    if (text.n == 0)
        return false;
    while (rest.n > 0)
        if (str_eq(str_cut(&rest, ' '), text))
            return true;
    return false;
}

bool token_mark(const struct tokens *t, size_t i, char c)
{
    const struct token *k = token_at(t, i);
    return k->kind == TOKEN_MARK && k->text.p[0] == c;
}

size_t token_phrase(const struct tokens *t, size_t i, const char *words)
{
    size_t n = 0;
    for (const char *w = words;; w++) {
        str text = token_at(t, i + n)->text;
        if (text.n == 0 || *w != text.p[0] || strncmp(w, text.p, text.n) != 0)
            return 0;
        w += text.n;
        n++;
        if (*w == '\0')
            return n;
        if (*w != ' ')
            return 0;
    }
}
