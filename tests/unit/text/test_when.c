/*
 * The tables of dates beside this file, one expression per line: when.tsv, and
 * when_blind.tsv, when_fresh.tsv and when_desk.tsv, whose expected days were written down
 * before their first run.
 *
 *   text lang today past from to other more note
 *
 * "-" is none: in "from" no date is to be found. other is from/to. more: from (open end),
 * until (open start), am, pm, or both ends as pm/am. note says where a doubt comes from.
 */
#include <stdlib.h>

#include "base/file.h"
#include "text/normalise.h"
#include "text/when.h"
#include "unit.h"

enum { RIGHT_MIN_PERCENT = 98 };

enum column { TEXT, LANG, TODAY, PAST, FROM, TO, OTHER, MORE, NOTE, COLUMNS };

struct expected {
    bool found;
    struct when w;
};

static date_t date_or_none(str s)
{
    date_t d = DATE_NONE;
    if (!str_eq(s, STR("-")))
        CHECK_RC(date_parse(s, &d), RC_OK);
    return d;
}

static enum day_part part_of(str s)
{
    return str_eq(s, STR("am")) ? DAY_MORNING
        : str_eq(s, STR("pm"))  ? DAY_AFTERNOON
                                : DAY_WHOLE;
}

static struct expected expected_of(const str *cell)
{
    struct expected e = {.w = {.other_from = DATE_NONE, .other_to = DATE_NONE}};
    e.w.from = date_or_none(cell[FROM]);
    e.w.to = date_or_none(cell[TO]);
    e.found = e.w.from != DATE_NONE;
    if (!str_eq(cell[OTHER], STR("-"))) {
        str to = cell[OTHER], from = str_cut(&to, '/');
        e.w.other_from = date_or_none(from);
        e.w.other_to = date_or_none(to);
    }
    str second = cell[MORE], first = str_cut(&second, '/');
    e.w.part_from = part_of(first);
    e.w.part_to = second.p ? part_of(second) : e.w.part_from;
    e.w.open_end = str_eq(cell[MORE], STR("from"));
    e.w.open_start = str_eq(cell[MORE], STR("until"));
    return e;
}

static str shown(struct arena *a, bool found, const struct when *w)
{
    static const char *const parts[] = {"", " am", " pm"};
    if (!found)
        return STR("nothing");
    str s =
        arena_fmt(a, "%.*s%s..%.*s%s", STR_ARG(date_iso(a, w->from)), parts[w->part_from],
                  STR_ARG(date_iso(a, w->to)), parts[w->part_to]);
    if (w->other_from != DATE_NONE)
        s = arena_fmt(a, "%.*s or %.*s..%.*s", STR_ARG(s),
                      STR_ARG(date_iso(a, w->other_from)),
                      STR_ARG(date_iso(a, w->other_to)));
    return arena_fmt(a, "%.*s%s%s", STR_ARG(s), w->open_end ? " from" : "",
                     w->open_start ? " until" : "");
}

static bool is_same(const struct expected *e, bool found, const struct when *w)
{
    if (!e->found || !found)
        return e->found == found;
    return e->w.from == w->from && e->w.to == w->to && e->w.other_from == w->other_from &&
        e->w.other_to == w->other_to && e->w.part_from == w->part_from &&
        e->w.part_to == w->part_to && e->w.open_end == w->open_end &&
        e->w.open_start == w->open_start;
}

/* Looking no further than where it begins finds it, looking less far does not. */
static bool begins_there(str folded, const str *cell, size_t start)
{
    struct when w;
    enum lang l = lang_of(cell[LANG]);
    date_t today = date_or_none(cell[TODAY]);
    bool past = str_eq(cell[PAST], STR("past"));
    return when_begins(folded, l, today, past, start, &w) && w.start == start &&
        (start == 0 || !when_begins(folded, l, today, past, start - 1, &w));
}

static bool is_right(struct arena *a, const str *cell, const char *file, int line)
{
    struct expected e = expected_of(cell);
    str folded;
    struct when w = {0};
    CHECK_RC(normalise(a, cell[TEXT], &folded), RC_OK);
    bool found = when_find(folded, lang_of(cell[LANG]), date_or_none(cell[TODAY]),
                           str_eq(cell[PAST], STR("past")), &w);
    if (found && !begins_there(folded, cell, w.start))
        fail_msg("line %d: found by where it begins", line);
    bool right = is_same(&e, found, &w);
    if (found && (w.start >= w.end || w.end > folded.n))
        fail_msg("line %d: stands at %zu to %zu of %zu", line, w.start, w.end, folded.n);
    if (!right)
        print_message("%s:%d: \"%.*s\" (%.*s): want %.*s, got %.*s\n", file, line,
                      STR_ARG(cell[TEXT]), STR_ARG(cell[LANG]),
                      STR_ARG(shown(a, e.found, &e.w)), STR_ARG(shown(a, found, &w)));
    return right;
}

static void is_read_right(struct arena *a, const char *file, int cases_min)
{
    str text, line;
    CHECK_RC(file_read(a, str_c(file), 1 << 20, &text), RC_OK);
    int n = 0, right = 0, number = 1;
    for (str_line(&text, &line); str_line(&text, &line);) {
        str cell[COLUMNS], rest = line;
        for (size_t c = 0; c < COLUMNS; c++)
            cell[c] = str_cut(&rest, '\t');
        CHECK(cell[NOTE].p && !rest.p, "nine columns");
        n++;
        right += is_right(a, cell, file, ++number);
    }
    print_message("%s: %d of %d right (%.1f %%)\n", file, right, n, 100. * right / n);
    CHECK(n >= cases_min, "the table is long enough");
    CHECK(right * 100 >= n * RIGHT_MIN_PERCENT, "the table is right");
}

static void the_table_is_read_right(void **state)
{
    is_read_right(*state, "tests/unit/text/when.tsv", 300);
}

static void the_table_written_blind_is_read_right(void **state)
{
    is_read_right(*state, "tests/unit/text/when_blind.tsv", 100);
}

static void the_second_table_written_blind_is_read_right(void **state)
{
    is_read_right(*state, "tests/unit/text/when_fresh.tsv", 120);
}

static void the_third_table_written_blind_is_read_right(void **state)
{
    is_read_right(*state, "tests/unit/text/when_desk.tsv", 120);
}

/* Words and marks the readers know, in any order and number: what they were not made for.
 */
static const char *const pieces[] = {
    "van",
    "tot",
    "en",
    "met",
    "t/m",
    "-",
    "/",
    ".",
    ",",
    "3",
    "31",
    "12",
    "2027",
    "0",
    "99999",
    "999999999999999",
    "29-2",
    "mei",
    "may",
    "feb",
    "maandag",
    "do",
    "friday",
    "de",
    "the",
    "of",
    "week",
    "weken",
    "dag",
    "maand",
    "jaar",
    "weekend",
    "volgende",
    "last",
    "this",
    "eerste",
    "laatste",
    "half",
    "anderhalve",
    "een",
    "a",
    "over",
    "in",
    "na",
    "voor",
    "geleden",
    "ago",
    "from",
    "until",
    "between",
    "and",
    "or",
    "eind",
    "begin",
    "end",
    "rest",
    "kerst",
    "tweede",
    "pinksterdag",
    "1e",
    "sinds",
    "vanaf",
    "per",
    "elke",
    "morgen",
    "'s",
    "middags",
    "ochtend",
    "9:30",
    "uur",
    "\xe2\x82\xac",
    "euro",
    "k",
    "%",
    "honderd",
    "duizend",
    "twenty",
    "million",
    "komende",
    "q",
    "kwartaal",
    "jl",
    "a.s.",
    "\xe2\x81\x84",
    "\xf0\x9f\x91\x8d",
    "nee",
    "ja",
    "niet",
    "(",
    "\"",
    "32",
    "53",
    "wk",
};

static uint32_t next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static str jumble(char *to, size_t max, uint32_t *seed)
{
    size_t n = 0, words = next(seed) % 14;
    for (size_t i = 0; i < words; i++) {
        const char *piece = pieces[next(seed) % LEN(pieces)];
        if (n + strlen(piece) + 1 >= max)
            break;
        memcpy(to + n, piece, strlen(piece));
        n += strlen(piece);
        if (next(seed) % 4 > 0)
            to[n++] = ' ';
    }
    return (str){to, n};
}

static str noise(char *to, size_t max, uint32_t *seed)
{
    size_t n = next(seed) % max;
    for (size_t i = 0; i < n; i++) {
        uint32_t any = next(seed);
        to[i] = any % 3 ? (char)(1 + (any >> 8) % 255) : " -/.,'0123"[(any >> 8) % 10];
    }
    return (str){to, n};
}

static void check_all(str text, enum lang l, date_t today, bool past)
{
    struct when w;
    struct duration d;
    struct amount m;
    if (when_find(text, l, today, past, &w)) {
        CHECK(w.start < w.end && w.end <= text.n, "it stands in the text");
        CHECK(w.from != DATE_NONE && w.from <= w.to, "it does not end before it begins");
        CHECK((w.other_from == DATE_NONE) == (w.other_to == DATE_NONE), "both or none");
        CHECK(w.other_from <= w.other_to, "nor does the other");
        CHECK(w.other_from != w.from || w.other_to != w.to, "the other is another");
        CHECK(!(w.open_end && w.open_start), "open at one end");
        CHECK(!(w.open_end || w.open_start) || w.from == w.to, "open: one day");
    }
    if (duration_find(text, l, &d)) {
        CHECK(d.start < d.end && d.end <= text.n, "a duration stands in the text");
        CHECK(d.amount > 0, "a duration is more than nothing");
    }
    if (amount_find(text, l, &m)) {
        CHECK(m.start < m.end && m.end <= text.n, "an amount stands in the text");
        CHECK(m.hundredths >= 0, "an amount is not negative");
    }
    int answer = yes_no(text, l);
    CHECK(answer >= -1 && answer <= 1, "yes, no or neither");
}

static void whatever_is_said_a_reading_makes_sense(void **state)
{
    (void)state;
    uint32_t seed = 2463534242u;
    for (int i = 0; i < 20000; i++) {
        char room[256];
        char *
            exact; /* on the heap and no longer than the text: ASan sees a step too far */
        str made =
            i % 3 ? jumble(room, sizeof room, &seed) : noise(room, sizeof room, &seed);
        exact = must_alloc(made.n + 1);
        memcpy(exact, made.p, made.n);
        exact = must_grow(exact, made.n ? made.n : 1);
        date_t today = date_of(2027, 1, 1) + (date_t)(next(&seed) % 800);
        check_all((str){exact, made.n}, (enum lang)(i % 3 - 1), today, i % 2);
        free(exact);
    }
}

static void a_long_text_is_read_no_further_than_its_tokens(void **state)
{
    (void)state;
    static char text[64 * 1024];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = "de dag na "[i % 10];
    check_all((str){text, sizeof text}, LANG_NL, date_of(2027, 4, 14), false);
    memset(text, '1', sizeof text);
    check_all((str){text, sizeof text}, LANG_NL, date_of(2027, 4, 14), false);
    memset(text, 'a', sizeof text);
    check_all((str){text, sizeof text}, LANG_EN, date_of(2027, 4, 14), false);
}

UNIT_MAIN(UNIT(the_table_is_read_right), UNIT(the_table_written_blind_is_read_right),
          UNIT(the_second_table_written_blind_is_read_right),
          UNIT(the_third_table_written_blind_is_read_right),
          UNIT(whatever_is_said_a_reading_makes_sense),
          UNIT(a_long_text_is_read_no_further_than_its_tokens))
