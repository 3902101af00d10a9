#include "dialogue/foreign_words.h"

#include "base/str.h"

static const char *const german[] = {"arbeite",     "arbeitgeber", "auch",
                                     "auf",         "aus",         "beantrage",
                                     "beantragen",  "bei",         "bekomme",
                                     "bin",         "bitte",       "danke",
                                     "das",         "dem",         "den",
                                     "der",         "deutsch",     "eine",
                                     "einem",       "einen",       "elternzeit",
                                     "fuer",        "fur",         "gehalt",
                                     "gibt",        "gruss",       "grusse",
                                     "guten",       "habe",        "haben",
                                     "hallo",       "heute",       "ich",
                                     "ist",         "kann",        "krank",
                                     "krankmelden", "kundigen",    "kundigungsfrist",
                                     "lohn",        "mein",        "meine",
                                     "meinem",      "meinen",      "meiner",
                                     "melde",       "mich",        "mir",
                                     "mit",         "mochte",      "moechte",
                                     "morgen",      "muss",        "nach",
                                     "nicht",       "noch",        "oder",
                                     "sie",         "sind",        "sprechen",
                                     "tage",        "uber",        "und",
                                     "urlaub",      "urlaubstage", "vertrag",
                                     "viele",       "von",         "wann",
                                     "wer",         "werde",       "wie",
                                     "wird",        "wo",          "wurde",
                                     "zum",         "zur"};
static const char *const french[] = {
    "ai",    "arret",  "avec",     "avoir",    "bonjour",  "combien",  "comment",
    "conge", "conges", "contrat",  "dans",     "demander", "des",      "dois",
    "du",    "est",    "et",       "francais", "je",       "jours",    "les",
    "ma",    "malade", "maladie",  "merci",    "mes",      "mois",     "mon",
    "ne",    "ou",     "oui",      "parlez",   "pas",      "paye",     "peux",
    "plait", "pour",   "puis",     "quand",    "que",      "quel",     "quelle",
    "quels", "qui",    "recevoir", "reste",    "s'il",     "salaire",  "sont",
    "suis",  "sur",    "travail",  "une",      "vacances", "voudrais", "vous"};

const struct foreign_words foreign_words[FOREIGN_COUNT] = {
    [FOREIGN_GERMAN] = {german, LEN(german)},
    [FOREIGN_FRENCH] = {french, LEN(french)},
};

/* The second letters that words have behind each first one, as bits (a is bit 1; signs
 * that are no letters count as one), and their lengths: most words of ours are told by
 * these to be none of theirs. */
static const struct {
    uint32_t second, lengths;
} may_be[FOREIGN_COUNT][32] = {
    [FOREIGN_GERMAN] = {{0x0000000, 0x00000}, {0x0240000, 0x00898}, {0x0000220, 0x006a8},
                        {0x0000000, 0x00000}, {0x0000022, 0x000a8}, {0x0001200, 0x00430},
                        {0x0200000, 0x00018}, {0x0240220, 0x00070}, {0x0000022, 0x00030},
                        {0x0080008, 0x00008}, {0x0000000, 0x00000}, {0x0240002, 0x08930},
                        {0x0008000, 0x00010}, {0x0208220, 0x000f8}, {0x0008202, 0x00030},
                        {0x0000010, 0x00010}, {0x0000000, 0x00000}, {0x0000000, 0x00000},
                        {0x0000000, 0x00000}, {0x0010200, 0x00118}, {0x0000002, 0x00010},
                        {0x0044004, 0x00858}, {0x0008220, 0x000a8}, {0x0208222, 0x0003c},
                        {0x0000000, 0x00000}, {0x0000000, 0x00000}, {0x0200000, 0x00008},
                        {0x0000000, 0x00000}, {0x0000000, 0x00000}, {0x0000000, 0x00000},
                        {0x0000000, 0x00000}, {0x0000000, 0x00000}},
    [FOREIGN_FRENCH] = {{0x0000000, 0x00000}, {0x0440200, 0x00034}, {0x0008000, 0x00080},
                        {0x0008000, 0x000e0}, {0x0208022, 0x0011c}, {0x0180000, 0x0000c},
                        {0x0040000, 0x00100}, {0x0000000, 0x00000}, {0x0000000, 0x00000},
                        {0x0000000, 0x00000}, {0x0008020, 0x00024}, {0x0000000, 0x00000},
                        {0x0000020, 0x00008}, {0x0008022, 0x000fc}, {0x0000020, 0x00004},
                        {0x0200000, 0x0000c}, {0x0209022, 0x00078}, {0x0200000, 0x00078},
                        {0x0000020, 0x00120}, {0x0208082, 0x00098}, {0x0040000, 0x00080},
                        {0x0004000, 0x00008}, {0x0008002, 0x00110}, {0x0000000, 0x00000},
                        {0x0000000, 0x00000}, {0x0000000, 0x00000}, {0x0000000, 0x00000},
                        {0x0000000, 0x00000}, {0x0000000, 0x00000}, {0x0000000, 0x00000},
                        {0x0000000, 0x00000}, {0x0000000, 0x00000}},
};

bool foreign_has(enum foreign language, str word)
{
    const struct foreign_words *w = &foreign_words[language];
    size_t lo = 0, hi = w->n;
    if (word.n < 2 || word.n > 31)
        return false;
    uint32_t second = may_be[language][word.p[0] & 31].second;
    uint32_t lengths = may_be[language][word.p[0] & 31].lengths;
    if (!(second >> (word.p[1] & 31) & lengths >> word.n & 1))
        return false;
    while (lo < hi) { /* the first with that letter, or a later one */
        size_t mid = (lo + hi) / 2;
        if (w->v[mid][0] < word.p[0])
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < w->n && w->v[lo][0] == word.p[0]; lo++)
        if (str_is(word, w->v[lo]))
            return true;
    return false;
}
