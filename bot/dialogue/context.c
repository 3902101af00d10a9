#include "dialogue/point.h"
#include "dialogue/turning.h"

#include "text/lang.h"
#include "text/normalise.h"
#include "text/word.h"

/*
 * "and for part-timers?", "how do I request that?", "en volgend jaar?": a message that
 * points back is read once more with the name of the topic in place of what points.
 * Nothing is guessed from afar: the topic ends after a quarter of an hour, or after a few
 * turns about other things.
 */
enum {
    TURNS_MAX = 4,
    POINTER_WORDS_MAX = 9,
    SHORT_WORDS_MAX = 5,
    OPENER_WORDS_MAX = 12,
    TEXT_MAX = 1024
};

static const int64_t topic_ms = 15 * 60 * 1000;
static const double own_topic = .6; /* score of a card that a short message names */

void topic_set(struct turning *t, str topic)
{
    t->s->topic = topic;
    t->s->topic_turn = t->e->turn;
    t->s->topic_at_ms = t->e->at_ms;
}

/* --- what it points at --- */

static int topic_article(const struct turning *t, int card)
{
    if (card >= 0)
        return turning_card(t, card)->source[t->lang].article;
    const int64_t *at = map_find(&t->brain->catalogue->article_by_path, t->s->topic);
    return at ? (int)*at : -1;
}

static str topic_name(const struct turning *t, int card, int article)
{
    if (card >= 0)
        return card_label(t, turning_card(t, card));
    return article >= 0 ? t->brain->catalogue->articles.v[article].title : STR_NONE;
}

/* The message with the topic's name for the words that stand for it, or behind it. */
static str with_topic(struct turning *t, str rest, str name)
{
    struct buf b = buf_new(t->a, TEXT_MAX);
    char scratch[64];
    struct word w;
    size_t pos = 0, done = 0;
    bool named = false;
    while (word_next(rest, &pos, scratch, &w)) {
        bool it = t->lang == LANG_NL && str_is(w.text, "het") &&
            point_alone(t->lang, rest, w.to);
        if (named || (!point_is(t->lang, w.text) && !it))
            continue;
        buf_put(&b, str_sub(rest, done, w.from));
        buf_put(&b, name);
        done = w.to;
        named = true;
    }
    buf_put(&b, str_sub(rest, done, rest.n));
    while (b.n > 0 && strchr("?!. ", b.p[b.n - 1]))
        b.n--;
    if (!named) {
        buf_char(&b, ' ');
        buf_put(&b, name);
    }
    str folded;
    return buf_failed(&b) || normalise(t->a, buf_str(&b), &folded) ? STR_NONE : folded;
}

/* --- "and next year?" --- */

static int year_of(const struct turning *t, str folded)
{
    static const struct {
        const char *words;
        int on;
    } turns[] = {{"volgend jaar", 1},    {"komend jaar", 1}, {"next year", 1},
                 {"dit jaar", 0},        {"this year", 0},   {"vorig jaar", -1},
                 {"afgelopen jaar", -1}, {"last year", -1}};
    int year, month, day;
    date_split(t->e->today, &year, &month, &day);
    for (size_t i = 0; i < LEN(turns); i++)
        if (str_has(folded, str_c(turns[i].words)))
            return year + turns[i].on;
    char scratch[64];
    struct word w;
    size_t pos = 0;
    int64_t n;
    while (word_next(folded, &pos, scratch, &w))
        if (w.text.n == 4 && str_int(w.text, &n) == RC_OK && n >= year - 2 &&
            n <= year + 3)
            return (int)n;
    return 0;
}

/* The topic again, by the texts that hold in that year. */
static bool ask_of_year(struct turning *t, int card, int year)
{
    int now, month, day;
    date_split(t->e->today, &now, &month, &day);
    if (card < 0)
        return false;
    if (year != now) {
        struct event *then = arena_alloc(t->a, sizeof *then);
        *then = *t->e;
        then->today = date_of(year, year > now ? 1 : 12, year > now ? 1 : 31);
        t->e = then;
        turning_allow(t);
        t->understood_for = STR_NONE;
    }
    trace(t, "the same topic, by the texts of %d", year);
    struct value v[] = {
        {.slot = STR("year"), .shown = arena_fmt(t->a, "%d", year)},
        {.slot = STR("name"), .shown = card_label(t, turning_card(t, card))}};
    if (!t->allowed[card]) {
        t->s->question = question_kept(t);
        t->o->kind = OUTCOME_HANDOFF;
        t->o->unanswered = true;
        reply_handoff_offers(t, reply_filled(t, SAY_NOT_OF_YEAR, v, LEN(v)));
        return true;
    }
    if (year != now)
        reply_filled(t, SAY_OF_YEAR, v, LEN(v));
    card_run(t, card, 1);
    return true;
}

/* --- the answer --- */

static bool stands_in(str text, str word)
{
    char scratch[64];
    struct word w;
    size_t pos = 0, keep = word.n > 7 ? word.n - 2 : word.n;
    while (word_next(text, &pos, scratch, &w))
        if (word.n > 5 ? str_starts(w.text, str_sub(word, 0, keep))
                       : str_eq(w.text, word))
            return true;
    return false;
}

/* More than half of the words, other than small ones, stand in the text. */
static bool words_in(struct turning *t, str text, str words)
{
    char scratch[64];
    struct word w;
    size_t pos = 0, n = 0, found = 0;
    while (word_next(words, &pos, scratch, &w)) {
        if (w.text.n < 4 || lang_is_stop_word(t->lang, w.text) ||
            point_is(t->lang, w.text))
            continue;
        n++;
        found += stands_in(text, w.text);
    }
    return found * 2 > n;
}

/* Does the section speak of what the message says? */
static bool speaks_of(struct turning *t, int section, str words)
{
    const struct section *s = &t->brain->catalogue->sections.v[section];
    str text, heading, all = search_section_text(t->brain->search, section);
    if (normalise(t->a, str_sub(all, 0, MIN(all.n, NORMALISE_MAX)), &text) ||
        normalise(t->a, s->heading, &heading))
        return false;
    return words_in(t, arena_fmt(t->a, "%.*s %.*s", STR_ARG(heading), STR_ARG(text)),
                    words);
}

/* What the articles say to t->folded, found when it is first looked at. */
struct found {
    bool known;
    struct search_result r;
};

/* Of a result: all hits, where it is not declined; or whether it is an answer. */
static const struct search_wanted any_choice = {.any = 2, .hits = SEARCH_HITS_MAX},
                                  one_answer = {.any = 2, .asks_from = 2, .hits = 3};

/* A section that speaks of what was added: of the topic's own article (article >= 0;
 * first), or the best of all. */
static bool answer_from(struct turning *t, struct found *f, int article, str words)
{
    const struct search_result *r = &f->r;
    if (!f->known)
        knowledge_find(t, article >= 0 ? &any_choice : &one_answer, &f->r);
    f->known = true;
    size_t n = article >= 0 ? r->n : MIN(r->n, 1);
    for (size_t i = 0; i < n && r->band != SEARCH_DECLINE; i++) {
        bool own = article < 0 ? r->band == SEARCH_ANSWER : r->v[i].article == article;
        if (!own || !speaks_of(t, r->v[i].section, words))
            continue;
        trace(t, "a section speaks of what was added");
        str topic = t->s->topic;
        t->o->score = r->v[i].score;
        article_say(t, r->v[i].section);
        topic_set(t, topic);
        return true;
    }
    return false;
}

/* Of what the message may mean by itself, what is of the topic's own family
 * ("leave.request" of "leave.balance"). */
static bool answer_in_family(struct turning *t, int topic, const struct understood *u)
{
    if (topic < 0 || u->card < 0)
        return false;
    str rest = turning_card(t, topic)->id, family = str_cut(&rest, '.');
    int cards[NLU_CANDIDATES];
    size_t n = 0;
    for (size_t i = 0; i < t->o->n_candidates; i++) {
        str id = turning_card(t, t->o->candidates[i].card)->id;
        if (t->o->candidates[i].score >= choice_floor &&
            t->o->candidates[i].card != topic && str_eq(str_cut(&id, '.'), family))
            cards[n++] = t->o->candidates[i].card;
    }
    if (n == 0)
        return false;
    trace(t, "of the same family: %.*s", STR_ARG(turning_card(t, cards[0])->id));
    if (n == 1)
        card_run(t, cards[0], t->o->candidates[0].score);
    else
        offer_choice(t, cards, n, NULL, 0);
    return true;
}

static bool is_live(struct turning *t)
{
    const struct session *s = t->s;
    if (s->topic.n == 0 || s->private_topic)
        return false;
    if (t->e->turn - s->topic_turn <= TURNS_MAX &&
        t->e->at_ms - s->topic_at_ms < topic_ms)
        return true;
    trace(t, "the topic %.*s has ended: %lld turns, %lld minutes ago", STR_ARG(s->topic),
          (long long)(t->e->turn - s->topic_turn),
          (long long)((t->e->at_ms - s->topic_at_ms) / 60000));
    return false;
}

/* The card's answer has the words of what was added. */
static bool answer_speaks(struct turning *t, int card, str plain)
{
    const struct answer *ans =
        card_answer(turning_card(t, card), t->lang, turning_traits(t));
    str text;
    return ans && normalise(t->a, ans->text, &text) == RC_OK && words_in(t, text, plain);
}

/* "what is this song" behind a sick report is no second one. */
static bool may_run(const struct turning *t, int card, str plain)
{
    return turning_card(t, card)->slots.n == 0 || point_asks_to_do(plain);
}

/* It leads back to the answer that stands above: said again only when it speaks of what
 * was added; else that this is all, and a person. */
static bool answer_again(struct turning *t, int card, str plain)
{
    if (!may_run(t, card, plain))
        return false;
    bool above = t->s->given[0].turn >= t->e->turn - 2 &&
        str_eq(t->s->given[0].what, turning_card(t, card)->id);
    bool told = card_answer(turning_card(t, card), t->lang, turning_traits(t)) != NULL;
    if (!above || !told || answer_speaks(t, card, plain)) {
        card_run(t, card, 1);
        return true;
    }
    trace(t, "the answer above does not speak of it: a person is offered");
    struct value v = {.slot = STR("name"), .shown = card_label(t, turning_card(t, card))};
    t->s->question = question_kept(t);
    t->s->tried = card_label(t, turning_card(t, card));
    reply_handoff_offers(t, reply_filled(t, SAY_NO_MORE, &v, 1));
    t->o->kind = OUTCOME_HANDOFF;
    t->o->unanswered = true;
    return true;
}

/* "what about sick days": what was added may be a topic of its own, not sure enough to be
 * answered. */
static bool offer_by_itself(struct turning *t, int topic, str plain)
{
    str with = t->folded;
    if (point_is_bare(plain, t->lang))
        return false;
    t->folded = plain;
    struct understood u = understand(t);
    t->folded = with;
    if (u.card < 0 || u.card == topic || is_small_talk(turning_card(t, u.card)))
        return false;
    trace(t, "by itself it is about %.*s", STR_ARG(turning_card(t, u.card)->id));
    if (u.sure && u.other < 0)
        card_run(t, u.card, u.score);
    else
        offer_choice(t, &u.card, 1, NULL, 0);
    t->o->score = u.score;
    return true;
}

/* t->folded is the message with the topic in it, plain by itself. */
static bool answer_with_topic(struct turning *t, int card, int article, str plain,
                              const struct understood *u)
{
    struct found found = {.known = false};
    if (article >= 0 && answer_from(t, &found, article, plain))
        return true;
    struct candidate by_itself[NLU_CANDIDATES];
    memcpy(by_itself, t->o->candidates, sizeof by_itself);
    size_t n_by_itself = t->o->n_candidates;
    struct understood both = understand(t);
    bool sure = both.card >= 0 && both.sure && both.other < 0 &&
        !is_small_talk(turning_card(t, both.card)) && may_run(t, both.card, plain);
    if (sure && (both.card != card || answer_speaks(t, card, plain))) {
        t->told = t->folded; /* "how do I request that?": what is known by now */
        card_run(t, both.card, both.score);
        return true;
    }
    memcpy(t->o->candidates, by_itself, sizeof by_itself);
    t->o->n_candidates = n_by_itself;
    if (answer_in_family(t, card, u))
        return true;
    if (answer_from(t, &found, -1, plain))
        return true;
    if (!sure)
        return false;
    return offer_by_itself(t, card, plain) || answer_again(t, card, plain);
}

bool topic_section(struct turning *t)
{
    int card = turning_card_index(t, t->s->topic), article = topic_article(t, card);
    str name = topic_name(t, card, article), plain = t->folded;
    if (article < 0 || name.n == 0 || !is_live(t))
        return false;
    struct words words = words_of(t->a, plain);
    if (words.list.n > OPENER_WORDS_MAX || !point_points(&words, t->lang))
        return false;
    struct found found = {.known = false};
    t->folded = with_topic(t, plain, name);
    bool said = t->folded.n > 0 && answer_from(t, &found, article, plain);
    t->folded = plain;
    return said;
}

/* It has words of its own, and not one that any article knows: it points at nothing. */
static bool is_nonsense(struct turning *t)
{
    struct search_query q = {.lang = t->lang,
                             .folded = t->folded,
                             .traits = turning_traits(t),
                             .today = t->e->today};
    bool has_words;
    return !search_knows(t->brain->search, &q, &has_words) && has_words;
}

/* Is what it says by itself sure? Where it does not point back but is merely short, near
 * to sure and another topic will do. */
static bool has_own_topic(const struct turning *t, const struct understood *u, int topic,
                          bool points)
{
    if (u->card < 0 || u->other >= 0 || is_small_talk(turning_card(t, u->card)))
        return false;
    return u->sure || (!points && u->card != topic && u->score >= own_topic);
}

/* The topic is the answer given before the newest topic. */
static bool step_back(struct turning *t)
{
    const struct given *g = t->s->given;
    for (size_t i = 1; i < GIVEN_MAX; i++)
        if (g[i].what.n > 0 && !str_eq(g[i].what, g[0].what) &&
            !str_eq(g[i].what, t->s->topic)) {
            trace(t, "it points past the newest answer, to %.*s", STR_ARG(g[i].what));
            topic_set(t, g[i].what);
            return true;
        }
    return false;
}

/* What the rest of such a message asks: the section of that topic's article that speaks
 * of it, else the topic's answer again. */
static bool follow_further(struct turning *t, size_t past)
{
    str plain = t->folded, topic = t->s->topic;
    int64_t turn = t->s->topic_turn, at_ms = t->s->topic_at_ms;
    if (!is_live(t) || !step_back(t))
        return false;
    int card = turning_card_index(t, t->s->topic), article = topic_article(t, card);
    str name = topic_name(t, card, article), rest = str_sub(plain, past, plain.n);
    struct found found = {.known = false};
    t->folded = with_topic(t, rest, name);
    t->about = name;
    bool answered = t->folded.n > 0 &&
        ((article >= 0 && answer_from(t, &found, article, rest)) ||
         (card >= 0 && t->allowed[card] && answer_again(t, card, rest)));
    t->folded = plain;
    if (!answered) {
        t->about = STR_NONE;
        t->s->topic = topic;
        t->s->topic_turn = turn;
        t->s->topic_at_ms = at_ms;
    }
    return answered;
}

/* Are these words, the topic's name among them, sure of the topic? */
static bool is_sure_of(struct turning *t, str read, int card)
{
    struct understood u = understand_aside(t, read);
    return u.card == card && u.sure && u.other < 0;
}

/* "hoe regel ik dat?", of which nothing is sure: by its words with the topic's name in
 * them it is about the topic, and no article answers it by itself. */
static bool answer_about(struct turning *t, int card, str plain, str rest)
{
    struct search_result r;
    struct understood both = understand(t);
    str read = t->folded;
    if (both.card != card)
        return false;
    t->folded = plain;
    knowledge_find(t, &one_answer, &r);
    t->folded = read;
    return r.band != SEARCH_ANSWER && answer_again(t, card, rest);
}

static bool follow_topic(struct turning *t, const struct understood *u)
{
    const struct words *words = nlu_cut(t->brain->nlu, t->folded);
    size_t n = words->list.n;
    if (n > OPENER_WORDS_MAX) /* nothing that long points back */
        return false;
    size_t front = point_opener(t->folded);
    bool exact = u->sure && u->score == 1 && u->other < 0;
    bool short_one = n > 1 && n <= SHORT_WORDS_MAX && !(u->sure && u->other < 0) &&
        t->e->turn - t->s->topic_turn <= 1; /* "how do I apply?" right behind it */
    bool leads = front || (n <= POINTER_WORDS_MAX && point_points(words, t->lang));
    bool bare = t->e->turn - t->s->topic_turn <= 1 && point_is_bare(t->folded, t->lang);
    if (!leads && !short_one && !bare)
        return false;
    if ((exact && !front && !bare) || !is_live(t) || (!leads && !bare && is_nonsense(t)))
        return false;
    int card = turning_card_index(t, t->s->topic), article = topic_article(t, card);
    str name = topic_name(t, card, article), plain = t->folded;
    str rest = str_sub(plain, front, plain.n), read = with_topic(t, rest, name);
    if (name.n == 0 || read.n == 0)
        return false;
    trace(t, "a follow-up on %.*s: read as \"%.*s\"", STR_ARG(t->s->topic),
          STR_ARG(read));
    t->about = name;
    int year = year_of(t, rest);
    if (year && n <= 6 && ask_of_year(t, card, year))
        return true;
    bool case_of_it = card >= 0 && !(u->sure && u->score == 1) &&
        point_conditions(plain) && is_sure_of(t, read, card);
    if (!bare && !case_of_it && has_own_topic(t, u, card, leads)) {
        trace(t, "by itself it is sure of another topic");
        t->about = STR_NONE;
        return false;
    }
    t->folded = read;
    struct candidate candidates[NLU_CANDIDATES];
    size_t n_candidates = t->o->n_candidates;
    memcpy(candidates, t->o->candidates, sizeof candidates);
    struct found found = {.known = false};
    bool answered = case_of_it
        ? (article >= 0 && answer_from(t, &found, article, rest)) ||
            answer_again(t, card, rest)
        : answer_with_topic(t, card, article, rest, u);
    answered = answered || (bare && card >= 0 && answer_again(t, card, rest));
    if (!answered && leads && card >= 0 && u->card < 0)
        answered = answer_about(t, card, plain, rest);
    t->folded = plain;
    if (!answered) { /* what is said next goes by the message itself */
        memcpy(t->o->candidates, candidates, sizeof candidates);
        t->o->n_candidates = n_candidates;
    }
    return answered;
}

bool follow_up(struct turning *t, const struct understood *u)
{
    if (!t->e->explain && !is_live(t)) /* there is nothing to point at */
        return false;
    size_t past = point_further(t->folded);
    return (past > 0 && follow_further(t, past)) || follow_topic(t, u);
}
