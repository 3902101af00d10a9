#include "rest/reading.h"

static const char *read_method(struct reading *r, const struct yaml *y,
                               const struct yaml *operation)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    if (!y) {
        read_error(r, operation, "an operation needs a method");
        return methods[0];
    }
    str s = read_text(r, y);
    for (size_t i = 0; i < LEN(methods); i++)
        if (str_eq(s, str_c(methods[i])))
            return methods[i];
    read_error(r, y, "a method is GET, POST, PUT, PATCH or DELETE");
    return methods[0];
}

static void add_take(struct reading *r, const struct yaml *y, struct operation *out)
{
    for (size_t i = 0; y && i < y->n; i++)
        out->take[out->n_take++] =
            (struct output){y->key[i].text, read_pointer(r, &y->v[i])};
}

static void read_take(struct reading *r, const struct yaml *take,
                      const struct yaml *maybe, struct operation *out)
{
    const struct yaml *both[] = {take, maybe};
    size_t n = 0;
    for (size_t i = 0; i < LEN(both); i++) {
        if (both[i] && both[i]->kind != YAML_MAP) {
            read_error(r, both[i], "take and maybe are maps of outputs and pointers");
            return;
        }
        n += both[i] ? both[i]->n : 0;
    }
    out->take = arena_alloc(r->arena, n * sizeof *out->take);
    add_take(r, take, out);
    out->n_must = out->n_take;
    add_take(r, maybe, out);
}

static void read_always(struct reading *r, const struct yaml *y, struct operation *out)
{
    if (!y)
        return;
    if (y->kind != YAML_MAP) {
        read_error(r, y, "always is a map of outputs and texts");
        return;
    }
    out->always = arena_alloc(r->arena, y->n * sizeof *out->always);
    for (size_t i = 0; i < y->n; i++)
        out->always[out->n_always++] =
            (struct rest_value){y->key[i].text, read_text(r, &y->v[i]), VALUE_PLAIN};
}

static bool takes(const struct operation *o, str name)
{
    for (size_t i = 0; i < o->n_take; i++)
        if (str_eq(o->take[i].name, name))
            return true;
    for (size_t i = 0; i < o->n_always; i++)
        if (str_eq(o->always[i].name, name))
            return true;
    return o->keyed.n > 0 && str_eq(o->keyed, name);
}

/* Between the keys: what asks for what. */
static void check(struct reading *r, const struct yaml *y, const struct operation *o)
{
    for (size_t i = 0; r->rule && r->rule->takes[i]; i++)
        if (!takes(o, str_c(r->rule->takes[i])))
            read_error(r, y, "%s must take \"%s\" from the reply", r->rule->name,
                       r->rule->takes[i]);
    if (o->lowest.n > 0 && !takes(o, o->lowest))
        read_error(r, yaml_get(y, "lowest"), "lowest names an output of take");
    if ((o->where.n > 0 || o->only.n > 0 || o->lowest.n > 0 || o->keyed.n > 0 ||
         o->has_within) &&
        !o->has_items)
        read_error(r, y, "where, only, lowest, keyed and within need items");
    if (o->which.n > 0 && !o->has_within)
        read_error(r, y, "which needs within");
    if (o->body.kind != BODY_NONE && strcmp(o->method, "GET") == 0)
        read_error(r, y, "a GET has no body");
}

void read_operation(struct reading *r, const struct yaml *y, struct operation *out)
{
    static const str keys[] = {
        {"method", 6}, {"url", 3},     {"query", 5},     {"headers", 7}, {"json", 4},
        {"form", 4},   {"text", 4},    {"safe", 4},      {"done", 4},    {"none", 4},
        {"retry", 5},  {"refused", 7}, {"unclear", 7},   {"failed", 6},  {"need", 4},
        {"items", 5},  {"where", 5},   {"lowest", 6},    {"take", 4},    {"verify", 6},
        {"maybe", 5},  {"only", 4},    {"keyed", 5},     {"always", 6},  {"raw", 3},
        {"within", 6}, {"which", 5},   {"multipart", 9},
    };
    if (!read_keys(r, y, "an operation", keys, LEN(keys)))
        return;
    out->method = read_method(r, yaml_get(y, "method"), y);
    out->safe = read_yes(r, yaml_get(y, "safe"), strcmp(out->method, "GET") == 0);
    const struct yaml *url = yaml_get(y, "url");
    if (url)
        read_template(r, url, TEMPLATE_URL, &out->url);
    else
        read_error(r, y, "an operation needs a url");
    read_templates(r, yaml_get(y, "query"), TEMPLATE_QUERY, &out->query);
    read_headers(r, yaml_get(y, "headers"), &out->headers);
    read_body(r, y, &out->body);
    read_statuses(r, yaml_get(y, "done"), &out->done);
    read_statuses(r, yaml_get(y, "none"), &out->none);
    read_statuses(r, yaml_get(y, "retry"), &out->retry);
    read_statuses(r, yaml_get(y, "refused"), &out->refused);
    read_statuses(r, yaml_get(y, "unclear"), &out->unclear);
    read_claims(r, yaml_get(y, "failed"), &out->failed);
    read_claims(r, yaml_get(y, "need"), &out->need);
    read_claims(r, yaml_get(y, "where"), &out->where);
    read_claims(r, yaml_get(y, "only"), &out->only);
    out->has_items = yaml_get(y, "items") != NULL;
    if (out->has_items)
        out->items = read_pointer(r, yaml_get(y, "items"));
    out->has_within = yaml_get(y, "within") != NULL;
    if (out->has_within)
        out->within = read_pointer(r, yaml_get(y, "within"));
    read_claims(r, yaml_get(y, "which"), &out->which);
    out->lowest = read_text(r, yaml_get(y, "lowest"));
    read_take(r, yaml_get(y, "take"), yaml_get(y, "maybe"), out);
    out->keyed = read_text(r, yaml_get(y, "keyed"));
    read_always(r, yaml_get(y, "always"), out);
    out->verify_name = read_text(r, yaml_get(y, "verify"));
    check(r, y, out);
}
