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

bool foreign_has(enum foreign language, str word)
{
    const struct foreign_words *w = &foreign_words[language];
    size_t lo = 0, hi = w->n;
    if (word.n == 0)
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
