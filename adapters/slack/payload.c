#include "adapters/slack/slack.h"

#include "base/buf.h"
#include "dialogue/say.h"

enum { ADDRESS_MAX = 1024, VALUE_MAX = 2000 };

static void address(struct arena *a, struct arrival *to, str team, str channel,
                    str thread)
{
    struct buf b = buf_new(a, ADDRESS_MAX);
    buf_char(&b, '{');
    buf_json_member(&b, "team", team);
    buf_json_member(&b, "channel", channel);
    if (thread.n > 0)
        buf_json_member(&b, "thread", thread);
    buf_char(&b, '}');
    to->address = buf_str(&b);
}

/* A person alone with balie: the same place whichever way they came. */
static void own_place(struct arena *a, struct arrival *to, str team, str user,
                      str channel)
{
    to->place = arena_fmt(a, "%.*s/%.*s", STR_ARG(team), STR_ARG(user));
    address(a, to, team, channel.n ? channel : user, STR_NONE);
}

static void shared_place(struct arena *a, struct arrival *to, str team, str channel,
                         str thread)
{
    to->shared = true;
    to->place =
        arena_fmt(a, "%.*s/%.*s/%.*s", STR_ARG(team), STR_ARG(channel), STR_ARG(thread));
    address(a, to, team, channel, thread);
}

static bool is_id(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= '0' && s.p[i] <= '9')))
            return false;
    return s.n > 0 && s.n <= 40;
}

/* "1700000000.000100" */
static bool is_ts(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] < '0' || s.p[i] > '9') && s.p[i] != '.')
            return false;
    return s.n > 0 && s.n <= 40;
}

static void put_link(struct buf *b, str inside)
{
    str rest = inside, target = str_cut(&rest, '|');
    if (rest.p && rest.n > 0)
        buf_put(b, rest);
    else if (!str_starts(target, STR("@")) && !str_starts(target, STR("#")) &&
             !str_starts(target, STR("!")))
        buf_put(b, target);
}

/* What was typed: <@U..> goes, <https://x|label> is its label, &amp; &lt; &gt; are
 * themselves. */
static str plain(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + 1);
    static const struct {
        str written, is;
    } entities[] = {{STR_INIT("&amp;"), STR_INIT("&")},
                    {STR_INIT("&lt;"), STR_INIT("<")},
                    {STR_INIT("&gt;"), STR_INIT(">")}};
    for (size_t i = 0; i < s.n; i++) {
        str here = str_sub(s, i, s.n);
        ptrdiff_t end = here.p[0] == '<' ? str_find_char(here, '>') : -1;
        size_t k = 0;
        while (k < LEN(entities) && !str_starts(here, entities[k].written))
            k++;
        if (end > 0) {
            put_link(&b, str_sub(here, 1, (size_t)end));
            i += (size_t)end;
        } else if (k < LEN(entities)) {
            buf_put(&b, entities[k].is);
            i += entities[k].written.n - 1;
        } else {
            buf_char(&b, here.p[0]);
        }
    }
    return str_trim(buf_str(&b));
}

static bool is_our_own(const json_t *o, const json_t *event)
{
    const json_t *auth = json_array_get(json_object_get(o, "authorizations"), 0);
    str user = json_text_of(event, "user");
    return json_object_get(event, "bot_id") || user.n == 0 ||
        str_eq(user, json_text_of(auth, "user_id")) || str_eq(user, STR("USLACKBOT"));
}

static enum rc read_event(struct arena *a, const json_t *o, struct payload *out)
{
    const json_t *e = json_object_get(o, "event");
    str type = json_text_of(e, "type"), channel = json_text_of(e, "channel"),
        ts = json_text_of(e, "ts"), thread = json_text_of(e, "thread_ts");
    bool mention = str_eq(type, STR("app_mention"));
    bool direct = str_eq(type, STR("message")) &&
        str_eq(json_text_of(e, "channel_type"), STR("im"));
    if (!str_eq(json_text_of(o, "type"), STR("event_callback")) || !json_is_object(e))
        return json_is_object(o) ? RC_NOT_FOUND : RC_INVALID;
    if ((!mention && !direct) || json_object_get(e, "subtype") || is_our_own(o, e))
        return RC_NOT_FOUND;
    out->user = json_text_of(e, "user");
    out->team = json_text_of(o, "team_id");
    if (!is_id(out->user) || !is_id(out->team) || !is_id(channel) || !is_ts(ts) ||
        (thread.n > 0 && !is_ts(thread)))
        return RC_INVALID;
    struct arrival *to = &out->arrival;
    to->type = ARRIVAL_MESSAGE;
    to->id = json_text_of(o, "event_id");
    /* a mention also comes as a message of the channel, under another event id */
    to->also =
        arena_fmt(a, "%.*s/%.*s/%.*s", STR_ARG(out->team), STR_ARG(channel), STR_ARG(ts));
    to->text = plain(a, json_text_of(e, "text"));
    if (direct)
        own_place(a, to, out->team, out->user, channel);
    else {
        out->channel = channel;
        out->thread = thread.n ? thread : ts;
        shared_place(a, to, out->team, channel, out->thread);
    }
    return RC_OK;
}

static enum rc read_slash(struct arena *a, const json_t *o, struct payload *out)
{
    str channel = json_text_of(o, "channel_id"), trigger = json_text_of(o, "trigger_id");
    out->user = json_text_of(o, "user_id");
    out->team = json_text_of(o, "team_id");
    if (!is_id(out->user) || !is_id(out->team) || !is_id(channel) || trigger.n == 0)
        return RC_INVALID;
    bool here = str_starts(channel, STR("D"));
    struct arrival *to = &out->arrival;
    to->id = trigger;
    to->text = plain(a, json_text_of(o, "text"));
    to->type = to->text.n ? ARRIVAL_MESSAGE : ARRIVAL_HELLO;
    /* whoever asks in a channel this way is answered where nobody reads along */
    own_place(a, to, out->team, out->user, here ? channel : STR_NONE);
    out->has_answer = !here;
    out->answer = STR("{\"response_type\":\"ephemeral\",\"text\":\"Het antwoord staat in "
                      "ons privébericht. / The answer is in our direct message.\"}");
    return RC_OK;
}

/* "choose", "yes:12", "no:12": the action_id of blocks.c */
static enum rc read_button(struct arena *a, const json_t *action, struct arrival *to)
{
    str rest = json_text_of(action, "action_id"), name = str_cut(&rest, ':');
    to->choice = json_text_of(action, "value");
    if (str_eq(name, STR("choose")) && to->choice.n > 0 && to->choice.n < VALUE_MAX) {
        to->type = ARRIVAL_CHOOSE;
        return RC_OK;
    }
    bool yes = str_eq(name, STR("yes"));
    if ((!yes && !str_eq(name, STR("no"))) || str_int(rest, &to->turn))
        return RC_NOT_FOUND;
    (void)a;
    to->type = ARRIVAL_FEEDBACK;
    to->helpful = yes;
    return RC_OK;
}

static enum rc read_action(struct arena *a, const json_t *o, struct payload *out)
{
    const json_t *action = json_array_get(json_object_get(o, "actions"), 0),
                 *place = json_object_get(o, "container"),
                 *message = json_object_get(o, "message");
    str channel = json_text_of(json_object_get(o, "channel"), "id"),
        ts = json_text_of(place, "message_ts"),
        thread = json_text_of(message, "thread_ts"),
        at = json_text_of(action, "action_ts");
    if (!str_eq(json_text_of(o, "type"), STR("block_actions")))
        return json_is_object(o) ? RC_NOT_FOUND : RC_INVALID;
    if (channel.n == 0)
        channel = json_text_of(place, "channel_id");
    out->user = json_text_of(json_object_get(o, "user"), "id");
    out->team = json_text_of(json_object_get(o, "team"), "id");
    if (out->team.n == 0)
        out->team = json_text_of(json_object_get(o, "user"), "team_id");
    if (!is_id(out->user) || !is_id(out->team) || !is_id(channel) || !is_ts(ts))
        return RC_INVALID;
    struct arrival *to = &out->arrival;
    enum rc rc = read_button(a, action, to);
    if (rc)
        return rc;
    to->id = arena_fmt(a, "%.*s/%.*s/%.*s/%.*s", STR_ARG(ts), STR_ARG(out->user),
                       STR_ARG(json_text_of(action, "action_id")),
                       STR_ARG(at.n ? at : json_text_of(o, "trigger_id")));
    if (str_starts(channel, STR("D"))) {
        own_place(a, to, out->team, out->user, channel);
        return RC_OK;
    }
    struct arrival own = {0};
    own_place(a, &own, out->team, out->user, STR_NONE);
    to->own_place = own.place;
    to->own_address = own.address;
    shared_place(a, to, out->team, channel, is_ts(thread) ? thread : ts);
    return RC_OK;
}

enum rc payload_read(struct arena *a, enum payload_kind kind, const json_t *o,
                     struct payload *out)
{
    *out = (struct payload){.arrival = {.channel = "slack", .lang = LANG_NONE}};
    switch (kind) {
    case PAYLOAD_EVENT:
        return read_event(a, o, out);
    case PAYLOAD_SLASH:
        return read_slash(a, o, out);
    case PAYLOAD_ACTION:
        return read_action(a, o, out);
    }
    return RC_INVALID;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static str decoded(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        int hi = i + 2 < s.n && s.p[i] == '%' ? hex(s.p[i + 1]) : -1;
        int lo = hi >= 0 ? hex(s.p[i + 2]) : -1;
        if (lo >= 0) {
            buf_char(&b, (char)(hi * 16 + lo));
            i += 2;
        } else {
            buf_char(&b, s.p[i] == '+' ? ' ' : s.p[i]);
        }
    }
    return buf_str(&b);
}

enum rc payload_form(struct arena *a, str body, json_t **out)
{
    json_t *o = json_object();
    while (body.n > 0) {
        str pair = str_cut(&body, '&'), value = pair, name = str_cut(&value, '=');
        str key = decoded(a, name), text = decoded(a, value);
        bool ok = str_is_utf8(text) && str_is_utf8(key) &&
            !json_object_get(o, arena_str(a, key).p) &&
            json_object_set_new(o, arena_str(a, key).p, json_stringn(text.p, text.n)) ==
                0;
        if (!ok) {
            json_decref(o);
            return RC_INVALID;
        }
    }
    *out = o;
    return RC_OK;
}
