#include "app/engine_files.h"
#include "app/job.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "dialogue/say.h"
#include "text/redact.h"

enum {
    KEY_LEN = 20,
    PAYLOAD_MAX = 16 * 1024,
    HOUR_MS = 3600 * 1000,
};

static str payload(struct job *j, int64_t ticket, str receipt, const struct store_file *f)
{
    const struct person *p = j->event.person;
    bool en = j->outcome.lang == LANG_EN;
    struct buf b = buf_new(j->arena, PAYLOAD_MAX);
    buf_char(&b, '{');
    buf_json_int(&b, "ticket", ticket);
    buf_json_member(&b, "receipt", receipt);
    buf_json_member(&b, "body",
                    arena_fmt(j->arena, "%.*s: %s %.*s",
                              STR_ARG(p        ? p->name
                                          : en ? STR("Employee")
                                               : STR("Medewerker")),
                              en ? "file" : "bestand", STR_ARG(f->name)));
    buf_json_member(&b, "lang", str_c(lang_code(j->outcome.lang)));
    buf_json_member(&b, "file", f->key);
    buf_json_member(&b, "file_name", f->name);
    buf_json_member(&b, "file_type", f->type);
    buf_json_int(&b, "file_size", f->size);
    buf_char(&b, '}');
    return buf_str(&b);
}

/* The row that takes the file to the ticket which the effect `ticket` opened, or opens.
 */
static void send_file(struct job *j, struct store_file *f, int64_t ticket, str receipt,
                      struct store *store, const struct settings *s)
{
    int64_t now = j->event.at_ms;
    f->effect = store_next_effect(store);
    j->effects[j->n_effects++] =
        (struct store_effect){.id = f->effect,
                              .conversation = j->c->id,
                              .turn = j->turn_id,
                              .key = random_key(j->arena, KEY_LEN),
                              .kind = STR("file"),
                              .target = STR("desk"),
                              .reply_to = j->client_id,
                              .payload = payload(j, ticket, receipt, f),
                              .state = EFFECT_PENDING,
                              .created_ms = now,
                              .next_ms = now,
                              .deadline_ms = now + s->give_up_hours * HOUR_MS};
}

void job_file_take(struct job *j, const struct effect *x, struct store *store,
                   const struct settings *s)
{
    struct store_ticket t;
    if (!j->upload || j->n_files == FILES_MAX || j->n_effects == EFFECTS_MAX)
        return;
    struct store_file *f = &j->files[j->n_files];
    *f = upload_row(j->upload, j->arena);
    f->conversation = j->c->id;
    f->person = str_c(j->c->person);
    f->created_ms = j->event.at_ms;
    f->expires_ms = j->event.at_ms + s->attachment_hours * HOUR_MS;
    if (x->receipt.n > 0) {
        if (!job_find_ticket(j, store, x->receipt, &t)) {
            log_err("files: receipt=%.*s a file for it has no ticket",
                    STR_ARG(x->receipt));
            return;
        }
        send_file(j, f, t.effect, t.receipt, store, s);
    }
    j->n_files++;
}

void job_files_along(struct job *j, size_t opening, struct store *store,
                     const struct settings *s)
{
    struct store_files rows;
    int64_t ticket = j->effects[opening].id;
    str receipt = j->ticket_of[opening]->receipt;
    if (store_read_files(store, j->arena, j->c->id, &rows))
        return; /* logged; they wait until their time is over */
    for (size_t i = 0; i < rows.list.n; i++) {
        struct store_file *f = &rows.list.v[i];
        if (f->from_desk || f->effect > 0 || f->expires_ms < j->event.at_ms ||
            j->n_files == FILES_MAX || j->n_effects == EFFECTS_MAX)
            continue;
        send_file(j, f, ticket, receipt, store, s);
        j->files[j->n_files++] = *f;
    }
}

void job_files_drop(struct job *j, struct store *store)
{
    struct store_files rows;
    if (store_read_files(store, j->arena, j->c->id, &rows))
        return;
    for (size_t i = 0; i < rows.list.n && j->n_gone < FILES_MAX; i++) {
        const struct store_file *f = &rows.list.v[i];
        if (f->from_desk || f->effect > 0)
            continue;
        j->gone_size[j->n_gone] = f->size;
        j->gone[j->n_gone++] = (struct store_gone){f->key};
    }
}

void job_said_file(struct job *j)
{
    bool taken = false;
    for (size_t i = 0; i < j->outcome.effects.n; i++)
        taken = taken || j->outcome.effects.v[i].type == EFFECT_FILE;
    if (!taken)
        return; /* what was not kept is not shown either */
    struct store_file row = upload_row(j->upload, j->arena);
    struct frame_file f = {.name = redact(j->arena, row.name, (struct strs){0}),
                           .type = row.type,
                           .size = row.size};
    job_frame(j, frame_said(j->arena, ++j->seq, j->client_id, f.name, &f, 1), true);
}

void job_files_came(struct job *j, const struct settings *s)
{
    for (size_t i = 0; i < j->n_news_files && j->n_files < FILES_MAX; i++) {
        const struct news_file *f = &j->news_files[i];
        if (f->key.n == 0)
            continue;
        j->files[j->n_files++] = (struct store_file){
            .key = f->key,
            .conversation = j->c->id,
            .person = str_c(j->c->person),
            .from_desk = true,
            .name = f->name,
            .type = f->type,
            .size = f->size,
            .created_ms = j->event.at_ms,
            .expires_ms = j->event.at_ms + s->attachment_days * 24 * HOUR_MS,
            .path = files_path(j->arena, s, f->key)};
    }
}

static size_t frame_files(struct job *j, struct frame_file f[FILES_MAX])
{
    size_t n = 0;
    for (; n < j->n_news_files && n < FILES_MAX; n++) {
        const struct news_file *from = &j->news_files[n];
        f[n] = (struct frame_file){.name = from->name,
                                   .type = from->type,
                                   .size = from->size,
                                   .problem = from->problem};
        if (from->key.n > 0)
            f[n].url = arena_fmt(j->arena, FILES_PATH "%.*s", STR_ARG(from->key));
    }
    return n;
}

void job_frame_agent(struct job *j)
{
    struct frame_file f[FILES_MAX];
    size_t n = frame_files(j, f);
    job_frame(j, frame_agent(j->arena, ++j->seq, j->event.name, j->event.text, f, n),
              true);
}

/* Plain text: what the desk wrote is not Markdown. */
static void put_line(struct buf *b, str sentence, const char *place, str value)
{
    ptrdiff_t at = str_find(sentence, str_c(place));
    if (b->n > 0)
        buf_char(b, '\n');
    if (at < 0) {
        buf_put(b, sentence);
        return;
    }
    buf_put(b, str_sub(sentence, 0, (size_t)at));
    buf_put(b, value);
    buf_put(b, str_sub(sentence, (size_t)at + strlen(place), sentence.n));
}

static enum say why_not(str problem)
{
    return str_eq(problem, STR("too_large")) ? SAY_FILE_LOST_BIG
        : str_eq(problem, STR("type"))       ? SAY_FILE_LOST_TYPE
        : str_eq(problem, STR("private"))    ? SAY_FILE_LOST_PRIVATE
                                             : SAY_FILE_LOST;
}

str job_agent_spoken(struct job *j, enum lang l, str chat_url)
{
    struct frame_file f[FILES_MAX];
    size_t n = frame_files(j, f), here = 0;
    struct buf b = buf_new(j->arena, PAYLOAD_MAX * 2);
    buf_put(&b, j->event.text);
    for (size_t i = 0; i < n; i++) {
        here += f[i].url.n > 0;
        put_line(&b, say(f[i].url.n ? SAY_FILE_CAME : why_not(f[i].problem), l), "{name}",
                 f[i].name);
    }
    if (here > 0)
        put_line(&b, say(SAY_FILE_WHERE, l), "{where}",
                 chat_url.n ? arena_join(j->arena, STR(": "), chat_url) : STR(""));
    return frame_agent(j->arena, j->seq, j->event.name, buf_str(&b), f, n);
}

str job_files_named(struct job *j)
{
    struct buf b = buf_new(j->arena, PAYLOAD_MAX);
    for (size_t i = 0; i < j->n_news_files; i++)
        buf_fmt(&b, " (%s: %.*s)", j->outcome.lang == LANG_EN ? "file" : "bestand",
                STR_ARG(j->news_files[i].name));
    return buf_str(&b);
}
