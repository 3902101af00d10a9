#include "dialogue/slot_value.h"

#include "text/distance.h"
#include "text/normalise.h"
#include "text/when.h"
#include "text/word.h"

/* An option is looked for in a message of at most so many bytes; more where its word is
 * long enough to tell ("hypotheek"). */
enum { SHORT_BYTES = 80, LONG_BYTES = 400, TELLING_BYTES = 8 };

static str date_range(struct turning *t, date_t from, date_t to)
{
    str feast = from == to ? when_holiday(from, t->lang) : STR_NONE;
    if (feast.n > 0) /* so that nobody spends leave on it unawares */
        return arena_fmt(t->a, "%.*s (%.*s)", STR_ARG(when_show(t->a, from, t->lang)),
                         STR_ARG(feast));
    if (from == to)
        return when_show(t->a, from, t->lang);
    return arena_fmt(t->a, "%.*s – %.*s", STR_ARG(when_show(t->a, from, t->lang)),
                     STR_ARG(when_show(t->a, to, t->lang)));
}

static struct value date_value(struct turning *t, const struct slot *s, date_t from,
                               date_t to)
{
    str iso = date_iso(t->a, from);
    if (s->type == SLOT_PERIOD)
        iso = arena_fmt(t->a, "%.*s/%.*s", STR_ARG(iso), STR_ARG(date_iso(t->a, to)));
    return (struct value){
        .slot = s->name, .value = iso, .shown = date_range(t, from, to)};
}

/* What is wrong with a day for this slot; SAY_COUNT: nothing. */
static enum say wrong_day(const struct turning *t, const struct slot *s, date_t day,
                          date_t not_before)
{
    if (s->future && day < t->e->today)
        return SAY_BAD_FUTURE;
    if (s->past && day > t->e->today)
        return SAY_BAD_PAST;
    return not_before != DATE_NONE && day < not_before ? SAY_BAD_ORDER : SAY_COUNT;
}

/* The day a single date slot takes from a span: a last day its end, else its start. */
static date_t day_of(const struct slot *s, date_t from, date_t to, date_t not_before)
{
    return s->type == SLOT_DATE && not_before != DATE_NONE ? to : from;
}

/* "de 8e", "vrijdag" for a last day are told from the first, when that is later. */
static bool find_days(const struct turning *t, const struct slot *s, str folded,
                      date_t not_before, struct when *w)
{
    if (!when_find(folded, t->lang, t->e->today, s->past, w))
        return false;
    struct when later;
    if (not_before == DATE_NONE || not_before <= t->e->today || w->to >= not_before ||
        !when_find(folded, t->lang, not_before, false, &later) || later.from == w->from)
        return true;
    bool told_from_today = w->other_from != DATE_NONE && w->other_to >= not_before;
    if (!told_from_today && later.to >= not_before && later.to - not_before <= 31)
        *w = later;
    return true;
}

static struct slot_reading read_date(struct turning *t, const struct slot *s, str folded,
                                     date_t not_before)
{
    struct slot_reading r = {.why = SAY_BAD_DATE};
    struct when w;
    date_t end, later;
    size_t from, to;
    if (when_missing(folded, t->lang, &from, &to))
        return (struct slot_reading){.why = SAY_BAD_DAY};
    if (!find_days(t, s, folded, not_before, &w)) {
        if (s->type != SLOT_DATE || not_before == DATE_NONE ||
            !slot_end(t, not_before, &end, &later))
            return r;
        r = (struct slot_reading){.read = true,
                                  .whole = true,
                                  .value = date_value(t, s, end, end),
                                  .from = end,
                                  .to = end};
        if (later != DATE_NONE)
            r.other = date_value(t, s, later, later);
        return r;
    }
    bool two = w.other_from != DATE_NONE &&
        (w.other_from != w.from || (s->type == SLOT_PERIOD && w.other_to != w.to));
    date_t day = day_of(s, w.from, w.to, not_before);
    date_t other = two ? day_of(s, w.other_from, w.other_to, not_before) : DATE_NONE;
    r.why = wrong_day(t, s, day, not_before);
    bool other_fits = two && wrong_day(t, s, other, not_before) == SAY_COUNT;
    if (r.why != SAY_COUNT && !other_fits)
        return r;
    if (r.why != SAY_COUNT) { /* only the second reading can be meant */
        w.from = w.other_from;
        w.to = w.other_to;
        day = other;
        other_fits = false;
    }
    r.read = true;
    r.whole = w.end - w.start + 12 >= folded.n;
    r.from = w.from;
    r.to = w.to;
    r.half = w.from == w.to && w.part_from != DAY_WHOLE;
    r.value = s->type == SLOT_PERIOD ? date_value(t, s, w.from, w.to)
                                     : date_value(t, s, day, day);
    if (other_fits && (s->type == SLOT_PERIOD || other != day))
        r.other = s->type == SLOT_PERIOD ? date_value(t, s, w.other_from, w.other_to)
                                         : date_value(t, s, other, other);
    return r;
}

/* "een paar dagen", "tot vrijdag": long enough told for who asks how long about. */
static struct slot_reading read_loose_duration(struct turning *t, const struct slot *s,
                                               str folded)
{
    static const char *const few[][LANG_COUNT] = {{"een paar dagen", "a few days"},
                                                  {"een paar weken", "a few weeks"},
                                                  {"een paar maanden", "a few months"}};
    static const char *const units[][LANG_COUNT] = {
        {"dag", "day"}, {"we", "week"}, {"maand", "month"}};
    struct slot_reading r = {.why = SAY_BAD_DURATION};
    struct when w;
    bool vague = str_has(folded, STR("paar ")) || str_has(folded, STR("enkele ")) ||
        str_has(folded, STR("few ")) || str_has(folded, STR("couple of "));
    for (size_t i = 0; i < LEN(units) && vague && !r.read; i++)
        if (str_has(folded, arena_fmt(t->a, " %s", units[i][t->lang]))) {
            str text = str_c(few[i][t->lang]);
            r = (struct slot_reading){
                .read = true, .loose = true, .value = {s->name, text, text}};
        }
    if (!r.read && when_find(folded, t->lang, t->e->today, false, &w) &&
        w.to >= t->e->today && w.end - w.start + 12 >= folded.n) {
        str text = arena_fmt(t->a, "%s %.*s", t->lang == LANG_EN ? "until" : "t/m",
                             STR_ARG(when_show(t->a, w.to, t->lang)));
        r = (struct slot_reading){
            .read = true, .loose = true, .value = {s->name, text, text}};
    }
    return r;
}

static struct slot_reading read_duration(struct turning *t, const struct slot *s,
                                         str folded)
{
    static const char *const units[][LANG_COUNT] = {
        {"minuten", "minutes"}, {"uur", "hours"},      {"dagen", "days"},
        {"weken", "weeks"},     {"maanden", "months"}, {"jaar", "years"},
    };
    struct duration d;
    if (!duration_find(folded, t->lang, &d))
        return read_loose_duration(t, s, folded);
    static const char *const ones[][LANG_COUNT] = {
        {"minuut", "minute"}, {"uur", "hour"},    {"dag", "day"},
        {"week", "week"},     {"maand", "month"}, {"jaar", "year"},
    };
    const char *unit = (d.amount == 1 ? ones : units)[d.unit][t->lang];
    str text = arena_fmt(t->a, "%g %s", d.amount, unit);
    return (struct slot_reading){.read = true,
                                 .whole = d.end - d.start + 12 >= folded.n,
                                 .value = {s->name, text, text}};
}

/* The text without the day in it: the 1 of "vanaf 1 maart" is no amount. */
static str without_day(struct turning *t, str folded)
{
    struct when w;
    if (!when_find(folded, t->lang, t->e->today, false, &w))
        return folded;
    return arena_fmt(t->a, "%.*s %.*s", (int)w.start, folded.p, (int)(folded.n - w.end),
                     folded.p + w.end);
}

static struct slot_reading read_amount(struct turning *t, const struct slot *s,
                                       str folded)
{
    struct amount m;
    if (!amount_find(without_day(t, folded), t->lang, &m))
        return (struct slot_reading){.why = SAY_BAD_AMOUNT};
    if (s->least < s->most && (m.hundredths < s->least || m.hundredths > s->most))
        return (struct slot_reading){.why = SAY_BAD_RANGE};
    char point = t->lang == LANG_EN ? '.' : ',';
    bool round = m.hundredths % 100 == 0 && !m.money;
    str text = round ? arena_fmt(t->a, "%lld", (long long)(m.hundredths / 100))
                     : arena_fmt(t->a, "%s%lld%c%02lld", m.money ? "€ " : "",
                                 (long long)(m.hundredths / 100), point,
                                 (long long)(m.hundredths % 100));
    return (struct slot_reading){.read = true,
                                 .whole = m.end - m.start + 12 >= folded.n,
                                 .value = {s->name, text, text}};
}

/* A greeting at the time of day tells no part of a day: "goedemiddag, ik wil ...". */
static str without_greeting(str folded)
{
    static const char *const greetings[] = {
        "good morning", "good afternoon", "goede morgen", "goede middag", "goede ochtend",
        "goedemorgen",  "goedemiddag",    "goeiemorgen",  "goedenmiddag", "goeiemiddag"};
    for (size_t i = 0; i < LEN(greetings); i++)
        if (str_starts(folded, str_c(greetings[i])))
            return str_sub(folded, strlen(greetings[i]), folded.n);
    return folded;
}

/* The option's words stand in it, maybe in another form: "de ochtenden", "hele dagen". */
static bool holds_option(str folded, str label)
{
    folded = without_greeting(folded);
    if (str_has(folded, label))
        return true;
    if (label.n < 4 || str_find_char(label, ' ') >= 0)
        return false;
    char scratch[64];
    struct word w;
    size_t pos = 0;
    while (word_next(folded, &pos, scratch, &w))
        if (w.text.n >= 4 && distance(w.text, label, 1) <= 1)
            return true;
    return false;
}

static struct slot_reading read_choice(struct turning *t, const struct slot *s,
                                       str folded)
{
    struct slot_reading r = {.why = SAY_BAD_CHOICE};
    int64_t nth;
    if (str_int(folded, &nth) || nth < 1 || nth > (int64_t)s->n_options)
        nth = 0;
    for (size_t i = 0; i < s->n_options; i++) {
        for (int l = 0; l < LANG_COUNT; l++) {
            str label;
            if (s->options[i].label[l].n == 0 ||
                normalise(t->a, s->options[i].label[l], &label))
                continue;
            bool same = str_eq(label, folded) || (int64_t)i + 1 == nth;
            size_t most = label.n >= TELLING_BYTES ? LONG_BYTES : SHORT_BYTES;
            bool within = folded.n < most && label.n > 2 && holds_option(folded, label);
            if (!same && !within)
                continue;
            str shown = s->options[i].label[t->lang];
            return (struct slot_reading){
                .read = true,
                .whole = same,
                .value = {s->name, s->options[i].label[LANG_NL],
                          shown.n ? shown : s->options[i].label[l]}};
        }
    }
    return r;
}

static struct slot_reading read_yes_no(struct turning *t, const struct slot *s,
                                       str folded)
{
    int answer = yes_no(folded, t->lang);
    if (answer == 0)
        return (struct slot_reading){.why = SAY_BAD_YESNO};
    str shown = say(answer > 0 ? SAY_YES : SAY_NO, t->lang);
    return (struct slot_reading){
        .read = true, .whole = true, .value = {s->name, shown, shown}};
}

static struct slot_reading read_text(struct turning *t, const struct slot *s, str text)
{
    str kept = str_trim(text);
    if (kept.n > FREE_TEXT_MAX)
        return (struct slot_reading){.why = SAY_BAD_TEXT};
    kept = arena_str(t->a, kept);
    return (struct slot_reading){
        .read = kept.n > 0, .why = SAY_EMPTY, .value = {s->name, kept, kept}};
}

str slot_shown(struct turning *t, const struct slot *s, const struct value *v)
{
    date_t day;
    if (s->type == SLOT_DATE && v->value.n > 0 && date_parse(v->value, &day) == RC_OK)
        return date_range(t, day, day);
    for (size_t i = 0; i < s->n_options && s->type == SLOT_CHOICE; i++)
        if (str_eq(s->options[i].label[LANG_NL], v->value) &&
            s->options[i].label[t->lang].n > 0)
            return s->options[i].label[t->lang];
    return v->shown;
}

struct slot_reading slot_read(struct turning *t, const struct slot *s, str text,
                              str folded, date_t not_before)
{
    switch (s->type) {
    case SLOT_DATE:
    case SLOT_PERIOD:
        return read_date(t, s, folded, not_before);
    case SLOT_DURATION:
        return read_duration(t, s, folded);
    case SLOT_AMOUNT:
        return read_amount(t, s, folded);
    case SLOT_CHOICE:
        return read_choice(t, s, folded);
    case SLOT_YESNO:
        return read_yes_no(t, s, folded);
    case SLOT_TEXT:
    case SLOT_PERSON:
        break;
    }
    return read_text(t, s, text);
}
