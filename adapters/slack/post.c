#include "adapters/slack/blocks.h"
#include "adapters/slack/slack.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/log.h"

enum { HISTORY = 30, CONFIG_RETRY_MS = 30 * 1000, CHANNEL_MAX = 64 };

/* One message on its way, as one or more posts. */
struct post {
    struct slack *slack;
    struct arena *arena; /* it lies in it */
    struct posts posts;
    size_t at;  /* the next one */
    bool tried; /* something may have arrived */
    str channel, thread, key;
    void (*done)(void *ctx, const struct message_result *r);
    void *ctx;
    struct post *before, *next;
};

static void unlink_one(struct post *p)
{
    if (p->next)
        p->next->before = p->before;
    if (p->before)
        p->before->next = p->next;
    else
        p->slack->posts = p->next;
}

static void end(struct post *p, enum message_end how, str id, str error, int64_t retry_ms)
{
    struct message_result r = {how, id, error, retry_ms};
    unlink_one(p);
    p->done(p->ctx, &r);
    arena_free(p->arena);
}

static bool is_one_of(str s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, str_c(list[i])))
            return true;
    return false;
}

/* What an operator can mend is tried again; what Slack suffers from may have arrived. */
static enum message_end end_of(const struct api_result *r, int64_t *retry_ms)
{
    static const char *const theirs[] = {"internal_error", "fatal_error",
                                         "service_unavailable", "request_timeout",
                                         "team_added_to_org"};
    static const char *const ours[] = {
        "invalid_auth",  "not_authed",       "token_revoked",
        "token_expired", "account_inactive", "missing_scope",
        "no_permission", "access_denied",    "ekm_access_denied"};
    *retry_ms = r->retry_ms;
    if (r->end == API_UNCLEAR || is_one_of(r->error, theirs, LEN(theirs)))
        return MESSAGE_UNCLEAR;
    if (r->end == API_DOWN || r->end == API_LIMITED)
        return MESSAGE_RETRY;
    *retry_ms = CONFIG_RETRY_MS;
    return is_one_of(r->error, ours, LEN(ours)) ? MESSAGE_RETRY : MESSAGE_FAILED;
}

static void failed(struct post *p, const struct api_result *r)
{
    int64_t retry_ms;
    enum message_end how = end_of(r, &retry_ms);
    if (how == MESSAGE_RETRY && (p->at > 0 || p->tried))
        how = MESSAGE_UNCLEAR; /* its first parts are there */
    end(p, how, STR_NONE, r->error, retry_ms);
}

static void posted(void *ctx, const struct api_result *r);

static void send_next(struct post *p)
{
    api_call(p->slack, "chat.postMessage", p->slack->s.bot_token, p->posts.bodies[p->at],
             posted, p);
}

static void posted(void *ctx, const struct api_result *r)
{
    struct post *p = ctx;
    if (r->end != API_OK)
        failed(p, r);
    else if (++p->at < p->posts.n)
        send_next(p);
    else
        end(p, MESSAGE_SENT, json_text_of(r->body, "ts"), STR_NONE, 0);
}

/* --- did an earlier try arrive? --- */

static void searched(void *ctx, const struct api_result *r)
{
    struct post *p = ctx;
    size_t i;
    json_t *m;
    int64_t part;
    if (r->end == API_ERROR) {
        if (!p->slack->no_search)
            log_warn("slack: the history cannot be read (%.*s): after an unclear end a "
                     "message may come twice",
                     STR_ARG(r->error));
        p->slack->no_search = true;
    } else if (r->end != API_OK) {
        end(p, MESSAGE_UNCLEAR, STR_NONE, r->error, r->retry_ms);
        return;
    }
    json_array_foreach(json_object_get(r->body, "messages"), i, m)
    {
        const json_t *mark =
            json_object_get(json_object_get(m, "metadata"), "event_payload");
        if (str_eq(json_text_of(mark, "key"), p->key) &&
            str_int(json_text_of(mark, "part"), &part) == RC_OK && part >= 0)
            p->at = MAX(p->at, (size_t)part + 1);
    }
    if (p->at >= p->posts.n)
        end(p, MESSAGE_SENT, STR_NONE, STR_NONE, 0);
    else
        send_next(p);
}

static void search(struct post *p)
{
    struct arena *a = arena_new();
    str thread = p->thread.n ? arena_fmt(a, "&ts=%.*s", STR_ARG(p->thread)) : STR_NONE;
    str form = arena_fmt(a, "channel=%.*s&limit=%d&include_all_metadata=true%.*s",
                         STR_ARG(p->channel), HISTORY, STR_ARG(thread));
    api_call(p->slack, p->thread.n ? "conversations.replies" : "conversations.history",
             p->slack->s.bot_token, form, searched, p);
    arena_free(a);
}

static void opened(void *ctx, const struct api_result *r)
{
    struct post *p = ctx;
    str id = json_text_of(json_object_get(r->body, "channel"), "id");
    if (r->end != API_OK || id.n == 0 || id.n > CHANNEL_MAX) {
        searched(p,
                 r->end == API_OK
                     ? &(struct api_result){.end = API_ERROR, .error = STR("no channel")}
                     : r);
        return;
    }
    p->channel = arena_str(p->arena, id);
    search(p);
}

static void look_first(struct post *p)
{
    p->tried = true;
    if (!str_starts(p->channel, STR("U")) && !str_starts(p->channel, STR("W"))) {
        search(p);
        return;
    }
    /* a direct message to a user has a channel of its own */
    struct arena *a = arena_new();
    api_call(p->slack, "conversations.open", p->slack->s.bot_token,
             arena_fmt(a, "{\"users\":\"%.*s\"}", STR_ARG(p->channel)), opened, p);
    arena_free(a);
}

void slack_send(void *self, const struct message *m,
                void (*done)(void *ctx, const struct message_result *r), void *ctx)
{
    struct slack *s = self;
    struct arena *a = arena_new();
    struct post *p = arena_alloc(a, sizeof *p);
    *p =
        (struct post){.slack = s, .arena = a, .done = done, .ctx = ctx, .next = s->posts};
    if (p->next)
        p->next->before = p;
    s->posts = p;
    json_t *address = json_loadb(m->address.p, m->address.n, 0, NULL),
           *frame = json_loadb(m->frame.p, m->frame.n, 0, NULL);
    p->channel = arena_str(a, json_text_of(address, "channel"));
    p->thread = arena_str(a, json_text_of(address, "thread"));
    p->key = arena_str(a, m->key);
    if (frame && p->channel.n > 0)
        blocks_write(a, frame, p->channel, p->thread, p->key, &p->posts);
    json_decref(address);
    json_decref(frame);
    if (p->posts.n == 0)
        end(p, MESSAGE_FAILED, STR_NONE, STR("its row cannot be read"), 0);
    else if (m->unclear && !s->no_search)
        look_first(p);
    else
        send_next(p);
}

void slack_posts_drop(struct slack *s)
{
    while (s->posts) {
        struct post *p = s->posts;
        unlink_one(p);
        arena_free(p->arena);
    }
}
