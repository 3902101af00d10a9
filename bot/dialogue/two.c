#include "dialogue/turning.h"

#include "base/str.h"
#include "base/window.h"

/*
 * "how do I book leave, and when is pay day?": where both halves of a message are a
 * question that a card of its own answers for sure, the first is answered and the second
 * is offered below it. What asks back or looks something up comes second, for its own
 * replies would hide the other's; two of those are a choice.
 */
enum { HALF_MIN = 8, CUTS_MAX = 3 };

/* What stands between two questions; the first byte of the second is behind it. */
static const str joints[] = {STR_INIT("? "),     STR_INIT(". "),      STR_INIT("! "),
                             STR_INIT("; "),     STR_INIT(", en "),   STR_INIT(" en "),
                             STR_INIT(", and "), STR_INIT(" and "),   STR_INIT(" + "),
                             STR_INIT(", ook "), STR_INIT(" of ook ")};
/* A question or a wish begins so; "leave and holidays" has no second half. */
static const char *const begins[] = {
    "wat",   "hoe",   "hoeveel", "wanneer", "waar",  "waarom", "wie",   "welk",
    "welke", "krijg", "mag",     "kan",     "kun",   "moet",   "ik",    "is",
    "zijn",  "heb",   "heeft",   "ook",     "what",  "whats",  "how",   "when",
    "where", "why",   "who",     "whos",    "which", "can",    "could", "do",
    "does",  "may",   "must",    "i",       "am",    "are",    "also",  "should"};

static bool begins_question(str half)
{
    str rest = half, word = str_cut(&rest, ' ');
    for (size_t i = 0; i < LEN(begins); i++)
        if (str_is(word, begins[i]))
            return true;
    return false;
}

/* "? And can I ...": the joint has said so already. */
static str without_and(str half)
{
    static const char *const ands[] = {"en ", "and ", "ook ", "also "};
    for (size_t i = 0; i < LEN(ands); i++)
        if (str_starts(half, str_c(ands[i])))
            return str_sub(half, strlen(ands[i]), half.n);
    return half;
}

/* Where one may begin in a window but for its last byte: it has a blank second behind
 * what is no letter, or is one with the first letter of a word behind it. */
static uint64_t joints_in(const struct window *w)
{
    uint64_t blank = window_byte(w, ' '), letter = window_range(w, 0, 'a', 'z');
    uint64_t word = window_byte(w, 'e') | window_byte(w, 'a') | window_byte(w, 'o') |
        window_byte(w, '+');
    uint64_t may = (blank & word >> 1) | (~blank & ~letter & blank >> 1);
    return may & UINT64_MAX >> 1;
}

/* The joint that begins there; NULL: none does. */
static const str *joint_at(str text, size_t at)
{
    for (size_t i = 0; i < LEN(joints); i++)
        if (joints[i].p[0] == text.p[at] &&
            str_starts(str_sub(text, at, text.n), joints[i]))
            return &joints[i];
    return NULL;
}

/* The next joint at or behind *from; its end in *from. */
static bool next_cut(str text, size_t *from, str *left, str *right)
{
    for (size_t base = *from; base + 1 < text.n; base += WINDOW - 1) {
        struct window w;
        window_at(&w, text, base);
        for (uint64_t may = joints_in(&w); may != 0; may &= may - 1) {
            size_t at = base + (size_t)__builtin_ctzll(may);
            const str *joint = joint_at(text, at);
            if (!joint)
                continue;
            *from = at + joint->n;
            *left = str_trim(str_sub(text, 0, at));
            *right = without_and(str_trim(str_sub(text, *from, text.n)));
            return true;
        }
    }
    return false;
}

/* The card that one half asks for, for sure; -1. */
static int card_of(struct turning *t, str half, struct understood *u)
{
    t->folded = half;
    *u = understand(t);
    bool sure = u->card >= 0 && u->other < 0 && u->sure;
    return sure && !is_small_talk(turning_card(t, u->card)) ? u->card : -1;
}

/* It only says something. */
static bool is_plain(const struct card *c)
{
    return c->slots.n == 0 && c->actions.n == 0;
}

static void answer_both(struct turning *t, const str half[2],
                        const struct understood u[2])
{
    const struct card *cards[] = {turning_card(t, u[0].card), turning_card(t, u[1].card)};
    int now = is_plain(cards[0]) ? 0 : 1;
    trace(t, "two questions: \"%.*s\" (%.*s) and \"%.*s\" (%.*s)", STR_ARG(half[0]),
          STR_ARG(cards[0]->id), STR_ARG(half[1]), STR_ARG(cards[1]->id));
    if (!is_plain(cards[now])) {
        offer_choice(t, (int[]){u[0].card, u[1].card}, 2, NULL, 0);
        return;
    }
    t->folded = half[now];
    card_run(t, u[now].card, u[now].score);
    if (t->o->replies.n == 0)
        return;
    struct reply *r = &t->o->replies.v[t->o->replies.n - 1];
    reply_also(t, r);
    reply_offer(t, r, OFFER_CARD, cards[1 - now]->id, card_label(t, cards[1 - now]));
}

bool two_questions(struct turning *t)
{
    str whole = t->folded, half[2];
    struct understood u[2], all = understand(t);
    size_t from = 0;
    for (int cuts = 0; cuts < CUTS_MAX && next_cut(whole, &from, &half[0], &half[1]);) {
        if (half[0].n < HALF_MIN || half[1].n < HALF_MIN || !begins_question(half[1]))
            continue;
        cuts++;
        int first = card_of(t, half[0], &u[0]);
        int second = first >= 0 ? card_of(t, half[1], &u[1]) : -1;
        if (second < 0 || second == first)
            continue;
        answer_both(t, half, u);
        return true;
    }
    t->folded = whole;
    t->understood = all; /* not a third time */
    t->understood_for = whole;
    return false;
}
