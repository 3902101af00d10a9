/*
 * wal - the writer's write-ahead log in one write per commit.
 *
 * SQLite writes each page of a commit to its log in two pieces: twenty system calls for
 * ten pages, and then the one that makes them durable. All of them follow each other in
 * the file. So a VFS of ours, which is the system's own in everything else, keeps what is
 * written to the log until SQLite asks for something else of that file: to make it
 * durable, to read it, its size. With `synchronous = FULL` a commit is visible to others
 * only behind that, so nobody ever sees less than was written; a write that fails does so
 * when the log is made durable, and the commit fails as it would have.
 *
 * Source: sqlite.org/vfs.html, sqlite.org/walformat.html (3: the order of a commit).
 */
#ifndef STORE_WAL_H
#define STORE_WAL_H

#include <sqlite3.h>

#include "base/base.h"

/* Bytes; a longer commit takes several writes. SQLite's own VFS writes less than 128 KiB
 * at once. */
enum { WAL_KEPT_MAX = 127 * 1024 };

/* The name of the VFS for db_open. NULL when SQLite has no room for it. */
const char *wal_vfs(void);
/* From now on, or no longer: only while synchronous is FULL. SQLite's code. */
MUST_USE int wal_gather(sqlite3 *db, bool gather);

#endif
