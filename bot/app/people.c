#include "app/people.h"

#include "app/people_names.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/str.h"

enum { EMAIL_MAX = 254 }; /* RFC 5321 */

static char lower_of(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* The manager's name, found by the row's manager_id. */
static void add_manager(struct people *p, struct person *who, struct trait *spare)
{
    str id = person_get(who, STR("manager_id"));
    const int64_t *at = id.n ? map_find(&p->by_id, id) : NULL;
    if (!at)
        return;
    *spare = (struct trait){STR("manager"), p->list.v[*at].name};
    who->traits.n++;
}

/* Where the table names the HR partner by id, people read a name. */
static void name_partner(const struct people *p, struct trait *traits, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const int64_t *at = str_eq(traits[i].key, STR("hr_partner"))
            ? map_find(&p->by_id, traits[i].value)
            : NULL;
        if (at)
            traits[i].value = p->list.v[*at].name;
    }
}

static void add_person(struct people *p, const struct csv *t, const struct csv_row *row,
                       str file, struct diags *d)
{
    str id = csv_get(row, csv_column(t, "id"));
    if (id.n == 0 || map_find(&p->by_id, id)) {
        diag_error(d, file, row->line, 1,
                   id.n ? "this id stands in the table twice" : "a person without an id");
        return;
    }
    struct trait *traits = arena_alloc(p->arena, (t->columns.n + 1) * sizeof *traits);
    size_t n = 0;
    for (size_t i = 0; i < t->columns.n; i++)
        if (row->v[i].n > 0)
            traits[n++] = (struct trait){str_trim(t->columns.v[i]), row->v[i]};
    struct person *who = arena_push(p->arena, &p->list);
    *who = (struct person){.id = id, .traits = {traits, n}};
    str name = person_get(who, STR("name"));
    who->name = name.n ? name : id;
    *map_put(&p->by_id, id, 0) = (int64_t)p->list.n - 1;
    str email = person_get(who, STR("email"));
    if (email.n == 0)
        return;
    char *lower = arena_alloc(p->arena, email.n + 1);
    for (size_t i = 0; i < email.n; i++)
        lower[i] = lower_of(email.p[i]);
    /* an address that two people have is nobody's */
    bool taken = map_find(&p->by_email, (str){lower, email.n}) != NULL;
    *map_put(&p->by_email, (str){lower, email.n}, 0) =
        taken ? -1 : (int64_t)p->list.n - 1;
}

static enum rc load(struct people *p, str file, struct diags *d)
{
    str text;
    enum rc rc = file_read(p->arena, file, PEOPLE_FILE_MAX, &text);
    if (rc) {
        diag_error(d, file, 0, 0, "the table of people cannot be read");
        return rc;
    }
    struct csv t;
    rc = csv_parse(p->arena, file, text, d, &t);
    if (rc)
        return rc;
    if (csv_column(&t, "id") < 0) {
        diag_error(d, file, 1, 1, "a column \"id\" is needed");
        return RC_INVALID;
    }
    for (size_t i = 0; i < t.rows.n; i++)
        add_person(p, &t, &t.rows.v[i], file, d);
    people_learn_names(p);
    for (size_t i = 0; i < p->list.n; i++) {
        struct person *who = &p->list.v[i];
        /* the row's array has room for one more */
        struct trait *traits = (struct trait *)(uintptr_t)who->traits.v;
        add_manager(p, who, &traits[who->traits.n]);
        name_partner(p, traits, who->traits.n);
    }
    return RC_OK;
}

enum rc people_load(str file, struct diags *d, struct people **out)
{
    *out = NULL;
    struct arena *a = arena_new();
    struct people *p = arena_alloc(a, sizeof *p);
    *p = (struct people){
        .arena = a, .by_id = map_new(a), .by_email = map_new(a), .names = map_new(a)};
    enum rc rc = load(p, file, d);
    if (rc)
        arena_free(a);
    else
        *out = p;
    return rc;
}

void people_free(struct people *p)
{
    if (p)
        arena_free(p->arena);
}

const struct person *people_find(const struct people *p, str id)
{
    if (!p || p->list.n == 0)
        return NULL;
    if (str_eq(id, STR("demo")))
        return &p->list.v[0];
    const int64_t *at = map_find(&p->by_id, id);
    return at ? &p->list.v[*at] : NULL;
}

const struct person *people_by_email(const struct people *p, str email)
{
    char lower[EMAIL_MAX];
    if (!p || email.n == 0 || email.n > EMAIL_MAX)
        return NULL;
    for (size_t i = 0; i < email.n; i++)
        lower[i] = lower_of(email.p[i]);
    const int64_t *at = map_find(&p->by_email, (str){lower, email.n});
    return at && *at >= 0 ? &p->list.v[*at] : NULL;
}

const struct person *people_by(const struct people *p, str column, str value)
{
    const struct person *found = NULL;
    for (size_t i = 0; p && value.n > 0 && i < p->list.n; i++) {
        if (!str_eq_ascii(person_get(&p->list.v[i], column), value))
            continue;
        if (found)
            return NULL;
        found = &p->list.v[i];
    }
    return found;
}
