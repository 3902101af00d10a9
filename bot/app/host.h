/*
 * host - what the program lends to an adapter at start: the loop, the HTTP client, its
 * section of the settings. Everything stays the host's.
 */
#ifndef APP_HOST_H
#define APP_HOST_H

#include "app/settings.h"
#include "net/http.h"
#include "net/loop.h"

struct host {
    struct loop *loop;           /* NULL under `balie ask`, which has no loop */
    struct http *http;           /* NULL under `balie ask` */
    const struct yaml *settings; /* the adapter's own section; NULL: none written */
    const struct settings *all;  /* the common settings */
    str settings_file;           /* for messages */
    str folder;                  /* where relative paths in the section start */
    struct diags *diags;         /* mistakes in the section, at start only */
    struct arena *arena;         /* lives as long as the program */
    struct store *store;         /* NULL under `balie ask` */
    bool quiet;                  /* ask the other side nothing at start */
};

#endif
