#include "text/when.h"

static const char *const days[LANG_COUNT][7] = {
    {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"},
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}};
static const char *const months[LANG_COUNT][12] = {
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
     "september", "oktober", "november", "december"},
    {"January", "February", "March", "April", "May", "June", "July", "August",
     "September", "October", "November", "December"}};

str when_show(struct arena *a, date_t d, enum lang l)
{
    if (d == DATE_NONE)
        return arena_str(a, STR(""));
    int y, m, day;
    date_split(d, &y, &m, &day);
    size_t t = l == LANG_EN ? LANG_EN : LANG_NL;
    return arena_fmt(a, "%s %d %s %d", days[t][date_weekday(d)], day, months[t][m - 1],
                     y);
}
