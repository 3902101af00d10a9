#include "dialogue/turning.h"

#include "base/str.h"
#include "base/window.h"
#include "text/word.h"

/*
 * Somebody who has had enough. Where the message is no plain question that is answered,
 * that is heard first: the offer or the "I don't know" that follows reads as not
 * listening otherwise.
 */
enum { MARKS_MANY = 3, SHOUTED_MANY = 2, SHOUTED_LETTERS = 4 };

/* Are there capitals or marks enough at all? */
static bool may_shout(str text)
{
    int capitals = 0, marks = 0;
    for (size_t from = 0; from < text.n; from += WINDOW) {
        struct window w;
        window_at(&w, text, from);
        capitals += __builtin_popcountll(window_range(&w, 0, 'A', 'Z'));
        marks += __builtin_popcountll(window_byte(&w, '!'));
    }
    return marks >= MARKS_MANY || capitals >= SHOUTED_MANY * SHOUTED_LETTERS;
}

/* "WAT EEN WANVERTONING": words in capitals, in a message that has others. */
static bool shouts(str text)
{
    size_t shouted = 0, small = 0, marks = 0;
    if (!may_shout(text))
        return false;
    for (size_t i = 0; i < text.n;) {
        size_t n = 0, capitals = 0;
        for (; i + n < text.n && text.p[i + n] != ' ' && text.p[i + n] != '\n'; n++) {
            char c = text.p[i + n];
            capitals += c >= 'A' && c <= 'Z';
            small += c >= 'a' && c <= 'z';
            marks += c == '!';
        }
        shouted += capitals >= SHOUTED_LETTERS && capitals * 10 >= n * 8;
        i += n + 1;
    }
    return marks >= MARKS_MANY || (shouted >= SHOUTED_MANY && small > 0);
}

/* "!!!" is joy as well. */
static bool complains(str folded)
{
    static const char *const words[] = {" niet",      " nooit", " geen ", " weer ",
                                        "nog steeds", " fout",  " not ",  " never ",
                                        " still ",    " again", "wrong",  "n't "};
    for (size_t i = 0; i < LEN(words); i++)
        if (str_has(folded, str_c(words[i])))
            return true;
    return false;
}

static bool says_so(str folded)
{
    static const str signs[] = {STR_INIT("wanvertoning"),
                                STR_INIT("belachelijk"),
                                STR_INIT("schandalig"),
                                STR_INIT("een schande"),
                                STR_INIT("onacceptabel"),
                                STR_INIT("ben het zat"),
                                STR_INIT("spuugzat"),
                                STR_INIT("hier klaar mee"),
                                STR_INIT("ben er klaar mee"),
                                STR_INIT("woedend"),
                                STR_INIT("ben boos"),
                                STR_INIT("pissig"),
                                STR_INIT("om gek van te"),
                                STR_INIT("de derde keer"),
                                STR_INIT("de vierde keer"),
                                STR_INIT("de zoveelste keer"),
                                STR_INIT("niemand reageert"),
                                STR_INIT("reageert niemand"),
                                STR_INIT("niemand helpt"),
                                STR_INIT("fatsoenlijk antwoord"),
                                STR_INIT("nooit antwoord"),
                                STR_INIT("van het kastje"),
                                STR_INIT("niet serieus genomen"),
                                STR_INIT("tijdverspilling"),
                                STR_INIT("ridiculous"),
                                STR_INIT("unacceptable"),
                                STR_INIT("outrageous"),
                                STR_INIT("a disgrace"),
                                STR_INIT("disgraceful"),
                                STR_INIT("fed up"),
                                STR_INIT("sick of this"),
                                STR_INIT("i am furious"),
                                STR_INIT("i'm furious"),
                                STR_INIT("i am angry"),
                                STR_INIT("i'm angry"),
                                STR_INIT("the third time"),
                                STR_INIT("the fourth time"),
                                STR_INIT("the umpteenth"),
                                STR_INIT("nobody answers"),
                                STR_INIT("nobody responds"),
                                STR_INIT("nobody replies"),
                                STR_INIT("decent answer"),
                                STR_INIT("straight answer"),
                                STR_INIT("waste of time"),
                                STR_INIT("what a joke"),
                                STR_INIT("had enough of"),
                                STR_INIT("pillar to post")};
    return word_phrase(folded, signs, LEN(signs), NULL) >= 0;
}

void hear_annoyance(struct turning *t)
{
    if (t->e->type != EVENT_MESSAGE || t->s->private_topic ||
        !(says_so(t->folded) || (shouts(t->e->text) && complains(t->folded))))
        return;
    trace(t, "somebody who has had enough: heard first");
    reply_say(t, SAY_ANNOYED);
}
