#include "dialogue/turning.h"

#include <math.h>

/*
 * Whether a card that was recognised also says what was asked: "how much do I get when I
 * stand in on a public holiday" is surely about public holidays, and the card lists them.
 *
 * Three witnesses, none of them good alone: how sure the examples are of the card, how
 * near the question's wording is to one of them, and how much of the question stands in
 * what would be shown. Their weights were fitted by logistic regression to 534 answers
 * given to people who had not seen the content as it was when they asked, each judged by
 * what its text says: 33 of the 58 wrong ones are caught, and of the 476 right ones 28 in
 * a hundred are asked about first. One set left out of the fit tells them as well.
 */
static const double by_score = 2.0, by_near = 1.4, by_shown = 2.0, at_nothing = -1.9;
/* An answer at least that likely to say it is given, by how bold HR wants it. */
static const double answers_from[] = {
    [BOLD_CAREFUL] = .89, [BOLD_BALANCED] = .87, [BOLD_EAGER] = .82};

/* Part of its weight that a word keeps: one that no heading has hardly ever asks for
 * something, one that nobody knows may be a name or a slip of the pen. */
static const double no_topic = .5, unknown_most = 2, is_topical = .3;
/* A word that only examples have: HR thought of it, the answer may not say it. */
static const double only_asked = .5;
/* So near an example that it is one, but for a slip or a word's form. */
static const double the_same = .9;
/* What a regex found within a message is as sure as the examples are, at least so. */
static const double within_least = .7;

/* How much of the question the card says, with its article's section below it or not. */
static double shown(const struct cover *c, bool with_section)
{
    double all = 0, has = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct cover_word *w = &c->v[i];
        double weight = w->weight;
        if (!w->known)
            weight = MIN(weight, unknown_most);
        else if (w->topical < is_topical && !w->named)
            weight *= no_topic;
        all += weight;
        if (w->said || w->topic || (with_section && w->added))
            has += weight;
        else if (w->asked)
            has += only_asked * weight;
    }
    return all > 0 ? has / all : 1;
}

/* What the examples say of a card that a pattern chose. */
static double examples_say(const struct turning *t, int card)
{
    double score = within_least;
    for (size_t i = 0; i < t->o->n_candidates; i++)
        if (t->o->candidates[i].card == card)
            score = MAX(score, t->o->candidates[i].score);
    return score;
}

bool doubtful(struct turning *t, const struct understood *u, const struct cover *c,
              bool with_section)
{
    if ((u->score >= 1 && !u->within) || c->near >= the_same)
        return false; /* HR wrote down this very question */
    double score = u->within ? examples_say(t, u->card) : u->score;
    double says = shown(c, with_section);
    double sum = at_nothing + by_score * score + by_near * c->near + by_shown * says;
    double likely = 1 / (1 + exp(-sum)), enough = answers_from[t->e->boldness];
    trace(t,
          "does it say what is asked: %.2f, answered from %.2f (examples %.2f, wording "
          "%.2f, words shown %.2f)",
          likely, enough, score, c->near, says);
    return likely < enough;
}

/* Of forms that were started and not meant, all were of few words shared and of an unsure
 * topic: "may I take additional birth leave in single days". */
static const double form_from = 1.25;

bool doubtful_form(struct turning *t, const struct understood *u, const struct cover *c)
{
    if (u->score >= 1 || u->score + c->near >= form_from)
        return false;
    trace(t, "is the form meant: examples %.2f and wording %.2f, together from %.2f",
          u->score, c->near, form_from);
    return true;
}
