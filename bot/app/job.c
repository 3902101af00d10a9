#include "app/job.h"

#include "app/lookup.h"
#include "base/buf.h"
#include "text/redact.h"

enum { KEPT_MAX = 1024 * 1024, BODY_MAX = 64 * 1024 };

struct job *job_begin(struct arena *a)
{
    struct job *j = arena_room(a, sizeof *j);
    memset(j, 0, offsetof(struct job, frames));
    j->arena = a;
    return j;
}

static const struct person *who(const struct job *j)
{
    return j->event.person;
}

static str redacted(struct job *j, str text)
{
    struct strs names = people_named(j->people, j->arena, text);
    str known = j->outcome.redacted_from; /* the turn has done it already */
    if (names.n == 0 && text.n > 0 && known.p == text.p && known.n == text.n)
        return j->outcome.redacted;
    return redact(j->arena, text, names);
}

static void add_frame(struct job *j, str text, str kept)
{
    if (j->n_frames < FRAMES_MAX)
        j->frames[j->n_frames++] = (struct framed){text, kept};
}

void job_frame(struct job *j, str text, bool kept)
{
    add_frame(j, text, kept ? text : STR_NONE);
}

static void said_line(struct buf *b, const char *who_said, str text)
{
    if (text.n > 0)
        buf_fmt(b, "%s: %.*s\n\n", who_said, STR_ARG(text));
}

/* The conversation so far, as stored: redacted, and without what was private. */
static str transcript(struct job *j, struct store *store)
{
    struct store_turn turns[TRANSCRIPT_TURNS];
    size_t n = 0;
    int64_t id = j->c->last_turn;
    while (id > 0 && n < TRANSCRIPT_TURNS) {
        if (store_read_turn(store, j->arena, id, &turns[n]))
            break;
        id = turns[n++].prev;
    }
    struct buf b = buf_new(j->arena, BODY_MAX);
    bool nl = j->outcome.lang != LANG_EN;
    while (n-- > 0) {
        said_line(&b, nl ? "Medewerker" : "Employee", turns[n].said);
        said_line(&b, "balie", turns[n].answered);
    }
    return buf_str(&b);
}

static str ticket_payload(struct job *j, const struct effect *x, struct store *store)
{
    struct buf body = buf_new(j->arena, BODY_MAX * 2);
    /* the desk must know who asks: numbers are blanked here, the name is not; a number
     * that the person confirmed in a form is what the desk needs */
    const struct person *partner =
        x->partner.n && !x->closed ? people_find(j->people, x->partner) : NULL;
    if (partner)
        buf_fmt(&body, "%s: %.*s\n",
                j->outcome.lang == LANG_EN ? "For the HR partner" : "Voor de HR-partner",
                STR_ARG(partner->name));
    buf_put(&body,
            x->confirmed ? x->summary : redact(j->arena, x->summary, (struct strs){0}));
    enum lang l = j->outcome.lang;
    if (x->due_ms > 0)
        buf_fmt(&body, "%s: %.*s (%.*s)\n",
                l == LANG_EN ? "Answer promised" : "Antwoord beloofd",
                STR_ARG(promise_show(j->arena, x->due_ms, j->event.at_ms, l)),
                STR_ARG(clock_rfc3339(j->arena, x->due_ms)));
    if (x->transcript) {
        str so_far = transcript(j, store);
        buf_put(&body,
                j->outcome.lang == LANG_EN ? STR("\n--- The conversation ---\n\n")
                                           : STR("\n--- Het gesprek ---\n\n"));
        buf_put(&body, so_far);
        said_line(&body, j->outcome.lang == LANG_EN ? "Employee" : "Medewerker",
                  redacted(j, j->outcome.said));
    }
    const struct person *p = who(j);
    struct buf b = buf_new(j->arena, BODY_MAX * 8);
    buf_char(&b, '{');
    buf_json_member(&b, "receipt", x->receipt);
    buf_json_member(&b, "queue", x->queue);
    buf_json_member(&b, "subject", redacted(j, x->subject));
    buf_json_member(&b, "body", buf_str(&body));
    buf_json_member(&b, "person_id", p ? p->id : STR_NONE);
    buf_json_member(&b, "person_name", p ? p->name : STR_NONE);
    buf_json_member(&b, "person_email", person_get(p, STR("email")));
    /* a closed ticket is never visible to the person's unit */
    buf_json_member(&b, "unit", x->closed ? STR_NONE : person_get(p, STR("unit")));
    buf_json_member(&b, "lang", str_c(lang_code(j->outcome.lang)));
    buf_json_member(&b, "conversation", conversation_public_id(j->arena, j->c));
    buf_json_member(&b, "intent", x->closed ? STR_NONE : j->outcome.intent);
    buf_char(&b, '}');
    return buf_str(&b);
}

static void add_ticket(struct job *j, const struct effect *x, struct store *store,
                       const struct settings *s)
{
    if (j->n_tickets == TICKETS_MAX || j->n_effects == EFFECTS_MAX)
        return;
    int64_t now = j->event.at_ms, id = store_next_effect(store);
    bool first = j->at_once && j->n_effects == 0;
    j->effects[j->n_effects] =
        (struct store_effect){.id = id,
                              .conversation = j->c->id,
                              .turn = j->turn_id,
                              .key = x->key,
                              .kind = STR("ticket"),
                              .target = STR("desk"),
                              .reply_to = j->client_id,
                              .payload = ticket_payload(j, x, store),
                              .state = first ? EFFECT_SENDING : EFFECT_PENDING,
                              .created_ms = now,
                              .next_ms = now,
                              .deadline_ms = now + s->give_up_hours * 3600 * 1000};
    j->tickets[j->n_tickets] =
        (struct store_ticket){.effect = id,
                              .conversation = j->c->id,
                              .person = who(j) ? who(j)->id : STR_NONE,
                              .receipt = x->receipt,
                              .queue = x->queue,
                              .subject = x->closed ? STR_NONE : redacted(j, x->subject),
                              .status = STR("received"),
                              .created_ms = now,
                              .updated_ms = now,
                              .due_ms = x->due_ms,
                              .promised_ms = x->due_ms,
                              .closed = x->closed,
                              .no_files = x->no_files};
    j->ticket_of[j->n_effects++] = &j->tickets[j->n_tickets++];
    struct ticket_frame f = {
        .receipt = x->receipt, .status = STR("received"), .due_ms = x->due_ms};
    job_frame(j, frame_ticket(j->arena, ++j->seq, &f), true);
    if (x->files)
        job_files_along(j, j->n_effects - 1, store, s);
}

/* What a form repeats to check it is shown as typed, and kept redacted. */
static void add_answer(struct job *j, const struct reply *r)
{
    str frame = frame_answer(j->arena, ++j->seq, j->client_id, j->event.turn, r);
    str kept = frame;
    if (r->typed) {
        struct reply safe = *r;
        safe.text = redacted(j, r->text);
        safe.html = redacted(j, r->html);
        kept = frame_answer(j->arena, j->seq, j->client_id, j->event.turn, &safe);
    }
    add_frame(j, frame, kept);
}

static str kept_frames(struct job *j)
{
    size_t all = 2;
    for (size_t i = 0; i < j->n_frames; i++)
        all += j->frames[i].kept.n + 1;
    struct buf b = buf_sized(j->arena, KEPT_MAX, all);
    buf_char(&b, '[');
    for (size_t i = 0; i < j->n_frames; i++) {
        if (j->frames[i].kept.n == 0)
            continue;
        if (b.n > 1)
            buf_char(&b, ',');
        buf_put(&b, j->frames[i].kept);
    }
    buf_char(&b, ']');
    return buf_failed(&b) ? STR("[]") : buf_str(&b);
}

static str answered_text(struct job *j)
{
    struct reply *replies = j->outcome.replies.v;
    if (j->outcome.replies.n == 1 && !replies->typed)
        return replies->text;
    struct buf b = buf_new(j->arena, KEPT_MAX);
    for (size_t i = 0; i < j->outcome.replies.n; i++) {
        if (b.n)
            buf_put_literal(&b, "\n\n");
        const struct reply *r = &replies[i];
        buf_put(&b, r->typed ? redacted(j, r->text) : r->text);
    }
    return buf_str(&b);
}

static void compose_frames(struct job *j, struct store *store, const struct settings *s,
                           str said)
{
    j->seq = j->c->seq;
    if (said.n > 0)
        job_frame(j, frame_said(j->arena, ++j->seq, j->client_id, said, NULL, 0), true);
    else if (j->upload)
        job_said_file(j);
    if (j->event.type == EVENT_AGENT) { /* before what we say about it */
        job_files_came(j, s);
        job_desk_frames(j);
    }
    for (size_t i = 0; i < j->outcome.replies.n; i++)
        add_answer(j, &j->outcome.replies.v[i]);
    if (j->event.type != EVENT_AGENT)
        job_desk_frames(j);
    for (size_t i = 0; i < j->outcome.effects.n; i++)
        if (j->outcome.effects.v[i].type == EFFECT_TICKET)
            add_ticket(j, &j->outcome.effects.v[i], store, s);
        else if (j->outcome.effects.v[i].type == EFFECT_FILE)
            job_file_take(j, &j->outcome.effects.v[i], store, s);
        else if (j->outcome.effects.v[i].type == EFFECT_DROP_FILES)
            job_files_drop(j, store);
        else if (j->outcome.effects.v[i].type >= EFFECT_COMMENT)
            job_desk_effect(j, &j->outcome.effects.v[i], store, s);
        else if (j->outcome.effects.v[i].type == EFFECT_LOOKUP && j->event.lookups_late &&
                 j->n_effects < EFFECTS_MAX)
            j->effects[j->n_effects++] =
                lookup_effect(j, &j->outcome.effects.v[i], store_next_effect(store));
    if (j->lookup && j->n_effects < EFFECTS_MAX)
        j->effects[j->n_effects++] = lookup_end(j->lookup);
}

static void compose_turn(struct job *j, str said)
{
    struct outcome *o = &j->outcome;
    bool blank = o->private_turn;
    j->turn = (struct store_turn){
        .id = j->turn_id,
        .conversation = j->c->id,
        .prev = j->c->last_turn,
        .at_ms = j->event.at_ms,
        .seq_from = j->c->seq + 1,
        .seq_to = j->seq,
        .client_id = j->client_id,
        .client_hash = j->text_hash,
        .session = session_is_private(j->session)
            ? session_write(j->arena, j->session, SESSION_STORED)
            : j->whole,
        .frames = STR("[]"),
        .lang = str_c(lang_code(o->lang)),
    };
    if (blank) {
        j->turn.client_hash = 0; /* a hash of few likely texts tells the text */
        return;
    }
    j->turn.frames = kept_frames(j);
    j->turn.said = said;
    if (j->upload && j->n_files > 0)
        j->turn.said = redacted(j,
                                arena_fmt(j->arena, "(%s: %.*s)",
                                          o->lang == LANG_EN ? "file" : "bestand",
                                          STR_ARG(j->event.name)));
    j->turn.answered = j->event.type == EVENT_AGENT
        ? redacted(j,
                   arena_fmt(j->arena, "(%.*s) %.*s%.*s", STR_ARG(j->event.name),
                             STR_ARG(j->event.text), STR_ARG(job_files_named(j))))
        : answered_text(j);
    j->turn.outcome = str_c(outcome_name(o->kind));
    j->turn.intent = o->intent;
}

static bool is_persons(const struct job *j)
{
    return j->event.type == EVENT_MESSAGE || j->event.type == EVENT_CHOOSE ||
        j->event.type == EVENT_HANDOFF;
}

void job_compose(struct job *j, struct store *store, const struct settings *s, str said)
{
    struct outcome *o = &j->outcome;
    bool judges = j->event.type == EVENT_FEEDBACK;
    str remark = judges ? redacted(j, o->said) : STR_NONE;
    j->turn_id = store_next_turn(store);
    j->session->turns = j->event.turn;
    str kept = redacted(j, said);
    compose_frames(j, store, s, kept);
    j->whole = session_write(j->arena, j->session, SESSION_WHOLE);
    conversation_keep(j->c, j->session, j->whole);
    compose_turn(j, kept);
    if (is_persons(j))
        j->count = (struct store_count){
            .day = j->event.today,
            .lang = str_c(lang_code(o->lang)),
            .outcome = str_c(outcome_name(o->kind)),
            .intent = o->private_turn ? STR_NONE : o->intent,
        };
    if (o->unanswered && !o->private_turn)
        j->unanswered = (struct store_unanswered){
            .at_ms = j->event.at_ms,
            .lang = str_c(lang_code(o->lang)),
            .text = str_eq(o->said, said) ? kept : redacted(j, o->said)};
    if (o->judged.turn > 0 && !o->private_turn)
        j->feedback = (struct store_feedback){.conversation = j->c->id,
                                              .turn = o->judged.turn,
                                              .at_ms = j->event.at_ms,
                                              .helpful = o->judged.helpful,
                                              .intent = o->judged.what,
                                              .version = o->judged.version,
                                              .lang = str_c(lang_code(o->judged.lang)),
                                              .text = remark};
    if (o->helped.how.n > 0 && !o->private_turn)
        j->helped = (struct store_helped){.day = j->event.today,
                                          .lang = str_c(lang_code(o->helped.lang)),
                                          .how = o->helped.how,
                                          .what = o->helped.what,
                                          .version = o->helped.version,
                                          .instead_of = o->helped.instead_of};
    if (!j->c->stored) {
        j->row = (struct store_conversation){.id = j->c->id,
                                             .person = str_c(j->c->person),
                                             .channel = str_c(j->c->channel),
                                             .created_ms = j->c->created_ms};
        memcpy(j->row.secret, j->c->secret, sizeof j->row.secret);
    }
}

struct store_job job_rows(struct job *j)
{
    return (struct store_job){
        .conversation = j->row.id ? &j->row : NULL,
        .turn = &j->turn,
        .effects = j->effects,
        .n_effects = j->n_effects + j->n_messages,
        .tickets = j->tickets,
        .n_tickets = j->n_tickets,
        .files = j->files,
        .n_files = j->n_files,
        .gone = j->gone,
        .n_gone = j->n_gone,
        .feedback = j->feedback.conversation ? &j->feedback : NULL,
        .count = j->count.outcome.n ? &j->count : NULL,
        .helped = j->helped.how.n ? &j->helped : NULL,
        .unanswered = j->unanswered.text.n ? &j->unanswered : NULL,
        /* only the newest session is ever read; raw values are kept in one row at most */
        .wipe_session = j->had_values ? j->turn.prev : 0,
    };
}
