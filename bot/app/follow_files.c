#include "app/file_name.h"
#include "app/follow_inside.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"

enum { TRIES_MAX = 5, FIRST_PAUSE_MS = 2000, MB = 1024 * 1024 };

struct news_file *news_files_copy(struct arena *a, const struct news_file *v, size_t n)
{
    struct news_file *out = arena_alloc(a, MAX(n, 1) * sizeof *out);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct news_file){.key = arena_str(a, v[i].key),
                                    .name = arena_str(a, v[i].name),
                                    .type = arena_str(a, v[i].type),
                                    .problem = arena_str(a, v[i].problem),
                                    .size = v[i].size};
    return out;
}

static void told_files_arena(struct told_later *n)
{
    if (!n->arena)
        n->arena = arena_new();
}

void told_files_set(struct told_later *n, const struct desk_reply *r)
{
    size_t most = MIN(r->n_files, (size_t)FILES_MAX);
    if (most == 0)
        return;
    told_files_arena(n);
    n->files = arena_alloc(n->arena, most * sizeof *n->files);
    n->news = arena_alloc(n->arena, most * sizeof *n->news);
    for (; n->n_files < most; n->n_files++) {
        const struct desk_file *from = &r->files[n->n_files];
        struct told_file *f = &n->files[n->n_files];
        *f = (struct told_file){
            .id = arena_str(n->arena, from->id), .size = from->size, .in = {.fd = -1}};
        f->name = f->news.name = file_name_clean(n->arena, from->name, NULL);
        n->news[n->n_files] = f->news;
    }
}

static void file_is_here(struct told_later *n, struct told_file *f,
                         const struct file_type *type, str name)
{
    f->done = true;
    f->news = (struct news_file){.key = arena_str(n->arena, str_c(f->in.key)),
                                 .name = file_name_clean(n->arena, name, type),
                                 .type = str_c(type->mime),
                                 .size = f->in.look.size};
    n->news[f - n->files] = f->news;
}

void told_file_arrived(struct told_later *n, struct file_arrived *file)
{
    told_files_arena(n);
    n->files = arena_alloc(n->arena, sizeof *n->files);
    n->news = arena_alloc(n->arena, sizeof *n->news);
    n->n_files = 1;
    n->files[0].in = file->in;
    file_is_here(n, &n->files[0], file->type, file->name);
    file->in = (struct file_in){.fd = -1};
}

void told_files_done(struct told_later *n, bool keep)
{
    for (size_t i = 0; i < n->n_files; i++) {
        struct file_in *in = &n->files[i].in;
        if (keep)
            file_in_keep(in);
        else if (in->files)
            file_in_done(in);
    }
    if (!keep)
        arena_free(n->arena);
    n->arena = keep ? n->arena : NULL;
}

/* --- fetching --- */

static struct told_file *next_file(struct told_later *n)
{
    for (size_t i = 0; i < n->n_files; i++)
        if (!n->files[i].done)
            return &n->files[i];
    return NULL;
}

static void give_up(struct followed *k, struct told_file *f, const char *problem)
{
    struct told_later *n = k->first;
    log_warn("follow: receipt=%.*s a file of a reply is not passed on: %s",
             STR_ARG(k->t.receipt), problem);
    if (f->in.files)
        file_in_done(&f->in);
    f->done = true;
    f->news.problem = str_c(problem);
    n->news[f - n->files] = f->news;
}

static void fetched(struct followed *k, struct told_file *f)
{
    const struct file_type *type;
    enum rc rc = file_in_read_back(&f->in);
    if (rc)
        give_up(k, f, rc == RC_LIMIT ? "too_large" : "lost");
    else if (file_in_judge(&f->in, &type))
        give_up(k, f, "type");
    else
        file_is_here(k->first, f, type, f->name);
}

static void got_file(void *ctx, const struct desk_result *r)
{
    struct followed *k = ctx;
    struct told_file *f = next_file(k->first);
    bool again = r->end == DESK_RETRY || r->end == DESK_UNCLEAR;
    k->fetching = false;
    if (r->end == DESK_DONE) {
        fetched(k, f);
    } else if (again && ++f->tries < TRIES_MAX) {
        k->fetch_ms = clock_mono_ms() + ((int64_t)FIRST_PAUSE_MS << (f->tries - 1));
        file_in_done(&f->in);
    } else {
        give_up(k, f, r->too_large ? "too_large" : "lost");
    }
    follow_tell_next(k);
    follow_wake(k->follow);
}

/* What needs no asking. */
static const char *known_problem(const struct followed *k, const struct told_file *f)
{
    const struct files *to = k->follow->c.files;
    if (k->t.closed)
        return "private"; /* nothing of it is kept */
    if (!to || to->settings->attachment_mb == 0)
        return "lost";
    return f->size > to->settings->attachment_mb * MB ? "too_large" : NULL;
}

static void ask(struct followed *k, struct told_file *f)
{
    struct follow *to = k->follow;
    struct arena *a = k->first->arena;
    k->fetch = (struct desk_op){.type = DESK_FETCH,
                                .external = arena_str(a, k->t.external),
                                .event = k->first->event,
                                .file = {.id = f->id, .name = f->name},
                                .to = f->in.fd,
                                .most = to->c.files->settings->attachment_mb * MB};
    k->fetching = true;
    to->c.desk->do_op(to->c.desk_self, &k->fetch, got_file, k);
}

bool follow_fetch(struct followed *k)
{
    struct told_file *f;
    if (k->fetching || k->fetch_ms > clock_mono_ms())
        return true;
    k->fetch_ms = 0;
    while ((f = next_file(k->first))) {
        const char *problem = known_problem(k, f);
        if (!problem && file_in_open(&f->in, k->follow->c.files) == RC_OK) {
            ask(k, f);
            return true;
        }
        give_up(k, f, problem ? problem : "lost");
    }
    return false;
}
