/*
 * channel_in - what people do on a channel that keeps no connection open: each delivery
 * is an arrival, taken once however often it is delivered, and acknowledged when its turn
 * is durable.
 *
 * A place is where a conversation is held there: a direct message, a thread. The first
 * arrival from a place begins a conversation and says HR's notice. In a shared place
 * others read along: nobody is anybody there, nothing personal is told or asked, and the
 * way to a place of one's own is offered instead. A person who wrote elsewhere goes on
 * with that conversation by saying so ("hier verder", "continue here").
 */
#ifndef APP_CHANNEL_IN_H
#define APP_CHANNEL_IN_H

#include "app/engine.h"

enum { ARRIVAL_ID_MAX = 400 }; /* bytes of id, also and place */

/* Choices of our own, beside those that the dialogue offers. */
#define CHOICE_PRIVATE "private"   /* a shared place: go on where nobody reads along */
#define CHOICE_CONTINUE "continue" /* go on with the conversation held elsewhere */

enum arrival_type {
    ARRIVAL_HELLO,    /* someone is there and has said nothing yet: greeted once */
    ARRIVAL_MESSAGE,  /* text */
    ARRIVAL_CHOOSE,   /* choice */
    ARRIVAL_FEEDBACK, /* turn, helpful, text */
    ARRIVAL_HANDOFF,
};

/* All borrowed for the call; valid UTF-8. */
struct arrival {
    enum arrival_type type;
    const char *channel; /* its name */
    str id;              /* the delivery's own; repeated deliveries have the same one */
    str also;            /* another name for the same thing, may be empty */
    str place;           /* the channel's name for where it was said */
    str address;         /* JSON: what the channel needs for sending there */
    str person;          /* the verified employee; empty: unknown */
    bool shared;         /* others read along; person is then ignored */
    str text, choice;
    int64_t turn;
    bool helpful;
    enum lang lang; /* of the client, LANG_NONE: not told */
    /* shared: the place of whoever did this alone, for CHOICE_PRIVATE */
    str own_place, own_address;
};

/*
 * done is called once, later or from inside: RC_OK it is durable (or was, earlier);
 * RC_BUSY, RC_IO: it was not taken, deliver it again; RC_LIMIT: id or place too long.
 * Not at all when the engine is stopped first.
 */
void engine_arrive(struct engine *e, const struct arrival *a,
                   void (*done)(void *ctx, enum rc rc), void *ctx);

#endif
