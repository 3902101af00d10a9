#include "app/people.h"
#include "base/file.h"
#include "text/redact.h"
#include "unit.h"

/*
 * redact.tsv: lines as people write them, put down before their first run. Column
 * `gone` holds what must not be stored, with "|" between; "-": the line stays as it is.
 * "\n" is a line break. The names are those of the people table of the repository.
 */
enum { LINES_MIN = 350, PER_HUNDRED = 1 };

struct tally {
    int lines, wrong;
};

static str with_breaks(struct arena *a, str text)
{
    char *p = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        bool is_break = text.p[i] == '\\' && i + 1 < text.n && text.p[i + 1] == 'n';
        p[n++] = is_break ? '\n' : text.p[i];
        i += is_break;
    }
    return (str){p, n};
}

static void take(struct tally *t, bool right, str text, str got)
{
    t->lines++;
    t->wrong += !right;
    if (!right)
        print_message("\"%.*s\" became \"%.*s\"\n", STR_ARG(text), STR_ARG(got));
}

static void judge(struct arena *a, const struct people *p, str line, struct tally *misses,
                  struct tally *false_ones)
{
    str rest = line;
    (void)str_cut(&rest, '\t'); /* its kind */
    str text = with_breaks(a, str_cut(&rest, '\t')), gone = with_breaks(a, rest);
    str got = redact(a, text, people_named(p, a, text));
    if (str_eq(gone, STR("-"))) {
        take(false_ones, str_eq(got, text), text, got);
        return;
    }
    bool blanked = true;
    while (gone.n > 0)
        blanked = !str_has(got, str_cut(&gone, '|')) && blanked;
    take(misses, blanked, text, got);
}

static void misses_and_false_marks_are_rare(void **arena)
{
    struct diags d = diags_new(*arena);
    struct people *p;
    str text, line;
    CHECK_RC(people_load(STR("adapters/hris/people.csv"), &d, &p), RC_OK);
    CHECK_RC(file_read(*arena, STR("tests/unit/app/redact.tsv"), 1 << 20, &text), RC_OK);
    struct tally misses = {0}, false_ones = {0};
    for (str_line(&text, &line); str_line(&text, &line);)
        judge(*arena, p, line, &misses, &false_ones);
    print_message("missed %d of %d, marked for nothing %d of %d\n", misses.wrong,
                  misses.lines, false_ones.wrong, false_ones.lines);
    CHECK(misses.lines + false_ones.lines >= LINES_MIN, "the table is long enough");
    CHECK(misses.wrong * 100 <= misses.lines * PER_HUNDRED, "misses");
    CHECK(false_ones.wrong * 100 <= false_ones.lines * PER_HUNDRED, "false marks");
    people_free(p);
}

UNIT_MAIN(UNIT(misses_and_false_marks_are_rare))
