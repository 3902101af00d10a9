/*
 * rest_section - what every section of the settings says that talks to a REST profile:
 * which profile, where, and how to log in.
 *
 *   profile: rt                   adapters/FOLDER/rt.yaml, or a path to a file
 *   url: https://rt.example.org   without what the profile adds
 *   token_file: rt.token          and, or: user and password_file
 *   values: {name: value}         what the profile asks for under `settings`
 *   connect_ms: 5000              total_ms: the adapter's
 *   ca_file: ca.pem
 *
 * A profile of that name is looked for in adapters/FOLDER of the settings' folder, in
 * /etc/balie/FOLDER, beside the program, in /usr/share/balie/FOLDER. Relative paths start
 * at the settings' folder.
 */
#ifndef APP_REST_SECTION_H
#define APP_REST_SECTION_H

#include "app/host.h"
#include "rest/profile.h"

enum { REST_SECRET_MAX = 8 * 1024 };

struct rest_section {
    struct profile *profile;
    str url, user, token_file, password_file, ca_file;
    int64_t connect_ms, total_ms;
    struct rest_value *values; /* for the profile's own settings */
    size_t n_values;
};

/* What differs from one kind of other side to the next. */
struct rest_section_rules {
    const char *what;    /* "the servicedesk" */
    const char *sends;   /* "the token and the tickets": readable without TLS */
    const char *folder;  /* "servicedesk" */
    const char *example; /* a profile's name: "rt" */
    const char *own[4];  /* keys that the adapter reads itself; NULL ends them */
    bool one_login;      /* a token or a password, never both */
    int64_t total_ms;
    const struct profile_rules *profile;
};

/* Reads host->settings; every mistake goes to host->diags. RC_INVALID. */
MUST_USE enum rc rest_section_read(const struct host *host,
                                   const struct rest_section_rules *rules,
                                   struct rest_section *out);
/* A key of the section that must be text; NULL: it is absent, or that was told. */
const struct yaml *rest_section_text(const struct host *host, const char *key);
void rest_section_error(const struct host *host, const struct yaml *at, const char *fmt,
                        ...) PRINTF_LIKE(3, 4);

#endif
