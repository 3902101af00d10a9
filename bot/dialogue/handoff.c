#include "dialogue/desk_talk.h"
#include "dialogue/form.h"
#include "text/when.h"

enum { SUBJECT_MAX = 80, SUMMARY_MAX = 16 * 1024, QUESTION_MAX = 2000 };

/* The first characters of the question, cut at a word. */
static str subject_of(struct turning *t, str question)
{
    str s = str_trim(question);
    if (s.n > SUBJECT_MAX) {
        size_t n = SUBJECT_MAX;
        while (n > SUBJECT_MAX / 2 && s.p[n] != ' ')
            n--;
        while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
            n--;
        s = arena_fmt(t->a, "%.*s…", (int)n, s.p);
    }
    char *p = arena_alloc(t->a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i];
    return (str){p, s.n};
}

static void line(struct buf *b, const char *name, str value)
{
    if (value.n > 0)
        buf_fmt(b, "%s: %.*s\n", name, STR_ARG(value));
}

/* The word with which the person says that it cannot wait; empty: none. */
static str urgent_word(str question)
{
    static const char *const words[] = {
        "spoed",      "dringend", "haast",    "zo snel mogelijk", "vandaag nog",
        "acuut",      "urgent",   "asap",     "immediately",      "right away",
        "as soon as", "deadline", "emergency"};
    for (size_t i = 0; i < LEN(words); i++)
        for (size_t at = 0; at + strlen(words[i]) <= question.n; at++)
            if (str_eq_ascii(str_sub(question, at, at + strlen(words[i])),
                             str_c(words[i])))
                return str_c(words[i]);
    return STR_NONE;
}

/* What the colleague needs first: the question, what was tried, who. */
str ticket_summary(struct turning *t, str question, str tried)
{
    bool nl = t->lang != LANG_EN;
    struct buf b = buf_new(t->a, SUMMARY_MAX);
    line(&b, nl ? "Vraag" : "Question", question);
    line(&b, nl ? "Geprobeerd" : "Tried", tried);
    line(&b, nl ? "Spoed" : "Urgent", urgent_word(question));
    line(&b, nl ? "Taal" : "Language", str_c(lang_code(t->lang)));
    line(&b, nl ? "Medewerker" : "Employee",
         t->e->person ? t->e->person->name
             : nl     ? STR("niet ingelogd")
                      : STR("not logged in"));
    line(&b, nl ? "Afdeling" : "Unit", person_get(t->e->person, STR("unit")));
    return buf_str(&b);
}

struct effect *ticket_effect(struct turning *t, str queue, str subject, str question,
                             str summary)
{
    struct effect *x = arena_push(t->a, &t->o->effects);
    *x = (struct effect){.type = EFFECT_TICKET,
                         .key = t->e->key,
                         .receipt = t->e->receipt,
                         .queue = queue,
                         .partner = t->partner,
                         .subject = subject,
                         .question = question,
                         .summary = summary,
                         .transcript = true};
    return x;
}

static void forget_question(struct turning *t)
{
    t->s->waiting = WAITING_NOTHING;
    t->s->question = t->s->tried = STR_NONE;
    t->s->declined = 0;
}

void handoff_ask(struct turning *t)
{
    bool known = t->s->question.n > 0;
    struct reply *r = reply_say(t, known ? SAY_HANDOFF_ASK : SAY_HANDOFF_TOPIC);
    reply_handoff_offers(t, r);
    t->s->waiting = known ? WAITING_PERSON : WAITING_TOPIC;
    t->o->kind = OUTCOME_HANDOFF;
}

void handoff_open(struct turning *t)
{
    str question = t->s->question.n ? t->s->question : say(SAY_HANDOFF_QUESTION, t->lang);
    str queue = route_queue(t, STR_NONE, route_topic(t), false);
    struct effect *x = ticket_effect(t, queue, subject_of(t, question), question,
                                     ticket_summary(t, question, t->s->tried));
    struct value v = {.slot = STR("receipt"), .shown = t->e->receipt};
    reply_filled(t, SAY_HANDOFF_DONE, &v, 1);
    x->due_ms = desk_promise(t, queue);
    file_along(t, x);
    t->o->kind = OUTCOME_HANDOFF;
    forget_question(t);
}

str handoff_ticket(struct turning *t, str queue, str subject, str summary)
{
    struct effect *x =
        ticket_effect(t, queue, subject, subject,
                      arena_join(t->a, summary, ticket_summary(t, STR_NONE, STR_NONE)));
    x->due_ms = promise_due(t->e->promises, queue, t->e->at_ms);
    x->confirmed = true;
    file_along(t, x);
    return t->e->receipt;
}

/* Who asked for a person tells more: it goes with the question, unless it is a question
 * by itself or surely something else. */
static bool take_more(struct turning *t)
{
    if (form_is_question(t->folded) || t->s->form.card.n > 0)
        return false;
    struct understood u = understand(t);
    if (u.card >= 0 && u.sure)
        return false;
    if (sensitive_hunch(t, &u))
        return true;
    trace(t, "more to the question that is passed on");
    bool health;
    t->o->said = screen_health(t->a, t->o->said, &health);
    str more = question_kept(t);
    bool first = t->s->question.n == 0 || t->s->question.n > QUESTION_MAX;
    t->s->question = first
        ? more
        : arena_fmt(t->a, "%.*s\n%.*s", STR_ARG(t->s->question), STR_ARG(more));
    reply_handoff_offers(t, reply_say(t, SAY_HANDOFF_NOTED));
    t->s->waiting = WAITING_PERSON;
    t->o->kind = OUTCOME_HANDOFF;
    t->o->intent = STR_NONE;
    return true;
}

/* An answer to "shall I pass this on?". False: it is a message like any other. */
bool handoff_message(struct turning *t)
{
    enum waiting w = t->s->waiting;
    if (w != WAITING_HANDOFF && w != WAITING_TOPIC && w != WAITING_SENSITIVE &&
        w != WAITING_PERSON)
        return false;
    int answer = yes_no(t->folded, t->lang);
    if (answer == 0 && t->s->form.card.n == 0 && form_command(t) == FORM_STOP)
        answer = -1;
    if (answer != 0) {
        trace(t, "answer to \"shall I pass this on?\": %s", answer > 0 ? "yes" : "no");
        struct offer o = {.type = answer < 0           ? OFFER_NO_HANDOFF
                              : w == WAITING_SENSITIVE ? OFFER_SENSITIVE
                                                       : OFFER_HANDOFF,
                          .target = t->s->sensitive_card};
        choice_take(t, &o);
        return true;
    }
    if (w == WAITING_PERSON)
        return take_more(t);
    if (w != WAITING_TOPIC)
        return false;
    trace(t, "the topic of the hand-off");
    bool health;
    t->o->said = screen_health(t->a, t->o->said, &health);
    t->s->question = question_kept(t);
    handoff_ask(t);
    return true;
}

void ticket_done(struct turning *t)
{
    struct value v[] = {{.slot = STR("receipt"), .shown = t->e->ticket},
                        {.slot = STR("number"), .shown = t->e->number}};
    reply_filled(t, t->e->failed ? SAY_TICKET_FAILED : SAY_TICKET_NUMBER, v, 2);
    t->o->kind = OUTCOME_HANDOFF;
}
