#include "text/token.h"

#include "base/str.h"

/* Phrases that say yes, no, or nothing; the longest one that fits is taken. */
static const struct phrase {
    const char *words;
    int says;
} phrases[] = {
    {"ja", 1},
    {"jaa", 1},
    {"jaaa", 1},
    {"jawel", 1},
    {"jazeker", 1},
    {"yes", 1},
    {"yess", 1},
    {"yep", 1},
    {"yup", 1},
    {"yeah", 1},
    {"ye", 1},
    {"yea", 1},
    {"jep", 1},
    {"jup", 1},
    {"joh", 0},
    {"j", 1},
    {"y", 1},
    {"ok", 1},
    {"oke", 1},
    {"okay", 1},
    {"okee", 1},
    {"okido", 1},
    {"k", 1},
    {"prima", 1},
    {"goed", 1},
    {"is goed", 1},
    {"dat is goed", 1},
    {"dat is prima", 1},
    {"top", 1},
    {"graag", 1},
    {"heel graag", 1},
    {"doe maar", 1},
    {"doen", 1},
    {"doe dat maar", 1},
    {"ga je gang", 1},
    {"klopt", 1},
    {"dat klopt", 1},
    {"het klopt", 1},
    {"klopt helemaal", 1},
    {"akkoord", 1},
    {"mee eens", 1},
    {"zeker", 1},
    {"zeker weten", 1},
    {"tuurlijk", 1},
    {"natuurlijk", 1},
    {"uiteraard", 1},
    {"absoluut", 1},
    {"juist", 1},
    {"inderdaad", 1},
    {"correct", 1},
    {"helemaal goed", 1},
    {"helemaal", 1},
    {"waarom niet", 1},
    {"geen probleem", 1},
    {"verstuur", 1},
    {"versturen", 1},
    {"verstuur maar", 1},
    {"stuur maar", 1},
    {"verzenden", 1},
    {"verzend", 1},
    {"bevestig", 1},
    {"ik bevestig", 1},
    {"bevestigd", 1},
    {"lijkt me goed", 1},
    {"lijkt me prima", 1},
    {"perfect", 1},
    {"fijn", 0},
    {"mooi", 1},
    {"vooruit", 1},
    {"ik wel", 1},
    {"dat wil ik", 1},
    {"dat wil ik graag", 1},
    {"zo is het", 1},
    {"sure", 1},
    {"sure thing", 1},
    {"of course", 1},
    {"certainly", 1},
    {"definitely", 1},
    {"absolutely", 1},
    {"indeed", 1},
    {"right", 1},
    {"that is right", 1},
    {"that s right", 1},
    {"that is correct", 1},
    {"that s correct", 1},
    {"exactly", 1},
    {"precies", 1},
    {"go ahead", 1},
    {"go for it", 1},
    {"do it", 1},
    {"do that", 1},
    {"please do", 1},
    {"sounds good", 1},
    {"looks good", 1},
    {"fine", 1},
    {"great", 1},
    {"good", 1},
    {"no problem", 1},
    {"why not", 1},
    {"confirm", 1},
    {"i confirm", 1},
    {"confirmed", 1},
    {"agreed", 1},
    {"i agree", 1},
    {"send it", 1},
    {"submit", 1},
    {"i do", 1},
    {"i would", 1},
    {"i d like that", 1},
    {"i am", 1},
    {"it is", 1},
    {"correctamundo", 1},
    {"alright", 1},
    {"all right", 1},
    {"all good", 1},
    {"nee", -1},
    {"neen", -1},
    {"neee", -1},
    {"nei", -1},
    {"nah", -1},
    {"no", -1},
    {"nope", -1},
    {"nop", -1},
    {"noo", -1},
    {"n", -1},
    {"nay", -1},
    {"niet", -1},
    {"nooit", -1},
    {"never", -1},
    {"liever niet", -1},
    {"doe maar niet", -1},
    {"niet doen", -1},
    {"hoeft niet", -1},
    {"dat hoeft niet", -1},
    {"hoeft niet meer", -1},
    {"klopt niet", -1},
    {"dat klopt niet", -1},
    {"het klopt niet", -1},
    {"niet goed", -1},
    {"dat is niet goed", -1},
    {"is niet goed", -1},
    {"fout", -1},
    {"onjuist", -1},
    {"niet juist", -1},
    {"niet correct", -1},
    {"not correct", -1},
    {"dat is fout", -1},
    {"niet akkoord", -1},
    {"echt niet", -1},
    {"zeker niet", -1},
    {"absoluut niet", -1},
    {"natuurlijk niet", -1},
    {"helemaal niet", -1},
    {"laat maar", -1},
    {"toch niet", -1},
    {"niet nodig", -1},
    {"nog niet", -1},
    {"niet nu", -1},
    {"nu niet", -1},
    {"ik niet", -1},
    {"dat wil ik niet", -1},
    {"wil ik niet", -1},
    {"geen van beide", -1},
    {"not", -1},
    {"not now", -1},
    {"not yet", -1},
    {"not really", -1},
    {"no way", -1},
    {"of course not", -1},
    {"certainly not", -1},
    {"definitely not", -1},
    {"absolutely not", -1},
    {"please don t", -1},
    {"don t", -1},
    {"dont", -1},
    {"do not", -1},
    {"not right", -1},
    {"that is wrong", -1},
    {"that s wrong", -1},
    {"that is not right", -1},
    {"that s not right", -1},
    {"that is not correct", -1},
    {"that s not correct", -1},
    {"wrong", -1},
    {"incorrect", -1},
    {"never mind", -1},
    {"nevermind", -1},
    {"not needed", -1},
    {"no need", -1},
    {"i don t", -1},
    {"i do not", -1},
    {"i m not", -1},
    {"i am not", -1},
    {"it isn t", -1},
    {"it is not", -1},
    {"rather not", -1},
    {"i d rather not", -1},
    {"disagree", -1},
    {"not sure", 2},
    {"hoor", 0},
    {"dank je", 0},
    {"dank je wel", 0},
    {"dankjewel", 0},
    {"dank u", 0},
    {"dank u wel", 0},
    {"dankuwel", 0},
    {"bedankt", 0},
    {"dank", 0},
    {"thx", 0},
    {"thanks", 0},
    {"thank you", 0},
    {"please", 0},
    {"alsjeblieft", 0},
    {"aub", 0},
    {"a.u.b", 0},
    {"alstublieft", 0},
    {"svp", 0},
    {"lekker", 0},
    {"echt", 0},
    {"heel erg", 0},
    {"eigenlijk", 0},
    {"maar", 0},
    {"wel", 0},
    {"dat", 0},
    {"it", 0},
    {"then", 0},
    {"dan", 0},
    {"sir", 0},
    {"meneer", 0},
    {"mate", 0},
    {"man", 0},
    {"very much", 0},
    {"so much", 0},
    {"a lot", 0},
    {"oh", 0},
    {"o", 0},
    {"eh", 0},
    {"uh", 0},
    {"uhm", 0},
    {"hmm", 0},
    {"nou", 0},
    {"well", 0},
    {"and", 0},
    {"en", 0},
    {"that", 0},
    {"is", 0},
    {"het", 0},
    {"gewoon", 0},
    {"actually", 0},
};

/* Marks of a hand or a tick, also several and with a colour of skin behind. */
static int emoji(str word)
{
    static const struct {
        const char *mark;
        int says;
    } marks[] = {{"\xf0\x9f\x91\x8d", 1}, {"\xf0\x9f\x91\x8c", 1},  {"\xe2\x9c\x85", 1},
                 {"\xe2\x9c\x94", 1},     {"\xf0\x9f\x91\x8e", -1}, {"\xe2\x9d\x8c", -1}};
    for (size_t i = 0; i < LEN(marks); i++)
        if (str_starts(word, str_c(marks[i].mark)))
            return marks[i].says;
    return 0;
}

static bool only_signs(str word)
{
    for (size_t i = 0; i < word.n; i++)
        if ((unsigned char)word.p[i] < 0x80)
            return false;
    return true;
}

/* The longest phrase at i: its length in tokens, 0 when none. */
static size_t longest(const struct tokens *t, size_t i, int *says)
{
    size_t best = 0;
    char first = token_at(t, i)->text.p[0];
    for (size_t k = 0; k < LEN(phrases); k++) {
        if (phrases[k].words[0] != first)
            continue;
        size_t n = token_phrase(t, i, phrases[k].words);
        if (n > best) {
            best = n;
            *says = phrases[k].says;
        }
    }
    return best;
}

int yes_no(str folded, enum lang l)
{
    struct tokens t;
    if (folded.n > 80)
        return 0;
    tokens_of(folded, l, &t);
    bool yes = false, no = false;
    for (size_t i = 0; i < t.n;) {
        int says = 0;
        size_t used = 1;
        if (t.v[i].kind == TOKEN_WORD) {
            used = longest(&t, i, &says);
            if (used == 0 && only_signs(t.v[i].text)) {
                says = emoji(t.v[i].text);
                used = 1;
            }
        } else if (t.v[i].kind != TOKEN_MARK || token_mark(&t, i, '?')) {
            return 0;
        }
        if (used == 0 || says == 2)
            return 0;
        yes |= says == 1;
        no |= says == -1;
        i += used;
    }
    return yes == no ? 0 : yes ? 1 : -1;
}
