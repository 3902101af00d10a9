#include "app/engine_inside.h"
#include "app/resume.h"
#include "base/log.h"
#include "base/str.h"

static bool is_being_told(const struct conversation *c, str receipt)
{
    const struct job *j = c->pending ? c->pending->job : NULL;
    if (j && j->event.type == EVENT_TICKET && str_eq(j->event.ticket, receipt))
        return true;
    for (const struct queued *q = c->first; q; q = q->next)
        if (q->type == EVENT_TICKET && str_eq(q->text, receipt))
            return true;
    return false;
}

void engine_ticket_ended(void *ctx, const struct store_effect *x,
                         const struct store_ticket *t, int64_t about, bool failed)
{
    struct engine *e = ctx;
    if (str_eq(x->kind, STR("file")))
        engine_file_delivered(e, x, failed);
    if (!t && failed) {
        engine_desk_not_told(e, x, about);
        return;
    }
    if (!t) {
        bool reopens = str_eq(x->kind, STR("reopen"));
        if ((reopens || str_eq(x->kind, STR("withdraw"))) &&
            follow_status(e->follow, about, reopens ? STR("open") : STR("withdrawn")))
            log_debug("desk: a ticket that is not followed any more changed");
        return;
    }
    if (failed && str_eq(t->status, STR("failed")))
        return; /* told when it failed */
    struct arena *a = engine_take_arena(e);
    struct conversation *c = NULL;
    enum rc rc = resume_fetch(&e->conversations, e->c.store, a, x->conversation, &c);
    engine_give_arena(e, a);
    if (rc || !c) {
        if (rc == RC_IO)
            engine_tell_later(e);
        log_warn("outbox: a ticket ended, its conversation cannot be read");
        return;
    }
    if (is_being_told(c, t->receipt))
        return;
    struct queued *q = queued_new(EVENT_TICKET, NULL, x->reply_to, t->receipt);
    q->failed = failed;
    q->arena = arena_new();
    q->number = arena_str(q->arena, x->number);
    /* its promise may have changed while it was on its way */
    const struct store_ticket *now = follow_find(e->follow, t->effect);
    q->ticket = engine_copy_ticket(q->arena, now ? now : t);
    q->ticket->number = arena_str(q->arena, t->number);
    q->ticket->external = arena_str(q->arena, t->external);
    q->ticket->updated_ms = t->updated_ms;
    q->ticket->status = failed ? STR("failed") : STR("open");
    engine_submit(e, c, q);
}

/* What a crash or a full disk kept from the chat. */
void engine_tell_untold(struct engine *e)
{
    struct arena *a = arena_new();
    struct store_tickets all;
    e->untold = false;
    if (store_read_tickets(e->c.store, a, STR_NONE, &all)) {
        e->untold = true;
        all.list.n = 0;
    }
    for (size_t i = 0; i < all.list.n; i++) {
        const struct store_ticket *t = &all.list.v[i];
        bool failed = str_eq(t->status, STR(TICKET_UNDELIVERED));
        struct store_effect x;
        if (!failed && !str_eq(t->status, STR(TICKET_CONFIRMED)))
            continue;
        if (store_read_effect(e->c.store, a, t->effect, &x) == RC_OK)
            engine_ticket_ended(e, &x, t, 0, failed);
    }
    arena_free(a);
}
