#include "adapters/hris/csv.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"

enum { TABLE_MAX = 64 * 1024 * 1024, ROWS_MAX = 64 };

struct tables {
    str balances;
    struct arena *arena; /* of the table */
    struct csv table;
    struct map first; /* id -> its first row; rows of one id may be anywhere */
    struct timespec changed;
    bool usable;
};

static bool is_new(struct tables *t)
{
    struct stat st;
    struct arena *a = arena_new();
    bool there = stat(arena_str(a, t->balances).p, &st) == 0;
    arena_free(a);
    if (!there)
        return false;
    bool same = st.st_mtim.tv_sec == t->changed.tv_sec &&
        st.st_mtim.tv_nsec == t->changed.tv_nsec;
    t->changed = st.st_mtim;
    return !same;
}

static void load(struct tables *t, struct diags *d)
{
    struct arena *a = arena_new();
    str text;
    struct csv table;
    if (file_read(a, t->balances, TABLE_MAX, &text)) {
        diag_error(d, t->balances, 0, 0, "the table of balances cannot be read");
    } else if (csv_parse(a, t->balances, text, d, &table) == RC_OK) {
        if (csv_column(&table, "id") >= 0 && csv_column(&table, "amount") >= 0) {
            arena_free(t->arena);
            t->arena = a;
            t->table = table;
            t->usable = true;
            t->first = map_new(a);
            for (size_t i = 0; i < table.rows.n; i++)
                map_put(&t->first, csv_get(&table.rows.v[i], csv_column(&table, "id")),
                        (int64_t)i);
            return;
        }
        diag_error(d, t->balances, 1, 1, "the columns \"id\" and \"amount\" are needed");
    }
    arena_free(a); /* the table before stays in use */
}

static enum rc start(const struct host *host, void **self)
{
    struct tables *t = must_alloc(sizeof *t);
    t->balances = host->all->balances;
    is_new(t);
    load(t, host->diags);
    *self = t;
    return RC_OK;
}

static void reload(struct tables *t)
{
    if (!is_new(t))
        return;
    struct arena *a = arena_new();
    struct diags d = diags_new(a);
    load(t, &d);
    for (size_t i = 0; i < d.list.n; i++)
        log_warn("%.*s", STR_ARG(diag_line(a, &d.list.v[i])));
    arena_free(a);
}

static date_t date_or_none(str s)
{
    date_t d;
    return date_parse(s, &d) == RC_OK ? d : DATE_NONE;
}

static struct lookup_row row_of(const struct csv *t, const struct csv_row *r)
{
    str kind = csv_get(r, csv_column(t, "kind")),
        nl = csv_get(r, csv_column(t, "kind_nl")),
        en = csv_get(r, csv_column(t, "kind_en"));
    return (struct lookup_row){.kind = {nl.n ? nl : kind, en.n ? en : kind},
                               .amount = csv_get(r, csv_column(t, "amount")),
                               .unit = csv_get(r, csv_column(t, "unit")),
                               .expires =
                                   date_or_none(csv_get(r, csv_column(t, "expires"))),
                               .as_of = date_or_none(csv_get(r, csv_column(t, "as_of")))};
}

static void ask(void *self, str lookup, const struct person *who, date_t today,
                void (*done)(void *ctx, const struct lookup *l), void *ctx)
{
    struct tables *t = self;
    (void)today; /* the table tells its own day */
    struct lookup out = {0};
    struct lookup_row rows[ROWS_MAX];
    reload(t);
    if (!str_eq(lookup, STR("leave_balance")))
        out = (struct lookup){.failed = true,
                              .error = STR("the CSV tables hold leave_balance only")};
    else if (!t->usable)
        out = (struct lookup){.failed = true, .error = STR("no table of balances")};
    const int64_t *at = out.failed ? NULL : map_find(&t->first, who->id);
    int id = at ? csv_column(&t->table, "id") : -1;
    for (size_t i = at ? (size_t)*at : 0;
         at && i < t->table.rows.n && out.n_rows < ROWS_MAX; i++)
        if (str_eq(csv_get(&t->table.rows.v[i], id), who->id))
            rows[out.n_rows++] = row_of(&t->table, &t->table.rows.v[i]);
    out.rows = rows;
    done(ctx, &out);
}

static void stop(void *self)
{
    struct tables *t = self;
    if (!t)
        return;
    arena_free(t->arena);
    free(t);
}

const struct hris hris_csv = {.name = "csv", .start = start, .ask = ask, .stop = stop};
