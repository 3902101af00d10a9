#include "rest/profile.h"

#include "base/yaml.h"
#include "rest/reading.h"

enum { PLACEHOLDERS_MAX = 64, SETTINGS_MAX = 16 };

static bool is_name(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '_'))
            return false;
    return s.n > 0 && s.n <= 32;
}

/* The profile's own placeholders come after the rules'. */
static void read_settings(struct reading *r, const struct yaml *y, struct strs *into)
{
    if (!y)
        return;
    if (y->kind != YAML_LIST || y->n > SETTINGS_MAX) {
        read_error(r, y, "settings and optional are lists of at most %d names",
                   SETTINGS_MAX);
        return;
    }
    size_t n = r->known.n;
    struct placeholder *all = arena_alloc(r->arena, (n + y->n) * sizeof *all);
    str *names = arena_alloc(r->arena, y->n * sizeof *names);
    memcpy(all, r->known.v, n * sizeof *all);
    for (size_t i = 0; i < y->n; i++) {
        str name = read_text(r, &y->v[i]);
        bool taken = false;
        for (size_t k = 0; k < n; k++)
            taken = taken || str_eq(str_c(all[k].name), name);
        if (taken || !is_name(name)) {
            read_error(r, &y->v[i], "\"%.*s\" %s", STR_ARG(name),
                       taken ? "is a placeholder already"
                             : "is no name: small letters and _ only");
            continue;
        }
        names[into->n++] = name;
        all[n++] = (struct placeholder){arena_str(r->arena, name).p, VALUE_SETTING};
    }
    into->v = names;
    r->known = (struct placeholders){all, n};
}

static void read_sources(struct reading *r, const struct yaml *top, struct profile *p)
{
    const struct yaml *y = yaml_get(top, "sources");
    if (!y || y->kind != YAML_LIST || y->n == 0) {
        diag_warning(r->diags, r->file, y ? y->line : top->line, 1,
                     "`sources` should list where the shapes were looked up");
        return;
    }
    str *v = arena_alloc(r->arena, y->n * sizeof *v);
    for (size_t i = 0; i < y->n; i++)
        v[i] = read_text(r, &y->v[i]);
    p->sources.v = v;
    p->sources.n = y->n;
}

/* Which values stand in it is the caller's business: it has the secrets. */
static void read_login(struct reading *r, const struct yaml *y, struct profile *p)
{
    if (!y)
        return;
    read_template(r, y, TEMPLATE_HEADER, &p->login);
    if (!template_has(&p->login, VALUE_SECRET))
        read_error(r, y, "a login has the secret in it: \"{{user}}:{{password}}\"");
}

static void read_words(struct reading *r, const struct yaml *y, struct profile *p)
{
    if (!y)
        return;
    size_t n = 0;
    if (y->kind != YAML_MAP) {
        read_error(r, y, "words is a map of outputs");
        return;
    }
    for (size_t i = 0; i < y->n; i++)
        n += y->v[i].kind == YAML_MAP ? y->v[i].n : 0;
    p->words = arena_alloc(r->arena, n * sizeof *p->words);
    for (size_t i = 0; i < y->n; i++) {
        const struct yaml *map = &y->v[i];
        if (map->kind != YAML_MAP) {
            read_error(r, map, "this must be a map of their words and ours");
            continue;
        }
        for (size_t k = 0; k < map->n; k++)
            p->words[p->n_words++] = (struct rest_word){y->key[i].text, map->key[k].text,
                                                        read_text(r, &map->v[k])};
    }
}

static const struct operation_rule *find_rule(const struct profile_rules *rules, str name)
{
    for (size_t i = 0; i < rules->n_operations; i++)
        if (str_eq(str_c(rules->operations[i].name), name))
            return &rules->operations[i];
    return NULL;
}

static void check_operations(struct reading *r, const struct yaml *y,
                             const struct profile_rules *rules, struct profile *p)
{
    for (size_t i = 0; i < rules->n_operations; i++)
        if (rules->operations[i].required &&
            !profile_operation(p, rules->operations[i].name))
            read_error(r, y, "the operation %s is missing", rules->operations[i].name);
    for (size_t i = 0; i < p->n_operations; i++) {
        struct operation *o = &p->operations[i];
        if (o->verify_name.n == 0)
            continue;
        o->verify = profile_operation(p, arena_str(r->arena, o->verify_name).p);
        if (!o->verify || !o->verify->safe)
            read_error(r, yaml_get(&y->v[i], "verify"),
                       "verify names an operation that only asks");
    }
}

static void read_operations(struct reading *r, const struct yaml *y,
                            const struct profile_rules *rules, struct profile *p)
{
    str names[PLACEHOLDERS_MAX];
    size_t n = MIN(rules->n_operations, LEN(names));
    for (size_t i = 0; i < n; i++)
        names[i] = str_c(rules->operations[i].name);
    if (!read_keys(r, y, "operations", names, n))
        return;
    p->operations = arena_alloc(r->arena, y->n * sizeof *p->operations);
    p->n_operations = y->n;
    for (size_t i = 0; i < y->n; i++) {
        p->operations[i].name = y->key[i].text;
        r->rule = find_rule(rules, y->key[i].text);
        read_operation(r, &y->v[i], &p->operations[i]);
    }
    r->rule = NULL;
    check_operations(r, y, rules, p);
}

static void read_webhook(struct reading *r, const struct yaml *y, struct profile *p)
{
    static const str keys[] = {
        {"header", 6}, {"prefix", 6}, {"ticket", 6}, {"event", 5}, {"time", 4}};
    if (!y || !read_keys(r, y, "webhook", keys, LEN(keys)))
        return;
    const struct yaml *event = yaml_get(y, "event"), *time = yaml_get(y, "time");
    struct webhook *w = &p->webhook;
    w->header = read_text(r, yaml_get(y, "header"));
    w->prefix = read_text(r, yaml_get(y, "prefix"));
    if (w->header.n == 0 || !yaml_get(y, "ticket")) {
        read_error(r, y, "a webhook needs header and ticket");
        return;
    }
    w->ticket = read_pointer(r, yaml_get(y, "ticket"));
    if (event)
        w->event = read_pointer(r, event);
    if (time)
        w->time = read_pointer(r, time);
}

static void read_top(struct reading *r, const struct yaml *y,
                     const struct profile_rules *rules, struct profile *p)
{
    static const str keys[] = {{"product", 7},  {"tested", 6},      {"sources", 7},
                               {"settings", 8}, {"headers", 7},     {"message", 7},
                               {"words", 5},    {"operations", 10}, {"scheme", 6},
                               {"login", 5},    {"webhook", 7},     {"optional", 8}};
    if (!read_keys(r, y, "a profile", keys, LEN(keys)))
        return;
    p->product = read_text(r, yaml_get(y, "product"));
    p->tested = read_text(r, yaml_get(y, "tested"));
    p->scheme =
        yaml_get(y, "scheme") ? read_text(r, yaml_get(y, "scheme")) : STR("Bearer");
    p->unverified = str_eq(p->tested, STR("unverified"));
    if (p->product.n == 0 || p->tested.n == 0)
        read_error(r, y,
                   "a profile says which product it is for, and under `tested` what "
                   "it was run against (or: unverified)");
    if (p->unverified)
        diag_warning(r->diags, r->file, yaml_get(y, "tested")->line, 1,
                     "unverified: this profile was never run against the real product");
    read_settings(r, yaml_get(y, "settings"), &p->settings);
    read_settings(r, yaml_get(y, "optional"), &p->optional);
    read_login(r, yaml_get(y, "login"), p);
    read_headers(r, yaml_get(y, "headers"), &p->headers);
    p->has_message = yaml_get(y, "message") != NULL;
    if (p->has_message)
        p->message = read_pointer(r, yaml_get(y, "message"));
    read_words(r, yaml_get(y, "words"), p);
    read_webhook(r, yaml_get(y, "webhook"), p);
    const struct yaml *operations = yaml_get(y, "operations");
    if (operations)
        read_operations(r, operations, rules, p);
    else
        read_error(r, y, "a profile needs operations");
    read_sources(r, y, p);
}

enum rc profile_read(struct arena *a, str file, str text,
                     const struct profile_rules *rules, struct diags *d,
                     struct profile **out)
{
    struct yaml y;
    size_t errors = d->errors;
    if (yaml_parse(a, file, text, 0, d, &y))
        return RC_INVALID;
    struct profile *p = arena_alloc(a, sizeof *p);
    p->file = arena_str(a, file);
    struct reading r = {
        .arena = a, .file = p->file, .diags = d, .known = rules->placeholders};
    read_top(&r, &y, rules, p);
    if (d->errors > errors)
        return RC_INVALID;
    *out = p;
    return RC_OK;
}

const struct operation *profile_operation(const struct profile *p, const char *name)
{
    for (size_t i = 0; i < p->n_operations; i++)
        if (str_eq(p->operations[i].name, str_c(name)))
            return &p->operations[i];
    return NULL;
}

str profile_word(const struct profile *p, str output, str theirs)
{
    str other = theirs;
    for (size_t i = 0; i < p->n_words; i++) {
        const struct rest_word *w = &p->words[i];
        if (!str_eq(w->output, output))
            continue;
        if (str_eq(w->theirs, theirs))
            return w->ours;
        if (str_eq(w->theirs, STR("*")))
            other = w->ours;
    }
    return other;
}
