#include "content/scan.h"

#include <assert.h>

#include "base/str.h"
#include "content/source.h"

struct scanner {
    struct arena *arena;
    str file;
    const struct scan_rules *rules;
    struct diags *diags;
    struct scan *out;
    struct lines lines;
    size_t line_start; /* of the line being read */
    size_t card_start, body_start, body_end;
    bool told;       /* text before the first card: once is enough */
    size_t mistakes; /* told in this file */
    struct {         /* no fence of `count` signs is closed before `until` */
        size_t count, until;
    } open_fence[2];
};

enum { MISTAKES_MAX = 200 }; /* a file; more are one line: it is no file of cards */

struct heading {
    int level;
    str text;
    size_t column; /* of the text, from 0 */
};

static struct scan_card *card_of(struct scanner *s)
{
    return s->out->cards.n ? &s->out->cards.v[s->out->cards.n - 1] : NULL;
}

static struct scan_section *section_of(struct scanner *s)
{
    struct scan_card *c = card_of(s);
    return c ? &c->sections.v[c->sections.n - 1] : NULL;
}

static void mistake(struct scanner *s, size_t column, const char *text)
{
    if (card_of(s))
        card_of(s)->broken = true;
    else
        s->out->broken = true;
    if (s->mistakes++ == MISTAKES_MAX)
        text = "many more mistakes follow, which are not listed";
    if (s->mistakes > MISTAKES_MAX + 1)
        return;
    diag_error(s->diags, s->file, s->lines.number, (int)column + 1, "%s", text);
}

static size_t blanks(str line)
{
    size_t at = 0;
    for (size_t n; (n = source_blank(line, at)) > 0;)
        at += n;
    return at;
}

/* Number of `#` the line begins with. */
static int hashes(str line)
{
    int n = 0;
    while ((size_t)n < line.n && line.p[n] == '#')
        n++;
    return n;
}

/* A heading needs a blank behind its `#`; closing `#` are no part of its text. */
static bool is_heading(str line, struct heading *h)
{
    h->level = hashes(line);
    size_t at = (size_t)h->level;
    if (at == 0 || at > 6 || (at < line.n && !source_blank(line, at)))
        return false;
    str text = source_trim(str_sub(line, at, line.n));
    while (text.n && text.p[text.n - 1] == '#')
        text.n--;
    h->text = source_trim(text);
    h->column = h->text.n ? (size_t)(h->text.p - line.p) : at;
    return true;
}

static void end_section(struct scanner *s)
{
    struct scan_section *sec = section_of(s);
    if (!sec || sec->form != SCAN_BODY || s->body_end <= s->body_start)
        return;
    struct lines l = {.text = str_sub(s->lines.text, s->body_start, s->body_end),
                      .number = sec->line};
    str line;
    while (lines_next(&l, &line) && blanks(line) == line.n)
        s->body_start += line.n + 1;
    sec->body_line = l.number;
    sec->body = str_sub(s->lines.text, s->body_start, s->body_end);
    while (sec->body.n && strchr(" \t\n", sec->body.p[sec->body.n - 1]))
        sec->body.n--;
}

static void end_card(struct scanner *s)
{
    end_section(s);
    struct scan_card *c = card_of(s);
    if (c)
        c->source = str_sub(s->lines.text, s->card_start, s->line_start);
}

static void begin_section(struct scanner *s, str heading, size_t column,
                          enum scan_form form)
{
    struct scan_card *c = card_of(s);
    assert(c); /* sections before the first card were refused */
    struct scan_section *sec = arena_push(s->arena, &c->sections);
    *sec = (struct scan_section){.heading = heading,
                                 .line = s->lines.number,
                                 .column = (int)column + 1,
                                 .form = form};
    s->body_start = s->body_end = s->lines.next;
}

static void begin_card(struct scanner *s, str id, size_t column)
{
    end_card(s);
    struct scan_card *c = arena_push(s->arena, &s->out->cards);
    /* arena_push never gives NULL: NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
    *c = (struct scan_card){.id = id, .line = s->lines.number, .column = (int)column + 1};
    s->card_start = s->line_start;
    begin_section(s, STR(""), column, SCAN_ITEMS);
}

/* What the section heading is, whatever follows its first word. */
static enum scan_form form_of(const struct scanner *s, str heading)
{
    return heading.n ? s->rules->form(heading) : SCAN_UNKNOWN;
}

/* "do_you_have_pets" begins like the section Do, and is written as only ids are. */
static bool is_written_as_id(str text)
{
    bool joined = false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == ' ' || text.p[i] == '\t')
            return false;
        joined = joined || strchr("._-", text.p[i]);
    }
    return joined;
}

static void read_heading(struct scanner *s, const struct heading *h)
{
    if (h->level == 1 && !s->rules->loose && card_of(s) && !is_written_as_id(h->text) &&
        form_of(s, h->text) != SCAN_UNKNOWN) {
        mistake(s, 0, "this is a section, not a card; is a `#` missing?");
    } else if (h->level == 1) {
        begin_card(s, h->text, h->column);
        return;
    }
    if (!card_of(s)) {
        mistake(s, 0, "a section before the first card; a card starts with `# its.name`");
        s->told = true;
        return;
    }
    end_section(s);
    begin_section(s, h->text, h->column, form_of(s, h->text));
}

/* A fence of a code block: its sign, how many, and whether it can only open. */
static size_t fence_of(str line, char *sign, bool *opens_only)
{
    size_t from = 0, n = 0;
    while (from < line.n && from < 3 && line.p[from] == ' ')
        from++;
    if (from == line.n || (line.p[from] != '`' && line.p[from] != '~'))
        return 0;
    *sign = line.p[from];
    while (from + n < line.n && line.p[from + n] == *sign)
        n++;
    str info = source_trim(str_sub(line, from + n, line.n));
    *opens_only = info.n > 0;
    bool code_span = *sign == '`' && str_find_char(info, '`') >= 0;
    return n < 3 || code_span ? 0 : n;
}

/* Skips to behind the closing fence. When there is none the lines are read as if the
 * fence were not there, so that one mistake does not swallow the cards below. */
static void skip_fence(struct scanner *s, char sign, size_t count)
{
    struct lines ahead = s->lines;
    str line;
    size_t kind = sign == '`';
    bool known = count >= s->open_fence[kind].count && s->open_fence[kind].count &&
        ahead.next < s->open_fence[kind].until;
    while (!known && lines_next(&ahead, &line)) {
        char other;
        bool opens_only;
        struct heading h;
        if (is_heading(line, &h) && h.level == 2 && form_of(s, h.text) != SCAN_UNKNOWN)
            break;
        if (fence_of(line, &other, &opens_only) >= count && other == sign &&
            !opens_only) {
            s->lines = ahead;
            return;
        }
    }
    if (!known) {
        s->open_fence[kind].count = count;
        s->open_fence[kind].until = ahead.next;
    }
    mistake(s, 0, "this code fence is never closed");
}

/* `##Answer en` and ` ## Answer en` would vanish in the answer above them. */
static bool is_spoilt_heading(const struct scanner *s, str line)
{
    size_t from = blanks(line);
    str rest = str_sub(line, from, line.n);
    int n = hashes(rest);
    if (n < 1 || n > 2 || from > 3)
        return false;
    return form_of(s, source_trim(str_sub(rest, (size_t)n, rest.n))) != SCAN_UNKNOWN;
}

static void read_body_line(struct scanner *s, str line)
{
    char sign;
    bool opens_only;
    size_t count = fence_of(line, &sign, &opens_only);
    if (count > 0)
        skip_fence(s, sign, count);
    else if (is_spoilt_heading(s, line))
        mistake(s, 0,
                blanks(line) ? "a heading starts at the beginning of the line"
                             : "a heading needs a blank behind its `#`");
    s->body_end = MIN(s->lines.next, s->lines.text.n);
}

static void read_item_line(struct scanner *s, str line)
{
    size_t from = blanks(line);
    str rest = str_sub(line, from, line.n);
    bool dash =
        rest.n > 0 && rest.p[0] == '-' && (rest.n == 1 || source_blank(rest, 1) > 0);
    if (dash && from > 0) {
        mistake(s, from, "an item starts at the beginning of the line");
    } else if (dash) {
        str text = source_trim(str_sub(rest, 1, rest.n));
        if (text.n == 0) {
            mistake(s, 0, "this item is empty");
            return;
        }
        *arena_push(s->arena, &section_of(s)->items) = (struct scan_item){
            .text = text, .line = s->lines.number, .column = (int)(text.p - line.p) + 1};
    } else if (hashes(rest) > 2) {
        mistake(s, from, "`###` is for answers only; a section starts with `##`");
    } else if (hashes(rest) > 0) {
        mistake(s, from,
                from ? "a heading starts at the beginning of the line"
                     : "a heading needs a blank behind its `#`");
    } else {
        mistake(s, from, "text where an item was expected; is a `- ` missing?");
    }
}

static void read_line(struct scanner *s, str line)
{
    struct heading h;
    struct scan_section *sec = section_of(s);
    if (is_heading(line, &h) && h.level <= 2) {
        read_heading(s, &h);
    } else if (sec && sec->form == SCAN_BODY) {
        read_body_line(s, line);
    } else if (blanks(line) == line.n || (sec && sec->form == SCAN_UNKNOWN)) {
        ; /* an unknown section is one mistake, not one a line */
    } else if (sec) {
        read_item_line(s, line);
    } else if (!s->told) {
        mistake(s, blanks(line),
                "text before the first card; a card starts with `# its.name`");
        s->told = true;
    }
}

void scan_text(struct arena *a, str file, str text, int first_line,
               const struct scan_rules *rules, struct diags *d, struct scan *out)
{
    *out = (struct scan){0};
    struct scanner s = {.arena = a,
                        .file = file,
                        .rules = rules,
                        .diags = d,
                        .out = out,
                        .lines = {.text = text, .number = first_line - 1}};
    if (rules->loose) {
        s.lines.number = first_line;
        begin_card(&s, STR(""), 0);
        s.lines.number = first_line - 1;
    }
    str line;
    while (s.line_start = MIN(s.lines.next, text.n), lines_next(&s.lines, &line))
        read_line(&s, line);
    end_card(&s);
}
