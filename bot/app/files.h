/*
 * files - attachments on their way: bytes in a folder of the state, one file each, mode
 * 0600, under a random name. What they are, and whose, is the store's (store_file).
 *
 * A file is written first and its row committed afterwards; it is unlinked first and its
 * row deleted afterwards. So what a crash leaves is a file without a row (files_sweep
 * unlinks it at the next start) or a row without a file (whoever opens it finds nothing
 * and says so).
 */
#ifndef APP_FILES_H
#define APP_FILES_H

#include "app/file_type.h"
#include "app/settings.h"
#include "store/store.h"

enum { FILE_KEY_LEN = 26, FILES_MAX = 10 }; /* of one hand-off or reply */

struct files {
    str folder;
    const struct settings *settings;
    int64_t used; /* bytes of all files */
};

/* Makes the folder, unlinks what has no row. RC_IO: files cannot be kept. */
MUST_USE enum rc files_open(struct files *f, struct arena *a, const struct settings *s,
                            struct store *store);
/* Where the bytes of a key are; NUL-terminated, in a. */
str files_path(struct arena *a, const struct settings *s, str key);
/* For reading. -1: it is not there. */
int files_get(const struct files *f, str key);
void files_unlink(struct files *f, str key, int64_t size);

/* A file that is coming in. */
struct file_in {
    struct files *files;
    char key[FILE_KEY_LEN + 1];
    int fd; /* -1: none */
    struct file_look look;
    uint64_t hash; /* of its bytes, for telling a repetition; FNV-1a */
    bool kept;
};

/* RC_LIMIT: the folder is full. RC_IO. */
MUST_USE enum rc file_in_open(struct file_in *in, struct files *f);
/* RC_LIMIT: larger than the settings allow. RC_IO: the disk is full, or worse. */
MUST_USE enum rc file_in_put(struct file_in *in, str bytes);
/* The bytes were written to in->fd by somebody else: looks at them. RC_LIMIT, RC_IO. */
MUST_USE enum rc file_in_read_back(struct file_in *in);
/* All is there. RC_INVALID: none of the types that are taken. */
MUST_USE enum rc file_in_judge(struct file_in *in, const struct file_type **out);
/* Closed; its file stays. */
void file_in_keep(struct file_in *in);
/* Closed and, unless it was kept, unlinked. More than once is fine. */
void file_in_done(struct file_in *in);

#endif
