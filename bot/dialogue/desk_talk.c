#include "dialogue/desk_talk.h"

#include "text/when.h"

enum {
    SILENCE_MS = 24 * 3600 * 1000, /* a human who says nothing has gone */
    LISTED_MAX = 8,
    LIST_TEXT_MAX = 8 * 1024,
};

static struct reply *say_about(struct turning *t, enum say what, str receipt)
{
    struct value v = {.slot = STR("receipt"), .shown = receipt};
    return reply_filled(t, what, &v, 1);
}

static void offer_about(struct turning *t, struct reply *r, enum offer_type type,
                        enum say label, str receipt)
{
    str text = say(label, t->lang);
    ptrdiff_t at = str_find(text, STR("{receipt}"));
    str rest = str_sub(text, (size_t)at + 9, text.n);
    reply_offer(t, r, type, receipt,
                arena_fmt(t->a, "%.*s%.*s%.*s", (int)at, text.p, STR_ARG(receipt),
                          STR_ARG(rest)));
}

static struct effect *desk_effect(struct turning *t, enum effect_type type, str receipt)
{
    struct effect *x = arena_push(t->a, &t->o->effects);
    *x = (struct effect){.type = type, .key = t->e->key, .receipt = receipt};
    return x;
}

static void add_comment(struct turning *t, str receipt)
{
    desk_effect(t, EFFECT_COMMENT, receipt)->summary = t->e->text;
}

/* --- the promise --- */

int64_t desk_promise(struct turning *t, str queue)
{
    const struct promise_rules *r = t->e->promises;
    int64_t due = promise_due(r, queue, t->e->at_ms);
    if (due == 0)
        return 0;
    int64_t opens = promise_opens(r, t->e->at_ms);
    struct value v[] = {
        {.slot = STR("due"), .shown = promise_show(t->a, due, t->e->at_ms, t->lang)},
        {.slot = STR("opens"),
         .shown = promise_show_at(t->a, opens, t->e->at_ms, t->lang)}};
    reply_filled(t, opens == t->e->at_ms ? SAY_PROMISE : SAY_PROMISE_CLOSED, v, LEN(v));
    return due;
}

static void promise_moved(struct turning *t)
{
    const struct event *e = t->e;
    struct value v[] = {
        {.slot = STR("receipt"), .shown = e->ticket},
        {.slot = STR("was"),
         .shown = promise_show(t->a, e->was_due_ms, e->at_ms, t->lang)},
        {.slot = STR("due"), .shown = promise_show(t->a, e->due_ms, e->at_ms, t->lang)}};
    reply_filled(t, e->was_due_ms > e->at_ms ? SAY_PROMISE_MOVED : SAY_PROMISE_BROKEN, v,
                 LEN(v));
}

/* --- a human --- */

static void human_leaves(struct session *s)
{
    s->human = s->human_name = STR_NONE;
    s->human_closed = s->human_told = false;
    s->human_ms = 0;
}

static void agent_wrote(struct turning *t)
{
    struct session *s = t->s;
    if (t->e->handed_back) {
        bool had = s->human.n > 0;
        human_leaves(s);
        if (had)
            reply_say(t, SAY_HUMAN_BACK);
        return;
    }
    if (!str_eq(s->human, t->e->ticket))
        human_leaves(s);
    s->human = t->e->ticket;
    s->human_name = t->e->name;
    s->human_closed = t->e->closed;
    s->human_ms = t->e->at_ms;
}

static bool is_stop(str folded)
{
    static const char *const words[] = {
        "stop",  "stoppen", "stop maar", "ik wil stoppen", "terug naar balie",
        "terug", "quit",    "back",      "back to balie",  "i want to stop"};
    while (folded.n > 0 && strchr("!. ", folded.p[folded.n - 1]))
        folded.n--;
    for (size_t i = 0; i < LEN(words); i++)
        if (str_is(folded, words[i]))
            return true;
    return false;
}

static bool human_message(struct turning *t)
{
    struct session *s = t->s;
    if (s->human.n == 0 || s->form.card.n > 0)
        return false;
    if (s->private_topic && !s->human_closed) {
        if (s->waiting == WAITING_SENSITIVE)
            return false; /* what may still belong to it goes to no ordinary ticket */
        sensitive_leave(t, "back to the human");
    }
    if (t->e->at_ms - s->human_ms > SILENCE_MS) {
        human_leaves(s);
        return false;
    }
    t->o->kind = OUTCOME_NOTHING;
    t->o->private_turn = s->human_closed;
    if (is_stop(t->folded)) {
        say_about(t, SAY_HUMAN_STOPPED, s->human);
        human_leaves(s);
        return true;
    }
    trace(t, "a human has the conversation: it goes to %.*s", STR_ARG(s->human));
    add_comment(t, s->human);
    s->human_ms = t->e->at_ms;
    if (!s->human_told) {
        struct value v = {.slot = STR("name"), .shown = s->human_name};
        reply_filled(t, v.shown.n ? SAY_HUMAN_PASSED : SAY_HUMAN_PASSED_NOBODY, &v, 1);
        s->human_told = true;
    }
    return true;
}

bool desk_message(struct turning *t)
{
    struct session *s = t->s;
    if (s->waiting != WAITING_ADD)
        return human_message(t);
    str receipt = s->adding;
    s->waiting = WAITING_NOTHING;
    s->adding = STR_NONE;
    t->o->kind = OUTCOME_ANSWER;
    if (is_stop(t->folded) || yes_no(t->folded, t->lang) < 0) {
        reply_say(t, SAY_HUMAN_BACK);
        return true;
    }
    add_comment(t, receipt);
    say_about(t, SAY_TICKET_ADDED, receipt);
    return true;
}

/* --- the status --- */

static void status_changed(struct turning *t)
{
    str now = t->e->status;
    bool over = str_eq(now, STR("resolved")) || str_eq(now, STR("withdrawn"));
    if (over && str_eq(t->s->human, t->e->ticket))
        human_leaves(t->s);
    if (str_eq(now, STR("resolved"))) {
        struct reply *r = say_about(t, SAY_STATUS_RESOLVED, t->e->ticket);
        offer_about(t, r, OFFER_REOPEN, SAY_TICKET_REOPEN, t->e->ticket);
    } else if (str_eq(now, STR("withdrawn"))) {
        say_about(t, SAY_STATUS_WITHDRAWN, t->e->ticket);
    } else if (str_eq(now, STR("waiting"))) {
        say_about(t, SAY_STATUS_WAITING, t->e->ticket);
    } else if (t->e->failed) { /* was over, is open again */
        say_about(t, SAY_STATUS_REOPENED, t->e->ticket);
    }
}

static void not_told(struct turning *t)
{
    enum say what = str_eq(t->e->name, STR("withdraw")) ? SAY_NOT_TOLD_WITHDRAW
        : str_eq(t->e->name, STR("reopen"))             ? SAY_NOT_TOLD_REOPEN
        : str_eq(t->e->name, STR("file"))               ? SAY_NOT_TOLD_FILE
                                                        : SAY_NOT_TOLD_COMMENT;
    struct value v[] = {{.slot = STR("receipt"), .shown = t->e->ticket},
                        {.slot = STR("name"), .shown = t->e->file}};
    reply_filled(t, what, v, LEN(v));
}

/* --- the person's own list --- */

void desk_tickets(struct turning *t, str what)
{
    struct effect *x = arena_push(t->a, &t->o->effects);
    *x = (struct effect){.type = EFFECT_TICKETS, .name = what};
}

static str status_shown(str status, enum lang l)
{
    static const struct {
        const char *status, *shown[LANG_COUNT];
    } words[] = {
        {"received", {"onderweg naar HR", "on its way to HR"}},
        {"confirmed", {"bij HR", "with HR"}},
        {"open", {"bij HR", "with HR"}},
        {"waiting", {"wacht", "waiting"}},
        {"resolved", {"afgerond", "closed"}},
        {"withdrawn", {"ingetrokken", "withdrawn"}},
        {"failed", {"niet afgeleverd", "not delivered"}},
        {"undelivered", {"niet afgeleverd", "not delivered"}},
    };
    for (size_t i = 0; i < LEN(words); i++)
        if (str_is(status, words[i].status))
            return str_c(words[i].shown[l == LANG_EN ? LANG_EN : LANG_NL]);
    return status;
}

/* Our sentences are Markdown; what people and desks wrote is not. */
static void put_plain(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (strchr("\\`*_{}[]<>#|~", s.p[i]))
            buf_char(b, '\\');
        buf_char(b, s.p[i] == '\n' ? ' ' : s.p[i]);
    }
}

/* Only the first name: the desk may write "Hanna Agent", "Agent, Hanna" or an account. */
static str first_name(str name)
{
    ptrdiff_t comma = str_find_char(name, ',');
    if (comma >= 0)
        name = str_trim(str_sub(name, (size_t)comma + 1, name.n));
    str rest = name;
    return str_cut(&rest, ' ');
}

static void put_ticket(struct turning *t, struct buf *b, const struct own_ticket *k)
{
    bool en = t->lang == LANG_EN;
    int64_t now = t->e->at_ms;
    buf_fmt(b, "\n**%.*s**", STR_ARG(k->receipt));
    if (k->number.n > 0) {
        buf_put(b, STR(" ("));
        put_plain(b, k->number);
        buf_char(b, ')');
    }
    if (k->subject.n > 0) {
        buf_put(b, STR(": "));
        put_plain(b, k->subject);
    }
    buf_fmt(b, " — %.*s", STR_ARG(status_shown(k->status, t->lang)));
    if (k->owner.n > 0) {
        buf_put(b, en ? STR(", with ") : STR(", bij "));
        put_plain(b, first_name(k->owner));
    }
    if (k->replied_ms > 0)
        buf_fmt(b, en ? ", last reply %.*s" : ", laatste antwoord %.*s",
                STR_ARG(promise_show_at(t->a, k->replied_ms, now, t->lang)));
    if (k->open && k->due_ms > 0)
        buf_fmt(b, en ? ", answer %.*s" : ", antwoord %.*s",
                STR_ARG(promise_show(t->a, k->due_ms, now, t->lang)));
}

/* What can be done with it, as buttons. */
static void offer_ticket(struct turning *t, struct reply *r, const struct own_ticket *k)
{
    if (k->open) {
        offer_about(t, r, OFFER_ADD, SAY_TICKET_ADD, k->receipt);
        offer_about(t, r, OFFER_WITHDRAW, SAY_TICKET_WITHDRAW, k->receipt);
    } else if (str_eq(k->status, STR("resolved"))) {
        offer_about(t, r, OFFER_REOPEN, SAY_TICKET_REOPEN, k->receipt);
    }
}

static size_t count_open(const struct event *e)
{
    size_t n = 0;
    for (size_t i = 0; i < e->n_tickets; i++)
        n += e->tickets[i].open;
    return n;
}

static void list_tickets(struct turning *t)
{
    const struct event *e = t->e;
    size_t n_open = count_open(e), shown = 0;
    if (e->n_tickets == 0) {
        reply_say(t, SAY_TICKETS_NONE);
        return;
    }
    struct buf b = buf_new(t->a, LIST_TEXT_MAX);
    buf_put(&b, say(n_open ? SAY_TICKETS_SHOWN : SAY_TICKETS_NONE_OPEN, t->lang));
    const struct own_ticket *listed[LISTED_MAX];
    for (size_t i = 0; i < e->n_tickets && shown < (n_open ? LISTED_MAX : 1); i++)
        if (e->tickets[i].open || n_open == 0) {
            put_ticket(t, &b, &e->tickets[i]);
            listed[shown++] = &e->tickets[i];
        }
    str text = buf_str(&b);
    struct reply *r = reply_markdown(t, text, reply_sentence_html(t, text));
    for (size_t i = 0; i < shown && shown <= 3; i++)
        offer_ticket(t, r, listed[i]);
}

static void offer_tickets(struct turning *t, enum offer_type type, enum say which,
                          enum say label, enum say none)
{
    const struct event *e = t->e;
    struct reply *r = NULL;
    for (size_t i = 0; i < e->n_tickets; i++) {
        const struct own_ticket *k = &e->tickets[i];
        bool fits = type == OFFER_REOPEN ? str_eq(k->status, STR("resolved")) : k->open;
        if (!fits || (r && r->n_choices == LISTED_MAX))
            continue;
        if (!r)
            r = reply_say(t, which);
        offer_about(t, r, type, label, k->receipt);
    }
    if (!r) {
        reply_say(t, none);
        return;
    }
    t->o->kind = OUTCOME_CHOICE;
}

static void tell_tickets(struct turning *t)
{
    str what = t->e->name;
    t->o->kind = OUTCOME_ANSWER;
    if (str_eq(what, STR("add")))
        offer_tickets(t, OFFER_ADD, SAY_TICKETS_WHICH_ADD, SAY_TICKET_ADD,
                      SAY_TICKETS_NONE);
    else if (str_eq(what, STR("withdraw")))
        offer_tickets(t, OFFER_WITHDRAW, SAY_TICKETS_WHICH_WITHDRAW, SAY_TICKET_WITHDRAW,
                      SAY_TICKETS_NONE);
    else if (str_eq(what, STR("reopen")))
        offer_tickets(t, OFFER_REOPEN, SAY_TICKETS_WHICH_REOPEN, SAY_TICKET_REOPEN,
                      SAY_TICKETS_NONE_TO_REOPEN);
    else
        list_tickets(t);
}

void desk_take(struct turning *t, const struct offer *o)
{
    t->o->kind = OUTCOME_ANSWER;
    if (o->type == OFFER_ADD) {
        t->s->waiting = WAITING_ADD;
        t->s->adding = o->target;
        say_about(t, SAY_TICKET_ADD_WHAT, o->target);
        return;
    }
    bool withdraws = o->type == OFFER_WITHDRAW;
    desk_effect(t, withdraws ? EFFECT_WITHDRAW : EFFECT_REOPEN, o->target);
    say_about(t, withdraws ? SAY_TICKET_WITHDRAWING : SAY_TICKET_REOPENING, o->target);
}

void desk_event(struct turning *t)
{
    t->o->kind = OUTCOME_NOTHING;
    switch (t->e->type) {
    case EVENT_AGENT:
        agent_wrote(t);
        return;
    case EVENT_STATUS:
        status_changed(t);
        return;
    case EVENT_PROMISE:
        promise_moved(t);
        return;
    case EVENT_TICKETS:
        tell_tickets(t);
        return;
    case EVENT_NOT_TOLD:
        not_told(t);
        return;
    default:
        return;
    }
}
