/*
 * Whatever a servicedesk sends back: nothing crashes, nothing unknown passes for done,
 * and nothing private gets into a message.
 */
#include "rest/exchange.h"
#include "sample.h"
#include "unit.h"

#define SECRET "t0ken-abcdef"
#define PRIVATE "Ik heb griep en koorts"

static const char *const profile_text =
    SAMPLE_TOP "message: /message\n"
               "words: {status: {'true': resolved, 'false': open}}\n"
               "operations:\n"
               "  open:\n"
               "    method: POST\n"
               "    url: '{{url}}/ticket'\n"
               "    done: [201]\n"
               "    failed: [{at: /success, is: 'false'}]\n"
               "    take: {external: /id, number: /a/b/0/no}\n"
               "  find:\n"
               "    method: GET\n"
               "    url: '{{url}}/tickets'\n"
               "    items: /items\n"
               "    where: [{at: /fields, any: {/v: '{{key}}'}}]\n"
               "    lowest: external\n"
               "    take: {external: /id}\n"
               "    maybe: {text: /text}\n"
               "  status:\n"
               "    method: GET\n"
               "    url: '{{url}}/ticket/{{external}}'\n"
               "    take: {status: /done}\n";

static const char good_open[] =
    "{\"id\":\"7\",\"a\":{\"b\":[{\"no\":\"I-7\"}]},\"x\":1.5}";
static const char good_find[] =
    "{\"items\":[{\"id\":10,\"text\":\"<p>a&amp;b</p>\",\"fields\":[{\"v\":\"K1\"}]},"
    "{\"id\":9,\"fields\":{\"c\":{\"v\":\"K1\"}}}]}";

struct asked {
    struct profile *profile;
    struct rest_values values;
};

static struct asked asked(struct arena *a)
{
    static const struct rest_value values[] = {
        {{"token", 5}, {SECRET, sizeof SECRET - 1}, VALUE_SECRET},
        {{"key", 3}, {"K1", 2}, VALUE_PLAIN},
        {{"subject", 7}, {PRIVATE, sizeof PRIVATE - 1}, VALUE_PERSONAL},
    };
    struct diags d = diags_new(a);
    struct asked q = {.values = {values, LEN(values)}};
    CHECK_RC(profile_read(a, STR("p.yaml"), str_c(profile_text), &sample_rules, &d,
                          &q.profile),
             RC_OK);
    return q;
}

/* Judges, and checks what must hold whatever came. */
static enum exchange_end judge(struct arena *a, const struct asked *q, const char *name,
                               int status, str body, str headers)
{
    const struct operation *o = profile_operation(q->profile, name);
    struct exchange x = {.profile = q->profile, .operation = o, .values = q->values};
    struct http_reply reply = {
        .end = HTTP_DONE, .status = status, .body = body, .headers = headers};
    struct exchange_result r;
    exchange_judge(a, &x, &reply, 1000, &r);
    CHECK((r.end == EXCHANGE_DONE) == (r.error.n == 0), "a reason, or it is done");
    CHECK((r.end == EXCHANGE_DONE) == (r.n_rows > 0), "done with what was asked for");
    CHECK(str_is_utf8(r.error) && r.error.n < 400, "a message for a log");
    CHECK(!str_has(r.error, STR(SECRET)) && !str_has(r.error, STR("griep")), "private");
    CHECK(r.retry_after_ms >= 0 && r.retry_after_ms <= EXCHANGE_RETRY_AFTER_MAX_MS,
          "wait");
    for (size_t i = 0; i < r.n_rows; i++)
        for (size_t k = 0; k < o->n_must; k++)
            CHECK(r.row[i].v[k].text.n > 0 && str_is_utf8(r.row[i].v[k].text), "taken");
    return r.end;
}

static const struct {
    const char *why, *body;
} bodies[] = {
    {"a NUL in a text", "{\"id\":\"7\\u0000x\",\"a\":{\"b\":[{\"no\":\"1\"}]}}"},
    {"half a surrogate", "{\"id\":\"\\ud800\",\"a\":{\"b\":[{\"no\":\"1\"}]}}"},
    {"an overlong byte", "{\"id\":\"\xc0\xaf\",\"a\":{\"b\":[{\"no\":\"1\"}]}}"},
    {"a number too large", "{\"id\":99999999999999999999,\"a\":{\"b\":[{\"no\":1}]}}"},
    {"a number without end", "{\"id\":1e999,\"a\":{\"b\":[{\"no\":1}]}}"},
    {"not a number", "{\"id\":NaN,\"a\":{\"b\":[{\"no\":1}]}}"},
    {"an id that is a list", "{\"id\":[7],\"a\":{\"b\":[{\"no\":1}]}}"},
    {"an id that is a map", "{\"id\":{\"id\":7},\"a\":{\"b\":[{\"no\":1}]}}"},
    {"an id that is true", "{\"id\":true,\"a\":{\"b\":[{\"no\":1}]}}"},
    {"a list where a map belongs", "{\"id\":7,\"a\":[{\"b\":1}]}"},
    {"a map where a list belongs", "{\"id\":7,\"a\":{\"b\":{\"0\":{}}}}"},
    {"two documents", "{\"id\":7,\"a\":{\"b\":[{\"no\":1}]}}{}"},
    {"a byte order mark", "\xef\xbb\xbf{\"id\":7,\"a\":{\"b\":[{\"no\":1}]}}"},
    {"a script before it", ")]}',\n{\"id\":7,\"a\":{\"b\":[{\"no\":1}]}}"},
    {"a member twice", "{\"id\":7,\"id\":8,\"a\":{\"b\":[{\"no\":1}]}}"},
    {"single quotes", "{'id':7}"},
    {"a text", "\"OK\""},
    {"a number", "7"},
};

static void what_is_no_good_reply_is_unclear(void **arena)
{
    struct asked q = asked(*arena);
    CHECK_INT(judge(*arena, &q, "open", 201, str_c(good_open), STR("")), EXCHANGE_DONE,
              "the good one");
    for (size_t i = 0; i < LEN(bodies); i++)
        CHECK_INT(judge(*arena, &q, "open", 201, str_c(bodies[i].body), STR("")),
                  EXCHANGE_UNCLEAR, bodies[i].why);
}

/* Depth and width: "[[[[...", ten thousand items, one item of a megabyte. */
static void size_alone_harms_nothing(void **arena)
{
    enum { SIZE = 1024 * 1024 };
    struct asked q = asked(*arena);
    char *big = arena_alloc(*arena, SIZE + 64);
    memset(big, '[', SIZE);
    CHECK_INT(judge(*arena, &q, "find", 200, (str){big, SIZE}, STR("")), EXCHANGE_RETRY,
              "deep");
    size_t n = 0;
    for (int i = 0; i < SIZE / 5; i++, n += 5)
        memcpy(big + n, "{\"a\":", 5);
    CHECK_INT(judge(*arena, &q, "find", 200, (str){big, n}, STR("")), EXCHANGE_RETRY,
              "deep maps");
    struct buf b = buf_new(*arena, SIZE);
    buf_put(&b, STR("{\"items\":["));
    for (int i = 0; i < 10000; i++)
        buf_fmt(&b, "%s{\"id\":%d,\"fields\":[{\"v\":\"K1\"}]}", i ? "," : "", 20000 - i);
    buf_put(&b, STR("]}"));
    CHECK_INT(judge(*arena, &q, "find", 200, buf_str(&b), STR("")), EXCHANGE_DONE,
              "wide");
    memset(big, 'x', SIZE);
    memcpy(big, "{\"message\":\"", 12);
    memcpy(big + SIZE, "\"}", 2);
    CHECK_INT(judge(*arena, &q, "open", 400, (str){big, SIZE + 2}, STR("")),
              EXCHANGE_REFUSED, "a long reason");
}

static void headers_are_no_better(void **arena)
{
    static const char *const headers[] = {
        "HTTP/1.1 429 x\r\nRetry-After: \r\n\r\n",
        "HTTP/1.1 429 x\r\nRetry-After: -5\r\n\r\n",
        "HTTP/1.1 429 x\r\nRetry-After: 1e9\r\n\r\n",
        "HTTP/1.1 429 x\r\nRetry-After: 99999999999999999999999\r\n\r\n",
        "HTTP/1.1 429 x\r\nRetry-After: Mon, 99 Zzz 0000 99:99:99 GMT\r\n\r\n",
        "HTTP/1.1 429 x\r\nRetry-After",
        "HTTP/1.1 429 x\r\n:::\r\n\r\n",
        "\r\n\r\n\r\n",
        "",
    };
    struct asked q = asked(*arena);
    for (size_t i = 0; i < LEN(headers); i++)
        CHECK_INT(judge(*arena, &q, "open", 429, STR("<html>"), str_c(headers[i])),
                  EXCHANGE_RETRY, headers[i]);
}

static void a_reason_that_repeats_what_is_private_is_not_told(void **arena)
{
    static const char *const reasons[] = {SECRET, PRIVATE, "Bearer " SECRET " is expired",
                                          "in \\\"" PRIVATE "\\\"", "Ik heb griep en..."};
    struct asked q = asked(*arena);
    for (size_t i = 0; i < LEN(reasons); i++)
        for (int status = 400; status < 600; status++)
            judge(*arena, &q, "open", status,
                  arena_fmt(*arena, "{\"message\":\"%s\"}", reasons[i]), STR(""));
}

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

/* Bytes of a good reply changed, dropped and doubled: judge checks what must hold. */
static void changed_replies_hold_what_must(void **arena)
{
    static const int statuses[] = {200, 201, 204, 400, 422, 500};
    struct asked q = asked(*arena);
    uint32_t random = 20261122;
    size_t done = 0;
    for (int round = 0; round < 20000; round++) {
        struct arena *a = arena_new();
        bool opens = round % 2;
        str good = str_c(opens ? good_open : good_find);
        char *body = arena_alloc(a, good.n * 2 + 8);
        size_t n = good.n;
        memcpy(body, good.p, n);
        for (uint32_t k = next_random(&random) % 4; k > 0 && n > 0; k--) {
            size_t at = next_random(&random) % n;
            switch (next_random(&random) % 4) {
            case 0:
                body[at] = (char)(next_random(&random) & 0xff);
                break;
            case 1:
                memmove(body + at, body + at + 1, --n - at);
                break;
            case 2:
                body[at] = "{}[],:\"\\0-et"[next_random(&random) % 12];
                break;
            default:
                n = at;
            }
        }
        int status = statuses[next_random(&random) % LEN(statuses)];
        done += judge(a, &q, opens ? "open" : "find", status, (str){body, n}, STR("")) ==
            EXCHANGE_DONE;
        arena_free(a);
    }
    CHECK(done > 500, "some are still good, or this tests nothing");
}

/* A status that is a boolean is one only where the profile has a word for it. */
static void truth_is_a_status_where_there_is_a_word_for_it(void **arena)
{
    struct asked q = asked(*arena);
    CHECK_INT(judge(*arena, &q, "status", 200, STR("{\"done\":true}"), STR("")),
              EXCHANGE_DONE, "true");
    CHECK_INT(judge(*arena, &q, "status", 200, STR("{\"done\":null}"), STR("")),
              EXCHANGE_RETRY, "null");
    CHECK_INT(judge(*arena, &q, "find", 200,
                    STR("{\"items\":[{\"id\":true,\"fields\":[{\"v\":\"K1\"}]}]}"),
                    STR("")),
              EXCHANGE_RETRY, "an id is never true");
}

UNIT_MAIN(UNIT(what_is_no_good_reply_is_unclear), UNIT(size_alone_harms_nothing),
          UNIT(headers_are_no_better),
          UNIT(a_reason_that_repeats_what_is_private_is_not_told),
          UNIT(changed_replies_hold_what_must),
          UNIT(truth_is_a_status_where_there_is_a_word_for_it))
