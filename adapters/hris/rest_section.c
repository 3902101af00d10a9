#include "adapters/hris/rest_inside.h"

#include <unistd.h>

#include "base/file.h"

enum { PATH_LENGTH_MAX = 4096, CONNECT_MS = 5000, TOTAL_MS = 15000 };

static const str keys[] = {
    {"profile", 7},        {"url", 3},     {"token_file", 10},  {"user", 4},
    {"password_file", 13}, {"values", 6},  {"employee_id", 11}, {"connect_ms", 10},
    {"total_ms", 8},       {"ca_file", 7}, {"kind", 4},
};

struct reading_section {
    const struct host *host;
    struct hris_section *out;
};

#define section_error(s, y, ...)                                                         \
    diag_error((s)->host->diags, (s)->host->settings_file, (y)->line, (y)->column,       \
               __VA_ARGS__)

static const struct yaml *get(struct reading_section *s, const char *key)
{
    const struct yaml *y = yaml_get(s->host->settings, key);
    if (y && y->kind != YAML_TEXT) {
        section_error(s, y, "%s must be text", key);
        return NULL;
    }
    return y;
}

static str path_of(struct reading_section *s, str path)
{
    if (str_starts(path, STR("/")) || s->host->folder.n == 0)
        return path;
    return file_path(s->host->arena, s->host->folder, path);
}

/* A file that must be there now; empty when the key is absent. */
static str read_file_name(struct reading_section *s, const char *key)
{
    const struct yaml *y = get(s, key);
    str ignored;
    if (!y)
        return STR_NONE;
    str path = path_of(s, y->text);
    struct arena *a = arena_new();
    enum rc rc = file_read(a, arena_str(a, path), HTTP_REPLY_MAX, &ignored);
    arena_free(a);
    if (rc)
        section_error(s, y, "%s: %.*s cannot be read", key, STR_ARG(path));
    return arena_str(s->host->arena, path);
}

static bool is_loopback(str host)
{
    return str_starts(host, STR("127.")) || str_starts(host, STR("[::1]")) ||
        str_eq(str_sub(host, 0, 9), STR("localhost"));
}

static void read_url(struct reading_section *s)
{
    const struct yaml *y = get(s, "url");
    if (!y) {
        section_error(s, s->host->settings, "url is missing: where the HR system is");
        return;
    }
    str url = y->text;
    while (str_ends(url, STR("/")))
        url.n--;
    bool plain = str_starts(url, STR("http://"));
    str host = str_sub(url, plain ? 7 : 8, url.n);
    bool good = (plain || str_starts(url, STR("https://"))) && host.n > 0;
    for (size_t i = 0; i < url.n && good; i++)
        good = (unsigned char)url.p[i] > 0x20 && (unsigned char)url.p[i] < 0x7f &&
            !strchr("?#@\\\"<>{}|^`", url.p[i]);
    if (!good)
        section_error(
            s, y,
            "url is https://HOST or https://HOST/PATH, without a name, a password "
            "or a query");
    else if (plain && !is_loopback(host))
        diag_warning(s->host->diags, s->host->settings_file, y->line, y->column,
                     "http:// sends the token and what people ask about readable to "
                     "everyone on the "
                     "way; use https://");
    s->out->url = arena_str(s->host->arena, url);
}

static int64_t read_ms(struct reading_section *s, const char *key, int64_t standard)
{
    const struct yaml *y = get(s, key);
    int64_t ms = standard;
    if (y && (str_int(y->text, &ms) || ms < 100 || ms > 600000))
        section_error(s, y, "%s is a number of milliseconds from 100 to 600000", key);
    return ms;
}

static void read_secrets(struct reading_section *s)
{
    static const str forbidden[] = {
        {"token", 5}, {"password", 8}, {"secret", 6}, {"api_key", 7}};
    for (size_t i = 0; i < LEN(forbidden); i++) {
        const struct yaml *y = yaml_get(s->host->settings, forbidden[i].p);
        if (y)
            section_error(s, y,
                          "a secret does not stand in the settings: name the file that "
                          "holds it with token_file or password_file");
    }
    s->out->token_file = read_file_name(s, "token_file");
    s->out->password_file = read_file_name(s, "password_file");
    const struct yaml *user = get(s, "user");
    s->out->user = user ? arena_str(s->host->arena, user->text) : STR_NONE;
    if ((s->out->user.n == 0) != (s->out->password_file.n == 0))
        section_error(s, s->host->settings, "user and password_file go together");
    if (s->out->token_file.n == 0 && s->out->user.n == 0)
        section_error(s, s->host->settings,
                      "how do we log in? token_file, or user and password_file");
}

/* --- the profile --- */

/* Beside the program: build/balie and build/release/balie both find the repository's. */
static str beside_program(struct arena *a, str name, int levels)
{
    char exe[PATH_LENGTH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe);
    str path = n > 0 && (size_t)n < sizeof exe ? (str){exe, (size_t)n} : STR_NONE;
    for (int i = 0; i < levels; i++) {
        while (path.n > 0 && path.p[path.n - 1] != '/')
            path.n--;
        if (path.n > 0)
            path.n--;
    }
    return path.n
        ? arena_fmt(a, "%.*s/adapters/hris/%.*s.yaml", STR_ARG(path), STR_ARG(name))
        : STR_NONE;
}

static enum rc load(struct reading_section *s, str name, str *path, str *text)
{
    struct arena *a = s->host->arena;
    if (str_ends(name, STR(".yaml")) || str_find_char(name, '/') >= 0) {
        *path = arena_str(a, path_of(s, name));
        return file_read(a, *path, PROFILE_MAX, text);
    }
    str file = arena_fmt(a, "adapters/hris/%.*s.yaml", STR_ARG(name));
    const str places[] = {
        arena_str(a, path_of(s, file)),
        arena_fmt(a, "/etc/balie/hris/%.*s.yaml", STR_ARG(name)),
        beside_program(a, name, 2),
        beside_program(a, name, 3),
        arena_fmt(a, "/usr/share/balie/hris/%.*s.yaml", STR_ARG(name)),
    };
    enum rc rc = RC_NOT_FOUND;
    for (size_t i = 0; i < LEN(places) && rc == RC_NOT_FOUND; i++) {
        *path = places[i];
        if (path->n)
            rc = file_read(a, *path, PROFILE_MAX, text);
    }
    return rc;
}

static void read_profile(struct reading_section *s)
{
    str path, text;
    const struct yaml *y = get(s, "profile");
    if (!y) {
        section_error(s, s->host->settings,
                      "profile is missing: bamboohr, or a path to a file");
        return;
    }
    if (load(s, y->text, &path, &text)) {
        section_error(s, y, "there is no profile \"%.*s\"", STR_ARG(y->text));
        return;
    }
    if (profile_read(s->host->arena, path, text, &hris_rules, s->host->diags,
                     &s->out->profile))
        section_error(s, y, "the profile has errors");
}

static bool is_asked_for(const struct profile *p, str name)
{
    const struct strs *lists[] = {&p->settings, &p->optional};
    for (size_t i = 0; i < LEN(lists); i++)
        for (size_t k = 0; k < lists[i]->n; k++)
            if (str_eq(lists[i]->v[k], name))
                return true;
    return false;
}

static void add_value(struct reading_section *s, const struct yaml *y, str name,
                      bool required)
{
    struct arena *a = s->host->arena;
    str text = yaml_text(y, arena_str(a, name).p);
    if (text.n == 0 && required)
        section_error(s, y ? y : s->host->settings, "the profile asks for values: %.*s",
                      STR_ARG(name));
    s->out->values[s->out->n_values++] =
        (struct rest_value){name, arena_str(a, text), VALUE_SETTING};
}

static void read_values(struct reading_section *s)
{
    const struct yaml *y = yaml_get(s->host->settings, "values");
    const struct profile *p = s->out->profile;
    for (size_t i = 0; y && y->kind == YAML_MAP && i < y->n; i++)
        if (!is_asked_for(p, y->key[i].text))
            section_error(s, &y->key[i], "the profile does not ask for \"%.*s\"",
                          STR_ARG(y->key[i].text));
    s->out->values = arena_alloc(
        s->host->arena, (p->settings.n + p->optional.n) * sizeof *s->out->values);
    for (size_t i = 0; i < p->settings.n; i++)
        add_value(s, y, p->settings.v[i], true);
    for (size_t i = 0; i < p->optional.n; i++)
        add_value(s, y, p->optional.v[i], false);
}

static void check_keys(struct reading_section *s)
{
    const struct yaml *y = s->host->settings;
    static const str other[] = {{"token", 5},
                                {"password", 8},
                                {"secret", 6},
                                {"api_key", 7}}; /* have their own message */
    for (size_t i = 0; i < y->n; i++) {
        bool known = false;
        for (size_t k = 0; k < LEN(keys); k++)
            known = known || str_eq(y->key[i].text, keys[k]);
        for (size_t k = 0; k < LEN(other); k++)
            known = known || str_eq(y->key[i].text, other[k]);
        str near = known ? STR_NONE : str_nearest(y->key[i].text, keys, LEN(keys));
        if (!known)
            section_error(s, &y->key[i], "unknown setting \"%.*s\"%s%.*s%s",
                          STR_ARG(y->key[i].text), near.n ? " (probably meant " : "",
                          STR_ARG(near), near.n ? ")" : "");
    }
}

enum rc hris_section_read(const struct host *host, struct hris_section *out)
{
    struct reading_section s = {host, out};
    size_t errors = host->diags->errors;
    *out = (struct hris_section){0};
    if (!host->settings || host->settings->kind != YAML_MAP) {
        diag_error(host->diags, host->settings_file, 0, 0,
                   "the HR system needs settings: profile, url and token_file");
        return RC_INVALID;
    }
    check_keys(&s);
    read_url(&s);
    read_secrets(&s);
    out->ca_file = read_file_name(&s, "ca_file");
    out->connect_ms = read_ms(&s, "connect_ms", CONNECT_MS);
    out->total_ms = read_ms(&s, "total_ms", TOTAL_MS);
    const struct yaml *id = get(&s, "employee_id");
    out->employee_id = id ? arena_str(host->arena, id->text) : STR("id");
    read_profile(&s);
    if (out->profile)
        read_values(&s);
    return host->diags->errors > errors ? RC_INVALID : RC_OK;
}
