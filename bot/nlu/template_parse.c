#include "nlu/template_tree.h"

#include "base/str.h"
#include "nlu/entity.h"
#include "text/normalise.h"
#include "text/word.h"

struct parser {
    struct arena *arena;
    struct diags *diags;
    const struct place *at;
    str text;
    size_t pos;
    size_t wild;
    int depth;
};

static enum rc parse_branches(struct parser *p, char end, struct item *group);

static enum rc fail(struct parser *p, size_t at, enum rc rc, const char *what)
{
    diag_error(p->diags, p->at->file, p->at->line, p->at->column + (int)at, "%s", what);
    return rc;
}

static bool at_end(const struct parser *p)
{
    return p->pos >= p->text.n;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_special(char c)
{
    return strchr("()[]{}|", c) != NULL && c != '\0';
}

static void push(struct parser *p, struct sequence *s, struct item one)
{
    bool twice = one.kind == ITEM_SPACE && s->list.n > 0 &&
        s->list.v[s->list.n - 1].kind == ITEM_SPACE;
    if (!twice)
        *arena_push(p->arena, &s->list) = one;
}

static bool only_quotes(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\'')
            return false;
    return true;
}

/* Raw text without blanks, as plain words: punctuation in it separates. */
static void push_text(struct parser *p, struct sequence *s, str raw)
{
    str folded;
    if (normalise(p->arena, raw, &folded) != RC_OK)
        return;
    const struct item space = {.kind = ITEM_SPACE};
    size_t pos = 0, last = 0;
    char scratch[64];
    struct word w;
    while (word_next(folded, &pos, scratch, &w)) {
        if (!only_quotes(str_sub(folded, last, w.from)))
            push(p, s, space);
        push(p, s, (struct item){.kind = ITEM_TEXT, .text = arena_str(p->arena, w.text)});
        last = w.to;
    }
    if (!only_quotes(str_sub(folded, last, folded.n)))
        push(p, s, space);
}

/* A run of ordinary characters; escaped ones are ordinary. */
static enum rc parse_text(struct parser *p, struct sequence *s)
{
    char *raw = arena_alloc(p->arena, p->text.n + 1);
    size_t n = 0;
    while (!at_end(p)) {
        char c = p->text.p[p->pos];
        if (is_blank(c) || is_special(c))
            break;
        if (c == '\\') {
            if (p->pos + 1 >= p->text.n)
                return fail(p, p->pos, RC_INVALID,
                            "a \\ at the end: it makes the character behind it ordinary");
            c = p->text.p[++p->pos];
        }
        raw[n++] = c;
        p->pos++;
    }
    push_text(p, s, (str){raw, n});
    return RC_OK;
}

static enum rc parse_entity(struct parser *p, struct sequence *s)
{
    size_t from = p->pos++;
    ptrdiff_t close = str_find_char(str_sub(p->text, from, p->text.n), '}');
    if (close < 0)
        return fail(p, from, RC_INVALID, "{ is never closed with }");
    str name = str_trim(str_sub(p->text, from + 1, from + (size_t)close));
    p->pos = from + (size_t)close + 1;
    str nearest = STR_NONE, regex = entity_regex(name, &nearest);
    if (regex.n > 0) {
        push(p, s, (struct item){.kind = ITEM_ENTITY, .text = regex});
        return RC_OK;
    }
    if (nearest.n == 0)
        nearest = STR("date} or {number");
    str what = arena_fmt(p->diags->arena, "{%.*s} is unknown; perhaps {%.*s}?",
                         STR_ARG(name), STR_ARG(nearest));
    return fail(p, from, RC_INVALID, what.p);
}

/* [*] and [ ] are items of their own; anything else in [] is an optional group. */
static enum rc parse_group(struct parser *p, struct sequence *s)
{
    size_t from = p->pos++;
    bool optional = p->text.p[from] == '[';
    char end = optional ? ']' : ')';
    ptrdiff_t close = str_find_char(str_sub(p->text, from, p->text.n), ']');
    if (optional && close > 0) {
        str inside = str_sub(p->text, from + 1, from + (size_t)close);
        str bare = str_trim(inside);
        if (str_eq(bare, STR("*")) || (bare.n == 0 && inside.n > 0)) {
            p->pos = from + (size_t)close + 1;
            if (bare.n > 0 && ++p->wild > TEMPLATE_WILD_MAX)
                return fail(p, from, RC_LIMIT, "more than three [*] in one pattern");
            push(p, s, (struct item){.kind = bare.n > 0 ? ITEM_WILD : ITEM_BLANK});
            return RC_OK;
        }
    }
    if (++p->depth > TEMPLATE_DEPTH_MAX)
        return fail(p, from, RC_LIMIT, "brackets are nested too deeply");
    struct item group = {.kind = ITEM_GROUP, .optional = optional};
    enum rc rc = parse_branches(p, end, &group);
    if (rc != RC_OK)
        return rc;
    if (at_end(p))
        return fail(p, from, RC_INVALID,
                    optional ? "[ is never closed with ]" : "( is never closed with )");
    p->pos++;
    p->depth--;
    push(p, s, group);
    return RC_OK;
}

static void trim(struct sequence *s)
{
    while (s->list.n > 0 && s->list.v[0].kind == ITEM_SPACE)
        s->list.v++, s->list.n--, s->list.cap--;
    while (s->list.n > 0 && s->list.v[s->list.n - 1].kind == ITEM_SPACE)
        s->list.n--;
}

static enum rc parse_one(struct parser *p, struct sequence *s)
{
    char c = p->text.p[p->pos];
    if (is_blank(c)) {
        p->pos++;
        push(p, s, (struct item){.kind = ITEM_SPACE});
        return RC_OK;
    }
    switch (c) {
    case '(':
    case '[':
        return parse_group(p, s);
    case '{':
        return parse_entity(p, s);
    case ')':
        return fail(p, p->pos, RC_INVALID, ") without ( in front (write \\) for itself)");
    case ']':
        return fail(p, p->pos, RC_INVALID, "] without [ in front (write \\] for itself)");
    case '}':
        return fail(p, p->pos, RC_INVALID, "} without { in front (write \\} for itself)");
    default:
        return parse_text(p, s);
    }
}

/* Branches up to `end`, which is left to the caller; end is NUL for the whole text. */
static enum rc parse_branches(struct parser *p, char end, struct item *group)
{
    for (;;) {
        size_t from = p->pos;
        struct sequence s = {0};
        while (!at_end(p) && p->text.p[p->pos] != '|' && p->text.p[p->pos] != end) {
            enum rc rc = parse_one(p, &s);
            if (rc != RC_OK)
                return rc;
        }
        trim(&s);
        bool more = !at_end(p) && p->text.p[p->pos] == '|';
        if (end == '\0' && more)
            return fail(p, p->pos, RC_INVALID, "| outside brackets: write (a|b)");
        if (s.list.n == 0 && end != '\0' && (more || !at_end(p)))
            return fail(p, from, RC_INVALID,
                        "nothing between the brackets here; [x] makes x optional");
        *arena_push(p->arena, &group->branches) = s;
        if (!more)
            return RC_OK;
        p->pos++;
    }
}

enum rc template_parse(struct arena *a, str text, const struct place *at, struct diags *d,
                       struct sequence *out)
{
    struct parser p = {.arena = a, .diags = d, .at = at, .text = text};
    if (text.n > TEMPLATE_LENGTH_MAX)
        return fail(&p, 0, RC_LIMIT, "a pattern of more than 1000 characters");
    struct item whole = {.kind = ITEM_GROUP};
    enum rc rc = parse_branches(&p, '\0', &whole);
    if (rc != RC_OK)
        return rc;
    *out = whole.branches.v[0];
    if (out->list.n == 0)
        return fail(&p, 0, RC_INVALID, "the pattern has no words");
    return RC_OK;
}
