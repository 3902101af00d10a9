#include "text/when_word.h"

#include <stdlib.h>

#include "base/str.h"

/* clang-format off */
#define ANY(word, cls, val) {STR_INIT(word), LANG_NONE, {cls, val, false, DAY_WHOLE, false}}
#define DUTCH(word, cls, val) {STR_INIT(word), LANG_NL, {cls, val, false, DAY_WHOLE, false}}
#define ENGLISH(word, cls, val) {STR_INIT(word), LANG_EN, {cls, val, false, DAY_WHOLE, false}}
#define PART(word, cls, val, part) {STR_INIT(word), LANG_NONE, {cls, val, true, part, false}}
#define WEAK(word, lang, cls, val) {STR_INIT(word), lang, {cls, val, false, DAY_WHOLE, true}}
/* clang-format on */

/* only: the word counts in this language alone (LANG_NONE: in any). */
struct entry {
    str word;
    enum lang only;
    struct meaning is;
};

/* Sorted by word. Days and months, of which one letter may be wrong: every word of a
 * message is held against them all. */
static const struct entry names[] = {
    WEAK("apr", LANG_NONE, CLS_MONTH, 4),
    ANY("april", CLS_MONTH, 4),
    WEAK("aug", LANG_NONE, CLS_MONTH, 8),
    ANY("august", CLS_MONTH, 8),
    ANY("augustus", CLS_MONTH, 8),
    WEAK("dec", LANG_NONE, CLS_MONTH, 12),
    ANY("december", CLS_MONTH, 12),
    WEAK("di", LANG_NL, CLS_WEEKDAY, 1),
    ANY("dinsdag", CLS_WEEKDAY, 1),
    WEAK("do", LANG_NL, CLS_WEEKDAY, 3),
    ANY("donderdag", CLS_WEEKDAY, 3),
    ANY("eergisteren", CLS_NEAR, -2),
    WEAK("feb", LANG_NONE, CLS_MONTH, 2),
    WEAK("febr", LANG_NONE, CLS_MONTH, 2),
    ANY("februari", CLS_MONTH, 2),
    ANY("february", CLS_MONTH, 2),
    ENGLISH("fri", CLS_WEEKDAY, 4),
    ANY("friday", CLS_WEEKDAY, 4),
    ANY("gister", CLS_NEAR, -1),
    ANY("gisteren", CLS_NEAR, -1),
    WEAK("jan", LANG_NONE, CLS_MONTH, 1),
    ANY("januari", CLS_MONTH, 1),
    ANY("january", CLS_MONTH, 1),
    WEAK("jul", LANG_NONE, CLS_MONTH, 7),
    ANY("juli", CLS_MONTH, 7),
    ANY("july", CLS_MONTH, 7),
    WEAK("jun", LANG_NONE, CLS_MONTH, 6),
    ANY("june", CLS_MONTH, 6),
    ANY("juni", CLS_MONTH, 6),
    WEAK("ma", LANG_NL, CLS_WEEKDAY, 0),
    ANY("maandag", CLS_WEEKDAY, 0),
    ANY("maart", CLS_MONTH, 3),
    WEAK("mar", LANG_EN, CLS_MONTH, 3),
    WEAK("march", LANG_NONE, CLS_MONTH, 3),
    WEAK("may", LANG_EN, CLS_MONTH, 5),
    ANY("mei", CLS_MONTH, 5),
    ENGLISH("mon", CLS_WEEKDAY, 0),
    ANY("monday", CLS_WEEKDAY, 0),
    ANY("morgen", CLS_NEAR, 1),
    WEAK("mrt", LANG_NONE, CLS_MONTH, 3),
    WEAK("nov", LANG_NONE, CLS_MONTH, 11),
    ANY("november", CLS_MONTH, 11),
    WEAK("oct", LANG_NONE, CLS_MONTH, 10),
    ANY("october", CLS_MONTH, 10),
    WEAK("okt", LANG_NONE, CLS_MONTH, 10),
    ANY("oktober", CLS_MONTH, 10),
    ANY("overmorgen", CLS_NEAR, 2),
    WEAK("sat", LANG_EN, CLS_WEEKDAY, 5),
    ANY("saturday", CLS_WEEKDAY, 5),
    WEAK("sep", LANG_NONE, CLS_MONTH, 9),
    WEAK("sept", LANG_NONE, CLS_MONTH, 9),
    ANY("september", CLS_MONTH, 9),
    WEAK("sun", LANG_EN, CLS_WEEKDAY, 6),
    ANY("sunday", CLS_WEEKDAY, 6),
    ENGLISH("thu", CLS_WEEKDAY, 3),
    ENGLISH("thur", CLS_WEEKDAY, 3),
    ENGLISH("thurs", CLS_WEEKDAY, 3),
    ANY("thursday", CLS_WEEKDAY, 3),
    ANY("tmr", CLS_NEAR, 1),
    ANY("tmrw", CLS_NEAR, 1),
    ANY("tommorow", CLS_NEAR, 1),
    ANY("tommorrow", CLS_NEAR, 1),
    ANY("tomorow", CLS_NEAR, 1),
    ANY("tomorrow", CLS_NEAR, 1),
    ENGLISH("tue", CLS_WEEKDAY, 1),
    ENGLISH("tues", CLS_WEEKDAY, 1),
    ANY("tuesday", CLS_WEEKDAY, 1),
    WEAK("vr", LANG_NL, CLS_WEEKDAY, 4),
    ANY("vrijdag", CLS_WEEKDAY, 4),
    WEAK("wed", LANG_EN, CLS_WEEKDAY, 2),
    ANY("wednesday", CLS_WEEKDAY, 2),
    WEAK("wo", LANG_NL, CLS_WEEKDAY, 2),
    WEAK("woe", LANG_NL, CLS_WEEKDAY, 2),
    ANY("woensdag", CLS_WEEKDAY, 2),
    ANY("yesterday", CLS_NEAR, -1),
    WEAK("za", LANG_NL, CLS_WEEKDAY, 5),
    WEAK("zat", LANG_NL, CLS_WEEKDAY, 5),
    ANY("zaterdag", CLS_WEEKDAY, 5),
    WEAK("zo", LANG_NL, CLS_WEEKDAY, 6),
    WEAK("zon", LANG_NL, CLS_WEEKDAY, 6),
    ANY("zondag", CLS_WEEKDAY, 6),
};

/* Sorted by word: the others. */
static const struct entry entries[] = {
    ANY("a.m", CLS_PART, DAY_MORNING),
    ANY("a.s", CLS_TURN, TURN_COMING),
    ANY("aankomend", CLS_TURN, TURN_COMING),
    ANY("aankomende", CLS_TURN, TURN_COMING),
    ANY("aanstaand", CLS_TURN, TURN_COMING),
    ANY("aanstaande", CLS_TURN, TURN_COMING),
    ANY("afgelopen", CLS_TURN, TURN_PAST),
    ANY("after", CLS_AFTER, 0),
    ANY("afternoon", CLS_PART, DAY_AFTERNOON),
    ANY("ago", CLS_AGO, 0),
    ANY("all", CLS_WHOLE, 0),
    ANY("am", CLS_PART, DAY_MORNING),
    ANY("and", CLS_AND, 0),
    ANY("avond", CLS_PART, DAY_WHOLE),
    ANY("avonds", CLS_PART, DAY_WHOLE),
    ANY("before", CLS_BEFORE, 1),
    ANY("begin", CLS_BEGIN, 1),
    ANY("beginning", CLS_OPEN, 0),
    ANY("between", CLS_BETWEEN, 0),
    ANY("cent", CLS_MONEY, 1),
    ANY("cents", CLS_MONEY, 1),
    ANY("coming", CLS_TURN, TURN_COMING),
    ANY("ct", CLS_MONEY, 1),
    ANY("d", CLS_UNIT, WORD_DAY),
    ANY("daagjes", CLS_UNIT, WORD_DAY),
    ANY("daags", CLS_UNIT, WORD_DAY),
    ANY("daagse", CLS_UNIT, WORD_DAY),
    ANY("dag", CLS_UNIT, WORD_DAY),
    ANY("dagdeel", CLS_UNIT, WORD_HALF_DAY),
    ANY("dagdelen", CLS_UNIT, WORD_HALF_DAY),
    ANY("dagen", CLS_UNIT, WORD_DAY),
    ANY("dagje", CLS_UNIT, WORD_DAY),
    ANY("dagjes", CLS_UNIT, WORD_DAY),
    ANY("day", CLS_UNIT, WORD_DAY),
    ANY("days", CLS_UNIT, WORD_DAY),
    ANY("de", CLS_THE, 0),
    ANY("den", CLS_THE, 0),
    ANY("deze", CLS_TURN, TURN_THIS),
    ANY("dinsdagen", CLS_HABIT, 1),
    ANY("dinsdags", CLS_HABIT, 1),
    ANY("dit", CLS_TURN, TURN_THIS),
    ANY("donderdagen", CLS_HABIT, 3),
    ANY("donderdags", CLS_HABIT, 3),
    ANY("each", CLS_EVERY, 0),
    ANY("early", CLS_BEGIN, 1),
    ANY("eerstkomende", CLS_TURN, TURN_COMING),
    ANY("eerstvolgende", CLS_TURN, TURN_COMING),
    ANY("effective", CLS_OPEN, 0),
    ANY("eind", CLS_END, 0),
    ANY("einde", CLS_END, 0),
    ANY("elk", CLS_EVERY, 0),
    ANY("elke", CLS_EVERY, 0),
    ANY("en", CLS_AND, 0),
    ANY("end", CLS_END, 0),
    ANY("entire", CLS_WHOLE, 0),
    ANY("eur", CLS_MONEY, 100),
    ANY("euro", CLS_MONEY, 100),
    ANY("euros", CLS_MONEY, 100),
    ANY("evening", CLS_PART, DAY_WHOLE),
    ANY("every", CLS_EVERY, 0),
    ANY("final", CLS_FINAL, 0),
    ANY("for", CLS_FOR, 0),
    ANY("forenoon", CLS_PART, DAY_MORNING),
    ANY("fortnight", CLS_UNIT, WORD_FORTNIGHT),
    ANY("fortnights", CLS_UNIT, WORD_FORTNIGHT),
    ANY("fridays", CLS_HABIT, 4),
    ANY("from", CLS_FROM, 0),
    ANY("full", CLS_WHOLE, 0),
    ANY("gedurende", CLS_FOR, 0),
    ANY("geheel", CLS_WHOLE, 0),
    ANY("gehele", CLS_WHOLE, 0),
    ANY("geleden", CLS_AGO, 0),
    ANY("h", CLS_UNIT, WORD_HOUR),
    ANY("half", CLS_MID, 0),
    ANY("halfjaar", CLS_UNIT, WORD_HALF_YEAR),
    ANY("halfuur", CLS_UNIT, WORD_HALF_HOUR),
    ANY("halfuurtje", CLS_UNIT, WORD_HALF_HOUR),
    ANY("halverwege", CLS_MID, 0),
    ANY("heden", CLS_NEAR, 0),
    ANY("heel", CLS_WHOLE, 0),
    ANY("hele", CLS_WHOLE, 0),
    ANY("het", CLS_THE, 0),
    ANY("holiday", CLS_FREE, 0),
    ANY("holidays", CLS_FREE, 0),
    ANY("hour", CLS_UNIT, WORD_HOUR),
    ANY("hours", CLS_UNIT, WORD_HOUR),
    ANY("hr", CLS_UNIT, WORD_HOUR),
    ANY("hrs", CLS_UNIT, WORD_HOUR),
    ANY("ieder", CLS_EVERY, 0),
    ANY("iedere", CLS_EVERY, 0),
    ANY("in", CLS_IN, 0),
    ANY("ingaande", CLS_OPEN, 0),
    ANY("j.l", CLS_TURN, TURN_PAST),
    ANY("jaar", CLS_UNIT, WORD_YEAR),
    ANY("jaartje", CLS_UNIT, WORD_YEAR),
    ANY("jaren", CLS_UNIT, WORD_YEAR),
    ANY("jl", CLS_TURN, TURN_PAST),
    ANY("jongstleden", CLS_TURN, TURN_PAST),
    ANY("kalenderdag", CLS_UNIT, WORD_DAY),
    ANY("kalenderdagen", CLS_UNIT, WORD_DAY),
    ANY("keer", CLS_COUNT, 0),
    ANY("komend", CLS_TURN, TURN_COMING),
    ANY("komende", CLS_TURN, TURN_COMING),
    ANY("kwartaal", CLS_UNIT, WORD_QUARTER),
    ANY("kwartalen", CLS_UNIT, WORD_QUARTER),
    ANY("kwartier", CLS_UNIT, WORD_QUARTER_HOUR),
    ANY("kwartieren", CLS_UNIT, WORD_QUARTER_HOUR),
    ANY("kwartiertje", CLS_UNIT, WORD_QUARTER_HOUR),
    ANY("laatste", CLS_FINAL, 0),
    ENGLISH("last", CLS_TURN, TURN_LAST),
    ENGLISH("late", CLS_END, 1),
    ANY("leave", CLS_FREE, 0),
    ANY("m.i.v", CLS_OPEN, 0),
    ANY("maal", CLS_COUNT, 0),
    ANY("maand", CLS_UNIT, WORD_MONTH),
    ANY("maandagen", CLS_HABIT, 0),
    ANY("maandags", CLS_HABIT, 0),
    ANY("maanden", CLS_UNIT, WORD_MONTH),
    ANY("maandje", CLS_UNIT, WORD_MONTH),
    ANY("maandjes", CLS_UNIT, WORD_MONTH),
    ANY("medio", CLS_MID, 0),
    ANY("mid", CLS_MID, 0),
    ANY("middag", CLS_PART, DAY_AFTERNOON),
    ANY("middags", CLS_PART, DAY_AFTERNOON),
    ANY("midden", CLS_MID, 0),
    ANY("middle", CLS_MID, 0),
    ANY("min", CLS_UNIT, WORD_MINUTE),
    ANY("mins", CLS_UNIT, WORD_MINUTE),
    ANY("minute", CLS_UNIT, WORD_MINUTE),
    ANY("minuten", CLS_UNIT, WORD_MINUTE),
    ANY("minutes", CLS_UNIT, WORD_MINUTE),
    ANY("minuut", CLS_UNIT, WORD_MINUTE),
    ANY("minuutje", CLS_UNIT, WORD_MINUTE),
    ANY("minuutjes", CLS_UNIT, WORD_MINUTE),
    ANY("miv", CLS_OPEN, 0),
    ANY("mnd", CLS_UNIT, WORD_MONTH),
    ANY("mondays", CLS_HABIT, 0),
    ANY("month", CLS_UNIT, WORD_MONTH),
    ANY("months", CLS_UNIT, WORD_MONTH),
    ANY("morgens", CLS_PART, DAY_MORNING),
    ANY("morning", CLS_PART, DAY_MORNING),
    ANY("mth", CLS_UNIT, WORD_MONTH),
    ANY("mths", CLS_UNIT, WORD_MONTH),
    ANY("na", CLS_AFTER, 0),
    ANY("nacht", CLS_PART, DAY_WHOLE),
    ANY("nachts", CLS_PART, DAY_WHOLE),
    ANY("namiddag", CLS_PART, DAY_AFTERNOON),
    ANY("namiddags", CLS_PART, DAY_AFTERNOON),
    ANY("next", CLS_TURN, TURN_NEXT),
    ANY("night", CLS_PART, DAY_WHOLE),
    ANY("now", CLS_NOW, 0),
    ANY("nu", CLS_NOW, 0),
    ANY("ochtend", CLS_PART, DAY_MORNING),
    ANY("ochtends", CLS_PART, DAY_MORNING),
    ENGLISH("of", CLS_OF, 0),
    DUTCH("of", CLS_OR, 0),
    ANY("off", CLS_FREE, 0),
    ANY("on", CLS_ON, 0),
    ANY("once", CLS_COUNT, 0),
    ANY("op", CLS_ON, 0),
    ANY("or", CLS_OR, 0),
    DUTCH("over", CLS_OVER, 0),
    ANY("p.m", CLS_PART, DAY_AFTERNOON),
    ANY("past", CLS_TURN, TURN_PAST),
    ANY("per", CLS_OPEN, 0),
    ANY("pm", CLS_PART, DAY_AFTERNOON),
    ANY("previous", CLS_TURN, TURN_LAST),
    ANY("qtr", CLS_UNIT, WORD_QUARTER),
    ANY("quarter", CLS_UNIT, WORD_QUARTER),
    ANY("quarters", CLS_UNIT, WORD_QUARTER),
    ANY("saturdays", CLS_HABIT, 5),
    ANY("savonds", CLS_PART, DAY_WHOLE),
    ANY("sedert", CLS_SINCE, 0),
    ANY("since", CLS_SINCE, 0),
    ANY("sinds", CLS_SINCE, 0),
    ANY("smiddags", CLS_PART, DAY_AFTERNOON),
    ANY("smorgens", CLS_PART, DAY_MORNING),
    ANY("start", CLS_BEGIN, 0),
    ANY("starting", CLS_OPEN, 0),
    ANY("sundays", CLS_HABIT, 6),
    ANY("t.e.m", CLS_THROUGH, 0),
    ANY("t.m", CLS_THROUGH, 0),
    ANY("t/m", CLS_THROUGH, 0),
    ANY("tem", CLS_THROUGH, 0),
    ANY("terug", CLS_AGO, 0),
    ANY("the", CLS_THE, 0),
    ANY("this", CLS_TURN, TURN_THIS),
    ANY("through", CLS_THROUGH, 0),
    ANY("thru", CLS_THROUGH, 0),
    ANY("thursdays", CLS_HABIT, 3),
    ENGLISH("til", CLS_UNTIL, 1),
    ENGLISH("till", CLS_UNTIL, 1),
    ANY("times", CLS_COUNT, 0),
    ANY("tm", CLS_THROUGH, 0),
    ENGLISH("to", CLS_TO, 0),
    ANY("today", CLS_NEAR, 0),
    ANY("tonight", CLS_NEAR, 0),
    ANY("tot", CLS_UNTIL, 0),
    ANY("tuesdays", CLS_HABIT, 1),
    ANY("tussen", CLS_BETWEEN, 0),
    ANY("twice", CLS_COUNT, 0),
    ANY("u", CLS_UNIT, WORD_HOUR),
    ANY("ultimo", CLS_END, 0),
    ENGLISH("until", CLS_UNTIL, 1),
    ENGLISH("untill", CLS_UNTIL, 1),
    ANY("upcoming", CLS_TURN, TURN_COMING),
    ANY("uren", CLS_UNIT, WORD_HOUR),
    ANY("urig", CLS_UNIT, WORD_HOUR),
    ANY("urige", CLS_UNIT, WORD_HOUR),
    ANY("uur", CLS_UNIT, WORD_HOUR),
    ANY("uurtje", CLS_UNIT, WORD_HOUR),
    ANY("uurtjes", CLS_UNIT, WORD_HOUR),
    ANY("vacation", CLS_FREE, 0),
    ANY("vakantie", CLS_FREE, 0),
    ANY("van", CLS_VAN, 0),
    ANY("vanaf", CLS_OPEN, 0),
    ANY("vanavond", CLS_NEAR, 0),
    ANY("vandaag", CLS_NEAR, 0),
    ANY("vandag", CLS_NEAR, 0),
    PART("vanmiddag", CLS_NEAR, 0, DAY_AFTERNOON),
    PART("vanmorgen", CLS_NEAR, 0, DAY_MORNING),
    ANY("vannacht", CLS_NEAR, 0),
    PART("vannamiddag", CLS_NEAR, 0, DAY_AFTERNOON),
    PART("vanochtend", CLS_NEAR, 0, DAY_MORNING),
    ANY("verleden", CLS_TURN, TURN_LAST),
    ANY("verlof", CLS_FREE, 0),
    ANY("volgend", CLS_TURN, TURN_NEXT),
    ANY("volgende", CLS_TURN, TURN_NEXT),
    ANY("volle", CLS_WHOLE, 0),
    DUTCH("voor", CLS_BEFORE, 0),
    ANY("voorbije", CLS_TURN, TURN_PAST),
    ANY("voormiddag", CLS_PART, DAY_MORNING),
    ANY("voormiddags", CLS_PART, DAY_MORNING),
    ANY("vorig", CLS_TURN, TURN_LAST),
    ANY("vorige", CLS_TURN, TURN_LAST),
    ANY("vrij", CLS_FREE, 0),
    ANY("vrijaf", CLS_FREE, 0),
    ANY("vrijdagen", CLS_HABIT, 4),
    ANY("vrijdags", CLS_HABIT, 4),
    ANY("w", CLS_UNIT, WORD_WEEK),
    ANY("wednesdays", CLS_HABIT, 2),
    ANY("week", CLS_UNIT, WORD_WEEK),
    ANY("weekdays", CLS_UNIT, WORD_WORKDAY),
    ANY("weekeinde", CLS_UNIT, WORD_WEEKEND),
    ANY("weekend", CLS_UNIT, WORD_WEEKEND),
    ANY("weekenden", CLS_UNIT, WORD_WEEKEND),
    ANY("weekendje", CLS_UNIT, WORD_WEEKEND),
    ANY("weekends", CLS_UNIT, WORD_WEEKEND),
    ANY("weekje", CLS_UNIT, WORD_WEEK),
    ANY("weekjes", CLS_UNIT, WORD_WEEK),
    ANY("weeks", CLS_UNIT, WORD_WEEK),
    ANY("weekse", CLS_UNIT, WORD_WEEK),
    ANY("weken", CLS_UNIT, WORD_WEEK),
    ANY("werkdag", CLS_UNIT, WORD_WORKDAY),
    ANY("werkdagen", CLS_UNIT, WORD_WORKDAY),
    ANY("whole", CLS_WHOLE, 0),
    ANY("wk", CLS_UNIT, WORD_WEEK),
    ANY("wkn", CLS_UNIT, WORD_WEEK),
    ANY("wks", CLS_UNIT, WORD_WEEK),
    ANY("woensdagen", CLS_HABIT, 2),
    ANY("woensdags", CLS_HABIT, 2),
    ANY("workday", CLS_UNIT, WORD_WORKDAY),
    ANY("workdays", CLS_UNIT, WORD_WORKDAY),
    ANY("year", CLS_UNIT, WORD_YEAR),
    ANY("years", CLS_UNIT, WORD_YEAR),
    ANY("yr", CLS_UNIT, WORD_YEAR),
    ANY("yrs", CLS_UNIT, WORD_YEAR),
    ANY("zaterdagen", CLS_HABIT, 5),
    ANY("zaterdags", CLS_HABIT, 5),
    ANY("zondagen", CLS_HABIT, 6),
    ANY("zondags", CLS_HABIT, 6),
    ANY("\xe2\x82\xac", CLS_MONEY, 100),
};

static int compare(const void *key, const void *entry)
{
    return str_cmp(*(const str *)key, ((const struct entry *)entry)->word);
}

static const struct entry *among(const struct entry *list, size_t n, str word,
                                 enum lang l)
{
    const struct entry *e = bsearch(&word, list, n, sizeof *list, compare);
    if (!e)
        return NULL;
    while (e > list && str_eq(word, e[-1].word))
        e--;
    for (; e < list + n && str_eq(word, e->word); e++)
        if (e->only == LANG_NONE || l == LANG_NONE || e->only == l)
            return e;
    return NULL;
}

static const struct entry *exact(str word, enum lang l)
{
    const struct entry *e = among(entries, LEN(entries), word, l);
    return e ? e : among(names, LEN(names), word, l);
}

/* What is left between the common beginning and the common end tells. */
bool word_one_edit(str a, str b)
{
    size_t p = 0, s = 0;
    while (p < MIN(a.n, b.n) && a.p[p] == b.p[p])
        p++;
    while (s < MIN(a.n, b.n) - p && a.p[a.n - 1 - s] == b.p[b.n - 1 - s])
        s++;
    size_t x = a.n - p - s, y = b.n - p - s;
    if (x == 2 && y == 2)
        return a.p[p] == b.p[p + 1] && a.p[p + 1] == b.p[p];
    return x <= 1 && y <= 1;
}

/* Right words that are one edit away from a name. */
static bool is_other_word(str word)
{
    static const char *const words[] = {"sundry",  "augusta", "mandate", "januaris",
                                        "noonday", "midday",  "somday"};
    for (size_t i = 0; i < LEN(words); i++)
        if (str_is(word, words[i]))
            return true;
    return false;
}

static const struct part {
    const char *name;
    bool has_part;
    enum day_part part;
} parts[] = {
    {"ochtend", true, DAY_MORNING},  {"morgen", true, DAY_MORNING},
    {"vroeg", true, DAY_MORNING},    {"voormiddag", true, DAY_MORNING},
    {"middag", true, DAY_AFTERNOON}, {"namiddag", true, DAY_AFTERNOON},
    {"avond", false, DAY_WHOLE},     {"nacht", false, DAY_WHOLE},
};

/* maandagmiddag, morgenochtend, gisterenavond: a day and a part of it in one word, of
 * which the part may have one wrong letter. */
static struct meaning compound(str word, enum lang l)
{
    for (size_t i = 0; i < LEN(parts); i++) {
        str part = str_c(parts[i].name);
        for (size_t n = part.n - 1; n <= part.n + 1 && word.n >= n + 6; n++) {
            str tail = str_sub(word, word.n - n, word.n);
            const struct entry *e = exact(str_sub(word, 0, word.n - n), l);
            if (!e || (e->is.cls != CLS_WEEKDAY && e->is.cls != CLS_NEAR) ||
                !word_one_edit(tail, part))
                continue;
            struct meaning m = e->is;
            m.has_part = parts[i].has_part;
            m.part = parts[i].part;
            return m;
        }
    }
    return (struct meaning){.cls = CLS_NONE};
}

static const struct entry *misspelt(str word, enum lang l)
{
    if (word.n < 5 || word.n > 12 || is_other_word(word))
        return NULL;
    for (size_t i = 0; i < LEN(names); i++) {
        const struct entry *e = &names[i];
        str w = e->word;
        if (e->only != LANG_NONE && e->only != l)
            continue;
        if (w.n < 6 || (e->is.cls == CLS_NEAR && w.n < 8))
            continue;
        if (w.p[0] != word.p[0] && w.p[w.n - 1] != word.p[word.n - 1])
            continue; /* an edit leaves the first or the last letter */
        if (word_one_edit(word, w))
            return e;
    }
    return NULL;
}

struct meaning word_meaning(str word, enum lang l)
{
    const struct entry *e = exact(word, l);
    if (e)
        return e->is;
    struct meaning m = compound(word, l);
    if (m.cls != CLS_NONE)
        return m;
    e = misspelt(word, l);
    return e ? e->is : m;
}
