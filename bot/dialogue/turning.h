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
    bool within; /* a regex found it somewhere in the message */
};

struct turning {
    const struct brain *brain;
    struct session *s;
    const struct event *e;
    struct arena *a;
    struct outcome *o;
    str folded; /* the message in folded form; empty for other events */
    str told;   /* what a form may be filled from: the message, or the question behind a
                   choice */
    enum lang lang, lang_before;  /* of this message; of the conversation until now */
    bool lang_plain;              /* its words are of that language without a doubt */
    str understood_for;           /* the text understood last, */
    struct understood understood; /* what it was taken for */
    str command_of;               /* the text last read as a command of a form, */
    int command;                  /* and which it was (form.h) */
    str about;      /* the topic of a follow-up, for who gets the question */
    str partner;    /* id of the HR partner that routing.csv names for this; set by
                       route_queue */
    bool put_right; /* the message corrects what was understood before */
    double hunch;   /* how much the message reads like a sensitive topic, 0..1 */
    bool *allowed;  /* per card: valid today, for this person, an ordinary card */
};

static inline const struct card *turning_card(const struct turning *t, int i)
{
    return &t->brain->catalogue->cards.v[i];
}
/* Index of a card by id, -1 when it is gone. */
int turning_card_index(const struct turning *t, str id);
const struct traits *turning_traits(const struct turning *t);
/* Fills t->allowed, for the day of t->e. */
void turning_allow(struct turning *t);
/* "hello", "thanks": cards that answer no question. */
bool is_small_talk(const struct card *c);
/* A line of --why; does nothing unless the event asks for it. */
void trace(struct turning *t, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* --- replies (reply.c) --- */
struct reply *reply_markdown(struct turning *t, str markdown, str html);
/* Plain text of our own or of people: escaped for HTML, line breaks kept. ** and * are
 * set. */
str reply_sentence_html(struct turning *t, str text);
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
/* The section below what the reply says already. */
void section_add(struct turning *t, struct reply *r, int section);
/* The section a card's source names, if the person may see it; -1: none. */
int card_section(const struct turning *t, const struct card *c);
/* Is the section what this card shows, for want of an answer of its own? */
bool card_shows(const struct turning *t, const struct card *c, int section);
/* The article of that section; -1: none. */
int card_article(const struct turning *t, int card);

/* --- personal look-ups (look_up.c) --- */
/* Asks for it, or says what holds for everybody where it cannot be asked. */
void lookup_start(struct turning *t, int card, str lookup);
/* The event EVENT_LOOKUP. */
void lookup_done(struct turning *t);

/* --- who is not logged in (login.c) --- */
/* Says that logging in adds something to the card's answer, when it does. */
void login_adds(struct turning *t, const struct card *c);
/* A look-up, a form of somebody nobody knows: the general text, and why to log in. */
void login_for_own(struct turning *t, int card);
void login_for_form(struct turning *t, int card);
/* There is an answer for people whose country, contract ... is known. */
bool login_would_answer(struct turning *t);

/* --- the language of a turn (spoken.c) --- */
/* Sets t->lang and the session's. */
void spoken_find(struct turning *t);
/* A few words of the other language ("wnr is payday"): answered in the conversation's.
 * u: what they mean in its own; ask: what is not sure is asked about. False: not
 * understood so either. */
bool spoken_otherwise(struct turning *t, const struct understood *u, bool ask);

/* --- understanding (policy.c) --- */
/* Exact phrase, pattern, examples: fills o->candidates. Made once per turn. */
struct understood understand(struct turning *t);
/* The same of other words; what the message itself is about stays. */
struct understood understand_aside(struct turning *t, str words);
void policy_message(struct turning *t);
/* An article's answer to the message, if the knowledge base has one. False: nothing said.
 */
bool knowledge_message(struct turning *t);
/* A question in the middle of something else: what is sure is said, what may be meant is
 * offered. u: what it means by itself, NULL: nothing that counts. */
enum aside { ASIDE_NOTHING, ASIDE_SAID, ASIDE_OFFERED };
enum aside policy_aside(struct turning *t, const struct understood *u);
/* Choice of at most three cards and article sections. */
void offer_choice(struct turning *t, const int *cards, size_t n_cards,
                  const int *sections, size_t n_sections);
void decline(struct turning *t);
/* The question as a hand-off may need it later: redacted, for it is stored. */
str question_kept(struct turning *t);

/* What the articles say to it. wanted: what of it matters (search.h), NULL: all. */
void knowledge_find(struct turning *t, const struct search_wanted *wanted,
                    struct search_result *r);

/* Below this a candidate is not worth a place in a choice. */
static const double choice_floor = 0.08;
/* Below this a section is not worth a place beside something likelier. */
static const double section_least = 0.25;
/* Hits that offer_nearest looks at, at most: each is offered, or is the article of what
 * is offered. */
enum { CHOICE_MAX = 3, OFFER_HITS = 2 * CHOICE_MAX };
/* A choice that begins with the card and the section (-1: without; at least r has a
 * section then) and goes on with the runners-up of both rankings; r may be NULL. */
void offer_nearest(struct turning *t, int card, int section,
                   const struct search_result *r);
/* The one card, when it may not hold what was asked. */
void offer_topic(struct turning *t, int card);
/* How a choice shows a section, and what choice.c finds it by. */
str section_label(const struct turning *t, const struct section *s);
str section_target(const struct turning *t, int section);

/* --- whether a card holds what was asked (cover.c, doubt.c) --- */
/* What would be shown may well not say it; with_section: the article's section is shown
 * below the card. */
bool doubtful(struct turning *t, const struct understood *u, const struct cover *c,
              bool with_section);
/* The form may well not be what is meant. */
bool doubtful_form(struct turning *t, const struct understood *u, const struct cover *c);
/* card_run, for a card that examples chose: with the section of its article that holds
 * what the card itself does not, or asking first. */
void card_run_covered(struct turning *t, const struct understood *u);

/* --- what was spoken of before (context.c) --- */
void topic_set(struct turning *t, str topic);
/* Answers a message that points back to the topic ("and for part-timers?"); u: what it
 * means by itself. False: it does not, or nothing came of it. */
bool follow_up(struct turning *t, const struct understood *u);

/* A question that points at the topic: a section of the topic's own article that speaks
 * of it. False: there is none. */
bool topic_section(struct turning *t);

/* --- what people think of answers (feedback.c) --- */
/* An answer was given: what, of which version; card -1: an article. */
void given_note(struct turning *t, int card, str what, uint64_t hash);
/* What was offered was taken: it may have helped. */
void helped_note(struct turning *t, str what, uint64_t hash);
/* The event EVENT_FEEDBACK. */
void feedback_take(struct turning *t);
/* "dat bedoel ik niet": the runners-up, then a person. "nee, ik bedoel X": false, X is
 * t->folded now. */
bool feedback_message(struct turning *t);
/* The words behind "nee, ik bedoel ...", "not that, ..." (put_right.c); STR_NONE: it puts
 * nothing right. */
str put_right(struct turning *t, str said);
/* "the other one": one that was offered and not taken. take: true when there was just one
 * of these. */
bool other_one(str said);
bool take_other_one(struct turning *t);
/* A message that is a thumb. */
bool feedback_emoji(struct turning *t);

/* --- messages that are no plain question --- */
/* German, French: said in that language that we do not speak it (foreign.c). */
bool foreign_message(struct turning *t);
/* A whole e-mail: what its sentences ask for (long.c). False: not that long. */
bool long_message(struct turning *t);
bool long_is(str text);
/* The next sentence, cut off rest. False: there is none. */
bool long_sentence(str *rest, str *out);
/* A long text without greetings, headers and what stands below; else as it is. */
str long_core(struct turning *t, str text);
/* About somebody else, by name: not looked up, a person is offered (somebody.c). */
bool about_somebody(struct turning *t, const struct understood *u);
/* Says that it is heard, where somebody has had enough (annoyed.c). */
void hear_annoyance(struct turning *t);
/* Two questions in one short message: answers one, offers the other. */
bool two_questions(struct turning *t);

/* --- choices (choice.c) --- */
void choice_take(struct turning *t, const struct offer *o);
/* The number or the label of something just offered, typed. */
const struct offer *choice_typed(const struct turning *t);
/* "ja", "nee", "de tweede" to topics just offered. */
bool choice_message(struct turning *t);
/* A bare yes, no or "stop" when nothing was asked and nothing runs. */
bool yes_no_to_nothing(struct turning *t);

/* --- forms (form.c) --- */
void form_start(struct turning *t, int card);
/* True when the message was the form's. */
bool form_message(struct turning *t);
void form_take(struct turning *t, const struct offer *o);
/* Asks the current slot again, or shows the recap. */
void form_ask(struct turning *t);
/* Back to the running form, if there is one, after something else. */
void form_go_on(struct turning *t);
/* The open question may be answered with a number, so it does not pick a button. */
bool form_takes_numbers(const struct turning *t);

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
/* Patterns and signs: certain. Also sets t->hunch. */
bool sensitive_message(struct turning *t);
/* Where no card is certain: a hunch that it is such a topic is asked about. */
bool sensitive_hunch(struct turning *t, const struct understood *u);
/* What a mere hunch made private ends with the first message that reads ordinary,
 * understood or not. */
void sensitive_fade(struct turning *t);
/* "I mean something else": ends the topic, and hunches for this conversation. */
void sensitive_misread(struct turning *t);
struct reply *sensitive_ask(struct turning *t);
void sensitive_open(struct turning *t);
void sensitive_leave(struct turning *t, const char *why);

/* --- what must not be kept (screen.c) --- */
/* The text without words that tell the nature or cause of an illness; *found when there
 * were any. */
str screen_health(struct arena *a, str text, bool *found);
bool screen_tells(str folded); /* does it hold such a word? */
/* The beginning number i of such words, for the tests; NULL: there are no more. */
const char *screen_root(size_t i);
bool is_absence_card(const struct card *c);

/* --- attachments (file_talk.c) --- */
/* The event EVENT_FILE. */
void file_take(struct turning *t);
/* The turn is over: is the conversation about somebody being ill? */
void file_note_topic(struct turning *t);
/* A ticket is being opened: the files that wait go with it, or must not. */
void file_along(struct turning *t, struct effect *ticket);
/* The person wants no hand-off: what waited for one goes. */
void file_drop(struct turning *t);

/* --- who gets it (route.c) --- */
/* The card's `topic`, else the first part of its id. */
str card_topic(const struct card *c);
/* Its folder. */
str article_topic(const struct article *a);
/* What the conversation is about: the topic of its card or article. */
str route_topic(const struct turning *t);
str route_queue(struct turning *t, str asked_queue, str topic, bool closed);

#endif
