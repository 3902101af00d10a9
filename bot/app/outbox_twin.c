#include "app/outbox_inside.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/random.h"

enum { CHECK_MS = 2 * 60 * 1000, KEY_LEN = 20, PAYLOAD_MAX = 8 * 1024 };

static struct store_effect *add_row(struct item *i, const char *kind)
{
    struct outbox *o = i->outbox;
    if (!i->more)
        i->more = arena_alloc(i->arena, (2 * OUTBOX_MERGE_MAX + 2) * sizeof *i->more);
    int64_t now = outbox_wall(o);
    struct store_effect *e = &i->more[i->n_more++];
    *e = (struct store_effect){.id = store_next_effect(o->c.store),
                               .conversation = i->e.conversation,
                               .turn = i->e.turn,
                               .key = random_key(i->arena, KEY_LEN),
                               .kind = str_c(kind),
                               .target = i->e.target,
                               .payload = STR("{}"),
                               .state = EFFECT_PENDING,
                               .created_ms = now,
                               .next_ms = now,
                               .deadline_ms = now + o->c.give_up_ms};
    return e;
}

static str merge_payload(struct item *i, str other, str first)
{
    bool en = str_eq(item_text(i, "lang"), STR("en"));
    str body = en ? arena_fmt(i->arena,
                              "This ticket was made twice by a failure. The conversation "
                              "goes on in ticket %.*s; this one can be closed.",
                              STR_ARG(first))
                  : arena_fmt(i->arena,
                              "Deze melding is door een storing dubbel aangemaakt. Het "
                              "gesprek gaat verder in melding %.*s; deze kan dicht.",
                              STR_ARG(first));
    struct buf b = buf_new(i->arena, PAYLOAD_MAX);
    buf_char(&b, '{');
    buf_json_member(&b, "external", other);
    buf_json_member(&b, "body", body);
    buf_json_member(&b, "lang", item_text(i, "lang"));
    buf_char(&b, '}');
    return buf_str(&b);
}

void twin_found(struct item *i, const struct desk_result *r)
{
    for (size_t k = 0; k < MIN(r->n_others, (size_t)OUTBOX_MERGE_MAX); k++) {
        i->outbox->counts.twins++;
        log_warn("outbox: key=%.*s two tickets: \"%.*s\" and \"%.*s\"; the second is "
                 "told so and withdrawn",
                 STR_ARG(i->e.key), STR_ARG(r->external), STR_ARG(r->others[k]));
        str payload =
            merge_payload(i, r->others[k], r->number.n ? r->number : r->external);
        add_row(i, "comment")->payload = payload;
        add_row(i, "withdraw")->payload = payload;
    }
}

/* A frozen desk may have made it, and make it again, long after we stopped waiting. */
void twin_check_later(struct item *i)
{
    struct store_effect *e = add_row(i, "check");
    e->key = i->e.key;
    e->next_ms += CHECK_MS;
    struct buf b = buf_new(i->arena, PAYLOAD_MAX);
    buf_char(&b, '{');
    buf_json_member(&b, "lang", item_text(i, "lang"));
    buf_char(&b, '}');
    e->payload = buf_str(&b);
}

void notice_later(struct item *i)
{
    struct store_effect *e = add_row(i, "notice");
    struct buf b = buf_new(i->arena, PAYLOAD_MAX);
    buf_char(&b, '{');
    buf_json_member(&b, "receipt", item_text(i, "receipt"));
    buf_json_member(&b, "queue", item_text(i, "queue"));
    buf_json_member(&b, "subject", i->kind == ITEM_TICKET ? STR("new") : STR("added"));
    buf_char(&b, '}');
    e->payload = buf_str(&b);
}
