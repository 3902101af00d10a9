#include "dialogue/form.h"

#include "text/word.h"

enum { COMMAND_MAX = 32, POLITE_MAX = 3 };

static const str stop[] = {STR_INIT("stop"),
                           STR_INIT("stoppen"),
                           STR_INIT("stop maar"),
                           STR_INIT("stop ermee"),
                           STR_INIT("stop hiermee"),
                           STR_INIT("ik stop"),
                           STR_INIT("ik wil stoppen"),
                           STR_INIT("annuleren"),
                           STR_INIT("annuleer"),
                           STR_INIT("annuleer dit"),
                           STR_INIT("annuleer de aanvraag"),
                           STR_INIT("annuleer mijn aanvraag"),
                           STR_INIT("ik wil annuleren"),
                           STR_INIT("afbreken"),
                           STR_INIT("laat maar"),
                           STR_INIT("laat maar zitten"),
                           STR_INIT("laat maar even"),
                           STR_INIT("laat toch maar"),
                           STR_INIT("laat toch maar even"),
                           STR_INIT("toch niet doen"),
                           STR_INIT("nu even niet"),
                           STR_INIT("toch niet"),
                           STR_INIT("toch maar niet"),
                           STR_INIT("doe maar niet"),
                           STR_INIT("hou maar op"),
                           STR_INIT("hoeft niet meer"),
                           STR_INIT("hoeft al niet meer"),
                           STR_INIT("vergeet het"),
                           STR_INIT("vergeet het maar"),
                           STR_INIT("ik bedenk me"),
                           STR_INIT("cancel"),
                           STR_INIT("cancel this"),
                           STR_INIT("cancel it"),
                           STR_INIT("cancel that"),
                           STR_INIT("cancel my request"),
                           STR_INIT("cancel the request"),
                           STR_INIT("quit"),
                           STR_INIT("exit"),
                           STR_INIT("never mind"),
                           STR_INIT("nevermind"),
                           STR_INIT("forget it"),
                           STR_INIT("forget about it"),
                           STR_INIT("abort"),
                           STR_INIT("stop it"),
                           STR_INIT("stop this"),
                           STR_INIT("i want to stop"),
                           STR_INIT("i changed my mind")};
static const str back[] = {STR_INIT("terug"),
                           STR_INIT("vorige"),
                           STR_INIT("vorige vraag"),
                           STR_INIT("vorige stap"),
                           STR_INIT("ga terug"),
                           STR_INIT("ik wil terug"),
                           STR_INIT("stap terug"),
                           STR_INIT("een stap terug"),
                           STR_INIT("back"),
                           STR_INIT("go back"),
                           STR_INIT("back one step"),
                           STR_INIT("previous"),
                           STR_INIT("previous question")};
static const str change[] = {STR_INIT("wijzigen"),
                             STR_INIT("wijzig"),
                             STR_INIT("iets wijzigen"),
                             STR_INIT("ik wil iets wijzigen"),
                             STR_INIT("ik wil iets veranderen"),
                             STR_INIT("aanpassen"),
                             STR_INIT("iets aanpassen"),
                             STR_INIT("veranderen"),
                             STR_INIT("verander iets"),
                             STR_INIT("change"),
                             STR_INIT("edit"),
                             STR_INIT("change something"),
                             STR_INIT("i want to change something"),
                             STR_INIT("correct something")};
static const str skip[] = {STR_INIT("overslaan"),     STR_INIT("sla over"),
                           STR_INIT("sla maar over"), STR_INIT("sla dit over"),
                           STR_INIT("skip"),          STR_INIT("skip it"),
                           STR_INIT("skip this")};
static const str unknown[] = {STR_INIT("geen"),
                              STR_INIT("niets"),
                              STR_INIT("niks"),
                              STR_INIT("none"),
                              STR_INIT("nothing"),
                              STR_INIT("weet ik niet"),
                              STR_INIT("weet ik nog niet"),
                              STR_INIT("weet niet"),
                              STR_INIT("ik weet het niet"),
                              STR_INIT("ik weet het nog niet"),
                              STR_INIT("dat weet ik niet"),
                              STR_INIT("dat weet ik nog niet"),
                              STR_INIT("geen idee"),
                              STR_INIT("geen flauw idee"),
                              STR_INIT("onbekend"),
                              STR_INIT("nvt"),
                              STR_INIT("n.v.t"),
                              STR_INIT("i don't know"),
                              STR_INIT("i dont know"),
                              STR_INIT("i don't know yet"),
                              STR_INIT("don't know"),
                              STR_INIT("dont know"),
                              STR_INIT("dunno"),
                              STR_INIT("no idea"),
                              STR_INIT("not sure"),
                              STR_INIT("i'm not sure"),
                              STR_INIT("not sure yet"),
                              STR_INIT("unknown"),
                              STR_INIT("n/a"),
                              STR_INIT("not applicable")};
static const str restart[] = {STR_INIT("opnieuw"),       STR_INIT("opnieuw beginnen"),
                              STR_INIT("begin opnieuw"), STR_INIT("overnieuw"),
                              STR_INIT("start over"),    STR_INIT("start again"),
                              STR_INIT("restart")};
static const str resume[] = {STR_INIT("verder"),
                             STR_INIT("ga verder"),
                             STR_INIT("verdergaan"),
                             STR_INIT("doorgaan"),
                             STR_INIT("ga door"),
                             STR_INIT("door"),
                             STR_INIT("ga maar door"),
                             STR_INIT("ga maar verder"),
                             STR_INIT("ga gewoon door"),
                             STR_INIT("laten we doorgaan"),
                             STR_INIT("we gaan door"),
                             STR_INIT("we gaan verder"),
                             STR_INIT("terug naar het formulier"),
                             STR_INIT("terug naar de aanvraag"),
                             STR_INIT("back to the form"),
                             STR_INIT("back to my request"),
                             STR_INIT("let's continue"),
                             STR_INIT("lets continue"),
                             STR_INIT("keep going"),
                             STR_INIT("continue"),
                             STR_INIT("go on"),
                             STR_INIT("carry on"),
                             STR_INIT("resume")};
static const struct {
    const str *words;
    size_t n;
    enum form_command is;
} commands[] = {
    {stop, LEN(stop), FORM_STOP},          {back, LEN(back), FORM_BACK},
    {change, LEN(change), FORM_CHANGE},    {skip, LEN(skip), FORM_SKIP},
    {unknown, LEN(unknown), FORM_UNKNOWN}, {restart, LEN(restart), FORM_RESTART},
    {resume, LEN(resume), FORM_RESUME}};

static enum form_command find(str said)
{
    for (size_t i = 0; i < LEN(commands) && said.n <= COMMAND_MAX; i++)
        if (str_among(said, commands[i].words, commands[i].n) >= 0)
            return commands[i].is;
    return FORM_NO_COMMAND;
}

/* Cuts a polite word off the front or the end. False: there is none. */
static bool cut_polite(str *said)
{
    static const str around[] = {
        STR_INIT("ok"),       STR_INIT("oke"),         STR_INIT("okay"),
        STR_INIT("nee"),      STR_INIT("no"),          STR_INIT("nou"),
        STR_INIT("oh"),       STR_INIT("sorry"),       STR_INIT("even"),
        STR_INIT("please"),   STR_INIT("graag"),       STR_INIT("aub"),
        STR_INIT("a.u.b"),    STR_INIT("alsjeblieft"), STR_INIT("alstublieft"),
        STR_INIT("hoor"),     STR_INIT("dan"),         STR_INIT("maar"),
        STR_INIT("actually"), STR_INIT("wacht"),       STR_INIT("wait"),
        STR_INIT("well"),     STR_INIT("hmm")};
    str rest = *said, first = str_cut(&rest, ' ');
    while (first.n > 0 && strchr(",.", first.p[first.n - 1]))
        first.n--;
    if (rest.n > 0 && str_among(first, around, LEN(around)) >= 0) {
        *said = str_trim(rest);
        return true;
    }
    size_t k = said->n;
    while (k > 0 && said->p[k - 1] != ' ')
        k--;
    if (k == 0 || str_among(str_sub(*said, k, said->n), around, LEN(around)) < 0)
        return false;
    said->n = k;
    while (said->n > 0 && strchr(", ", said->p[said->n - 1]))
        said->n--;
    return true;
}

static enum form_command read_command(str folded)
{
    str said = folded;
    while (said.n > 0 && strchr("!?. ", said.p[said.n - 1]))
        said.n--;
    enum form_command is = find(said);
    for (int i = 0; i < POLITE_MAX && is == FORM_NO_COMMAND && cut_polite(&said); i++)
        is = find(said);
    ptrdiff_t comma = str_find_char(folded, ',');
    if (is == FORM_NO_COMMAND && comma > 0 &&
        find(str_sub(folded, 0, (size_t)comma)) == FORM_STOP)
        return FORM_STOP; /* "laat maar, ik overleg eerst thuis" */
    return is;
}

enum form_command form_command(struct turning *t)
{
    if (t->command_of.p != t->folded.p || t->command_of.n != t->folded.n)
        t->command = read_command(t->folded); /* once, though several steps ask */
    t->command_of = t->folded;
    return (enum form_command)t->command;
}

bool form_is_question(str folded)
{
    static const str openers[] = {
        STR_INIT("hoe"),   STR_INIT("hoeveel"), STR_INIT("wat"),     STR_INIT("wie"),
        STR_INIT("waar"),  STR_INIT("waarom"),  STR_INIT("wanneer"), STR_INIT("welke"),
        STR_INIT("welk"),  STR_INIT("mag"),     STR_INIT("moet"),    STR_INIT("kan"),
        STR_INIT("krijg"), STR_INIT("heb"),     STR_INIT("is"),      STR_INIT("zijn"),
        STR_INIT("geldt"), STR_INIT("telt"),    STR_INIT("tellen"),  STR_INIT("word"),
        STR_INIT("wordt"), STR_INIT("what"),    STR_INIT("who"),     STR_INIT("how"),
        STR_INIT("where"), STR_INIT("when"),    STR_INIT("why"),     STR_INIT("which"),
        STR_INIT("can"),   STR_INIT("may"),     STR_INIT("do"),      STR_INIT("does"),
        STR_INIT("am"),    STR_INIT("are"),     STR_INIT("will"),    STR_INIT("should"),
        STR_INIT("must"),  STR_INIT("could")};
    str rest = folded, first = str_cut(&rest, ' ');
    if (folded.n > 0 && folded.p[folded.n - 1] == '?')
        return true;
    return rest.n > 0 && str_find_char(rest, ' ') > 0 &&
        str_among(first, openers, LEN(openers)) >= 0;
}
