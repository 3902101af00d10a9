#include "text/number_word.h"

#include "base/str.h"

enum { NUMBER_WORD_MAX = 1000000000 };

struct name {
    const char *word;
    int n;
};

static const struct name dutch[] = {
    {"een", 1},        {"twee", 2},      {"drie", 3},       {"vier", 4},
    {"vijf", 5},       {"zes", 6},       {"zeven", 7},      {"acht", 8},
    {"negen", 9},      {"tien", 10},     {"elf", 11},       {"twaalf", 12},
    {"dertien", 13},   {"veertien", 14}, {"vijftien", 15},  {"zestien", 16},
    {"zeventien", 17}, {"achttien", 18}, {"negentien", 19}, {"twintig", 20},
    {"dertig", 30},    {"veertig", 40},  {"vijftig", 50},   {"zestig", 60},
    {"zeventig", 70},  {"tachtig", 80},  {"negentig", 90}};
static const struct name english[] = {
    {"one", 1},        {"two", 2},       {"three", 3},     {"four", 4},
    {"five", 5},       {"six", 6},       {"seven", 7},     {"eight", 8},
    {"nine", 9},       {"ten", 10},      {"eleven", 11},   {"twelve", 12},
    {"thirteen", 13},  {"fourteen", 14}, {"fifteen", 15},  {"sixteen", 16},
    {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
    {"thirty", 30},    {"forty", 40},    {"fifty", 50},    {"sixty", 60},
    {"seventy", 70},   {"eighty", 80},   {"ninety", 90},   {"fourty", 40}};
static const struct name english_nth[] = {
    {"first", 1},        {"second", 2},      {"third", 3},       {"fourth", 4},
    {"fifth", 5},        {"sixth", 6},       {"seventh", 7},     {"eighth", 8},
    {"ninth", 9},        {"tenth", 10},      {"eleventh", 11},   {"twelfth", 12},
    {"thirteenth", 13},  {"fourteenth", 14}, {"fifteenth", 15},  {"sixteenth", 16},
    {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20},
    {"thirtieth", 30}};

static int find(const struct name *names, size_t n, str word)
{
    for (size_t i = 0; i < n && word.n > 0; i++)
        if (names[i].word[0] == word.p[0] && str_is(word, names[i].word))
            return names[i].n;
    return 0;
}

/* 1 to 99 in one word: "drieentwintig" is 3 en 20. */
static int dutch_below_100(str w)
{
    int n = find(dutch, LEN(dutch), w);
    if (n > 0)
        return n;
    for (size_t i = 19; i < LEN(dutch); i++) {
        str tens = str_c(dutch[i].word);
        if (w.n < tens.n + 5 || !str_ends(w, tens))
            continue;
        str unit = str_sub(w, 0, w.n - tens.n);
        if (!str_ends(unit, STR("en")))
            continue;
        int u = find(dutch, 9, str_sub(unit, 0, unit.n - 2));
        if (u > 0)
            return dutch[i].n + u;
    }
    return 0;
}

/* "tweehonderdvijftig", "vijftienhonderd", "duizend". 0: not a number. */
static int dutch_below_10000(str w)
{
    static const struct {
        const char *word;
        int n;
    } powers[] = {{"duizend", 1000}, {"honderd", 100}};
    for (size_t i = 0; i < LEN(powers); i++) {
        ptrdiff_t at = str_find(w, str_c(powers[i].word));
        if (at < 0)
            continue;
        str head = str_sub(w, 0, (size_t)at), tail = str_sub(w, (size_t)at + 7, w.n);
        if (str_starts(tail, STR("en")))
            tail = str_sub(tail, 2, tail.n);
        int high = head.n ? dutch_below_100(head) : 1;
        int low = !tail.n ? 0 : i == 0 ? dutch_below_10000(tail) : dutch_below_100(tail);
        return high && (low || !tail.n) ? high * powers[i].n + low : 0;
    }
    return dutch_below_100(w);
}

static int dutch_nth(str w)
{
    if (str_eq(w, STR("eerste")))
        return 1;
    if (str_eq(w, STR("derde")))
        return 3;
    for (size_t end = 2; end <= 3; end++)
        if (w.n > end + 2 && str_ends(w, end == 2 ? STR("de") : STR("ste"))) {
            int n = dutch_below_10000(str_sub(w, 0, w.n - end));
            if (n > 1)
                return n;
        }
    return 0;
}

/* "tweeenhalf", "drieeneenhalve". */
static int dutch_and_half(str w)
{
    static const char *const ends[] = {"eneenhalf", "eneenhalve", "enhalf", "enhalve"};
    for (size_t i = 0; i < LEN(ends); i++)
        if (w.n > strlen(ends[i]) && str_ends(w, str_c(ends[i])))
            return dutch_below_100(str_sub(w, 0, w.n - strlen(ends[i])));
    return 0;
}

static bool one_dutch_word(const struct tokens *t, size_t i, struct number *out)
{
    str w = token_at(t, i)->text;
    int nth = dutch_nth(w), half = dutch_and_half(w), n = dutch_below_10000(w);
    out->end = i + 1;
    out->ordinal = nth > 0;
    if (nth > 0)
        n = nth;
    else if (half > 0)
        n = half;
    else if (n == 1 && w.n == 3)
        out->article = true;
    out->hundredths = (int64_t)n * 100 + (half > 0 && nth == 0 ? 50 : 0);
    return n > 0;
}

void number_times_power(const struct tokens *t, struct number *out)
{
    static const struct name powers[] = {{"honderd", 100},     {"duizend", 1000},
                                         {"miljoen", 1000000}, {"hundred", 100},
                                         {"thousand", 1000},   {"million", 1000000}};
    int power = find(powers, LEN(powers), token_at(t, out->end)->text);
    if (power == 0 || out->hundredths <= 0 || out->hundredths > INT64_C(100000))
        return;
    out->hundredths *= power;
    out->end++;
    struct number more = {0};
    if (one_dutch_word(t, out->end, &more) && !more.ordinal && !more.article &&
        more.hundredths < (int64_t)power * 100) {
        out->hundredths += more.hundredths;
        out->end = more.end;
    }
}

static size_t over_dash(const struct tokens *t, size_t i)
{
    return token_mark(t, i, '-') && token_at(t, i)->glued ? i + 1 : i;
}

/* "twenty-three", "twenty third", "seven", "third". */
static int english_below_100(const struct tokens *t, size_t *i, bool *ordinal)
{
    str w = token_at(t, *i)->text;
    int n = find(english, LEN(english), w);
    if (n == 0) {
        n = find(english_nth, LEN(english_nth), w);
        *ordinal = n > 0;
        *i += n > 0;
        return n;
    }
    ++*i;
    if (n < 20)
        return n;
    size_t next = over_dash(t, *i);
    str unit = token_at(t, next)->text;
    int u = find(english, 9, unit), nth = find(english_nth, 9, unit);
    if (u == 0 && nth == 0)
        return n;
    *ordinal = nth > 0;
    *i = next + 1;
    return n + u + nth;
}

/* Hundreds, thousands and millions: what stands before multiplies, what follows adds. */
static bool english_words(const struct tokens *t, size_t i, struct number *out)
{
    size_t j = i;
    bool article = token_among(t, i, "a an");
    int64_t total = 0, part = article ? 1 : english_below_100(t, &j, &out->ordinal);
    bool large = false;
    j += article;
    while (!out->ordinal && total + part < NUMBER_WORD_MAX) {
        size_t k = j + (large && token_is(t, j, CLS_AND));
        if (token_says(t, k, "hundred") && part < 100) {
            part = MAX(part, 1) * 100;
        } else if (token_says(t, k, "thousand") && part < 1000) {
            total += MAX(part, 1) * 1000;
            part = 0;
        } else if (token_says(t, k, "million") && part < 1000) {
            total += MAX(part, 1) * 1000000;
            part = 0;
        } else {
            bool nth = false;
            int low = large && part % 100 == 0 ? english_below_100(t, &k, &nth) : 0;
            if (low == 0 || nth)
                break;
            part += low;
            j = k;
            continue;
        }
        large = true;
        j = k + 1;
    }
    out->article = article && !large;
    out->hundredths = (total + part) * 100;
    out->end = j;
    return total + part > 0;
}

bool number_words(const struct tokens *t, size_t i, struct number *out)
{
    if (one_dutch_word(t, i, out)) {
        if (!out->ordinal)
            number_times_power(t, out);
        return true;
    }
    *out = (struct number){.end = i + 1};
    if (token_among(t, i, "nul zero"))
        return true;
    return english_words(t, i, out);
}

bool number_may_begin(str word)
{
    static const char *const others[] = {
        "a",        "an",        "half", "halve", "anderhalf", "anderhalve", "hundred",
        "thousand", "driekwart", "nul",  "zero",  "million",   "n"};
    for (size_t i = 0; i < LEN(others); i++)
        if (str_is(word, others[i]))
            return true;
    return find(english, LEN(english), word) > 0 ||
        find(english_nth, LEN(english_nth), word) > 0 || dutch_below_10000(word) > 0 ||
        dutch_nth(word) > 0 || dutch_and_half(word) > 0;
}
