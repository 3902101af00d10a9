#include "adapters/web/attachments.h"

#include "adapters/web/identity.h"
#include "app/engine_files.h"
#include "base/buf.h"
#include "dialogue/say.h"
#include "net/disposition.h"

enum { MB = 1024 * 1024, REPLY_MAX_BYTES = 16 * 1024, TOKEN_MAX = 4096 };

/* An upload between its request and its answer. */
struct coming {
    struct engine *engine;
    struct upload *upload; /* NULL: it is with the engine, or over */
    struct request *request;
};

static const char *const headers[] = {"Cache-Control: no-store",
                                      "X-Content-Type-Options: nosniff"};

static void reply(struct request *r, int status, str json)
{
    request_reply(r, status, "application/json", headers, LEN(headers), json);
}

static void refuse(struct request *r, int status, const char *code, str text)
{
    struct buf b = buf_new(request_arena(r), REPLY_MAX_BYTES);
    buf_char(&b, '{');
    buf_json_member(&b, "code", str_c(code));
    buf_json_member(&b, "text", text);
    buf_char(&b, '}');
    reply(r, status, buf_str(&b));
}

static const struct {
    int status;
    const char *word;
} codes[] = {
    [UPLOAD_TAKEN] = {201, ""},
    [UPLOAD_REPEATED] = {200, ""},
    [UPLOAD_REFUSED] = {409, "refused"},
    [UPLOAD_OFF] = {403, "off"},
    [UPLOAD_CONVERSATION] = {404, "conversation"},
    [UPLOAD_TOO_BIG] = {413, "too_large"},
    [UPLOAD_TYPE] = {415, "type"},
    [UPLOAD_EMPTY] = {422, "empty"},
    [UPLOAD_NO_ROOM] = {507, "no_room"},
    [UPLOAD_STORAGE] = {503, "storage"},
    [UPLOAD_CONFLICT] = {409, "conflict"},
    [UPLOAD_BUSY] = {503, "busy"},
};

static enum lang lang_asked(struct request *r)
{
    return lang_of(str_sub(request_header(r, "accept-language"), 0, 2));
}

static void refuse_code(struct request *r, const struct engine *e, enum upload_code code)
{
    refuse(r, codes[code].status, codes[code].word,
           upload_text(request_arena(r), e, code, lang_asked(r)));
}

/* The verified person of the request. False: answered. */
static bool who(struct request *r, struct engine *e, str *person)
{
    str token = request_header(r, "authorization");
    if (!identity_allows(r)) {
        refuse(r, 403, "forbidden", STR("forbidden"));
        return false;
    }
    if (str_eq_ascii(str_sub(token, 0, 7), STR("Bearer ")))
        token = str_trim(str_sub(token, 7, token.n));
    if (token.n <= TOKEN_MAX && identity_verify(engine_people(e), token, person) == RC_OK)
        return true;
    refuse(r, 401, "auth", say(SAY_FILE_TOKEN, lang_asked(r)));
    return false;
}

/* --- up --- */

static void done(void *ctx, const struct upload_answer *a)
{
    struct coming *c = ctx;
    struct request *r = c->request;
    c->upload = NULL;
    if (a->code > UPLOAD_REPEATED) {
        refuse(r, codes[a->code].status, codes[a->code].word, a->text);
        return;
    }
    struct buf b = buf_new(request_arena(r), REPLY_MAX_BYTES);
    buf_char(&b, '{');
    buf_json_member(&b, "name", a->name);
    buf_json_member(&b, "type", a->type);
    buf_json_int(&b, "size", a->size);
    buf_json_member(&b, "text", a->text);
    buf_char(&b, '}');
    reply(r, codes[a->code].status, buf_str(&b));
}

static bool begin(void *ctx, struct request *r)
{
    struct engine *e = ctx;
    struct arena *a = request_arena(r);
    str person;
    if (!who(r, e, &person))
        return false;
    str id = request_arg(r, "id");
    if (id.n == 0 || id.n > CLIENT_ID_MAX || !str_is_utf8(id)) {
        refuse(r, 400, "bad_type", STR("an id of 1 to 64 bytes is needed"));
        return false;
    }
    struct coming *c = arena_alloc(a, sizeof *c);
    *c = (struct coming){.engine = e, .request = r};
    struct upload_conf conf = {
        .person = person,
        .conversation = request_arg(r, "conversation"),
        .id = id,
        .name = disposition_name(a, request_header(r, "content-disposition")),
        .done = done,
        .ctx = c};
    enum upload_code code = upload_begin(e, &conf, &c->upload);
    if (code != UPLOAD_TAKEN) {
        refuse_code(r, e, code);
        return false;
    }
    request_set_own(r, c);
    return true;
}

static bool piece(void *ctx, struct request *r, str bytes)
{
    struct coming *c = request_own(r);
    (void)ctx;
    enum upload_code code = upload_put(c->upload, bytes);
    if (code == UPLOAD_TAKEN)
        return true;
    c->upload = NULL;
    refuse_code(r, c->engine, code);
    return false;
}

static void gone(void *ctx, struct request *r)
{
    struct coming *c = request_own(r);
    (void)ctx;
    if (c && c->upload)
        upload_cancel(c->upload);
    if (c)
        c->upload = NULL;
}

static void whole(void *ctx, struct request *r)
{
    struct coming *c = request_own(r);
    (void)ctx;
    upload_end(c->upload);
}

/* --- down --- */

static void fetch(void *ctx, struct request *r)
{
    struct engine *e = ctx;
    struct arena *a = request_arena(r);
    struct store_file f;
    str person;
    int fd = -1;
    if (!who(r, e, &person))
        return;
    str path = request_path(r);
    str key = str_sub(path, sizeof FILES_PATH - 1, path.n);
    enum rc rc = engine_file_open(e, a, person, key, &f, &fd);
    if (rc) {
        refuse(r, rc == RC_IO ? 503 : 404, rc == RC_IO ? "storage" : "gone",
               STR("there is no such file"));
        return;
    }
    const char *const lines[] = {headers[0], headers[1], disposition_line(a, f.name).p,
                                 "Content-Security-Policy: sandbox; default-src 'none'",
                                 "Cross-Origin-Resource-Policy: same-origin"};
    request_reply_file(r, 200, arena_str(a, f.type).p, lines, LEN(lines), fd,
                       (size_t)f.size);
}

void attachments_add(struct routes *routes, const struct host *host, struct engine *e)
{
    const struct route_entry entries[] = {{"POST", "/chat/attachments", whole, e},
                                          {"GET", FILES_PATH "*", fetch, e}};
    for (size_t i = 0; i < LEN(entries); i++)
        *arena_push(routes->arena, &routes->http) = entries[i];
    *arena_push(routes->arena, &routes->streams) =
        (struct body_stream){.path = "/chat/attachments",
                             .ctx = e,
                             .most = (size_t)MAX(host->all->attachment_mb, 1) * MB,
                             .begin = begin,
                             .piece = piece,
                             .gone = gone};
}
