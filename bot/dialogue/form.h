/*
 * form - inside of the forms: commands, values, prompts, corrections. Internal to
 * bot/dialogue.
 *
 * A form is a card with slots. Its values are kept in the session by slot name, so that a
 * form survives a reload of the content. Nothing leaves before the recap was confirmed.
 */
#ifndef DIALOGUE_FORM_H
#define DIALOGUE_FORM_H

#include "dialogue/slot_value.h"

/* --- what works in every form (form_command.c) --- */
enum form_command {
    FORM_NO_COMMAND,
    FORM_STOP,
    FORM_BACK,
    FORM_CHANGE,
    FORM_SKIP,
    FORM_UNKNOWN, /* "I don't know": skips what may be skipped */
    FORM_RESTART,
    FORM_RESUME,
};
/* Of the whole message in folded form, polite words around it left out. */
enum form_command form_command(struct turning *t);
/* Does it begin or end as a question does? */
bool form_is_question(str folded);

/* --- values (form_fill.c) --- */
struct value *form_value(struct form *f, str slot);
void form_set(struct form *f, struct value v);
void form_clear(struct form *f, str slot);
/* Is the slot asked at all, by the answers given so far? */
bool form_applies(struct form *f, const struct card *c, int slot);
/* The first slot without a value that applies; their number when all have one. */
int form_open_slot(struct form *f, const struct card *c);
/* A date slot may not lie before the date slot in front of it; DATE_NONE: it may. */
date_t form_not_before(const struct turning *t, const struct card *c, int slot);
/* What a text tells of slots that have no value yet: "vrij van 3 t/m 7 augustus". */
void form_fill(struct turning *t, const struct card *c, str text, str folded);
/* Dates that no longer fit (an end before its start, a day gone by) are asked again. */
void form_recheck(struct turning *t, const struct card *c);

/* All slots have a value: the recap was shown. */
bool form_at_recap(const struct turning *t, const struct card *c);
bool form_has_date(const struct card *c);

/* --- something else in between (form_side.c) --- */
/* Answered or offered, and the form goes on. False: it is nothing else. */
bool form_side_question(struct turning *t, const struct card *c);
/* Is it about another form or card, rather than an answer or a correction here? marked:
 * it says that it corrects. */
bool form_is_of_another(struct turning *t, const struct card *c, bool marked);

/* --- prompts (form_ask.c) --- */
/* A slot's question without what stands behind it: for recaps and buttons. */
str form_label(const struct turning *t, const struct slot *s);
str form_lines(struct turning *t, const struct card *c, enum fill_form form);
/* The target of an OFFER_VALUE: which form and slot the button answers. */
str form_target(struct turning *t, const struct card *c, const struct slot *s, str value);
void form_ask_change(struct turning *t, const struct card *c);

/* --- corrections (form_mend.c) --- */
/* "nee wacht, toch donderdag", "de einddatum moet 7 mei zijn", "change the end date":
 * sets or asks again what was answered before. False: it is no correction. */
bool form_mend(struct turning *t, const struct card *c);

#endif
