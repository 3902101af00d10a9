#include "adapters/teams/teams.h"

#include "base/buf.h"
#include "base/random.h"

enum { ADDRESS_MAX = 8 * 1024, KEY_LEN = 20 };

static bool is_short(str s, size_t max)
{
    return s.n > 0 && s.n <= max;
}

static void put_address(struct arena *a, const struct activity *act, const json_t *o,
                        bool own, str *to)
{
    str bot = json_text_of(json_object_get(o, "recipient"), "id");
    struct buf b = buf_new(a, ADDRESS_MAX);
    buf_char(&b, '{');
    buf_json_member(&b, "serviceUrl", act->service_url);
    buf_json_member(&b, "conversation", own ? STR_NONE : act->conversation);
    buf_json_member(&b, "bot", bot);
    buf_json_member(&b, "user", act->user);
    buf_json_member(&b, "tenant", act->tenant);
    buf_char(&b, '}');
    *to = buf_str(&b);
}

static str own_place(struct arena *a, const struct activity *act)
{
    return arena_fmt(a, "%.*s/%.*s", STR_ARG(act->tenant),
                     STR_ARG(act->object_id.n ? act->object_id : act->user));
}

/* Without <at>balie</at>, other tags and entities: Teams sends a little HTML. */
static str plain(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + 1);
    while (s.n > 0) {
        ptrdiff_t from = str_find(s, STR("<at>"));
        str before = from < 0 ? s : str_sub(s, 0, (size_t)from);
        buf_put(&b, before);
        if (from < 0)
            break;
        s = str_sub(s, (size_t)from, s.n);
        ptrdiff_t to = str_find(s, STR("</at>"));
        s = to < 0 ? STR_NONE : str_sub(s, (size_t)to + 5, s.n);
    }
    return str_trim(buf_str(&b));
}

/* The data of one of our buttons (card.c). */
static enum rc read_button(const json_t *data, struct arrival *to)
{
    str what = json_text_of(data, "balie");
    to->choice = json_text_of(data, "choice");
    to->turn = json_integer_value(json_object_get(data, "turn"));
    if (str_eq(what, STR("choose")) && to->choice.n > 0) {
        to->type = ARRIVAL_CHOOSE;
        return RC_OK;
    }
    bool yes = str_eq(what, STR("yes"));
    if ((!yes && !str_eq(what, STR("no"))) || to->turn <= 0)
        return RC_NOT_FOUND;
    to->type = ARRIVAL_FEEDBACK;
    to->helpful = yes;
    return RC_OK;
}

static enum rc read_message(struct arena *a, const json_t *o, struct arrival *to)
{
    const json_t *value = json_object_get(o, "value");
    if (json_is_object(value))
        return read_button(value, to);
    to->type = ARRIVAL_MESSAGE;
    to->text = plain(a, json_text_of(o, "text"));
    return RC_OK;
}

static enum rc read_invoke(const json_t *o, struct arrival *to)
{
    const json_t *action = json_object_get(json_object_get(o, "value"), "action");
    if (!str_eq(json_text_of(o, "name"), STR("adaptiveCard/action")))
        return RC_DENIED;
    return read_button(json_object_get(action, "data"), to) ? RC_DENIED : RC_OK;
}

/* Greeted when balie itself is among those who came. */
static bool is_installed(const json_t *o, str type)
{
    str bot = json_text_of(json_object_get(o, "recipient"), "id");
    size_t i;
    json_t *one;
    if (str_eq(type, STR("installationUpdate")))
        return str_eq(json_text_of(o, "action"), STR("add")) ||
            str_eq(json_text_of(o, "action"), STR("add-upgrade"));
    json_array_foreach(json_object_get(o, "membersAdded"), i,
                       one) if (bot.n > 0 &&
                                str_eq(json_text_of(one, "id"), bot)) return true;
    return false;
}

static enum rc read_type(struct arena *a, const json_t *o, struct activity *out)
{
    str type = json_text_of(o, "type");
    struct arrival *to = &out->arrival;
    out->invoke = str_eq(type, STR("invoke"));
    if (str_eq(type, STR("message")) || str_eq(type, STR("messageUpdate")))
        return read_message(a, o, to);
    if (out->invoke)
        return read_invoke(o, to);
    to->type = ARRIVAL_HELLO;
    if ((str_eq(type, STR("conversationUpdate")) ||
         str_eq(type, STR("installationUpdate"))) &&
        !to->shared && is_installed(o, type))
        return RC_OK;
    return RC_NOT_FOUND;
}

/* Ids are unique within a conversation; an edit has its message's id. */
static str name_of(struct arena *a, const json_t *o, const struct activity *act)
{
    str id = json_text_of(o, "id"), type = json_text_of(o, "type");
    if (id.n == 0)
        id = random_key(a, KEY_LEN);
    str edit =
        str_eq(type, STR("messageUpdate")) ? json_text_of(o, "timestamp") : STR_NONE;
    return arena_fmt(a, "%.*s/%.*s%s%.*s", STR_ARG(act->conversation), STR_ARG(id),
                     edit.n ? "/" : "", STR_ARG(edit));
}

enum rc activity_read(struct arena *a, const json_t *o, struct activity *out)
{
    const json_t *from = json_object_get(o, "from"),
                 *conversation = json_object_get(o, "conversation"),
                 *data = json_object_get(o, "channelData");
    *out = (struct activity){.service_url = json_text_of(o, "serviceUrl"),
                             .conversation = json_text_of(conversation, "id"),
                             .user = json_text_of(from, "id"),
                             .object_id = json_text_of(from, "aadObjectId"),
                             .tenant = json_text_of(conversation, "tenantId")};
    if (out->tenant.n == 0)
        out->tenant = json_text_of(json_object_get(data, "tenant"), "id");
    if (!json_is_object(o) || !is_short(json_text_of(o, "type"), 64) ||
        !is_short(out->service_url, 1024) || !is_short(out->conversation, 256) ||
        out->user.n > 128 || out->object_id.n > 64 || out->tenant.n > 64)
        return RC_INVALID;
    str kind = json_text_of(conversation, "conversationType");
    struct arrival *to = &out->arrival;
    to->channel = "teams";
    to->lang = lang_of(json_text_of(o, "locale"));
    to->shared = str_eq(kind, STR("channel")) || str_eq(kind, STR("groupChat")) ||
        json_is_true(json_object_get(conversation, "isGroup"));
    enum rc rc = read_type(a, o, out);
    if (rc)
        return rc;
    if (out->user.n == 0)
        return RC_INVALID;
    to->id = name_of(a, o, out);
    put_address(a, out, o, false, &to->address);
    to->place = to->shared ? out->conversation : own_place(a, out);
    if (to->shared) {
        to->own_place = own_place(a, out);
        put_address(a, out, o, true, &to->own_address);
    }
    return RC_OK;
}
