/* How a reply ended: exchange.h has the table. */
#include "rest/exchange.h"

#include <stdlib.h>

#include "rest/retry_after.h"

struct judging {
    struct arena *arena;
    const struct exchange *x;
    const struct http_reply *reply;
    struct exchange_result *out;
    json_t *body;    /* NULL: none, or not JSON */
    size_t cap_rows; /* of out->row */
};

static void end(struct judging *j, enum exchange_end e, str why)
{
    const struct operation *o = j->x->operation;
    if (e == EXCHANGE_UNCLEAR && o->safe)
        e = EXCHANGE_RETRY;
    j->out->end = e;
    j->out->n_rows = 0; /* what was taken before it went wrong counts for nothing */
    if (j->reply->end == HTTP_DONE)
        j->out->error = arena_fmt(j->arena, "%.*s: status %d: %.*s", STR_ARG(o->name),
                                  j->reply->status, STR_ARG(why));
    else
        j->out->error = arena_fmt(j->arena, "%.*s: %.*s", STR_ARG(o->name), STR_ARG(why));
}

/* --- what the server says was wrong --- */

/* Whether a text of the other side repeats what must not be told. A long value need not
 * be whole: servers cut what they repeat. */
static bool tells(struct rest_values values, str message)
{
    enum { TELLING = 12 };
    for (size_t i = 0; i < values.n; i++) {
        const struct rest_value *v = &values.v[i];
        if (v->kind != VALUE_SECRET && v->kind != VALUE_PERSONAL)
            continue;
        for (str rest = v->text; rest.n > 0;) {
            str word = str_trim(v->kind == VALUE_SECRET ? rest : str_cut(&rest, '\n'));
            if (word.n >= 3 && str_has(message, str_sub(word, 0, TELLING)))
                return true;
            if (v->kind == VALUE_SECRET)
                break;
        }
    }
    return str_find_char(message, '@') >= 0;
}

static str message(struct judging *j)
{
    str s;
    const struct profile *p = j->x->profile;
    if (!p->has_message ||
        !pointer_text(j->arena, pointer_get(j->body, p->message), &s) || s.n == 0)
        return STR("");
    if (tells(j->x->values, s))
        return STR("the reply says why, but repeats what is private");
    char *line = arena_alloc(j->arena, EXCHANGE_MESSAGE_MAX);
    size_t n = MIN(s.n, (size_t)EXCHANGE_MESSAGE_MAX);
    for (size_t i = 0; i < n; i++)
        line[i] = (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f ? ' ' : s.p[i];
    while (n > 0 && !str_is_utf8((str){line, n}))
        n--;
    return str_trim((str){line, n});
}

/* --- the body of a success --- */

/* Truth is a text only where the profile has a word for it: an id is never true. */
static bool text_at(struct judging *j, const json_t *value, str output, str *out)
{
    if (!json_is_boolean(value))
        return pointer_text(j->arena, value, out);
    *out = json_is_true(value) ? STR("true") : STR("false");
    return !str_eq(profile_word(j->x->profile, output, *out), *out);
}

static bool take(struct judging *j, const json_t *from, str key, struct rest_values *row)
{
    const struct operation *o = j->x->operation;
    struct rest_value *v =
        arena_alloc(j->arena, (o->n_take + o->n_always + 1) * sizeof *v);
    for (size_t i = 0; i < o->n_take; i++) {
        str text = STR_NONE;
        bool there =
            text_at(j, pointer_get(from, o->take[i].at), o->take[i].name, &text) &&
            text.n > 0;
        if (!there && i >= o->n_must) {
            v[i] = (struct rest_value){o->take[i].name, STR(""), VALUE_PLAIN};
            continue;
        }
        if (!there) {
            end(j, EXCHANGE_UNCLEAR,
                arena_fmt(j->arena, "the reply lacks %.*s", STR_ARG(o->take[i].name)));
            return false;
        }
        v[i] = (struct rest_value){o->take[i].name,
                                   profile_word(j->x->profile, o->take[i].name, text),
                                   VALUE_PLAIN};
    }
    size_t n = o->n_take;
    for (size_t i = 0; i < o->n_always; i++)
        v[n++] = o->always[i];
    if (o->keyed.n > 0)
        v[n++] = (struct rest_value){o->keyed, arena_str(j->arena, key), VALUE_PLAIN};
    *row = (struct rest_values){v, n};
    return true;
}

/* Numbers by size, anything else by byte. */
static bool is_lower(str a, str b)
{
    int64_t x, y;
    if (str_int(a, &x) == RC_OK && str_int(b, &y) == RC_OK)
        return x < y;
    return str_cmp(a, b) < 0;
}

static void lowest_first(struct exchange_result *r, str output)
{
    for (size_t i = 1; i < r->n_rows; i++)
        if (is_lower(values_get(r->row[i], output), values_get(r->row[0], output))) {
            struct rest_values lower = r->row[i];
            r->row[i] = r->row[0];
            r->row[0] = lower;
        }
}

/* Items stand in a list, or in a map by name. */
struct item {
    const json_t *value;
    str key;
};

static bool read_items(struct judging *j, struct item **out, size_t *n)
{
    const struct operation *o = j->x->operation;
    json_t *from = pointer_get(j->body, o->items);
    *n = 0;
    if (o->keyed.n == 0 && json_is_array(from)) {
        *out = arena_alloc(j->arena, json_array_size(from) * sizeof **out);
        for (; *n < json_array_size(from); ++*n)
            (*out)[*n].value = json_array_get(from, *n);
        return true;
    }
    if (o->keyed.n == 0 || !json_is_object(from))
        return false;
    *out = arena_alloc(j->arena, json_object_size(from) * sizeof **out);
    const char *key = NULL;
    json_t *value;
    json_object_foreach(from, key, value)(*out)[(*n)++] =
        (struct item){value, str_c(key)};
    return true;
}

static struct rest_values *add_row(struct judging *j)
{
    struct exchange_result *o = j->out;
    if (o->n_rows == j->cap_rows) {
        size_t cap = j->cap_rows ? j->cap_rows * 2 : 8;
        o->row = arena_grow(j->arena, o->row, j->cap_rows * sizeof *o->row,
                            cap * sizeof *o->row);
        j->cap_rows = cap;
    }
    return &o->row[o->n_rows++];
}

/* The rows are the elements of a list in the item; an item without one has none. */
static bool take_within(struct judging *j, const json_t *item)
{
    const struct operation *o = j->x->operation;
    size_t i;
    const json_t *one;
    const json_t *list = pointer_get(item, o->within);
    json_array_foreach(list, i, one)
    {
        if (!claims_unmet(j->arena, &o->which, j->x->values, one) &&
            !take(j, one, STR_NONE, add_row(j)))
            return false;
    }
    return true;
}

static void judge_items(struct judging *j)
{
    const struct operation *o = j->x->operation;
    struct item *items;
    size_t n, meant = 0;
    if (!read_items(j, &items, &n)) {
        end(j, EXCHANGE_UNCLEAR, STR("the reply holds no list of items"));
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const json_t *item = items[i].value;
        if (claims_unmet(j->arena, &o->only, j->x->values, item))
            continue;
        meant++;
        if (claims_unmet(j->arena, &o->where, j->x->values, item))
            continue;
        if (o->has_within ? !take_within(j, item)
                          : !take(j, item, items[i].key, add_row(j)))
            return;
    }
    if (j->out->n_rows > 0) {
        if (o->lowest.n > 0)
            lowest_first(j->out, o->lowest);
        j->out->end = EXCHANGE_DONE;
    } else if (meant == 0 || o->has_within) {
        end(j, EXCHANGE_NONE, STR("nothing found"));
    } else {
        end(j, EXCHANGE_REFUSED,
            STR("the search was ignored: none of the items is ours"));
    }
}

static void judge_body(struct judging *j)
{
    const struct operation *o = j->x->operation;
    bool reads = o->failed.n > 0 || o->need.n > 0 || o->has_items || o->n_take > 0;
    if (!reads) {
        j->out->end = EXCHANGE_DONE;
        return;
    }
    if (!j->body) {
        end(j, EXCHANGE_UNCLEAR, STR("the reply is not JSON"));
        return;
    }
    const struct claim *c = claims_met(j->arena, &o->failed, j->x->values, j->body);
    if (c) {
        str said = message(j);
        end(j, EXCHANGE_REFUSED,
            c->why.n     ? c->why
                : said.n ? said
                         : STR("the reply says that it failed"));
        return;
    }
    c = claims_unmet(j->arena, &o->need, j->x->values, j->body);
    if (c) {
        end(j, EXCHANGE_UNCLEAR, c->why.n ? c->why : STR("the reply is not as expected"));
        return;
    }
    if (o->has_items) {
        judge_items(j);
        return;
    }
    j->out->row = arena_alloc(j->arena, sizeof *j->out->row);
    if (take(j, j->body, STR_NONE, j->out->row)) {
        j->out->n_rows = 1;
        j->out->end = EXCHANGE_DONE;
    }
}

/* --- the status --- */

static bool lists(const struct statuses *s, int status)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i] == status)
            return true;
    return false;
}

static enum exchange_end by_status(const struct operation *o, int status, bool may_retry)
{
    const struct {
        const struct statuses *s;
        enum exchange_end end;
    } listed[] = {{&o->done, EXCHANGE_DONE},
                  {&o->none, EXCHANGE_NONE},
                  {&o->retry, EXCHANGE_RETRY},
                  {&o->refused, EXCHANGE_REFUSED},
                  {&o->unclear, EXCHANGE_UNCLEAR}};
    for (size_t i = 0; i < LEN(listed); i++)
        if (lists(listed[i].s, status))
            return listed[i].end;
    if (status / 100 == 2 && o->done.n == 0)
        return EXCHANGE_DONE;
    if (status == 408 || status == 425 || status == 429 || (status == 503 && may_retry))
        return EXCHANGE_RETRY;
    if (status / 100 == 4 || (status / 100 == 3 && status != 303))
        return EXCHANGE_REFUSED;
    return EXCHANGE_UNCLEAR;
}

static str reason(struct judging *j)
{
    str said = message(j);
    if (said.n > 0)
        return said;
    if (j->reply->status / 100 == 3)
        return STR("it redirects elsewhere; is the url in the settings right?");
    if (j->reply->status == 403)
        return STR("the account has no right to this");
    if (j->reply->status == 401)
        return STR("it does not accept the token or password");
    return STR("no reason given");
}

static void judge_reply(struct judging *j)
{
    str wait = http_header(j->reply, "Retry-After");
    enum exchange_end e =
        by_status(j->x->operation, j->reply->status, str_trim(wait).n > 0);
    if (e == EXCHANGE_DONE)
        judge_body(j);
    else
        end(j, e, reason(j));
}

void exchange_judge(struct arena *a, const struct exchange *x,
                    const struct http_reply *reply, int64_t now_ms,
                    struct exchange_result *out)
{
    struct judging j = {.arena = a, .x = x, .reply = reply, .out = out};
    *out = (struct exchange_result){0};
    if (reply->end == HTTP_NOT_SENT) {
        end(&j, EXCHANGE_RETRY, reply->error);
        return;
    }
    if (reply->end == HTTP_UNCLEAR) {
        end(&j, EXCHANGE_UNCLEAR, reply->error);
        return;
    }
    json_error_t why;
    out->status = reply->status;
    j.body = json_loadb(reply->body.n ? reply->body.p : "", reply->body.n,
                        JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
    judge_reply(&j);
    json_decref(j.body);
    if (out->end == EXCHANGE_RETRY || out->end == EXCHANGE_UNCLEAR)
        out->retry_after_ms = retry_after(http_header(reply, "Retry-After"), now_ms,
                                          EXCHANGE_RETRY_AFTER_MAX_MS);
}
