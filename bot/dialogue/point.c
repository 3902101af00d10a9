#include "dialogue/point.h"

#include "base/str.h"
#include "text/word.h"

enum { BARE_WORDS_MAX = 4 };

/* The words in front that say "about the same". */
static size_t opener_at(str folded)
{
    static const char *const openers[] = {"en hoe zit het met ",
                                          "en hoe zit dat met ",
                                          "terug naar ",
                                          "nog even over ",
                                          "nog even terug naar ",
                                          "back to ",
                                          "going back to ",
                                          "hoe zit het met ",
                                          "hoe zit het dan met ",
                                          "en wat als ",
                                          "en als ",
                                          "wat als ",
                                          "maar als ",
                                          "en geldt dat ook ",
                                          "geldt dat ook ",
                                          "en ook ",
                                          "ook ",
                                          "en voor ",
                                          "en wat ",
                                          "en dan ",
                                          "en ",
                                          "maar ",
                                          "what about ",
                                          "how about ",
                                          "and what about ",
                                          "and how about ",
                                          "and what if ",
                                          "what if ",
                                          "and if ",
                                          "but if ",
                                          "and also ",
                                          "does that also apply to ",
                                          "does this also apply to ",
                                          "is that the same ",
                                          "and for ",
                                          "and ",
                                          "but ",
                                          "also "};
    for (size_t i = 0; i < LEN(openers); i++)
        if (str_starts(folded, str_c(openers[i])))
            return strlen(openers[i]);
    return 0;
}

/* The same behind "ok", "duidelijk,": and how long both are; 0: there is none. */
size_t point_opener(str folded)
{
    static const char *const before[] = {"ok",    "oke",   "okay",      "oh",     "ah",
                                         "hmm",   "prima", "duidelijk", "top",    "goed",
                                         "right", "fine",  "alright",   "thanks", "dus",
                                         "great", "dank",  "helder",    "so"};
    str rest = folded, first = str_cut(&rest, ' ');
    while (first.n > 0 && strchr(",.!", first.p[first.n - 1]))
        first.n--;
    for (size_t i = 0; i < LEN(before); i++)
        if (rest.n > 0 && str_is(first, before[i])) {
            size_t n = opener_at(rest);
            return n > 0 ? folded.n - rest.n + n : 0;
        }
    return opener_at(folded);
}

bool point_conditions(str folded)
{
    static const char *const words[] = {"voor ", "bij ", "als ", "for ", "if ", "when "};
    size_t n = point_opener(folded);
    for (size_t i = 0; i < LEN(words) && n > 0; i++) {
        str front = str_sub(folded, 0, n), rest = str_sub(folded, n, folded.n);
        if (str_starts(rest, str_c(words[i])) ||
            (front.n > strlen(words[i]) && str_ends(front, str_c(words[i]))))
            return true;
    }
    return false;
}

/* dat, daarvoor, that, it: words that stand for the topic. */
bool point_is(enum lang l, str w)
{
    static const char *const nl[] = {"dat",     "die",      "dit",     "deze",
                                     "daar",    "daarvoor", "daarop",  "daarmee",
                                     "daarvan", "daarover", "ervan",   "ervoor",
                                     "erop",    "hiervoor", "hiervan", "zoiets"};
    static const char *const en[] = {"that", "this", "it", "those", "these", "them"};
    size_t n = l == LANG_EN ? LEN(en) : LEN(nl);
    for (size_t i = 0; i < n; i++)
        if (str_is(w, l == LANG_EN ? en[i] : nl[i]))
            return true;
    return false;
}

/* Dutch "het" before one of these, or at the end, stands for something too: "kan ik het
 * ook in losse dagen opnemen", "wordt het betaald", "mag het?" */
static bool is_behind_it(enum lang l, str w)
{
    static const char *const words[] = {
        "ook",     "dan",       "wel",  "niet",  "zelf",      "betaald",
        "later",   "eerder",    "nog",  "nu",    "aanvragen", "opnemen",
        "krijgen", "verlengen", "doen", "terug", "verdelen",  "spreiden"};
    for (size_t i = 0; i < LEN(words) && l == LANG_NL; i++)
        if (str_is(w, words[i]))
            return true;
    return false;
}

size_t point_count(str folded, enum lang l, bool *points)
{
    char scratch[64];
    struct word w;
    size_t pos = 0, n = 0;
    bool it = false;
    *points = false;
    while (word_next(folded, &pos, scratch, &w)) {
        n++;
        *points = *points || point_is(l, w.text) || (it && is_behind_it(l, w.text));
        it = l == LANG_NL && n > 1 && str_is(w.text, "het");
    }
    *points = *points || (it && n > 1);
    return n;
}

/* "tot wanneer?", "how long?": question words alone ask about what was just said. */
bool point_is_bare(str folded, enum lang l)
{
    static const char *const nl[] = {"tot",     "wanneer",  "vanaf", "hoe", "lang",
                                     "hoeveel", "waarom",   "wat",   "dan", "is",
                                     "dat",     "precies",  "kost",  "het", "vaak",
                                     "en",      "ongeveer", "moet",  "mag", "kan"};
    static const char *const en[] = {"until", "till", "when",    "from", "how",
                                     "long",  "much", "many",    "why",  "what",
                                     "then",  "is",   "that",    "it",   "exactly",
                                     "often", "and",  "roughly", "does", "cost"};
    char scratch[64];
    struct word w;
    size_t pos = 0, n = 0;
    while (word_next(folded, &pos, scratch, &w)) {
        bool known = false;
        for (size_t i = 0; i < LEN(nl); i++)
            known = known || str_is(w.text, l == LANG_EN ? en[i] : nl[i]);
        if (!known || ++n > BARE_WORDS_MAX)
            return false;
    }
    return n > 1;
}

/* "het" that stands for something, by the word behind it. */
bool point_alone(enum lang l, str text, size_t behind)
{
    char scratch[64];
    struct word w;
    size_t pos = behind;
    return !word_next(text, &pos, scratch, &w) || is_behind_it(l, w.text);
}

/* "en bij dat eerste, moet ik dat zelf regelen?": the words that point past the newest
 * answer, in front of the message; 0: none. */
size_t point_further(str folded)
{
    enum { IN_FRONT = 12 };
    static const str words[] = {
        STR_INIT("dat eerste"),         STR_INIT("het eerste"),
        STR_INIT("die eerste"),         STR_INIT("de eerste vraag"),
        STR_INIT("mijn eerste vraag"),  STR_INIT("the first one"),
        STR_INIT("the first thing"),    STR_INIT("that first one"),
        STR_INIT("that first thing"),   STR_INIT("my first question"),
        STR_INIT("the first question"), STR_INIT("het vorige"),
        STR_INIT("dat vorige"),         STR_INIT("the previous one")};
    size_t which;
    ptrdiff_t at = word_phrase(folded, words, LEN(words), &which);
    return at >= 0 && at < IN_FRONT ? (size_t)at + words[which].n : 0;
}

/* "hoe vraag ik dat aan?", "how do I request that?" */
bool point_asks_to_do(str folded)
{
    static const str words[] = {
        STR_INIT("aanvra"),   STR_INIT("vraag"),   STR_INIT("regel"),
        STR_INIT("doen"),     STR_INIT("doe ik"),  STR_INIT("doe dat"),
        STR_INIT("meld"),     STR_INIT("doorge"),  STR_INIT("geef"),
        STR_INIT("invul"),    STR_INIT("vul"),     STR_INIT("indien"),
        STR_INIT("dien"),     STR_INIT("wijzig"),  STR_INIT("verander"),
        STR_INIT("inplan"),   STR_INIT("plan"),    STR_INIT("annule"),
        STR_INIT("intrek"),   STR_INIT("trek"),    STR_INIT("opnemen"),
        STR_INIT("neem"),     STR_INIT("begin"),   STR_INIT("start"),
        STR_INIT("boek"),     STR_INIT("request"), STR_INIT("apply"),
        STR_INIT("arrange"),  STR_INIT("do that"), STR_INIT("do this"),
        STR_INIT("do it"),    STR_INIT("fill"),    STR_INIT("submit"),
        STR_INIT("report"),   STR_INIT("book"),    STR_INIT("cancel"),
        STR_INIT("withdraw"), STR_INIT("change"),  STR_INIT("hand in"),
        STR_INIT("sign up"),
    };
    return word_phrase(folded, words, LEN(words), NULL) >= 0;
}
