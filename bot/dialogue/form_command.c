#include "dialogue/form.h"

#include "text/word.h"

enum { COMMAND_MAX = 32, POLITE_MAX = 3 };

static const struct {
    const char *text;
    enum form_command is;
} commands[] = {
    {"stop", FORM_STOP},
    {"stoppen", FORM_STOP},
    {"stop maar", FORM_STOP},
    {"stop ermee", FORM_STOP},
    {"stop hiermee", FORM_STOP},
    {"ik stop", FORM_STOP},
    {"ik wil stoppen", FORM_STOP},
    {"annuleren", FORM_STOP},
    {"annuleer", FORM_STOP},
    {"annuleer dit", FORM_STOP},
    {"annuleer de aanvraag", FORM_STOP},
    {"annuleer mijn aanvraag", FORM_STOP},
    {"ik wil annuleren", FORM_STOP},
    {"afbreken", FORM_STOP},
    {"laat maar", FORM_STOP},
    {"laat maar zitten", FORM_STOP},
    {"laat maar even", FORM_STOP},
    {"laat toch maar", FORM_STOP},
    {"laat toch maar even", FORM_STOP},
    {"toch niet doen", FORM_STOP},
    {"nu even niet", FORM_STOP},
    {"toch niet", FORM_STOP},
    {"toch maar niet", FORM_STOP},
    {"doe maar niet", FORM_STOP},
    {"hou maar op", FORM_STOP},
    {"hoeft niet meer", FORM_STOP},
    {"hoeft al niet meer", FORM_STOP},
    {"vergeet het", FORM_STOP},
    {"vergeet het maar", FORM_STOP},
    {"ik bedenk me", FORM_STOP},
    {"cancel", FORM_STOP},
    {"cancel this", FORM_STOP},
    {"cancel it", FORM_STOP},
    {"cancel that", FORM_STOP},
    {"cancel my request", FORM_STOP},
    {"cancel the request", FORM_STOP},
    {"quit", FORM_STOP},
    {"exit", FORM_STOP},
    {"never mind", FORM_STOP},
    {"nevermind", FORM_STOP},
    {"forget it", FORM_STOP},
    {"forget about it", FORM_STOP},
    {"abort", FORM_STOP},
    {"stop it", FORM_STOP},
    {"stop this", FORM_STOP},
    {"i want to stop", FORM_STOP},
    {"i changed my mind", FORM_STOP},
    {"terug", FORM_BACK},
    {"vorige", FORM_BACK},
    {"vorige vraag", FORM_BACK},
    {"vorige stap", FORM_BACK},
    {"ga terug", FORM_BACK},
    {"ik wil terug", FORM_BACK},
    {"stap terug", FORM_BACK},
    {"een stap terug", FORM_BACK},
    {"back", FORM_BACK},
    {"go back", FORM_BACK},
    {"back one step", FORM_BACK},
    {"previous", FORM_BACK},
    {"previous question", FORM_BACK},
    {"wijzigen", FORM_CHANGE},
    {"wijzig", FORM_CHANGE},
    {"iets wijzigen", FORM_CHANGE},
    {"ik wil iets wijzigen", FORM_CHANGE},
    {"ik wil iets veranderen", FORM_CHANGE},
    {"aanpassen", FORM_CHANGE},
    {"iets aanpassen", FORM_CHANGE},
    {"veranderen", FORM_CHANGE},
    {"verander iets", FORM_CHANGE},
    {"change", FORM_CHANGE},
    {"edit", FORM_CHANGE},
    {"change something", FORM_CHANGE},
    {"i want to change something", FORM_CHANGE},
    {"correct something", FORM_CHANGE},
    {"overslaan", FORM_SKIP},
    {"sla over", FORM_SKIP},
    {"sla maar over", FORM_SKIP},
    {"sla dit over", FORM_SKIP},
    {"skip", FORM_SKIP},
    {"skip it", FORM_SKIP},
    {"skip this", FORM_SKIP},
    {"geen", FORM_UNKNOWN},
    {"niets", FORM_UNKNOWN},
    {"niks", FORM_UNKNOWN},
    {"none", FORM_UNKNOWN},
    {"nothing", FORM_UNKNOWN},
    {"weet ik niet", FORM_UNKNOWN},
    {"weet ik nog niet", FORM_UNKNOWN},
    {"weet niet", FORM_UNKNOWN},
    {"ik weet het niet", FORM_UNKNOWN},
    {"ik weet het nog niet", FORM_UNKNOWN},
    {"dat weet ik niet", FORM_UNKNOWN},
    {"dat weet ik nog niet", FORM_UNKNOWN},
    {"geen idee", FORM_UNKNOWN},
    {"geen flauw idee", FORM_UNKNOWN},
    {"onbekend", FORM_UNKNOWN},
    {"nvt", FORM_UNKNOWN},
    {"n.v.t", FORM_UNKNOWN},
    {"i don't know", FORM_UNKNOWN},
    {"i dont know", FORM_UNKNOWN},
    {"i don't know yet", FORM_UNKNOWN},
    {"don't know", FORM_UNKNOWN},
    {"dont know", FORM_UNKNOWN},
    {"dunno", FORM_UNKNOWN},
    {"no idea", FORM_UNKNOWN},
    {"not sure", FORM_UNKNOWN},
    {"i'm not sure", FORM_UNKNOWN},
    {"not sure yet", FORM_UNKNOWN},
    {"unknown", FORM_UNKNOWN},
    {"n/a", FORM_UNKNOWN},
    {"not applicable", FORM_UNKNOWN},
    {"opnieuw", FORM_RESTART},
    {"opnieuw beginnen", FORM_RESTART},
    {"begin opnieuw", FORM_RESTART},
    {"overnieuw", FORM_RESTART},
    {"start over", FORM_RESTART},
    {"start again", FORM_RESTART},
    {"restart", FORM_RESTART},
    {"verder", FORM_RESUME},
    {"ga verder", FORM_RESUME},
    {"verdergaan", FORM_RESUME},
    {"doorgaan", FORM_RESUME},
    {"ga door", FORM_RESUME},
    {"door", FORM_RESUME},
    {"ga maar door", FORM_RESUME},
    {"ga maar verder", FORM_RESUME},
    {"ga gewoon door", FORM_RESUME},
    {"laten we doorgaan", FORM_RESUME},
    {"we gaan door", FORM_RESUME},
    {"we gaan verder", FORM_RESUME},
    {"terug naar het formulier", FORM_RESUME},
    {"terug naar de aanvraag", FORM_RESUME},
    {"back to the form", FORM_RESUME},
    {"back to my request", FORM_RESUME},
    {"let's continue", FORM_RESUME},
    {"lets continue", FORM_RESUME},
    {"keep going", FORM_RESUME},
    {"continue", FORM_RESUME},
    {"go on", FORM_RESUME},
    {"carry on", FORM_RESUME},
    {"resume", FORM_RESUME},
};

static enum form_command find(str said)
{
    for (size_t i = 0; i < LEN(commands) && said.n <= COMMAND_MAX; i++)
        if (str_is(said, commands[i].text))
            return commands[i].is;
    return FORM_NO_COMMAND;
}

static bool is_one_of(str w, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(w, list[i]))
            return true;
    return false;
}

/* Cuts a polite word off the front or the end. False: there is none. */
static bool cut_polite(str *said)
{
    static const char *const around[] = {
        "ok",       "oke",         "okay",        "nee",    "no",    "nou",
        "oh",       "sorry",       "even",        "please", "graag", "aub",
        "a.u.b",    "alsjeblieft", "alstublieft", "hoor",   "dan",   "maar",
        "actually", "wacht",       "wait",        "well",   "hmm"};
    str rest = *said, first = str_cut(&rest, ' ');
    while (first.n > 0 && strchr(",.", first.p[first.n - 1]))
        first.n--;
    if (rest.n > 0 && is_one_of(first, around, LEN(around))) {
        *said = str_trim(rest);
        return true;
    }
    size_t k = said->n;
    while (k > 0 && said->p[k - 1] != ' ')
        k--;
    if (k == 0 || !is_one_of(str_sub(*said, k, said->n), around, LEN(around)))
        return false;
    said->n = k;
    while (said->n > 0 && strchr(", ", said->p[said->n - 1]))
        said->n--;
    return true;
}

enum form_command form_command(struct turning *t)
{
    str said = t->folded;
    while (said.n > 0 && strchr("!?. ", said.p[said.n - 1]))
        said.n--;
    enum form_command is = find(said);
    for (int i = 0; i < POLITE_MAX && is == FORM_NO_COMMAND && cut_polite(&said); i++)
        is = find(said);
    ptrdiff_t comma = str_find_char(t->folded, ',');
    if (is == FORM_NO_COMMAND && comma > 0 &&
        find(str_sub(t->folded, 0, (size_t)comma)) == FORM_STOP)
        return FORM_STOP; /* "laat maar, ik overleg eerst thuis" */
    return is;
}

bool form_is_question(str folded)
{
    static const char *const openers[] = {
        "hoe",   "hoeveel", "wat",    "wie",    "waar",  "waarom", "wanneer", "welke",
        "welk",  "mag",     "moet",   "kan",    "krijg", "heb",    "is",      "zijn",
        "geldt", "telt",    "tellen", "word",   "wordt", "what",   "who",     "how",
        "where", "when",    "why",    "which",  "can",   "may",    "do",      "does",
        "am",    "are",     "will",   "should", "must",  "could"};
    str rest = folded, first = str_cut(&rest, ' ');
    if (folded.n > 0 && folded.p[folded.n - 1] == '?')
        return true;
    return rest.n > 0 && str_find_char(rest, ' ') > 0 &&
        is_one_of(first, openers, LEN(openers));
}
