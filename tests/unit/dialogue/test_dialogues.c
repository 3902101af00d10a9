/* Plays the conversations of tests/dialogue on the content beside them. */
#include <stdio.h>

#include "small.h"

struct play {
    struct arena *arena; /* of the conversation */
    struct brain brain;
    struct session *session;
    struct event event;
    struct outcome outcome;
    bool has_rows, failed;
    str absent[4];
    str file, title;
    int line;
    int64_t last_answer;
    int bad;   /* conversations that went wrong */
    bool skip; /* to the next conversation */
};

static void wrong(struct play *p, const char *why, str detail)
{
    fprintf(stderr, "%.*s:%d: (%.*s) %s %.*s\n", STR_ARG(p->file), p->line,
            STR_ARG(p->title), why, STR_ARG(detail));
    fprintf(stderr, "  outcome %s %.*s\n", outcome_name(p->outcome.kind),
            STR_ARG(p->outcome.intent));
    for (size_t i = 0; i < p->outcome.replies.n; i++)
        fprintf(stderr, "  said: %.*s\n", STR_ARG(p->outcome.replies.v[i].text));
    for (size_t i = 0; i < p->outcome.trace.n; i++)
        fprintf(stderr, "  why: %.*s\n", STR_ARG(p->outcome.trace.v[i]));
    p->bad++;
    p->skip = true;
}

static void begin(struct play *p, str title)
{
    arena_reset(p->arena);
    p->title = title;
    p->session = session_read(p->arena, STR_NONE);
    p->event = small_event();
    p->has_rows = true;
    p->failed = false;
    p->event.lookups_absent = (struct strs){p->absent, 0};
}

#define ROW .expires = DATE_NONE, .from = DATE_NONE, .to = DATE_NONE

/* Nasty names are shown as they are; pay days are before and after every "today". */
static const struct lookup_row balances[] = {
    {.kind = {STR_INIT("Wettelijk"), STR_INIT("Statutory")},
     .amount = STR_INIT("38"),
     .unit = STR_INIT("hours"),
     .as_of = 20777,
     ROW},
    {.kind = {STR_INIT("Extra"), STR_INIT("Extra")},
     .amount = STR_INIT("24"),
     .unit = STR_INIT("hours"),
     .as_of = 20777,
     ROW}};
static const struct lookup_row pay_days[] = {
    {.kind = {STR_INIT("Salaris februari"), STR_INIT("February")}, .as_of = 20874, ROW},
    {.kind = {STR_INIT("Salaris *oktober*"), STR_INIT("October")}, .as_of = 20749, ROW},
    {.kind = {STR_INIT("Salaris november"), STR_INIT("November")}, .as_of = 20782, ROW}};
static const struct lookup_row requests[] = {
    {.kind = {STR_INIT("Verlof"), STR_INIT("Leave")},
     .expires = DATE_NONE,
     .as_of = DATE_NONE,
     .from = 20808,
     .to = 20818,
     .text = STR_INIT("pending")}};
static const struct lookup_row documents[] = {
    {.kind = {STR_INIT("Contract [x](http://evil)"), STR_INIT("Contract")},
     .as_of = 17956,
     .group = STR_INIT("contract"),
     .link = STR_INIT("https://hr.example/1?a=1&b=2"),
     ROW},
    {.kind = {STR_INIT("Loonstrook"), STR_INIT("Payslip")},
     .as_of = 20749,
     .group = STR_INIT("payslip"),
     ROW}};

static void give_rows(const struct play *p, struct event *e)
{
    static const struct {
        const char *name;
        const struct lookup_row *rows;
        size_t n;
    } all[] = {{"leave_balance", balances, LEN(balances)},
               {"pay_dates", pay_days, LEN(pay_days)},
               {"open_requests", requests, LEN(requests)},
               {"documents", documents, LEN(documents)}};
    for (size_t i = 0; i < LEN(all); i++)
        if (str_eq(e->name, str_c(all[i].name))) {
            e->rows = all[i].rows;
            e->n_rows = p->has_rows && !p->failed ? all[i].n : 0;
        }
}

/* As the engine does: the session goes through its text between turns. */
static void step(struct play *p)
{
    p->event.turn++;
    p->event.forms_since_ms = p->event.at_ms - 7LL * 24 * 3600 * 1000;
    turn(&p->brain, p->session, &p->event, p->arena, &p->outcome);
    for (size_t i = 0; i < p->outcome.effects.n; i++) {
        if (p->outcome.effects.v[i].type != EFFECT_LOOKUP)
            continue;
        struct event e = p->event;
        e.type = EVENT_LOOKUP;
        e.name = p->outcome.effects.v[i].name;
        e.failed = p->failed;
        give_rows(p, &e);
        turn(&p->brain, p->session, &e, p->arena, &p->outcome);
        break;
    }
    if (p->session->given[0].turn == p->event.turn)
        p->last_answer = p->event.turn;
    p->session =
        session_read(p->arena, session_write(p->arena, p->session, SESSION_WHOLE));
}

static bool is_said(const struct play *p, str words)
{
    for (size_t i = 0; i < p->outcome.replies.n; i++)
        if (str_has(p->outcome.replies.v[i].text, words) ||
            str_has(p->outcome.replies.v[i].html, words))
            return true;
    return false;
}

/* In the text, for the HTML has it again. */
static bool is_said_once(const struct play *p, str words)
{
    int n = 0;
    for (size_t i = 0; i < p->outcome.replies.n; i++) {
        str text = p->outcome.replies.v[i].text;
        for (ptrdiff_t at; (at = str_find(text, words)) >= 0; n++)
            text = str_sub(text, (size_t)at + words.n, text.n);
    }
    return n == 1;
}

static const struct choice *button(const struct play *p, str label)
{
    for (size_t i = 0; i < p->outcome.replies.n; i++)
        for (size_t k = 0; k < p->outcome.replies.v[i].n_choices; k++)
            if (str_starts(p->outcome.replies.v[i].choices[k].label, label))
                return &p->outcome.replies.v[i].choices[k];
    return NULL;
}

static void choose(struct play *p, str label)
{
    const struct choice *c = button(p, label);
    if (!c) {
        wrong(p, "no such button:", label);
        return;
    }
    p->event.type = EVENT_CHOOSE;
    p->event.choice = c->id;
    step(p);
}

/* Anna with one more trait, or another value of it. */
static void be(struct play *p, str key, str value)
{
    struct person *who = arena_alloc(p->arena, sizeof *who);
    struct trait *v = arena_alloc(p->arena, (anna.traits.n + 1) * sizeof *v);
    size_t n = 0;
    *who = anna;
    for (size_t i = 0; i < anna.traits.n; i++)
        if (!str_eq(anna.traits.v[i].key, key))
            v[n++] = anna.traits.v[i];
    v[n++] = (struct trait){key, value};
    who->traits.v = v;
    who->traits.n = n;
    p->event.person = who;
}

static void circumstance(struct play *p, str rest)
{
    str what = str_cut(&rest, ' ');
    if (str_eq(what, STR("nobody")))
        p->event.person = NULL;
    else if (str_eq(what, STR("country")) || str_eq(what, STR("role")))
        be(p, what, rest);
    else if (str_eq(what, STR("later"))) {
        int64_t hours;
        if (str_int(rest, &hours))
            wrong(p, "how many hours later?", rest);
        p->event.at_ms += hours * 3600 * 1000;
    } else if (str_eq(what, STR("lang")))
        p->event.lang = lang_of(rest);
    else if (str_eq(what, STR("knowledge")))
        p->event.knowledge_only = true;
    else if (str_eq(what, STR("absent")))
        p->absent[p->event.lookups_absent.n++ % LEN(p->absent)] = rest;
    else if (str_eq(what, STR("boldness")))
        p->event.boldness = str_eq(rest, STR("eager")) ? BOLD_EAGER : BOLD_CAREFUL;
    else if (!str_eq(what, STR("date")) || date_parse(rest, &p->event.today))
        wrong(p, "unknown circumstance", what);
}

static void happen(struct play *p, str what)
{
    if (str_eq(what, STR("no rows"))) {
        p->has_rows = false;
        return;
    }
    if (str_eq(what, STR("failed"))) {
        p->failed = true;
        return;
    }
    p->event.type = str_eq(what, STR("handoff")) ? EVENT_HANDOFF : EVENT_FEEDBACK;
    p->event.helpful = str_eq(what, STR("helpful"));
    p->event.judged = p->last_answer;
    p->event.text = STR("");
    step(p);
}

static void check_outcome(struct play *p, str rest)
{
    str kind = str_cut(&rest, ' ');
    if (!str_eq(kind, str_c(outcome_name(p->outcome.kind))))
        wrong(p, "outcome is not", kind);
    str want = str_eq(rest, STR("-")) ? STR("") : rest;
    if (rest.n > 0 && !str_eq(p->outcome.intent, want))
        wrong(p, "card is not", rest);
}

static void check_ticket(struct play *p, str queue)
{
    str opened = STR("-");
    for (size_t i = 0; i < p->outcome.effects.n; i++) {
        const struct effect *x = &p->outcome.effects.v[i];
        if (x->type != EFFECT_TICKET)
            continue;
        opened = x->queue;
        if (str_has(x->summary, STR("hernia")) || (x->closed && x->transcript))
            wrong(p, "the ticket holds what it must not", x->summary);
    }
    if (!str_eq(opened, queue))
        wrong(p, "ticket is for", opened);
}

static void check(struct play *p, char mark, str rest)
{
    if (mark == '=')
        check_outcome(p, rest);
    else if (mark == '?' && !is_said(p, rest))
        wrong(p, "not said:", rest);
    else if (mark == '-' && is_said(p, rest))
        wrong(p, "said:", rest);
    else if (mark == '1' && !is_said_once(p, rest))
        wrong(p, "not said once:", rest);
    else if (mark == 'b' && !button(p, rest))
        wrong(p, "no such button:", rest);
    else if (mark == 't')
        check_ticket(p, rest);
    else if (mark == 'p' && !p->outcome.private_turn)
        wrong(p, "not private", STR(""));
}

/* \n in a line is a line break of the message. */
static str unescape(struct arena *a, str s)
{
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool is_break = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';
        to[n++] = is_break ? '\n' : s.p[i];
        i += is_break;
    }
    return (str){to, n};
}

static void play_line(struct play *p, str line)
{
    str rest = str_trim(str_sub(line, 1, line.n));
    if (str_starts(line, STR(">>"))) {
        choose(p, str_trim(str_sub(line, 2, line.n)));
    } else if (str_starts(line, STR("s-"))) {
        if (str_has(p->outcome.said, str_trim(str_sub(line, 2, line.n))))
            wrong(p, "kept:", p->outcome.said);
    } else if (line.p[0] == '#') {
        begin(p, rest);
    } else if (line.p[0] == '>') {
        p->event.type = EVENT_MESSAGE;
        p->event.text = unescape(p->arena, rest);
        step(p);
    } else if (line.p[0] == '@') {
        circumstance(p, rest);
    } else if (line.p[0] == '!') {
        happen(p, rest);
    } else if (strchr("=?-1btp", line.p[0])) {
        check(p, line.p[0], rest);
    } else {
        wrong(p, "not a line of a dialogue:", line);
    }
}

static void play_file(struct play *p, struct arena *a, str name)
{
    str text, line;
    p->file = file_path(a, STR("tests/dialogue"), name);
    p->line = 0;
    CHECK_RC(file_read(a, p->file, 1024 * 1024, &text), RC_OK);
    while (str_line(&text, &line)) {
        p->line++;
        if (line.n > 0 && line.p[0] == '#')
            p->skip = false;
        if (line.n > 0 && !p->skip)
            play_line(p, line);
    }
}

static void conversations_go_as_written(void **arena)
{
    static const str suffix[] = {STR_INIT(".txt")};
    struct play p = {.arena = arena_new()};
    struct file_list files;
    small_build(&p.brain, *arena);
    CHECK_RC(file_walk(*arena, STR("tests/dialogue"), suffix, 1, &files), RC_OK);
    CHECK(files.list.n >= 4, "the dialogues are there");
    for (size_t i = 0; i < files.list.n; i++)
        play_file(&p, *arena, files.list.v[i].path);
    CHECK_INT(p.bad, 0, "conversations that went wrong");
    small_free(&p.brain);
    arena_free(p.arena);
}

UNIT_MAIN(UNIT(conversations_go_as_written))
