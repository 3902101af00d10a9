#include "dialogue/point.h"
#include "dialogue/turning.h"

/*
 * Choices: at most three topics or article sections, and "none of these".
 *
 * What is likeliest comes first; the room that is left goes to the runners-up of both
 * rankings, the examples' and the articles', best first and no topic twice.
 */

str section_label(const struct turning *t, const struct section *s)
{
    const struct article *a = &t->brain->catalogue->articles.v[s->article];
    bool same = s->heading.n == 0 || str_eq(s->heading, a->title);
    return same ? a->title
                : arena_fmt(t->a, "%.*s: %.*s", STR_ARG(a->title), STR_ARG(s->heading));
}

/* What choice.c finds it by. */
str section_target(const struct turning *t, int section)
{
    const struct section *s = &t->brain->catalogue->sections.v[section];
    const struct article *a = &t->brain->catalogue->articles.v[s->article];
    return arena_fmt(t->a, "%.*s#%.*s", STR_ARG(a->path), STR_ARG(s->heading));
}

/* Are the sections the article's? True where there are none. */
static bool all_of(const struct turning *t, int article, const int *sections, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (t->brain->catalogue->sections.v[sections[i]].article != article)
            return false;
    return true;
}

/* What points back is no topic of its own. */
static bool points_back(const struct turning *t)
{
    struct words words = words_of(t->a, t->folded);
    return point_opener(t->folded) > 0 || point_points(&words, t->lang);
}

static void offer_among(struct turning *t, struct reply *r, const int *cards,
                        size_t n_cards, const int *sections, size_t n_sections)
{
    for (size_t i = 0; i < n_cards && r->n_choices < CHOICE_MAX; i++) {
        const struct card *c = turning_card(t, cards[i]);
        reply_offer(t, r, OFFER_CARD, c->id, card_label(t, c));
    }
    for (size_t i = 0; i < n_sections && r->n_choices < CHOICE_MAX; i++) {
        const struct section *s = &t->brain->catalogue->sections.v[sections[i]];
        reply_offer(t, r, OFFER_ARTICLE, section_target(t, sections[i]),
                    section_label(t, s));
    }
    reply_offer(t, r, OFFER_NONE_OF_THESE, STR_NONE, say(SAY_NONE_OF_THESE, t->lang));
    t->o->kind = OUTCOME_CHOICE;
    t->o->intent = STR_NONE;
    if (n_cards == 1 && t->s->form.card.n == 0 && t->about.n == 0 &&
        all_of(t, card_article(t, cards[0]), sections, n_sections) && !points_back(t))
        topic_set(t, turning_card(t, cards[0])->id); /* "for the bank" goes on from it */
    t->s->question = question_kept(t);
    t->s->tried = say(SAY_TRIED_CHOICE, t->lang);
    t->s->waiting = WAITING_CHOICE;
}

void offer_choice(struct turning *t, const int *cards, size_t n_cards,
                  const int *sections, size_t n_sections)
{
    int others[CHOICE_MAX]; /* sections that no card of these shows */
    size_t n = 0;
    for (size_t i = 0; i < n_sections && n < CHOICE_MAX; i++) {
        bool shown = false;
        for (size_t k = 0; k < n_cards; k++)
            shown = shown || card_shows(t, turning_card(t, cards[k]), sections[i]);
        if (!shown)
            others[n++] = sections[i];
    }
    bool one = n_cards + n == 1;
    offer_among(t, reply_say(t, one ? SAY_CHOICE_ONE : SAY_CHOICE), cards, n_cards,
                others, n);
}

void offer_topic(struct turning *t, int card)
{
    struct value v = {.slot = STR("topic"),
                      .shown = card_label(t, turning_card(t, card))};
    offer_among(t, reply_filled(t, SAY_CHOICE_TOPIC, &v, 1), &card, 1, NULL, 0);
}

/* --- the runners-up --- */

struct options {
    int card[CHOICE_MAX], section[CHOICE_MAX]; /* -1: the other */
    size_t n;
};

static int article_of_option(const struct turning *t, const struct options *o, size_t i)
{
    return o->card[i] >= 0 ? card_article(t, o->card[i])
                           : t->brain->catalogue->sections.v[o->section[i]].article;
}

static bool is_there(const struct turning *t, const struct options *o, int card,
                     int article)
{
    for (size_t i = 0; i < o->n; i++)
        if ((card >= 0 && o->card[i] == card) ||
            (article >= 0 && article_of_option(t, o, i) == article))
            return true;
    return false;
}

static void add_option(struct options *o, int card, int section)
{
    if (o->n == CHOICE_MAX)
        return;
    o->card[o->n] = card;
    o->section[o->n++] = section;
}

/* Best first of both; they are probabilities, calibrated each on its own. */
static void add_runners_up(const struct turning *t, struct options *o,
                           const struct search_result *r)
{
    size_t c = 0, s = 0, n_sections = r ? r->n : 0;
    while (o->n < CHOICE_MAX) {
        const struct candidate *card =
            c < t->o->n_candidates && t->o->candidates[c].score >= choice_floor
            ? &t->o->candidates[c]
            : NULL;
        const struct hit *hit =
            s < n_sections && r->v[s].score >= section_least ? &r->v[s] : NULL;
        if (!card && !hit)
            return;
        if (card && (!hit || card->score >= hit->score)) {
            c++;
            if (!is_small_talk(turning_card(t, card->card)) &&
                !is_there(t, o, card->card, card_article(t, card->card)))
                add_option(o, card->card, -1);
        } else {
            s++;
            if (!is_there(t, o, -1, hit->article))
                add_option(o, -1, hit->section);
        }
    }
}

void offer_nearest(struct turning *t, int card, int section,
                   const struct search_result *r)
{
    struct options o = {.n = 0};
    if (card >= 0)
        add_option(&o, card, -1);
    if (section >= 0 && (card < 0 || !card_shows(t, turning_card(t, card), section)))
        add_option(&o, -1, section);
    if (o.n == 0 && r && r->n > 0)
        add_option(&o, -1, r->v[0].section);
    add_runners_up(t, &o, r);
    int cards[CHOICE_MAX], sections[CHOICE_MAX];
    size_t n_cards = 0, n_sections = 0;
    for (size_t i = 0; i < o.n; i++)
        if (o.card[i] >= 0)
            cards[n_cards++] = o.card[i];
        else
            sections[n_sections++] = o.section[i];
    offer_choice(t, cards, n_cards, sections, n_sections);
}
