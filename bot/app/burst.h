/*
 * burst - changes that belong together, and when they are all there.
 *
 * A file that was closed after writing, or renamed into its place, is complete: a moment
 * of quiet tells that its program does not write it once more. Anything else (several
 * files, a file begun or gone, a folder) may be a part of more to come, as when git
 * changes many files, and waits longer. Names that are no content's (hidden, `~`, `_`,
 * without an ending: what editors put beside a file while they save it) do not count.
 *
 * Source: inotify(7).
 */
#ifndef APP_BURST_H
#define APP_BURST_H

#include <limits.h>
#include <sys/inotify.h>

#include "base/base.h"

enum {
    BURST_FILE_MS = 80,    /* of quiet after one complete file */
    BURST_OTHERS_MS = 300, /* after anything else */
    BURST_MOST_MS = 10000, /* where it is never quiet */
};

/* Zero before the first event. */
struct burst {
    unsigned n;    /* changes */
    bool several;  /* not one file alone */
    bool complete; /* the file's last event left it whole */
    bool folders;  /* a folder came, went or was renamed, or events were lost */
    int watch;     /* the file: its folder and name */
    char name[NAME_MAX + 1];
};

void burst_add(struct burst *b, const struct inotify_event *e);
int burst_quiet_ms(const struct burst *b);

#endif
