#include "dialogue/turning.h"

#include "dialogue/foreign_words.h"
#include "text/lang.h"

/*
 * A question in German or French gets an answer that its writer can read. Told apart by
 * small words that Dutch and English do not have; words that they share count for none.
 */
enum { FOREIGN_MIN = 2 };

static const enum say says[FOREIGN_COUNT] = {SAY_GERMAN, SAY_FRENCH};

/* Small words of each language that are no small words of ours. Stops where so many are
 * ours that what is left changes nothing: soon, in a message of our own languages. */
static void count(const struct words *words, size_t ours, uint64_t small,
                  size_t theirs[FOREIGN_COUNT])
{
    size_t left = words->list.n - ours; /* that may be theirs */
    for (size_t i = 0; i < words->list.n; i++) {
        str word = words->list.v[i].text;
        size_t most = 0;
        for (int l = 0; l < FOREIGN_COUNT; l++)
            most = MAX(most, theirs[l]);
        if (most + left < FOREIGN_MIN || most + left <= ours)
            return;
        if (i < 64 ? small >> i & 1 : lang_hints(word))
            continue;
        left--;
        for (int l = 0; l < FOREIGN_COUNT; l++)
            theirs[l] += foreign_has((enum foreign)l, word);
    }
}

bool foreign_message(struct turning *t)
{
    size_t theirs[FOREIGN_COUNT] = {0};
    uint64_t small; /* of the first 64 words, by bit */
    size_t ours = nlu_small_words(t->brain->nlu, t->folded, &small);
    count(nlu_cut(t->brain->nlu, t->folded), ours, small, theirs);
    for (size_t i = 0; i < FOREIGN_COUNT; i++) {
        size_t n = theirs[i];
        if (n < FOREIGN_MIN || n <= ours)
            continue;
        trace(t, "%s: %zu small words of it, %zu of ours", i == 0 ? "German" : "French",
              n, ours);
        if (t->lang_before != LANG_NONE) /* its words switch nothing */
            t->lang = t->s->lang = t->o->lang = t->lang_before;
        struct reply *r = reply_say(t, says[i]);
        t->s->question = question_kept(t);
        t->s->tried = STR_NONE;
        reply_handoff_offers(t, r);
        t->o->kind = OUTCOME_HANDOFF;
        t->o->intent = STR_NONE;
        return true;
    }
    return false;
}
