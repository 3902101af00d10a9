/*
 * say - the program's own sentences, in every language, in one place.
 *
 * Everything about policy comes from what HR wrote; these are only the words around it.
 * {name} in a sentence is a place to fill (fill.h).
 */
#ifndef DIALOGUE_SAY_H
#define DIALOGUE_SAY_H

#include "text/lang.h"

enum say {
    SAY_EMPTY,
    SAY_CHOICE,
    SAY_CHOICE_ONE,
    SAY_NONE_OF_THESE,
    SAY_DECLINE,
    SAY_DECLINE_AGAIN,
    SAY_NOT_OFFERED,
    SAY_HANDOFF_ASK,
    SAY_HANDOFF_TOPIC,
    SAY_HANDOFF_QUESTION,
    SAY_HANDOFF_YES,
    SAY_HANDOFF_NO,
    SAY_HANDOFF_DONE,
    SAY_HANDOFF_LEFT,
    SAY_TICKET_NUMBER,
    SAY_TICKET_FAILED,
    SAY_SENSITIVE_ASK,
    SAY_SENSITIVE_YES,
    SAY_SENSITIVE_NO,
    SAY_SENSITIVE_LEFT,
    SAY_SENSITIVE_DONE,
    SAY_LOGIN,
    SAY_LOGIN_ADDS,
    SAY_LOOKUP_FAILED,
    SAY_LOOKUP_EMPTY,
    SAY_OTHER_LANGUAGE,
    SAY_SHOW_ANYWAY,
    SAY_LANGUAGE_SET,
    SAY_GERMAN,
    SAY_NOT_REVIEWED,
    SAY_SEE_ALSO,
    SAY_FEEDBACK_THANKS,
    SAY_FEEDBACK_SORRY,
    SAY_FORM_STOPPED,
    SAY_FORM_RESUMED,
    SAY_FORM_GONE,
    SAY_FORM_RECAP,
    SAY_FORM_RIGHT,
    SAY_FORM_CHANGE,
    SAY_FORM_STOP,
    SAY_FORM_WHAT_CHANGE,
    SAY_FORM_BACK_TO,
    SAY_FORM_SKIPPED,
    SAY_FORM_CAN_SKIP,
    SAY_FORM_SENT,
    SAY_BAD_DATE,
    SAY_BAD_FUTURE,
    SAY_BAD_PAST,
    SAY_BAD_ORDER,
    SAY_BAD_DURATION,
    SAY_BAD_AMOUNT,
    SAY_BAD_CHOICE,
    SAY_BAD_YESNO,
    SAY_BAD_TEXT,
    SAY_WHICH_DATE,
    SAY_NO_DIAGNOSIS,
    SAY_YES,
    SAY_NO,
    SAY_HOURS,
    SAY_DAYS,
    SAY_AND,
    SAY_KIND,
    SAY_BALANCE,
    SAY_EXPIRES,
    SAY_NO_UNIT,
    SAY_COUNT
};

/* l LANG_NONE speaks Dutch. */
str say(enum say what, enum lang l);

#endif
