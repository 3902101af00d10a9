#include "adapters/servicedesk/rest.h"

#include "base/buf.h"
#include "play.h"

#define TICKET(id)                                                                       \
    "{\"id\":\"" id "\",\"Status\":\"new\",\"CustomFields\":[{\"name\":\"Intent\","      \
    "\"values\":[]},{\"name\":\"IdempotencyKey\",\"values\":[\"K7F3\"]}]}"
#define MADE "{\"id\":\"41\",\"type\":\"ticket\"}"

static const struct fake_step fit = {FAKE_REPLY, 200, QUEUE, NULL};
static const struct fake_step made = {FAKE_REPLY, 201, MADE, NULL};
static const struct fake_step found = {FAKE_REPLY, 200, "{\"items\":[" TICKET("41") "]}",
                                       NULL};
static const struct fake_step not_found = {FAKE_REPLY, 200, "{\"items\":[]}", NULL};

static const struct desk_op op_open = {
    .type = DESK_OPEN,
    .key = {"K7F3", 4},
    .receipt = {"B-7F3K", 6},
    .queue = {"HR", 2},
    .subject = {"Verlof\r\n\"x\"", 11},
    .body = {"Vraag: 'hoi'\n\\ einde", 20},
    .person_id = {"p001", 4},
    .person_email = {"jan@example.org", 15},
    .conversation = {"c-1", 3},
};

static void a_ticket_is_opened_and_read_back(void **arena)
{
    const struct fake_step steps[] = {fit, made, found, made, found};
    struct play p;
    play_start(&p, *arena, steps, LEN(steps));
    for (int i = 0; i < 2; i++) { /* the queue is looked at once */
        const struct desk_result *r = rig_ask(&p.rig, &op_open);
        CHECK_INT(r->end, DESK_DONE, r->error.p);
        CHECK_STR(r->external, "41", "external");
        CHECK_STR(r->number, "41", "number");
        CHECK_STR(r->error, "", "no error");
    }
    play_stop(&p);
    CHECK_INT(p.n, 5, "requests");
    const char *probe = fake_request(p.fake, 0), *open = fake_request(p.fake, 1),
               *find = fake_request(p.fake, 2);
    CHECK(strstr(probe, "GET /REST/2.0/queue/HR HTTP/1.1\r\n"), probe);
    CHECK(strstr(probe, "Authorization: token t0-k3n\r\n"), probe);
    CHECK(strstr(open, "POST /REST/2.0/ticket HTTP/1.1\r\n"), open);
    CHECK(strstr(open, "Content-Type: application/json"), open);
    CHECK(strstr(open,
                 "{\"Queue\":\"HR\",\"Subject\":\"Verlof  \\\"x\\\"\",\"Requestor\":"
                 "\"jan@example.org\",\"Content\":\"Vraag: 'hoi'\\n\\\\ einde\","
                 "\"ContentType\":\"text/plain\",\"CustomFields\":{"
                 "\"IdempotencyKey\":\"K7F3\",\"ConversationId\":\"c-1\","
                 "\"EmployeeId\":\"p001\"}}"),
          open);
    CHECK(strstr(find,
                 "GET /REST/2.0/tickets?query=%27CF.%7BIdempotencyKey%7D%27%3D%27"
                 "K7F3%27&fields=Status%2CCustomFields&orderby=id&order=ASC"),
          find);
    fake_free(p.fake);
}

static void only_one_address_becomes_the_requestor(void **arena)
{
    static const char *const addresses[] = {"jan@example.org, other@example.org",
                                            "Jan <jan@example.org>",
                                            "jan",
                                            "@x",
                                            "a@b@c",
                                            "jan@example.org\r\nBcc: x"};
    for (size_t i = 0; i < LEN(addresses); i++) {
        const struct fake_step steps[] = {fit, made, found};
        struct play p;
        struct desk_op op = op_open;
        op.person_email = str_c(addresses[i]);
        play_start(&p, *arena, steps, LEN(steps));
        CHECK_INT(rig_ask(&p.rig, &op)->end, DESK_DONE, addresses[i]);
        play_stop(&p);
        CHECK(!strstr(fake_request(p.fake, 1), "Requestor"), addresses[i]);
        fake_free(p.fake);
    }
}

/* What the POST may meet, and what we then know. */
static const struct {
    const char *why;
    struct fake_step step;
    enum desk_end end;
    int64_t retry_after_ms;
} faults[] = {
    {"500", {FAKE_REPLY, 500, "{\"message\":\"oops\"}", NULL}, DESK_UNCLEAR, 0},
    {"502 of a proxy", {FAKE_REPLY, 502, "<html>", NULL}, DESK_UNCLEAR, 0},
    {"503", {FAKE_REPLY, 503, "", NULL}, DESK_UNCLEAR, 0},
    {"503 that says when", {FAKE_REPLY, 503, "", "Retry-After: 2\r\n"}, DESK_RETRY, 2000},
    {"429", {FAKE_REPLY, 429, "", "Retry-After: 3\r\n"}, DESK_RETRY, 3000},
    {"a reset", {FAKE_RESET, 0, NULL, NULL}, DESK_UNCLEAR, 0},
    {"closed without a word", {FAKE_RAW, 0, "", NULL}, DESK_UNCLEAR, 0},
    {"no HTTP", {FAKE_RAW, 0, "\x01\x02garbage\r\n\r\n", NULL}, DESK_UNCLEAR, 0},
    {"never", {FAKE_NEVER, 0, NULL, NULL}, DESK_UNCLEAR, 0},
    {"cut short", {FAKE_CUT, 201, MADE, NULL}, DESK_UNCLEAR, 0},
    {"201 and no JSON", {FAKE_REPLY, 201, "Created", NULL}, DESK_UNCLEAR, 0},
    {"201 without an id",
     {FAKE_REPLY, 201, "{\"type\":\"ticket\"}", NULL},
     DESK_UNCLEAR,
     0},
    {"200 where 201 is meant", {FAKE_REPLY, 200, MADE, NULL}, DESK_UNCLEAR, 0},
    {"400", {FAKE_REPLY, 400, "{\"message\":\"Invalid JSON\"}", NULL}, DESK_REFUSED, 0},
    {"401", {FAKE_REPLY, 401, "", NULL}, DESK_RETRY, 0},
    {"403 as for an unknown queue",
     {FAKE_REPLY, 403, "{\"message\":\"No permission to create tickets in 'X'\"}", NULL},
     DESK_RETRY,
     0},
    {"404", {FAKE_REPLY, 404, "", NULL}, DESK_REFUSED, 0},
    {"422", {FAKE_REPLY, 422, "", NULL}, DESK_REFUSED, 0},
    {"a redirect",
     {FAKE_REPLY, 301, "", "Location: http://127.0.0.1:1/\r\n"},
     DESK_REFUSED,
     0},
};

static void every_fault_of_an_open_has_its_end(void **arena)
{
    for (size_t i = 0; i < LEN(faults); i++) {
        const struct fake_step steps[] = {fit, faults[i].step, found};
        struct play p;
        play_start(&p, *arena, steps, LEN(steps));
        const struct desk_result *r = rig_ask(&p.rig, &op_open);
        if (r->end != faults[i].end)
            fail_msg("%s ends %d: %.*s", faults[i].why, (int)r->end, STR_ARG(r->error));
        CHECK_INT(r->retry_after_ms, faults[i].retry_after_ms, faults[i].why);
        CHECK(r->error.n > 0, faults[i].why);
        CHECK(!str_has(r->error, STR("t0-k3n")), "no secret");
        CHECK(!str_has(r->error, STR("jan@")), "nobody");
        play_stop(&p);
        CHECK_INT(p.n, 2, "one POST, and no more");
        fake_free(p.fake);
    }
}

static void every_fault_of_a_question_is_asked_again(void **arena)
{
    static const struct desk_op find = {.type = DESK_FIND, .key = {"K7F3", 4}};
    for (size_t i = 0; i < LEN(faults); i++) {
        bool denied = faults[i].why[0] == '4' && strchr("13", faults[i].why[2]);
        if (faults[i].end == DESK_REFUSED || denied)
            continue;
        struct play p;
        play_start(&p, *arena, &faults[i].step, 1);
        CHECK_INT(rig_ask(&p.rig, &find)->end, DESK_RETRY, faults[i].why);
        play_stop(&p);
        fake_free(p.fake);
    }
}

static void a_queue_that_is_not_fit_gets_no_ticket(void **arena)
{
    static const struct {
        const char *why;
        struct fake_step step;
        const char *says;
    } unfit[] = {
        {"no field",
         {FAKE_REPLY, 200, "{\"Name\":\"HR\",\"TicketCustomFields\":[]}", NULL},
         "no custom field IdempotencyKey"},
        {"not the other fields",
         {FAKE_REPLY, 200,
          "{\"Name\":\"HR\",\"TicketCustomFields\":[{\"name\":\"IdempotencyKey\"}]}",
          NULL},
         "no custom field ConversationId"},
        {"disabled",
         {FAKE_REPLY, 200, "{\"Name\":\"HR\",\"Disabled\":\"1\"}", NULL},
         "disabled"},
        {"unknown", {FAKE_REPLY, 403, "{\"message\":\"Forbidden\"}", NULL}, "Forbidden"},
        {"the token", {FAKE_REPLY, 401, "", NULL}, "does not accept the token"},
        {"it is down", {FAKE_RESET, 0, NULL, NULL}, "probe"},
    };
    for (size_t i = 0; i < LEN(unfit); i++) {
        /* repaired afterwards: the next attempt works */
        const struct fake_step steps[] = {unfit[i].step, fit, made, found};
        struct play p;
        play_start(&p, *arena, steps, LEN(steps));
        const struct desk_result *r = rig_ask(&p.rig, &op_open);
        CHECK_INT(r->end, DESK_RETRY, unfit[i].why);
        CHECK(str_has(r->error, str_c(unfit[i].says)), r->error.p);
        CHECK_INT(rig_ask(&p.rig, &op_open)->end, DESK_DONE, unfit[i].why);
        play_stop(&p);
        CHECK(!strstr(fake_request(p.fake, 0), "POST"), "no ticket");
        fake_free(p.fake);
    }
}

static void a_key_that_was_dropped_is_told(void **arena)
{
    /* and the queue is looked at again before the next ticket */
    const struct fake_step steps[] = {fit, made, not_found, fit, made, found};
    struct play p;
    play_start(&p, *arena, steps, LEN(steps));
    const struct desk_result *r = rig_ask(&p.rig, &op_open);
    CHECK_INT(r->end, DESK_DONE, "the ticket was made");
    CHECK_STR(r->number, "41", "and has its number");
    CHECK(str_has(r->error, STR("without our key")), r->error.p);
    CHECK_INT(rig_ask(&p.rig, &op_open)->end, DESK_DONE, "the next");
    play_stop(&p);
    CHECK_INT(p.n, 6, "requests");
    fake_free(p.fake);
}

static void what_the_reading_back_meets_does_not_undo_the_ticket(void **arena)
{
    for (size_t i = 0; i < LEN(faults); i++) {
        if (faults[i].end == DESK_REFUSED)
            continue;
        const struct fake_step steps[] = {fit, made, faults[i].step};
        struct play p;
        play_start(&p, *arena, steps, LEN(steps));
        const struct desk_result *r = rig_ask(&p.rig, &op_open);
        CHECK_INT(r->end, DESK_DONE, faults[i].why);
        CHECK_STR(r->number, "41", faults[i].why);
        play_stop(&p);
        fake_free(p.fake);
    }
}

static void of_two_tickets_the_older_counts(void **arena)
{
    const struct fake_step two = {FAKE_REPLY, 200,
                                  "{\"items\":[" TICKET("41") "," TICKET("9") "]}", NULL};
    const struct fake_step steps[] = {fit, made, two};
    struct play p;
    play_start(&p, *arena, steps, LEN(steps));
    const struct desk_result *r = rig_ask(&p.rig, &op_open);
    CHECK_INT(r->end, DESK_DONE, "done");
    CHECK_STR(r->external, "9", "the lowest id");
    play_stop(&p);
    fake_free(p.fake);
}

static const struct {
    const char *why;
    struct desk_op op;
    struct fake_step step;
    enum desk_end end;
    const char *number, *status;
    const char *request; /* NULL: none must come */
} asks[] = {
    {"find",
     {.type = DESK_FIND, .key = {"K7F3", 4}},
     {FAKE_REPLY, 200, "{\"items\":[" TICKET("41") "]}", NULL},
     DESK_DONE,
     "41",
     "received",
     "GET /REST/2.0/tickets?"},
    {"find nothing",
     {.type = DESK_FIND, .key = {"K7F3", 4}},
     {FAKE_REPLY, 200, "{\"items\":[]}", NULL},
     DESK_NONE,
     "",
     "",
     "GET "},
    {"a search that was ignored",
     {.type = DESK_FIND, .key = {"K0000", 5}},
     {FAKE_REPLY, 200, "{\"items\":[" TICKET("41") "]}", NULL},
     DESK_REFUSED,
     "",
     "",
     "GET "},
    {"RT's injection",
     {.type = DESK_FIND, .key = {"x' OR id > 0 OR Subject='", 25}},
     {FAKE_REPLY, 200, "{\"items\":[]}", NULL},
     DESK_REFUSED,
     "",
     "",
     NULL},
    {"no key",
     {.type = DESK_FIND},
     {FAKE_REPLY, 200, "{\"items\":[]}", NULL},
     DESK_REFUSED,
     "",
     "",
     NULL},
    {"status",
     {.type = DESK_STATUS, .external = {"41", 2}},
     {FAKE_REPLY, 200, "{\"items\":[" TICKET("41") "]}", NULL},
     DESK_DONE,
     "",
     "received",
     "GET "
     "/REST/2.0/tickets?query=id%3D41&fields=Status%2COwner&fields%5BOwner%5D=RealName "},
    {"status of another life cycle",
     {.type = DESK_STATUS, .external = {"41", 2}},
     {FAKE_REPLY, 200, "{\"items\":[{\"id\":41,\"Status\":\"bij-juridisch\"}]}", NULL},
     DESK_DONE,
     "",
     "open",
     "GET /REST/2.0/tickets?query=id%3D41&"},
    {"status of nothing",
     {.type = DESK_STATUS, .external = {"41", 2}},
     {FAKE_REPLY, 200, "{\"items\":[]}", NULL},
     DESK_NONE,
     "",
     "",
     "GET /REST/2.0/tickets?query=id%3D41&"},
    {"status of another ticket",
     {.type = DESK_STATUS, .external = {"41", 2}},
     {FAKE_REPLY, 200, "{\"items\":[" TICKET("42") "]}", NULL},
     DESK_REFUSED,
     "",
     "",
     "GET /REST/2.0/tickets?query=id%3D41&"},
    {"an id that is a path",
     {.type = DESK_STATUS, .external = {"../user/1", 9}},
     {FAKE_REPLY, 404, "", NULL},
     DESK_REFUSED,
     "",
     "",
     NULL},
    {"an id that is another path",
     {.type = DESK_STATUS, .external = {"..", 2}},
     {FAKE_REPLY, 404, "", NULL},
     DESK_REFUSED,
     "",
     "",
     NULL},
    {"withdrawn",
     {.type = DESK_WITHDRAW, .external = {"41", 2}},
     {FAKE_REPLY, 200, "[\"Ticket 41: Status changed from 'new' to 'rejected'\"]", NULL},
     DESK_DONE,
     "",
     "",
     "PUT /REST/2.0/ticket/41 "},
    {"withdrawn already",
     {.type = DESK_WITHDRAW, .external = {"41", 2}},
     {FAKE_REPLY, 200, "[]", NULL},
     DESK_DONE,
     "",
     "",
     "PUT /REST/2.0/ticket/41 "},
    {"200, and yet not withdrawn",
     {.type = DESK_WITHDRAW, .external = {"41", 2}},
     {FAKE_REPLY, 200, "[\"Ticket 41: Permission Denied\"]", NULL},
     DESK_REFUSED,
     "",
     "",
     "PUT "},
    {"a life cycle without that status",
     {.type = DESK_REOPEN, .external = {"41", 2}},
     {FAKE_REPLY, 200, "[\"Status 'open' isn't a valid status for this ticket.\"]", NULL},
     DESK_REFUSED,
     "",
     "",
     "PUT "},
    {"an id that is a path",
     {.type = DESK_REOPEN, .external = {"../user/1", 9}},
     {FAKE_REPLY, 404, "", NULL},
     DESK_REFUSED,
     "",
     "",
     "PUT /REST/2.0/ticket/..%2Fuser%2F1 "},
    {"an id that is another path",
     {.type = DESK_REOPEN, .external = {"..", 2}},
     {FAKE_REPLY, 404, "", NULL},
     DESK_REFUSED,
     "",
     "",
     NULL},
    {"the comment is there",
     {.type = DESK_FOUND, .external = {"41", 2}, .key = {"0123456789ABCDEFGHJK", 20}},
     {FAKE_REPLY, 200,
      "{\"items\":[{\"id\":\"9\",\"Data\":\"balie 0123456789ABCDEFGHJK\\n\"}]}", NULL},
     DESK_DONE,
     "",
     "",
     "GET /REST/2.0/transactions?query=TicketId%3D41%20AND%20Type%3D%27Comment%27"},
    {"the comment is not there",
     {.type = DESK_FOUND, .external = {"41", 2}, .key = {"0123456789ABCDEFGHJK", 20}},
     {FAKE_REPLY, 200, "{\"items\":[]}", NULL},
     DESK_NONE,
     "",
     "",
     "GET "},
    {"comment",
     {.type = DESK_COMMENT, .external = {"41", 2}, .body = {"a\"b", 3}},
     {FAKE_REPLY, 201, "[\"Comments added\"]", NULL},
     DESK_DONE,
     "",
     "",
     "POST /REST/2.0/ticket/41/comment "},
    {"a comment that was lost",
     {.type = DESK_COMMENT, .external = {"41", 2}, .body = {"a", 1}},
     {FAKE_RESET, 0, NULL, NULL},
     DESK_UNCLEAR,
     "",
     "",
     "POST "},
    {"probe",
     {.type = DESK_PROBE, .queue = {"HR", 2}},
     {FAKE_REPLY, 200, QUEUE, NULL},
     DESK_DONE,
     "",
     "",
     "GET /REST/2.0/queue/HR "},
    {"probe of a queue without the field",
     {.type = DESK_PROBE, .queue = {"HR", 2}},
     {FAKE_REPLY, 200, "{\"TicketCustomFields\":[]}", NULL},
     DESK_REFUSED,
     "",
     "",
     "GET "},
    {"a queue's name is escaped",
     {.type = DESK_PROBE, .queue = {"HR & pay/roll", 13}},
     {FAKE_REPLY, 403, "", NULL},
     DESK_REFUSED,
     "",
     "",
     "GET /REST/2.0/queue/HR%20%26%20pay%2Froll "},
};

static void the_other_operations_ask_and_tell(void **arena)
{
    for (size_t i = 0; i < LEN(asks); i++) {
        struct play p;
        play_start(&p, *arena, &asks[i].step, 1);
        const struct desk_result *r = rig_ask(&p.rig, &asks[i].op);
        if (r->end != asks[i].end)
            fail_msg("%s ends %d: %.*s", asks[i].why, (int)r->end, STR_ARG(r->error));
        CHECK_STR(r->number, asks[i].number, asks[i].why);
        CHECK_STR(r->status, asks[i].status, asks[i].why);
        play_stop(&p);
        CHECK_INT(p.n, asks[i].request != NULL, asks[i].why);
        if (asks[i].request)
            CHECK(strstr(fake_request(p.fake, 0), asks[i].request) ==
                      fake_request(p.fake, 0),
                  fake_request(p.fake, 0));
        fake_free(p.fake);
    }
}

static void nobody_there_is_a_retry(void **arena)
{
    struct play p;
    play_start(&p, *arena, &fit, 1);
    fake_stop(p.fake);
    const struct desk_op comment = {
        .type = DESK_COMMENT, .external = STR("1"), .body = STR("x")};
    CHECK_INT(rig_ask(&p.rig, &comment)->end, DESK_RETRY, "nothing was sent");
    rig_stop(&p.rig);
    fake_free(p.fake);
    unlink(p.token_file.p);
}

static void a_token_may_be_replaced_in_place(void **arena)
{
    const struct fake_step steps[] = {
        {FAKE_REPLY, 401, "", NULL}, fit, {FAKE_REPLY, 401, "", NULL}};
    const struct desk_op probe = {.type = DESK_PROBE, .queue = STR("HR")};
    struct play p;
    play_start(&p, *arena, steps, LEN(steps));
    CHECK_RC(file_write(*arena, p.token_file, STR("n3w-token")), RC_OK);
    CHECK_INT(rig_ask(&p.rig, &probe)->end, DESK_RETRY, "there is another token");
    CHECK_INT(rig_ask(&p.rig, &probe)->end, DESK_DONE, "and it is used");
    CHECK_INT(rig_ask(&p.rig, &probe)->end, DESK_REFUSED, "there is no other");
    play_stop(&p);
    CHECK(strstr(fake_request(p.fake, 1), "Authorization: token n3w-token\r\n"), "sent");
    fake_free(p.fake);
}

static void fail_if_called(void *ctx, const struct desk_result *r)
{
    (void)ctx, (void)r;
    fail_msg("done after stop");
}

static void stop_ends_what_runs_without_a_word(void **arena)
{
    const struct fake_step steps[] = {{FAKE_NEVER, 0, NULL, NULL}};
    const struct desk_op find = {.type = DESK_FIND, .key = STR("K1")},
                         bad = {.type = DESK_FIND, .key = STR("'")};
    struct play p;
    play_start(&p, *arena, steps, LEN(steps));
    desk_rest.do_op(p.rig.desk, &find, fail_if_called, NULL);
    rig_run(&p.rig, 50);
    desk_rest.do_op(p.rig.desk, &bad, fail_if_called, NULL);
    desk_rest.stop(p.rig.desk);
    p.rig.desk = NULL; /* stop accepts it */
    rig_run(&p.rig, 400);
    play_stop(&p);
    fake_free(p.fake);
}

struct chain {
    struct play *p;
    struct desk_op op;
    int ended;
};

static void stop_from_done(void *ctx, const struct desk_result *r)
{
    struct chain *c = ctx;
    CHECK_INT(r->end, DESK_DONE, "done");
    c->ended++;
    desk_rest.stop(c->p->rig.desk);
    c->p->rig.desk = NULL;
    CHECK_STR(r->number, "41", "the result outlives the desk during the call");
    loop_stop(c->p->rig.loop);
}

static void done_may_stop_the_desk(void **arena)
{
    const struct fake_step steps[] = {found, {FAKE_NEVER, 0, NULL, NULL}};
    struct play p;
    play_start(&p, *arena, steps, LEN(steps));
    struct chain c = {&p, {.type = DESK_FIND, .key = STR("K7F3")}, 0};
    desk_rest.do_op(p.rig.desk, &c.op, stop_from_done, &c);
    desk_rest.do_op(p.rig.desk, &c.op, stop_from_done, &c); /* one gets no answer */
    rig_run(&p.rig, 200);
    CHECK_INT(c.ended, 1, "the other is not told");
    play_stop(&p);
    fake_free(p.fake);
}

/* --- the settings --- */

UNIT_MAIN(UNIT(a_ticket_is_opened_and_read_back),
          UNIT(only_one_address_becomes_the_requestor),
          UNIT(every_fault_of_an_open_has_its_end),
          UNIT(every_fault_of_a_question_is_asked_again),
          UNIT(a_queue_that_is_not_fit_gets_no_ticket),
          UNIT(a_key_that_was_dropped_is_told),
          UNIT(what_the_reading_back_meets_does_not_undo_the_ticket),
          UNIT(of_two_tickets_the_older_counts), UNIT(the_other_operations_ask_and_tell),
          UNIT(nobody_there_is_a_retry), UNIT(a_token_may_be_replaced_in_place),
          UNIT(stop_ends_what_runs_without_a_word), UNIT(done_may_stop_the_desk))
