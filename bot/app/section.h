/*
 * section - an adapter's own section of the settings, read by a table.
 *
 * A secret NAME never stands in the section: NAME_file names a file that holds it (white
 * space around it is cut), NAME_env an environment variable.
 */
#ifndef APP_SECTION_H
#define APP_SECTION_H

#include "app/host.h"

enum { SECTION_SECRET_MAX = 8 * 1024 };

enum section_kind {
    SECTION_TEXT,   /* str */
    SECTION_URL,    /* str: http or https, a slash at its end is cut */
    SECTION_PATH,   /* str: relative to the settings' folder */
    SECTION_NUMBER, /* int64_t */
    SECTION_YES_NO, /* bool: yes or no */
    SECTION_SECRET, /* str */
};

struct section_key {
    const char *key;
    enum section_kind kind;
    void *to;
    bool required;
    int64_t min, max; /* NUMBER */
};

/* Sets what is written, leaves the rest as it is. Every mistake goes to host->diags,
 * named `where`.key. RC_INVALID. */
MUST_USE enum rc section_read(const struct host *host, const char *where,
                              const struct section_key *keys, size_t n);

#endif
