/*
 * rest_settings - the section `desk` of the settings for a servicedesk by profile.
 *
 *   desk:
 *     profile: rt                   adapters/servicedesk/rt.yaml, or a path to a file
 *     url: https://rt.example.org   without what the profile adds
 *     token_file: rt.token          or: user and password_file
 *     queues: {HR: Personnel, Confidential: HR-closed}
 *     values: {name: value}         what the profile asks for under `settings`
 *     connect_ms: 5000              total_ms: 20000
 *     ca_file: ca.pem
 *
 * A queue that is not in `queues` goes by its own name. There is no queue for "the rest":
 * a confidential ticket must not land in it. Relative paths start at the settings'
 * folder.
 */
#ifndef SERVICEDESK_REST_SETTINGS_H
#define SERVICEDESK_REST_SETTINGS_H

#include "app/host.h"
#include "rest/profile.h"

enum { SECRET_MAX = 8 * 1024 };

struct queue_name {
    str ours, theirs;
};

struct rest_settings {
    struct profile *profile;
    str url, user, token_file, password_file, ca_file;
    int64_t connect_ms, total_ms;
    struct queue_name *queues;
    size_t n_queues;
    struct rest_value *values; /* for the profile's own settings */
    size_t n_values;
};

/* Reads host->settings; every mistake goes to host->diags. RC_INVALID. */
MUST_USE enum rc rest_settings_read(const struct host *host, struct rest_settings *out);

#endif
