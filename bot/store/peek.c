#include "store/peek.h"

#include <unistd.h>

#include "store/reader.h"

enum rc peek_unanswered(str path, struct arena *a, size_t max,
                        struct store_unanswereds *out)
{
    *out = (struct store_unanswereds){0};
    str name = arena_str(a, path);
    if (access(name.p, F_OK) != 0)
        return RC_NOT_FOUND;
    struct reader r;
    enum rc rc = reader_open(&r, name.p);
    sqlite3_stmt *st = rc == RC_OK ? r.statements[READ_UNANSWERED] : NULL;
    int code = SQLITE_OK;
    if (st)
        code = sqlite3_bind_int64(st, 1, (int64_t)max);
    while (st && code != SQLITE_DONE && rc == RC_OK) {
        code = sqlite3_step(st);
        if (code == SQLITE_ROW)
            record_read(&record_unanswered, st, a, arena_push(a, &out->list));
        else if (code != SQLITE_DONE)
            rc = db_rc(code);
    }
    reader_close(&r);
    return rc;
}
