#include "dialogue/form.h"
#include "text/normalise.h"
#include "text/when.h"
#include "text/word.h"

enum { KEYWORD_MIN = 4, STEM_MIN = 5 };

/* --- is it a correction? --- */

static bool has_phrase(str text, const char *phrase, bool in_front)
{
    str p = str_c(phrase);
    for (size_t at = 0; at + p.n <= text.n && (at == 0 || !in_front); at++) {
        bool starts = at == 0 || text.p[at - 1] == ' ' || text.p[at - 1] == ',';
        bool ends = at + p.n == text.n || strchr(" ,.!?:", text.p[at + p.n]);
        if (starts && ends && memcmp(text.p + at, p.p, p.n) == 0)
            return true;
    }
    return false;
}

/* In front of a message they announce a correction of what was said before. */
static const char *const openers[] = {"nee wacht",
                                      "nee, wacht",
                                      "wacht",
                                      "wacht even",
                                      "sorry",
                                      "oeps",
                                      "ik bedoel",
                                      "ik bedoelde",
                                      "nee ik bedoel",
                                      "nee, ik bedoel",
                                      "nee ik bedoelde",
                                      "wijzig",
                                      "verander",
                                      "pas de",
                                      "pas het",
                                      "maak er",
                                      "maak van",
                                      "corrigeer",
                                      "o nee",
                                      "oh nee",
                                      "bij nader inzien",
                                      "ik wil toch",
                                      "nee toch",
                                      "toch",
                                      "toch liever",
                                      "liever",
                                      "wait",
                                      "no wait",
                                      "no, wait",
                                      "oops",
                                      "i mean",
                                      "i meant",
                                      "no i meant",
                                      "no, i meant",
                                      "change",
                                      "actually",
                                      "correct",
                                      "make it",
                                      "make that",
                                      "oh no",
                                      "on second thought",
                                      "i'd rather",
                                      "rather",
                                      "can you change",
                                      "could you change",
                                      "please change",
                                      "update",
                                      "kun je er",
                                      "kan je er",
                                      "kunnen we er",
                                      "mag het ook",
                                      "mag ik er",
                                      "kan het ook",
                                      "nee, doe",
                                      "nee doe",
                                      "doe toch",
                                      "doe maar",
                                      "o wacht",
                                      "oh wacht",
                                      "oh wait",
                                      "could you make",
                                      "can you make",
                                      "can we make",
                                      "could we make",
                                      "could it be",
                                      "can it be",
                                      "let's make",
                                      "lets make",
                                      "no, make",
                                      "no make"};

static bool opens_correction(str folded)
{
    for (size_t i = 0; i < LEN(openers); i++)
        if (has_phrase(folded, openers[i], true))
            return true;
    return false;
}

/* Anywhere in it; too weak in an answer of free text. told: it names what was answered.
 */
static bool holds_correction(str folded, bool told)
{
    static const char *const marks[] = {
        "toch",    "liever", "klopt niet", "is fout",   "in plaats van",
        "instead", "rather", "is wrong",   "not right", "verkeerd"};
    static const char *const weak[] = {"moet",    "wordt",      "worden",    "wijzigen",
                                       "change",  "veranderen", "aanpassen", "should be",
                                       "must be", "to be"};
    for (size_t i = 0; i < LEN(marks); i++)
        if (has_phrase(folded, marks[i], false))
            return true;
    for (size_t i = 0; i < LEN(weak) && told; i++)
        if (has_phrase(folded, weak[i], false))
            return true;
    return false;
}

/* --- which slot? --- */

static void date_slots(const struct card *c, int *first, int *last)
{
    *first = *last = -1;
    for (size_t i = 0; i < c->slots.n; i++) {
        if (c->slots.v[i].type != SLOT_DATE)
            continue;
        *first = *first < 0 ? (int)i : *first;
        *last = (int)i;
    }
}

static int edge_named(const struct card *c, str folded)
{
    static const char *const begins[] = {"begindatum", "startdatum",    "ingangsdatum",
                                         "eerste dag", "start date",    "first day",
                                         "begin date", "starting date", "begindag"};
    static const char *const ends[] = {"einddatum",  "laatste dag", "end date",
                                       "last day",   "eindddag",    "einddag",
                                       "ending date"};
    int first, last;
    date_slots(c, &first, &last);
    for (size_t i = 0; i < LEN(begins); i++)
        if (has_phrase(folded, begins[i], false))
            return first;
    for (size_t i = 0; i < LEN(ends); i++)
        if (has_phrase(folded, ends[i], false))
            return last;
    return -1;
}

static bool is_near(str a, str b)
{
    size_t n = MIN(a.n, b.n);
    return n >= STEM_MIN ? memcmp(a.p, b.p, n) == 0 : str_eq(a, b);
}

static bool has_word(str text, str word)
{
    char scratch[64];
    struct word w;
    size_t pos = 0;
    while (word_next(text, &pos, scratch, &w))
        if (w.text.n >= KEYWORD_MIN && is_near(w.text, word))
            return true;
    return false;
}

static str folded_label(struct turning *t, const struct slot *s)
{
    str label;
    return normalise(t->a, form_label(t, s), &label) ? STR_NONE : label;
}

/* A word of its question, and of no other's, is in the message. */
static int word_named(struct turning *t, const struct card *c)
{
    int best = -1, most = 0;
    bool tie = false;
    for (size_t i = 0; i < c->slots.n; i++) {
        str label = folded_label(t, &c->slots.v[i]);
        char scratch[64];
        struct word w;
        size_t pos = 0;
        int hits = 0;
        while (word_next(label, &pos, scratch, &w)) {
            if (w.text.n < KEYWORD_MIN || lang_is_stop_word(t->lang, w.text) ||
                !has_word(t->folded, w.text))
                continue;
            bool shared = false;
            for (size_t k = 0; k < c->slots.n && !shared; k++)
                shared = k != i && has_word(folded_label(t, &c->slots.v[k]), w.text);
            hits += !shared;
        }
        tie = hits == most ? tie || hits > 0 : hits > most ? false : tie;
        best = hits > most ? (int)i : best;
        most = MAX(hits, most);
    }
    return tie ? -1 : best;
}

/* The one answered slot whose value has a word of these; -1: none or several. */
static int only_holder(struct turning *t, const struct card *c, str words)
{
    char scratch[64];
    struct word w;
    size_t pos = 0;
    int found = -1, n = 0;
    while (n == 0 && word_next(words, &pos, scratch, &w))
        for (size_t i = 0; i < c->slots.n && w.text.n >= KEYWORD_MIN; i++) {
            const struct value *v = form_value(&t->s->form, c->slots.v[i].name);
            str shown;
            if (!v || normalise(t->a, v->shown, &shown) || !has_word(shown, w.text))
                continue;
            found = (int)i;
            n++;
        }
    return n == 1 ? found : -1;
}

/* "woensdag in plaats van donderdag": the answered slot whose value holds what is not
 * meant any more; -1: none. */
static int old_named(struct turning *t, const struct card *c, bool *told)
{
    static const char *const marks[] = {"in plaats van ", "ipv ", "i.p.v. ",
                                        "instead of "};
    ptrdiff_t at = -1;
    size_t skip = 0;
    for (size_t i = 0; i < LEN(marks) && at < 0; i++) {
        at = str_find(t->folded, str_c(marks[i]));
        skip = strlen(marks[i]);
    }
    *told = at >= 0;
    if (at < 0)
        return -1;
    str old = str_sub(t->folded, (size_t)at + skip, t->folded.n);
    struct when w;
    if (when_find(old, t->lang, t->e->today, false, &w))
        for (size_t i = 0; i < c->slots.n; i++) {
            const struct value *v = form_value(&t->s->form, c->slots.v[i].name);
            if (v && str_eq(v->value, date_iso(t->a, w.from)))
                return (int)i;
        }
    return only_holder(t, c, old);
}

/* --- the correction --- */

static void set_day(struct turning *t, const struct slot *s, date_t day)
{
    form_set(&t->s->form,
             (struct value){s->name, date_iso(t->a, day), when_show(t->a, day, t->lang)});
}

static bool same_day(struct form *f, const struct card *c, int a, int b)
{
    const struct value *x = form_value(f, c->slots.v[a].name),
                       *y = form_value(f, c->slots.v[b].name);
    return x && y && str_eq(x->value, y->value);
}

static void done(struct turning *t, const struct card *c)
{
    form_recheck(t, c);
    t->s->form.slot = form_open_slot(&t->s->form, c);
    t->s->form.tries = 0;
    reply_say(t, SAY_FORM_CHANGED);
    form_ask(t);
}

static void ask_again(struct turning *t, const struct card *c, int slot)
{
    form_clear(&t->s->form, c->slots.v[slot].name);
    t->s->form.slot = slot;
    t->s->form.tries = 0;
    form_ask(t);
}

/* Which of two days a single date corrects: -1 cannot be told. */
static int day_meant(struct turning *t, const struct card *c, const struct when *w,
                     int named)
{
    int first, last;
    date_slots(c, &first, &last);
    if (named >= 0)
        return named;
    if (w->open_start)
        return last;
    struct form *f = &t->s->form;
    bool both =
        form_value(f, c->slots.v[first].name) && form_value(f, c->slots.v[last].name);
    if (w->open_end || !both || first == last || same_day(f, c, first, last))
        return first;
    return -1;
}

static bool mend_days(struct turning *t, const struct card *c, int named)
{
    struct when w, later;
    int first, last;
    size_t from, to;
    date_slots(c, &first, &last);
    if (first >= 0 && when_missing(t->folded, t->lang, &from, &to)) {
        reply_say(t, SAY_BAD_DAY);
        form_ask(t);
        return true;
    }
    if (first < 0 || !form_value(&t->s->form, c->slots.v[first].name) ||
        !when_find(t->folded, t->lang, t->e->today, c->slots.v[first].past, &w))
        return false;
    if (w.other_from != DATE_NONE && w.other_from != w.from && !w.open_start)
        return false; /* two readings: asked as a slot of its own */
    date_t begin = form_not_before(t, c, last);
    if (named == last && first != last && begin != DATE_NONE && w.to < begin &&
        when_find(t->folded, t->lang, begin, false, &later) && later.to >= begin &&
        later.to - begin <= 31)
        w = later; /* "de 7e is de laatste dag": of the month it begins in */
    if (first == last && w.from != w.to)
        return false; /* "maandag, dinsdag en donderdag": no start of anything */
    bool one_day = same_day(&t->s->form, c, first, last);
    int meant = day_meant(t, c, &w, named);
    if (w.from != w.to && first != last && !(named >= 0 && named == last)) {
        set_day(t, &c->slots.v[first], w.from);
        set_day(t, &c->slots.v[last], w.to);
    } else if (meant < 0) {
        form_ask_change(t, c);
        return true;
    } else {
        set_day(t, &c->slots.v[meant], meant == last ? w.to : w.from);
        if (meant == first && one_day)
            set_day(t, &c->slots.v[last], w.from);
    }
    done(t, c);
    return true;
}

/* The one answered slot, other than days and free text, that takes the message. */
static bool mend_value(struct turning *t, const struct card *c, int named)
{
    struct slot_reading found = {0};
    int n = 0;
    for (int i = 0; i < (int)c->slots.n; i++) {
        const struct slot *s = &c->slots.v[i];
        bool fixed = s->type == SLOT_CHOICE || s->type == SLOT_YESNO ||
            s->type == SLOT_AMOUNT || s->type == SLOT_DURATION || s->type == SLOT_PERIOD;
        if (!fixed || !form_value(&t->s->form, s->name) || (named >= 0 && named != i))
            continue;
        struct slot_reading r = slot_read(t, s, t->e->text, t->folded, DATE_NONE);
        if (!r.read || r.loose || r.other.slot.n > 0)
            continue;
        found = r;
        n++;
    }
    if (n != 1)
        return false;
    form_set(&t->s->form, found.value);
    done(t, c);
    return true;
}

/* Does the question that stands open take it? Then it is an answer, not a correction. */
static bool answers_current(struct turning *t, const struct card *c)
{
    int i = t->s->form.slot;
    if (i >= (int)c->slots.n || c->slots.v[i].type == SLOT_DATE)
        return false;
    const struct slot *s = &c->slots.v[i];
    bool is_free = s->type == SLOT_TEXT || s->type == SLOT_PERSON;
    return !is_free && slot_read(t, s, t->e->text, t->folded, DATE_NONE).read;
}

static bool is_first_day(struct turning *t, const struct card *c, int first, date_t day)
{
    const struct value *v = form_value(&t->s->form, c->slots.v[first].name);
    return v && str_eq(v->value, date_iso(t->a, day));
}

/* Days, where the open question is a choice, yes or no, or an amount: of days that were
 * told before. Or both ends anew, where the last is asked. */
static bool tells_days(struct turning *t, const struct card *c)
{
    struct when w;
    int first, last, i = t->s->form.slot;
    date_slots(c, &first, &last);
    if (first < 0 || i >= (int)c->slots.n || form_is_question(t->folded) ||
        !form_value(&t->s->form, c->slots.v[first].name))
        return false;
    if (!when_find(t->folded, t->lang, t->e->today, c->slots.v[first].past, &w))
        return false;
    enum slot_type type = c->slots.v[i].type;
    bool both = type == SLOT_DATE && i == last && i != first && w.from != w.to &&
        (w.other_from == DATE_NONE || w.other_from == w.from) &&
        !is_first_day(t, c, first, w.from);
    return both || type == SLOT_CHOICE || type == SLOT_YESNO || type == SLOT_AMOUNT;
}

bool form_mend(struct turning *t, const struct card *c)
{
    int slot = t->s->form.slot;
    bool at_recap = form_at_recap(t, c);
    bool is_free = !at_recap &&
        (c->slots.v[slot].type == SLOT_TEXT || c->slots.v[slot].type == SLOT_PERSON);
    bool old_told;
    int named = edge_named(c, t->folded), old = old_named(t, c, &old_told);
    bool edge = named >= 0;
    if (named < 0)
        named = old >= 0 ? old : word_named(t, c);
    if (old_told && old < 0 && !edge)
        return false; /* it puts right what was never told */
    bool told = named >= 0 && form_value(&t->s->form, c->slots.v[named].name);
    bool opens = opens_correction(t->folded);
    bool marked = opens || ((!is_free || edge) && holds_correction(t->folded, told));
    bool days_told = tells_days(t, c);
    if (!marked && !at_recap && !days_told)
        return false;
    if (!told && form_is_of_another(t, c, marked))
        return false; /* "wait, I have to report sick first, as of today" */
    if (!told && named >= 0)
        return false; /* about the question that is open, or one still to come */
    if (!told && (answers_current(t, c) || (form_is_question(t->folded) && !opens)))
        return false;
    trace(t, "form: a correction%s%.*s", told ? " of " : "",
          STR_ARG(told ? c->slots.v[named].name : STR_NONE));
    bool days = !told || c->slots.v[named].type == SLOT_DATE;
    if ((days && mend_days(t, c, told ? named : -1)) ||
        mend_value(t, c, told ? named : -1))
        return true;
    if (!told || !marked)
        return false;
    ask_again(t, c, named);
    return true;
}
