#include "app/job.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"

enum { PAYLOAD_MAX = 64 * 1024 };

/* The desk's words, or what became of a ticket, as frames. */
void job_desk_frames(struct job *j)
{
    const struct event *e = &j->event;
    struct ticket_frame f = {
        .receipt = e->ticket, .number = e->number, .status = e->status};
    switch (e->type) {
    case EVENT_TICKET:
        f.status = e->failed ? STR("failed") : STR("open");
        f.due_ms = e->failed ? 0 : e->due_ms;
        break;
    case EVENT_STATUS:
    case EVENT_PROMISE:
        f.due_ms = e->due_ms;
        break;
    case EVENT_AGENT:
        if (e->text.n > 0 || j->n_news_files > 0) /* else it only gave back */
            job_frame_agent(j);
        return;
    default:
        return;
    }
    job_frame(j, frame_ticket(j->arena, ++j->seq, &f), true);
}

bool job_find_ticket(struct job *j, struct store *store, str receipt,
                     struct store_ticket *out)
{
    struct store_tickets rows;
    const struct person *p = j->event.person;
    enum rc rc = p ? store_read_tickets(store, j->arena, p->id, &rows)
                   : store_read_tickets_in(store, j->arena, j->c->id, &rows);
    for (size_t i = 0; rc == RC_OK && i < rows.list.n; i++)
        if (str_eq(rows.list.v[i].receipt, receipt)) {
            *out = rows.list.v[i];
            return true;
        }
    return false;
}

static str payload(struct job *j, const struct effect *x, const struct store_ticket *t)
{
    const struct person *p = j->event.person;
    struct buf b = buf_new(j->arena, PAYLOAD_MAX);
    buf_char(&b, '{');
    buf_json_int(&b, "ticket", t->effect);
    buf_json_member(&b, "receipt", t->receipt);
    if (x->summary.n > 0)
        buf_json_member(&b, "body",
                        p ? arena_fmt(j->arena, "%.*s:\n\n%.*s", STR_ARG(p->name),
                                      STR_ARG(x->summary))
                          : x->summary);
    buf_json_member(&b, "lang", str_c(lang_code(j->outcome.lang)));
    buf_char(&b, '}');
    return buf_str(&b);
}

void job_desk_effect(struct job *j, const struct effect *x, struct store *store,
                     const struct settings *s)
{
    struct store_ticket t;
    if (j->n_effects == EFFECTS_MAX || !job_find_ticket(j, store, x->receipt, &t)) {
        log_err("desk: receipt=%.*s what the person said about it has no ticket",
                STR_ARG(x->receipt));
        return;
    }
    int64_t now = j->event.at_ms;
    j->effects[j->n_effects++] =
        (struct store_effect){.id = store_next_effect(store),
                              .conversation = j->c->id,
                              .turn = j->turn_id,
                              .key = x->key,
                              .kind = x->type == EFFECT_COMMENT ? STR("comment")
                                  : x->type == EFFECT_WITHDRAW  ? STR("withdraw")
                                                                : STR("reopen"),
                              .target = STR("desk"),
                              .reply_to = j->client_id,
                              .payload = payload(j, x, &t),
                              .state = EFFECT_PENDING,
                              .created_ms = now,
                              .next_ms = now,
                              .deadline_ms = now + s->give_up_hours * 3600 * 1000};
}
