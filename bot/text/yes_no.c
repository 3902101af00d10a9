#include "base/str.h"
#include "text/token.h"

enum { YES_NO_MAX = 48 }; /* bytes; more is no plain yes or no */

/* YES and NO say it; ASSENT agrees with what was said, also "that is wrong" ("nee,
 * klopt"); NEGATES turns an assent round ("niet versturen"). */
enum says { FILLER, YES, ASSENT, NO, NEGATES, UNSURE };

/* The longest phrase that fits is taken. Sorted by byte: a message is held against those
 * that begin with its letter. */
static const struct phrase {
    const char *words;
    enum says says;
} phrases[] = {
    {"a lot", FILLER},
    {"a.u.b", FILLER},
    {"absolutely", ASSENT},
    {"absolutely not", NO},
    {"absoluut", ASSENT},
    {"absoluut niet", NO},
    {"accoord", ASSENT},
    {"actually", FILLER},
    {"agreed", ASSENT},
    {"akkoord", ASSENT},
    {"all good", ASSENT},
    {"all right", ASSENT},
    {"alles klopt", ASSENT},
    {"alright", ASSENT},
    {"alsjeblieft", FILLER},
    {"alstublieft", FILLER},
    {"and", FILLER},
    {"aub", FILLER},
    {"bedankt", FILLER},
    {"bevestig", ASSENT},
    {"bevestigd", ASSENT},
    {"certainly", ASSENT},
    {"certainly not", NO},
    {"confirm", ASSENT},
    {"confirmed", ASSENT},
    {"cool", ASSENT},
    {"correct", ASSENT},
    {"dan", FILLER},
    {"dank", FILLER},
    {"dank je", FILLER},
    {"dank je wel", FILLER},
    {"dank u", FILLER},
    {"dank u wel", FILLER},
    {"dankjewel", FILLER},
    {"dankuwel", FILLER},
    {"dat", FILLER},
    {"dat hoeft niet", NO},
    {"dat is fout", NO},
    {"dat is goed", ASSENT},
    {"dat is niet goed", NO},
    {"dat is prima", ASSENT},
    {"dat klopt", ASSENT},
    {"dat klopt niet", NO},
    {"dat mag", ASSENT},
    {"dat wil ik", ASSENT},
    {"dat wil ik graag", ASSENT},
    {"dat wil ik niet", NO},
    {"dat ziet er goed uit", ASSENT},
    {"definitely", ASSENT},
    {"definitely not", NO},
    {"disagree", NO},
    {"do it", ASSENT},
    {"do not", NEGATES},
    {"do that", ASSENT},
    {"doe", ASSENT},
    {"doe dat maar", ASSENT},
    {"doe maar", ASSENT},
    {"doe maar niet", NO},
    {"doen", ASSENT},
    {"don t", NEGATES},
    {"dont", NEGATES},
    {"echt", FILLER},
    {"echt niet", NO},
    {"eh", FILLER},
    {"eigenlijk", FILLER},
    {"en", FILLER},
    {"exactly", ASSENT},
    {"excellent", ASSENT},
    {"fijn", FILLER},
    {"fine", ASSENT},
    {"fout", NO},
    {"ga je gang", ASSENT},
    {"geen", NO},
    {"geen bezwaar", ASSENT},
    {"geen probleem", ASSENT},
    {"geen van beide", NO},
    {"gewoon", FILLER},
    {"go", ASSENT},
    {"go ahead", ASSENT},
    {"go for it", ASSENT},
    {"goed", ASSENT},
    {"goed zo", ASSENT},
    {"good", ASSENT},
    {"graag", ASSENT},
    {"great", ASSENT},
    {"heel erg", FILLER},
    {"heel graag", ASSENT},
    {"helaas niet", NO},
    {"helemaal", ASSENT},
    {"helemaal goed", ASSENT},
    {"helemaal niet", NO},
    {"het", FILLER},
    {"het klopt", ASSENT},
    {"het klopt niet", NO},
    {"hmm", FILLER},
    {"hoeft niet", NO},
    {"hoeft niet meer", NO},
    {"hoor", FILLER},
    {"hoor hoor", FILLER},
    {"i agree", ASSENT},
    {"i am", YES},
    {"i am not", NO},
    {"i confirm", ASSENT},
    {"i d like that", ASSENT},
    {"i d rather not", NO},
    {"i do", YES},
    {"i do not", NO},
    {"i don t", NO},
    {"i don t think so", NO},
    {"i m not", NO},
    {"i think so", YES},
    {"i would", YES},
    {"ik bevestig", ASSENT},
    {"ik denk het niet", NO},
    {"ik denk het wel", YES},
    {"ik denk van niet", NO},
    {"ik denk van wel", YES},
    {"ik niet", NO},
    {"ik wel", YES},
    {"incorrect", NO},
    {"indeed", ASSENT},
    {"inderdaad", ASSENT},
    {"is", FILLER},
    {"is goed", ASSENT},
    {"is niet goed", NO},
    {"it", FILLER},
    {"it is", ASSENT},
    {"it is not", NO},
    {"it isn t", NO},
    {"j", YES},
    {"ja", YES},
    {"ja bitte", YES},
    {"jawel", YES},
    {"jazeker", YES},
    {"jep", YES},
    {"juist", ASSENT},
    {"jup", YES},
    {"k", ASSENT},
    {"klopt", ASSENT},
    {"klopt allemaal", ASSENT},
    {"klopt helemaal", ASSENT},
    {"klopt niet", NO},
    {"laat maar", NO},
    {"lekker", FILLER},
    {"liever", FILLER},
    {"liever niet", NO},
    {"lijkt me goed", ASSENT},
    {"lijkt me prima", ASSENT},
    {"looks fine", ASSENT},
    {"looks good", ASSENT},
    {"looks great", ASSENT},
    {"looks right", ASSENT},
    {"maar", FILLER},
    {"mag", ASSENT},
    {"man", FILLER},
    {"mate", FILLER},
    {"mee eens", ASSENT},
    {"meneer", FILLER},
    {"mooi", ASSENT},
    {"n", NO},
    {"nah", NO},
    {"natuurlijk", ASSENT},
    {"natuurlijk niet", NO},
    {"nay", NO},
    {"nee", NO},
    {"nee toch", NO},
    {"neen", NO},
    {"nei", NO},
    {"nein", NO},
    {"nein danke", NO},
    {"neither", NO},
    {"never", NO},
    {"never mind", NO},
    {"nevermind", NO},
    {"nice", ASSENT},
    {"niet", NEGATES},
    {"niet akkoord", NO},
    {"niet correct", NO},
    {"niet doen", NO},
    {"niet goed", NO},
    {"niet juist", NO},
    {"niet nodig", NO},
    {"niet nu", NO},
    {"niks", NO},
    {"no", NO},
    {"no need", NO},
    {"no problem", ASSENT},
    {"no way", NO},
    {"nog niet", NO},
    {"nog steeds niet", NO},
    {"none", NO},
    {"nooit", NO},
    {"nop", NO},
    {"nope", NO},
    {"not", NEGATES},
    {"not correct", NO},
    {"not needed", NO},
    {"not now", NO},
    {"not really", NO},
    {"not right", NO},
    {"not sure", UNSURE},
    {"not yet", NO},
    {"nou", FILLER},
    {"nu niet", NO},
    {"o", FILLER},
    {"of course", ASSENT},
    {"of course not", NO},
    {"oh", FILLER},
    {"oja", YES},
    {"ok", ASSENT},
    {"okay", ASSENT},
    {"oke", ASSENT},
    {"okee", ASSENT},
    {"okido", ASSENT},
    {"onjuist", NO},
    {"perfect", ASSENT},
    {"perfecto", ASSENT},
    {"please", FILLER},
    {"please do", ASSENT},
    {"please don t", NO},
    {"precies", ASSENT},
    {"prima", ASSENT},
    {"prima zo", ASSENT},
    {"rather not", NO},
    {"right", ASSENT},
    {"send", ASSENT},
    {"send it", ASSENT},
    {"sir", FILLER},
    {"so much", FILLER},
    {"sounds good", ASSENT},
    {"stuur", ASSENT},
    {"stuur het maar", ASSENT},
    {"stuur maar", ASSENT},
    {"stuur maar door", ASSENT},
    {"submit", ASSENT},
    {"super", ASSENT},
    {"sure", ASSENT},
    {"sure thing", ASSENT},
    {"svp", FILLER},
    {"thank you", FILLER},
    {"thanks", FILLER},
    {"that", FILLER},
    {"that is correct", ASSENT},
    {"that is fine", ASSENT},
    {"that is not correct", NO},
    {"that is not right", NO},
    {"that is right", ASSENT},
    {"that is wrong", NO},
    {"that looks good", ASSENT},
    {"that s correct", ASSENT},
    {"that s fine", ASSENT},
    {"that s not correct", NO},
    {"that s not right", NO},
    {"that s right", ASSENT},
    {"that s wrong", NO},
    {"that works", ASSENT},
    {"then", FILLER},
    {"thx", FILLER},
    {"toch", FILLER},
    {"toch maar", FILLER},
    {"toch niet", NO},
    {"top", ASSENT},
    {"tuurlijk", ASSENT},
    {"uh", FILLER},
    {"uhm", FILLER},
    {"uiteraard", ASSENT},
    {"uitstekend", ASSENT},
    {"versturen", ASSENT},
    {"verstuur", ASSENT},
    {"verstuur maar", ASSENT},
    {"very good", ASSENT},
    {"very much", FILLER},
    {"verzend", ASSENT},
    {"verzenden", ASSENT},
    {"volgens mij niet", NO},
    {"volgens mij wel", YES},
    {"vooruit", ASSENT},
    {"waarom niet", ASSENT},
    {"wel", FILLER},
    {"well", FILLER},
    {"why not", ASSENT},
    {"wil ik niet", NO},
    {"works for me", ASSENT},
    {"wrong", NO},
    {"y", YES},
    {"ye", YES},
    {"yea", YES},
    {"yeah", YES},
    {"yep", YES},
    {"yes", YES},
    {"yup", YES},
    {"zeker", ASSENT},
    {"zeker niet", NO},
    {"zeker weten", ASSENT},
    {"ziet er goed uit", ASSENT},
    {"zo goed", ASSENT},
    {"zo is het", ASSENT},
    {"zo is het goed", ASSENT},
    {"zo prima", ASSENT},
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

/* The first phrase that begins with c, or with a later letter: halved without asking
 * which half, for that would be guessed wrong every other time. */
static size_t phrases_of(char c)
{
    size_t lo = 0;
    for (size_t n = LEN(phrases); n > 0; n /= 2) {
        size_t half = (n + 1) / 2;
        lo += phrases[lo + half - 1].words[0] < c ? half : 0;
    }
    return lo;
}

/* The longest phrase at i: its length in tokens, 0 when none. */
static size_t longest(const struct tokens *t, size_t i, enum says *says)
{
    size_t best = 0;
    str word = token_at(t, i)->text;
    char first = word.p[0], second = word.n > 1 ? word.p[1] : '\0';
    for (size_t k = phrases_of(first); k < LEN(phrases) && phrases[k].words[0] == first;
         k++) {
        const char *w = phrases[k].words;
        if ((second ? w[1] != second : w[1] != '\0' && w[1] != ' '))
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

/* Does no phrase begin with this word? Most messages are questions, and need not be cut
 * any further. Words that may be drawn out are left to read_at. */
static bool begins_nothing(str word)
{
    if (word.n < 2 || word.p[word.n - 1] == word.p[word.n - 2] || only_signs(word))
        return false;
    for (size_t k = phrases_of(word.p[0]);
         k < LEN(phrases) && phrases[k].words[0] == word.p[0]; k++) {
        const char *w = phrases[k].words;
        if (w[1] == word.p[1] && strncmp(w, word.p, word.n) == 0 &&
            (w[word.n] == ' ' || w[word.n] == '\0'))
            return false;
    }
    return true;
}

int yes_no(str folded, enum lang l)
{
    struct tokens t;
    bool said[UNSURE + 1] = {false};
    if (folded.n > YES_NO_MAX)
        return 0;
    tokens_cut_some(folded, l, 1, &t);
    if (t.n > 0 && t.v[0].kind == TOKEN_WORD && begins_nothing(t.v[0].text))
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
