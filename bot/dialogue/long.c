#include "dialogue/turning.h"

#include "text/normalise.h"
#include "text/when.h"

/*
 * A whole e-mail pasted into the chat: its sentences are read one by one, and what one of
 * them asks for sure is answered. Nothing is put together out of several.
 */
enum { LONG_BYTES = 240, LONG_LINES = 3, SENTENCES_MAX = 60, TOPICS_MAX = 3 };

/* Greetings, headers, quoted lines and what stands under the name of the sender. */
static bool is_wrapping(str folded)
{
    static const char *const fronts[] = {"from:",
                                         "van:",
                                         "to:",
                                         "aan:",
                                         "sent:",
                                         "verzonden:",
                                         "cc:",
                                         "subject:",
                                         "onderwerp:",
                                         "date:",
                                         "datum:",
                                         ">",
                                         "beste",
                                         "geachte",
                                         "hallo ",
                                         "hoi ",
                                         "dag ",
                                         "dear",
                                         "hello ",
                                         "hi ",
                                         "met vriendelijke groet",
                                         "vriendelijke groet",
                                         "groet",
                                         "mvg",
                                         "kind regards",
                                         "best regards",
                                         "regards",
                                         "thanks",
                                         "bedankt",
                                         "alvast",
                                         "sent from my",
                                         "verstuurd vanaf",
                                         "tel",
                                         "www",
                                         "http",
                                         "--",
                                         "best,"};
    for (size_t i = 0; i < LEN(fronts); i++)
        if (str_starts(folded, str_c(fronts[i])))
            return true;
    return folded.n < 8;
}

bool long_is(str text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    return text.n >= LONG_BYTES || lines >= LONG_LINES;
}

/* The next sentence: up to its end mark, or its line's end where a new line begins with
 * a capital or behind an empty one. */
bool long_sentence(str *rest, str *out)
{
    *rest = str_trim(*rest);
    if (rest->n == 0)
        return false;
    size_t i = 0;
    for (; i < rest->n; i++) {
        char c = rest->p[i];
        bool mark = strchr(".?!", c) &&
            (i + 1 == rest->n || rest->p[i + 1] == ' ' || rest->p[i + 1] == '\n');
        bool line = c == '\n' &&
            (i + 1 == rest->n || rest->p[i + 1] == '\n' ||
             (rest->p[i + 1] >= 'A' && rest->p[i + 1] <= 'Z') || rest->p[i + 1] == '>');
        if (mark || line) {
            i++;
            break;
        }
    }
    *out = str_trim(str_sub(*rest, 0, i));
    *rest = str_sub(*rest, i, rest->n);
    return true;
}

str long_core(struct turning *t, str text)
{
    if (!long_is(text))
        return text;
    struct buf b = buf_new(t->a, text.n + SENTENCES_MAX);
    str rest = text, sentence, folded;
    for (int i = 0; i < SENTENCES_MAX && long_sentence(&rest, &sentence); i++)
        if (normalise(t->a, sentence, &folded) == RC_OK && !is_wrapping(folded)) {
            buf_put(&b, sentence);
            buf_char(&b, '\n');
        }
    return buf_str(&b);
}

static size_t add_topic(int *cards, size_t n, int card)
{
    for (size_t i = 0; i < n; i++)
        if (cards[i] == card)
            return n;
    if (n < TOPICS_MAX)
        cards[n++] = card;
    return n;
}

/* What the sentences of a long message ask for, in their order. */
struct topics {
    int cards[TOPICS_MAX];
    size_t n;
    str best;  /* the sentence of the first */
    int maybe; /* what one of them may ask for, -1: none */
    int form;  /* a form for the days in the message that one of them resembles; -1 */
};

/* Below this a form is not what the days of a message are for. */
static const double form_least = .2;

static bool takes_days(const struct card *c)
{
    for (size_t i = 0; i < c->slots.n; i++)
        if (c->slots.v[i].type == SLOT_DATE || c->slots.v[i].type == SLOT_PERIOD)
            return true;
    return false;
}

static void take_sentence(struct turning *t, struct topics *k, double *most, double *form)
{
    struct understood u = understand(t);
    const struct candidate *best = t->o->n_candidates > 0 ? &t->o->candidates[0] : NULL;
    if (best && best->score >= form_least && best->score > *form &&
        takes_days(turning_card(t, best->card))) {
        k->form = best->card;
        *form = best->score;
    }
    if (u.card < 0 || is_small_talk(turning_card(t, u.card)))
        return;
    if (!u.sure || u.other >= 0) {
        k->maybe = u.score > *most ? u.card : k->maybe;
        *most = MAX(u.score, *most);
        return;
    }
    size_t n = add_topic(k->cards, k->n, u.card);
    if (n > k->n && k->n == 0)
        k->best = t->folded;
    k->n = n;
}

static struct topics find_topics(struct turning *t)
{
    struct topics k = {.maybe = -1, .form = -1};
    double most = 0, form = 0;
    str rest = t->e->text, sentence, whole = t->folded, folded;
    for (int i = 0; i < SENTENCES_MAX && long_sentence(&rest, &sentence); i++) {
        if (normalise(t->a, sentence, &folded) || is_wrapping(folded))
            continue;
        t->folded = folded;
        take_sentence(t, &k, &most, &form);
    }
    struct when w;
    t->folded = whole;
    if (normalise(t->a, long_core(t, t->e->text), &folded) ||
        !when_find(folded, t->lang, t->e->today, false, &w))
        k.form = -1;
    return k;
}

/* What one sentence asks for sure; what another may ask is offered along, and asked about
 * first where it is a form: "my sister is getting married. I would like the 10th off." */
static void answer_one(struct turning *t, int card, str sentence, int maybe)
{
    const struct card *c = turning_card(t, card);
    bool more = maybe >= 0 && maybe != card;
    if (more && c->slots.n == 0 && turning_card(t, maybe)->slots.n > 0) {
        trace(t, "and another sentence may ask for a form: ask");
        offer_choice(t, (int[]){maybe, card}, 2, NULL, 0);
        return;
    }
    struct value v = {.slot = STR("name"), .shown = card_label(t, c)};
    reply_filled(t, SAY_LONG_ONE, &v, 1);
    t->folded = sentence;
    card_run(t, card, 1);
    struct reply *last = &t->o->replies.v[t->o->replies.n - 1];
    if (more && t->o->kind == OUTCOME_ANSWER && t->s->pending_lookup.n == 0 &&
        last->n_choices == 0) {
        reply_also(t, last);
        reply_offer(t, last, OFFER_CARD, turning_card(t, maybe)->id,
                    card_label(t, turning_card(t, maybe)));
    }
}

bool long_message(struct turning *t)
{
    if (!long_is(t->e->text))
        return false;
    struct topics k = find_topics(t);
    int maybe = k.form >= 0 ? k.form : k.maybe;
    trace(t, "a long message: %zu topics in its sentences", k.n);
    if (k.n == 1) {
        answer_one(t, k.cards[0], k.best, maybe);
        return true;
    }
    if (k.n > 1) {
        offer_choice(t, k.cards, k.n, NULL, 0);
        return true;
    }
    if (knowledge_message(t))
        return true;
    if (maybe >= 0) {
        bool two = k.maybe >= 0 && k.maybe != maybe;
        offer_choice(t, (int[]){maybe, k.maybe}, two ? 2 : 1, NULL, 0);
        return true;
    }
    struct reply *r = reply_say(t, SAY_LONG_NONE);
    t->s->question = question_kept(t);
    t->s->tried = say(SAY_TRIED_NOTHING, t->lang);
    t->o->kind = OUTCOME_HANDOFF;
    t->o->intent = STR_NONE;
    t->o->unanswered = true;
    reply_handoff_offers(t, r);
    return true;
}
