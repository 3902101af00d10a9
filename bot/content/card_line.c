/* The lines of `## Do` and `## Tests`. */
#include "base/str.h"
#include "content/card.h"
#include "content/known.h"
#include "content/source.h"

static bool find_lookup(const struct place *at, str *name)
{
    int which;
    if (!known_find(&known_lookups, *name, &which)) {
        str hint = known_hint(at->arena, &known_lookups, *name);
        place_error(at, "unknown look-up `%.*s`%.*s", STR_ARG(*name), STR_ARG(hint));
        return false;
    }
    *name = str_c(known_name(&known_lookups, which));
    return true;
}

/* What is done with the person's own tickets; nothing said: they are listed. */
static bool find_purpose(const struct place *at, str *name)
{
    int which = 0;
    if (name->n > 0 && !known_find(&known_purposes, *name, &which)) {
        str hint = known_hint(at->arena, &known_purposes, *name);
        place_error(at, "unknown purpose `%.*s`%.*s", STR_ARG(*name), STR_ARG(hint));
        return false;
    }
    *name = str_c(known_name(&known_purposes, which));
    return true;
}

bool card_read_action(const struct place *at, str item, struct action *out)
{
    str arg = item, name = source_trim(str_cut(&arg, ':'));
    int type;
    arg = source_trim(arg);
    if (!known_find(&known_actions, name, &type)) {
        str hint = known_hint(at->arena, &known_actions, name);
        place_error(at, "unknown action `%.*s`%.*s", STR_ARG(name), STR_ARG(hint));
        return false;
    }
    *out = (struct action){.type = (enum action_type)type, .arg = arg, .line = at->line};
    struct place here = place_of(at, item, arg.n ? arg : name);
    if (type == ACTION_LOOKUP && arg.n == 0) {
        place_error(&here, "what to look up is missing; write `look up: leave_balance`");
        return false;
    }
    if (type == ACTION_LOOKUP)
        return find_lookup(&here, &out->arg);
    if (type == ACTION_TICKETS)
        return find_purpose(&here, &out->arg);
    if (type == ACTION_TICKET && arg.n == 0)
        out->arg = str_c(known_queues.v[0].name);
    return true;
}

bool card_is_id(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && !strchr("._-", c))
            return false;
    }
    return s.n > 0 && s.n <= CARD_ID_MAX;
}

static const struct slot *find_slot(const struct card *c, str name)
{
    for (size_t i = 0; i < c->slots.n; i++)
        if (str_eq(c->slots.v[i].name, name))
            return &c->slots.v[i];
    return NULL;
}

/* Where the last blank-separated word of text begins. */
static size_t last_word(str text)
{
    size_t at = text.n;
    while (at > 0 && text.p[at - 1] != ' ' && text.p[at - 1] != '\t')
        at--;
    return at;
}

/* Takes `slot=value` words off the end of text. Only words that name a slot of the form
 * count where free text stands before them. */
static void take_slots(const struct place *at, const struct card *c, bool any, str *text,
                       struct card_test *out)
{
    for (;;) {
        size_t from = last_word(*text);
        str value = str_sub(*text, from, text->n), name = str_cut(&value, '=');
        if (!value.p || name.n == 0 || (!any && !find_slot(c, name)))
            return;
        *arena_push(at->arena, &out->slots) = (struct trait){name, source_unquote(value)};
        *text = source_trim(str_sub(*text, 0, from));
    }
}

static ptrdiff_t find_arrow(str text, size_t *len)
{
    static const char *const arrows[] = {"=>", "\xe2\x87\x92", "\xe2\x86\x92"};
    for (size_t i = 0; i < LEN(arrows); i++) {
        ptrdiff_t at = str_find(text, str_c(arrows[i]));
        *len = strlen(arrows[i]);
        if (at >= 0)
            return at;
    }
    return -1;
}

static bool read_target(const struct place *at, str target, struct card_test *out)
{
    size_t n = 0;
    while (n < target.n && !source_blank(target, n))
        n++;
    str word = str_sub(target, 0, n), rest = source_trim(str_sub(target, n, target.n));
    int value;
    if (known_find(&known_targets, word, &value) &&
        (value == TARGET_ARTICLE) == (rest.n > 0)) {
        out->expect = value == TARGET_NONE ? EXPECT_NONE
            : value == TARGET_CHOICE       ? EXPECT_CHOICE
                                           : EXPECT_ARTICLE;
        if (str_ends(rest, STR(".md")))
            rest.n -= 3;
        out->target = rest;
        return true;
    }
    if (!card_is_id(target)) {
        place_error(at,
                    "`%.*s` is no target; write `=> other.card`, `=> none`, "
                    "`=> choice` or `=> article leave/balance`",
                    STR_ARG(target));
        return false;
    }
    out->target = target;
    return true;
}

bool card_read_test(const struct place *at, str item, const struct card *c, enum lang l,
                    struct card_test *out)
{
    *out = (struct card_test){
        .text = item, .lang = l, .expect = EXPECT_CARD, .line = at->line};
    size_t len;
    ptrdiff_t arrow = find_arrow(item, &len);
    bool ok = true;
    if (arrow >= 0) {
        str target = source_trim(str_sub(item, (size_t)arrow + len, item.n));
        out->text = source_trim(str_sub(item, 0, (size_t)arrow));
        struct place here = place_of(at, item, target);
        take_slots(at, c, true, &target, out);
        ok = target.n ? read_target(&here, target, out) : out->slots.n > 0;
        if (!ok && target.n == 0)
            place_error(&here, "what is expected is missing behind `=>`");
    } else {
        take_slots(at, c, false, &out->text, out);
    }
    if (ok && out->text.n == 0) {
        place_error(at, "the question of this test is missing");
        return false;
    }
    return ok;
}
