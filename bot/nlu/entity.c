#include "nlu/entity.h"

#include "base/str.h"

#define DAY                                                                              \
    "(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|monday|tuesday|"      \
    "wednesday|thursday|friday|saturday|sunday|ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|"    \
    "fri|sat|sun)"
#define MONTH                                                                            \
    "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|" \
    "december|january|february|march|may|june|july|august|october|jan|feb|mrt|mar|apr|"  \
    "jun|jul|aug|sept|sep|okt|oct|nov|dec)"
#define WORD_NUMBER                                                                      \
    "(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|"    \
    "veertig|vijftig|half|halve|anderhalf|anderhalve|one|two|three|four|five|six|seven|" \
    "eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|a|an)"
#define NUMBER "(?:\\d+(?:[.,]\\d+)*+|" WORD_NUMBER ")"
#define YEAR "(?:19|20)\\d\\d"
#define NEXT                                                                             \
    "(?:deze|komende|volgende|aanstaande|vorige|afgelopen|this|next|coming|last|"        \
    "previous|past)"
#define UNIT                                                                             \
    "(?:uur|uren|dag|dagen|week|weken|maand|maanden|jaar|jaren|kwartaal|weekend|hour|"   \
    "hours|day|days|weeks|month|months|year|years|quarter|weekends)"
#define SEASON                                                                           \
    "(?:zomer|winter|herfst|najaar|voorjaar|lente|kerst|summer|autumn|fall|spring|"      \
    "christmas|easter|pasen)"
#define DATE                                                                             \
    "(?:(?:vandaag|morgen|overmorgen|gisteren|eergisteren|vanmorgen|vanmiddag|vanavond|" \
    "today|tomorrow|yesterday|tonight)|(?:" NEXT " (?:week )?)?" DAY                     \
    "(?: \\d{1,2}(?:st|nd|rd|th|e)? " MONTH ")?|(?:the )?\\d{1,2}(?:st|nd|rd|th|e)? "    \
    "(?:of )?" MONTH "(?: " YEAR ")?|" MONTH " \\d{1,2}(?:st|nd|rd|th)?(?: " YEAR ")?|"  \
    "\\d{4} \\d{1,2} \\d{1,2}|\\d{1,2}[ .]\\d{1,2}(?:[ .](?:\\d{4}|\\d\\d))?|(?:de )?"   \
    "\\d{1,2}(?:e|ste|de))"
#define PERIOD                                                                           \
    "(?:(?:(?:van|vanaf|from|tussen|between) )?" DATE                                    \
    "(?: (?:tot|tm|tot en met|en|to|till|until|through|and) (?:[^ ]+ ){0,2}[^ ]+)?|"     \
    "(?:" NEXT " |de |het |the )?(?:" UNIT "|" SEASON ")(?: " YEAR ")?|" MONTH           \
    "(?: " YEAR ")?|(?:week|q) ?\\d{1,2}|" YEAR ")"

static const struct {
    const char *name, *regex;
} kinds[] = {
    {"date", DATE},
    {"period", PERIOD},
    {"duration", "(?:" NUMBER " (?:en een halve? |and a half )?" UNIT ")"},
    {"number", NUMBER},
    {"amount", "(?:(?:eur|euro|euros) ?)?" NUMBER "(?: ?(?:eur|euro|euros|cent|k))?"},
};

str entity_regex(str name, str *nearest)
{
    str names[LEN(kinds)];
    for (size_t i = 0; i < LEN(kinds); i++) {
        names[i] = str_c(kinds[i].name);
        if (str_eq_ascii(names[i], name))
            return str_c(kinds[i].regex);
    }
    *nearest = str_nearest(name, names, LEN(names));
    return STR_NONE;
}
