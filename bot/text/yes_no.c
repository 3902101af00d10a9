#include "base/str.h"
#include "text/token.h"

enum { YES_NO_MAX = 48 }; /* bytes; more is no plain yes or no */

/* YES and NO say it; ASSENT agrees with what was said, also "that is wrong" ("nee,
 * klopt"); NEGATES turns an assent round ("niet versturen"). */
enum says { FILLER, YES, ASSENT, NO, NEGATES, UNSURE };

/* The longest phrase that fits is taken. */
static const struct phrase {
    const char *words;
    enum says says;
} phrases[] = {
    {"ja", YES},
    {"ja bitte", YES},
    {"jawel", YES},
    {"jazeker", YES},
    {"yes", YES},
    {"yep", YES},
    {"yup", YES},
    {"yeah", YES},
    {"ye", YES},
    {"yea", YES},
    {"jep", YES},
    {"jup", YES},
    {"j", YES},
    {"y", YES},
    {"ik wel", YES},
    {"i do", YES},
    {"i would", YES},
    {"i am", YES},
    {"oja", YES},
    {"i think so", YES},
    {"ik denk het wel", YES},
    {"volgens mij wel", YES},
    {"ik denk van wel", YES},
    {"ok", ASSENT},
    {"oke", ASSENT},
    {"okay", ASSENT},
    {"okee", ASSENT},
    {"okido", ASSENT},
    {"k", ASSENT},
    {"prima", ASSENT},
    {"goed", ASSENT},
    {"is goed", ASSENT},
    {"dat is goed", ASSENT},
    {"dat is prima", ASSENT},
    {"top", ASSENT},
    {"graag", ASSENT},
    {"heel graag", ASSENT},
    {"doe maar", ASSENT},
    {"doen", ASSENT},
    {"doe dat maar", ASSENT},
    {"ga je gang", ASSENT},
    {"klopt", ASSENT},
    {"dat klopt", ASSENT},
    {"het klopt", ASSENT},
    {"klopt helemaal", ASSENT},
    {"akkoord", ASSENT},
    {"mee eens", ASSENT},
    {"zeker", ASSENT},
    {"zeker weten", ASSENT},
    {"tuurlijk", ASSENT},
    {"natuurlijk", ASSENT},
    {"uiteraard", ASSENT},
    {"absoluut", ASSENT},
    {"juist", ASSENT},
    {"inderdaad", ASSENT},
    {"correct", ASSENT},
    {"helemaal goed", ASSENT},
    {"helemaal", ASSENT},
    {"waarom niet", ASSENT},
    {"geen probleem", ASSENT},
    {"verstuur", ASSENT},
    {"versturen", ASSENT},
    {"verstuur maar", ASSENT},
    {"stuur maar", ASSENT},
    {"verzenden", ASSENT},
    {"verzend", ASSENT},
    {"bevestig", ASSENT},
    {"ik bevestig", ASSENT},
    {"bevestigd", ASSENT},
    {"lijkt me goed", ASSENT},
    {"lijkt me prima", ASSENT},
    {"perfect", ASSENT},
    {"mooi", ASSENT},
    {"vooruit", ASSENT},
    {"dat wil ik", ASSENT},
    {"dat wil ik graag", ASSENT},
    {"zo is het", ASSENT},
    {"sure", ASSENT},
    {"sure thing", ASSENT},
    {"of course", ASSENT},
    {"certainly", ASSENT},
    {"definitely", ASSENT},
    {"absolutely", ASSENT},
    {"indeed", ASSENT},
    {"right", ASSENT},
    {"that is right", ASSENT},
    {"that s right", ASSENT},
    {"that is correct", ASSENT},
    {"that s correct", ASSENT},
    {"exactly", ASSENT},
    {"precies", ASSENT},
    {"go ahead", ASSENT},
    {"go for it", ASSENT},
    {"do it", ASSENT},
    {"do that", ASSENT},
    {"please do", ASSENT},
    {"sounds good", ASSENT},
    {"looks good", ASSENT},
    {"looks fine", ASSENT},
    {"looks right", ASSENT},
    {"looks great", ASSENT},
    {"that looks good", ASSENT},
    {"prima zo", ASSENT},
    {"goed zo", ASSENT},
    {"zo goed", ASSENT},
    {"zo prima", ASSENT},
    {"zo is het goed", ASSENT},
    {"ziet er goed uit", ASSENT},
    {"dat ziet er goed uit", ASSENT},
    {"stuur maar door", ASSENT},
    {"stuur het maar", ASSENT},
    {"fine", ASSENT},
    {"great", ASSENT},
    {"good", ASSENT},
    {"no problem", ASSENT},
    {"why not", ASSENT},
    {"confirm", ASSENT},
    {"i confirm", ASSENT},
    {"confirmed", ASSENT},
    {"agreed", ASSENT},
    {"i agree", ASSENT},
    {"send it", ASSENT},
    {"submit", ASSENT},
    {"i d like that", ASSENT},
    {"it is", ASSENT},
    {"alright", ASSENT},
    {"all right", ASSENT},
    {"all good", ASSENT},
    {"klopt allemaal", ASSENT},
    {"alles klopt", ASSENT},
    {"mag", ASSENT},
    {"dat mag", ASSENT},
    {"that works", ASSENT},
    {"works for me", ASSENT},
    {"go", ASSENT},
    {"doe", ASSENT},
    {"send", ASSENT},
    {"stuur", ASSENT},
    {"that is fine", ASSENT},
    {"that s fine", ASSENT},
    {"geen bezwaar", ASSENT},
    {"accoord", ASSENT},
    {"super", ASSENT},
    {"perfecto", ASSENT},
    {"uitstekend", ASSENT},
    {"excellent", ASSENT},
    {"very good", ASSENT},
    {"cool", ASSENT},
    {"nice", ASSENT},
    {"nee", NO},
    {"nein", NO},
    {"nein danke", NO},
    {"neen", NO},
    {"nei", NO},
    {"nah", NO},
    {"no", NO},
    {"nope", NO},
    {"nop", NO},
    {"n", NO},
    {"nay", NO},
    {"nooit", NO},
    {"never", NO},
    {"liever niet", NO},
    {"doe maar niet", NO},
    {"niet doen", NO},
    {"hoeft niet", NO},
    {"dat hoeft niet", NO},
    {"hoeft niet meer", NO},
    {"klopt niet", NO},
    {"dat klopt niet", NO},
    {"het klopt niet", NO},
    {"niet goed", NO},
    {"dat is niet goed", NO},
    {"is niet goed", NO},
    {"fout", NO},
    {"onjuist", NO},
    {"niet juist", NO},
    {"niet correct", NO},
    {"not correct", NO},
    {"dat is fout", NO},
    {"niet akkoord", NO},
    {"echt niet", NO},
    {"zeker niet", NO},
    {"absoluut niet", NO},
    {"natuurlijk niet", NO},
    {"helemaal niet", NO},
    {"laat maar", NO},
    {"toch niet", NO},
    {"niet nodig", NO},
    {"nog niet", NO},
    {"niet nu", NO},
    {"nu niet", NO},
    {"ik niet", NO},
    {"dat wil ik niet", NO},
    {"wil ik niet", NO},
    {"geen van beide", NO},
    {"not now", NO},
    {"not yet", NO},
    {"not really", NO},
    {"no way", NO},
    {"of course not", NO},
    {"certainly not", NO},
    {"definitely not", NO},
    {"absolutely not", NO},
    {"please don t", NO},
    {"not right", NO},
    {"that is wrong", NO},
    {"that s wrong", NO},
    {"that is not right", NO},
    {"that s not right", NO},
    {"that is not correct", NO},
    {"that s not correct", NO},
    {"wrong", NO},
    {"incorrect", NO},
    {"never mind", NO},
    {"nevermind", NO},
    {"not needed", NO},
    {"no need", NO},
    {"i don t", NO},
    {"i do not", NO},
    {"i m not", NO},
    {"i am not", NO},
    {"it isn t", NO},
    {"it is not", NO},
    {"rather not", NO},
    {"i d rather not", NO},
    {"disagree", NO},
    {"nee toch", NO},
    {"helaas niet", NO},
    {"nog steeds niet", NO},
    {"niks", NO},
    {"geen", NO},
    {"none", NO},
    {"neither", NO},
    {"ik denk het niet", NO},
    {"ik denk van niet", NO},
    {"i don t think so", NO},
    {"volgens mij niet", NO},
    {"niet", NEGATES},
    {"not", NEGATES},
    {"don t", NEGATES},
    {"dont", NEGATES},
    {"do not", NEGATES},
    {"fijn", FILLER},
    {"hoor", FILLER},
    {"dank je", FILLER},
    {"dank je wel", FILLER},
    {"dankjewel", FILLER},
    {"dank u", FILLER},
    {"dank u wel", FILLER},
    {"dankuwel", FILLER},
    {"bedankt", FILLER},
    {"dank", FILLER},
    {"thx", FILLER},
    {"thanks", FILLER},
    {"thank you", FILLER},
    {"please", FILLER},
    {"alsjeblieft", FILLER},
    {"aub", FILLER},
    {"a.u.b", FILLER},
    {"alstublieft", FILLER},
    {"svp", FILLER},
    {"lekker", FILLER},
    {"echt", FILLER},
    {"heel erg", FILLER},
    {"eigenlijk", FILLER},
    {"maar", FILLER},
    {"wel", FILLER},
    {"dat", FILLER},
    {"it", FILLER},
    {"then", FILLER},
    {"dan", FILLER},
    {"sir", FILLER},
    {"meneer", FILLER},
    {"mate", FILLER},
    {"man", FILLER},
    {"very much", FILLER},
    {"so much", FILLER},
    {"a lot", FILLER},
    {"oh", FILLER},
    {"o", FILLER},
    {"eh", FILLER},
    {"uh", FILLER},
    {"uhm", FILLER},
    {"hmm", FILLER},
    {"nou", FILLER},
    {"well", FILLER},
    {"and", FILLER},
    {"en", FILLER},
    {"that", FILLER},
    {"is", FILLER},
    {"het", FILLER},
    {"gewoon", FILLER},
    {"actually", FILLER},
    {"toch", FILLER},
    {"toch maar", FILLER},
    {"liever", FILLER},
    {"hoor hoor", FILLER},
    {"not sure", UNSURE},
};

/* Marks of a hand or a tick, also several and with a colour of skin behind. */
static enum says emoji(str word)
{
    static const struct {
        const char *mark;
        enum says says;
    } marks[] = {{"\xf0\x9f\x91\x8d", YES}, {"\xf0\x9f\x91\x8c", YES},
                 {"\xe2\x9c\x85", YES},     {"\xe2\x9c\x94", YES},
                 {"\xf0\x9f\x91\x8e", NO},  {"\xe2\x9d\x8c", NO}};
    for (size_t i = 0; i < LEN(marks); i++)
        if (str_starts(word, str_c(marks[i].mark)))
            return marks[i].says;
    return FILLER;
}

static bool only_signs(str word)
{
    for (size_t i = 0; i < word.n; i++)
        if ((unsigned char)word.p[i] < 0x80)
            return false;
    return true;
}

/* The longest phrase at i: its length in tokens, 0 when none. */
static size_t longest(const struct tokens *t, size_t i, enum says *says)
{
    size_t best = 0;
    str word = token_at(t, i)->text;
    char first = word.p[0], second = word.n > 1 ? word.p[1] : '\0';
    for (size_t k = 0; k < LEN(phrases); k++) {
        const char *w = phrases[k].words;
        if (w[0] != first || (second ? w[1] != second : w[1] != '\0' && w[1] != ' '))
            continue;
        size_t n = token_phrase(t, i, phrases[k].words);
        if (n > best) {
            best = n;
            *says = phrases[k].says;
        }
    }
    return best;
}

/* "jaaaa", "yesss": the word with its last letter once. */
static size_t drawn_out(struct tokens *t, size_t i, enum says *says)
{
    str *w = &t->v[i].text;
    size_t n = w->n;
    while (n > 2 && w->p[n - 1] == w->p[n - 2])
        n--;
    for (; n < w->n; w->n--) { /* "neee" is nee, "jaaa" is ja */
        size_t used = longest(t, i, says);
        if (used > 0)
            return used;
    }
    return longest(t, i, says);
}

/* What the token at i and those of its phrase say; 0 tokens: nothing we know. */
static size_t read_at(struct tokens *t, size_t i, enum says *says)
{
    const struct token *k = token_at(t, i);
    *says = FILLER;
    if (k->kind == TOKEN_MARK)
        return !token_mark(t, i, '?');
    if (k->kind != TOKEN_WORD)
        return 0;
    size_t used = drawn_out(t, i, says);
    if (used == 0 && only_signs(k->text)) {
        *says = emoji(k->text);
        used = 1;
    }
    return used;
}

int yes_no(str folded, enum lang l)
{
    struct tokens t;
    bool said[UNSURE + 1] = {false};
    if (folded.n > YES_NO_MAX)
        return 0;
    tokens_cut(folded, l, &t);
    for (size_t i = 0; i < t.n;) {
        enum says says;
        size_t used = read_at(&t, i, &says);
        if (used == 0)
            return 0;
        said[says] = true;
        i += used;
    }
    bool no = said[NO] || said[NEGATES];
    if (said[UNSURE] || (said[YES] && no) || (said[NO] && said[ASSENT] && !said[NEGATES]))
        return 0;
    return no ? -1 : said[YES] || said[ASSENT] ? 1 : 0;
}
