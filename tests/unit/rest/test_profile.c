#include "rest/profile.h"
#include "sample.h"
#include "unit.h"

static struct profile *read(void **arena, const char *text)
{
    struct diags d = diags_new(*arena);
    struct profile *p = NULL;
    enum rc rc = profile_read(*arena, STR("p.yaml"), str_c(text), &sample_rules, &d, &p);
    if (d.list.n > 0 && rc)
        fail_msg("%s", diag_line(*arena, &d.list.v[0]).p);
    CHECK_RC(rc, RC_OK);
    return p;
}

static void a_profile_is_read_whole(void **arena)
{
    struct profile *p =
        read(arena,
             SAMPLE_TOP "scheme: token\n"
                        "settings: [project]\n"
                        "headers: {X-Key: 'a {{token}}', Accept: application/json}\n"
                        "message: /message\n"
                        "words: {status: {new: received, '*': open}}\n" SAMPLE_OPEN
                        "    json: {Project: '{{project}}', Subject: '{{subject}}'}\n"
                        "    done: [201]\n"
                        "    verify: find\n"
                        "  find:\n"
                        "    method: GET\n"
                        "    url: '{{url}}/t'\n"
                        "    query: {q: 'k={{key}}'}\n"
                        "    items: /items\n"
                        "    where: [{at: /key, is: '{{key}}'}]\n"
                        "    lowest: external\n"
                        "    take: {external: /id}\n");
    CHECK_STR(p->product, "Sample", "product");
    CHECK_STR(p->scheme, "token", "scheme");
    CHECK_INT(p->sources.n, 0, "none told, which is a warning");
    CHECK(!p->unverified, "tested");
    CHECK_INT(p->settings.n, 1, "its own placeholders");
    CHECK_INT(p->headers.n, 2, "headers");
    const struct operation *open = profile_operation(p, "open");
    CHECK_STR(str_c(open->method), "POST", "method");
    CHECK(!open->safe, "a POST is not safe");
    CHECK_INT(open->done.v[0], 201, "statuses");
    CHECK(open->verify == profile_operation(p, "find"), "verify");
    CHECK(open->verify->safe, "a GET is safe");
    CHECK(!profile_operation(p, "status"), "what is not there");
    CHECK_STR(profile_word(p, STR("status"), STR("new")), "received", "a word");
    CHECK_STR(profile_word(p, STR("status"), STR("odd")), "open", "any other word");
    CHECK_STR(profile_word(p, STR("number"), STR("new")), "new", "no words for it");
}

static void unverified_is_a_warning(void **arena)
{
    struct diags d = diags_new(*arena);
    struct profile *p;
    CHECK_RC(
        profile_read(*arena, STR("p.yaml"),
                     STR("product: P\ntested: unverified\nsources: [x]\n" SAMPLE_OPEN),
                     &sample_rules, &d, &p),
        RC_OK);
    CHECK(p->unverified, "said");
    CHECK_INT(d.warnings, 1, "told");
    CHECK_INT(d.list.v[0].line, 2, "where");
}

static void a_post_that_searches_may_be_safe(void **arena)
{
    struct profile *p = read(arena,
                             SAMPLE_TOP SAMPLE_OPEN "  find:\n"
                                                    "    method: POST\n"
                                                    "    safe: yes\n"
                                                    "    url: '{{url}}/s'\n"
                                                    "    take: {external: /id}\n");
    CHECK(profile_operation(p, "find")->safe, "said so");
}

#define AT "    " /* more of the operation `open`: lines 8 and on */

static const struct {
    const char *why, *text;
    int line; /* of the first mistake */
    const char *says;
} mistakes[] = {
    {"not YAML", "product: [", 2, "did not find"},
    {"a list", "- product\n", 1, "must be a map"},
    {"no product", "tested: x\n" SAMPLE_OPEN, 1, "which product"},
    {"no operations", SAMPLE_TOP, 1, "needs operations"},
    {"an unknown key", SAMPLE_TOP "mesage: /m\n" SAMPLE_OPEN, 3,
     "probably meant message"},
    {"a required operation", SAMPLE_TOP "operations: {}\n", 3, "open is missing"},
    {"an unknown operation", SAMPLE_TOP SAMPLE_OPEN "  fnd: {}\n", 8,
     "probably meant find"},
    {"an unknown key in it", SAMPLE_TOP SAMPLE_OPEN AT "retrys: [500]\n", 8,
     "\"retrys\" in an operation (probably meant retry)"},
    {"an unknown placeholder", SAMPLE_TOP SAMPLE_OPEN AT "json: {S: '{{subjekt}}'}\n", 8,
     "probably meant {{subject}}"},
    {"a placeholder without a value here",
     SAMPLE_TOP SAMPLE_OPEN AT "json: {S: '{{external}}'}\n", 8, "has no value"},
    {"a placeholder in a claim",
     SAMPLE_TOP SAMPLE_OPEN AT "failed: [{at: /a, is: '{{kee}}'}]\n", 8,
     "probably meant {{key}}"},
    {"a bad pointer", SAMPLE_TOP "message: message\n" SAMPLE_OPEN, 3, "no JSON Pointer"},
    {"a bad pointer to take",
     SAMPLE_TOP
     "operations: {open: {method: POST, url: '{{url}}', take: {external: id}}}",
     3, "no JSON Pointer"},
    {"a bad pointer in a claim",
     SAMPLE_TOP SAMPLE_OPEN AT "failed: [{at: a/b, present: yes}]\n", 8,
     "no JSON Pointer"},
    {"a bad pointer to a member",
     SAMPLE_TOP SAMPLE_OPEN AT "failed: [{at: /a, any: {/~2: x}}]\n", 8,
     "no JSON Pointer"},
    {"a claim without a place", SAMPLE_TOP SAMPLE_OPEN AT "need: [{is: x}]\n", 8,
     "needs `at`"},
    {"a claim that claims nothing", SAMPLE_TOP SAMPLE_OPEN AT "need: [{at: /a}]\n", 8,
     "one of is, not, has"},
    {"a claim that claims two things",
     SAMPLE_TOP SAMPLE_OPEN AT "need: [{at: /a, is: x, has: y}]\n", 8,
     "one of is, not, has"},
    {"a method",
     SAMPLE_TOP "operations: {open: {method: PUSH, url: '{{url}}', take: "
                "{external: /id}}}",
     3, "a method is"},
    {"no url", SAMPLE_TOP "operations: {open: {method: POST, take: {external: /id}}}", 3,
     "needs a url"},
    {"a host of its own",
     SAMPLE_TOP
     "operations: {open: {method: POST, url: 'https://evil.example/', take: {external: "
     "/id}}}",
     3, "starts with a base"},
    {"a host before the base",
     SAMPLE_TOP
     "operations: {open: {method: POST, url: 'https://x/{{url}}', take: {external: "
     "/id}}}",
     3, "at the start"},
    {"a query in the url",
     SAMPLE_TOP
     "operations: {open: {method: POST, url: '{{url}}?a=b', take: {external: /id}}}",
     3, "belongs under `query`"},
    {"a blank in the url",
     SAMPLE_TOP
     "operations: {open: {method: POST, url: '{{url}}/a b', take: {external: /id}}}",
     3, "cannot hold the byte 0x20: write %20"},
    {"a line end in the url",
     SAMPLE_TOP
     "operations: {open: {method: POST, url: \"{{url}}/a\\r\\nX: y\", take: {external: "
     "/id}}}",
     3, "cannot hold the byte 0x0D"},
    {"an output that must be taken",
     SAMPLE_TOP "operations: {open: {method: POST, url: '{{url}}', take: {number: /id}}}",
     3, "must take \"external\""},
    {"a status", SAMPLE_TOP SAMPLE_OPEN AT "done: [2xx]\n", 8, "from 100 to 599"},
    {"statuses", SAMPLE_TOP SAMPLE_OPEN AT "done: 201\n", 8, "are a list"},
    {"two bodies", SAMPLE_TOP SAMPLE_OPEN AT "json: {}\n" AT "text: x\n", 5, "one body"},
    {"a header's name", SAMPLE_TOP "headers: {'X Y': a}\n" SAMPLE_OPEN, 3, "no header"},
    {"a header of two lines", SAMPLE_TOP "headers: {X: \"a\\r\\nY: b\"}\n" SAMPLE_OPEN, 3,
     "one line"},
    {"a person in a name", SAMPLE_TOP SAMPLE_OPEN AT "json: {'{{subject}}': x}\n", 8,
     "only settings can"},
    {"a person in a parameter", SAMPLE_TOP SAMPLE_OPEN AT "query: {'{{key}}': x}\n", 8,
     "only settings can"},
    {"a login without its secret", SAMPLE_TOP "login: 'a:b'\n" SAMPLE_OPEN, 3,
     "has the secret in it"},
    {"a filter", SAMPLE_TOP SAMPLE_OPEN AT "json: {a: '{{subject|upper}}'}\n", 8,
     "unknown filter \"upper\""},
    {"another value that has none there",
     SAMPLE_TOP SAMPLE_OPEN AT "json: {a: '{{subject|or external}}'}\n", 8,
     "has no value in the operation open"},
    {"where without items", SAMPLE_TOP SAMPLE_OPEN AT "where: [{at: /a, is: b}]\n", 5,
     "need items"},
    {"verify by what changes something", SAMPLE_TOP SAMPLE_OPEN AT "verify: open\n", 8,
     "only asks"},
    {"verify by nothing", SAMPLE_TOP SAMPLE_OPEN AT "verify: find\n", 8, "only asks"},
    {"a setting that is a placeholder", SAMPLE_TOP "settings: [key]\n" SAMPLE_OPEN, 3,
     "already"},
    {"a setting's name", SAMPLE_TOP "settings: ['a b']\n" SAMPLE_OPEN, 3, "no name"},
    /* secrets */
    {"a token in a header",
     SAMPLE_TOP "headers: {Authorization: 'token 1-23-0123456789abcdef'}\n" SAMPLE_OPEN,
     3, "a secret is written here"},
    {"a credential without its secret",
     SAMPLE_TOP "headers: {Authorization: abc}\n" SAMPLE_OPEN, 3,
     "a secret is written here"},
    {"a token beside a placeholder",
     SAMPLE_TOP
     "headers: {Authorization: 'Bearer 0123456789abcdef0123 {{token}}'}\n" SAMPLE_OPEN,
     3, "a secret is written here"},
    {"a key in a header",
     SAMPLE_TOP "headers: {X-Api-Key: 0123456789abcdef}\n" SAMPLE_OPEN, 3,
     "a secret is written here"},
    {"a password in a body", SAMPLE_TOP SAMPLE_OPEN AT "json: {password: Welkom01}\n", 8,
     "a secret is written here"},
    {"a token in a query", SAMPLE_TOP SAMPLE_OPEN AT "query: {token: A1b2C3}\n", 8,
     "a secret is written here"},
    {"a known maker's token anywhere",
     SAMPLE_TOP SAMPLE_OPEN AT "json: {a: [{b: 'glpat-0123456789'}]}\n", 8,
     "a secret is written here"},
    {"a secret in a form", SAMPLE_TOP SAMPLE_OPEN AT "form: {client_secret: s3cr3t}\n", 8,
     "a secret is written here"},
    {"a secret in the url",
     SAMPLE_TOP
     "operations: {open: {method: POST, url: '{{url}}/{{token}}', take: {external: "
     "/id}}}",
     3, "belongs in a header"},
    {"a secret in the query", SAMPLE_TOP SAMPLE_OPEN AT "query: {t: '{{token}}'}\n", 8,
     "belongs in a header"},
    {"a secret in a body", SAMPLE_TOP SAMPLE_OPEN AT "json: {t: '{{token}}'}\n", 8,
     "belongs in a header"},
};

static void every_mistake_is_told_with_its_line(void **arena)
{
    for (size_t i = 0; i < LEN(mistakes); i++) {
        struct diags d = diags_new(*arena);
        struct profile *p = NULL;
        enum rc rc = profile_read(*arena, STR("p.yaml"), str_c(mistakes[i].text),
                                  &sample_rules, &d, &p);
        CHECK(rc == RC_INVALID && d.errors > 0, mistakes[i].why);
        CHECK(!p, mistakes[i].why);
        bool said = false;
        for (size_t k = 0; k < d.list.n; k++)
            said = said ||
                (str_has(d.list.v[k].text, str_c(mistakes[i].says)) &&
                 d.list.v[k].line == mistakes[i].line);
        if (!said)
            fail_msg("%s: %s", mistakes[i].why, diag_line(*arena, &d.list.v[0]).p);
    }
}

static void all_mistakes_are_told_at_once(void **arena)
{
    struct diags d = diags_new(*arena);
    struct profile *p;
    CHECK_RC(
        profile_read(*arena, STR("p.yaml"),
                     STR(SAMPLE_TOP "message: m\n" SAMPLE_OPEN AT
                                    "json: {a: '{{x}}', b: '{{y}}'}\n" AT "done: [1]\n"),
                     &sample_rules, &d, &p),
        RC_INVALID);
    CHECK_INT(d.errors, 4, "pointer, two placeholders, status");
}

static void words_that_only_look_like_secrets_pass(void **arena)
{
    read(arena,
         SAMPLE_TOP "headers: {X-Atlassian-Token: no-check, Idempotency-Key: '{{key}}', "
                    "Authorization: 'Basic {{token}}'}\n" SAMPLE_OPEN AT
                    "json: {token_type: bearer, a: 'basic income', key: '{{key}}'}\n");
}

/* Whatever byte is damaged: read, or refused with a reason. */
static void a_damaged_profile_is_no_danger(void **arena)
{
    static const char whole[] = SAMPLE_TOP
        "settings: [project]\nheaders: {X-Key: 'a {{token}}'}\nmessage: /m~1n\n"
        "words: {status: {new: received, '*': open}}\n" SAMPLE_OPEN AT
        "json: {a: '{{subject?}}', b: [1, {c: null}]}\n" AT
        "failed: [{at: /a, any: {/b: '{{key}}'}}]\n" AT "done: [201]\n";
    static const char odd[] = "{}[]:,'\"\n #&*!|>%@~/?-\t\xff\x80\0z9";
    (void)arena;
    for (size_t at = 0; at < sizeof whole - 1; at++) {
        char text[sizeof whole];
        struct arena *a = arena_new();
        struct diags d = diags_new(a);
        struct profile *p = NULL;
        memcpy(text, whole, sizeof whole);
        text[at] = odd[at * 7 % (sizeof odd - 1)];
        enum rc rc = profile_read(a, STR("p.yaml"), (str){text, sizeof whole - 1},
                                  &sample_rules, &d, &p);
        CHECK((rc == RC_OK) == (p != NULL), "read or not");
        CHECK((rc == RC_OK) == (d.errors == 0), "with a reason");
        arena_free(a);
    }
}

UNIT_MAIN(UNIT(a_damaged_profile_is_no_danger), UNIT(a_profile_is_read_whole),
          UNIT(unverified_is_a_warning), UNIT(a_post_that_searches_may_be_safe),
          UNIT(every_mistake_is_told_with_its_line), UNIT(all_mistakes_are_told_at_once),
          UNIT(words_that_only_look_like_secrets_pass))
