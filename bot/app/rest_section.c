#include "app/rest_section.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/loopback.h"
#include "base/str.h"
#include "net/http.h"

enum { PATH_LENGTH_MAX = 4096, CONNECT_MS = 5000, MESSAGE_MAX = 512 };

static const char *const keys[] = {"kind",     "profile",       "url",    "token_file",
                                   "user",     "password_file", "values", "connect_ms",
                                   "total_ms", "ca_file"};
/* have a message of their own */
static const char *const secrets[] = {"token", "password", "secret", "api_key"};

struct reader {
    const struct host *host;
    const struct rest_section_rules *rules;
    struct rest_section *out;
};

void rest_section_error(const struct host *host, const struct yaml *at, const char *fmt,
                        ...)
{
    char text[MESSAGE_MAX];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    diag_error(host->diags, host->settings_file, at->line, at->column, "%s", text);
}

const struct yaml *rest_section_text(const struct host *host, const char *key)
{
    const struct yaml *y = yaml_get(host->settings, key);
    if (y && y->kind != YAML_TEXT) {
        rest_section_error(host, y, "%s must be text", key);
        return NULL;
    }
    return y;
}

static str path_of(const struct host *h, str path)
{
    if (str_starts(path, STR("/")) || h->folder.n == 0)
        return path;
    return file_path(h->arena, h->folder, path);
}

/* A file that must be there now; empty when the key is absent. */
static str read_file_name(const struct host *h, const char *key)
{
    const struct yaml *y = rest_section_text(h, key);
    str ignored;
    if (!y)
        return STR_NONE;
    str path = path_of(h, y->text);
    struct arena *a = arena_new();
    enum rc rc = file_read(a, arena_str(a, path), HTTP_REPLY_MAX, &ignored);
    arena_free(a);
    if (rc)
        rest_section_error(h, y, "%s: %.*s cannot be read", key, STR_ARG(path));
    return arena_str(h->arena, path);
}

static void read_url(struct reader *r)
{
    const struct host *h = r->host;
    const struct yaml *y = rest_section_text(h, "url");
    if (!y) {
        rest_section_error(h, h->settings, "url is missing: where %s is", r->rules->what);
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
        rest_section_error(h, y,
                           "url is https://HOST or https://HOST/PATH, without a name, a "
                           "password or a query");
    else if (plain && !loopback_url(url))
        diag_warning(h->diags, h->settings_file, y->line, y->column,
                     "http:// sends %s readable to everyone on the way; use https://",
                     r->rules->sends);
    r->out->url = arena_str(h->arena, url);
}

static int64_t read_ms(const struct host *h, const char *key, int64_t standard)
{
    const struct yaml *y = rest_section_text(h, key);
    int64_t ms = standard;
    if (y && (str_int(y->text, &ms) || ms < 100 || ms > 600000))
        rest_section_error(h, y, "%s is a number of milliseconds from 100 to 600000",
                           key);
    return ms;
}

static void read_login(struct reader *r)
{
    const struct host *h = r->host;
    struct rest_section *out = r->out;
    for (size_t i = 0; i < LEN(secrets); i++) {
        const struct yaml *y = yaml_get(h->settings, secrets[i]);
        if (y)
            rest_section_error(h, y,
                               "a secret does not stand in the settings: name the file "
                               "that holds it with token_file or password_file");
    }
    out->token_file = read_file_name(h, "token_file");
    out->password_file = read_file_name(h, "password_file");
    const struct yaml *user = rest_section_text(h, "user");
    out->user = user ? arena_str(h->arena, user->text) : STR_NONE;
    if ((out->user.n == 0) != (out->password_file.n == 0))
        rest_section_error(h, h->settings, "user and password_file go together");
    bool token = out->token_file.n > 0, password = out->user.n > 0;
    if ((!token && !password) || (token && password && r->rules->one_login))
        rest_section_error(h, h->settings,
                           "how do we log in? %stoken_file, or user and password_file",
                           r->rules->one_login ? "Either " : "");
}

/* --- the profile --- */

/* Beside the program: build/balie and build/release/balie both find the repository's. */
static str beside_program(struct arena *a, str file, int levels)
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
    return path.n ? file_path(a, path, file) : STR_NONE;
}

static enum rc load(struct reader *r, str name, str *path, str *text)
{
    struct arena *a = r->host->arena;
    const char *folder = r->rules->folder;
    if (str_ends(name, STR(".yaml")) || str_find_char(name, '/') >= 0) {
        *path = arena_str(a, path_of(r->host, name));
        return file_read(a, *path, PROFILE_MAX, text);
    }
    str file = arena_fmt(a, "adapters/%s/%.*s.yaml", folder, STR_ARG(name));
    const str places[] = {
        arena_str(a, path_of(r->host, file)),
        arena_fmt(a, "/etc/balie/%s/%.*s.yaml", folder, STR_ARG(name)),
        beside_program(a, file, 2),
        beside_program(a, file, 3),
        arena_fmt(a, "/usr/share/balie/%s/%.*s.yaml", folder, STR_ARG(name)),
    };
    enum rc rc = RC_NOT_FOUND;
    for (size_t i = 0; i < LEN(places) && rc == RC_NOT_FOUND; i++) {
        *path = places[i];
        if (path->n)
            rc = file_read(a, *path, PROFILE_MAX, text);
    }
    return rc;
}

/* A template that asks for a secret whose file the settings do not name. */
static void check_secret(struct reader *r, const struct template *t)
{
    for (size_t i = 0; i < t->n; i++) {
        bool token = str_eq(t->v[i].name, STR("token"));
        bool password = str_eq(t->v[i].name, STR("password"));
        if ((token && r->out->token_file.n == 0) ||
            (password && r->out->password_file.n == 0))
            rest_section_error(r->host, r->host->settings, "the profile logs in with %s",
                               token ? "a token: name its file with token_file"
                                     : "a name and password: user and password_file");
    }
}

static void check_secrets(struct reader *r)
{
    const struct profile *p = r->out->profile;
    check_secret(r, &p->login);
    for (size_t i = 0; i < p->headers.n; i++)
        check_secret(r, &p->headers.v[i].text);
}

static void read_profile(struct reader *r)
{
    str path, text;
    const struct host *h = r->host;
    const struct yaml *y = rest_section_text(h, "profile");
    if (!y) {
        rest_section_error(h, h->settings, "profile is missing: %s, or a path to a file",
                           r->rules->example);
        return;
    }
    if (load(r, y->text, &path, &text)) {
        rest_section_error(h, y, "there is no profile \"%.*s\"", STR_ARG(y->text));
        return;
    }
    if (profile_read(h->arena, path, text, r->rules->profile, h->diags, &r->out->profile))
        rest_section_error(h, y, "the profile has errors");
    else
        check_secrets(r);
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

static void add_value(struct reader *r, const struct yaml *y, str name, bool required)
{
    struct arena *a = r->host->arena;
    str text = yaml_text(y, arena_str(a, name).p);
    if (text.n == 0 && required)
        rest_section_error(r->host, y ? y : r->host->settings,
                           "the profile asks for values: %.*s", STR_ARG(name));
    r->out->values[r->out->n_values++] =
        (struct rest_value){name, arena_str(a, text), VALUE_SETTING};
}

static void read_values(struct reader *r)
{
    const struct yaml *y = yaml_get(r->host->settings, "values");
    const struct profile *p = r->out->profile;
    for (size_t i = 0; y && y->kind == YAML_MAP && i < y->n; i++)
        if (!is_asked_for(p, y->key[i].text))
            rest_section_error(r->host, &y->key[i],
                               "the profile does not ask for \"%.*s\"",
                               STR_ARG(y->key[i].text));
    r->out->values = arena_alloc(
        r->host->arena, (p->settings.n + p->optional.n) * sizeof *r->out->values);
    for (size_t i = 0; i < p->settings.n; i++)
        add_value(r, y, p->settings.v[i], true);
    for (size_t i = 0; i < p->optional.n; i++)
        add_value(r, y, p->optional.v[i], false);
}

/* --- the keys --- */

static void check_keys(struct reader *r)
{
    const struct yaml *y = r->host->settings;
    str known[LEN(keys) + LEN(r->rules->own)];
    size_t n = 0;
    for (; n < LEN(keys); n++)
        known[n] = str_c(keys[n]);
    for (size_t i = 0; i < LEN(r->rules->own) && r->rules->own[i]; i++)
        known[n++] = str_c(r->rules->own[i]);
    for (size_t i = 0; i < y->n; i++) {
        str key = y->key[i].text;
        bool is_known = false;
        for (size_t k = 0; k < n; k++)
            is_known = is_known || str_eq(key, known[k]);
        for (size_t k = 0; k < LEN(secrets); k++)
            is_known = is_known || str_eq(key, str_c(secrets[k]));
        if (is_known)
            continue;
        str near = str_nearest(key, known, n);
        rest_section_error(r->host, &y->key[i], "unknown setting \"%.*s\"%s%.*s%s",
                           STR_ARG(key), near.n ? " (probably meant " : "", STR_ARG(near),
                           near.n ? ")" : "");
    }
}

enum rc rest_section_read(const struct host *host, const struct rest_section_rules *rules,
                          struct rest_section *out)
{
    struct reader r = {host, rules, out};
    size_t errors = host->diags->errors;
    *out = (struct rest_section){0};
    if (!host->settings || host->settings->kind != YAML_MAP) {
        diag_error(host->diags, host->settings_file, 0, 0,
                   "%s needs settings: profile, url and token_file", rules->what);
        return RC_INVALID;
    }
    check_keys(&r);
    read_url(&r);
    read_login(&r);
    out->ca_file = read_file_name(host, "ca_file");
    out->connect_ms = read_ms(host, "connect_ms", CONNECT_MS);
    out->total_ms = read_ms(host, "total_ms", rules->total_ms);
    read_profile(&r);
    if (out->profile)
        read_values(&r);
    return host->diags->errors > errors ? RC_INVALID : RC_OK;
}
