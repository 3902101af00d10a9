/*
 * outcome - what a turn decided: replies for the person, effects for the world, and what
 * is kept of it. Texts live in the turn's arena or in the brain.
 */
#ifndef DIALOGUE_OUTCOME_H
#define DIALOGUE_OUTCOME_H

#include "dialogue/event.h"
#include "search/search.h"

enum outcome_kind {
    OUTCOME_ANSWER,
    OUTCOME_CHOICE,
    OUTCOME_FORM,
    OUTCOME_HANDOFF, /* "I don't know", or the way to a person */
    OUTCOME_SENSITIVE,
    OUTCOME_NOTHING, /* nothing to say (feedback noted, message goes to the desk) */
};
const char *outcome_name(enum outcome_kind k); /* "answer" ... */

enum { CHOICES_MAX = 9, SOURCES_MAX = 4 };

struct source {
    str title, heading, path, anchor, owner;
    date_t updated;
};
struct choice {
    str id, label;
};
struct reply {
    str text; /* Markdown */
    str html; /* safe HTML; empty: the channel renders text as plain text */
    size_t n_sources, n_choices;
    bool typed; /* repeats what the person typed into a form: redact what is kept */
    /* what is not counted is not cleared either: it is most of the bytes */
    struct choice choices[CHOICES_MAX];
    struct source sources[SOURCES_MAX];
};

enum effect_type {
    EFFECT_TICKET,
    EFFECT_LOOKUP,
    EFFECT_TICKETS, /* the person's own tickets are wanted; name: for which purpose */
    EFFECT_COMMENT, /* summary goes to the ticket `receipt` */
    EFFECT_WITHDRAW,
    EFFECT_REOPEN,
    EFFECT_FILE,       /* the file is taken: for the ticket `receipt`, or to wait */
    EFFECT_DROP_FILES, /* those that wait are deleted */
};
struct effect {
    enum effect_type type;
    str name;                                            /* LOOKUP, TICKETS: which */
    str key, receipt, queue, subject, question, summary; /* TICKET */
    str partner; /* TICKET: id of the HR partner it is for; STR_NONE: whoever is there */
    bool closed; /* TICKET: sensitive: closed queue, no transcript */
    bool transcript; /* TICKET: with the conversation so far */
    bool files;      /* TICKET: those that wait go with it */
    bool no_files;   /* TICKET: it takes none, now or later */
    bool confirmed;  /* TICKET: the person saw the summary and said yes: as it is */
    int64_t due_ms;  /* TICKET: when an answer was promised, 0: not at all */
};

struct article_hit {
    int article, section;
    double score;
};

/* What the person thinks of an answer. */
struct judgement {
    int64_t turn;
    bool helpful;
    str what, version; /* what that turn answered, if it is still known */
    enum lang lang;    /* of that answer */
};
/* What helped and what did not, for HR's lists: nothing of the person in it. */
struct helped {
    str how; /* "up", "down", "chosen" */
    str what, version, instead_of;
    enum lang lang;
};

struct outcome {
    enum outcome_kind kind;
    enum lang lang;
    str intent; /* deciding card's id; STR_NONE where none decided */
    str asked;  /* CHOICE: id of the card that would have run, but may not say what is
                   asked; STR_NONE */
    double score;
    struct candidate candidates[NLU_CANDIDATES];
    size_t n_candidates;
    struct hit articles[SEARCH_HITS_MAX];
    size_t n_articles;
    VEC(struct reply) replies;
    VEC(struct effect) effects;
    VEC(str) trace;    /* --why, one line each, for someone in HR */
    bool private_turn; /* sensitive: store a blank row */
    bool needs_person; /* more could be said to someone who is known */
    bool unanswered;   /* HR should see this question in its list */
    str said; /* the person's words as they may be stored (screened, not yet redacted) */
    str redacted, redacted_from; /* `redact` of the latter without names, where it was
                                  * made: nearly always of `said` */
    struct judgement judged;     /* turn 0: nothing was judged */
    struct helped helped;        /* how empty: nothing to remember */
};

#endif
