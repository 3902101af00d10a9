#include "dialogue/session.h"

#include "base/str.h"

/*
 * The text of a session: fields behind each other, each a letter, its length in decimal,
 * a colon, its bytes: "L2:nlq12:wat is adv?!". Read and written in every turn, so it is
 * made to be read by looking once; a number is its decimal text. A field that opens an
 * offer, a form or a value is followed by that one's own fields. Unknown letters are
 * skipped, so an older program can read what a newer one wrote.
 */
enum field {
    FIELD_LANG = 'L',
    FIELD_CHOSEN = 'C',
    FIELD_TURNS = 'N',
    FIELD_SAID = 'M',
    FIELD_WAITING = 'W',
    FIELD_TOPIC = 'T',
    FIELD_TOPIC_TURN = 'U',
    FIELD_TOPIC_AT = 'u',
    FIELD_QUESTION = 'q',
    FIELD_TRIED = 'd',
    FIELD_NOT_IT = 'A',
    FIELD_ASKED = 'Q',
    FIELD_GIVEN = 'g', /* its turn; then */
    FIELD_GIVEN_WHAT = 'I',
    FIELD_GIVEN_VERSION = 'x',
    FIELD_GIVEN_LANG = 'y',
    FIELD_SECOND = '2',
    FIELD_THIRD = '3',
    FIELD_PRIVATE = 'P',
    FIELD_SENSITIVE = 'S',
    FIELD_MISREAD = 'm',
    FIELD_LOOKUP = 'K',
    FIELD_DECLINED = 'D',
    FIELD_ADDING = 'B',
    FIELD_HUMAN = 'H',
    FIELD_HUMAN_NAME = 'h',
    FIELD_HUMAN_CLOSED = 'c',
    FIELD_HUMAN_TOLD = 'o',
    FIELD_HUMAN_AT = 'p',
    FIELD_FILES = 'f',
    FIELD_ABSENCE = 'b',
    FIELD_OFFERED = 'j', /* type in two digits, id, space, label; then its target */
    FIELD_OFFER = 'O',   /* as it was written before: its type; then */
    FIELD_OFFER_ID = 'i',
    FIELD_OFFER_LABEL = 'l',
    FIELD_OFFER_TARGET = 't',
    FIELD_TYPED = 30,   /* empty: behind it stands what retention cuts off (forget.c) */
    FIELD_FORM = 'F',   /* its card; then */
    FIELD_PARKED = 'G', /* the same for the parked one */
    FIELD_FORM_SLOT = 's',
    FIELD_FORM_TRIES = 'r',
    FIELD_FORM_ASKED = 'a',
    FIELD_VALUE = 'V', /* its slot; then */
    FIELD_VALUE_TEXT = 'v',
    FIELD_VALUE_SHOWN = 'w',
};

/* Of each type of offer the label of the newest so far: the same few are made over and
 * over, so only the first of them says it. */
struct labels {
    str of[OFFER_REOPEN + 2]; /* the last: of types of a newer program */
};

static str *label_of(struct labels *l, enum offer_type type)
{
    return &l->of[MIN((size_t)type, LEN(l->of) - 1)];
}

struct reader {
    struct session *s;
    struct given *given; /* the one being read */
    struct form *form;   /* the one being read */
    struct labels labels;
};

enum { DIGITS_MAX = 18 }; /* that an int64_t holds for sure */

static int64_t number(str text)
{
    int64_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned digit = (unsigned char)text.p[i] - (unsigned)'0';
        if (digit > 9 || i == DIGITS_MAX)
            return 0;
        n = n * 10 + digit;
    }
    return n;
}

static void read_offered(struct reader *r, str text)
{
    struct session *s = r->s;
    if (s->n_offers == OFFERS_MAX || text.n < 2)
        return;
    enum offer_type type = (enum offer_type)number(str_sub(text, 0, 2));
    str *before = label_of(&r->labels, type);
    str label = str_sub(text, 2, text.n), id = str_cut(&label, ' ');
    if (label.p) /* a blank stood there */
        *before = label;
    s->offers[s->n_offers++] = (struct offer){.type = type, .id = id, .label = *before};
}

static void read_offer(struct reader *r, char letter, str text)
{
    struct session *s = r->s;
    if (letter == FIELD_OFFERED)
        read_offered(r, text);
    if (letter == FIELD_OFFER && s->n_offers < OFFERS_MAX)
        s->offers[s->n_offers++] = (struct offer){.type = (enum offer_type)number(text)};
    if (s->n_offers == 0)
        return;
    struct offer *o = &s->offers[s->n_offers - 1];
    if (letter == FIELD_OFFER_ID)
        o->id = text;
    else if (letter == FIELD_OFFER_LABEL)
        o->label = text;
    else if (letter == FIELD_OFFER_TARGET)
        o->target = text;
}

static void read_form(struct form *f, char letter, str text)
{
    if (letter == FIELD_FORM_SLOT)
        f->slot = (int)number(text);
    else if (letter == FIELD_FORM_TRIES)
        f->tries = (int)number(text);
    else if (letter == FIELD_FORM_ASKED)
        f->asked_ms = number(text);
    else if (letter == FIELD_VALUE && f->n_values < VALUES_MAX)
        f->values[f->n_values++] = (struct value){.slot = text};
    else if (letter == FIELD_VALUE_TEXT && f->n_values > 0)
        f->values[f->n_values - 1].value = text;
    else if (letter == FIELD_VALUE_SHOWN && f->n_values > 0)
        f->values[f->n_values - 1].shown = text;
}

static void read_given(struct reader *r, char letter, str text)
{
    struct given *g = r->given;
    if (letter == FIELD_GIVEN) {
        g = g ? g + 1 : r->s->given;
        r->given = g < r->s->given + GIVEN_MAX ? g : r->s->given + GIVEN_MAX - 1;
        r->given->turn = number(text);
    } else if (g && letter == FIELD_GIVEN_WHAT) {
        g->what = text;
    } else if (g && letter == FIELD_GIVEN_VERSION) {
        g->version = text;
    } else if (g && letter == FIELD_GIVEN_LANG) {
        g->lang = lang_of(text);
    }
}

/* Where the conversation is: its topic, and what is asked of whom. */
static void read_topic(struct session *s, char letter, str text)
{
    if (letter == FIELD_TOPIC)
        s->topic = text;
    else if (letter == FIELD_TOPIC_TURN)
        s->topic_turn = number(text);
    else if (letter == FIELD_TOPIC_AT)
        s->topic_at_ms = number(text);
}

static void read_private(struct session *s, char letter, str text)
{
    if (letter == FIELD_PRIVATE)
        s->private_topic = true;
    else if (letter == FIELD_SENSITIVE)
        s->sensitive_card = text;
    else if (letter == FIELD_MISREAD)
        s->misread = true;
}

static void read_human(struct session *s, char letter, str text)
{
    if (letter == FIELD_HUMAN)
        s->human = text;
    else if (letter == FIELD_HUMAN_NAME)
        s->human_name = text;
    else if (letter == FIELD_HUMAN_CLOSED)
        s->human_closed = true;
    else if (letter == FIELD_HUMAN_TOLD)
        s->human_told = true;
    else if (letter == FIELD_HUMAN_AT)
        s->human_ms = number(text);
    else if (letter == FIELD_ADDING)
        s->adding = text;
}

static void read_files(struct session *s, char letter, str text)
{
    if (letter == FIELD_FILES)
        s->files = (int)number(text);
    else if (letter == FIELD_ABSENCE)
        s->absence = true;
}

static void read_asked(struct session *s, char letter, str text)
{
    if (letter == FIELD_QUESTION)
        s->question = text;
    else if (letter == FIELD_TRIED)
        s->tried = text;
    else if (letter == FIELD_NOT_IT)
        s->not_it = text;
    else if (letter == FIELD_ASKED)
        s->asked = text;
}

static void read_seldom(struct reader *r, char letter, str text)
{
    read_topic(r->s, letter, text);
    read_form(r->form, letter, text);
    read_human(r->s, letter, text);
    read_private(r->s, letter, text);
    read_files(r->s, letter, text);
}

static void read_field(struct reader *r, char letter, str text)
{
    struct session *s = r->s;
    switch (letter) {
    case FIELD_LANG:
        s->lang = lang_of(text);
        return;
    case FIELD_CHOSEN:
        s->lang_chosen = true;
        return;
    case FIELD_TURNS:
        s->turns = number(text);
        return;
    case FIELD_SAID:
        s->said_turn = number(text);
        return;
    case FIELD_WAITING:
        s->waiting = (enum waiting)number(text);
        return;
    case FIELD_SECOND:
    case FIELD_THIRD:
        s->runners_up[letter == FIELD_THIRD] = text;
        return;
    case FIELD_LOOKUP:
        s->pending_lookup = text;
        return;
    case FIELD_DECLINED:
        s->declined = (int)number(text);
        return;
    case FIELD_FORM:
    case FIELD_PARKED:
        r->form = letter == FIELD_FORM ? &s->form : &s->parked;
        r->form->card = text;
        return;
    case FIELD_QUESTION:
    case FIELD_TRIED:
    case FIELD_NOT_IT:
    case FIELD_ASKED:
        read_asked(s, letter, text);
        return;
    case FIELD_GIVEN:
    case FIELD_GIVEN_WHAT:
    case FIELD_GIVEN_VERSION:
    case FIELD_GIVEN_LANG:
        read_given(r, letter, text);
        return;
    case FIELD_OFFERED:
    case FIELD_OFFER:
    case FIELD_OFFER_ID:
    case FIELD_OFFER_LABEL:
    case FIELD_OFFER_TARGET:
        read_offer(r, letter, text);
        return;
    default:
        read_seldom(r, letter, text);
    }
}

/* Cuts the next field off rest. False at the end and where the text is no session's. */
static bool next_field(str *rest, char *letter, str *text)
{
    if (rest->n < 3)
        return false;
    *letter = rest->p[0];
    size_t i = 1, n = 0;
    while (i < rest->n && rest->p[i] >= '0' && rest->p[i] <= '9' && n < SESSION_MAX)
        n = n * 10 + (size_t)(rest->p[i++] - '0');
    if (i == 1 || i >= rest->n || rest->p[i] != ':' || n > rest->n - i - 1)
        return false;
    *text = str_sub(*rest, i + 1, i + 1 + n);
    *rest = str_sub(*rest, i + 1 + n, rest->n);
    return true;
}

struct session *session_new(struct arena *a)
{
    struct session *s = arena_room(a, sizeof *s);
    memset(s, 0, offsetof(struct session, offers));
    memset(&s->form, 0, offsetof(struct form, values));
    memset(&s->parked, 0, offsetof(struct form, values));
    s->lang = LANG_NONE;
    return s;
}

struct session *session_read(struct arena *a, str written)
{
    struct session *s = session_new(a);
    struct reader r = {.s = s, .form = &s->form};
    str rest = arena_str(a, written), text;
    char letter;
    while (next_field(&rest, &letter, &text))
        read_field(&r, letter, text);
    if (rest.n > 0) { /* a damaged row must not take the conversation down */
        int64_t turns = s->turns;
        s = session_new(a);
        s->turns = turns;
    }
    return s;
}

/* --- writing --- */

/* A text is written into room that surely holds it, so that nothing is asked between the
 * fields. */
enum { HEAD_MAX = 24, FIELDS_MAX = 40 }; /* of the session itself; bytes of a head */

/* What stands in front of n bytes of a field; returns its end. */
static char *put_head(char *to, enum field letter, size_t n)
{
    char digits[STR_DECIMAL_MAX];
    *to++ = (char)letter;
    if (n < 10) { /* most of them */
        *to++ = (char)('0' + n);
    } else {
        str length = str_decimal(digits, (int64_t)n);
        memcpy(to, length.p, length.n);
        to += length.n;
    }
    *to++ = ':';
    return to;
}

/* Most texts here are as short as an id, and a copy of unknown length is a call. */
static inline char *put_bytes(char *to, str s)
{
    if (s.n - 4 <= 4) { /* four to eight */
        uint32_t first, last;
        memcpy(&first, s.p, sizeof first);
        memcpy(&last, s.p + s.n - sizeof last, sizeof last);
        memcpy(to, &first, sizeof first);
        memcpy(to + s.n - sizeof last, &last, sizeof last);
    } else if (s.n > 0) {
        memcpy(to, s.p, s.n);
    }
    return to + s.n;
}

/* v lies there from then on, as session_keep counts upon. */
static char *put_text(char *to, enum field letter, str *v)
{
    to = put_head(to, letter, v->n);
    char *end = put_bytes(to, *v);
    v->p = to;
    return end;
}

static char *put_some(char *to, enum field letter, str *v)
{
    return v->n > 0 ? put_text(to, letter, v) : to;
}

static char *put_number(char *to, enum field letter, int64_t v)
{
    char digits[STR_DECIMAL_MAX];
    if (v <= 0)
        return to;
    str d = str_decimal(digits, v);
    *to++ = (char)letter;
    to[0] = (char)('0' + d.n / 10);
    to += d.n >= 10;
    *to++ = (char)('0' + d.n % 10);
    *to++ = ':';
    memcpy(to, d.p, d.n);
    return to + d.n;
}

static char *write_form(char *to, enum field letter, struct form *f)
{
    if (f->card.n == 0)
        return to;
    to = put_text(to, letter, &f->card);
    to = put_number(to, FIELD_FORM_SLOT, f->slot);
    to = put_number(to, FIELD_FORM_TRIES, f->tries);
    to = put_number(to, FIELD_FORM_ASKED, f->asked_ms);
    for (size_t i = 0; i < f->n_values; i++) {
        to = put_text(to, FIELD_VALUE, &f->values[i].slot);
        to = put_some(to, FIELD_VALUE_TEXT, &f->values[i].value);
        to = put_some(to, FIELD_VALUE_SHOWN, &f->values[i].shown);
    }
    return to;
}

static char *write_given(char *to, struct session *s)
{
    for (size_t i = 0; i < GIVEN_MAX && s->given[i].turn > 0; i++) {
        struct given *g = &s->given[i];
        str lang = str_c(lang_code(g->lang));
        to = put_number(to, FIELD_GIVEN, g->turn);
        to = put_text(to, FIELD_GIVEN_WHAT, &g->what);
        to = put_text(to, FIELD_GIVEN_VERSION, &g->version);
        to = put_text(to, FIELD_GIVEN_LANG, &lang);
    }
    return to;
}

static bool is_kept(const struct offer *o, enum session_form form)
{
    return form == SESSION_WHOLE ||
        (o->type != OFFER_SENSITIVE && o->type != OFFER_MISREAD);
}

/* A label that was read is the very one of the offer before. */
static bool is_same(str a, str b)
{
    return (a.p == b.p && a.n == b.n) || str_eq(a, b);
}

static char *write_offers(char *to, struct session *s, enum session_form form)
{
    struct labels labels = {0};
    for (size_t i = 0; i < s->n_offers; i++) {
        struct offer *o = &s->offers[i];
        if (!is_kept(o, form)) /* and neither is any other of its type */
            continue;
        str *before = label_of(&labels, o->type);
        bool again = before->p && is_same(*before, o->label);
        if (again)
            o->label.p = before->p;
        to = put_head(to, FIELD_OFFERED, 2 + o->id.n + (again ? 0 : 1 + o->label.n));
        *to++ = (char)('0' + o->type / 10);
        *to++ = (char)('0' + o->type % 10);
        char *id = to;
        to = put_bytes(to, o->id);
        o->id.p = id;
        if (!again) {
            *to++ = ' ';
            before->p = to;
            before->n = o->label.n;
            to = put_bytes(to, o->label);
            o->label.p = before->p;
        }
        to = put_some(to, FIELD_OFFER_TARGET, &o->target);
    }
    return to;
}

static char *write_human(char *to, struct session *s)
{
    to = put_some(to, FIELD_ADDING, &s->adding);
    if (s->human.n == 0)
        return to;
    to = put_text(to, FIELD_HUMAN, &s->human);
    to = put_some(to, FIELD_HUMAN_NAME, &s->human_name);
    to = put_number(to, FIELD_HUMAN_CLOSED, s->human_closed);
    to = put_number(to, FIELD_HUMAN_TOLD, s->human_told);
    return put_number(to, FIELD_HUMAN_AT, s->human_ms);
}

/* What a private topic keeps out of the store. */
static char *write_topic(char *to, struct session *s)
{
    to = put_number(to, FIELD_WAITING, s->waiting);
    to = put_some(to, FIELD_TOPIC, &s->topic);
    to = put_number(to, FIELD_TOPIC_TURN, s->topic_turn);
    to = put_number(to, FIELD_TOPIC_AT, s->topic_at_ms);
    to = put_some(to, FIELD_QUESTION, &s->question);
    to = put_some(to, FIELD_TRIED, &s->tried);
    to = put_some(to, FIELD_NOT_IT, &s->not_it);
    to = put_some(to, FIELD_ASKED, &s->asked);
    to = write_given(to, s);
    to = put_some(to, FIELD_SECOND, &s->runners_up[0]);
    to = put_some(to, FIELD_THIRD, &s->runners_up[1]);
    return put_number(to, FIELD_DECLINED, s->declined);
}

static size_t form_room(const struct form *f)
{
    size_t n = f->card.n + 4 * HEAD_MAX;
    for (size_t i = 0; i < f->n_values; i++)
        n += f->values[i].slot.n + f->values[i].value.n + f->values[i].shown.n +
            3 * HEAD_MAX;
    return n;
}

/* Bytes that the text of it has at most; a number and its head are no longer than a head
 * may be. */
static size_t session_room(const struct session *s)
{
    size_t n = HEAD_MAX * (FIELDS_MAX + 4 * GIVEN_MAX) + s->topic.n + s->question.n +
        s->tried.n + s->not_it.n + s->asked.n + s->runners_up[0].n + s->runners_up[1].n +
        s->sensitive_card.n + s->pending_lookup.n + s->adding.n + s->human.n +
        s->human_name.n;
    for (size_t i = 0; i < GIVEN_MAX; i++)
        n += s->given[i].what.n + s->given[i].version.n;
    for (size_t i = 0; i < s->n_offers; i++)
        n += s->offers[i].id.n + s->offers[i].label.n + s->offers[i].target.n +
            2 * HEAD_MAX;
    return n + form_room(&s->form) + form_room(&s->parked);
}

str session_write(struct arena *a, struct session *s, enum session_form form)
{
    char *text = arena_room(a, session_room(s)), *to = text;
    bool whole = form == SESSION_WHOLE;
    str lang = str_c(lang_code(s->lang)), none = STR("");
    to = put_some(to, FIELD_LANG, &lang);
    to = put_number(to, FIELD_CHOSEN, s->lang_chosen);
    to = put_number(to, FIELD_TURNS, s->turns);
    to = put_number(to, FIELD_SAID, s->said_turn);
    if (whole || !s->private_topic)
        to = write_topic(to, s);
    if (whole) {
        to = put_number(to, FIELD_PRIVATE, s->private_topic);
        to = put_some(to, FIELD_SENSITIVE, &s->sensitive_card);
        to = put_number(to, FIELD_MISREAD, s->misread);
    }
    to = put_some(to, FIELD_LOOKUP, &s->pending_lookup);
    to = write_human(to, s);
    to = put_number(to, FIELD_FILES, s->files);
    to = put_number(to, FIELD_ABSENCE, s->absence);
    to = write_offers(to, s, form);
    if (s->form.card.n > 0 || s->parked.card.n > 0)
        to = put_text(to, FIELD_TYPED, &none);
    to = write_form(to, FIELD_FORM, &s->form);
    to = write_form(to, FIELD_PARKED, &s->parked);
    size_t n = (size_t)(to - text);
    *to = '\0';
    return n > SESSION_MAX ? STR("") : (str){text, n};
}

bool session_is_private(const struct session *s)
{
    bool offered = false;
    for (size_t i = 0; i < s->n_offers; i++)
        offered = offered || s->offers[i].type == OFFER_SENSITIVE;
    return offered || s->private_topic || s->misread || s->sensitive_card.n > 0;
}

str session_offer(struct session *s, struct arena *a, int64_t turn, enum offer_type type,
                  str target, str label)
{
    if (s->n_offers == OFFERS_MAX) {
        memmove(s->offers, s->offers + 1, (OFFERS_MAX - 1) * sizeof *s->offers);
        s->n_offers--;
    }
    char digits[STR_DECIMAL_MAX], *room = arena_room(a, 2 * STR_DECIMAL_MAX + 1);
    str mine = str_decimal(digits, turn);
    memcpy(room, mine.p, mine.n);
    room[mine.n] = '.';
    mine = (str){room, mine.n + 1};
    int64_t nth = 1;
    for (size_t i = s->n_offers; i > 0 && str_starts(s->offers[i - 1].id, mine); i--)
        nth++; /* those of one turn stand together */
    str last = str_decimal(digits, nth);
    memcpy(room + mine.n, last.p, last.n);
    str id = {room, mine.n + last.n};
    s->offers[s->n_offers++] =
        (struct offer){.type = type, .id = id, .label = label, .target = target};
    return id;
}

const struct offer *session_find_offer(const struct session *s, str id)
{
    for (size_t i = s->n_offers; i-- > 0;)
        if (str_eq(s->offers[i].id, id))
            return &s->offers[i];
    return NULL;
}
