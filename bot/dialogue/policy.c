#include "dialogue/turning.h"

#include "text/redact.h"

/* What HR could do about it, in the words of the cards. */
static void trace_tipping(struct turning *t, const struct nlu_result *r, double choice,
                          double answer)
{
    if (r->n == 0)
        return;
    str best = turning_card(t, r->v[0].card)->id;
    double score = r->v[0].score;
    if (score >= answer)
        trace(t, "what would tip it: %.2f more than an answer needs", score - answer);
    else if (score < choice)
        trace(
            t,
            "what would tip it: %.2f more for a choice, %.2f more for an answer; add the "
            "question, in other words, to the card that should answer",
            choice - score, answer - score);
    else if (r->n > 1 && r->v[1].score >= choice_floor)
        trace(t,
              "what would tip it: %.2f more for an answer; an example of %.*s in these "
              "words, or a line under Not of %.*s",
              answer - score, STR_ARG(best), STR_ARG(turning_card(t, r->v[1].card)->id));
    else
        trace(t,
              "what would tip it: %.2f more for an answer; an example of %.*s in these "
              "words",
              answer - score, STR_ARG(best));
}

static void trace_candidates(struct turning *t, const struct nlu_result *r)
{
    double choice, answer;
    nlu_bars(t->brain->nlu, t->lang, t->e->boldness, &choice, &answer);
    for (size_t i = 0; i < r->n; i++)
        trace(t, "examples: %.*s %.2f%s", STR_ARG(turning_card(t, r->v[i].card)->id),
              r->v[i].score, i == 0 ? "" : " (runner-up)");
    trace(t, "examples: not for HR %.2f; answer from %.2f, choice from %.2f", r->none,
          answer, choice);
    trace_tipping(t, r, choice, answer);
    if (!t->e->explain || r->n == 0)
        return;
    struct weighed_word w[6];
    size_t n = nlu_words(t->brain->nlu, t->a, t->lang, t->folded, r->v[0].card,
                         r->n > 1 ? r->v[1].card : -1, w, LEN(w));
    struct buf b = buf_new(t->a, 1000);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%.*s (%+.2f)", i ? ", " : "", STR_ARG(w[i].word), w[i].weight);
    if (n > 0)
        trace(t, "words that counted for %.*s: %.*s",
              STR_ARG(turning_card(t, r->v[0].card)->id), STR_ARG(buf_str(&b)));
}

/* The classifier ranks whatever decided, so that candidates can always be shown. */
static struct understood rank(struct turning *t, struct nlu_result *r)
{
    nlu_rank(t->brain->nlu, t->lang, t->folded, t->allowed, t->e->boldness, r);
    t->o->n_candidates = r->n;
    memcpy(t->o->candidates, r->v, sizeof t->o->candidates);
    trace_candidates(t, r);
    if (r->n == 0 || r->band == BAND_DECLINE)
        return (struct understood){
            .card = -1, .other = -1, .score = r->n ? r->v[0].score : 0, .none = r->none};
    return (struct understood){.card = r->v[0].card,
                               .other = -1,
                               .score = r->v[0].score,
                               .sure = r->band == BAND_ANSWER};
}

/* A regex is found anywhere in a message: it tells the topic, not the question. */
static bool is_regex(const struct turning *t, int card, int line)
{
    for (size_t l = 0; l < LANG_COUNT; l++) {
        const struct phrases *p = &turning_card(t, card)->patterns[l];
        for (size_t i = 0; i < p->list.n; i++)
            if (p->list.v[i].line == line)
                return str_starts(p->list.v[i].text, STR("/"));
    }
    return false;
}

static struct understood understand_anew(struct turning *t)
{
    struct nlu_result ranked;
    struct understood by_examples = rank(t, &ranked);
    int other = -1, line = 0;
    int card = nlu_exact(t->brain->nlu, t->lang, t->folded, t->allowed, &other);
    if (card >= 0 && !nlu_vetoed(t->brain->nlu, card, t->lang, t->folded)) {
        trace(t, "exact phrase of %.*s", STR_ARG(turning_card(t, card)->id));
        return (struct understood){
            .card = card, .other = other, .score = 1, .sure = other < 0};
    }
    card = nlu_pattern(t->brain->nlu, t->lang, t->folded, t->allowed, &other, &line);
    if (card >= 0) {
        trace(t, "pattern of %.*s, line %d of %.*s", STR_ARG(turning_card(t, card)->id),
              line, STR_ARG(turning_card(t, card)->file));
        return (struct understood){.card = card,
                                   .other = other,
                                   .score = 1,
                                   .sure = other < 0,
                                   .within = is_regex(t, card, line)};
    }
    if (nlu_background(t->brain->nlu, t->lang, t->folded)) {
        trace(t, "exact phrase of what is not for HR");
        return (struct understood){.card = -1, .other = -1, .none = 1};
    }
    trace(t, "no exact phrase, no pattern");
    return by_examples;
}

struct understood understand(struct turning *t)
{
    if (t->understood_for.p != t->folded.p || t->understood_for.n != t->folded.n ||
        t->folded.n == 0)
        t->understood = understand_anew(t); /* once, though a running form asks as well */
    t->understood_for = t->folded;
    return t->understood;
}

struct understood understand_aside(struct turning *t, str words)
{
    struct candidate candidates[NLU_CANDIDATES];
    size_t n = t->o->n_candidates;
    str whole = t->folded;
    memcpy(candidates, t->o->candidates, sizeof candidates);
    t->folded = words;
    struct understood u = understand(t);
    t->folded = whole;
    memcpy(t->o->candidates, candidates, sizeof candidates);
    t->o->n_candidates = n;
    return u;
}

str question_kept(struct turning *t)
{
    str said = redact(t->a, t->o->said, (struct strs){0});
    t->o->redacted_from = t->o->said;
    t->o->redacted = said;
    return t->about.n ? arena_fmt(t->a, "%.*s (%.*s)", STR_ARG(said), STR_ARG(t->about))
                      : said;
}

/* By hand: it is made for every question that is declined, and printf takes its time for
 * a number with two decimals. */
static str tried_nearest(struct turning *t, const struct candidate *c)
{
    unsigned score = (unsigned)(c->score * 100 + 0.5); /* 0..100 */
    str nearest = say(SAY_TRIED_NEAREST, t->lang);
    str name = card_label(t, turning_card(t, c->card));
    char *p = arena_room(t->a, nearest.n + name.n + sizeof "  (0.00)"), *to = p;
    memcpy(to, nearest.p, nearest.n);
    to += nearest.n;
    *to++ = ' ';
    memcpy(to, name.p, name.n);
    to += name.n;
    const char shown[] = {' ',
                          '(',
                          (char)('0' + score / 100),
                          '.',
                          (char)('0' + score / 10 % 10),
                          (char)('0' + score % 10),
                          ')',
                          '\0'};
    memcpy(to, shown, sizeof shown);
    return (str){p, nearest.n + name.n + sizeof "  (0.00)" - 1};
}

void decline(struct turning *t)
{
    t->o->kind = OUTCOME_HANDOFF;
    t->o->intent = STR_NONE;
    t->o->unanswered = true;
    struct reply *r = reply_say(t, t->s->declined > 0 ? SAY_DECLINE_AGAIN : SAY_DECLINE);
    t->s->declined++;
    t->s->question = question_kept(t);
    t->s->tried = t->o->n_candidates > 0 ? tried_nearest(t, &t->o->candidates[0])
                                         : say(SAY_TRIED_NOTHING, t->lang);
    if (login_would_answer(t)) {
        trace(t, "a card for some people only would answer");
        r = reply_say(t, SAY_LOGIN_ANSWERS);
        t->o->needs_person = true;
    }
    reply_handoff_offers(t, r);
}

void knowledge_find(struct turning *t, const struct search_wanted *wanted,
                    struct search_result *r)
{
    struct search_query q = {.lang = t->lang,
                             .folded = t->folded,
                             .traits = turning_traits(t),
                             .today = t->e->today,
                             .eagerness = (double)t->e->boldness - (double)BOLD_BALANCED,
                             /* who asks why sees all of it */
                             .wanted = t->e->explain ? NULL : wanted};
    search_find(t->brain->search, &q, r);
    t->o->n_articles = r->n;
    memcpy(t->o->articles, r->v, sizeof t->o->articles);
    if (!t->e->explain)
        return;
    struct search_term terms[24];
    size_t n = search_explain(t->brain->search, t->a, &q, terms, LEN(terms));
    for (size_t i = 0; i < n; i++)
        trace(t, "knowledge: \"%.*s\" read as %.*s, weight %.1f%s",
              STR_ARG(terms[i].word), STR_ARG(terms[i].read_as), terms[i].idf,
              terms[i].alike       ? ", which only looks like it"
                  : terms[i].found ? ""
                                   : ", in no article");
    for (size_t i = 0; i < MIN(r->n, 3); i++) {
        const struct section *s = &t->brain->catalogue->sections.v[r->v[i].section];
        trace(t, "knowledge: %.2f %.*s, \"%.*s\"", r->v[i].score,
              STR_ARG(t->brain->catalogue->articles.v[s->article].path),
              STR_ARG(s->heading));
    }
    static const char *const bands[] = {"declined", "a choice", "an answer"};
    trace(t, "knowledge: good enough for %s", bands[r->band]);
}

/* "Do you mean: Goodbye?" is no question to ask: small talk that is the likeliest by far
 * is answered, the rest is never offered. */
static bool is_probably_talk(const struct turning *t, const struct understood *u)
{
    if (u->card < 0 || !is_small_talk(turning_card(t, u->card)))
        return false;
    for (size_t i = 0; i < t->o->n_candidates; i++)
        if (!is_small_talk(turning_card(t, t->o->candidates[i].card)) &&
            t->o->candidates[i].score * 2 > u->score)
            return false;
    return true;
}

/* The card's own article is the best passage: two independent witnesses agree. */
static bool agrees(const struct turning *t, int card, const struct search_result *r)
{
    const struct source_ref *ref = &turning_card(t, card)->source[t->lang];
    return r->n > 0 && r->band == SEARCH_ANSWER && ref->path.n > 0 &&
        ref->article == r->v[0].article;
}

/* Other sections that are about as good; a choice would have been too much. */
static const double also_least = 0.5, also_share = 0.75;
enum { ALSO_MAX = 2 };

static void offer_also(struct turning *t, const struct search_result *r)
{
    const struct catalogue *c = t->brain->catalogue;
    struct reply *answer = &t->o->replies.v[t->o->replies.n - 1];
    size_t n = 0;
    for (size_t i = 1; i < r->n && n < ALSO_MAX; i++) {
        const struct hit *h = &r->v[i];
        if (h->score < also_least || h->score < r->v[0].score * also_share)
            break;
        if (n++ == 0)
            reply_also(t, answer);
        reply_offer(t, answer, OFFER_ARTICLE, section_target(t, h->section),
                    section_label(t, &c->sections.v[h->section]));
    }
}

static void answer_article(struct turning *t, const struct search_result *r)
{
    struct search_query q = {.lang = t->lang, .folded = t->folded};
    int section = search_row_section(t->brain->search, &q, r->v[0].section);
    if (section != r->v[0].section)
        trace(t, "knowledge: \"%.*s\" of that article has the row of the number",
              STR_ARG(t->brain->catalogue->sections.v[section].heading));
    t->o->score = r->v[0].score;
    article_say(t, section);
    offer_also(t, r);
    if (r->hidden > 0 && !t->e->person) {
        reply_say(t, SAY_LOGIN_ADDS);
        t->o->needs_person = true;
    }
}

/* Examples that say "not for HR" against words shared with an article: the surer of the
 * two wins, and the knowledge base still speaks, one band more modestly. */
static const double not_for_hr = 0.6;

static void doubt(struct turning *t, const struct understood *u, struct search_result *r)
{
    if (u->none < not_for_hr || r->band == SEARCH_DECLINE ||
        (r->n > 0 && r->v[0].score >= u->none))
        return;
    r->band = r->band == SEARCH_ANSWER ? SEARCH_CHOICE : SEARCH_DECLINE;
    trace(t, "the examples are surer that this is not for HR (%.2f): %s", u->none,
          r->band == SEARCH_CHOICE ? "ask instead of answer" : "decline");
}

bool knowledge_message(struct turning *t)
{
    struct search_result r;
    knowledge_find(t, NULL, &r);
    if (r.band != SEARCH_ANSWER)
        return false;
    answer_article(t, &r);
    return true;
}

/* Who corrects us names the topic in a word or two: the nearest is worth a question. */
static bool worth_asking(const struct turning *t)
{
    return t->o->n_candidates > 0 && t->o->candidates[0].score >= choice_floor &&
        !is_small_talk(turning_card(t, t->o->candidates[0].card));
}

/* An article that a card stands for, while the examples did not take the question for
 * that card's: the two witnesses do not agree, and one of them alone is wrong more often
 * than right. Where no card stands for it, the article is all there is. */
static bool is_contradicted(const struct turning *t, const struct search_result *r)
{
    const struct catalogue *c = t->brain->catalogue;
    for (size_t i = 0; i < c->cards.n; i++)
        if (t->allowed[i] && card_article(t, (int)i) == r->v[0].article)
            return true;
    return false;
}

/* Neither the examples nor the articles would ask by themselves, but they point the same
 * way. Of 49 questions that were declined though HR answers them this asks about 25, of
 * 210 that HR does not answer about 6. */
static const double together = 0.4, each = 0.05;

static int agreed_upon(const struct turning *t, const struct search_result *r)
{
    for (size_t i = 0; i < t->o->n_candidates; i++) {
        const struct candidate *c = &t->o->candidates[i];
        int article = card_article(t, c->card);
        double best = 0;
        for (size_t k = 0; k < r->n && article >= 0; k++)
            if (r->v[k].article == article)
                best = MAX(best, r->v[k].score);
        if (c->score >= each && c->score + best >= together &&
            !is_small_talk(turning_card(t, c->card)))
            return c->card;
    }
    return -1;
}

/* What the articles could still do for a question that they do not answer: agree with a
 * candidate, or stand beside the card in a choice. */
static struct search_wanted wanted(const struct turning *t, const struct understood *u)
{
    struct search_wanted w = {.any = u->card >= 0 ? section_least : 2,
                              .asks_from = u->none >= not_for_hr ? u->none : 0,
                              .hits = OFFER_HITS};
    for (size_t i = 0; i < t->o->n_candidates && u->card < 0; i++) {
        const struct candidate *c = &t->o->candidates[i];
        int article = card_article(t, c->card);
        if (c->score < each || is_small_talk(turning_card(t, c->card)))
            continue;
        if (c->score >= together || w.n == SEARCH_WANTED_MAX)
            w.any = section_least;
        else if (article >= 0) {
            w.v[w.n].article = article;
            w.v[w.n++].score = together - c->score;
            w.hits = SEARCH_HITS_MAX; /* wherever it is */
        }
    }
    return w;
}

/* Nothing is sure enough to be said. */
static void ask_or_decline(struct turning *t, const struct understood *u,
                           const struct search_result *r)
{
    int card = agreed_upon(t, r);
    t->o->score = u->score;
    if (card >= 0) {
        trace(t, "examples and articles are unsure, but point the same way: ask");
        offer_nearest(t, card, -1, r);
    } else if (t->put_right && worth_asking(t)) {
        trace(t, "a correction: the nearest is asked about");
        offer_choice(t, (int[]){t->o->candidates[0].card}, 1, NULL, 0);
    } else if (!spoken_otherwise(t, u, true)) {
        t->o->score = u->score;
        decline(t);
    }
}

static void weigh(struct turning *t, const struct understood *u)
{
    struct search_result r;
    struct search_wanted w = wanted(t, u);
    knowledge_find(t, &w, &r);
    doubt(t, u, &r);
    if (u->card >= 0 && agrees(t, u->card, &r)) {
        trace(t, "the card's own article is the best passage: they agree");
        card_run_covered(t, u);
    } else if (r.band != SEARCH_ANSWER && is_probably_talk(t, u)) {
        card_run(t, u->card, u->score);
    } else if (u->card >= 0) {
        offer_nearest(t, u->card, -1, &r);
        t->o->score = u->score;
    } else if (r.band == SEARCH_ANSWER && !is_contradicted(t, &r)) {
        answer_article(t, &r);
    } else if (r.band != SEARCH_DECLINE) {
        if (r.band == SEARCH_ANSWER)
            trace(t,
                  "a card stands for that article, but the examples do not say so: "
                  "ask");
        offer_nearest(t, -1, -1, &r);
        t->o->score = r.v[0].score;
    } else {
        ask_or_decline(t, u, &r);
    }
}

enum aside policy_aside(struct turning *t, const struct understood *u)
{
    static const struct understood nothing = {.card = -1, .other = -1};
    struct search_result r;
    u = u ? u : &nothing;
    knowledge_find(t, NULL, &r);
    doubt(t, u, &r);
    bool talk = u->card >= 0 && is_small_talk(turning_card(t, u->card));
    if (u->card < 0 && r.band == SEARCH_ANSWER && !is_contradicted(t, &r)) {
        answer_article(t, &r);
        return ASIDE_SAID;
    }
    if (u->card >= 0 && u->other < 0 && agrees(t, u->card, &r)) {
        card_run(t, u->card, u->score);
        return ASIDE_SAID;
    }
    if ((u->card < 0 || talk) && r.band == SEARCH_DECLINE)
        return ASIDE_NOTHING;
    offer_nearest(t, talk ? -1 : u->card, -1, &r);
    t->o->score = u->score;
    return ASIDE_OFFERED;
}

static void judge_one_half(struct turning *t)
{
    struct search_result r;
    struct understood none = {.card = -1, .other = -1};
    if (t->e->knowledge_only) {
        knowledge_find(t, NULL, &r);
        if (r.band == SEARCH_ANSWER)
            answer_article(t, &r);
        else if (r.band == SEARCH_CHOICE)
            weigh(t, &none);
        else
            decline(t);
        if (r.n > 0)
            t->o->score = r.v[0].score;
        return;
    }
    struct understood u = understand(t);
    t->o->score = u.score;
    if (u.card >= 0 && u.other < 0 && u.sure)
        card_run(t, u.card, u.score);
    else if (u.card >= 0)
        offer_nearest(t, u.card, -1, NULL);
    else
        decline(t);
}

void policy_message(struct turning *t)
{
    if (t->e->knowledge_only || t->e->intents_only) {
        judge_one_half(t);
        return;
    }
    struct understood u = understand(t);
    if (sensitive_hunch(t, &u))
        return;
    sensitive_fade(t);
    if (!t->s->private_topic && !(u.sure && u.score == 1) &&
        (foreign_message(t) || long_message(t) || two_questions(t)))
        return;
    if (about_somebody(t, &u) || follow_up(t, &u))
        return;
    if (!u.sure)
        hear_annoyance(t);
    if (u.card >= 0 && u.other >= 0) {
        trace(t, "two cards fit equally well: ask");
        offer_choice(t, (int[]){u.card, u.other}, 2, NULL, 0);
        t->o->score = u.score;
    } else if (u.sure) {
        struct search_result unused;
        if (t->e->explain) /* what the knowledge base would have said, for HR to see */
            knowledge_find(t, NULL, &unused);
        sensitive_leave(t, "another topic");
        card_run_covered(t, &u);
    } else if (t->s->private_topic) {
        /* words we do not understand, in a conversation that must stay private */
        t->o->kind = OUTCOME_SENSITIVE;
        sensitive_ask(t);
        t->o->private_turn = true;
    } else if (!spoken_otherwise(t, &u, false)) {
        weigh(t, &u);
    }
}
