/*
 * turning - one turn being made: what its steps share. Internal to bot/dialogue.
 */
#ifndef DIALOGUE_TURNING_H
#define DIALOGUE_TURNING_H

#include "base/buf.h"
#include "dialogue/fill.h"
#include "dialogue/say.h"
#include "dialogue/turn.h"

enum { REPLY_MAX = 24 * 1024, PASSAGE_MAX = 900 };

/* What a message was taken for. */
struct understood {
    int card, other; /* -1: none; other: tied with it */
    double score;
    double none; /* how likely this is not for HR */
    bool sure;   /* exact, pattern, or upper band */
};

struct turning {
    const struct brain *brain;
    struct session *s;
    const struct event *e;
    struct arena *a;
    struct outcome *o;
    str folded; /* the message in folded form; empty for other events */
    enum lang lang;
    bool is_understood;
    struct understood understood; /* once it was asked for */
    bool *allowed; /* per card: valid today, for this person, an ordinary card */
};

static inline const struct card *turning_card(const struct turning *t, int i)
{
    return &t->brain->catalogue->cards.v[i];
}
/* Index of a card by id, -1 when it is gone. */
int turning_card_index(const struct turning *t, str id);
const struct traits *turning_traits(const struct turning *t);
/* A line of --why; does nothing unless the event asks for it. */
void trace(struct turning *t, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* --- replies (reply.c) --- */
struct reply *reply_markdown(struct turning *t, str markdown, str html);
/* Plain text of our own or of people: escaped for HTML, line breaks kept. ** and * are
 * set. */
struct reply *reply_say(struct turning *t, enum say what);
struct reply *reply_filled(struct turning *t, enum say what, const struct value *v,
                           size_t n);
void reply_offer(struct turning *t, struct reply *r, enum offer_type type, str target,
                 str label);
/* "See also" below an answer; the offers follow. */
void reply_also(struct turning *t, struct reply *r);
void reply_handoff_offers(struct turning *t, struct reply *r);
void reply_source(struct turning *t, struct reply *r, int section);
str card_label(const struct turning *t, const struct card *c);

/* --- answers (answer.c) --- */
/* Does what the card says: form, look-up, hand-off, answer. */
void card_run(struct turning *t, int card, double score);
/* The answer itself, with looked-up rows when there are any. */
void card_say(struct turning *t, int card, const struct lookup_row *rows, size_t n);
void article_say(struct turning *t, int section);
/* The event EVENT_LOOKUP. */
void lookup_done(struct turning *t);

/* --- understanding (policy.c) --- */
/* Exact phrase, pattern, examples: fills o->candidates. Made once per turn. */
struct understood understand(struct turning *t);
void policy_message(struct turning *t);
/* Choice of at most three cards and article sections. */
void offer_choice(struct turning *t, const int *cards, size_t n_cards,
                  const int *sections, size_t n_sections);
void decline(struct turning *t);
/* The question as a hand-off may need it later: redacted, for it is stored. */
str question_kept(struct turning *t);

/* --- choices (choice.c) --- */
void choice_take(struct turning *t, const struct offer *o);
/* The number or the label of something just offered, typed. */
const struct offer *choice_typed(const struct turning *t);

/* --- forms (form.c) --- */
void form_start(struct turning *t, int card);
/* True when the message was the form's. */
bool form_message(struct turning *t);
void form_take(struct turning *t, const struct offer *o);
/* Asks the current slot again, or shows the recap. */
void form_ask(struct turning *t);

/* --- hand-off (handoff.c) --- */
void handoff_ask(struct turning *t);
bool handoff_message(struct turning *t);
void handoff_open(struct turning *t);
/* A form's ticket: queue and filled-in lines. */
str handoff_ticket(struct turning *t, str queue, str subject, str summary);
void ticket_done(struct turning *t);
struct effect *ticket_effect(struct turning *t, str queue, str subject, str question,
                             str summary);
str ticket_summary(struct turning *t, str question, str tried);

/* --- sensitive topics (sensitive.c) --- */
bool sensitive_message(struct turning *t);
void sensitive_open(struct turning *t);
void sensitive_leave(struct turning *t, const char *why);

/* --- what must not be kept (screen.c) --- */
/* The text without words that tell the nature or cause of an illness; *found when there
 * were any. */
str screen_health(struct arena *a, str text, bool *found);
bool is_absence_card(const struct card *c);

/* --- who gets it (route.c) --- */
/* The card's `topic`, else the first part of its id. */
str card_topic(const struct card *c);
str route_queue(struct turning *t, str asked_queue, str topic, bool closed);

#endif
