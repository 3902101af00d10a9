#include "rest/reading.h"

#include "rest/pointer.h"
#include "rest/secret.h"

bool read_keys(struct reading *r, const struct yaml *y, const char *what,
               const str *names, size_t n)
{
    if (y->kind != YAML_MAP) {
        read_error(r, y, "%s must be a map of names and values", what);
        return false;
    }
    for (size_t i = 0; i < y->n; i++) {
        str key = y->key[i].text;
        size_t k = 0;
        while (k < n && !str_eq(names[k], key))
            k++;
        if (k < n)
            continue;
        str near = str_nearest(key, names, n);
        read_error(r, &y->key[i], "unknown key \"%.*s\" in %s%s%.*s%s", STR_ARG(key),
                   what, near.n ? " (probably meant " : "", STR_ARG(near),
                   near.n ? ")" : "");
    }
    return true;
}

str read_text(struct reading *r, const struct yaml *y)
{
    if (!y)
        return STR_NONE;
    if (y->kind == YAML_TEXT)
        return y->text;
    read_error(r, y, "this must be text");
    return STR_NONE;
}

str read_pointer(struct reading *r, const struct yaml *y)
{
    str p = read_text(r, y);
    if (pointer_is_valid(p))
        return p;
    read_error(r, y, "\"%.*s\" is no JSON Pointer: it starts with /, and ~ is written ~0",
               STR_ARG(p));
    return STR("");
}

bool read_yes(struct reading *r, const struct yaml *y, bool absent)
{
    if (!y)
        return absent;
    str s = read_text(r, y);
    if (str_eq(s, STR("yes")) || str_eq(s, STR("true")))
        return true;
    if (!str_eq(s, STR("no")) && !str_eq(s, STR("false")))
        read_error(r, y, "this must be yes or no");
    return false;
}

void read_statuses(struct reading *r, const struct yaml *y, struct statuses *out)
{
    *out = (struct statuses){0};
    if (!y)
        return;
    if (y->kind != YAML_LIST) {
        read_error(r, y, "statuses are a list: [200, 201]");
        return;
    }
    for (size_t i = 0; i < y->n; i++) {
        int64_t status = 0;
        if (str_int(read_text(r, &y->v[i]), &status) || status < 100 || status > 599)
            read_error(r, &y->v[i], "a status is a number from 100 to 599");
        else if (out->n == LEN(out->v))
            read_error(r, &y->v[i], "more than %d statuses", PROFILE_STATUSES_MAX);
        else
            out->v[out->n++] = (int)status;
    }
}

static bool is_given(const struct operation_rule *rule, str name)
{
    for (size_t i = 0; rule->given[i]; i++)
        if (str_eq(str_c(rule->given[i]), name))
            return true;
    return false;
}

static void check_value(struct reading *r, const struct yaml *y,
                        enum template_place place, str name, enum value_kind kind,
                        bool first)
{
    if (kind == VALUE_SECRET && place != TEMPLATE_HEADER && place != TEMPLATE_FORM)
        read_error(r, y, "{{%.*s}} is a secret and belongs in a header, not here",
                   STR_ARG(name));
    if (kind == VALUE_BASE && (place != TEMPLATE_URL || !first))
        read_error(r, y, "{{%.*s}} can only stand at the start of a url", STR_ARG(name));
    bool always = kind == VALUE_SECRET || kind == VALUE_BASE || kind == VALUE_SETTING;
    if (r->rule && !always && !is_given(r->rule, name))
        read_error(r, y, "{{%.*s}} has no value in the operation %s", STR_ARG(name),
                   r->rule->name);
}

static void check_part(struct reading *r, const struct yaml *y, enum template_place place,
                       const struct template_part *part, bool first)
{
    check_value(r, y, place, part->name, part->placeholder->kind, first);
    if (part->of_other)
        check_value(r, y, place, part->other, part->of_other->kind, first);
}

/* The text of a url around its placeholders, which goes out as it stands. */
static void check_literal(struct reading *r, const struct yaml *y, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '?' || c == '#') {
            read_error(r, y, "what follows ? belongs under `query`");
            return;
        }
        if (c <= 0x20 || c >= 0x7f || strchr("\"<>\\^`{|}", c)) {
            read_error(r, y, "a url cannot hold the byte 0x%02X: write %%%02X", c, c);
            return;
        }
    }
}

void read_template(struct reading *r, const struct yaml *y, enum template_place place,
                   struct template *out)
{
    str text = read_text(r, y);
    if (template_read(r->arena, text, r->known, r->diags, r->file, y->line, y->column,
                      out))
        return;
    for (size_t i = 0; i < out->n; i++)
        if (out->v[i].placeholder)
            check_part(r, y, place, &out->v[i], i == 0);
    bool has_base =
        out->n > 0 && out->v[0].placeholder && out->v[0].placeholder->kind == VALUE_BASE;
    if (place == TEMPLATE_URL && !has_base)
        read_error(r, y, "a url starts with a base from the settings: {{url}}");
    for (size_t i = 0; i < out->n && place == TEMPLATE_URL; i++)
        check_literal(r, y, out->v[i].text);
}

void read_name(struct reading *r, const struct yaml *y, struct template *out)
{
    if (template_read(r->arena, y->text, r->known, r->diags, r->file, y->line, y->column,
                      out))
        return;
    for (size_t i = 0; i < out->n; i++)
        if (out->v[i].placeholder && out->v[i].placeholder->kind != VALUE_SETTING)
            read_error(r, y, "{{%.*s}} cannot stand in a name: only settings can",
                       STR_ARG(out->v[i].name));
}

void read_templates(struct reading *r, const struct yaml *y, enum template_place place,
                    struct named_templates *out)
{
    *out = (struct named_templates){0};
    if (!y)
        return;
    if (y->kind != YAML_MAP) {
        read_error(r, y, "this must be a map of names and values");
        return;
    }
    out->v = arena_alloc(r->arena, y->n * sizeof *out->v);
    for (size_t i = 0; i < y->n; i++) {
        struct named_template *t = &out->v[out->n++];
        t->name = y->key[i].text;
        if (place == TEMPLATE_QUERY)
            read_name(r, &y->key[i], &t->parameter);
        read_template(r, &y->v[i], place, &t->text);
        if (secret_is_written(t->name, &t->text))
            read_error(
                r, &y->v[i],
                "a secret is written here; name its file in the settings and write "
                "{{token}}");
    }
}

void read_headers(struct reading *r, const struct yaml *y, struct named_templates *out)
{
    static const char token[] = "!#$%&'*+-.^_`|~";
    read_templates(r, y, TEMPLATE_HEADER, out);
    for (size_t i = 0; i < out->n; i++) {
        str name = out->v[i].name;
        bool good = name.n > 0;
        for (size_t k = 0; k < name.n && good; k++) {
            unsigned char c = (unsigned char)name.p[k];
            good = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                (c != 0 && strchr(token, c));
        }
        if (!good)
            read_error(r, &y->key[i], "no header is called \"%.*s\"", STR_ARG(name));
        const struct template *t = &out->v[i].text;
        for (size_t k = 0; k < t->n; k++)
            for (size_t c = 0; c < t->v[k].text.n; c++)
                if ((unsigned char)t->v[k].text.p[c] < 0x20)
                    good = false;
        if (!good)
            read_error(r, &y->v[i], "a header is one line of plain text");
    }
}
