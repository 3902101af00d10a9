/* Time-outs of WebSockets, in two queues looked at every tick. In each, everybody waits
 * equally long, so the queue is in the order of `due` and only its head is looked at: the
 * cost does not grow with the number of connections, and a message costs one store. */
#include "net/serve.h"

enum { LOOKS = 8 }; /* a silent connection is looked at this often before it is closed */

static void append(struct ws_list *l, struct ws *w)
{
    w->before = l->last;
    w->after = NULL;
    *(l->last ? &l->last->after : &l->first) = w;
    l->last = w;
}

static void take(struct ws_list *l, struct ws *w)
{
    *(w->before ? &w->before->after : &l->first) = w->after;
    *(w->after ? &w->after->before : &l->last) = w->before;
}

static void look_later(struct ws *w)
{
    struct server *s = w->server;
    w->due = s->now + MAX(s->idle_ticks / LOOKS, 1U);
    append(&s->idle, w);
}

void sweep_add(struct ws *w)
{
    w->heard = w->server->now;
    look_later(w);
}

void sweep_close(struct ws *w)
{
    if (w->closing)
        return;
    take(&w->server->idle, w);
    w->closing = true;
    w->due = w->server->now + ticks(SERVER_CLOSE_MS);
    append(&w->server->closing, w);
}

void sweep_remove(struct ws *w)
{
    take(w->closing ? &w->server->closing : &w->server->idle, w);
}

static void look(struct ws *w)
{
    struct server *s = w->server;
    uint32_t silent = s->now - w->heard;
    take(&s->idle, w);
    look_later(w);
    if (w->paused) { /* cannot be heard: our doing, not the peer's */
        w->heard = s->now;
    } else if (silent >= s->idle_ticks) {
        ws_close(w, 1001, "idle");
    } else if (silent < s->idle_ticks / 2) {
        w->pinged = false;
    } else if (!w->pinged && w->open) {
        w->pinged = w->ping = true;
        lws_callback_on_writable(w->wsi);
    }
}

void sweep(struct server *s)
{
    while (s->idle.first && tick_reached(s->now, s->idle.first->due))
        look(s->idle.first);
    while (s->closing.first && tick_reached(s->now, s->closing.first->due))
        ws_kill(s->closing.first);
    for (struct request *r = s->requests, *after; r; r = after) {
        after = r->after;
        if (r->wsi && r->phase != PHASE_ASKED && tick_reached(s->now, r->due)) {
            r->due = s->now + ticks(SERVER_CLOSE_MS); /* lws may still flush */
            lws_set_timeout(r->wsi, PENDING_TIMEOUT_HTTP_CONTENT, LWS_TO_KILL_SYNC);
            after = s->requests; /* r is gone, perhaps with others */
        }
    }
}
