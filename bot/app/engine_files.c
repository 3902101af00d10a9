#include "app/engine_files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/engine_inside.h"
#include "app/file_name.h"
#include "app/resume.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "dialogue/fill.h"
#include "dialogue/say.h"

struct upload {
    struct engine *engine;
    struct upload *before, *after; /* in engine->uploads */
    struct arena *arena;
    struct upload_conf c;
    int64_t conversation;
    enum lang lang;
    struct file_in in;
    bool unwanted; /* not written: the turn will say why */
    const struct file_type *type;
    str name; /* clean */
};

/* --- the list --- */

static struct upload *upload_new(struct engine *e, const struct upload_conf *c,
                                 const struct conversation *of)
{
    struct arena *a = arena_new();
    struct upload *u = arena_alloc(a, sizeof *u);
    *u = (struct upload){.engine = e,
                         .after = e->uploads,
                         .arena = a,
                         .c = *c,
                         .conversation = of->id,
                         .lang = of->wished,
                         .in = {.fd = -1}};
    u->c.id = arena_str(a, c->id);
    u->c.name = arena_str(a, c->name);
    u->name = file_name_clean(a, c->name, NULL);
    if (u->after)
        u->after->before = u;
    e->uploads = u;
    return u;
}

static void upload_free(struct upload *u)
{
    *(u->before ? &u->before->after : &u->engine->uploads) = u->after;
    if (u->after)
        u->after->before = u->before;
    file_in_done(&u->in);
    arena_free(u->arena);
}

struct store_file upload_row(const struct upload *u, struct arena *a)
{
    return (struct store_file){
        .key = arena_str(a, str_c(u->in.key)),
        .name = arena_str(a, u->name),
        .type = u->type ? str_c(u->type->mime) : STR(""),
        .size = u->in.look.size,
        .path = files_path(a, u->engine->c.settings, str_c(u->in.key)),
    };
}

/* --- words --- */

static str taken_types(struct arena *a, str words)
{
    struct buf b = buf_new(a, 256);
    while (words.n > 0) {
        str w = str_trim(str_cut(&words, ' '));
        if (w.n > 0 && b.n > 0)
            buf_put(&b, STR(", "));
        buf_put(&b, w);
    }
    return buf_str(&b);
}

str upload_text(struct arena *a, const struct engine *e, enum upload_code code,
                enum lang l)
{
    static const enum say words[] = {
        [UPLOAD_TAKEN] = SAY_FILE_KEPT,
        [UPLOAD_REPEATED] = SAY_FILE_KEPT,
        [UPLOAD_REFUSED] = SAY_FILE_OFF,
        [UPLOAD_OFF] = SAY_FILE_OFF,
        [UPLOAD_CONVERSATION] = SAY_FILE_CONVERSATION,
        [UPLOAD_TOO_BIG] = SAY_FILE_TOO_BIG,
        [UPLOAD_TYPE] = SAY_FILE_TYPE,
        [UPLOAD_EMPTY] = SAY_FILE_EMPTY,
        [UPLOAD_NO_ROOM] = SAY_FILE_NO_ROOM,
        [UPLOAD_STORAGE] = SAY_FILE_STORAGE,
        [UPLOAD_CONFLICT] = SAY_FILE_CONFLICT,
        [UPLOAD_BUSY] = SAY_FILE_BUSY,
    };
    const struct settings *s = e->c.settings;
    const struct value v[] = {
        {.slot = STR("n"), .shown = arena_fmt(a, "%lld", (long long)s->attachment_mb)},
        {.slot = STR("types"), .shown = taken_types(a, s->attachment_types)}};
    struct fill_values f = {.lang = l, .values = v, .n_values = LEN(v)};
    return fill(a, say(words[code], l), FILL_MARKDOWN, &f, NULL);
}

/* --- the turn is asked --- */

static void read_tickets(struct engine *e, struct arena *a, const struct conversation *c,
                         struct event *ev)
{
    struct store_tickets rows;
    enum rc rc = ev->person ? store_read_tickets(e->c.store, a, ev->person->id, &rows)
                            : store_read_tickets_in(e->c.store, a, c->id, &rows);
    if (rc)
        return; /* logged; there are none then */
    struct own_ticket *own = arena_alloc(a, MAX(rows.list.n, 1) * sizeof *own);
    for (size_t i = 0; i < rows.list.n; i++) {
        const struct store_ticket *t = &rows.list.v[i];
        own[i] = (struct own_ticket){.receipt = t->receipt,
                                     .open = !ticket_is_over(t->status),
                                     .here = t->conversation == c->id,
                                     .no_files = t->no_files || t->closed};
    }
    ev->tickets = own;
    ev->n_tickets = rows.list.n;
}

static int files_most(const struct engine *e)
{
    const struct desk *d = e->c.desk;
    bool takes = d->takes_files && d->takes_files(e->c.desk_self);
    return takes ? (int)e->c.settings->attachment_count : 0;
}

static void fill_event(struct engine *e, struct arena *a, const struct conversation *c,
                       str name, struct event *ev)
{
    ev->name = name;
    ev->files_most = files_most(e);
    read_tickets(e, a, c, ev);
}

static bool takes(const struct outcome *o)
{
    for (size_t i = 0; i < o->effects.n; i++)
        if (o->effects.v[i].type == EFFECT_FILE)
            return true;
    return false;
}

/* Would the turn take a file now? On a copy: nothing comes of it. */
static bool is_welcome(struct engine *e, struct conversation *c, str name)
{
    struct arena *a = engine_take_arena(e);
    struct session *s = session_read(a, (str){c->session, c->session_len});
    int64_t now = clock_wall_ms();
    struct outcome o;
    struct event ev = {.type = EVENT_FILE,
                       .at_ms = now,
                       .turn = s->turns + 1,
                       .person =
                           c->person[0] ? people_find(e->people, str_c(c->person)) : NULL,
                       .lang = c->wished};
    ev.today = clock_local(now, &ev.minutes);
    fill_event(e, a, c, name, &ev);
    turn(&e->content->brain, s, &ev, a, &o);
    bool ok = takes(&o);
    engine_give_arena(e, a);
    return ok;
}

void engine_files_event(struct engine *e, const struct queued *q, struct event *ev,
                        struct job *j)
{
    if (q->upload)
        fill_event(e, j->arena, j->c, arena_str(j->arena, q->upload->name), ev);
    if (q->type == EVENT_NOT_TOLD)
        ev->file = arena_str(j->arena, q->file);
    if (q->type == EVENT_AGENT) {
        j->news_files = news_files_copy(j->arena, q->files, q->n_files);
        j->n_news_files = q->n_files;
        ev->brings = q->n_files > 0;
    }
}

/* What was not written because the turn would not take it, and now it would: as if the
 * turn had not been. */
void engine_files_adjust(struct engine *e, struct job *j)
{
    (void)e;
    if (!j->upload || !j->upload->unwanted || !takes(&j->outcome))
        return;
    enum lang l = j->outcome.lang;
    j->outcome = (struct outcome){.kind = OUTCOME_NOTHING, .lang = l};
    j->session = session_read(j->arena, (str){j->c->session, j->c->session_len});
    struct reply *r = arena_push(j->arena, &j->outcome.replies);
    *r = (struct reply){.text = say(SAY_FILE_BUSY, l)};
}

/* --- the way in --- */

enum upload_code upload_begin(struct engine *e, const struct upload_conf *c,
                              struct upload **out)
{
    static const enum upload_code codes[] = {
        [RC_OK] = UPLOAD_TAKEN, [RC_LIMIT] = UPLOAD_NO_ROOM, [RC_IO] = UPLOAD_STORAGE};
    struct arena *a = engine_take_arena(e);
    struct conversation *of = NULL;
    enum rc rc =
        resume_find(&e->conversations, e->c.store, a, c->person, c->conversation, &of);
    engine_give_arena(e, a);
    if (e->c.settings->attachment_mb == 0)
        return UPLOAD_OFF;
    if (rc || !of)
        return rc ? UPLOAD_STORAGE : UPLOAD_CONVERSATION;
    struct upload *u = upload_new(e, c, of);
    u->unwanted = !is_welcome(e, of, u->name);
    rc = u->unwanted ? RC_OK : file_in_open(&u->in, &e->files);
    if (rc) {
        upload_free(u);
        return codes[rc];
    }
    *out = u;
    return UPLOAD_TAKEN;
}

enum upload_code upload_put(struct upload *u, str bytes)
{
    if (u->unwanted)
        return UPLOAD_TAKEN;
    enum rc rc = file_in_put(&u->in, bytes);
    if (rc == RC_OK)
        return UPLOAD_TAKEN;
    if (rc != RC_LIMIT)
        log_err("files: an upload could not be written to disk");
    upload_free(u);
    return rc == RC_LIMIT ? UPLOAD_TOO_BIG : UPLOAD_STORAGE;
}

void upload_cancel(struct upload *u)
{
    upload_free(u);
}

/* Ends it: the caller of upload_begin is told. */
static void answer(struct upload *u, enum upload_code code, str text)
{
    struct upload_answer r = {
        .code = code,
        .text = text.n ? text : upload_text(u->arena, u->engine, code, u->lang),
        .name = u->name,
        .type = u->type ? str_c(u->type->mime) : STR(""),
        .size = u->in.look.size};
    if (code <= UPLOAD_REPEATED)
        u->engine->counts.files_taken++;
    else
        u->engine->counts.files_refused++;
    u->c.done(u->c.ctx, &r);
    upload_free(u);
}

/* What tells a repetition of the upload from another one with its id. */
static str fingerprint(struct upload *u)
{
    return arena_fmt(u->arena, "file %016llx %lld", (unsigned long long)u->in.hash,
                     (long long)u->in.look.size);
}

/* The same id before: in hand, or answered. UPLOAD_TAKEN: it is new. */
static enum upload_code look_for(struct upload *u, const struct conversation *c, str text)
{
    struct engine *e = u->engine;
    if (c->pending && str_eq(c->pending->client_id, u->c.id))
        return UPLOAD_BUSY;
    for (const struct queued *q = c->first; q; q = q->next)
        if (str_eq(q->id, u->c.id))
            return UPLOAD_BUSY;
    unsigned same = conversation_recent(c, u->c.id);
    if (same)
        return c->recent[__builtin_ctz(same)].text_hash == text_hash(e->text_key, text)
            ? UPLOAD_REPEATED
            : UPLOAD_CONFLICT;
    return c->n_queued >= QUEUED_MAX ? UPLOAD_BUSY : UPLOAD_TAKEN;
}

void upload_end(struct upload *u)
{
    struct engine *e = u->engine;
    struct arena *a = engine_take_arena(e);
    struct conversation *c = NULL;
    enum rc rc = resume_fetch(&e->conversations, e->c.store, a, u->conversation, &c);
    engine_give_arena(e, a);
    enum upload_code code = rc ? UPLOAD_STORAGE : !c ? UPLOAD_CONVERSATION : UPLOAD_TAKEN;
    str text = fingerprint(u);
    if (code == UPLOAD_TAKEN && !u->unwanted) {
        if (u->in.look.size == 0)
            code = UPLOAD_EMPTY;
        else if (file_in_judge(&u->in, &u->type))
            code = UPLOAD_TYPE;
        else
            u->name = file_name_clean(u->arena, u->c.name, u->type);
    }
    if (code == UPLOAD_TAKEN)
        code = look_for(u, c, text);
    if (code != UPLOAD_TAKEN) {
        answer(u, code, STR_NONE);
        return;
    }
    struct queued *q = queued_new(EVENT_FILE, NULL, u->c.id, text);
    q->upload = u;
    c->at_place = false;
    engine_submit(e, c, q);
}

void engine_files_ended(struct engine *e, struct job *j, enum rc rc)
{
    struct upload *u = j->upload;
    e->counts.files_came += rc == RC_OK ? j->n_news_files : 0;
    for (size_t i = 0; i < j->n_gone && rc == RC_OK; i++)
        files_unlink(&e->files, j->gone[i].key, j->gone_size[i]);
    if (!u)
        return;
    const struct outcome *o = &j->outcome;
    str said = o->replies.n > 0 ? o->replies.v[0].text : STR_NONE;
    u->lang = o->lang;
    if (rc) {
        answer(u, rc == RC_BUSY ? UPLOAD_BUSY : UPLOAD_STORAGE, STR_NONE);
    } else if (j->n_files == 0) {
        answer(u, UPLOAD_REFUSED, said);
    } else {
        file_in_keep(&u->in);
        answer(u, UPLOAD_TAKEN, said);
    }
}

/* --- the way out --- */

enum rc engine_file_open(struct engine *e, struct arena *a, str person, str key,
                         struct store_file *out, int *fd)
{
    enum rc rc = random_is_key(key) && key.n == FILE_KEY_LEN
        ? store_read_file(e->c.store, a, key, out)
        : RC_NOT_FOUND;
    if (rc)
        return rc;
    if (!out->from_desk || !str_eq(out->person, person) ||
        out->expires_ms < clock_wall_ms())
        return RC_NOT_FOUND;
    *fd = files_get(&e->files, key);
    return *fd < 0 ? RC_NOT_FOUND : RC_OK;
}

static enum rc copy_in(int from, struct file_in *in)
{
    char room[16 * 1024];
    enum rc rc = RC_OK;
    ssize_t n = 1;
    while (rc == RC_OK && (n = read(from, room, sizeof room)) > 0)
        rc = file_in_put(in, (str){room, (size_t)n});
    return rc == RC_OK && n < 0 ? RC_IO : rc;
}

enum rc engine_file_arrive(struct engine *e, struct arena *a, str path,
                           struct file_arrived *out)
{
    struct stat st;
    *out = (struct file_arrived){.in = {.fd = -1}};
    int from = open(arena_str(a, path).p, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (from < 0)
        return RC_NOT_FOUND;
    enum rc rc = fstat(from, &st) || !S_ISREG(st.st_mode)
        ? RC_NOT_FOUND
        : file_in_open(&out->in, &e->files);
    if (rc == RC_OK)
        rc = copy_in(from, &out->in);
    if (rc == RC_OK)
        rc = file_in_judge(&out->in, &out->type);
    close(from);
    if (rc)
        file_in_done(&out->in);
    else
        out->name = file_name_clean(a, path, out->type);
    return rc;
}

/* --- the end of a file --- */

static void forget(struct engine *e, const struct store_file *f)
{
    struct store_gone gone = {f->key};
    struct store_job j = {.gone = &gone, .n_gone = 1};
    files_unlink(&e->files, f->key, f->size);
    if (store_put(e->c.store, &j))
        log_debug("files: a row stays for the next sweep");
}

static bool find_row(struct engine *e, struct arena *a, const struct store_effect *x,
                     struct store_file *out)
{
    struct store_files rows;
    if (store_read_files(e->c.store, a, x->conversation, &rows))
        return false;
    for (size_t i = 0; i < rows.list.n; i++)
        if (rows.list.v[i].effect == x->id) {
            *out = rows.list.v[i];
            return true;
        }
    return false;
}

void engine_file_delivered(struct engine *e, const struct store_effect *x, bool failed)
{
    struct arena *a = engine_take_arena(e);
    struct store_file f;
    if (!failed && !e->c.desk->keeps_text && find_row(e, a, x, &f))
        forget(e, &f);
    engine_give_arena(e, a);
}

str engine_file_name(struct engine *e, struct arena *a, const struct store_effect *x)
{
    struct store_file f;
    return str_eq(x->kind, STR("file")) && find_row(e, a, x, &f) ? f.name : STR_NONE;
}

/* A dead letter keeps its file: it may be sent again. */
static bool is_over(struct engine *e, struct arena *a, const struct store_file *f)
{
    struct store_effect x;
    if (f->effect == 0)
        return f->expires_ms < clock_wall_ms();
    enum rc rc = store_read_effect(e->c.store, a, f->effect, &x);
    if (rc)
        return rc == RC_NOT_FOUND;
    return x.state == EFFECT_DROPPED ||
        (x.state == EFFECT_DONE && !e->c.desk->keeps_text);
}

void engine_files_sweep(struct engine *e)
{
    struct arena *a = arena_new();
    struct store_files rows;
    if (store_read_files(e->c.store, a, 0, &rows))
        rows.list.n = 0;
    for (size_t i = 0; i < rows.list.n; i++)
        if (is_over(e, a, &rows.list.v[i]))
            forget(e, &rows.list.v[i]);
    arena_free(a);
}

void engine_files_start(struct engine *e)
{
    e->files_arena = arena_new();
    if (files_open(&e->files, e->files_arena, e->c.settings, e->c.store))
        log_warn("files: nothing can be attached");
}

void engine_files_stop(struct engine *e)
{
    while (e->uploads) {
        e->uploads->in.kept =
            true; /* its row may have been stored: the next start knows */
        upload_free(e->uploads);
    }
    arena_free(e->files_arena);
}
