#include "content/sheet.h"

struct sheet sheet_new(struct arena *a)
{
    return (struct sheet){.arena = a, .out = buf_new(a, SHEET_MAX), .line = 1};
}

void sheet_put(struct sheet *s, str text)
{
    buf_put(&s->out, text);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\n')
            *arena_push(s->arena, &s->lines) = s->line;
}

void sheet_gap(struct sheet *s)
{
    if (s->out.n == 0)
        return;
    if (s->out.p[s->out.n - 1] != '\n')
        sheet_put(s, STR("\n"));
    if (s->out.n < 2 || s->out.p[s->out.n - 2] != '\n')
        sheet_put(s, STR("\n"));
}

void sheet_key(struct sheet *s, str key, str value)
{
    struct buf b = buf_new(s->arena, SHEET_MAX);
    buf_put(&b, key);
    buf_put(&b, STR(": "));
    buf_json(&b, value); /* a YAML text in double quotes, too */
    buf_char(&b, '\n');
    sheet_put(s, buf_str(&b));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(str s, size_t at)
{
    return at < s.n &&
        (is_digit(s.p[at]) || (s.p[at] | 0x20) >= 'a' || (unsigned char)s.p[at] >= 0x80);
}

/* "1." and "1)" begin a list: where its sign stands, else n. */
static size_t number_sign(str text)
{
    size_t i = 0;
    while (i < text.n && is_digit(text.p[i]))
        i++;
    bool sign = i > 0 && i < text.n && (text.p[i] == '.' || text.p[i] == ')');
    return sign && (i + 1 == text.n || text.p[i + 1] == ' ') ? i : text.n;
}

void sheet_escape(struct buf *b, str text, bool start)
{
    size_t number = start ? number_sign(text) : text.n;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool special = strchr("\\*[]<>`|", c) != NULL && c;
        special = special || (c == '_' && (!is_word(text, i + 1) || i == 0));
        special = special || (start && i == 0 && strchr("#+-=~", c) && c);
        if (special || i == number || (c == '&' && is_word(text, i + 1)))
            buf_char(b, '\\');
        buf_char(b, c);
    }
}

int sheet_source_line(const struct sheet *s, int line)
{
    if (s->lines.n == 0 || line < 1)
        return 1;
    return s->lines.v[MIN((size_t)line, s->lines.n) - 1];
}
