#include "dialogue/form.h"

/* What is no answer here, but nearly sure of another topic: worth a question. */
static const double nearly_sure = .6;

static bool is_free(const struct turning *t, const struct card *c)
{
    return !form_at_recap(t, c) &&
        (c->slots.v[t->s->form.slot].type == SLOT_TEXT ||
         c->slots.v[t->s->form.slot].type == SLOT_PERSON);
}

/* "leave.balance" of "leave.request" */
static bool is_kin(const struct card *a, const struct card *b)
{
    str x = a->id, y = b->id;
    return str_eq(str_cut(&x, '.'), str_cut(&y, '.'));
}

/* What only says that something else comes first: "actually ... first", "o wacht". */
static str unframed(str folded)
{
    static const char *const fronts[] = {
        "actually", "wait",  "oh",   "o",   "wacht", "nee",  "no",        "sorry", "ok",
        "first",    "eerst", "even", "hmm", "but",   "maar", "eigenlijk", "and",   "en"};
    static const char *const ends[] = {" first", " eerst", " first please", " instead"};
    bool cut = true;
    while (folded.n > 0 && strchr("!?. ", folded.p[folded.n - 1]))
        folded.n--;
    while (cut) {
        str rest = folded, first = str_cut(&rest, ' ');
        cut = false;
        while (first.n > 0 && strchr(",.", first.p[first.n - 1]))
            first.n--;
        for (size_t i = 0; i < LEN(fronts) && !cut && rest.n > 0; i++)
            cut = str_is(first, fronts[i]);
        folded = cut ? str_trim(rest) : folded;
    }
    for (size_t i = 0; i < LEN(ends); i++)
        if (str_ends(folded, str_c(ends[i])))
            folded.n -= strlen(ends[i]);
    return folded;
}

/* What it means without the words around it. */
static struct understood understand_unframed(struct turning *t)
{
    str whole = t->folded, core = unframed(whole);
    if (core.n == 0 || core.n == whole.n)
        return understand(t);
    return understand_aside(t, core);
}

bool form_is_of_another(struct turning *t, const struct card *c, bool marked)
{
    struct understood u = understand_unframed(t);
    if (u.card < 0 || u.other >= 0 || turning_card(t, u.card) == c)
        return false;
    const struct card *other = turning_card(t, u.card);
    if (is_small_talk(other))
        return false;
    bool form = other->slots.n > 0 && u.score >= nearly_sure && !is_kin(other, c);
    return form || (u.sure && !marked);
}

/* The form goes on behind what was just said, unless that has an end of its own. */
static void go_on(struct turning *t, const struct card *said)
{
    if (t->s->pending_lookup.n > 0 || (said && said->slots.n > 0) ||
        (t->s->waiting != WAITING_NOTHING && t->s->waiting != WAITING_CHOICE))
        return; /* its end brings the form back */
    form_go_on(t);
}

/* "ja" behind an offer belongs to the form where that asks for a yes itself. */
static void offer_aside(struct turning *t, const struct card *c)
{
    bool yes_no =
        form_at_recap(t, c) || (c && c->slots.v[t->s->form.slot].type == SLOT_YESNO);
    go_on(t, NULL);
    if (yes_no)
        t->s->waiting = WAITING_NOTHING;
}

/* What is not sure by itself: of the form's own article, of its own family, or what the
 * rest of the dialogue would say or offer. */
static bool ask_or_answer(struct turning *t, const struct card *c,
                          const struct understood *u)
{
    bool one = u->card >= 0 && u->other < 0;
    const struct card *near = one ? turning_card(t, u->card) : NULL;
    if (one && near != c && is_kin(near, c) && near->slots.n == 0 &&
        u->score >= nearly_sure) {
        trace(t, "a side question about what the form is about");
        card_run(t, u->card, u->score);
        go_on(t, near);
        return true;
    }
    if (topic_section(t)) {
        go_on(t, NULL);
        return true;
    }
    switch (policy_aside(t, near == c ? NULL : u)) {
    case ASIDE_SAID:
        go_on(t, NULL);
        return true;
    case ASIDE_OFFERED:
        offer_aside(t, c);
        return true;
    case ASIDE_NOTHING:
        break;
    }
    return false;
}

bool form_side_question(struct turning *t, const struct card *c)
{
    struct understood u = understand(t);
    bool asks = form_is_question(t->folded), free = is_free(t, c);
    /* what resembles another topic may well be the free text that was asked for */
    bool sure = u.card >= 0 && u.sure && u.other < 0 && (!free || u.score == 1 || asks);
    if (sure && turning_card(t, u.card) == c)
        return false;
    if (sure) {
        trace(t, "a side question; the form waits");
        const struct card *other = turning_card(t, u.card);
        bool talk = is_small_talk(other) && form_at_recap(t, c);
        card_run(t, u.card, u.score);
        if (talk) /* "bedankt" may take it for sent */
            reply_say(t, SAY_FORM_RECAP_HINT);
        go_on(t, other);
        return true;
    }
    if (asks)
        return ask_or_answer(t, c, &u);
    if (free || !form_is_of_another(t, c, true))
        return false;
    u = understand_unframed(t);
    trace(t, "nearly sure of another form: ask");
    offer_choice(t, &u.card, 1, NULL, 0);
    offer_aside(t, c);
    return true;
}
