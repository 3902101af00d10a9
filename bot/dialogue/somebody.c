#include "dialogue/turning.h"

#include "base/bytes.h"
#include "text/normalise.h"
#include "text/word.h"

/*
 * A question about somebody else, by name: "het verzuim van Piet", "is Eva ill?", "Daan's
 * contract". What is told and looked up here is the person's own, so it is no answer to
 * that; and what a manager needs to know of their team is their HR partner's.
 *
 * A name is a word written with a capital inside a sentence that no article knows, and
 * that is not the person's own. It counts only where the message also speaks of what
 * people have of their own, such as leave, absence or pay; and not of the asker's: "mijn
 * nieuwe adres". What one goes from and to is a place: "van Ede naar Zutphen".
 */
enum { NAME_SHORTEST = 3, STEM_LEAST = 4, OWN_REACH = 2 };

static bool is_one_of(str w, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(w, list[i]))
            return true;
    return false;
}

/* What belongs to a person. */
static bool is_personal(str w)
{
    static const char *const words[] = {
        "ziektedagen",  "ziekteverzuim", "verzuim",   "ziekte",        "ziekmelding",
        "ziek",         "afwezig",       "verlof",    "vakantie",      "vrij",
        "verlofsaldo",  "saldo",         "salaris",   "loon",          "contract",
        "functioneren", "beoordeling",   "dossier",   "uren",          "gedrag",
        "prestaties",   "adres",         "rooster",   "terugkeer",     "reintegratie",
        "situatie",     "zwanger",       "schaal",    "proeftijd",     "absence",
        "sickness",     "sick",          "ill",       "leave",         "holiday",
        "holidays",     "salary",        "pay",       "performance",   "review",
        "file",         "hours",         "behaviour", "behavior",      "balance",
        "address",      "rota",          "return",    "reintegration", "situation",
        "pregnant",     "scale",         "probation", "verlofdagen",   "vakantiedagen",
        "verdient",     "earns",         "earn",      "vacation",      "days"};
    return is_one_of(w, words, LEN(words));
}

/* In front of a name: what is asked about or of whom. */
static bool leads_to_name(str w)
{
    static const char *const words[] = {"van",  "over", "of",  "about",  "heeft",   "had",
                                        "does", "has",  "did", "krijgt", "verdient"};
    return is_one_of(w, words, LEN(words));
}

/* What stands up to OWN_REACH words behind it is the asker's. */
static bool is_askers(str w)
{
    static const char *const words[] = {"mijn", "mn", "m", "my", "onze", "ons", "our"};
    return is_one_of(w, words, LEN(words));
}

static bool goes_to(str w)
{
    static const char *const words[] = {"naar", "tot", "to"};
    return is_one_of(w, words, LEN(words));
}

/* "is Femke ziek?" */
static bool is_state(str w)
{
    static const char *const words[] = {"ziek", "afwezig", "zwanger",  "sick",
                                        "ill",  "absent",  "pregnant", "jarig"};
    return is_one_of(w, words, LEN(words));
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* One capital, then small letters: no "UWV". */
static bool is_capitalised(str w)
{
    if (w.n < NAME_SHORTEST || w.p[0] < 'A' || w.p[0] > 'Z')
        return false;
    for (size_t i = 1; i < w.n; i++)
        if (w.p[i] >= 'A' && w.p[i] <= 'Z')
            return false;
    return true;
}

static bool is_own(const struct turning *t, str folded)
{
    str name;
    char scratch[64];
    struct word w;
    size_t pos = 0;
    if (!t->e->person || normalise(t->a, t->e->person->name, &name))
        return false;
    while (word_next(name, &pos, scratch, &w))
        if (str_eq(w.text, folded))
            return true;
    return false;
}

/* Does anything that HR wrote speak of it, in these letters? */
static bool is_known(struct turning *t, str folded)
{
    struct search_query q = {.lang = t->lang,
                             .folded = folded,
                             .traits = turning_traits(t),
                             .today = t->e->today};
    struct search_term terms[2];
    size_t n = search_explain(t->brain->search, t->a, &q, terms, LEN(terms));
    return n == 0 ||
        (terms[0].found && str_starts(terms[0].read_as, str_sub(folded, 0, STEM_LEAST)));
}

/* A word of the message as written, and whether "'s" follows. */
struct written {
    str text, folded;
    bool begins, owns; /* the first of a sentence; "Eva's" */
};

static bool next_word(struct turning *t, str text, size_t *pos, struct written *w)
{
    size_t i = *pos;
    bool begins = i == 0;
    while (i < text.n && !is_letter(text.p[i]))
        begins = strchr(".!?\n:", text.p[i++]) != NULL || begins;
    size_t from = i;
    while (i < text.n && is_letter(text.p[i]))
        i++;
    *w = (struct written){.text = str_sub(text, from, i), .begins = begins};
    if (i == from || normalise(t->a, w->text, &w->folded))
        return false;
    w->owns = i + 1 < text.n && text.p[i] == '\'' && text.p[i + 1] == 's';
    *pos = i + (w->owns ? 2 : 0);
    return true;
}

/* Sixteen bytes from i on, or what is left of them with zeroes behind. */
static bytes16 bytes_from(str text, size_t i)
{
    bytes16 x = {0};
    if (i + sizeof x <= text.n)
        return bytes16_at(text.p + i);
    memcpy(&x, text.p + i, text.n - i);
    return x;
}

/* A capital with two small letters behind it, other than the first of the text, or an
 * apostrophe: most messages have neither, and "I" is no name. */
static bool may_name(str text)
{
    enum { BEHIND = 2 };
    for (size_t from = 0; from < text.n; from += sizeof(bytes16) - BEHIND) {
        bytes16 x = bytes_from(text, from);
        unsigned capitals = found16_bits((x - 'A') < 26);
        unsigned small = found16_bits(((x - 'a') < 26) | (x >= 0x80));
        unsigned names = capitals & small >> 1 & small >> 2;
        if (from == 0)
            names &= ~1u;
        if (names || found16_any(x == '\''))
            return true;
    }
    return false;
}

static bool names_somebody(struct turning *t)
{
    if (!may_name(t->e->text))
        return false;
    struct written w;
    size_t pos = 0;
    bool personal = false, state = false, named = false, being = false, led = false,
         is = false, maybe = false;
    size_t behind_own = OWN_REACH + 1;
    while (next_word(t, t->e->text, &pos, &w)) {
        named = named || (maybe && !goes_to(w.folded));
        behind_own = is_askers(w.folded) ? 0 : behind_own + 1;
        personal = personal || (behind_own > OWN_REACH && is_personal(w.folded));
        state = state || is_state(w.folded);
        bool name = is_capitalised(w.text) && (((led || is) && !w.begins) || w.owns) &&
            !is_own(t, w.folded) && !is_known(t, w.folded);
        maybe = name && !is;
        being = being || (name && is);
        led = leads_to_name(w.folded);
        is = str_is(w.folded, "is") || str_is(w.folded, "was");
    }
    return (personal && (named || maybe)) || (state && being);
}

/* "may I see his sick days?" of who has a team: something personal of him or her. */
static bool speaks_of_theirs(struct turning *t)
{
    static const char *const owners[] = {"his",  "her", "their", "zijn",
                                         "haar", "hun", "z'n"};
    struct written w;
    size_t pos = 0;
    bool theirs = false;
    if (!str_eq(person_get(t->e->person, STR("role")), STR("manager")))
        return false;
    while (next_word(t, t->e->text, &pos, &w)) {
        if (theirs && is_personal(w.folded))
            return true;
        theirs = is_one_of(w.folded, owners, LEN(owners));
    }
    return false;
}

/* What it would tell is the person's own. */
static bool tells_own(const struct turning *t, const struct card *c)
{
    const struct answer *a = card_answer(c, t->lang, turning_traits(t));
    bool own = c->slots.n > 0 || (a && a->audience.n > 0) ||
        (a && str_has(a->markdown, STR("{person.")));
    for (size_t i = 0; i < c->actions.n; i++)
        own = own || c->actions.v[i].type == ACTION_LOOKUP;
    return own;
}

bool about_somebody(struct turning *t, const struct understood *u)
{
    bool sure = u->card >= 0 && u->sure && u->other < 0;
    if (t->e->type != EVENT_MESSAGE || t->s->private_topic ||
        (sure && (u->score == 1 || !tells_own(t, turning_card(t, u->card)))) ||
        (!names_somebody(t) && (sure || !speaks_of_theirs(t))))
        return false;
    trace(t, "about somebody else, by name: a person is offered");
    (void)route_queue(t, STR_NONE, route_topic(t), false);
    t->s->question = question_kept(t);
    t->s->tried = say(SAY_TRIED_NOTHING, t->lang);
    t->o->kind = OUTCOME_HANDOFF;
    t->o->intent = STR_NONE;
    t->o->score = u->score;
    t->o->unanswered = true;
    reply_handoff_offers(
        t, reply_say(t, t->partner.n ? SAY_ABOUT_TEAM : SAY_ABOUT_SOMEBODY));
    t->s->waiting = WAITING_PERSON; /* what is told next goes along */
    return true;
}
