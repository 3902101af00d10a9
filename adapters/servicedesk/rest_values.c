#include "adapters/servicedesk/rest_desk.h"
#include "adapters/servicedesk/rest_news.h"
#include "app/rest_login.h"
#include "base/str.h"

/* --- secrets --- */

/* Some hand out the header's whole value: "token 1-2-abc". */
static str without_scheme(str token, str scheme)
{
    bool has = token.n > scheme.n && token.p[scheme.n] == ' ' &&
        str_eq_ascii(str_sub(token, 0, scheme.n), scheme);
    return has ? str_trim(str_sub(token, scheme.n, token.n)) : token;
}

static void keep_secrets(struct rest_desk *d, str token, str password)
{
    struct arena *a = d->host.arena;
    d->token = arena_str(a, token);
    d->password = arena_str(a, password);
    d->credential = rest_login_credential(a, &d->settings, token, password);
}

enum rc rest_secrets_read(struct rest_desk *d, bool *changed)
{
    const struct rest_section *s = &d->settings;
    struct arena *a = arena_new();
    str token, password;
    *changed = false;
    enum rc rc = rest_login_read(a, s, &token, &password);
    if (rc == RC_OK) {
        token = without_scheme(token, s->profile->scheme);
        *changed = !str_eq(token, d->token) || !str_eq(password, d->password);
        if (*changed)
            keep_secrets(d, token, password);
    }
    arena_free(a);
    return rc;
}

/* --- values --- */

/* For what is one line at the servicedesk: control characters become blanks. */
static str one_line(struct arena *a, str s)
{
    str copy = arena_str(a, s);
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 0; i < copy.n; i++)
        if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f)
            p[i] = ' ';
    return str_trim(copy);
}

/* One address and nothing else, or nothing: RT and others read lists here, and a list
 * would send the ticket to strangers. */
static str one_address(str s)
{
    size_t ats = 0;
    for (size_t i = 0; i < s.n; i++) {
        ats += s.p[i] == '@';
        if ((unsigned char)s.p[i] <= 0x20 || s.p[i] == 0x7f ||
            strchr(",;<>()\"\\:", s.p[i]))
            return STR("");
    }
    return ats == 1 && s.p[0] != '@' && s.p[s.n - 1] != '@' ? s : STR("");
}

str rest_queue_name(const struct rest_desk *d, str ours)
{
    for (size_t i = 0; i < d->names.n; i++)
        if (str_eq(d->names.v[i].ours, ours))
            return d->names.v[i].theirs;
    return ours;
}

struct rest_values rest_values_of(struct arena *a, const struct rest_desk *d,
                                  const struct desk_op *op)
{
    const struct rest_section *s = &d->settings;
    bool timed = op->type == DESK_CHANGED || op->since_ms > 0;
    str since = timed ? rest_stamp(a, op->since_ms, true) : STR("");
    str since_iso = timed ? rest_stamp(a, op->since_ms, false) : STR("");
    const struct rest_value fixed[] = {
        {STR("url"), s->url, VALUE_BASE},
        {STR("token"), d->token, VALUE_SECRET},
        {STR("password"), d->password, VALUE_SECRET},
        {STR("credential"), d->credential, VALUE_SECRET},
        {STR("user"), s->user, VALUE_SETTING},
        {STR("key"), op->key, VALUE_PLAIN},
        {STR("receipt"), op->receipt, VALUE_PLAIN},
        {STR("queue"), rest_queue_name(d, op->queue), VALUE_PLAIN},
        {STR("lang"), op->lang, VALUE_PLAIN},
        {STR("conversation"), op->conversation, VALUE_PLAIN},
        {STR("intent"), op->intent, VALUE_PLAIN},
        {STR("external"), op->external, VALUE_PLAIN},
        {STR("event"), op->event, VALUE_PLAIN},
        {STR("file_id"), op->file.id, VALUE_PLAIN},
        {STR("file_name"), op->file.name, VALUE_PERSONAL},
        {STR("seen"), op->seen.n ? op->seen : STR("0"), VALUE_PLAIN},
        {STR("since"), since, VALUE_TIME},
        {STR("since_minute"), str_sub(since, 0, 16), VALUE_TIME},
        {STR("since_iso"), since_iso, VALUE_TIME},
        {STR("unit"), one_line(a, op->unit), VALUE_PERSONAL},
        {STR("subject"), one_line(a, op->subject), VALUE_PERSONAL},
        {STR("body"), op->body, VALUE_PERSONAL},
        {STR("person_id"), op->person_id, VALUE_PERSONAL},
        {STR("person_name"), one_line(a, op->person_name), VALUE_PERSONAL},
        {STR("person_email"), one_address(op->person_email), VALUE_PERSONAL},
    };
    struct rest_value *v = arena_alloc(a, (LEN(fixed) + s->n_values) * sizeof *v);
    memcpy(v, fixed, sizeof fixed);
    for (size_t i = 0; i < s->n_values; i++)
        v[LEN(fixed) + i] = s->values[i];
    return (struct rest_values){v, LEN(fixed) + s->n_values};
}
