#include "adapters/hris/csv.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "app/link_host.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"

enum { TABLE_MAX = 64 * 1024 * 1024, ROWS_MAX = 64, TABLES = 4 };

/* What a table must have besides `id`, and where its path stands in the settings. */
static const struct kind {
    str lookup, needs;
    size_t path;
} kinds[TABLES] = {
    {STR_INIT("leave_balance"), STR_INIT("amount"), offsetof(struct settings, balances)},
    {STR_INIT("pay_dates"), STR_INIT("date"), offsetof(struct settings, pay_dates)},
    {STR_INIT("open_requests"), STR_INIT("kind"), offsetof(struct settings, requests)},
    {STR_INIT("documents"), STR_INIT("kind"), offsetof(struct settings, documents)},
};

struct table {
    const struct kind *kind;
    str file;            /* empty: not kept in a table */
    struct arena *arena; /* of what follows */
    struct csv csv;
    struct map first; /* id -> its first row; rows of one id may be anywhere */
    struct timespec changed;
    bool usable;
};

struct tables {
    struct table table[TABLES];
    str link_hosts;
};

static bool is_new(struct table *t)
{
    struct stat st;
    struct arena *a = arena_new();
    bool there = stat(arena_str(a, t->file).p, &st) == 0;
    arena_free(a);
    if (!there)
        return false;
    bool same = st.st_mtim.tv_sec == t->changed.tv_sec &&
        st.st_mtim.tv_nsec == t->changed.tv_nsec;
    t->changed = st.st_mtim;
    return !same;
}

static void warn_of_links(const struct tables *all, const struct csv *csv, str file,
                          struct diags *d)
{
    int column = csv_column(csv, "link");
    for (size_t i = 0; column >= 0 && i < csv->rows.n; i++) {
        str link = csv_get(&csv->rows.v[i], column);
        if (link.n == 0 || link_host_is_allowed(link, all->link_hosts))
            continue;
        diag_warning(d, file, csv->rows.v[i].line, 1,
                     "this link is not shown: it is no http(s) link to one of the hosts "
                     "that the setting link_hosts names");
        return; /* one is enough to see it */
    }
}

static void load(const struct tables *all, struct table *t, struct diags *d)
{
    struct arena *a = arena_new();
    str text;
    struct csv csv;
    if (file_read(a, t->file, TABLE_MAX, &text)) {
        diag_error(d, t->file, 0, 0, "the table for %.*s cannot be read",
                   STR_ARG(t->kind->lookup));
    } else if (csv_parse(a, t->file, text, d, &csv) == RC_OK) {
        if (csv_column(&csv, "id") >= 0 && csv_column(&csv, t->kind->needs.p) >= 0) {
            arena_free(t->arena);
            t->arena = a;
            t->csv = csv;
            t->usable = true;
            t->first = map_new(a);
            for (size_t i = 0; i < csv.rows.n; i++)
                map_put(&t->first, csv_get(&csv.rows.v[i], csv_column(&csv, "id")),
                        (int64_t)i);
            warn_of_links(all, &csv, t->file, d);
            return;
        }
        diag_error(d, t->file, 1, 1, "the columns \"id\" and \"%.*s\" are needed",
                   STR_ARG(t->kind->needs));
    }
    arena_free(a); /* the table before stays in use */
}

static enum rc start(const struct host *host, void **self)
{
    struct tables *all = must_alloc(sizeof *all);
    *all = (struct tables){.link_hosts = host->all->link_hosts};
    for (size_t i = 0; i < TABLES; i++) {
        struct table *t = &all->table[i];
        t->kind = &kinds[i];
        t->file = *(const str *)((const unsigned char *)host->all + kinds[i].path);
        if (t->file.n > 0) {
            is_new(t);
            load(all, t, host->diags);
        }
    }
    *self = all;
    return RC_OK;
}

static void reload(const struct tables *all, struct table *t)
{
    if (!is_new(t))
        return;
    struct arena *a = arena_new();
    struct diags d = diags_new(a);
    load(all, t, &d);
    for (size_t i = 0; i < d.list.n; i++)
        log_warn("%.*s", STR_ARG(diag_line(a, &d.list.v[i])));
    arena_free(a);
}

static struct table *find(struct tables *all, str lookup)
{
    for (size_t i = 0; i < TABLES; i++)
        if (str_eq(kinds[i].lookup, lookup) && all->table[i].file.n > 0)
            return &all->table[i];
    return NULL;
}

static bool offers(void *self, str lookup)
{
    return find(self, lookup) != NULL;
}

static date_t day_in(const struct csv *t, const struct csv_row *r, const char *column)
{
    date_t d;
    return date_parse(csv_get(r, csv_column(t, column)), &d) == RC_OK ? d : DATE_NONE;
}

/* The column's value, STR("") where it is empty or missing. */
static str cell(const struct csv *t, const struct csv_row *r, const char *column)
{
    str s = csv_get(r, csv_column(t, column));
    return s.n ? s : STR("");
}

static struct lookup_row row_of(const struct tables *all, const struct csv *t,
                                const struct csv_row *r)
{
    str kind = cell(t, r, "kind"), nl = cell(t, r, "kind_nl"), en = cell(t, r, "kind_en"),
        status = cell(t, r, "status"), link = cell(t, r, "link");
    date_t as_of = day_in(t, r, "as_of"), date = day_in(t, r, "date");
    return (struct lookup_row){
        .kind = {nl.n ? nl : kind, en.n ? en : kind},
        .amount = cell(t, r, "amount"),
        .unit = cell(t, r, "unit"),
        .expires = day_in(t, r, "expires"),
        .as_of = as_of != DATE_NONE ? as_of : date,
        .from = day_in(t, r, "from"),
        .to = day_in(t, r, "to"),
        .group = cell(t, r, "group"),
        .text = status.n ? status : cell(t, r, "text"),
        .link = link_host_is_allowed(link, all->link_hosts) ? link : STR("")};
}

static void collect(const struct tables *all, const struct table *t, str id,
                    struct lookup_row *rows, size_t *n)
{
    const int64_t *at = map_find(&t->first, id);
    int column = at ? csv_column(&t->csv, "id") : -1;
    for (size_t i = at ? (size_t)*at : 0; at && i < t->csv.rows.n && *n < ROWS_MAX; i++)
        if (str_eq(csv_get(&t->csv.rows.v[i], column), id))
            rows[(*n)++] = row_of(all, &t->csv, &t->csv.rows.v[i]);
}

static void ask(void *self, str lookup, const struct person *who, date_t today,
                void (*done)(void *ctx, const struct lookup *l), void *ctx)
{
    struct tables *all = self;
    struct table *t = find(all, lookup);
    struct lookup out = {0};
    struct lookup_row rows[ROWS_MAX];
    (void)today; /* the tables tell their own days */
    if (t)
        reload(all, t);
    if (!t || !t->usable) {
        out = (struct lookup){.failed = true,
                              .error = t ? STR("the table cannot be used")
                                         : STR("no table holds this look-up")};
    } else {
        collect(all, t, who->id, rows, &out.n_rows);
        if (str_eq(lookup, STR("pay_dates"))) /* mostly the same for everybody */
            collect(all, t, STR("*"), rows, &out.n_rows);
        out.rows = rows;
    }
    done(ctx, &out);
}

static void stop(void *self)
{
    struct tables *all = self;
    if (!all)
        return;
    for (size_t i = 0; i < TABLES; i++)
        arena_free(all->table[i].arena);
    free(all);
}

const struct hris hris_csv = {
    .name = "csv", .start = start, .ask = ask, .offers = offers, .stop = stop};
