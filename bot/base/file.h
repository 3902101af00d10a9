/*
 * file - whole files in, atomically replaced files out, folders listed.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"

/*
 * Reads the regular file whole, with a NUL behind it.
 *   RC_NOT_FOUND  no such file     RC_LIMIT  larger than max bytes
 *   RC_INVALID    not a regular file   RC_IO  anything else
 */
MUST_USE enum rc file_read(struct arena *a, str path, size_t max, str *out);
/* Writes beside it, fsyncs and renames over path; mode 0600. RC_IO. */
MUST_USE enum rc file_write(struct arena *a, str path, str content);
/* dir "/" name. */
str file_path(struct arena *a, str dir, str name);
bool file_is_dir(str path);
/* mkdir -p with mode 0700. RC_IO. */
MUST_USE enum rc file_make_dir(struct arena *a, str path);

struct file_entry {
    str path; /* relative to the folder that was listed, '/' between parts */
    int64_t size, mtime_ns;
};

struct file_list {
    VEC(struct file_entry) list;
};

/*
 * Every regular file below dir whose name ends in one of the suffixes (all when n is 0),
 * sorted by path; symbolic links to files are followed, to folders not. Hidden files and
 * folders, and names that start or end in ~ or _, are left out.
 * RC_NOT_FOUND, RC_IO, RC_LIMIT (deeper than 16 folders or more than 100,000 files).
 */
MUST_USE enum rc file_walk(struct arena *a, str dir, const str *suffixes, size_t n,
                           struct file_list *out);
/* By such a name, not empty. */
bool file_is_left_out(str name);

#endif
