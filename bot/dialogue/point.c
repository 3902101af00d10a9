#include "dialogue/point.h"

#include "base/str.h"
#include "text/word.h"

enum { BARE_WORDS_MAX = 4 };

/* The words in front that say "about the same". */
static size_t opener_at(str folded)
{
    static const str openers[] = {STR_INIT("en hoe zit het met "),
                                  STR_INIT("en hoe zit dat met "),
                                  STR_INIT("terug naar "),
                                  STR_INIT("nog even over "),
                                  STR_INIT("nog even terug naar "),
                                  STR_INIT("back to "),
                                  STR_INIT("going back to "),
                                  STR_INIT("hoe zit het met "),
                                  STR_INIT("hoe zit het dan met "),
                                  STR_INIT("en wat als "),
                                  STR_INIT("en als "),
                                  STR_INIT("wat als "),
                                  STR_INIT("maar als "),
                                  STR_INIT("en geldt dat ook "),
                                  STR_INIT("geldt dat ook "),
                                  STR_INIT("en ook "),
                                  STR_INIT("ook "),
                                  STR_INIT("en voor "),
                                  STR_INIT("en wat "),
                                  STR_INIT("en dan "),
                                  STR_INIT("en "),
                                  STR_INIT("maar "),
                                  STR_INIT("what about "),
                                  STR_INIT("how about "),
                                  STR_INIT("and what about "),
                                  STR_INIT("and how about "),
                                  STR_INIT("and what if "),
                                  STR_INIT("what if "),
                                  STR_INIT("and if "),
                                  STR_INIT("but if "),
                                  STR_INIT("and also "),
                                  STR_INIT("does that also apply to "),
                                  STR_INIT("does this also apply to "),
                                  STR_INIT("is that the same "),
                                  STR_INIT("and for "),
                                  STR_INIT("and "),
                                  STR_INIT("but "),
                                  STR_INIT("also ")};
    ptrdiff_t i = str_begins(folded, openers, LEN(openers));
    return i >= 0 ? openers[i].n : 0;
}

/* The same behind "ok", "duidelijk,": and how long both are; 0: there is none. */
size_t point_opener(str folded)
{
    static const str before[] = {
        STR_INIT("ok"),      STR_INIT("oke"),    STR_INIT("okay"),  STR_INIT("oh"),
        STR_INIT("ah"),      STR_INIT("hmm"),    STR_INIT("prima"), STR_INIT("duidelijk"),
        STR_INIT("top"),     STR_INIT("goed"),   STR_INIT("right"), STR_INIT("fine"),
        STR_INIT("alright"), STR_INIT("thanks"), STR_INIT("dus"),   STR_INIT("great"),
        STR_INIT("dank"),    STR_INIT("helder"), STR_INIT("so")};
    str rest = folded, first = str_cut(&rest, ' ');
    while (first.n > 0 && strchr(",.!", first.p[first.n - 1]))
        first.n--;
    if (rest.n == 0 || str_among(first, before, LEN(before)) < 0)
        return opener_at(folded);
    size_t n = opener_at(rest);
    return n > 0 ? folded.n - rest.n + n : 0;
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
    static const str nl[] = {
        STR_INIT("dat"),      STR_INIT("die"),      STR_INIT("dit"),
        STR_INIT("deze"),     STR_INIT("daar"),     STR_INIT("daarvoor"),
        STR_INIT("daarop"),   STR_INIT("daarmee"),  STR_INIT("daarvan"),
        STR_INIT("daarover"), STR_INIT("ervan"),    STR_INIT("ervoor"),
        STR_INIT("erop"),     STR_INIT("hiervoor"), STR_INIT("hiervan"),
        STR_INIT("zoiets")};
    static const str en[] = {STR_INIT("that"),  STR_INIT("this"),  STR_INIT("it"),
                             STR_INIT("those"), STR_INIT("these"), STR_INIT("them")};
    return str_among(w, l == LANG_EN ? en : nl, l == LANG_EN ? LEN(en) : LEN(nl)) >= 0;
}

/* Dutch "het" before one of these, or at the end, stands for something too: "kan ik het
 * ook in losse dagen opnemen", "wordt het betaald", "mag het?" */
static bool is_behind_it(enum lang l, str w)
{
    static const str words[] = {
        STR_INIT("ook"),     STR_INIT("dan"),       STR_INIT("wel"),
        STR_INIT("niet"),    STR_INIT("zelf"),      STR_INIT("betaald"),
        STR_INIT("later"),   STR_INIT("eerder"),    STR_INIT("nog"),
        STR_INIT("nu"),      STR_INIT("aanvragen"), STR_INIT("opnemen"),
        STR_INIT("krijgen"), STR_INIT("verlengen"), STR_INIT("doen"),
        STR_INIT("terug"),   STR_INIT("verdelen"),  STR_INIT("spreiden")};
    return l == LANG_NL && str_among(w, words, LEN(words)) >= 0;
}

bool point_points(const struct words *words, enum lang l)
{
    size_t n = words->list.n;
    bool it = false;
    for (size_t i = 0; i < n; i++) {
        str w = words->list.v[i].text;
        if (point_is(l, w) || (it && is_behind_it(l, w)))
            return true;
        it = l == LANG_NL && i > 0 && str_is(w, "het");
    }
    return it && n > 1;
}

/* "tot wanneer?", "how long?": question words alone ask about what was just said. */
bool point_is_bare(str folded, enum lang l)
{
    static const str nl[] = {
        STR_INIT("tot"),    STR_INIT("wanneer"),  STR_INIT("vanaf"),
        STR_INIT("hoe"),    STR_INIT("lang"),     STR_INIT("hoeveel"),
        STR_INIT("waarom"), STR_INIT("wat"),      STR_INIT("dan"),
        STR_INIT("is"),     STR_INIT("dat"),      STR_INIT("precies"),
        STR_INIT("kost"),   STR_INIT("het"),      STR_INIT("vaak"),
        STR_INIT("en"),     STR_INIT("ongeveer"), STR_INIT("moet"),
        STR_INIT("mag"),    STR_INIT("kan")};
    static const str en[] = {
        STR_INIT("until"), STR_INIT("till"),    STR_INIT("when"),    STR_INIT("from"),
        STR_INIT("how"),   STR_INIT("long"),    STR_INIT("much"),    STR_INIT("many"),
        STR_INIT("why"),   STR_INIT("what"),    STR_INIT("then"),    STR_INIT("is"),
        STR_INIT("that"),  STR_INIT("it"),      STR_INIT("exactly"), STR_INIT("often"),
        STR_INIT("and"),   STR_INIT("roughly"), STR_INIT("does"),    STR_INIT("cost")};
    char scratch[64];
    struct word w;
    size_t pos = 0, n = 0;
    while (word_next(folded, &pos, scratch, &w)) {
        const str *words = l == LANG_EN ? en : nl;
        if (str_among(w.text, words, LEN(nl)) < 0 || ++n > BARE_WORDS_MAX)
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
    enum { IN_FRONT = 12, LONGEST = 18 }; /* bytes */
    static const str words[] = {
        STR_INIT("dat eerste"),         STR_INIT("het eerste"),
        STR_INIT("die eerste"),         STR_INIT("de eerste vraag"),
        STR_INIT("mijn eerste vraag"),  STR_INIT("the first one"),
        STR_INIT("the first thing"),    STR_INIT("that first one"),
        STR_INIT("that first thing"),   STR_INIT("my first question"),
        STR_INIT("the first question"), STR_INIT("het vorige"),
        STR_INIT("dat vorige"),         STR_INIT("the previous one")};
    size_t which;
    str front = str_sub(folded, 0, IN_FRONT + LONGEST);
    ptrdiff_t at = word_phrase(front, words, LEN(words), &which);
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
