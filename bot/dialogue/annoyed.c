#include "dialogue/turning.h"

#include "base/str.h"

/*
 * Somebody who has had enough. Where the message is no plain question that is answered,
 * that is heard first: the offer or the "I don't know" that follows reads as not
 * listening otherwise.
 */
enum { MARKS_MANY = 3, SHOUTED_MANY = 2, SHOUTED_LETTERS = 4 };

/* "WAT EEN WANVERTONING": words in capitals, in a message that has others. */
static bool shouts(str text)
{
    size_t shouted = 0, small = 0, marks = 0;
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
    static const char *const signs[] = {"wanvertoning",
                                        "belachelijk",
                                        "schandalig",
                                        "een schande",
                                        "onacceptabel",
                                        "ben het zat",
                                        "spuugzat",
                                        "hier klaar mee",
                                        "ben er klaar mee",
                                        "woedend",
                                        "ben boos",
                                        "pissig",
                                        "om gek van te",
                                        "de derde keer",
                                        "de vierde keer",
                                        "de zoveelste keer",
                                        "niemand reageert",
                                        "reageert niemand",
                                        "niemand helpt",
                                        "fatsoenlijk antwoord",
                                        "nooit antwoord",
                                        "van het kastje",
                                        "niet serieus genomen",
                                        "tijdverspilling",
                                        "ridiculous",
                                        "unacceptable",
                                        "outrageous",
                                        "a disgrace",
                                        "disgraceful",
                                        "fed up",
                                        "sick of this",
                                        "i am furious",
                                        "i'm furious",
                                        "i am angry",
                                        "i'm angry",
                                        "the third time",
                                        "the fourth time",
                                        "the umpteenth",
                                        "nobody answers",
                                        "nobody responds",
                                        "nobody replies",
                                        "decent answer",
                                        "straight answer",
                                        "waste of time",
                                        "what a joke",
                                        "had enough of",
                                        "pillar to post"};
    for (size_t i = 0; i < LEN(signs); i++)
        if (str_has(folded, str_c(signs[i])))
            return true;
    return false;
}

void hear_annoyance(struct turning *t)
{
    if (t->e->type != EVENT_MESSAGE || t->s->private_topic ||
        !(says_so(t->folded) || (shouts(t->e->text) && complains(t->folded))))
        return;
    trace(t, "somebody who has had enough: heard first");
    reply_say(t, SAY_ANNOYED);
}
