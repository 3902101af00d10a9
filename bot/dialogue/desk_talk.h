/*
 * desk_talk - what the conversation does with a ticket that is at the desk: a human's
 * words, its status, its promise; the person's own list, adding, withdrawing, reopening.
 *
 * Once a human of the desk has written, they have the conversation: what the person types
 * goes to the ticket and the program keeps quiet. Sensitive topics come first all the
 * same, a running form goes on, and the buttons still work. It ends with the person's
 * "stop", the human's hand-back word, the end of the ticket, or a day of silence.
 */
#ifndef DIALOGUE_DESK_TALK_H
#define DIALOGUE_DESK_TALK_H

#include "dialogue/turning.h"

/* The message belongs to the human who has the conversation, or to a ticket. */
bool desk_message(struct turning *t);
/* EVENT_AGENT, EVENT_STATUS, EVENT_PROMISE, EVENT_TICKETS, EVENT_NOT_TOLD. */
void desk_event(struct turning *t);
/* One of OFFER_ADD, OFFER_WITHDRAW, OFFER_REOPEN. */
void desk_take(struct turning *t, const struct offer *o);
/* The card's `tickets: WHAT`. */
void desk_tickets(struct turning *t, str what);
/* Says by when a ticket of this queue is answered, and returns it; 0: not promised. */
int64_t desk_promise(struct turning *t, str queue);

#endif
