#include "app/channel_out.h"
#include "app/engine_inside.h"

/* What others may look at. */

const struct built *engine_content(const struct engine *e)
{
    return e->content;
}

void engine_set_people(struct engine *e, struct people *p)
{
    people_free(e->people);
    e->people = p;
}

const struct people *engine_people(const struct engine *e)
{
    return e->people;
}

struct engine_counts engine_counts(const struct engine *e)
{
    struct engine_counts c = e->counts;
    c.conversations = e->conversations.n;
    c.waiting = store_waiting(e->c.store);
    c.outbox = outbox_counts(e->outbox);
    struct channel_out_counts out = channel_out_counts(e->out);
    c.messages_waiting = out.waiting;
    c.messages_sent = out.sent;
    c.messages_failed = out.failed;
    c.follow = follow_counts(e->follow);
    return c;
}
