#include "dialogue/turning.h"

#include "text/lang.h"
#include "text/word.h"

/*
 * The language of a turn. A conversation has one, and a message in passing does not
 * change it; a first message says less the shorter it is, so that what the client or the
 * people table tells of the person weighs until its own words are plain.
 */

/* Sure enough to leave the conversation's language for another. A few words ("skip", a
 * name) tell little, and in the middle of a form nobody changes language in passing. */
static const double switch_from = 0.75, switch_short_from = 0.9;
/* Of a first message: sure enough against what is known, and against a mere guess. */
static const double plain_from = 0.97, guess_from = 0.9;
enum { SHORT_BYTES = 12, LONG_BYTES = 24, FEW_WORDS = 3, OTHER_WORDS_MAX = 6 };

static size_t count_words(const struct turning *t)
{
    return nlu_cut(t->brain->nlu, t->folded)->list.n;
}

/* Does it hold a small word of the language? Names and nonsense do not. */
static bool has_hint(const struct turning *t, enum lang l, int least)
{
    const struct words *w = nlu_cut(t->brain->nlu, t->folded);
    for (size_t i = 0; i < w->list.n; i++)
        if (lang_hint(l, w->list.v[i].text) >= least)
            return true;
    return false;
}

static bool may_switch(const struct turning *t, enum lang to, double sure)
{
    if (t->s->lang_chosen || to == t->s->lang)
        return false;
    if ((t->s->form.card.n > 0 || t->s->waiting != WAITING_NOTHING) &&
        t->folded.n < LONG_BYTES)
        return false;
    return sure == 1 ||
        (sure >= (t->folded.n < SHORT_BYTES ? switch_short_from : switch_from) &&
         has_hint(t, to, count_words(t) < FEW_WORDS ? 2 : 1));
}

/* A phrase that HR wrote in one language only tells more than its letters; one or two
 * words of it ("payslip?") are borrowed too often to tell much. */
static enum lang phrase_language(const struct turning *t, double *sure)
{
    enum lang found = LANG_NONE;
    int other;
    for (int l = 0; l < LANG_COUNT; l++) {
        if (nlu_exact(t->brain->nlu, (enum lang)l, t->folded, t->allowed, &other) < 0)
            continue;
        if (found != LANG_NONE)
            return LANG_NONE;
        found = (enum lang)l;
    }
    *sure = 1;
    if (found != LANG_NONE && count_words(t) < FEW_WORDS) {
        double letters;
        bool agree = nlu_language(t->brain->nlu, t->folded, &letters) == found;
        *sure = agree ? MAX(letters, switch_short_from) : switch_short_from;
    }
    return found;
}

/* What is known of the person: what the client asks for, or the people table tells. */
static enum lang own_language(const struct turning *t, bool *guessed)
{
    enum lang own = t->e->lang;
    *guessed = false;
    if (own == LANG_NONE && t->e->person)
        own = lang_of(person_get(t->e->person, STR("language")));
    if (own != LANG_NONE || !t->e->person)
        return own;
    *guessed = true; /* people of a Dutch-speaking country, who may be from anywhere */
    str country = person_get(t->e->person, STR("country"));
    return str_eq_ascii(country, STR("NL")) || str_eq_ascii(country, STR("BE"))
        ? LANG_NL
        : LANG_NONE;
}

static enum lang first_language(struct turning *t, enum lang found, double sure)
{
    bool guessed;
    enum lang own = own_language(t, &guessed);
    if (own == LANG_NONE || found == LANG_NONE || found == own)
        return found == LANG_NONE ? own : found;
    size_t words = count_words(t);
    bool plain = sure == 1 || (sure >= switch_from && has_hint(t, found, 1)) ||
        sure >= plain_from + (words == 1 && !guessed) ||
        (guessed && words > 1 && sure >= guess_from);
    if (!plain)
        trace(t, "language: too little to tell; the person's own is %s", lang_code(own));
    return plain ? found : own;
}

void spoken_find(struct turning *t)
{
    struct session *s = t->s;
    double sure = 1;
    t->lang_before = s->lang;
    enum lang found = t->folded.n ? phrase_language(t, &sure) : LANG_NONE;
    if (t->folded.n && found == LANG_NONE)
        found = nlu_language(t->brain->nlu, t->folded, &sure);
    bool fixed = t->e->lang_fixed && s->lang == LANG_NONE;
    if (t->e->lang != LANG_NONE && (fixed || t->e->type == EVENT_PRESENT))
        t->lang = t->e->lang;
    else if (s->lang == LANG_NONE)
        t->lang = first_language(t, found, sure);
    else
        t->lang = found != LANG_NONE && may_switch(t, found, sure) ? found : s->lang;
    if (t->lang == LANG_NONE)
        t->lang = LANG_NL;
    t->lang_plain = found == t->lang && sure >= plain_from && has_hint(t, found, 1);
    trace(t, "language: %s (%.0f%% sure of %s)", lang_code(t->lang), sure * 100,
          found == LANG_NONE ? "none" : lang_code(found));
    s->lang = t->lang;
    t->o->lang = t->lang;
}

/* Of the classifier: what is sure, or, when nothing else helps, worth a question. */
static bool rank_otherwise(struct turning *t, enum lang other, double least, bool ask,
                           struct candidate *best, bool *sure)
{
    struct nlu_result r;
    nlu_rank(t->brain->nlu, other, t->folded, t->allowed, t->e->boldness, &r);
    if (r.n == 0 || r.v[0].score <= least)
        return false;
    *best = r.v[0];
    *sure = r.band == BAND_ANSWER;
    return *sure || (ask && r.band == BAND_CHOICE);
}

bool spoken_otherwise(struct turning *t, const struct understood *u, bool ask)
{
    enum lang other = t->lang == LANG_NL ? LANG_EN : LANG_NL;
    struct candidate best = {.score = 1};
    int tied, line;
    bool sure = true;
    if (t->e->lang_fixed || t->lang_plain || u->sure || count_words(t) > OTHER_WORDS_MAX)
        return false;
    best.card = nlu_exact(t->brain->nlu, other, t->folded, t->allowed, &tied);
    if (best.card < 0)
        best.card =
            nlu_pattern(t->brain->nlu, other, t->folded, t->allowed, &tied, &line);
    if (best.card < 0) {
        tied = -1;
        if (!rank_otherwise(t, other, u->score, ask, &best, &sure))
            return false;
    }
    const struct card *c = turning_card(t, best.card);
    if (tied >= 0 || is_small_talk(c) ||
        nlu_vetoed(t->brain->nlu, best.card, other, t->folded))
        return false;
    trace(t, "by words of the other language: %.*s %.2f", STR_ARG(c->id), best.score);
    if (sure)
        card_run(t, best.card, best.score);
    else
        offer_choice(t, &best.card, 1, NULL, 0);
    t->o->score = best.score;
    return true;
}
