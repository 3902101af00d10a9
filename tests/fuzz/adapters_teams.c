/* teams: whatever the body holds, it is refused, left alone or becomes an arrival with a
 * name, a place and an address that is JSON with the service URL it came with. */
#include "adapters/teams/teams.h"

#include "fuzz.h"

static void fuzz(struct arena *a, str input)
{
    struct activity act;
    json_t *o = json_loadb(input.p, input.n, JSON_REJECT_DUPLICATES, NULL);
    if (activity_read(a, o, &act) == RC_OK) {
        PROMISE(act.arrival.id.n > 0 && act.arrival.place.n > 0 && act.user.n > 0);
        PROMISE(str_is_utf8(act.arrival.text));
        json_t *address =
            json_loadb(act.arrival.address.p, act.arrival.address.n, 0, NULL);
        PROMISE(str_eq(json_text_of(address, "serviceUrl"), act.service_url));
        json_decref(address);
        str part = connector_part(a, act.conversation);
        for (size_t i = 0; i < part.n; i++)
            PROMISE(part.p[i] > ' ' && !strchr("/?#&", part.p[i]));
    }
    json_decref(o);
}
