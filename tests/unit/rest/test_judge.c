#include "rest/exchange.h"
#include "sample.h"
#include "unit.h"

static const char *const profile_text =
    SAMPLE_TOP "message: /message\n"
               "words: {status: {new: received, '*': open}}\n"
               "operations:\n"
               "  open:\n"
               "    method: POST\n"
               "    url: '{{url}}/ticket'\n"
               "    json: {Subject: '{{subject}}'}\n"
               "    done: [200, 201]\n"
               "    refused: [226]\n"
               "    failed:\n"
               "      - {at: /success, is: 'false'}\n"
               "      - {at: /0, has: invalid value, why: a field was dropped}\n"
               "    need: [{at: /id, present: yes}]\n"
               "    take: {external: /id, number: /no}\n"
               "  find:\n"
               "    method: GET\n"
               "    url: '{{url}}/tickets'\n"
               "    none: [404]\n"
               "    items: /items\n"
               "    where: [{at: /key, is: '{{key}}'}]\n"
               "    lowest: external\n"
               "    take: {external: /id}\n"
               "  status:\n"
               "    method: GET\n"
               "    url: '{{url}}/ticket/{{external}}'\n"
               "    retry: [500]\n"
               "    unclear: [404]\n"
               "    take: {status: /Status}\n";

static struct profile *profile(struct arena *a)
{
    struct diags d = diags_new(a);
    struct profile *p;
    CHECK_RC(profile_read(a, STR("p.yaml"), str_c(profile_text), &sample_rules, &d, &p),
             RC_OK);
    return p;
}

static struct exchange_result judge(struct arena *a, const char *operation,
                                    const struct http_reply *reply)
{
    const struct rest_value values[] = {
        {STR("token"), STR("t0ken-abcdef"), VALUE_SECRET},
        {STR("key"), STR("K1"), VALUE_PLAIN},
        {STR("subject"), STR("Ziek\nIk heb griep en koorts"), VALUE_PERSONAL},
        {STR("person_email"), STR("jan@example.org"), VALUE_PERSONAL},
    };
    struct profile *p = profile(a);
    struct exchange x = {.profile = p,
                         .operation = profile_operation(p, operation),
                         .values = {values, LEN(values)}};
    struct exchange_result r;
    exchange_judge(a, &x, reply, 0, &r);
    return r;
}

static struct exchange_result judge_status(struct arena *a, const char *operation,
                                           int status, const char *body,
                                           const char *headers)
{
    struct http_reply reply = {.end = HTTP_DONE,
                               .status = status,
                               .body = str_c(body),
                               .headers = str_c(headers)};
    return judge(a, operation, &reply);
}

#define GOOD "{\"id\":\"7\",\"no\":\"I-7\"}"

static const char *const names[] = {"done", "none", "retry", "unclear", "refused"};

/* What must be for a status that no profile lists, by the kind of operation. */
static enum exchange_end expected(int status, bool safe)
{
    if (status == 200 || status == 201)
        return EXCHANGE_DONE;
    if (status == 226)
        return EXCHANGE_REFUSED;
    if (status == 408 || status == 425 || status == 429)
        return EXCHANGE_RETRY;
    if ((status >= 300 && status < 400 && status != 303) ||
        (status >= 400 && status < 500))
        return EXCHANGE_REFUSED;
    return safe ? EXCHANGE_RETRY : EXCHANGE_UNCLEAR;
}

static void every_status_has_its_end(void **arena)
{
    for (int status = 0; status < 1000; status++) {
        struct arena *a = arena_new();
        struct exchange_result r = judge_status(a, "open", status, GOOD, "");
        if (r.end != expected(status, false))
            fail_msg("status %d of a POST ends %s", status, names[r.end]);
        CHECK((r.end == EXCHANGE_DONE) == (r.error.n == 0), "an error where it failed");
        arena_free(a);
    }
    (void)arena;
}

static void every_status_of_a_question_has_its_end(void **arena)
{
    for (int status = 0; status < 1000; status++) {
        struct arena *a = arena_new();
        struct exchange_result r = judge_status(
            a, "find", status, "{\"items\":[{\"id\":7,\"key\":\"K1\"}]}", "");
        enum exchange_end want = status == 404 ? EXCHANGE_NONE
            : status / 100 == 2                ? EXCHANGE_DONE
                                               : expected(status, true);
        if (r.end != want)
            fail_msg("status %d of a GET ends %s", status, names[r.end]);
        arena_free(a);
    }
    (void)arena;
}

static void a_profile_decides_on_what_it_lists(void **arena)
{
    CHECK_INT(judge_status(*arena, "status", 500, "", "").end, EXCHANGE_RETRY, "500");
    CHECK_INT(judge_status(*arena, "status", 404, "", "").end, EXCHANGE_RETRY,
              "unclear, of a question");
}

static void without_a_whole_reply_it_is_unclear(void **arena)
{
    const struct http_reply lost = {.end = HTTP_UNCLEAR, .error = STR("timed out")};
    const struct http_reply unsent = {.end = HTTP_NOT_SENT,
                                      .error = STR("no connection")};
    struct exchange_result r = judge(*arena, "open", &lost);
    CHECK_INT(r.end, EXCHANGE_UNCLEAR, "a POST that timed out");
    CHECK_STR(r.error, "open: timed out", "why");
    CHECK_INT(judge(*arena, "find", &lost).end, EXCHANGE_RETRY, "a GET that timed out");
    CHECK_INT(judge(*arena, "open", &unsent).end, EXCHANGE_RETRY, "nothing was sent");
}

static const struct {
    const char *why, *operation, *body;
    enum exchange_end end;
    const char *external; /* of DONE */
} bodies[] = {
    {"as promised", "open", GOOD, EXCHANGE_DONE, "7"},
    {"numbers are text", "open", "{\"id\":7,\"no\":8}", EXCHANGE_DONE, "7"},
    {"nothing", "open", "", EXCHANGE_UNCLEAR, ""},
    {"not JSON", "open", "<html>Proxy</html>", EXCHANGE_UNCLEAR, ""},
    {"cut short", "open", "{\"id\":\"7\",\"no\":", EXCHANGE_UNCLEAR, ""},
    {"text behind it", "open", GOOD "x", EXCHANGE_UNCLEAR, ""},
    {"a member twice", "open", "{\"id\":1,\"id\":2,\"no\":3}", EXCHANGE_UNCLEAR, ""},
    {"not UTF-8", "open", "{\"id\":\"\xff\",\"no\":1}", EXCHANGE_UNCLEAR, ""},
    {"no id", "open", "{\"no\":\"I-7\"}", EXCHANGE_UNCLEAR, ""},
    {"an empty id", "open", "{\"id\":\"\",\"no\":\"1\"}", EXCHANGE_UNCLEAR, ""},
    {"an id that is none", "open", "{\"id\":true,\"no\":\"1\"}", EXCHANGE_UNCLEAR, ""},
    {"no number", "open", "{\"id\":\"7\"}", EXCHANGE_UNCLEAR, ""},
    {"a list instead", "open", "[1]", EXCHANGE_UNCLEAR, ""},
    {"null", "open", "null", EXCHANGE_UNCLEAR, ""},
    {"a success that failed", "open", "{\"success\":false,\"id\":7,\"no\":7}",
     EXCHANGE_REFUSED, ""},
    {"a dropped field", "open", "[\"Invalid value for custom field\"]", EXCHANGE_REFUSED,
     ""},
    {"found", "find", "{\"items\":[{\"id\":9,\"key\":\"K1\"}]}", EXCHANGE_DONE, "9"},
    {"the lowest number", "find",
     "{\"items\":[{\"id\":10,\"key\":\"K1\"},{\"id\":9,\"key\":\"K1\"},{\"id\":\"11\","
     "\"key\":\"K1\"}]}",
     EXCHANGE_DONE, "9"},
    {"ours among others", "find",
     "{\"items\":[{\"id\":1,\"key\":\"K2\"},{\"id\":5,\"key\":\"K1\"}]}", EXCHANGE_DONE,
     "5"},
    {"not found", "find", "{\"items\":[]}", EXCHANGE_NONE, ""},
    {"only others: the search was ignored", "find",
     "{\"items\":[{\"id\":1,\"key\":\"K2\"},{\"id\":2}]}", EXCHANGE_REFUSED, ""},
    {"no list", "find", "{\"items\":null}", EXCHANGE_RETRY, ""},
    {"garbage to a question", "find", "oops", EXCHANGE_RETRY, ""},
    {"an item without its id", "find", "{\"items\":[{\"key\":\"K1\"}]}", EXCHANGE_RETRY,
     ""},
};

static void the_body_of_a_success_decides(void **arena)
{
    for (size_t i = 0; i < LEN(bodies); i++) {
        struct exchange_result r =
            judge_status(*arena, bodies[i].operation, 201, bodies[i].body, "");
        if (r.end != bodies[i].end)
            fail_msg("%s: ends %s", bodies[i].why, names[r.end]);
        CHECK_STR(exchange_taken(&r, "external"), bodies[i].external, bodies[i].why);
    }
}

static void their_words_become_ours(void **arena)
{
    struct exchange_result r =
        judge_status(*arena, "status", 200, "{\"Status\":\"new\"}", "");
    CHECK_STR(exchange_taken(&r, "status"), "received", "a word");
    r = judge_status(*arena, "status", 200, "{\"Status\":\"x\"}", "");
    CHECK_STR(exchange_taken(&r, "status"), "open", "another");
}

#define WAIT(s) "HTTP/1.1 429 x\r\nretry-after: " s "\r\n\r\n"

static void a_server_may_say_when(void **arena)
{
    static const struct {
        int status;
        const char *headers;
        enum exchange_end end;
        int64_t ms;
    } waits[] = {
        {429, WAIT("3"), EXCHANGE_RETRY, 3000},
        {429, "", EXCHANGE_RETRY, 0},
        {429, WAIT("Thu, 01 Jan 1970 00:00:09 GMT"), EXCHANGE_RETRY, 9000},
        {429, WAIT("99999999"), EXCHANGE_RETRY, EXCHANGE_RETRY_AFTER_MAX_MS},
        {429, WAIT("never"), EXCHANGE_RETRY, 0},
        {503, WAIT("2"), EXCHANGE_RETRY, 2000},
        {503, "", EXCHANGE_UNCLEAR, 0},
        {500, WAIT("2"), EXCHANGE_UNCLEAR, 2000},
        {400, WAIT("2"), EXCHANGE_REFUSED, 0},
        {201, WAIT("2"), EXCHANGE_DONE, 0},
    };
    for (size_t i = 0; i < LEN(waits); i++) {
        struct exchange_result r =
            judge_status(*arena, "open", waits[i].status, GOOD, waits[i].headers);
        CHECK_INT(r.end, waits[i].end, waits[i].headers);
        CHECK_INT(r.retry_after_ms, waits[i].ms, waits[i].headers);
    }
}

static void errors_tell_operators_why_and_nobody_who(void **arena)
{
    static const struct {
        const char *body, *want;
    } said[] = {
        {"{\"message\":\"No permission in the queue 'X'\"}",
         "open: status 403: No permission in the queue 'X'"},
        {"{\"message\":\"a\\r\\nb\\u0007\"}", "open: status 403: a  b"},
        {"{\"message\":\"Bad address jan@example.org\"}",
         "open: status 403: the reply says why, but repeats what is private"},
        {"{\"message\":\"Cannot parse other@example.org\"}",
         "open: status 403: the reply says why, but repeats what is private"},
        {"{\"message\":\"Too long: Ik heb griep en...\"}",
         "open: status 403: the reply says why, but repeats what is private"},
        {"{\"message\":\"token t0ken-abcdef is expired\"}",
         "open: status 403: the reply says why, but repeats what is private"},
        {"{}", "open: status 403: the account has no right to this"},
        {"Ik heb griep", "open: status 403: the account has no right to this"},
    };
    for (size_t i = 0; i < LEN(said); i++)
        CHECK_STR(judge_status(*arena, "open", 403, said[i].body, "").error, said[i].want,
                  said[i].body);
    CHECK_STR(judge_status(*arena, "open", 200, "[\"Invalid value for X\"]", "").error,
              "open: status 200: a field was dropped", "the profile's own words");
}

static void a_long_message_is_cut_at_a_character(void **arena)
{
    char body[1024] = "{\"message\":\"";
    for (size_t n = strlen(body); n < 900; n += 2)
        memcpy(body + n, "\xc3\xa9", 3);
    memcpy(body + 900, "x\"}", 4);
    str error = judge_status(*arena, "open", 400, body, "").error;
    CHECK(str_is_utf8(error), "no half character");
    CHECK(error.n < 300, "cut");
}

UNIT_MAIN(UNIT(every_status_has_its_end), UNIT(every_status_of_a_question_has_its_end),
          UNIT(a_profile_decides_on_what_it_lists),
          UNIT(without_a_whole_reply_it_is_unclear), UNIT(the_body_of_a_success_decides),
          UNIT(their_words_become_ours), UNIT(a_server_may_say_when),
          UNIT(errors_tell_operators_why_and_nobody_who),
          UNIT(a_long_message_is_cut_at_a_character))
