#include "app/settings.h"

#include "app/promise_settings.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"

enum { FILE_MAX = 256 * 1024, PRINTED_MAX = 64 * 1024 };

enum kind { KIND_TEXT, KIND_PATH, KIND_NUMBER, KIND_WORD, KIND_SECTION };

struct setting {
    const char *key;
    enum kind kind;
    size_t at;               /* offset in struct settings */
    const char *text;        /* default; a path's default outside a checkout; a section's
                                first line, as an example */
    const char *in_checkout; /* a path's default inside one */
    const char *words;       /* KIND_WORD: the values by number, "a|b|c" */
    int64_t min, max;        /* KIND_NUMBER */
    const char *help;
};

#define AT(member) offsetof(struct settings, member)

static const struct setting table[] = {
    {"listen", KIND_TEXT, AT(listen), "127.0.0.1:8080", NULL, NULL, 0, 0,
     "address and port of the chat; demo identity works on a loopback address only"},
    {"metrics_listen", KIND_TEXT, AT(metrics_listen), "", NULL, NULL, 0, 0,
     "own address and port for /metrics; empty: the chat's"},
    {"intents", KIND_PATH, AT(intents), "/etc/balie/intents", "intents", NULL, 0, 0,
     "folder with the intent cards"},
    {"knowledge", KIND_PATH, AT(knowledge), "/etc/balie/knowledge", "knowledge", NULL, 0,
     0, "folder with the articles"},
    {"state", KIND_PATH, AT(state), "/var/lib/balie", "build/state", NULL, 0, 0,
     "folder for what balie keeps; must be writable by it alone"},
    {"people", KIND_PATH, AT(people), "/etc/balie/people.csv", "adapters/hris/people.csv",
     NULL, 0, 0, "table of employees, as the HR system exports it"},
    {"balances", KIND_PATH, AT(balances), "/etc/balie/balances.csv",
     "adapters/hris/balances.csv", NULL, 0, 0, "table of leave balances, likewise"},
    {"pay_dates", KIND_PATH, AT(pay_dates), "", "adapters/hris/pay_dates.csv", NULL, 0, 0,
     "table of pay days, likewise; empty: people get the general answer only"},
    {"requests", KIND_PATH, AT(requests), "", "adapters/hris/requests.csv", NULL, 0, 0,
     "table of requests that are still open, likewise; or empty"},
    {"documents", KIND_PATH, AT(documents), "", "adapters/hris/documents.csv", NULL, 0, 0,
     "table of documents in the personnel files, likewise; or empty"},
    {"link_hosts", KIND_TEXT, AT(link_hosts), "", "hr.noorderlicht.example", NULL, 0, 0,
     "hosts that links to documents may lead to, with spaces between; the HR system's "
     "own "
     "is always one"},
    {"language", KIND_WORD, AT(language), "detect", NULL, "detect|nl|en", 0, 0,
     "of articles that do not tell theirs"},
    {"time_zone", KIND_TEXT, AT(time_zone), "Europe/Amsterdam", NULL, NULL, 0, 0,
     "in which dates are judged"},
    {"boldness", KIND_WORD, AT(boldness), "balanced", NULL, "careful|balanced|eager", 0,
     0, "how sure balie must be before it answers"},
    {"publish", KIND_WORD, AT(strict), "lenient", NULL, "lenient|strict", 0, 0,
     "strict: keep the previous content while a card's test fails"},
    {"log", KIND_WORD, AT(log), "info", NULL, "error|warning|info|debug", 0, 0,
     "least important level that is logged"},
    {"retention_days", KIND_NUMBER, AT(retention_days), "90", NULL, NULL, 1, 3650,
     "conversations are deleted after this"},
    {"form_days", KIND_NUMBER, AT(form_days), "7", NULL, NULL, 1, 3650,
     "what was typed into a form that was left is deleted after this"},
    {"rate_per_minute", KIND_NUMBER, AT(rate_per_minute), "60", NULL, NULL, 0, 1000000,
     "messages of one connection; 0: no limit"},
    {"outbox_in_flight", KIND_NUMBER, AT(outbox_in_flight), "8", NULL, NULL, 1, 64,
     "requests to the servicedesk at once"},
    {"grace_seconds", KIND_NUMBER, AT(grace_seconds), "30", NULL, NULL, 1, 3600,
     "after an unclear end the ticket is searched this long before it is sent again"},
    {"give_up_hours", KIND_NUMBER, AT(give_up_hours), "72", NULL, NULL, 1, 720,
     "a hand-off that could not be delivered by then needs a person"},
    {"message_hours", KIND_NUMBER, AT(message_hours), "24", NULL, NULL, 1, 720,
     "what a channel (Slack, Teams) could not take by then is not sent any more"},
    {"channels", KIND_SECTION, AT(channels), "slack:", NULL, NULL, 0, 0,
     "a section for each of slack, teams, webhook that is used besides the web"},
    {"poll_seconds", KIND_NUMBER, AT(poll_seconds), "30", NULL, NULL, 1, 3600,
     "how often the servicedesk is asked what changed"},
    {"attachment_mb", KIND_NUMBER, AT(attachment_mb), "10", NULL, NULL, 0, 100,
     "largest file that goes to the servicedesk or comes from it, in MB; 0: no files"},
    {"attachment_count", KIND_NUMBER, AT(attachment_count), "5", NULL, NULL, 1, 10,
     "files that go with one hand-off"},
    {"attachment_types", KIND_TEXT, AT(attachment_types),
     "pdf png jpeg docx xlsx odt ods txt", NULL, NULL, 0, 0,
     "kinds of files, told by their content: pdf png jpeg gif heic docx xlsx pptx odt "
     "ods "
     "txt"},
    {"attachment_hours", KIND_NUMBER, AT(attachment_hours), "24", NULL, NULL, 1, 720,
     "a file that is not passed on by then is deleted"},
    {"attachment_days", KIND_NUMBER, AT(attachment_days), "30", NULL, NULL, 1, 365,
     "how long a file from the servicedesk can be fetched"},
    {"attachments_mb", KIND_NUMBER, AT(attachments_mb), "1000", NULL, NULL, 1, 1000000,
     "all files together; above this none are taken, in MB"},
    {"chat_url", KIND_TEXT, AT(chat_url), "", NULL, NULL, 0, 0,
     "where people find this chat in a browser; told on Slack and Teams when a file "
     "came"},
    {"hand_back", KIND_TEXT, AT(hand_back), "#balie", NULL, NULL, 0, 0,
     "a line in a colleague's reply that gives the conversation back to balie"},
    {"webhook_secret", KIND_PATH, AT(webhook_secret), "", NULL, NULL, 0, 0,
     "file with the key that the servicedesk signs its calls of /desk/events with"},
    {"desk", KIND_SECTION, AT(desk), "kind: inbox", NULL, NULL, 0, 0,
     "the servicedesk; none: the built-in inbox"},
    {"promise", KIND_SECTION, AT(promise), "open: mon-fri 09:00-17:00", NULL, NULL, 0, 0,
     "opening hours and response times; none: no answer is promised by a date"},
    {"mail", KIND_SECTION, AT(mail), "server: mail.example.org", NULL, NULL, 0, 0,
     "notices of the built-in inbox by e-mail; none: no mail"},
    {"hris", KIND_SECTION, AT(hris), "kind: csv", NULL, NULL, 0, 0,
     "the HR system for personal questions; none: CSV files"},
};

static const int log_levels[] = {LOG_LEVEL_ERR, LOG_LEVEL_WARN, LOG_LEVEL_INFO,
                                 LOG_LEVEL_DEBUG};

static void *place(struct settings *s, const struct setting *k)
{
    return (unsigned char *)s + k->at;
}

/* The word's number, -1 when it is none of them. */
static int word_number(const char *words, str word)
{
    str rest = str_c(words);
    for (int i = 0; rest.p; i++)
        if (str_eq_ascii(str_cut(&rest, '|'), word))
            return i;
    return -1;
}

static void set_word(struct settings *s, const struct setting *k, int n)
{
    if (n < 0)
        return;
    if (k->at == AT(log) && n < (int)LEN(log_levels))
        s->log = log_levels[n];
    else if (k->at == AT(strict))
        s->strict = n == 1;
    else if (k->at == AT(boldness))
        s->boldness = (enum boldness)n;
    else
        s->language = (enum lang)(n - 1); /* LANG_NONE: detect */
}

void settings_default(struct settings *s, bool in_repository)
{
    *s = (struct settings){0};
    for (size_t i = 0; i < LEN(table); i++) {
        const struct setting *k = &table[i];
        const char *text = in_repository && k->in_checkout ? k->in_checkout : k->text;
        int64_t n = 0;
        if (k->kind == KIND_TEXT || k->kind == KIND_PATH)
            *(str *)place(s, k) = str_c(text);
        else if (k->kind == KIND_NUMBER && str_int(str_c(text), &n) == RC_OK)
            *(int64_t *)place(s, k) = n;
        else if (k->kind == KIND_WORD)
            set_word(s, k, word_number(k->words, str_c(text)));
    }
}

static const struct setting *find(str key)
{
    for (size_t i = 0; i < LEN(table); i++)
        if (str_eq(key, str_c(table[i].key)))
            return &table[i];
    return NULL;
}

static str from_folder(struct arena *a, const struct settings *s, str path)
{
    if (path.n == 0 || path.p[0] == '/' || s->folder.n == 0)
        return arena_str(a, path);
    return file_path(a, s->folder, path);
}

static void set_text(struct settings *s, struct arena *a, const struct setting *k,
                     const struct yaml *v, struct diags *d)
{
    int64_t n = 0;
    switch (k->kind) {
    case KIND_TEXT:
        *(str *)place(s, k) = v->text;
        return;
    case KIND_PATH:
        *(str *)place(s, k) = from_folder(a, s, v->text);
        return;
    case KIND_NUMBER:
        if (str_int(v->text, &n) || n < k->min || n > k->max)
            diag_error(d, s->file, v->line, v->column,
                       "%s must be a whole number from %lld to %lld", k->key,
                       (long long)k->min, (long long)k->max);
        else
            *(int64_t *)place(s, k) = n;
        return;
    case KIND_WORD:
        if (word_number(k->words, v->text) < 0)
            diag_error(d, s->file, v->line, v->column, "%s must be one of %s", k->key,
                       k->words);
        else
            set_word(s, k, word_number(k->words, v->text));
        return;
    case KIND_SECTION:
        return;
    }
}

static void set_one(struct settings *s, struct arena *a, const struct yaml *key,
                    const struct yaml *v, struct diags *d)
{
    const struct setting *k = find(key->text);
    if (!k) {
        str names[LEN(table)];
        for (size_t i = 0; i < LEN(table); i++)
            names[i] = str_c(table[i].key);
        str near = str_nearest(key->text, names, LEN(table));
        diag_error(d, s->file, key->line, key->column, "unknown setting \"%.*s\"%s%.*s%s",
                   STR_ARG(key->text), near.n ? "; did you mean \"" : "", STR_ARG(near),
                   near.n ? "\"?" : "");
        return;
    }
    if ((k->kind == KIND_SECTION) != (v->kind == YAML_MAP) || v->kind == YAML_LIST)
        diag_error(d, s->file, v->line, v->column,
                   k->kind == KIND_SECTION ? "%s is a section: its settings go below it"
                                           : "%s takes one value",
                   k->key);
    else if (k->kind == KIND_SECTION)
        *(const struct yaml **)place(s, k) = v;
    else
        set_text(s, a, k, v, d);
}

enum rc settings_read(struct settings *s, struct arena *a, str file, struct diags *d)
{
    str text;
    s->file = file;
    size_t slash = file.n;
    while (slash > 0 && file.p[slash - 1] != '/')
        slash--;
    s->folder = str_sub(file, 0, slash > 1 ? slash - 1 : slash);
    enum rc rc = file_read(a, file, FILE_MAX, &text);
    if (rc) {
        diag_error(d, file, 0, 0, "cannot be read");
        return rc == RC_NOT_FOUND ? rc : RC_INVALID;
    }
    struct yaml *y = arena_alloc(a, sizeof *y);
    if (yaml_parse(a, file, text, 0, d, y))
        return RC_INVALID;
    if (y->kind != YAML_MAP) {
        diag_error(d, file, y->line, y->column,
                   "lines of \"setting: value\" were expected");
        return RC_INVALID;
    }
    for (size_t i = 0; i < y->n; i++)
        set_one(s, a, &y->key[i], &y->v[i], d);
    s->promises = promise_settings(a, s->promise, file, d);
    return d->errors ? RC_INVALID : RC_OK;
}

static str shown(struct arena *a, const struct settings *s, const struct setting *k)
{
    const void *at = (const unsigned char *)s + k->at;
    if (k->kind == KIND_TEXT || k->kind == KIND_PATH) {
        struct buf b = buf_new(a, 4096);
        buf_json(&b, *(const str *)at);
        return buf_str(&b);
    }
    if (k->kind == KIND_NUMBER)
        return arena_fmt(a, "%lld", (long long)*(const int64_t *)at);
    int n = k->at == AT(strict) ? s->strict
        : k->at == AT(boldness) ? (int)s->boldness
                                : (int)s->language + 1;
    for (size_t i = 0; k->at == AT(log) && i < LEN(log_levels); i++)
        if (log_levels[i] == s->log)
            n = (int)i;
    str rest = str_c(k->words), word = STR_NONE;
    for (int i = 0; i <= n; i++)
        word = str_cut(&rest, '|');
    return word;
}

str settings_print(struct arena *a, const struct settings *s)
{
    struct buf b = buf_new(a, PRINTED_MAX);
    for (size_t i = 0; i < LEN(table); i++) {
        const struct setting *k = &table[i];
        buf_fmt(&b, "# %s", k->help);
        if (k->kind == KIND_WORD)
            buf_fmt(&b, " (%s)", k->words);
        if (k->kind == KIND_NUMBER)
            buf_fmt(&b, " (%lld to %lld)", (long long)k->min, (long long)k->max);
        if (k->kind == KIND_SECTION)
            buf_fmt(&b, "\n# %s:\n#   %s\n\n", k->key, k->text);
        else
            buf_fmt(&b, "\n%s: %.*s\n\n", k->key, STR_ARG(shown(a, s, k)));
    }
    return buf_str(&b);
}

enum rc settings_address(struct arena *a, str listen, str *address, int *port)
{
    size_t colon = listen.n;
    while (colon > 0 && listen.p[colon - 1] != ':')
        colon--;
    int64_t n;
    if (colon == 0 || str_int(str_sub(listen, colon, listen.n), &n) || n < 0 || n > 65535)
        return RC_INVALID;
    str host = str_sub(listen, 0, colon - 1);
    if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
        host = str_sub(host, 1, host.n - 1);
    *address = host.n ? arena_str(a, host) : STR("0.0.0.0");
    *port = (int)n;
    return RC_OK;
}
