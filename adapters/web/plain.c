#include "adapters/web/plain.h"

#include "base/bytes.h"
#include "base/str.h"

struct cursor {
    const char *at, *end;
};

static void skip_blanks(struct cursor *c)
{
    while (c->at < c->end &&
           (*c->at == ' ' || *c->at == '\t' || *c->at == '\n' || *c->at == '\r'))
        c->at++;
}

static bool take_char(struct cursor *c, char wanted)
{
    skip_blanks(c);
    if (c->at == c->end || *c->at != wanted)
        return false;
    c->at++;
    return true;
}

/* A text that stands there as it is meant: nothing escaped, nothing that must be. */
static bool take_text(struct cursor *c, str *out)
{
    if (!take_char(c, '"'))
        return false;
    const char *from = c->at;
    unsigned stops = 0;
    while (!stops) {
        size_t left = (size_t)(c->end - c->at);
        bool whole = left >= sizeof(bytes16);
        /* the zeroes behind the end stop it as well */
        bytes16 x = whole ? bytes16_at(c->at) : bytes16_upto(c->at, left);
        stops = found16_bits((x == '"') | (x == '\\') | (x < ' '));
        c->at += stops ? (unsigned)__builtin_ctz(stops) : sizeof x;
    }
    *out = (str){from, (size_t)(c->at - from)};
    return c->at < c->end && *c->at++ == '"';
}

static bool take_members(struct cursor *c, struct plain_message *out)
{
    struct {
        str name, value;
        bool there;
    } known[] = {{.name = STR("type")}, {.name = STR("id")}, {.name = STR("text")}};
    if (!take_char(c, '{'))
        return false;
    for (size_t i = 0; i < LEN(known); i++) {
        str name, value;
        size_t k = i; /* nearly every client writes them in this order */
        if ((i > 0 && !take_char(c, ',')) || !take_text(c, &name) || !take_char(c, ':') ||
            !take_text(c, &value))
            return false;
        for (size_t tried = 0; !str_eq(known[k].name, name); k = (k + 1) % LEN(known))
            if (++tried == LEN(known))
                return false;
        if (known[k].there)
            return false;
        known[k].value = value;
        known[k].there = true;
    }
    out->id = known[1].value;
    out->text = known[2].value;
    return str_eq(known[0].value, STR("message")) && take_char(c, '}');
}

bool plain_read(str frame, struct plain_message *out)
{
    struct cursor c = {frame.p, frame.p + frame.n};
    if (frame.n == 0 || !take_members(&c, out))
        return false;
    skip_blanks(&c);
    return c.at == c.end && str_is_utf8(frame);
}
