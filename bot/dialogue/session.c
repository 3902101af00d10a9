#include "dialogue/session.h"

#include "base/buf.h"
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

struct reader {
    struct session *s;
    struct given *given; /* the one being read */
    struct form *form;   /* the one being read */
};

static int64_t number(str text)
{
    int64_t n;
    return str_int(text, &n) == RC_OK ? n : 0;
}

/* The newest earlier offer of the same type among the first n: the same few are made
 * over and over, so only the first of them says its label. */
static const struct offer *offer_before(const struct session *s, size_t n,
                                        enum offer_type type)
{
    while (n-- > 0)
        if (s->offers[n].type == type)
            return &s->offers[n];
    return NULL;
}

static void read_offered(struct session *s, str text)
{
    if (s->n_offers == OFFERS_MAX || text.n < 2)
        return;
    enum offer_type type = (enum offer_type)number(str_sub(text, 0, 2));
    const struct offer *before = offer_before(s, s->n_offers, type);
    str label = str_sub(text, 2, text.n);
    bool said = str_find_char(label, ' ') >= 0;
    str id = said ? str_cut(&label, ' ') : label;
    s->offers[s->n_offers++] = (struct offer){.type = type,
                                              .id = id,
                                              .label = said ? label
                                                  : before  ? before->label
                                                            : STR("")};
}

static void read_offer(struct session *s, char letter, str text)
{
    if (letter == FIELD_OFFERED)
        read_offered(s, text);
    if (letter == FIELD_OFFER && s->n_offers < OFFERS_MAX)
        s->offers[s->n_offers++].type = (enum offer_type)number(text);
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
        f->values[f->n_values++].slot = text;
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
        read_offer(s, letter, text);
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

struct session *session_read(struct arena *a, str written)
{
    struct session *s = arena_alloc(a, sizeof *s);
    s->lang = LANG_NONE;
    struct reader r = {.s = s, .form = &s->form};
    str rest = arena_str(a, written), text;
    char letter;
    while (next_field(&rest, &letter, &text))
        read_field(&r, letter, text);
    if (rest.n > 0) { /* a damaged row must not take the conversation down */
        *s = (struct session){.lang = LANG_NONE, .turns = s->turns};
    }
    return s;
}

enum { HEAD_MAX = 24 };

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

static char *put_bytes(char *to, str s)
{
    if (s.n > 0)
        memcpy(to, s.p, s.n);
    return to + s.n;
}

static void put_text(struct buf *b, enum field letter, str v)
{
    char *to = buf_room(b, HEAD_MAX + v.n);
    if (to)
        buf_wrote(b, put_bytes(put_head(to, letter, v.n), v));
}

static void put_some(struct buf *b, enum field letter, str v)
{
    if (v.n > 0)
        put_text(b, letter, v);
}

static void put_number(struct buf *b, enum field letter, int64_t v)
{
    char digits[STR_DECIMAL_MAX];
    if (v > 0)
        put_text(b, letter, str_decimal(digits, v));
}

static void write_form(struct buf *b, enum field letter, const struct form *f)
{
    if (f->card.n == 0)
        return;
    put_text(b, letter, f->card);
    put_number(b, FIELD_FORM_SLOT, f->slot);
    put_number(b, FIELD_FORM_TRIES, f->tries);
    put_number(b, FIELD_FORM_ASKED, f->asked_ms);
    for (size_t i = 0; i < f->n_values; i++) {
        put_text(b, FIELD_VALUE, f->values[i].slot);
        put_some(b, FIELD_VALUE_TEXT, f->values[i].value);
        put_some(b, FIELD_VALUE_SHOWN, f->values[i].shown);
    }
}

static void write_given(struct buf *b, const struct session *s)
{
    for (size_t i = 0; i < GIVEN_MAX && s->given[i].turn > 0; i++) {
        const struct given *g = &s->given[i];
        put_number(b, FIELD_GIVEN, g->turn);
        put_text(b, FIELD_GIVEN_WHAT, g->what);
        put_text(b, FIELD_GIVEN_VERSION, g->version);
        put_text(b, FIELD_GIVEN_LANG, str_c(lang_code(g->lang)));
    }
}

static bool is_kept(const struct offer *o, enum session_form form)
{
    return form == SESSION_WHOLE ||
        (o->type != OFFER_SENSITIVE && o->type != OFFER_MISREAD);
}

static void write_offers(struct buf *b, const struct session *s, enum session_form form)
{
    for (size_t i = 0; i < s->n_offers; i++) {
        const struct offer *o = &s->offers[i], *before = offer_before(s, i, o->type);
        char type[2] = {(char)('0' + o->type / 10), (char)('0' + o->type % 10)};
        if (!is_kept(o, form)) /* and neither is any other of its type */
            continue;
        bool again = before && str_eq(before->label, o->label);
        size_t n = sizeof type + o->id.n + (again ? 0 : 1 + o->label.n);
        char *to = buf_room(b, HEAD_MAX + n);
        if (!to)
            return;
        to = put_head(to, FIELD_OFFERED, n);
        to = put_bytes(put_bytes(to, (str){type, sizeof type}), o->id);
        if (!again)
            to = put_bytes(put_bytes(to, STR(" ")), o->label);
        buf_wrote(b, to);
        put_some(b, FIELD_OFFER_TARGET, o->target);
    }
}

static void write_human(struct buf *b, const struct session *s)
{
    put_some(b, FIELD_ADDING, s->adding);
    if (s->human.n == 0)
        return;
    put_text(b, FIELD_HUMAN, s->human);
    put_some(b, FIELD_HUMAN_NAME, s->human_name);
    put_number(b, FIELD_HUMAN_CLOSED, s->human_closed);
    put_number(b, FIELD_HUMAN_TOLD, s->human_told);
    put_number(b, FIELD_HUMAN_AT, s->human_ms);
}

str session_write(struct arena *a, const struct session *s, enum session_form form)
{
    struct buf b = buf_new(a, SESSION_MAX);
    bool whole = form == SESSION_WHOLE;
    put_some(&b, FIELD_LANG, str_c(lang_code(s->lang)));
    put_number(&b, FIELD_CHOSEN, s->lang_chosen);
    put_number(&b, FIELD_TURNS, s->turns);
    put_number(&b, FIELD_SAID, s->said_turn);
    if (whole || !s->private_topic) {
        put_number(&b, FIELD_WAITING, s->waiting);
        put_some(&b, FIELD_TOPIC, s->topic);
        put_number(&b, FIELD_TOPIC_TURN, s->topic_turn);
        put_number(&b, FIELD_TOPIC_AT, s->topic_at_ms);
        put_some(&b, FIELD_QUESTION, s->question);
        put_some(&b, FIELD_TRIED, s->tried);
        put_some(&b, FIELD_NOT_IT, s->not_it);
        put_some(&b, FIELD_ASKED, s->asked);
        write_given(&b, s);
        put_some(&b, FIELD_SECOND, s->runners_up[0]);
        put_some(&b, FIELD_THIRD, s->runners_up[1]);
        put_number(&b, FIELD_DECLINED, s->declined);
    }
    if (whole) {
        put_number(&b, FIELD_PRIVATE, s->private_topic);
        put_some(&b, FIELD_SENSITIVE, s->sensitive_card);
        put_number(&b, FIELD_MISREAD, s->misread);
    }
    put_some(&b, FIELD_LOOKUP, s->pending_lookup);
    write_human(&b, s);
    put_number(&b, FIELD_FILES, s->files);
    put_number(&b, FIELD_ABSENCE, s->absence);
    write_offers(&b, s, form);
    if (s->form.card.n > 0 || s->parked.card.n > 0)
        put_text(&b, FIELD_TYPED, STR(""));
    write_form(&b, FIELD_FORM, &s->form);
    write_form(&b, FIELD_PARKED, &s->parked);
    return buf_failed(&b) ? STR("") : buf_str(&b);
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
    int64_t nth = 1;
    char digits[STR_DECIMAL_MAX];
    str mine = arena_join(a, str_decimal(digits, turn), STR("."));
    for (size_t i = s->n_offers; i > 0 && str_starts(s->offers[i - 1].id, mine); i--)
        nth++; /* those of one turn stand together */
    str id = arena_join(a, mine, str_decimal(digits, nth));
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
