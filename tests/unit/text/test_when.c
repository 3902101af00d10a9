/*
 * The table of dates: when.tsv beside this file, one expression per line.
 *
 *   text lang today past from to other more note
 *
 * "-" is none: in "from" no date is to be found. other is from/to. more: from (open end),
 * until (open start), am, pm, or both ends as pm/am. note says where a doubt comes from.
 */
#include "base/csv.h"
#include "base/file.h"
#include "text/normalise.h"
#include "text/when.h"
#include "unit.h"

enum { CASES_MIN = 300, RIGHT_MIN_PERCENT = 98 };

static const str table_path = {"tests/unit/text/when.tsv", 24};

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
    str s = arena_fmt(a, "%.*s%s..%.*s%s", STR_ARG(date_iso(a, w->from)),
                      parts[w->part_from], STR_ARG(date_iso(a, w->to)),
                      parts[w->part_to]);
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
    return e->w.from == w->from && e->w.to == w->to &&
        e->w.other_from == w->other_from && e->w.other_to == w->other_to &&
        e->w.part_from == w->part_from && e->w.part_to == w->part_to &&
        e->w.open_end == w->open_end && e->w.open_start == w->open_start;
}

static bool is_right(struct arena *a, const str *cell, int line)
{
    struct expected e = expected_of(cell);
    str folded;
    struct when w = {0};
    CHECK_RC(normalise(a, cell[TEXT], &folded), RC_OK);
    bool found = when_find(folded, lang_of(cell[LANG]), date_or_none(cell[TODAY]),
                           str_eq(cell[PAST], STR("past")), &w);
    bool right = is_same(&e, found, &w);
    if (found && (w.start >= w.end || w.end > folded.n))
        fail_msg("line %d: stands at %zu to %zu of %zu", line, w.start, w.end, folded.n);
    if (!right)
        print_message("when.tsv:%d: \"%.*s\" (%.*s): want %.*s, got %.*s\n", line,
                      STR_ARG(cell[TEXT]), STR_ARG(cell[LANG]),
                      STR_ARG(shown(a, e.found, &e.w)), STR_ARG(shown(a, found, &w)));
    return right;
}

static void the_table_is_read_right(void **state)
{
    struct arena *a = *state;
    str text, line;
    CHECK_RC(file_read(a, table_path, 1 << 20, &text), RC_OK);
    int n = 0, right = 0, number = 1;
    for (str_line(&text, &line); str_line(&text, &line);) {
        str cell[COLUMNS], rest = line;
        for (size_t c = 0; c < COLUMNS; c++)
            cell[c] = str_cut(&rest, '\t');
        CHECK(cell[NOTE].p && !rest.p, "nine columns");
        n++;
        right += is_right(a, cell, ++number);
    }
    print_message("when.tsv: %d of %d right (%.1f %%)\n", right, n, 100. * right / n);
    CHECK(n >= CASES_MIN, "the table is long enough");
    CHECK(right * 100 >= n * RIGHT_MIN_PERCENT, "the table is right");
}

UNIT_MAIN(UNIT(the_table_is_read_right))
