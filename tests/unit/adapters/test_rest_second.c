/* The steps that Request Tracker does not need, with Redmine's profile: a right that is
 * asked for before the first ticket, and a change of status that is read back. */
#include "base/log.h"
#include "fake.h"
#include "rig.h"

#define PROJECT                                                                          \
    "{\"project\":{\"name\":\"HR\",\"trackers\":[{\"id\":3}],\"issue_custom_fields\":["  \
    "{\"id\":1},{\"id\":2}]}}"
#define ISSUE(status) "{\"issue\":{\"id\":7,\"status\":{\"name\":\"" status "\"}}}"
#define FOUND                                                                            \
    "{\"issues\":[{\"id\":7,\"status\":{\"name\":\"New\"},\"custom_fields\":[{\"id\":1," \
    "\"value\":\"K7F3\"}]}]}"

static const struct fake_step fit = {FAKE_REPLY, 200, PROJECT, NULL};
static const struct fake_step may = {FAKE_REPLY, 422, "{\"errors\":[\"Subject\"]}", NULL};
static const struct fake_step may_not = {FAKE_REPLY, 422,
                                         "{\"errors\":[\"Subject\",\"Project\"]}", NULL};
static const struct fake_step made = {FAKE_REPLY, 201, ISSUE("New"), NULL};
static const struct fake_step found = {FAKE_REPLY, 200, FOUND, NULL};
static const struct fake_step nothing = {FAKE_REPLY, 204, NULL, NULL};
static const struct fake_step down = {FAKE_REPLY, 500, NULL, NULL};

struct play {
    struct fake *fake;
    struct rig rig;
    str token_file;
    size_t n; /* requests that came */
};

static void play_start(struct play *p, struct arena *a, const struct fake_step *steps,
                       size_t n)
{
    log_set_level(LOG_LEVEL_ERR - 1);
    p->fake = fake_start(steps, n);
    p->token_file = rig_file(a, STR("t0-k3n\n"));
    CHECK_RC(rig_try(&p->rig, a,
                     arena_fmt(a,
                               "profile: adapters/servicedesk/redmine.yaml\n"
                               "url: http://127.0.0.1:%d\ntoken_file: %s\n"
                               "total_ms: 300\nvalues: {key_field: 1, person_field: 2, "
                               "tracker: 3, withdrawn: 6, reopened: 1}\n",
                               fake_port(p->fake), p->token_file.p)),
             RC_OK);
}

static void play_stop(struct play *p)
{
    rig_stop(&p->rig);
    p->n = fake_stop(p->fake);
    fake_free(p->fake);
    unlink(p->token_file.p);
}

static const struct {
    const char *why;
    struct desk_op op;
    struct fake_step steps[4];
    size_t n;
    enum desk_end end;
    const char *says; /* part of the error */
} plays[] = {
    {"a ticket: fields, right, POST, read back",
     {.type = DESK_OPEN, .key = {"K7F3", 4}, .queue = {"hr", 2}, .subject = {"x", 1}},
     {fit, may, made, found},
     4,
     DESK_DONE,
     ""},
    {"without the right nothing is posted, and the ticket waits",
     {.type = DESK_OPEN, .key = {"K7F3", 4}, .queue = {"hr", 2}, .subject = {"x", 1}},
     {fit, may_not},
     2,
     DESK_RETRY,
     "may not add issues"},
    {"the right cannot be asked for now",
     {.type = DESK_OPEN, .key = {"K7F3", 4}, .queue = {"hr", 2}, .subject = {"x", 1}},
     {fit, down},
     2,
     DESK_RETRY,
     "rights: status 500"},
    {"a probe asks for both",
     {.type = DESK_PROBE, .queue = {"hr", 2}},
     {fit, may},
     2,
     DESK_DONE,
     ""},
    {"a probe without the right",
     {.type = DESK_PROBE, .queue = {"hr", 2}},
     {fit, may_not},
     2,
     DESK_REFUSED,
     "may not add issues"},
    {"withdrawn, and it is",
     {.type = DESK_WITHDRAW, .external = {"7", 1}},
     {nothing, {FAKE_REPLY, 200, ISSUE("Rejected"), NULL}},
     2,
     DESK_DONE,
     ""},
    {"withdrawn, it says, and it is not",
     {.type = DESK_WITHDRAW, .external = {"7", 1}},
     {nothing, {FAKE_REPLY, 200, ISSUE("In Progress"), NULL}},
     2,
     DESK_REFUSED,
     "withdraw: it said yes, and the status is still \"open\""},
    {"opened again, it says, and it is not",
     {.type = DESK_REOPEN, .external = {"7", 1}},
     {nothing, {FAKE_REPLY, 200, ISSUE("Closed"), NULL}},
     2,
     DESK_REFUSED,
     "reopen: it said yes, and the status is still \"resolved\""},
    {"whether it is cannot be told: it said so",
     {.type = DESK_WITHDRAW, .external = {"7", 1}},
     {nothing, down},
     2,
     DESK_DONE,
     ""},
    {"a change that is refused is not read back",
     {.type = DESK_REOPEN, .external = {"7", 1}},
     {{FAKE_REPLY, 403, NULL, NULL}},
     1,
     DESK_RETRY,
     "reopen: status 403"},
};

static void the_second_product_needs_more_steps(void **arena)
{
    for (size_t i = 0; i < LEN(plays); i++) {
        struct play p;
        play_start(&p, *arena, plays[i].steps, plays[i].n);
        const struct desk_result *r = rig_ask(&p.rig, &plays[i].op);
        if (r->end != plays[i].end)
            fail_msg("%s ends %d: %.*s", plays[i].why, (int)r->end, STR_ARG(r->error));
        if (!str_has(r->error, str_c(plays[i].says)))
            fail_msg("%s says \"%.*s\"", plays[i].why, STR_ARG(r->error));
        play_stop(&p);
        CHECK_INT(p.n, plays[i].n, plays[i].why);
    }
}

UNIT_MAIN(UNIT(the_second_product_needs_more_steps))
