/* slack: whatever the body of a delivery holds, it is refused, left alone or becomes an
 * arrival with a name, a place and an address that is JSON. The first byte chooses the
 * kind of body: an event, the form of a command, the form of a button. */
#include "adapters/slack/slack.h"

#include "fuzz.h"

static void check(struct arena *a, enum payload_kind kind, const json_t *o)
{
    struct payload p;
    if (payload_read(a, kind, o, &p) != RC_OK)
        return;
    PROMISE(p.user.n > 0 && p.team.n > 0);
    PROMISE(p.arrival.place.n > 0 && str_starts(p.arrival.place, p.team));
    PROMISE(str_is_utf8(p.arrival.text));
    json_t *address = json_loadb(p.arrival.address.p, p.arrival.address.n, 0, NULL);
    PROMISE(json_text_of(address, "channel").n > 0);
    json_decref(address);
    if (!p.arrival.shared)
        PROMISE(str_ends(p.arrival.place, p.user));
}

static void fuzz(struct arena *a, str input)
{
    if (input.n == 0)
        return;
    char kind = input.p[0];
    str body = str_sub(input, 1, input.n);
    json_t *o = NULL, *form = NULL;
    if (kind == 'e') {
        o = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
        check(a, PAYLOAD_EVENT, o);
    } else if (payload_form(a, body, &form) == RC_OK) {
        str payload = json_text_of(form, "payload");
        o = json_loadb(payload.p, payload.n, JSON_REJECT_DUPLICATES, NULL);
        check(a, PAYLOAD_SLASH, form);
        check(a, PAYLOAD_ACTION, o);
    }
    json_decref(form);
    json_decref(o);
}
