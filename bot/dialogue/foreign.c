#include "dialogue/turning.h"

#include "dialogue/foreign_words.h"
#include "text/lang.h"
#include "text/word.h"

/*
 * A question in German or French gets an answer that its writer can read. Told apart by
 * small words that Dutch and English do not have; words that they share count for none.
 */
enum { FOREIGN_MIN = 2 };

static const enum say says[FOREIGN_COUNT] = {SAY_GERMAN, SAY_FRENCH};

/* Small words of each language that are no small words of ours; how many are ours. */
static size_t count(str folded, size_t theirs[FOREIGN_COUNT])
{
    char scratch[64];
    struct word w;
    size_t pos = 0, ours = 0;
    while (word_next(folded, &pos, scratch, &w)) {
        if (lang_hints(w.text)) {
            ours++;
            continue;
        }
        for (int i = 0; i < FOREIGN_COUNT; i++)
            theirs[i] += foreign_has((enum foreign)i, w.text);
    }
    return ours;
}

bool foreign_message(struct turning *t)
{
    size_t theirs[FOREIGN_COUNT] = {0}, ours = count(t->folded, theirs);
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
