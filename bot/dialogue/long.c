#include "dialogue/turning.h"

#include "text/normalise.h"

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

static bool is_long(str text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    return text.n >= LONG_BYTES || lines >= LONG_LINES;
}

/* The next sentence: up to its end mark, or its line's end where a new line begins with
 * a capital or behind an empty one. */
static bool next_sentence(str *rest, str *out)
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

static size_t add_topic(int *cards, size_t n, int card)
{
    for (size_t i = 0; i < n; i++)
        if (cards[i] == card)
            return n;
    if (n < TOPICS_MAX)
        cards[n++] = card;
    return n;
}

/* What its sentences ask for, in their order. *best: the sentence of the first; *maybe:
 * what one of them may ask for. */
static size_t find_topics(struct turning *t, int *cards, str *best, int *maybe)
{
    double most = 0;
    *maybe = -1;
    str rest = t->e->text, sentence, whole = t->folded;
    size_t n = 0;
    for (int i = 0; i < SENTENCES_MAX && next_sentence(&rest, &sentence); i++) {
        str folded;
        if (normalise(t->a, sentence, &folded) || is_wrapping(folded))
            continue;
        t->folded = folded;
        struct understood u = understand(t);
        if (u.card < 0 || is_small_talk(turning_card(t, u.card)))
            continue;
        if (!u.sure || u.other >= 0) {
            *maybe = u.score > most ? u.card : *maybe;
            most = MAX(u.score, most);
            continue;
        }
        size_t more = add_topic(cards, n, u.card);
        if (more > n && n == 0)
            *best = folded;
        n = more;
    }
    t->folded = whole;
    return n;
}

bool long_message(struct turning *t)
{
    int cards[TOPICS_MAX], maybe;
    str best = STR_NONE;
    if (!is_long(t->e->text))
        return false;
    size_t n = find_topics(t, cards, &best, &maybe);
    trace(t, "a long message: %zu topics in its sentences", n);
    if (n == 1) {
        struct value v = {.slot = STR("name"),
                          .shown = card_label(t, turning_card(t, cards[0]))};
        reply_filled(t, SAY_LONG_ONE, &v, 1);
        t->folded = best;
        card_run(t, cards[0], 1);
        return true;
    }
    if (n > 1) {
        offer_choice(t, cards, n, NULL, 0);
        return true;
    }
    if (knowledge_message(t))
        return true;
    if (maybe >= 0) {
        offer_choice(t, &maybe, 1, NULL, 0);
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
