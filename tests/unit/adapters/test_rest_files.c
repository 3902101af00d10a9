#include <fcntl.h>
#include <sys/stat.h>

#include "adapters/servicedesk/rest.h"
#include "base/log.h"
#include "fake.h"
#include "rig.h"

#define KEY "0123456789ABCDEFGHJKMNPQRS"

struct play {
    struct fake *fake;
    struct rig rig;
    str token_file, file;
};

static void play_start(struct play *p, struct arena *a, const char *profile,
                       const struct fake_step *steps, size_t n)
{
    log_set_level(LOG_LEVEL_ERR - 1);
    p->fake = fake_start(steps, n);
    p->token_file = rig_file(a, STR("t0-k3n\n"));
    CHECK_RC(rig_try(&p->rig, a,
                     arena_fmt(a,
                               "profile: adapters/servicedesk/%s.yaml\n"
                               "url: http://127.0.0.1:%d/\ntoken_file: %s\n"
                               "total_ms: 1000\n%s",
                               profile, fake_port(p->fake), p->token_file.p,
                               strcmp(profile, "rt") == 0
                                   ? ""
                                   : "values: {key_field: '1', person_field: '2', "
                                     "tracker: '1', withdrawn: '6', reopened: '2'}\n")),
             RC_OK);
    str folder = file_path(a, p->rig.all.state, STR("files"));
    CHECK_RC(file_make_dir(a, folder), RC_OK);
    p->file = file_path(a, folder, STR(KEY));
    CHECK_RC(file_write(a, p->file, STR("%PDF-1.4 \x01\x02")), RC_OK);
}

static void play_stop(struct play *p, size_t requests)
{
    rig_stop(&p->rig);
    CHECK_INT(fake_stop(p->fake), requests, "requests");
    unlink(p->token_file.p);
    unlink(p->file.p);
}

static const struct desk_op op_file = {.type = DESK_FILE,
                                       .key = STR_INIT("K7F3"),
                                       .external = STR_INIT("41"),
                                       .body = STR_INIT("Jan: bestand brief \"é\".pdf"),
                                       .file = {.key = STR_INIT(KEY),
                                                .name = STR_INIT("brief é.pdf"),
                                                .type = STR_INIT("application/pdf"),
                                                .size = 11}};

static void a_file_goes_to_rt_as_a_part_of_a_comment(void **arena)
{
    static const struct fake_step steps[] = {
        {FAKE_REPLY, 201, "[\"Comments added\"]", NULL}};
    struct play p;
    play_start(&p, *arena, "rt", steps, LEN(steps));
    CHECK_INT(rig_ask(&p.rig, &op_file)->end, DESK_DONE, p.rig.result.error.p);
    play_stop(&p, 1);
    const char *said = fake_request(p.fake, 0);
    CHECK(strstr(said, "POST /REST/2.0/ticket/41/comment HTTP/1.1\r\n"), said);
    CHECK(strstr(said, "Content-Type: multipart/form-data; boundary=balie-"), said);
    CHECK(strstr(said,
                 "name=\"JSON\"\r\nContent-Type: application/json\r\n\r\n"
                 "{\"Subject\":\"balie K7F3\",\"Content\":\"Jan: bestand brief "
                 "\\\"é\\\".pdf\",\"ContentType\":\"text/plain\"}\r\n"),
          said);
    CHECK(strstr(said,
                 "name=\"Attachments\"; filename=\"brief é.pdf\"\r\n"
                 "Content-Type: application/pdf\r\n\r\n%PDF-1.4 \x01\x02\r\n--balie-"),
          said);
    fake_free(p.fake);
}

static void to_redmine_the_bytes_go_first(void **arena)
{
    static const struct fake_step steps[] = {
        {FAKE_REPLY, 201, "{\"upload\":{\"id\":7,\"token\":\"7.abc\"}}", NULL},
        {FAKE_REPLY, 204, "", NULL}};
    struct play p;
    play_start(&p, *arena, "redmine", steps, LEN(steps));
    CHECK_INT(rig_ask(&p.rig, &op_file)->end, DESK_DONE, p.rig.result.error.p);
    play_stop(&p, 2);
    const char *bytes = fake_request(p.fake, 0), *note = fake_request(p.fake, 1);
    CHECK(strstr(bytes, "POST /uploads.json?filename=brief%20%C3%A9.pdf HTTP/1.1\r\n"),
          bytes);
    CHECK(strstr(bytes, "Content-Type: application/octet-stream\r\n"), bytes);
    CHECK(strstr(bytes, "\r\n\r\n%PDF-1.4 \x01\x02"), bytes);
    CHECK(strstr(note, "\"token\":\"7.abc\""), note);
    CHECK(strstr(note, "\"filename\":\"brief é.pdf\""), note);
    CHECK(strstr(note, "[balie K7F3]"), note);
    fake_free(p.fake);
}

static const struct {
    const char *why;
    struct fake_step step;
    enum desk_end end;
} faults[] = {
    {"too large for it", {FAKE_REPLY, 413, "", NULL}, DESK_REFUSED},
    {"a kind that it does not take", {FAKE_REPLY, 422, "{}", NULL}, DESK_REFUSED},
    {"busy", {FAKE_REPLY, 503, "", "Retry-After: 1\r\n"}, DESK_RETRY},
    {"broken", {FAKE_REPLY, 500, "", NULL}, DESK_UNCLEAR},
    {"a reset", {FAKE_RESET, 0, NULL, NULL}, DESK_UNCLEAR},
    {"a time-out", {FAKE_NEVER, 0, NULL, NULL}, DESK_UNCLEAR},
};

static void every_fault_of_a_file_has_its_end(void **arena)
{
    for (size_t i = 0; i < LEN(faults); i++) {
        struct play p;
        play_start(&p, *arena, "rt", &faults[i].step, 1);
        CHECK_INT(rig_ask(&p.rig, &op_file)->end, faults[i].end, faults[i].why);
        play_stop(&p, 1);
        fake_free(p.fake);
    }
}

static void a_file_that_is_gone_is_not_sent_for_ever(void **arena)
{
    struct play p;
    play_start(&p, *arena, "rt", NULL, 0);
    unlink(p.file.p);
    CHECK_INT(rig_ask(&p.rig, &op_file)->end, DESK_REFUSED, "gone");
    play_stop(&p, 0);
    fake_free(p.fake);
}

static void a_file_that_has_become_shorter_is_not_sent(void **arena)
{
    struct play p;
    play_start(&p, *arena, "rt", NULL, 0);
    CHECK_RC(file_write(*arena, p.file, STR("%PDF")), RC_OK);
    CHECK_INT(rig_ask(&p.rig, &op_file)->end, DESK_RETRY, "nothing left us");
    play_stop(&p, 0);
    fake_free(p.fake);
}

static const struct {
    const char *why, *profile;
    struct fake_step step;
    int64_t most;
    enum desk_end end;
    const char *bytes;
    bool too_large;
} fetches[] = {
    {"base64 with line breaks",
     "rt",
     {FAKE_REPLY, 200, "{\"Content\":\"JVBE\\nRi0x\\nLjQK\\n\"}", NULL},
     100,
     DESK_DONE,
     "%PDF-1.4\n",
     false},
    {"no base64",
     "rt",
     {FAKE_REPLY, 200, "{\"Content\":\"J*BE\"}", NULL},
     100,
     DESK_REFUSED,
     "",
     false},
    {"as it is",
     "redmine",
     {FAKE_REPLY, 200, "%PDF-1.4\n", NULL},
     100,
     DESK_DONE,
     "%PDF-1.4\n",
     false},
    {"larger than allowed",
     "redmine",
     {FAKE_REPLY, 200, "%PDF-1.4\n", NULL},
     8,
     DESK_REFUSED,
     "",
     true},
    {"larger when decoded",
     "rt",
     {FAKE_REPLY, 200, "{\"Content\":\"JVBERi0xLjQK\"}", NULL},
     8,
     DESK_REFUSED,
     "",
     true},
    {"gone", "redmine", {FAKE_REPLY, 404, "no such", NULL}, 100, DESK_REFUSED, "", false},
    {"cut short",
     "redmine",
     {FAKE_CUT, 200, "%PDF", NULL},
     100,
     DESK_RETRY,
     "%PDF",
     false},
    {"trouble", "redmine", {FAKE_REPLY, 502, "<html>", NULL}, 100, DESK_RETRY, "", false},
};

static void a_file_of_a_reply_is_fetched(void **arena)
{
    for (size_t i = 0; i < LEN(fetches); i++) {
        struct play p;
        char got[64] = "";
        play_start(&p, *arena, fetches[i].profile, &fetches[i].step, 1);
        str to = rig_file(*arena, STR(""));
        struct desk_op op = {.type = DESK_FETCH,
                             .external = STR("41"),
                             .event = STR("53"),
                             .file = {.id = STR("4"), .name = STR("brief.pdf")},
                             .to = open(to.p, O_RDWR),
                             .most = fetches[i].most};
        const struct desk_result *r = rig_ask(&p.rig, &op);
        CHECK_INT(r->end, fetches[i].end, fetches[i].why);
        CHECK(r->too_large == fetches[i].too_large, fetches[i].why);
        ssize_t n = pread(op.to, got, sizeof got - 1, 0);
        if (r->end == DESK_DONE)
            CHECK_STR(((str){got, (size_t)n}), fetches[i].bytes, fetches[i].why);
        close(op.to);
        unlink(to.p);
        play_stop(&p, 1);
        fake_free(p.fake);
    }
}

UNIT_MAIN(UNIT(a_file_goes_to_rt_as_a_part_of_a_comment),
          UNIT(to_redmine_the_bytes_go_first), UNIT(every_fault_of_a_file_has_its_end),
          UNIT(a_file_that_is_gone_is_not_sent_for_ever),
          UNIT(a_file_that_has_become_shorter_is_not_sent),
          UNIT(a_file_of_a_reply_is_fetched))
