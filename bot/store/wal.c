#include "store/wal.h"

#include <stdlib.h>

#include "base/arena.h"

enum { FCNTL_GATHER = 0x62616c69 }; /* numbers above 100 are a VFS's own */

static const char name[] = "balie-wal";

/* What was written to the log and is not in the file yet. */
struct kept {
    char *p; /* WAL_KEPT_MAX bytes */
    int n;
    sqlite3_int64 at; /* where in the file it goes */
};

/* The methods of one open file: the system's, some of them replaced. A file points to
 * its own ones, so this is found from the file; `is` must be the first member. */
struct methods {
    sqlite3_io_methods is;
    const sqlite3_io_methods *system;
    bool gather;           /* of a database */
    struct methods *of_db; /* of a log: its database */
    struct kept kept;      /* of a log */
};

static struct methods *methods_of(sqlite3_file *f)
{
    return (struct methods *)(uintptr_t)f->pMethods;
}

static int put_down(sqlite3_file *f)
{
    struct methods *m = methods_of(f);
    int n = m->kept.n;
    m->kept.n = 0; /* what cannot be written now is not tried again: the commit fails */
    return n > 0 ? m->system->xWrite(f, m->kept.p, n, m->kept.at) : SQLITE_OK;
}

static int log_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    struct methods *m = methods_of(f);
    struct kept *k = &m->kept;
    if (k->n > 0 && (at != k->at + k->n || n > WAL_KEPT_MAX - k->n)) {
        int code = put_down(f);
        if (code != SQLITE_OK)
            return code;
    }
    if (!m->of_db->gather || n > WAL_KEPT_MAX)
        return m->system->xWrite(f, from, n, at);
    if (k->n == 0)
        k->at = at;
    memcpy(k->p + k->n, from, (size_t)n);
    k->n += n;
    return SQLITE_OK;
}

static int log_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    int code = put_down(f);
    return code == SQLITE_OK ? methods_of(f)->system->xRead(f, to, n, at) : code;
}

static int log_sync(sqlite3_file *f, int flags)
{
    int code = put_down(f);
    return code == SQLITE_OK ? methods_of(f)->system->xSync(f, flags) : code;
}

static int log_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    int code = put_down(f);
    return code == SQLITE_OK ? methods_of(f)->system->xTruncate(f, size) : code;
}

static int log_size(sqlite3_file *f, sqlite3_int64 *size)
{
    int code = put_down(f);
    return code == SQLITE_OK ? methods_of(f)->system->xFileSize(f, size) : code;
}

static int close_file(sqlite3_file *f)
{
    struct methods *m = methods_of(f);
    int code = put_down(f);
    f->pMethods = m->system;
    int closed = m->system->xClose(f);
    free(m->kept.p);
    free(m);
    return code == SQLITE_OK ? closed : code;
}

static int db_control(sqlite3_file *f, int op, void *arg)
{
    struct methods *m = methods_of(f);
    if (op != FCNTL_GATHER)
        return m->system->xFileControl(f, op, arg);
    m->gather = *(const bool *)arg;
    return SQLITE_OK;
}

static sqlite3_vfs *system_of(sqlite3_vfs *ours)
{
    return ours->pAppData;
}

/* Other files than the database and its log are the system's alone. */
static int open_file(sqlite3_vfs *ours, sqlite3_filename path, sqlite3_file *f, int flags,
                     int *got)
{
    int code = system_of(ours)->xOpen(system_of(ours), path, f, flags, got);
    bool is_log = flags & SQLITE_OPEN_WAL;
    if (code != SQLITE_OK || !f->pMethods || !(is_log || flags & SQLITE_OPEN_MAIN_DB))
        return code;
    struct methods *m = must_alloc(sizeof *m);
    m->is = *f->pMethods;
    m->system = f->pMethods;
    m->is.xClose = close_file;
    if (is_log) {
        m->of_db = methods_of(sqlite3_database_file_object(path));
        m->kept.p = must_room(WAL_KEPT_MAX);
        m->is.xWrite = log_write;
        m->is.xRead = log_read;
        m->is.xSync = log_sync;
        m->is.xTruncate = log_truncate;
        m->is.xFileSize = log_size;
    } else {
        m->is.xFileControl = db_control;
    }
    f->pMethods = &m->is;
    return code;
}

const char *wal_vfs(void)
{
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    if (sqlite3_vfs_find(name))
        return name;
    if (!system)
        return NULL;
    sqlite3_vfs *ours = must_alloc(sizeof *ours); /* SQLite's, until the process ends */
    *ours = *system;
    ours->pNext = NULL;
    ours->zName = name;
    ours->pAppData = system;
    ours->xOpen = open_file;
    return sqlite3_vfs_register(ours, 0) == SQLITE_OK ? name : NULL;
}

int wal_gather(sqlite3 *db, bool gather)
{
    return sqlite3_file_control(db, "main", FCNTL_GATHER, &gather);
}
