/*
 * desk_rest against a real Request Tracker 5. Skipped unless RT5_URL and RT5_TOKEN_FILE
 * are set, as tests/e2e/rt5.sh leaves them: http://127.0.0.1:PORT, $RT5_DATA/token. With
 * the server's pid beside the token ($RT5_DATA/pid) it is frozen in mid-request, too.
 */
#include "adapters/servicedesk/rest.h"

#include <signal.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "rig.h"

enum { PATIENT_MS = 30000, SHORT_MS = 3000, GRACE_MS = 10000, WARM_UPS = 10 };

static void rt_start(struct rig *r, struct arena *a, int total_ms)
{
    const char *url = getenv("RT5_URL"), *token = getenv("RT5_TOKEN_FILE");
    if (!url || !token)
        skip();
    CHECK_RC(rig_try(r, a,
                     arena_fmt(a,
                               "profile: adapters/servicedesk/rt.yaml\nurl: %s\n"
                               "token_file: %s\ntotal_ms: %d\n"
                               "queues: {Confidential: HR-closed}\n",
                               url, token, total_ms)),
             RC_OK);
    rig_run(r, 500); /* the probe at start */
}

static struct desk_op a_ticket(struct arena *a)
{
    return (struct desk_op){
        .type = DESK_OPEN,
        .key = random_key(a, 20),
        .receipt = STR("B-7F3K"),
        .queue = STR("HR"),
        .subject = STR("Verlof d'Artagnan \\ \"café\"\r\nX: y"),
        .body = STR("Vraag: hoe zit het met mijn verlof?\n\nTicket/1: ' OR id > 0\n"),
        .person_id = STR("p001"),
        .person_email = STR("jan@example.org"),
        .conversation = STR("conv-1"),
    };
}

static struct desk_op about(const struct desk_op *op, enum desk_op_type type,
                            str external)
{
    struct desk_op other = *op;
    other.type = type;
    other.external = external;
    return other;
}

static void a_ticket_lives_in_rt(void **arena)
{
    struct rig r;
    rt_start(&r, *arena, PATIENT_MS);
    struct desk_op open = a_ticket(*arena), find = about(&open, DESK_FIND, STR_NONE);
    CHECK_INT(rig_ask(&r, &find)->end, DESK_NONE, "not there yet");
    CHECK_INT(rig_ask(&r, &open)->end, DESK_DONE, r.result.error.p);
    str id = r.result.external;
    CHECK_STR(r.result.error, "", "the key was kept");
    CHECK_INT(rig_ask(&r, &find)->end, DESK_DONE, "there");
    CHECK(str_eq(r.result.external, id), "the same");
    CHECK_STR(r.result.status, "received", "status");

    struct desk_op comment = about(&open, DESK_COMMENT, id),
                   status = about(&open, DESK_STATUS, id);
    CHECK_INT(rig_ask(&r, &comment)->end, DESK_DONE, r.result.error.p);
    CHECK_INT(rig_ask(&r, &status)->end, DESK_DONE, r.result.error.p);
    CHECK_STR(r.result.status, "received", "status");

    struct desk_op closed = a_ticket(*arena);
    closed.queue = STR("Confidential");
    closed.person_id = closed.person_email = STR_NONE; /* anonymous */
    CHECK_INT(rig_ask(&r, &closed)->end, DESK_DONE, r.result.error.p);
    CHECK_STR(r.result.error, "", "the key was kept");
    rig_stop(&r);
}

static void what_rt_refuses_is_refused(void **arena)
{
    struct rig r;
    rt_start(&r, *arena, PATIENT_MS);
    struct desk_op op = a_ticket(*arena);
    const struct {
        const char *why;
        struct desk_op op;
        enum desk_end end;
        const char *says;
    } cases[] = {
        {"no such ticket", about(&op, DESK_STATUS, STR("99999999")), DESK_NONE, ""},
        {"no comment on it", about(&op, DESK_COMMENT, STR("99999999")), DESK_REFUSED, ""},
        {"no path", about(&op, DESK_STATUS, STR("../user/root")), DESK_REFUSED, ""},
        {"no such queue",
         {.type = DESK_PROBE, .queue = STR("Nope")},
         DESK_REFUSED,
         "403"},
        {"a queue without the fields",
         {.type = DESK_PROBE, .queue = STR("Bare")},
         DESK_REFUSED,
         "IdempotencyKey"},
        {"injection",
         {.type = DESK_FIND, .key = STR("x' OR id > 0 OR Subject='")},
         DESK_REFUSED,
         "{{key}}"},
    };
    log_set_level(LOG_LEVEL_ERR - 1);
    for (size_t i = 0; i < LEN(cases); i++) {
        CHECK_INT(rig_ask(&r, &cases[i].op)->end, cases[i].end, cases[i].why);
        CHECK(str_has(r.result.error, str_c(cases[i].says)), r.result.error.p);
    }
    op.queue = STR("Bare");
    CHECK_INT(rig_ask(&r, &op)->end, DESK_RETRY, "no ticket that cannot be found again");
    op.queue = STR("HR");
    op.type = DESK_FIND;
    CHECK_INT(rig_ask(&r, &op)->end, DESK_NONE, "and none was made");
    rig_stop(&r);
}

/* Asks until the ticket is there or the desk has answered for GRACE_MS. */
static enum desk_end search(struct rig *r, const struct desk_op *find)
{
    int64_t answered = 0;
    while (answered == 0 || clock_mono_ms() - answered < GRACE_MS) {
        enum desk_end end = rig_ask(r, find)->end;
        if (end == DESK_DONE)
            return end;
        if (end == DESK_NONE && answered == 0)
            answered = clock_mono_ms();
        rig_run(r, 200);
    }
    return DESK_NONE;
}

static void a_post_that_was_cut_off_is_found(void **arena)
{
    struct rig r;
    for (int ms = 5; ms <= 300; ms *= 4) {
        rt_start(&r, *arena, PATIENT_MS);
        struct desk_op warm = a_ticket(*arena);
        CHECK_INT(rig_ask(&r, &warm)->end, DESK_DONE, "the queue is known to be fit");
        struct desk_op open = a_ticket(*arena), find = about(&open, DESK_FIND, STR_NONE);
        desk_rest.do_op(r.desk, &open, rig_done, &r);
        rig_run(&r, ms);
        rig_stop(&r); /* cancels it: the connection is gone, RT may go on */
        rt_start(&r, *arena, PATIENT_MS);
        bool made = search(&r, &find) == DESK_DONE;
        print_message("cut off after %d ms: %s\n", ms, made ? "made" : "not made");
        if (!made)
            CHECK_INT(rig_ask(&r, &open)->end, DESK_DONE, "sent again");
        CHECK_INT(search(&r, &find), DESK_DONE, "there");
        rig_stop(&r);
    }
}

static pid_t rt_pid(struct arena *a)
{
    str token = str_c(getenv("RT5_TOKEN_FILE")), text;
    while (token.n > 0 && token.p[token.n - 1] != '/')
        token.n--;
    int64_t pid;
    if (file_read(a, file_path(a, str_sub(token, 0, token.n - 1), STR("pid")), 64,
                  &text) ||
        str_int(str_trim(text), &pid))
        return 0;
    return (pid_t)pid;
}

static void a_frozen_rt_is_unclear_and_makes_one_ticket(void **arena)
{
    struct rig r;
    rt_start(&r, *arena, SHORT_MS);
    pid_t pid = rt_pid(*arena);
    if (pid <= 1) {
        rig_stop(&r);
        skip();
    }
    struct desk_op open = a_ticket(*arena), find = about(&open, DESK_FIND, STR_NONE),
                   warm = {.type = DESK_PROBE, .queue = STR("HR")};
    for (int i = 0; i < WARM_UPS && rig_ask(&r, &warm)->end != DESK_DONE; i++)
        ; /* a busy machine: the queue must be known to be fit */
    kill(-pid, SIGSTOP);
    enum desk_end opened = rig_ask(&r, &open)->end, found = rig_ask(&r, &find)->end;
    kill(-pid, SIGCONT);
    CHECK_INT(opened, DESK_UNCLEAR, "it may have happened");
    CHECK_INT(found, DESK_RETRY, "a question may be asked again");
    CHECK_INT(search(&r, &find), DESK_DONE, "RT made it when it went on");
    rig_stop(&r);
}

UNIT_MAIN(UNIT(a_ticket_lives_in_rt), UNIT(what_rt_refuses_is_refused),
          UNIT(a_post_that_was_cut_off_is_found),
          UNIT(a_frozen_rt_is_unclear_and_makes_one_ticket))
