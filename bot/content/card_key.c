/* The key lines of a card: `- review by: 2026-12-31`. */
#include "base/str.h"
#include "content/audience.h"
#include "content/card.h"
#include "content/known.h"
#include "content/slot.h"
#include "content/source.h"

static bool read_name(const struct place *at, str value, struct card *c)
{
    static const char *const missing[LANG_COUNT] = {
        "no name in Dutch: Dutch buttons show this one",
        "no name in English: English "
        "buttons show this one"};
    bool shared;
    if (!lang_parts(at, value, c->name, &shared))
        return false;
    for (int l = 0; l < LANG_COUNT; l++)
        if (c->name[l].n == 0)
            place_warning(at, "%s", missing[l]);
    return true;
}

static bool read_date(const struct place *at, str value, date_t *out)
{
    if (date_parse(value, out) == RC_OK)
        return true;
    place_error(at, "`%.*s` is no date; write it like 2026-12-31", STR_ARG(value));
    return false;
}

static bool read_minutes(const struct place *at, str value, struct card *c)
{
    int64_t n;
    if (str_int(value, &n) != RC_OK || n < 0 || n > 10000) {
        place_error(at, "`%.*s` is no number of minutes", STR_ARG(value));
        return false;
    }
    c->minutes = (int)n;
    return true;
}

/* "nl/leave/balance.md#How" -> leave/balance, How */
static void split_ref(str ref, struct source_ref *out)
{
    str rest = ref, path = source_trim(str_cut(&rest, '#'));
    if (path.n > 3 && path.p[2] == '/' && lang_of(str_sub(path, 0, 2)) != LANG_NONE)
        path = str_sub(path, 3, path.n);
    if (str_ends(path, STR(".md")))
        path.n -= 3;
    *out = (struct source_ref){
        .path = path, .heading = source_trim(rest), .article = -1, .section = -1};
}

static bool read_source(const struct place *at, str value, struct card_draft *out)
{
    str parts[LANG_COUNT];
    if (!lang_parts(at, value, parts, &out->source_shared))
        return false;
    for (int l = 0; l < LANG_COUNT; l++)
        split_ref(parts[l], &out->card.source[l]);
    out->source_line = at->line;
    out->source_column = at->column;
    return true;
}

static bool read_value(const struct place *at, int key, str value, struct card_draft *out)
{
    struct card *c = &out->card;
    switch (key) {
    case KEY_NAME:
        return read_name(at, value, c);
    case KEY_REVIEW_BY:
        return read_date(at, value, &c->review_by);
    case KEY_VALID_FROM:
        return read_date(at, value, &c->valid_from);
    case KEY_VALID_TO:
        return read_date(at, value, &c->valid_to);
    case KEY_MINUTES:
        return read_minutes(at, value, c);
    case KEY_SOURCE:
        return read_source(at, value, out);
    case KEY_AUDIENCE:
        return audience_parse(at, value, &c->audience);
    case KEY_OWNER:
        c->owner = value;
        return true;
    case KEY_TOPIC:
        c->topic = value;
        return true;
    default:
        c->queue = value;
        return true;
    }
}

bool card_read_key(const struct place *at, str item, struct card_draft *out, bool seen[])
{
    str value = item, name = source_trim(str_cut(&value, ':'));
    int key;
    if (!value.p) {
        place_error(at,
                    "a key and a colon were expected, like `- owner: hr-services`; an "
                    "example phrase belongs under `## Say nl`");
        return false;
    }
    if (!known_find(&known_keys, name, &key)) {
        str hint = known_hint(at->arena, &known_keys, name);
        place_error(at, "unknown key `%.*s`%.*s", STR_ARG(name), STR_ARG(hint));
        return false;
    }
    value = source_trim(value);
    if (value.n == 0 || seen[key]) {
        place_error(at, value.n ? "the key `%s` stands here twice" : "`%s` lacks a value",
                    known_name(&known_keys, key));
        return false;
    }
    seen[key] = true;
    struct place here = place_of(at, item, value);
    return read_value(&here, key, value, out);
}
