#include "app/pending.h"
#include "unit.h"

static struct job *a_job(struct arena *a, const char *first, const char *second)
{
    struct job *j = job_begin(a);
    j->client_id = arena_str(a, STR("m1"));
    j->text_hash = 7;
    j->outcome.kind = OUTCOME_ANSWER;
    j->whole = j->turn.session = arena_str(a, STR("{}"));
    job_frame(j, str_c(first), true);
    job_frame(j, str_c(second), true);
    j->turn.frames = arena_fmt(a, "[%s,%s]", first, second);
    return j;
}

static void what_only_says_something_needs_its_row_alone(void **arena)
{
    struct arena *own = arena_new();
    struct pendings all = {0};
    struct pending *p = pending_new(&all, a_job(own, "{\"said\":1}", "{}"));
    CHECK(p->job == NULL, "the job may go");
    arena_free(own);
    struct store_turn row = {.frames = arena_str(*arena, STR("[{\"said\":1},{}]")),
                             .session = STR("{\"turns\":2}")};
    size_t at = 0;
    CHECK_STR(p->client_id, "m1", "a copy");
    CHECK_INT(p->text_hash, 7, "its hash");
    CHECK_INT(p->n_frames, 2, "frames");
    CHECK_STR(pending_frame(p, &row, 0, &at), "{\"said\":1}", "the first frame");
    CHECK_STR(pending_frame(p, &row, 1, &at), "{}", "the second");
    CHECK_STR(pending_session(p, &row), "{\"turns\":2}", "the session");
    pending_free(&all, p);
    CHECK(all.spare == p, "kept for the next one");
    pendings_free(&all);
}

/* What each case does to a turn that would need its row alone. */
static void does_ticket(struct job *j)
{
    j->n_tickets = 1;
}

static void does_effect(struct job *j)
{
    j->n_effects = 1;
}

static void does_message(struct job *j)
{
    j->n_messages = 1;
}

static void deletes_file(struct job *j)
{
    j->n_gone = 1;
}

static void is_private(struct job *j)
{
    j->outcome.private_turn = true;
}

static void has_values(struct job *j)
{
    j->turn.session = STR("{\"form\":null}");
}

static void is_redacted(struct job *j)
{
    j->frames[1].kept = STR("{\"x\":1}");
}

static void is_not_kept(struct job *j)
{
    j->frames[0].kept = STR_NONE;
}

static void does_not_fit(struct job *j)
{
    j->turn.frames = STR("[]");
}

static void has_long_id(struct job *j)
{
    static const char id[CLIENT_ID_MAX + 1];
    j->client_id = (str){id, sizeof id};
}

static void whatever_else_a_turn_does_keeps_its_job(void **arena)
{
    static void (*const cases[])(struct job *) = {
        does_ticket, does_effect, does_message, deletes_file, is_private,
        has_values,  is_redacted, is_not_kept,  does_not_fit, has_long_id};
    struct pendings all = {0};
    for (size_t i = 0; i < LEN(cases); i++) {
        struct job *j = a_job(*arena, "{}", "{\"b\":1}");
        cases[i](j);
        struct pending *p = pending_new(&all, j);
        size_t at = 0;
        CHECK(p->job == j, "kept");
        CHECK_STR(pending_frame(p, &j->turn, 1, &at), "{\"b\":1}", "as it was made");
        CHECK(pending_session(p, &j->turn).p == j->whole.p, "the whole session");
        pending_free(&all, p);
    }
    CHECK(all.spare && !all.spare->next, "one served them all");
    pendings_free(&all);
}

static void nothing_said_is_nothing_to_send(void **arena)
{
    struct pendings all = {0};
    struct job *j = job_begin(*arena);
    j->turn.frames = STR("[]");
    struct pending *p = pending_new(&all, j);
    CHECK(p->job == NULL && p->n_frames == 0 && p->quiet, "only the session");
    CHECK_STR(p->client_id, "", "no id");
    pending_free(&all, p);
    pendings_free(&all);
}

UNIT_MAIN(UNIT(what_only_says_something_needs_its_row_alone),
          UNIT(whatever_else_a_turn_does_keeps_its_job),
          UNIT(nothing_said_is_nothing_to_send))
