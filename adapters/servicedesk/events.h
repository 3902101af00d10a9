/*
 * events - POST /desk/events: the servicedesk says that something happened.
 *
 * A call must be signed with the key in the file `webhook_secret` (HMAC-SHA256 over the
 * raw body; where it stands is the profile's matter). It is never believed further than
 * "look at this ticket": what the chat is told comes from the desk's own list. Calls that
 * came before (same ticket and event), that are older than one that came, or that are
 * more than five minutes old are dropped and counted; they are answered 200 all the same,
 * for a desk that repeats them would get no other answer later.
 *
 * The file is read at each call, so a key can be replaced in place.
 */
#ifndef SERVICEDESK_EVENTS_H
#define SERVICEDESK_EVENTS_H

#include "app/channel.h"

extern const struct channel channel_desk_events;

#endif
