#include "store/insert.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/log.h"
#include "store/record.h"

enum { PATH_LENGTH_MAX = 4096 };

/* The statements that insert a record of the same place. */
static const struct record *const records[INSERT_WIPE] = {
    [INSERT_CONVERSATION] = &record_conversation,
    [INSERT_TURN] = &record_turn,
    [INSERT_EFFECT] = &record_effect,
    [INSERT_TICKET] = &record_ticket,
    [INSERT_FEEDBACK] = &record_feedback,
    [INSERT_COUNT] = &record_count,
    [INSERT_HELPED] = &record_helped,
    [INSERT_UNANSWERED] = &record_unanswered,
    [INSERT_PLACE] = &record_place,
    [INSERT_RECEIVED] = &record_received,
    [INSERT_MARK] = &record_mark,
    [INSERT_STEP] = &record_effect_step,
    [INSERT_END] = &record_effect_end,
    [INSERT_NEWS] = &record_ticket_news,
    [INSERT_FILE] = &record_file,
    [INSERT_GONE] = &record_gone,
};

int insert_open(struct insert *in, sqlite3 *db)
{
    *in = (struct insert){.db = db};
    int code = db_prepare(db, "UPDATE effect SET payload = '' WHERE id = ?1",
                          &in->statements[INSERT_WIPE]);
    if (code == SQLITE_OK)
        code = db_prepare(db, "UPDATE turn SET session = '' WHERE id = ?1",
                          &in->statements[INSERT_WIPE_SESSION]);
    for (size_t i = 0; i < INSERT_WIPE && code == SQLITE_OK; i++)
        code = db_prepare(db, records[i]->insert, &in->statements[i]);
    return code;
}

void insert_close(struct insert *in)
{
    for (size_t i = 0; i < INSERT_STATEMENTS; i++)
        sqlite3_finalize(in->statements[i]);
}

static int rows(struct insert *in, enum insert_statement which, const void *v, size_t n)
{
    int code = SQLITE_OK;
    const struct record *r = records[which];
    for (size_t i = 0; v && i < n && code == SQLITE_OK; i++) {
        code = record_bind(r, (const char *)v + i * r->size, in->statements[which]);
        if (code == SQLITE_OK)
            code = db_run(in->statements[which]);
    }
    return code;
}

/* News about a ticket that retention has deleted meanwhile is forgotten as well. */
static int tickets(struct insert *in, const struct store_job *job)
{
    int code = SQLITE_OK;
    for (size_t i = 0; i < job->n_tickets && code == SQLITE_OK; i++) {
        code = rows(in, INSERT_TICKET, &job->tickets[i], 1);
        if (code == SQLITE_CONSTRAINT &&
            sqlite3_extended_errcode(in->db) == SQLITE_CONSTRAINT_FOREIGNKEY) {
            log_warn("store: ticket without its effect=%lld left out",
                     (long long)job->tickets[i].effect);
            code = SQLITE_OK;
        }
    }
    return code;
}

/* The bytes first: a row whose file is not there after a power cut would be a promise. */
static int sync_file(str path)
{
    char name[PATH_LENGTH_MAX];
    if (path.n == 0)
        return SQLITE_OK;
    if (path.n >= sizeof name)
        return SQLITE_CANTOPEN;
    memcpy(name, path.p, path.n);
    name[path.n] = '\0';
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return SQLITE_CANTOPEN;
    int failed = fsync(fd);
    close(fd);
    return failed ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int files(struct insert *in, const struct store_job *job)
{
    int code = SQLITE_OK;
    for (size_t i = 0; i < job->n_files && code == SQLITE_OK; i++)
        code = sync_file(job->files[i].path);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_FILE, job->files, job->n_files);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_GONE, job->gone, job->n_gone);
    return code;
}

static int wipe(struct insert *in, enum insert_statement which, int64_t id)
{
    sqlite3_stmt *s = in->statements[which];
    int code = sqlite3_bind_int64(s, 1, id);
    return code == SQLITE_OK ? db_run(s) : code;
}

void insert_begin(struct insert *in)
{
    in->n_tally = 0;
}

int insert_end(struct insert *in)
{
    int code = SQLITE_OK;
    sqlite3_stmt *s = in->statements[INSERT_COUNT];
    for (size_t i = 0; i < in->n_tally && code == SQLITE_OK; i++) {
        code = record_bind(&record_count, in->tally[i].of, s);
        if (code == SQLITE_OK)
            code = sqlite3_bind_int64(s, (int)record_count.n + 1, in->tally[i].n);
        if (code == SQLITE_OK)
            code = db_run(s);
    }
    in->n_tally = 0;
    return code;
}

static bool counts_same(const struct store_count *x, const struct store_count *y)
{
    return x->day == y->day && str_eq(x->intent, y->intent) &&
        str_eq(x->outcome, y->outcome) && str_eq(x->lang, y->lang) &&
        str_eq(x->unit, y->unit);
}

static int count(struct insert *in, const struct store_count *of)
{
    if (!of)
        return SQLITE_OK;
    for (size_t i = 0; i < in->n_tally; i++)
        if (counts_same(in->tally[i].of, of)) {
            in->tally[i].n++;
            return SQLITE_OK;
        }
    int code = in->n_tally == INSERT_TALLY_MAX ? insert_end(in) : SQLITE_OK;
    in->tally[in->n_tally].of = of;
    in->tally[in->n_tally++].n = 1;
    return code;
}

int insert_job(struct insert *in, const struct store_job *job)
{
    int code = rows(in, INSERT_CONVERSATION, job->conversation, 1);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_TURN, job->turn, 1);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_EFFECT, job->effects, job->n_effects);
    if (code == SQLITE_OK)
        code = tickets(in, job);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_STEP, job->step, 1);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_END, job->end, 1);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_NEWS, job->news, 1);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_FEEDBACK, job->feedback, 1);
    if (code == SQLITE_OK)
        code = count(in, job->count);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_HELPED, job->helped, 1);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_UNANSWERED, job->unanswered, 1);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_PLACE, job->place, 1);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_RECEIVED, job->received, job->n_received);
    if (code == SQLITE_OK)
        code = rows(in, INSERT_MARK, job->mark, 1);
    if (code == SQLITE_OK)
        code = files(in, job);
    if (code == SQLITE_OK && job->delete_effect_payload)
        code = wipe(in, INSERT_WIPE, job->delete_effect_payload);
    if (code == SQLITE_OK && job->wipe_session)
        code = wipe(in, INSERT_WIPE_SESSION, job->wipe_session);
    return code;
}
