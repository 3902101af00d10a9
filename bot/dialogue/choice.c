#include "dialogue/desk_talk.h"
#include "dialogue/form.h"

#include "text/normalise.h"
#include "text/when.h"

/* The section an article offer meant ("nl/leave/balance.md#Heading"), -1 when it is gone.
 */
static int offered_section(const struct turning *t, str target)
{
    const struct catalogue *c = t->brain->catalogue;
    str rest = target, path = str_cut(&rest, '#');
    const int64_t *at = map_find(&c->article_by_path, path);
    if (!at)
        return -1;
    int section = article_section(c, (int)*at, rest);
    const struct article *a =
        &c->articles.v[section >= 0 ? c->sections.v[section].article : (int)*at];
    if (!article_is_valid(a, t->e->today) ||
        audience_fit(&a->audience, turning_traits(t)) != FIT_YES)
        return -1;
    if (section < 0 && a->n_sections > 0)
        return (int)a->first_section;
    return section;
}

static void take_card(struct turning *t, str id)
{
    int card = turning_card_index(t, id);
    if (card < 0 || !t->allowed[card]) {
        reply_handoff_offers(t, reply_say(t, SAY_NOT_OFFERED));
        t->o->kind = OUTCOME_HANDOFF;
        return;
    }
    trace(t, "chosen: %.*s", STR_ARG(id));
    t->told = t->s->question;
    helped_note(t, id, turning_card(t, card)->hash);
    bool aside = t->s->form.card.n > 0 && turning_card(t, card)->slots.n == 0;
    t->s->waiting = WAITING_NOTHING;
    card_run(t, card, 1);
    if (aside && t->s->waiting == WAITING_NOTHING && t->s->pending_lookup.n == 0)
        form_go_on(t);
}

static void take_article(struct turning *t, const struct offer *o)
{
    int section = offered_section(t, o->target);
    if (section < 0) {
        reply_handoff_offers(t, reply_say(t, SAY_NOT_OFFERED));
        t->o->kind = OUTCOME_HANDOFF;
        return;
    }
    trace(t, "chosen: %.*s", STR_ARG(o->target));
    t->o->score = 1;
    const struct catalogue *all = t->brain->catalogue;
    const struct article *a = &all->articles.v[all->sections.v[section].article];
    helped_note(t, a->path, a->hash);
    if (normalise(t->a, o->label, &t->folded))
        t->folded = STR_NONE;
    article_say(t, section);
    form_go_on(t);
}

static void take_no(struct turning *t)
{
    bool sensitive = t->s->waiting == WAITING_SENSITIVE;
    reply_say(t, sensitive ? SAY_SENSITIVE_LEFT : SAY_HANDOFF_LEFT);
    t->s->waiting = WAITING_NOTHING;
    t->s->question = t->s->tried = STR_NONE;
    t->o->kind = sensitive ? OUTCOME_SENSITIVE : OUTCOME_ANSWER;
    t->o->private_turn = t->s->private_topic;
    if (!sensitive)
        file_drop(t);
}

static void take_language(struct turning *t, str id)
{
    int card = turning_card_index(t, id);
    t->lang = t->lang == LANG_NL ? LANG_EN : LANG_NL;
    t->o->lang = t->lang;
    if (card >= 0)
        card_say(t, card, NULL, 0);
    else
        reply_say(t, SAY_NOT_OFFERED);
}

/* What sends something can be chosen once: a second click must not send it again. */
static void use_up(struct session *s, const struct offer *taken)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_offers; i++)
        if (!taken->id.n || !str_eq(s->offers[i].id, taken->id))
            s->offers[n++] = s->offers[i];
    s->n_offers = n;
}

void choice_take(struct turning *t, const struct offer *o)
{
    if (o->type == OFFER_HANDOFF || o->type == OFFER_SENSITIVE ||
        o->type == OFFER_CONFIRM || o->type == OFFER_WITHDRAW || o->type == OFFER_REOPEN)
        use_up(t->s, o);
    switch (o->type) {
    case OFFER_CARD:
        take_card(t, o->target);
        return;
    case OFFER_ARTICLE:
        take_article(t, o);
        return;
    case OFFER_HANDOFF:
        handoff_open(t);
        form_go_on(t);
        return;
    case OFFER_NO_HANDOFF:
        take_no(t);
        form_go_on(t);
        return;
    case OFFER_NONE_OF_THESE:
        t->s->tried = say(SAY_TRIED_NONE_OF, t->lang);
        t->o->unanswered = t->s->question.n > 0;
        reply_handoff_offers(t, reply_say(t, SAY_HANDOFF_ASK));
        t->o->kind = OUTCOME_HANDOFF;
        return;
    case OFFER_VALUE:
    case OFFER_CONFIRM:
    case OFFER_CHANGE:
    case OFFER_STOP:
    case OFFER_SKIP:
        form_take(t, o);
        return;
    case OFFER_SENSITIVE:
        sensitive_open(t);
        return;
    case OFFER_MISREAD:
        sensitive_misread(t);
        return;
    case OFFER_ADD:
    case OFFER_WITHDRAW:
    case OFFER_REOPEN:
        desk_take(t, o);
        return;
    case OFFER_LANGUAGE:
        take_language(t, o->target);
        return;
    }
}

/* "2" picks a button, unless it may be the answer to what a form asks. */
static bool numbers_pick(const struct turning *t, str prefix)
{
    int values = 0;
    if (!form_takes_numbers(t))
        return true;
    for (size_t i = 0; i < t->s->n_offers; i++) {
        const struct offer *o = &t->s->offers[i];
        if (str_starts(o->id, prefix) && o->type == OFFER_CHANGE)
            return true;
        values += str_starts(o->id, prefix) && o->type == OFFER_VALUE;
    }
    return values > 1;
}

/* Is it what the label says? A look at the first letter tells mostly that it is not. */
static bool is_label(const struct turning *t, str label)
{
    char first = label.n > 0 ? label.p[0] : '\0';
    str folded;
    if (first >= 'A' && first <= 'Z')
        first = (char)(first - 'A' + 'a');
    if (first >= 'a' && first <= 'z' && (t->folded.n == 0 || t->folded.p[0] != first))
        return false;
    return normalise(t->a, label, &folded) == RC_OK && str_eq(folded, t->folded);
}

/* Only the choices of the newest reply can be typed: "2" must not reach back. */
const struct offer *choice_typed(const struct turning *t)
{
    const struct session *s = t->s;
    if (s->n_offers == 0)
        return NULL;
    str last = s->offers[s->n_offers - 1].id, rest = last, turn_of = str_cut(&rest, '.');
    str prefix = str_sub(last, 0, turn_of.n + 1);
    int64_t nth = 0, wanted, offered;
    if (str_int(turn_of, &offered) || offered < s->said_turn)
        return NULL;
    if (str_int(t->folded, &wanted) || !numbers_pick(t, prefix))
        wanted = -1;
    for (size_t i = 0; i < s->n_offers; i++) {
        if (!str_starts(s->offers[i].id, prefix))
            continue;
        nth++;
        if (nth == wanted || is_label(t, s->offers[i].label))
            return &s->offers[i];
    }
    return NULL;
}

static int ordinal(str said)
{
    static const struct {
        const char *words;
        int nth; /* -1: the last */
    } ordinals[] = {
        {"de eerste", 1},     {"eerste", 1},    {"het eerste", 1},
        {"the first", 1},     {"first", 1},     {"the first one", 1},
        {"first one", 1},     {"1e", 1},        {"de bovenste", 1},
        {"de tweede", 2},     {"tweede", 2},    {"het tweede", 2},
        {"the second", 2},    {"second", 2},    {"the second one", 2},
        {"second one", 2},    {"2e", 2},        {"de middelste", 2},
        {"de derde", 3},      {"derde", 3},     {"het derde", 3},
        {"the third", 3},     {"third", 3},     {"the third one", 3},
        {"de laatste", -1},   {"laatste", -1},  {"the last", -1},
        {"the last one", -1}, {"last one", -1}, {"de onderste", -1},
    };
    while (said.n > 0 && strchr("!?. ", said.p[said.n - 1]))
        said.n--;
    for (size_t i = 0; i < LEN(ordinals); i++)
        if (str_is(said, ordinals[i].words))
            return ordinals[i].nth;
    return 0;
}

/* What may stand around a date that is an answer, in bytes. */
enum { AROUND_DATE = 12 };

/* "from 11 to 22 January" behind "do you mean: Request leave?" is a yes and an answer. */
static bool form_answered(struct turning *t, const struct offer **topics, int n,
                          struct offer *taken)
{
    struct when w;
    int forms = 0;
    for (int i = 0; i < n; i++) {
        int card =
            topics[i]->type == OFFER_CARD ? turning_card_index(t, topics[i]->target) : -1;
        if (card < 0 || turning_card(t, card)->slots.n == 0)
            continue;
        *taken = *topics[i];
        forms++;
    }
    return forms == 1 &&
        when_begins(t->folded, t->lang, t->e->today, false, AROUND_DATE, &w) &&
        w.end - w.start + AROUND_DATE >= t->folded.n;
}

/* "ja" to more than one: which? */
static void ask_which(struct turning *t, const struct offer **topics, int n)
{
    struct offer again[OFFERS_MAX];
    for (int i = 0; i < n; i++)
        again[i] = *topics[i];
    struct reply *r = reply_say(t, SAY_CHOICE_WHICH);
    for (int i = 0; i < n; i++)
        reply_offer(t, r, again[i].type, again[i].target, again[i].label);
    reply_offer(t, r, OFFER_NONE_OF_THESE, STR_NONE, say(SAY_NONE_OF_THESE, t->lang));
    t->o->kind = OUTCOME_CHOICE;
    t->o->intent = STR_NONE;
}

bool choice_message(struct turning *t)
{
    const struct offer *topics[OFFERS_MAX];
    struct session *s = t->s;
    if (s->waiting != WAITING_CHOICE || s->n_offers == 0)
        return false;
    int n = 0, answer = yes_no(t->folded, t->lang), nth = ordinal(t->folded);
    str rest = s->offers[s->n_offers - 1].id, turn_of = str_cut(&rest, '.');
    for (size_t i = 0; i < s->n_offers; i++) {
        str id = s->offers[i].id;
        if (str_eq(str_cut(&id, '.'), turn_of) &&
            (s->offers[i].type == OFFER_CARD || s->offers[i].type == OFFER_ARTICLE))
            topics[n++] = &s->offers[i];
    }
    if (s->form.card.n == 0 && form_command(t) == FORM_STOP) {
        s->waiting = WAITING_NOTHING;
        reply_say(t, SAY_NO_TO_NOTHING);
        return true;
    }
    if (answer > 0 && n > 1 && s->form.card.n == 0) {
        trace(t, "yes to more than one topic");
        ask_which(t, topics, n);
        return true;
    }
    struct offer taken = {.type = OFFER_NONE_OF_THESE}, form;
    nth = nth < 0 ? n : nth == 0 && answer > 0 && n == 1 ? 1 : nth;
    if (nth > 0 && nth <= n)
        taken = *topics[nth - 1];
    else if (answer == 0 && form_answered(t, topics, n, &form)) {
        taken = form;
        s->question = arena_fmt(t->a, "%.*s, %.*s", STR_ARG(t->folded),
                                STR_ARG(s->question)); /* both fill the form */
    } else if (answer >= 0 && !other_one(t->folded))
        return false;
    trace(t, "answer to the choice: %.*s",
          STR_ARG(taken.label.n ? taken.label : STR("none of these")));
    choice_take(t, &taken);
    return true;
}

/* "stop", "back", "continue" where no form runs and nothing was asked. */
static bool command_to_nothing(struct turning *t)
{
    enum form_command is = form_command(t);
    bool bare = is == FORM_STOP || is == FORM_BACK || is == FORM_RESUME;
    if (!bare || t->s->private_topic)
        return false;
    struct understood u = understand(t);
    if (u.card >= 0 && u.sure)
        return false;
    trace(t, "a command, but nothing runs");
    reply_say(t, SAY_NOTHING_RUNS);
    return true;
}

enum { YES_NO_MAX = 12 }; /* bytes */

bool yes_no_to_nothing(struct turning *t)
{
    static const str words[] = {
        STR_INIT("ja"),          STR_INIT("jawel"),       STR_INIT("ja hoor"),
        STR_INIT("ja graag"),    STR_INIT("jep"),         STR_INIT("yes"),
        STR_INIT("yes please"),  STR_INIT("yep"),         STR_INIT("yeah"),
        STR_INIT("nee"),         STR_INIT("nee hoor"),    STR_INIT("nee dank je"),
        STR_INIT("nee bedankt"), STR_INIT("no"),          STR_INIT("nope"),
        STR_INIT("no thanks"),   STR_INIT("no thank you")};
    str said = t->folded;
    while (said.n > 0 && strchr("!?. ", said.p[said.n - 1]))
        said.n--;
    if (said.n > YES_NO_MAX || str_among(said, words, LEN(words)) < 0)
        return command_to_nothing(t);
    if (t->s->private_topic)
        return false;
    trace(t, "yes or no, but nothing was asked");
    reply_say(t, yes_no(said, t->lang) > 0 ? SAY_YES_TO_NOTHING : SAY_NO_TO_NOTHING);
    return true;
}
