#include "search/block.h"

#include "base/str.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "- x", "* x", "• x", "3. x", "3) x" */
static bool is_item(str line)
{
    if (line.n >= 2 && (line.p[0] == '-' || line.p[0] == '*' || line.p[0] == '+') &&
        line.p[1] == ' ')
        return true;
    if (str_starts(line, STR("\u2022")))
        return true;
    size_t i = 0;
    while (i < line.n && i < 3 && is_digit(line.p[i]))
        i++;
    return i > 0 && i + 1 < line.n && (line.p[i] == '.' || line.p[i] == ')') &&
        line.p[i + 1] == ' ';
}

static bool is_row(str line)
{
    return str_has(line, STR(" | ")) || str_has(line, STR("\t")) ||
        (line.n > 1 && line.p[0] == '|');
}

static enum block_kind kind_of(str line)
{
    return is_row(line) ? BLOCK_TABLE : is_item(line) ? BLOCK_LIST : BLOCK_SENTENCE;
}

static void add(struct arena *a, struct blocks *b, const char *from, const char *to,
                enum block_kind kind, int paragraph)
{
    str text = str_trim((str){from, (size_t)(to - from)});
    if (text.n)
        *arena_push(a, &b->list) = (struct block){text, kind, paragraph};
}

/* Behind the end of the sentence that starts at p. */
static const char *sentence_end(const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p != '.' && *p != '!' && *p != '?')
            continue;
        const char *q = p + 1;
        while (q < end && (*q == '"' || *q == '\'' || *q == ')'))
            q++;
        if (q == end)
            return end;
        if (*q != ' ' && *q != '\n')
            continue;
        const char *next = q;
        while (next < end && (*next == ' ' || *next == '\n'))
            next++;
        if (next < end && *next >= 'a' && *next <= 'z')
            continue;
        return q;
    }
    return end;
}

static void add_paragraph(struct arena *a, struct blocks *b, const char *from,
                          const char *to, int paragraph)
{
    while (from < to) {
        const char *end = sentence_end(from, to);
        add(a, b, from, end, BLOCK_SENTENCE, paragraph);
        from = end;
    }
}

struct blocks blocks_of(struct arena *a, str text)
{
    struct blocks b = {0};
    const char *from = NULL, *to = NULL;
    enum block_kind open = BLOCK_SENTENCE;
    int paragraph = 0;
    str rest = text, line;
    for (bool more = true; more;) {
        more = str_line(&rest, &line);
        str t = more ? str_trim(line) : STR_NONE;
        enum block_kind kind = kind_of(t);
        /* an indented line goes on with its item */
        if (from && open == BLOCK_LIST && kind == BLOCK_SENTENCE && t.n &&
            line.p[0] == ' ')
            kind = BLOCK_LIST;
        if (from && (t.n == 0 || kind != open || kind == BLOCK_SENTENCE)) {
            if (open == BLOCK_SENTENCE)
                add_paragraph(a, &b, from, to, paragraph);
            else
                add(a, &b, from, to, open, paragraph);
            from = NULL;
            paragraph++;
        }
        if (t.n && !from) {
            from = t.p;
            open = kind;
        }
        if (t.n)
            to = t.p + t.n;
    }
    return b;
}
