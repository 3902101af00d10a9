#include "dialogue/turning.h"

#include "base/str.h"
#include "text/lang.h"
#include "text/word.h"

/*
 * A question in German or French gets an answer that its writer can read. Told apart by
 * small words that Dutch and English do not have; words that they share count for none.
 */
enum { FOREIGN_MIN = 2 };

struct foreign {
    enum say says;
    const char *const *words;
    size_t n;
};

static const char *const german[] = {"ich",         "nicht",      "wie",
                                     "viele",       "habe",       "haben",
                                     "mein",        "meine",      "meinen",
                                     "meinem",      "meiner",     "und",
                                     "oder",        "ist",        "sind",
                                     "fuer",        "fur",        "wann",
                                     "bekomme",     "kann",       "mich",
                                     "mir",         "melde",      "krank",
                                     "krankmelden", "urlaub",     "urlaubstage",
                                     "gehalt",      "guten",      "bitte",
                                     "danke",       "wo",         "moechte",
                                     "mochte",      "muss",       "eine",
                                     "einen",       "einem",      "kundigungsfrist",
                                     "kundigen",    "arbeite",    "wer",
                                     "werde",       "wird",       "noch",
                                     "beantrage",   "beantragen", "elternzeit",
                                     "hallo",       "zum",        "zur",
                                     "bei",         "deutsch",    "gibt",
                                     "lohn",        "sprechen",   "sie",
                                     "gruss",       "grusse",     "heute",
                                     "morgen",      "bin",        "wurde",
                                     "auch",        "auf",        "das",
                                     "der",         "den",        "dem",
                                     "mit",         "von",        "uber",
                                     "nach",        "aus",        "arbeitgeber",
                                     "vertrag",     "tage"};
static const char *const french[] = {
    "je",       "bonjour",  "combien", "jours",    "conge",   "conges",   "mon",
    "mes",      "ma",       "est",     "sont",     "quand",   "comment",  "pour",
    "avec",     "quel",     "quelle",  "quels",    "suis",    "malade",   "salaire",
    "merci",    "voudrais", "puis",    "peux",     "dois",    "demander", "vacances",
    "reste",    "avoir",    "ai",      "du",       "des",     "les",      "une",
    "que",      "qui",      "mois",    "contrat",  "travail", "parlez",   "vous",
    "francais", "s'il",     "plait",   "oui",      "ou",      "et",       "dans",
    "sur",      "pas",      "ne",      "recevoir", "paye",    "arret",    "maladie"};

static bool is_in(str w, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(w, list[i]))
            return true;
    return false;
}

static const struct foreign languages[] = {
    {SAY_GERMAN, german, LEN(german)},
    {SAY_FRENCH, french, LEN(french)},
};

/* Small words of ours, and words that are none. */
static size_t count_ours(str folded, size_t *others)
{
    char scratch[64];
    struct word w;
    size_t pos = 0, ours = 0;
    *others = 0;
    while (word_next(folded, &pos, scratch, &w))
        if (lang_hints(w.text))
            ours++;
        else
            ++*others;
    return ours;
}

/* Small words of each language that are no small words of ours. */
static void count_theirs(str folded, size_t theirs[LEN(languages)])
{
    char scratch[64];
    struct word w;
    size_t pos = 0;
    while (word_next(folded, &pos, scratch, &w))
        for (size_t i = 0; i < LEN(languages) && !lang_hints(w.text); i++)
            theirs[i] += is_in(w.text, languages[i].words, languages[i].n);
}

static bool is_enough(size_t theirs, size_t ours)
{
    return theirs >= FOREIGN_MIN && theirs > ours;
}

bool foreign_message(struct turning *t)
{
    size_t theirs[LEN(languages)] = {0}, others, ours = count_ours(t->folded, &others);
    if (!is_enough(others, ours)) /* even if all of them were */
        return false;
    count_theirs(t->folded, theirs);
    for (size_t i = 0; i < LEN(languages); i++) {
        size_t n = theirs[i];
        if (!is_enough(n, ours))
            continue;
        trace(t, "%s: %zu small words of it, %zu of ours", i == 0 ? "German" : "French",
              n, ours);
        if (t->lang_before != LANG_NONE) /* its words switch nothing */
            t->lang = t->s->lang = t->o->lang = t->lang_before;
        struct reply *r = reply_say(t, languages[i].says);
        t->s->question = question_kept(t);
        t->s->tried = STR_NONE;
        reply_handoff_offers(t, r);
        t->o->kind = OUTCOME_HANDOFF;
        t->o->intent = STR_NONE;
        return true;
    }
    return false;
}
