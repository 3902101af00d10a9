#include "dialogue/turning.h"

/*
 * Examples and article agree on the topic; whether the asked fact is in what would be
 * shown is another question. Three ways it goes: the card says it; the article behind it
 * has a section that does, which is then shown as well or offered; a word that headings
 * are about stands in none of it, and then it is asked whether the topic is meant.
 *
 * The figures were chosen on a thousand questions written by people who had not seen the
 * content: what is added is what answers them in nine cases of ten, and of the right
 * answers one in a hundred is asked about.
 */
static const double adds = 2.4, offers = 1.6;            /* gain of a section */
static const double names_other = 2.3, names_share = .2; /* of another topic */
static const double lacks = 3.6, lacks_share = .33;
static const double is_topical = .3;
static const double named_least = 1.5; /* weight: "long" is in a title, too */

/* A form asks back by itself, a hand-off asks before it sends, and small talk answers no
 * question. */
static bool only_answers(const struct card *c)
{
    for (size_t i = 0; i < c->actions.n; i++)
        if (c->actions.v[i].type != ACTION_LOOKUP)
            return false;
    return c->slots.n == 0 && !is_small_talk(c);
}

/* "How long before ..., until when ..., what if ...": asks for a rule, not for the form
 * that acts on it. */
static bool asks_for_rule(const struct turning *t)
{
    static const char *const starts[] = {
        "hoe lang",  "hoelang",    "hoeveel",      "tot wanneer", "tot hoe",
        "tot welke", "binnen hoe", "binnen welke", "how long",    "how many",
        "how far",   "how soon",   "how late",     "until when",  "by when",
        "what if",   "wat als",    "how much",     "up to when",  "mag ik weigeren"};
    str text = nlu_unpad(t->brain->nlu, t->lang, t->folded);
    for (size_t i = 0; i < LEN(starts); i++)
        if (str_starts(text, str_c(starts[i])))
            return true;
    return false;
}

/* A form that may not be what is meant, while an article has the rule: both are offered.
 */
static bool offer_rule(struct turning *t, const struct understood *u)
{
    struct search_result r;
    if (u->score >= 1 || turning_card(t, u->card)->slots.n == 0 || !asks_for_rule(t))
        return false;
    knowledge_find(t, NULL, &r);
    if (r.n == 0 || r.band == SEARCH_DECLINE)
        return false;
    trace(t, "asks for a rule rather than for the form: ask");
    offer_choice(t, &u->card, 1, &r.v[0].section, 1);
    t->o->score = u->score;
    return true;
}

static void trace_cover(struct turning *t, const struct cover *c)
{
    if (!t->e->explain)
        return;
    struct buf said = buf_new(t->a, 1000), lacking = buf_new(t->a, 1000);
    for (size_t i = 0; i < c->n; i++) {
        const struct cover_word *w = &c->v[i];
        if (w->said || w->weight <= 0)
            continue;
        bool nowhere = !w->asked && !w->article && !w->topic;
        struct buf *b = nowhere ? &lacking : &said;
        buf_fmt(b, "%s%.*s (%.1f%s)", b->n ? ", " : "", STR_ARG(w->word), w->weight,
                w->named && w->weight >= named_least ? ", another topic's"
                    : !w->known                      ? ", a word of nobody's"
                    : w->topical >= is_topical       ? ""
                                                     : ", no heading's word");
    }
    if (said.n)
        trace(t, "words the card's answer lacks: %.*s", STR_ARG(buf_str(&said)));
    if (lacking.n)
        trace(t, "words that neither the card nor its article has: %.*s",
              STR_ARG(buf_str(&lacking)));
    if (c->section >= 0)
        trace(t, "the article's \"%.*s\"%s adds %.1f; shown as well from %.1f",
              STR_ARG(t->brain->catalogue->sections.v[c->section].heading),
              c->headed ? " names it and" : "", c->gain, adds);
}

struct lacking {
    double weight; /* of the headings' words that nothing of the card has */
    double named;  /* of those that are the names of topics */
    double all;    /* of the headings' words */
};

static struct lacking lacking(const struct cover *c)
{
    struct lacking l = {0};
    for (size_t i = 0; i < c->n; i++) {
        const struct cover_word *w = &c->v[i];
        if (!w->known || (w->topical < is_topical && !w->named))
            continue;
        l.all += w->weight;
        if (w->said || w->asked || w->article || w->topic)
            continue;
        l.weight += w->weight;
        l.named += w->named && w->weight >= named_least ? w->weight : 0;
    }
    return l;
}

/* No runner-up among the cards is worth a place. */
static bool is_alone(const struct turning *t, int card)
{
    for (size_t i = 0; i < t->o->n_candidates; i++)
        if (t->o->candidates[i].card != card && t->o->candidates[i].score >= choice_floor)
            return false;
    return true;
}

/* Asks whether the card's topic is meant, and offers what its own article and others
 * have.
 */
static void ask_instead(struct turning *t, const struct understood *u,
                        const struct cover *c)
{
    struct search_result r;
    knowledge_find(t, NULL, &r);
    int section = c->section >= 0 && c->gain >= offers ? c->section : -1;
    if (section < 0 && (r.band == SEARCH_DECLINE || r.n == 0) && is_alone(t, u->card))
        offer_topic(t, u->card);
    else
        offer_nearest(t, u->card, section, &r);
    t->o->score = u->score;
    t->o->asked = turning_card(t, u->card)->id;
}

/* The question names another topic than the card's. */
static bool is_of_another(const struct lacking *l)
{
    return (l->named >= names_other && l->named >= names_share * l->all) ||
        (l->weight >= lacks && l->weight >= lacks_share * l->all);
}

static void add_section(struct turning *t, const struct card *card, const struct cover *c)
{
    if (t->o->replies.n == 0 || t->o->kind != OUTCOME_ANSWER || c->section < 0 ||
        card_shows(t, card, c->section))
        return;
    struct reply *r = &t->o->replies.v[t->o->replies.n - 1];
    if (c->gain >= adds || c->headed) {
        section_add(t, r, c->section);
    } else if (c->gain >= offers && t->o->score < 1) {
        reply_also(t, r);
        reply_offer(t, r, OFFER_ARTICLE, section_target(t, c->section),
                    section_label(t, &t->brain->catalogue->sections.v[c->section]));
    }
}

/* How the question is covered by the card and its article (-1: none). */
static struct cover look(struct turning *t, int card, int article)
{
    struct cover c;
    struct search_query q = {.lang = t->lang,
                             .folded = nlu_unpad(t->brain->nlu, t->lang, t->folded),
                             .traits = turning_traits(t),
                             .today = t->e->today};
    search_cover(t->brain->search, &q, card, article, &c);
    return c;
}

/* What acts on the question, or answers none. */
static void run_other(struct turning *t, const struct understood *u)
{
    if (offer_rule(t, u))
        return;
    if (turning_card(t, u->card)->slots.n > 0) {
        struct cover c = look(t, u->card, -1);
        if (doubtful_form(t, u, &c)) {
            ask_instead(t, u, &c);
            return;
        }
    }
    card_run(t, u->card, u->score);
}

void card_run_covered(struct turning *t, const struct understood *u)
{
    if (!only_answers(turning_card(t, u->card))) {
        run_other(t, u);
        return;
    }
    int article = card_article(t, u->card);
    struct cover c = look(t, u->card, article);
    trace_cover(t, &c);
    struct lacking l = lacking(&c);
    bool added = c.section >= 0 && (c.gain >= adds || c.headed);
    bool of_another = u->score < 1 && !added && is_of_another(&l);
    /* a regex of a card without an article speaks of what HR does not tell */
    bool judged = article >= 0 || !u->within;
    if (of_another || (judged && doubtful(t, u, &c, added))) {
        trace(t, of_another ? "it names another topic: ask" : "it may not: ask");
        ask_instead(t, u, &c);
        return;
    }
    card_run(t, u->card, u->score);
    add_section(t, turning_card(t, u->card), &c);
}
