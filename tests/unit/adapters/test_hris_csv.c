#include "adapters/hris/csv.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "unit.h"

struct got {
    struct arena *arena;
    bool failed;
    str text; /* "kind date status link; ..." */
};

static void on_done(void *ctx, const struct lookup *l)
{
    struct got *g = ctx;
    g->failed = l->failed;
    g->text = STR("");
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct lookup_row *r = &l->rows[i];
        str day = r->as_of == DATE_NONE ? STR("-") : date_iso(g->arena, r->as_of);
        g->text = arena_fmt(g->arena, "%.*s%s%.*s %.*s %.*s %.*s", STR_ARG(g->text),
                            i ? "; " : "", STR_ARG(r->kind[0]), STR_ARG(day),
                            STR_ARG(r->text), STR_ARG(r->link));
    }
}

static str table(struct arena *a, const char *name, const char *text)
{
    str path = arena_fmt(a, "/tmp/balie-csv-%d-%s", (int)getpid(), name);
    FILE *f = fopen(path.p, "w");
    CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0, "a table");
    return path;
}

static void every_table_is_looked_up_for_its_person(void **arena)
{
    static const struct {
        const char *who, *lookup, *want;
    } cases[] = {
        {"p1", "pay_dates", "Bonus 2026-12-10  ; Salaris 2026-12-24  "},
        {"p2", "pay_dates", "Salaris 2026-12-24  "},
        {"p1", "open_requests", "Verlof - pending "},
        {"p2", "open_requests", ""},
        {"p1", "documents",
         "Contract 2019-03-01  https://hr.example/1; Elders -  ; Kwaad -  "},
        {"p3", "documents", ""},
    };
    struct arena *a = *arena;
    struct settings s = {
        .balances = table(a, "b", "id,kind,amount\np1,x,1\n"),
        .pay_dates = table(a, "p",
                           "id,kind_nl,date\n*,Salaris,"
                           "2026-12-24\np1,Bonus,2026-12-10\n"),
        .requests = table(a, "r", "id,kind,status\np1,Verlof,pending\n"),
        .documents = table(a, "d",
                           "id,kind,date,link\np1,Contract,2019-03-01,"
                           "https://hr.example/1\np1,Elders,,https://x.example/2\n"
                           "p1,Kwaad,,javascript:alert(1)\n"),
        .link_hosts = STR("hr.example")};
    struct diags d = diags_new(a);
    struct host host = {.all = &s, .diags = &d, .arena = a};
    void *self;
    CHECK_RC(hris_csv.start(&host, &self), RC_OK);
    CHECK_INT(d.errors, 0, "no error");
    CHECK_INT(d.list.n, 1, "one warning of links for the operator");
    for (size_t i = 0; i < LEN(cases); i++) {
        struct person who = {.id = str_c(cases[i].who)};
        struct got g = {.arena = a};
        hris_csv.ask(self, str_c(cases[i].lookup), &who, 0, on_done, &g);
        CHECK(!g.failed, cases[i].lookup);
        CHECK_STR(g.text, cases[i].want, cases[i].lookup);
    }
    hris_csv.stop(self);
    const str files[] = {s.balances, s.pay_dates, s.requests, s.documents};
    for (size_t i = 0; i < LEN(files); i++)
        unlink(files[i].p);
}

static void what_has_no_table_is_not_offered(void **arena)
{
    struct arena *a = *arena;
    struct settings s = {.balances = table(a, "b", "id,kind,amount\np1,x,1\n"),
                         .requests = table(a, "r", "who,what\n")};
    struct diags d = diags_new(a);
    struct host host = {.all = &s, .diags = &d, .arena = a};
    struct person who = {.id = STR("p1")};
    struct got g = {.arena = a};
    void *self;
    CHECK_RC(hris_csv.start(&host, &self), RC_OK);
    CHECK(hris_csv.offers(self, STR("leave_balance")), "a table");
    CHECK(!hris_csv.offers(self, STR("documents")), "no table");
    CHECK(hris_csv.offers(self, STR("open_requests")), "a table that is wrong");
    CHECK_INT(d.errors, 1, "which the operator is told");
    hris_csv.ask(self, STR("open_requests"), &who, 0, on_done, &g);
    CHECK(g.failed, "and the person that it failed");
    struct strs absent = hris_absent(&hris_csv, self, a);
    CHECK_INT(absent.n, 2, "pay days and documents");
    hris_csv.stop(self);
    unlink(s.balances.p);
    unlink(s.requests.p);
}

UNIT_MAIN(UNIT(every_table_is_looked_up_for_its_person),
          UNIT(what_has_no_table_is_not_offered))
