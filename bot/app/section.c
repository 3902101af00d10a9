#include "app/section.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/str.h"

struct reader {
    const struct host *host;
    const char *where;
};

static void wrong(const struct reader *r, const struct yaml *at, const char *key,
                  const char *what)
{
    diag_error(r->host->diags, r->host->settings_file, at->line, at->column, "%s.%s %s",
               r->where, key, what);
}

static str from_folder(const struct host *h, str path)
{
    if (path.n == 0 || path.p[0] == '/' || h->folder.n == 0)
        return arena_str(h->arena, path);
    return file_path(h->arena, h->folder, path);
}

static bool read_secret(const struct reader *r, const struct section_key *k,
                        const struct yaml *v, bool from_file)
{
    str text = STR_NONE;
    if (from_file &&
        file_read(r->host->arena, from_folder(r->host, v->text), SECTION_SECRET_MAX,
                  &text))
        text = STR_NONE;
    else if (!from_file)
        text = str_c(getenv(arena_str(r->host->arena, v->text).p));
    *(str *)k->to = str_trim(text);
    if (str_trim(text).n == 0)
        wrong(r, v, k->key,
              from_file ? "is in a file that cannot be read, or is empty"
                        : "is in an environment variable that is not set");
    return true;
}

static void read_url(const struct reader *r, const struct section_key *k,
                     const struct yaml *v)
{
    str url = str_trim(v->text);
    if (!str_starts(url, STR("https://")) && !str_starts(url, STR("http://")))
        wrong(r, v, k->key, "takes an address that begins with https://");
    while (str_ends(url, STR("/")))
        url.n--;
    *(str *)k->to = url;
}

static void read_value(const struct reader *r, const struct section_key *k,
                       const struct yaml *v)
{
    int64_t n;
    bool yes = str_eq_ascii(v->text, STR("yes")) || str_eq_ascii(v->text, STR("true"));
    bool no = str_eq_ascii(v->text, STR("no")) || str_eq_ascii(v->text, STR("false"));
    switch (k->kind) {
    case SECTION_TEXT:
        *(str *)k->to = v->text;
        return;
    case SECTION_URL:
        read_url(r, k, v);
        return;
    case SECTION_PATH:
        *(str *)k->to = from_folder(r->host, v->text);
        return;
    case SECTION_NUMBER:
        if (str_int(v->text, &n) || n < k->min || n > k->max)
            wrong(r, v, k->key,
                  arena_fmt(r->host->arena, "takes a whole number from %lld to %lld",
                            (long long)k->min, (long long)k->max)
                      .p);
        else
            *(int64_t *)k->to = n;
        return;
    case SECTION_YES_NO:
        if (!yes && !no)
            wrong(r, v, k->key, "takes yes or no");
        *(bool *)k->to = yes;
        return;
    case SECTION_SECRET:
        wrong(r, v, k->key,
              "is a secret: it does not stand in the settings, but in a file of its own");
        return;
    }
}

static str without(str s, const char *end)
{
    str e = str_c(end);
    return str_ends(s, e) ? str_sub(s, 0, s.n - e.n) : STR_NONE;
}

static bool read_one(const struct reader *r, str key, const struct yaml *v,
                     const struct section_key *keys, size_t n)
{
    str of_file = without(key, "_file"), of_env = without(key, "_env");
    for (size_t i = 0; i < n; i++) {
        str name = str_c(keys[i].key);
        bool secret = keys[i].kind == SECTION_SECRET;
        if (secret && str_eq(of_file, name))
            return read_secret(r, &keys[i], v, true);
        if (secret && str_eq(of_env, name))
            return read_secret(r, &keys[i], v, false);
        if (str_eq(key, name)) {
            read_value(r, &keys[i], v);
            return true;
        }
    }
    return false;
}

static bool is_set(const struct section_key *k)
{
    return k->kind == SECTION_NUMBER || k->kind == SECTION_YES_NO ||
        ((const str *)k->to)->n > 0;
}

enum rc section_read(const struct host *host, const char *where,
                     const struct section_key *keys, size_t n)
{
    struct reader r = {host, where};
    const struct yaml *s = host->settings;
    size_t before = host->diags->errors;
    if (!s || s->kind != YAML_MAP) {
        diag_error(host->diags, host->settings_file, s ? s->line : 0, s ? s->column : 0,
                   "%s is a section: its settings go below it", where);
        return RC_INVALID;
    }
    str *names = arena_alloc(host->arena, MAX(n, 1) * sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = str_c(keys[i].key);
    for (size_t i = 0; i < s->n; i++) {
        if (s->v[i].kind != YAML_TEXT) {
            wrong(&r, &s->v[i], s->key[i].text.p, "takes one value");
            continue;
        }
        if (read_one(&r, s->key[i].text, &s->v[i], keys, n))
            continue;
        str near = str_nearest(s->key[i].text, names, n);
        diag_error(host->diags, host->settings_file, s->key[i].line, s->key[i].column,
                   "%s has no setting \"%.*s\"%s%.*s%s", where, STR_ARG(s->key[i].text),
                   near.n ? "; did you mean \"" : "", STR_ARG(near), near.n ? "\"?" : "");
    }
    for (size_t i = 0; i < n; i++)
        if (keys[i].required && !is_set(&keys[i]))
            wrong(&r, s, keys[i].key,
                  keys[i].kind == SECTION_SECRET
                      ? "is needed: name the file that holds it with _file"
                      : "is needed");
    return host->diags->errors > before ? RC_INVALID : RC_OK;
}
