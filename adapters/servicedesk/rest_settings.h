/*
 * rest_settings - the section `desk` of the settings for a servicedesk by profile: what
 * app/rest_section.h says, total_ms 20000, and
 *
 *   queues: {HR: Personnel, Confidential: HR-closed}
 *
 * A queue that is not in `queues` goes by its own name. There is no queue for "the rest":
 * a confidential ticket must not land in it.
 */
#ifndef SERVICEDESK_REST_SETTINGS_H
#define SERVICEDESK_REST_SETTINGS_H

#include "app/rest_section.h"

struct queue_name {
    str ours, theirs;
};

struct queue_names {
    struct queue_name *v;
    size_t n;
};

/* Reads host->settings; every mistake goes to host->diags. RC_INVALID. */
MUST_USE enum rc rest_settings_read(const struct host *host, struct rest_section *out,
                                    struct queue_names *queues);

#endif
