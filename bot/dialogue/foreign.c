#include "dialogue/turning.h"

#include "dialogue/foreign_words.h"
#include "text/lang.h"

/*
 * A question in German or French gets an answer that its writer can read. Told apart by
 * small words that Dutch and English do not have; words that they share count for none.
 */
enum { FOREIGN_MIN = 2 };

static const enum say says[FOREIGN_COUNT] = {SAY_GERMAN, SAY_FRENCH};

/* Small words of each language that are no small words of ours; how many are ours, as far
 * as that matters: half of all leaves too few for another language. */
static size_t count(const struct words *words, size_t theirs[FOREIGN_COUNT])
{
    size_t ours = 0, n = words->list.n;
    for (size_t i = 0; i < n; i++)
        ours += lang_hints(words->list.v[i].text);
    for (size_t i = 0; i < n && 2 * ours < n; i++) {
        str word = words->list.v[i].text;
        if (lang_hints(word))
            continue;
        for (int l = 0; l < FOREIGN_COUNT; l++)
            theirs[l] += foreign_has((enum foreign)l, word);
    }
    return ours;
}

bool foreign_message(struct turning *t)
{
    size_t theirs[FOREIGN_COUNT] = {0},
           ours = count(nlu_cut(t->brain->nlu, t->folded), theirs);
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
