#include "content/slot.h"

#include "base/str.h"
#include "content/known.h"
#include "content/source.h"

enum { AMOUNT_MOST = 1000000 }; /* of bounds, in whole units */

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
        c == '_';
}

bool slot_next(str text, size_t *pos, str *name)
{
    for (;;) {
        ptrdiff_t open = str_find_char(str_sub(text, *pos, text.n), '{');
        if (open < 0)
            return false;
        size_t from = *pos + (size_t)open + 1, to = from;
        while (to < text.n && (is_name_char(text.p[to]) || text.p[to] == '.'))
            to++;
        *pos = MAX(to, from);
        if (to > from && to < text.n && text.p[to] == '}') {
            *name = str_sub(text, from, to);
            return true;
        }
    }
}

static bool is_slot_char(char c)
{
    return is_name_char(c) || c == '.';
}

/* Where the `{` at `from` is closed; line.n when another opens first, or none closes. */
static size_t partner_of(str line, size_t from)
{
    for (size_t i = from + 1; i < line.n; i++)
        if (line.p[i] == '}' || line.p[i] == '{')
            return line.p[i] == '}' ? i : line.n;
    return line.n;
}

bool slot_broken(str line, size_t *pos, str *name)
{
    while (*pos < line.n) {
        size_t at = (*pos)++, from = at, to = at;
        if (line.p[at] == '{') {
            size_t partner = partner_of(line, at);
            if (partner < line.n) {
                *pos = partner + 1;
                continue;
            }
            for (from++, to++; to < line.n && is_slot_char(line.p[to]);)
                to++;
        } else if (line.p[at] == '}') {
            while (from > 0 && is_slot_char(line.p[from - 1]))
                from--;
        }
        while (to > from && line.p[to - 1] == '.') /* the sentence's own */
            to--;
        *name = str_sub(line, from, to);
        if (name->n > 1)
            return true;
    }
    return false;
}

/* "nl Vanaf wanneer?": the language in front, *text becomes the rest. */
static enum lang take_lang(str *text)
{
    str t = source_trim(*text);
    size_t blank = source_blank(t, 2);
    enum lang l = t.n == 2 || blank ? lang_of(str_sub(t, 0, 2)) : LANG_NONE;
    if (l != LANG_NONE)
        *text = source_trim(str_sub(t, 2, t.n));
    return l;
}

bool lang_parts(const struct place *at, str text, str out[LANG_COUNT], bool *shared)
{
    str first = text;
    *shared = take_lang(&first) == LANG_NONE;
    for (int l = 0; l < LANG_COUNT; l++)
        out[l] = *shared ? source_trim(text) : STR_NONE;
    for (str rest = text; !*shared && rest.p;) {
        str part = str_cut(&rest, '|'), body = part;
        struct place here = place_of(at, text, source_trim(part));
        enum lang l = take_lang(&body);
        if (l == LANG_NONE) {
            place_error(&here, "`nl` or `en` was expected here");
            return false;
        }
        if (body.n == 0 || out[l].p) {
            place_error(&here, body.n ? "`%s` stands here twice" : "`%s` lacks its text",
                        lang_code(l));
            return false;
        }
        out[l] = body;
    }
    return true;
}

/* choice(a, heel=whole): what stands between the parentheses. */
static bool read_options(const struct place *at, str text, struct slot *out)
{
    VEC(struct slot_option) list = {0};
    for (str rest = text; rest.p;) {
        str part = source_trim(str_cut(&rest, ',')), right = part;
        str left = source_trim(str_cut(&right, '='));
        right = right.p ? source_trim(right) : left;
        struct place here = place_of(at, text, part);
        if (left.n == 0 || right.n == 0) {
            place_error(&here, "an empty choice; write `choice(heel=whole, half=half)`");
            return false;
        }
        for (size_t i = 0; i < list.n; i++)
            if (str_eq_ascii(list.v[i].label[LANG_NL], left) ||
                str_eq_ascii(list.v[i].label[LANG_EN], right)) {
                place_error(&here, "the choice `%.*s` stands here twice", STR_ARG(part));
                return false;
            }
        *arena_push(at->arena, &list) =
            (struct slot_option){.label = {[LANG_NL] = left, [LANG_EN] = right}};
    }
    out->options = list.v;
    out->n_options = list.n;
    return true;
}

/* amount(1..60): the bounds between the parentheses. */
static bool read_bounds(const struct place *at, str text, struct slot *out)
{
    ptrdiff_t dots = str_find(text, STR(".."));
    str least = dots < 0 ? text : source_trim(str_sub(text, 0, (size_t)dots));
    str most = dots < 0 ? STR_NONE : source_trim(str_sub(text, (size_t)dots + 2, text.n));
    if (str_int(least, &out->least) || str_int(most, &out->most) ||
        out->least >= out->most || out->most > AMOUNT_MOST) {
        place_error(at, "bounds were expected here; write `amount(1..60)`");
        return false;
    }
    out->least *= 100;
    out->most *= 100;
    return true;
}

static bool read_type(const struct place *at, str word, struct slot *out)
{
    ptrdiff_t paren = str_find_char(word, '(');
    str name = source_trim(paren < 0 ? word : str_sub(word, 0, (size_t)paren));
    int type;
    if (!known_find(&known_types, name, &type)) {
        str hint = known_hint(at->arena, &known_types, name);
        place_error(at, "unknown type `%.*s`%.*s", STR_ARG(name), STR_ARG(hint));
        return false;
    }
    out->type = (enum slot_type)type;
    if (type == SLOT_AMOUNT && paren >= 0) {
        str bounds = str_sub(word, (size_t)paren + 1, word.n - 1);
        struct place here = place_of(at, word, bounds);
        return read_bounds(&here, bounds, out);
    }
    if ((type == SLOT_CHOICE) != (paren >= 0)) {
        place_error(at,
                    type == SLOT_CHOICE ? "a choice lacks its options; write `%s(a, b)`"
                                        : "`%s` has no options",
                    known_name(&known_types, type));
        return false;
    }
    if (paren < 0)
        return true;
    str options = str_sub(word, (size_t)paren + 1, word.n - 1);
    struct place here = place_of(at, word, options);
    return read_options(&here, options, out);
}

static bool read_word(const struct place *at, str word, struct slot *out)
{
    int value;
    if (!known_find(&known_words, word, &value)) {
        str hint = known_hint(at->arena, &known_words, word);
        place_error(at, "unknown word `%.*s`%.*s", STR_ARG(word), STR_ARG(hint));
        return false;
    }
    if (value == SLOT_REQUIRED) {
        out->required = true;
        return true;
    }
    if (out->type != SLOT_DATE && out->type != SLOT_PERIOD) {
        place_error(at, "`%.*s` goes with date and period only", STR_ARG(word));
        return false;
    }
    *(value == SLOT_FUTURE ? &out->future : &out->past) = true;
    return true;
}

/* The next blank-separated word; parentheses hold it together. */
static str next_word(str text, size_t *pos)
{
    for (size_t n; (n = source_blank(text, *pos)) > 0;)
        *pos += n;
    size_t from = *pos;
    bool inside = false;
    for (; *pos < text.n && (inside || !source_blank(text, *pos)); ++*pos)
        inside = text.p[*pos] == '(' || (inside && text.p[*pos] != ')');
    return str_sub(text, from, *pos);
}

/* "date required future" */
static bool read_kind(const struct place *at, str text, struct slot *out)
{
    size_t pos = 0;
    str type = next_word(text, &pos);
    str after = str_sub(text, pos, text.n); /* `choice (a, b)` is forgiven */
    if (str_starts(source_trim(after), STR("(")) && str_find_char(type, '(') < 0) {
        next_word(text, &pos);
        type = str_sub(text, (size_t)(type.p - text.p), pos);
    }
    struct place here = place_of(at, text, type);
    if (type.n == 0) {
        place_error(&here, "a type was expected; write `from: date required | nl ...`");
        return false;
    }
    if (str_find_char(type, '(') >= 0 && type.p[type.n - 1] != ')') {
        place_error(&here, "a `)` is missing");
        return false;
    }
    if (!read_type(&here, type, out))
        return false;
    for (str word; (word = next_word(text, &pos)).n > 0;) {
        here = place_of(at, text, word);
        if (str_eq_ascii(word, STR("if")) || str_eq_ascii(word, STR("als"))) {
            str value = source_trim(str_sub(text, pos, text.n));
            out->if_slot = source_trim(str_cut(&value, '='));
            out->if_value = value.p ? source_trim(value) : STR_NONE;
            if (out->if_slot.n > 0 && out->if_value.n > 0)
                return true;
            place_error(&here, "write `if extent=partly`: a question and its answer");
            return false;
        }
        if (!read_word(&here, word, out))
            return false;
    }
    return true;
}

bool slot_parse(const struct place *at, str text, struct slot *out)
{
    *out = (struct slot){.line = at->line};
    str rest = text, head = str_cut(&rest, '|'), kind = head;
    out->name = source_trim(str_cut(&kind, ':'));
    if (!kind.p) {
        place_error(at,
                    "a slot looks like `from: date required | nl Vanaf wanneer? | "
                    "en From when?`");
        return false;
    }
    for (size_t i = 0; i < out->name.n || i == 0; i++)
        if (out->name.n == 0 || !is_name_char(out->name.p[i])) {
            place_error(at, "a slot's name has letters, digits and `_` only");
            return false;
        }
    struct place here = place_of(at, text, kind);
    if (!read_kind(&here, kind, out))
        return false;
    bool shared = false;
    if (!rest.p || source_trim(rest).n == 0) {
        place_error(at,
                    "the slot `%.*s` lacks its question; write `| nl Vanaf wanneer? | "
                    "en From when?`",
                    STR_ARG(out->name));
        return false;
    }
    here = place_of(at, text, rest);
    if (!lang_parts(&here, rest, out->prompt, &shared))
        return false;
    if (shared) {
        place_error(&here, "a question begins with its language: `nl Vanaf wanneer?`");
        return false;
    }
    return true;
}
