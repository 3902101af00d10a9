#include "adapters/servicedesk/notice.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "net/mail.h"

enum { SECRET_BYTES_MAX = 4096 };

/* A mail on its way. */
struct sending {
    struct notices *notices;
    struct sending *before, *after;
    struct http_call *call;
    void (*done)(void *ctx, const struct desk_result *r);
    void *ctx;
};

struct notices {
    struct http *http;
    str server, from, to, user, password_file;
    struct sending *sendings;
};

static const str keys[] = {STR_INIT("server"), STR_INIT("from"), STR_INIT("to"),
                           STR_INIT("user"), STR_INIT("password_file")};

static void check_keys(const struct host *h, const struct yaml *y)
{
    for (size_t i = 0; i < y->n; i++) {
        bool known = false;
        for (size_t k = 0; k < LEN(keys); k++)
            known = known || str_eq(y->key[i].text, keys[k]);
        str near = known ? STR_NONE : str_nearest(y->key[i].text, keys, LEN(keys));
        if (!known)
            diag_error(h->diags, h->settings_file, y->key[i].line, y->key[i].column,
                       "unknown setting \"%.*s\"%s%.*s%s", STR_ARG(y->key[i].text),
                       near.n ? " (probably meant " : "", STR_ARG(near),
                       near.n ? ")" : "");
    }
}

static void check(const struct host *h, const struct yaml *y, const struct notices *n)
{
    const char *wrong =
        !str_starts(n->server, STR("smtp://")) && !str_starts(n->server, STR("smtps://"))
        ? "mail: server is smtp://HOST:PORT or smtps://HOST:PORT"
        : !mail_is_address(n->from) || !mail_is_address(n->to)
        ? "mail: from and to are one address each"
        : (n->user.n == 0) != (n->password_file.n == 0)
        ? "mail: user and password_file go together"
        : NULL;
    if (wrong)
        diag_error(h->diags, h->settings_file, y->line, y->column, "%s", wrong);
}

enum rc notices_start(const struct host *host, struct notices **out)
{
    const struct yaml *y = host->all ? host->all->mail : NULL;
    *out = NULL;
    if (!y)
        return RC_OK;
    size_t errors = host->diags->errors;
    struct notices *n = must_alloc(sizeof *n);
    str password = yaml_text(y, "password_file");
    *n = (struct notices){.http = host->http,
                          .server = yaml_text(y, "server"),
                          .from = yaml_text(y, "from"),
                          .to = yaml_text(y, "to"),
                          .user = yaml_text(y, "user")};
    if (password.n > 0)
        n->password_file = password.p[0] == '/'
            ? password
            : file_path(host->arena, host->folder, password);
    check_keys(host, y);
    check(host, y, n);
    if (host->diags->errors > errors) {
        free(n);
        return RC_INVALID;
    }
    *out = n;
    return RC_OK;
}

static void unlink_sending(struct sending *s)
{
    if (s->before)
        s->before->after = s->after;
    else
        s->notices->sendings = s->after;
    if (s->after)
        s->after->before = s->before;
}

void notices_stop(struct notices *n)
{
    if (!n)
        return;
    for (struct sending *s = n->sendings, *after; s; s = after) {
        after = s->after;
        http_cancel(s->call);
        free(s);
    }
    free(n);
}

static void mailed(void *ctx, const struct http_reply *reply)
{
    struct sending *s = ctx;
    bool sent = reply->end == HTTP_DONE && reply->status / 100 == 2;
    struct desk_result r = {.end = sent ? DESK_DONE : DESK_RETRY,
                            .answers = true, /* it says nothing of the inbox itself */
                            .error = sent ? STR_NONE : STR("the mail could not be sent")};
    unlink_sending(s);
    s->done(s->ctx, &r); /* may send again, or stop us */
    free(s);
}

void notices_send(struct notices *n, const struct desk_op *op,
                  void (*done)(void *ctx, const struct desk_result *r), void *ctx)
{
    struct arena *a = arena_new();
    struct sending *s = must_alloc(sizeof *s);
    str password = STR_NONE;
    bool added = str_eq(op->subject, STR("added"));
    /* a password that cannot be read is a login that fails: told and tried again */
    if (n->password_file.n > 0 &&
        file_read(a, n->password_file, SECRET_BYTES_MAX, &password))
        password = STR_NONE;
    str text = arena_fmt(
        a,
        added ? "Bij vraag %.*s is iets toegevoegd.\n\nLezen en antwoorden: balie desk "
                "tickets, balie desk answer %.*s NAAM TEKST\n"
              : "Er is een nieuwe vraag binnen: %.*s.\n\nLezen en antwoorden: balie desk "
                "tickets, balie desk answer %.*s NAAM TEKST\n",
        STR_ARG(op->receipt), STR_ARG(op->receipt));
    str subject =
        arena_fmt(a, "balie: %s %.*s%s%.*s", added ? "aanvulling op" : "nieuwe vraag",
                  STR_ARG(op->receipt), op->queue.n ? ", " : "", STR_ARG(op->queue));
    struct mail m = {.url = n->server,
                     .user = n->user,
                     .password = str_trim(password),
                     .from = n->from,
                     .to = n->to,
                     .subject = subject,
                     .text = text,
                     .id = op->key,
                     .at_ms = clock_wall_ms()};
    *s = (struct sending){.notices = n, .after = n->sendings, .done = done, .ctx = ctx};
    if (n->sendings)
        n->sendings->before = s;
    n->sendings = s;
    s->call = mail_send(n->http, &m, mailed, s);
    arena_free(a);
}
