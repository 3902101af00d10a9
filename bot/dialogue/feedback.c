#include "dialogue/turning.h"

enum { RECENT_TURNS = 2, PHRASE_MAX = 34 };

/* Behind an answer that was not it, a candidate this unlikely helps nobody, unless it is
 * of the same family. */
static const double runner_up_floor = 0.03;

static bool same_family(const struct turning *t, int card, int other)
{
    if (card < 0)
        return false;
    str a = turning_card(t, card)->id, b = turning_card(t, other)->id;
    return str_eq(str_cut(&a, '.'), str_cut(&b, '.'));
}

void given_note(struct turning *t, int card, str what, uint64_t hash)
{
    struct session *s = t->s;
    if (s->given[0].turn != t->e->turn)
        memmove(s->given + 1, s->given, (GIVEN_MAX - 1) * sizeof *s->given);
    s->given[0] = (struct given){
        .turn = t->e->turn,
        .what = what,
        .version = arena_fmt(t->a, "%08llx", (unsigned long long)(hash >> 32)),
        .lang = t->lang};
    s->asked = question_kept(t);
    s->declined = 0;
    s->waiting = WAITING_NOTHING;
    s->not_it = STR_NONE;
    s->runners_up[0] = s->runners_up[1] = STR_NONE;
    size_t k = 0;
    for (size_t i = 0; i < t->o->n_candidates && k < LEN(s->runners_up); i++) {
        const struct candidate *c = &t->o->candidates[i];
        if (c->card == card || is_small_talk(turning_card(t, c->card)))
            continue;
        if (c->score >= runner_up_floor || same_family(t, card, c->card))
            s->runners_up[k++] = turning_card(t, c->card)->id;
    }
}

static const struct given *given_in(const struct session *s, int64_t turn)
{
    for (size_t i = 0; i < GIVEN_MAX; i++)
        if (s->given[i].turn == turn && turn > 0)
            return &s->given[i];
    return NULL;
}

static void judge(struct turning *t, int64_t turn, bool helpful)
{
    const struct given *g = given_in(t->s, turn);
    t->o->judged = (struct judgement){.turn = turn, .helpful = helpful, .lang = t->lang};
    if (!g)
        return;
    t->o->judged.what = g->what;
    t->o->judged.version = g->version;
    t->o->judged.lang = g->lang;
    t->o->helped = (struct helped){.how = helpful ? STR("up") : STR("down"),
                                   .what = g->what,
                                   .version = g->version,
                                   .lang = g->lang};
    trace(t, "about %.*s, version %.*s, in %s", STR_ARG(g->what), STR_ARG(g->version),
          lang_code(g->lang));
}

void helped_note(struct turning *t, str what, uint64_t hash)
{
    t->o->helped = (struct helped){
        .how = STR("chosen"),
        .what = what,
        .version = arena_fmt(t->a, "%08llx", (unsigned long long)(hash >> 32)),
        .instead_of = t->s->not_it,
        .lang = t->lang};
}

/* What else may have been meant, then a person. */
static void offer_instead(struct turning *t, int64_t turn)
{
    struct session *s = t->s;
    const struct given *g = given_in(s, turn);
    bool newest = g == s->given;
    int cards[LEN(s->runners_up)];
    size_t n = 0;
    for (size_t i = 0; i < LEN(s->runners_up) && newest; i++) {
        int card = turning_card_index(t, s->runners_up[i]);
        if (card >= 0 && t->allowed[card])
            cards[n++] = card;
    }
    struct reply *r = reply_say(t, n ? SAY_FEEDBACK_SORRY : SAY_FEEDBACK_SORRY_ASK);
    for (size_t i = 0; i < n; i++)
        reply_offer(t, r, OFFER_CARD, turning_card(t, cards[i])->id,
                    card_label(t, turning_card(t, cards[i])));
    int answered = g ? turning_card_index(t, g->what) : -1;
    str about = answered >= 0 ? card_label(t, turning_card(t, answered))
        : g                   ? g->what
                              : s->topic;
    s->tried = arena_fmt(t->a, "%.*s %.*s", STR_ARG(say(SAY_TRIED_ANSWER, t->lang)),
                         STR_ARG(about));
    if (newest)
        s->question = s->asked;
    s->not_it = g ? g->what : STR_NONE;
    reply_handoff_offers(t, r);
    t->o->kind = OUTCOME_CHOICE;
}

void feedback_take(struct turning *t)
{
    if (t->folded.n > 0 && sensitive_message(t))
        return; /* nothing of it is kept, not even as a remark */
    t->o->said = t->e->text;
    t->o->kind = OUTCOME_NOTHING;
    judge(t, t->e->judged, t->e->helpful);
    if (t->e->helpful)
        reply_say(t, SAY_FEEDBACK_THANKS);
    else
        offer_instead(t, t->e->judged);
}

static bool is_not_meant(str said)
{
    static const str phrases[] = {STR_INIT("dat bedoel ik niet"),
                                  STR_INIT("dat bedoelde ik niet"),
                                  STR_INIT("dit bedoel ik niet"),
                                  STR_INIT("dit bedoelde ik niet"),
                                  STR_INIT("niet wat ik bedoel"),
                                  STR_INIT("niet wat ik bedoelde"),
                                  STR_INIT("dat is niet wat ik bedoel"),
                                  STR_INIT("dat is niet wat ik bedoelde"),
                                  STR_INIT("dit is niet wat ik bedoel"),
                                  STR_INIT("dat was niet wat ik bedoelde"),
                                  STR_INIT("dat is niet mijn vraag"),
                                  STR_INIT("dat was niet mijn vraag"),
                                  STR_INIT("dat vroeg ik niet"),
                                  STR_INIT("dat is niet wat ik vroeg"),
                                  STR_INIT("dat is geen antwoord op mijn vraag"),
                                  STR_INIT("dat is niet wat ik zoek"),
                                  STR_INIT("dit is niet wat ik zoek"),
                                  STR_INIT("dat zoek ik niet"),
                                  STR_INIT("verkeerd antwoord"),
                                  STR_INIT("ik bedoel iets anders"),
                                  STR_INIT("ik bedoelde iets anders"),
                                  STR_INIT("iets anders"),
                                  STR_INIT("nee iets anders"),
                                  STR_INIT("dit is het niet"),
                                  STR_INIT("dat is het niet"),
                                  STR_INIT("that's not what i meant"),
                                  STR_INIT("thats not what i meant"),
                                  STR_INIT("that is not what i meant"),
                                  STR_INIT("this is not what i meant"),
                                  STR_INIT("not what i meant"),
                                  STR_INIT("not what i mean"),
                                  STR_INIT("that's not what i mean"),
                                  STR_INIT("that's not what i asked"),
                                  STR_INIT("that is not what i asked"),
                                  STR_INIT("that's not my question"),
                                  STR_INIT("that was not my question"),
                                  STR_INIT("wrong answer"),
                                  STR_INIT("i meant something else"),
                                  STR_INIT("that's not it"),
                                  STR_INIT("that is not it"),
                                  STR_INIT("something else"),
                                  STR_INIT("that's not what i'm looking for"),
                                  STR_INIT("this isn't what i meant"),
                                  STR_INIT("not that"),
                                  STR_INIT("that isn't what i meant"),
                                  STR_INIT("that wasn't my question")};
    return said.n <= PHRASE_MAX && str_among(said, phrases, LEN(phrases)) >= 0;
}

static str bare(str folded)
{
    static const str fronts[] = {STR_INIT("nee "), STR_INIT("nee, "), STR_INIT("no "),
                                 STR_INIT("no, "), STR_INIT("maar ")};
    while (folded.n > 0 && strchr("!?. ", folded.p[folded.n - 1]))
        folded.n--;
    if (str_begins(folded, fronts, LEN(fronts)) < 0)
        return folded;
    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < LEN(fronts); k++)
            if (str_starts(folded, fronts[k]))
                folded = str_sub(folded, fronts[k].n, folded.n);
    return folded;
}

bool feedback_message(struct turning *t)
{
    struct session *s = t->s;
    int64_t last = s->given[0].turn;
    bool recent = last > 0 && t->e->turn - last <= RECENT_TURNS;
    str said = bare(t->folded);
    if (is_not_meant(said)) {
        trace(t, "that is not what was meant");
        if (s->private_topic) {
            sensitive_misread(t);
            return true;
        }
        if (recent) {
            judge(t, last, false);
            offer_instead(t, last);
            return true;
        }
        if (s->question.n == 0)
            return false;
        struct offer none = {.type = OFFER_NONE_OF_THESE};
        choice_take(t, &none);
        return true;
    }
    if (recent && other_one(t->folded)) {
        judge(t, last, false);
        if (!take_other_one(t))
            offer_instead(t, last);
        return true;
    }
    str rest = recent || t->e->explain ? put_right(t, t->folded) : STR_NONE;
    if (recent && rest.n > 0 && !is_not_meant(bare(rest))) {
        trace(t, "put right: \"%.*s\"", STR_ARG(rest));
        judge(t, last, false);
        t->folded = rest;
        t->put_right = true;
    }
    return false;
}

bool feedback_emoji(struct turning *t)
{
    static const char up[] = "\xf0\x9f\x91\x8d", down[] = "\xf0\x9f\x91\x8e";
    int64_t last = t->s->given[0].turn;
    bool is_up = str_starts(t->folded, str_c(up));
    if (last == 0 || t->e->turn - last > RECENT_TURNS ||
        !(is_up || str_starts(t->folded, str_c(down))))
        return false;
    judge(t, last, is_up);
    if (is_up)
        reply_say(t, SAY_FEEDBACK_THANKS);
    else
        offer_instead(t, last);
    return true;
}
