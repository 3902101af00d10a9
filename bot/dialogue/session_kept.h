/*
 * session_kept - a session that was just written, so that the next turn need not read it.
 *
 * A conversation keeps the text of its session (session.h), and this beside it: the
 * numbers, and where in the text each part stands. What comes back is what session_read
 * makes of the text. A few hundred bytes, without pointers; all zeroes: nothing is kept.
 */
#ifndef DIALOGUE_SESSION_KEPT_H
#define DIALOGUE_SESSION_KEPT_H

#include "dialogue/session.h"

enum { KEPT_TEXTS = 12 };

/* A part of the text. */
struct span {
    uint16_t at, n;
};

struct kept_given {
    int64_t turn;
    struct span what, version;
    enum lang lang;
};

struct kept_offer {
    struct span id, label, target;
};

struct session_kept {
    size_t text_n; /* of the text it is of; 0: of none */
    int64_t turns, said_turn, topic_turn, topic_at_ms, human_ms;
    enum lang lang;
    enum waiting waiting;
    int declined, files;
    bool lang_chosen, misread, private_topic, human_closed, human_told, absence;
    uint8_t n_offers;
    uint8_t types[OFFERS_MAX];
    struct span texts[KEPT_TEXTS];
    struct kept_given given[GIVEN_MAX];
    struct kept_offer offers[OFFERS_MAX];
};

/* s as session_write has just written it whole. Nothing is kept of one with a form, which
 * are few, nor of one that was too large. */
void session_keep(struct session_kept *k, struct session *s, str written);
/* The session again, in a; written: the same text, wherever it lies by now. */
struct session *session_again(struct arena *a, const struct session_kept *k, str written);

#endif
