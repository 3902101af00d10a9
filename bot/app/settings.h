/*
 * settings - what an operator may set. One table (settings.c) drives parsing, defaults,
 * --print-config, the documentation check and the messages about mistakes.
 *
 * The file is YAML: top-level keys of the table, and the sections `desk` and `hris`,
 * which belong to their adapters and are handed over unread. Secrets never stand in the
 * file: a setting names the file that holds one. Relative paths start at the settings
 * file's folder, or at the working directory when there is no file.
 */
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

#include "base/diag.h"
#include "base/yaml.h"
#include "dialogue/promise.h"
#include "nlu/nlu.h"

struct settings {
    str file, folder;
    str listen;         /* ADDRESS:PORT */
    str metrics_listen; /* empty: /metrics on the same port */
    str intents, knowledge, state;
    str people;                                   /* CSV */
    str balances, pay_dates, requests, documents; /* CSV, read by the csv HR adapter */
    str link_hosts;     /* where links of look-ups may lead, with spaces between */
    enum lang language; /* of articles and people that do not tell */
    str time_zone;
    enum boldness boldness;
    bool strict; /* publish: strict */
    int log;     /* enum log_level */
    int64_t retention_days;
    int64_t form_days;       /* of a form that was left */
    int64_t rate_per_minute; /* messages of one connection; 0: no limit */
    int64_t outbox_in_flight;
    int64_t grace_seconds; /* find by key this long before posting again */
    int64_t give_up_hours; /* of retries, then a dead letter */
    int64_t message_hours; /* how long a message waits for a channel that is down */

    int64_t poll_seconds;     /* how often the desk is asked what changed */
    int64_t attachment_mb;    /* largest file; 0: none are taken */
    int64_t attachment_count; /* files of one hand-off, or of one reply */
    int64_t attachment_hours; /* how long one waits for a hand-off */
    int64_t attachment_days;  /* how long one from the desk can be fetched */
    int64_t attachments_mb;   /* all of them together */
    str attachment_types;     /* "pdf png ..." */
    str chat_url;             /* where people find the chat in a browser; may be empty */
    str hand_back;            /* a line of a human's reply that gives the chat back */
    str webhook_secret;       /* file; empty: /desk/events is not there */
    const struct yaml *desk, *hris, *promise, *mail;
    const struct yaml *channels;          /* a section per channel; NULL: the web alone */
    const struct promise_rules *promises; /* read from `promise`; NULL: none */
};

/* Defaults. repository: run inside a checkout (its own folders, build/state). */
void settings_default(struct settings *s, bool in_repository);
/* Reads the file over what is there. RC_NOT_FOUND; RC_INVALID with errors in d. */
MUST_USE enum rc settings_read(struct settings *s, struct arena *a, str file,
                               struct diags *d);
/* One `key: value` line per setting with its help as comment, valid YAML. */
str settings_print(struct arena *a, const struct settings *s);
/* "127.0.0.1:8080", "[::1]:0", ":8080". RC_INVALID. */
MUST_USE enum rc settings_address(struct arena *a, str listen, str *address, int *port);

#endif
