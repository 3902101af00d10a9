#include "adapters/servicedesk/rest_settings.h"

#include "base/buf.h"
#include "play.h"

static const struct fake_step fit = {FAKE_REPLY, 200, QUEUE, NULL};

#define SECTION                                                                          \
    "profile: adapters/servicedesk/rt.yaml\nurl: https://d.example\ntoken_file: TOKEN\n"

static const struct {
    const char *why, *section;
    int line;
    const char *says; /* NULL: good */
} sections[] = {
    {"as it should be", SECTION, 0, NULL},
    {"all of it",
     "kind: rest\nprofile: adapters/servicedesk/rt.yaml\nurl: https://d.example:8443/x/\n"
     "user: balie\npassword_file: TOKEN\nqueues: {a: b}\nconnect_ms: 1000\n"
     "total_ms: 9000\nca_file: TOKEN\n",
     0, NULL},
    {"an unknown setting", SECTION "queue: {a: b}\n", 4, "probably meant queues"},
    {"no url", "profile: adapters/servicedesk/rt.yaml\ntoken_file: TOKEN\n", 1,
     "url is missing"},
    {"another scheme",
     "profile: adapters/servicedesk/rt.yaml\ntoken_file: TOKEN\nurl: file:///etc\n", 3,
     "url is https://"},
    {"a password in the url",
     "profile: adapters/servicedesk/rt.yaml\ntoken_file: TOKEN\nurl: https://a:b@c\n", 3,
     "without a name, a password"},
    {"a query in the url",
     "profile: adapters/servicedesk/rt.yaml\ntoken_file: TOKEN\nurl: https://c/?a\n", 3,
     "url is https://"},
    {"no profile", "url: https://c\ntoken_file: TOKEN\n", 1, "profile is missing"},
    {"no such profile", "profile: zaptopdesk\nurl: https://c\ntoken_file: TOKEN\n", 1,
     "there is no profile"},
    {"a name that is a path", "profile: ../rt\nurl: https://c\ntoken_file: TOKEN\n", 1,
     "there is no profile"},
    {"a profile with mistakes",
     "profile: .clang-format.yaml\nurl: https://c\ntoken_file: TOKEN\n", 1,
     "there is no profile"},
    {"no way in", "profile: adapters/servicedesk/rt.yaml\nurl: https://c\n", 1,
     "how do we log in"},
    {"two ways in", SECTION "user: a\npassword_file: TOKEN\n", 1, "how do we log in"},
    {"a user without a password", SECTION "user: a\n", 1, "go together"},
    {"a token in the settings", SECTION "token: abcdef\n", 4, "a secret does not stand"},
    {"a password in the settings", SECTION "password: abcdef\n", 4,
     "a secret does not stand"},
    {"no such file",
     "profile: adapters/servicedesk/rt.yaml\nurl: https://c\n"
     "token_file: /nowhere/token\n",
     3, "cannot be read"},
    {"an empty file",
     "profile: adapters/servicedesk/rt.yaml\nurl: https://c\n"
     "token_file: /dev/null\n",
     3, "cannot be read"},
    {"a time", SECTION "total_ms: 5s\n", 4, "milliseconds"},
    {"no time", SECTION "connect_ms: 0\n", 4, "milliseconds"},
    {"queues", SECTION "queues: HR\n", 4, "a map from our queues"},
    {"a queue", SECTION "queues: {HR: [a]}\n", 4, "must be text"},
    {"a value nobody asks for", SECTION "values: {project: x}\n", 4, "does not ask"},
};

static void mistakes_in_the_settings_are_told_with_their_line(void **arena)
{
    str token = rig_file(*arena, STR("t0-k3n"));
    for (size_t i = 0; i < LEN(sections); i++) {
        struct rig r;
        struct buf b = buf_new(*arena, 4096);
        str rest = str_c(sections[i].section);
        for (ptrdiff_t at; (at = str_find(rest, STR("TOKEN"))) >= 0;) {
            buf_put(&b, str_sub(rest, 0, (size_t)at));
            buf_put(&b, token);
            rest = str_sub(rest, (size_t)at + 5, rest.n);
        }
        buf_put(&b, rest);
        enum rc rc = rig_try(&r, *arena, buf_str(&b));
        const struct diag *first = r.diags.list.n ? &r.diags.list.v[0] : NULL;
        if ((rc == RC_OK) != (sections[i].says == NULL))
            fail_msg("%s: %s", sections[i].why, first ? first->text.p : "no mistake");
        bool said = sections[i].says == NULL;
        for (size_t k = 0; k < r.diags.list.n; k++)
            said = said ||
                (str_has(r.diags.list.v[k].text, str_c(sections[i].says)) &&
                 r.diags.list.v[k].line == sections[i].line);
        if (!said)
            fail_msg("%s: %s", sections[i].why, diag_line(*arena, first).p);
        for (size_t k = 0; k < r.diags.list.n; k++)
            CHECK(!str_has(r.diags.list.v[k].text, STR("abcdef")), "not the secret");
        rig_stop(&r);
    }
    unlink(token.p);
}

static void an_open_line_is_warned_about(void **arena)
{
    struct rig r;
    str token = rig_file(*arena, STR("t0-k3n"));
    CHECK_RC(rig_try(&r, *arena,
                     arena_fmt(*arena,
                               "profile: adapters/servicedesk/rt.yaml\n"
                               "url: http://d.example\ntoken_file: %s\n",
                               token.p)),
             RC_OK);
    CHECK_INT(r.diags.warnings, 1, "one");
    CHECK_INT(r.diags.list.v[0].line, 2, "at the url");
    rig_stop(&r);
    unlink(token.p);
}

static void a_name_and_password_log_in(void **arena)
{
    const struct desk_op probe = {.type = DESK_PROBE, .queue = STR("HR")};
    struct rig r;
    struct fake *f = fake_start(&fit, 1);
    str password = rig_file(*arena, STR(" s3:cr\xc3\xa9t \n"));
    CHECK_RC(rig_try(&r, *arena,
                     arena_fmt(*arena,
                               "profile: adapters/servicedesk/rt.yaml\n"
                               "url: http://127.0.0.1:%d\nuser: balie\n"
                               "password_file: %s\n",
                               fake_port(f), password.p)),
             RC_OK);
    CHECK_INT(rig_ask(&r, &probe)->end, DESK_DONE, r.result.error.p);
    rig_stop(&r);
    fake_stop(f);
    CHECK(strstr(fake_request(f, 0), "Authorization: Basic YmFsaWU6czM6Y3LDqXQ=\r\n"),
          fake_request(f, 0));
    fake_free(f);
    unlink(password.p);
}

static void queues_go_by_the_servicedesks_names(void **arena)
{
    const struct desk_op probe = {.type = DESK_PROBE, .queue = STR("Confidential")};
    const struct fake_step steps[] = {fit, fit}; /* one of them at start */
    struct rig r;
    struct fake *f = fake_start(steps, LEN(steps));
    str token = rig_file(*arena, STR("t0-k3n"));
    CHECK_RC(rig_try(&r, *arena,
                     arena_fmt(*arena,
                               "profile: adapters/servicedesk/rt.yaml\n"
                               "url: http://127.0.0.1:%d\ntoken_file: %s\n"
                               "queues: {Confidential: HR closed}\n",
                               fake_port(f), token.p)),
             RC_OK);
    rig_run(&r, 100);
    CHECK_INT(rig_ask(&r, &probe)->end, DESK_DONE, r.result.error.p);
    rig_stop(&r);
    CHECK_INT(fake_stop(f), 2, "two");
    for (size_t i = 0; i < 2; i++)
        CHECK(strstr(fake_request(f, i), "/queue/HR%20closed "), fake_request(f, i));
    fake_free(f);
    unlink(token.p);
}

UNIT_MAIN(UNIT(mistakes_in_the_settings_are_told_with_their_line),
          UNIT(an_open_line_is_warned_about), UNIT(a_name_and_password_log_in),
          UNIT(queues_go_by_the_servicedesks_names))
