/*
 * Every operation of every profile, byte by byte: what is sent, and what the documented
 * replies come to. The data are in profiles/NAME.txt:
 *
 *   ### open                                     the request, as it goes out
 *   POST https://desk.example/api/tickets
 *   Accept: application/json
 *
 *   {"title":"..."}
 *   ### 201 done external=7 number=90007         a reply, its end and what was taken
 *   {"id":7,"number":"90007"}
 */
#include "adapters/servicedesk/rest_desk.h"
#include "adapters/servicedesk/rest_rules.h"
#include "base/buf.h"
#include "base/file.h"
#include "rig.h"
#include "unit.h"

enum { GOLDEN_MAX = 256 * 1024 };

static const struct rest_value settings[] = {
    {{"account", 7}, {"77", 2}, VALUE_SETTING},
    {{"anonymous", 9}, {"anoniem@example.org", 19}, VALUE_SETTING},
    {{"key_field", 9}, {"10050", 5}, VALUE_SETTING},
    {{"person_field", 12}, {"10051", 5}, VALUE_SETTING},
    {{"service", 7}, {"General inquiry", 15}, VALUE_SETTING},
    {{"service_desk", 12}, {"4", 1}, VALUE_SETTING},
    {{"tracker", 7}, {"3", 1}, VALUE_SETTING},
    {{"withdrawn", 9}, {"6", 1}, VALUE_SETTING},
    {{"reopened", 8}, {"1", 1}, VALUE_SETTING},
};

/* What a reply and a file add; marks stand where the bytes would. */
static const struct rest_value of_files[] = {
    {STR_INIT("event"), STR_INIT("901"), VALUE_PLAIN},
    {STR_INIT(BODY_MARK), STR_INIT("MARK"), VALUE_PLAIN},
    {STR_INIT("file"), STR_INIT("(BYTES)"), VALUE_PLAIN},
    {STR_INIT("file_base64"), STR_INIT("(BASE64)"), VALUE_PLAIN},
    {STR_INIT("file_name"), STR_INIT("brief \"é\".pdf"), VALUE_PERSONAL},
    {STR_INIT("file_type"), STR_INIT("application/pdf"), VALUE_PLAIN},
    {STR_INIT("file_size"), STR_INIT("1234"), VALUE_PLAIN},
    {STR_INIT("file_token"), STR_INIT("tok-1"), VALUE_PLAIN},
    {STR_INIT("file_id"), STR_INIT("5"), VALUE_PLAIN},
};

static const struct desk_op op = {
    .key = {"K7F3K7F3K7F3K7F3K7F3", 20},
    .receipt = {"B-7F3K", 6},
    .queue = {"42", 2},
    .subject = {"Verlof <b>& \"meer\"\r\nrest", 24},
    .body = {"Vraag: caf\xc3\xa9 < 'thee'\n\\ einde", 29},
    .person_id = {"p001", 4},
    .person_name = {"Jan Jansen", 10},
    .person_email = {"jan@example.org", 15},
    .unit = {"Operations", 10},
    .lang = {"nl", 2},
    .conversation = {"c-1", 3},
    .intent = {"leave.balance", 13},
    .external = {"107", 3},
    .seen = {"900", 3},
    .since_ms = 1795307893000,
};

struct checked {
    struct arena *arena;
    struct rest_desk desk;
    const char *name;
    str golden;
};

static void prepare(struct checked *c, struct arena *a, str path)
{
    struct diags d = diags_new(a);
    str text;
    bool changed;
    c->arena = a;
    c->desk.host.arena = a;
    CHECK_RC(file_read(a, path, PROFILE_MAX, &text), RC_OK);
    CHECK_RC(profile_read(a, path, text, &rest_rules, &d, &c->desk.settings.profile),
             RC_OK);
    c->desk.settings.url = STR("https://desk.example");
    c->desk.settings.user = STR("balie@example.org");
    c->desk.settings.values = (struct rest_value *)(uintptr_t)settings;
    c->desk.settings.n_values = LEN(settings);
    str secret = rig_file(a, STR("t0-k3n\n"));
    c->desk.settings.token_file = c->desk.settings.password_file = secret;
    CHECK_RC(rest_secrets_read(&c->desk, &changed), RC_OK);
    unlink(secret.p);
    c->name = c->desk.settings.profile->file.p;
}

/* A line end in what was taken is written \n. */
static void put_line(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\n')
            buf_put(b, STR("\\n"));
        else
            buf_char(b, s.p[i]);
}

/* The request as text: line, headers, blank line, body. */
static str request_text(struct checked *c, const struct exchange *x)
{
    struct http_request r;
    str why = STR("");
    if (exchange_request(c->arena, x, &r, &why))
        fail_msg("%s: %.*s", c->name, STR_ARG(why));
    struct buf b = buf_new(c->arena, GOLDEN_MAX);
    buf_fmt(&b, "%s %.*s\n", r.method, STR_ARG(r.url));
    for (size_t i = 0; i < r.n_headers; i++)
        buf_fmt(&b, "%.*s\n", STR_ARG(r.headers[i]));
    if (r.body.p)
        buf_char(&b, '\n');
    for (size_t i = 0; i < r.body.n; i++) /* a carriage return is written \r */
        buf_put(&b, r.body.p[i] == '\r' ? STR("\\r") : str_sub(r.body, i, i + 1));
    if (r.body.p && !str_ends(r.body, STR("\n")))
        buf_char(&b, '\n');
    return buf_str(&b);
}

static str end_text(struct checked *c, const struct exchange_result *r)
{
    static const char *const ends[] = {"done", "none", "retry", "unclear", "refused"};
    struct buf b = buf_new(c->arena, GOLDEN_MAX);
    buf_fmt(&b, "%s", ends[r->end]);
    for (size_t i = 0; i < r->n_rows; i++)
        for (size_t k = 0; k < r->row[i].n; k++) {
            buf_fmt(&b, " %.*s=", STR_ARG(r->row[i].v[k].name));
            put_line(&b, r->row[i].v[k].text);
        }
    return buf_str(&b);
}

static void check_reply(struct checked *c, const struct exchange *x, str head, str body)
{
    int64_t status;
    struct exchange_result r;
    str wanted = head, number = str_cut(&wanted, ' ');
    CHECK_RC(str_int(number, &status), RC_OK);
    struct http_reply reply = {
        .end = HTTP_DONE, .status = (int)status, .body = str_trim(body)};
    exchange_judge(c->arena, x, &reply, 0, &r);
    str got = end_text(c, &r);
    if (!str_eq(got, wanted))
        fail_msg("%s %.*s: \"%.*s\", not \"%.*s\" (%.*s)", c->name,
                 STR_ARG(x->operation->name), STR_ARG(got), STR_ARG(wanted),
                 STR_ARG(r.error));
}

/* What stands up to the next "### ". */
static str section(str *rest)
{
    str from = *rest;
    size_t n = 0;
    while (n < from.n && !str_starts(str_sub(from, n, from.n), STR("### "))) {
        str tail = str_sub(from, n, from.n), line;
        (void)str_line(&tail, &line);
        n = tail.p ? from.n - tail.n : from.n;
    }
    *rest = str_sub(from, n, from.n);
    return str_sub(from, 0, n);
}

/* The operations that the data have. */
static size_t check_golden(struct checked *c)
{
    struct exchange x = {.profile = c->desk.settings.profile};
    size_t operations = 0;
    str rest = c->golden, head;
    while (str_line(&rest, &head) && str_starts(head, STR("### "))) {
        head = str_sub(head, 4, head.n);
        str body = section(&rest);
        if (head.p[0] >= '0' && head.p[0] <= '9') {
            check_reply(c, &x, head, body);
            continue;
        }
        x.operation = profile_operation(x.profile, arena_str(c->arena, head).p);
        if (!x.operation)
            fail_msg("%s has no operation %.*s", c->name, STR_ARG(head));
        struct desk_op now = op;
        struct rest_values v = rest_values_of(c->arena, &c->desk, &now);
        struct rest_value *all =
            arena_alloc(c->arena, (v.n + LEN(of_files)) * sizeof *all);
        memcpy(all, of_files, sizeof of_files);
        memcpy(all + LEN(of_files), v.v, v.n * sizeof *all);
        x.values = (struct rest_values){all, v.n + LEN(of_files)};
        str got = request_text(c, &x);
        if (!str_eq(got, body))
            fail_msg("%s %.*s: sends\n%.*s", c->name, STR_ARG(head), STR_ARG(got));
        operations++;
    }
    return operations;
}

static void every_operation_is_as_documented(void **arena)
{
    static const str suffix = {".yaml", 5};
    struct file_list files = {0};
    CHECK_RC(file_walk(*arena, STR("adapters/servicedesk"), &suffix, 1, &files), RC_OK);
    CHECK(files.list.n >= 9, "the profiles");
    for (size_t i = 0; i < files.list.n; i++) {
        struct checked c = {0};
        str file = files.list.v[i].path;
        prepare(&c, *arena, file_path(*arena, STR("adapters/servicedesk"), file));
        str golden = arena_fmt(*arena, "tests/unit/adapters/profiles/%.*s.txt",
                               (int)file.n - 5, file.p);
        bool real = !c.desk.settings.profile->unverified; /* others test it, for real */
        if (file_read(*arena, golden, GOLDEN_MAX, &c.golden)) {
            CHECK(real, golden.p);
            continue;
        }
        CHECK_INT(check_golden(&c), c.desk.settings.profile->n_operations, c.name);
    }
}

UNIT_MAIN(UNIT(every_operation_is_as_documented))
