#include "content/known.h"

#include "base/buf.h"
#include "base/str.h"
#include "content/source.h"

#define NAMES(table)                                                                     \
    {                                                                                    \
        (table), LEN(table), true                                                        \
    }
#define DISTINCT(table)                                                                  \
    {                                                                                    \
        (table), LEN(table), false                                                       \
    }

static const struct known sections[] = {
    {"Say", SECTION_SAY},
    {"Zeggen", SECTION_SAY},
    {"Patterns", SECTION_PATTERNS},
    {"Patronen", SECTION_PATTERNS},
    {"Signs", SECTION_SIGNS},
    {"Signalen", SECTION_SIGNS},
    {"Not", SECTION_NOT},
    {"Niet", SECTION_NOT},
    {"Answer", SECTION_ANSWER},
    {"Antwoord", SECTION_ANSWER},
    {"Ask", SECTION_ASK},
    {"Vragen", SECTION_ASK},
    {"Do", SECTION_DO},
    {"Doen", SECTION_DO},
    {"Tests", SECTION_TESTS},
    {"Toetsen", SECTION_TESTS},
};
const struct known_names known_sections = NAMES(sections);

static const struct known keys[] = {
    {"name", KEY_NAME},
    {"naam", KEY_NAME},
    {"owner", KEY_OWNER},
    {"eigenaar", KEY_OWNER},
    {"review by", KEY_REVIEW_BY},
    {"nakijken voor", KEY_REVIEW_BY},
    {"herzien voor", KEY_REVIEW_BY},
    {"minutes", KEY_MINUTES},
    {"minuten", KEY_MINUTES},
    {"source", KEY_SOURCE},
    {"bron", KEY_SOURCE},
    {"audience", KEY_AUDIENCE},
    {"doelgroep", KEY_AUDIENCE},
    {"valid from", KEY_VALID_FROM},
    {"geldig vanaf", KEY_VALID_FROM},
    {"valid to", KEY_VALID_TO},
    {"geldig tot en met", KEY_VALID_TO},
    {"topic", KEY_TOPIC},
    {"onderwerp", KEY_TOPIC},
    {"queue", KEY_QUEUE},
    {"wachtrij", KEY_QUEUE},
};
const struct known_names known_keys = NAMES(keys);

/* `keywords` and `tags` are what other handbooks call `also`. */
static const struct known front[] = {
    {"title", KEY_TITLE},
    {"titel", KEY_TITLE},
    {"language", KEY_LANGUAGE},
    {"lang", KEY_LANGUAGE},
    {"taal", KEY_LANGUAGE},
    {"owner", KEY_OWNER},
    {"eigenaar", KEY_OWNER},
    {"audience", KEY_AUDIENCE},
    {"doelgroep", KEY_AUDIENCE},
    {"valid_from", KEY_VALID_FROM},
    {"geldig_vanaf", KEY_VALID_FROM},
    {"valid_to", KEY_VALID_TO},
    {"geldig_tot_en_met", KEY_VALID_TO},
    {"review_by", KEY_REVIEW_BY},
    {"nakijken_voor", KEY_REVIEW_BY},
    {"herzien_voor", KEY_REVIEW_BY},
    {"updated", KEY_UPDATED},
    {"bijgewerkt", KEY_UPDATED},
    {"also", KEY_ALSO},
    {"ook", KEY_ALSO},
    {"keywords", KEY_ALSO},
    {"tags", KEY_ALSO},
};
const struct known_names known_front = NAMES(front);

static const struct known types[] = {
    {"date", SLOT_DATE},      {"datum", SLOT_DATE},        {"period", SLOT_PERIOD},
    {"periode", SLOT_PERIOD}, {"duration", SLOT_DURATION}, {"duur", SLOT_DURATION},
    {"amount", SLOT_AMOUNT},  {"aantal", SLOT_AMOUNT},     {"choice", SLOT_CHOICE},
    {"keuze", SLOT_CHOICE},   {"text", SLOT_TEXT},         {"tekst", SLOT_TEXT},
    {"yesno", SLOT_YESNO},    {"janee", SLOT_YESNO},       {"person", SLOT_PERSON},
    {"persoon", SLOT_PERSON},
};
const struct known_names known_types = NAMES(types);

static const struct known slot_words[] = {
    {"required", SLOT_REQUIRED}, {"verplicht", SLOT_REQUIRED}, {"future", SLOT_FUTURE},
    {"toekomst", SLOT_FUTURE},   {"past", SLOT_PAST},          {"verleden", SLOT_PAST},
};
const struct known_names known_words = NAMES(slot_words);

static const struct known actions[] = {
    {"look up", ACTION_LOOKUP},         {"opzoeken", ACTION_LOOKUP},
    {"zoek op", ACTION_LOOKUP},         {"open ticket", ACTION_TICKET},
    {"melding", ACTION_TICKET},         {"hand off", ACTION_HANDOFF},
    {"overdragen", ACTION_HANDOFF},     {"my tickets", ACTION_TICKETS},
    {"mijn meldingen", ACTION_TICKETS},
};
const struct known_names known_actions = NAMES(actions);

static const struct known targets[] = {
    {"none", TARGET_NONE},    {"geen", TARGET_NONE},       {"choice", TARGET_CHOICE},
    {"keuze", TARGET_CHOICE}, {"article", TARGET_ARTICLE}, {"artikel", TARGET_ARTICLE},
};
const struct known_names known_targets = NAMES(targets);

static const struct known routing[] = {
    {"unit", ROUTE_UNIT},        {"afdeling", ROUTE_UNIT},
    {"topic", ROUTE_TOPIC},      {"onderwerp", ROUTE_TOPIC},
    {"role", ROUTE_ROLE},        {"rol", ROUTE_ROLE},
    {"queue", ROUTE_QUEUE},      {"sensitivity", ROUTE_SENSITIVITY},
    {"wachtrij", ROUTE_QUEUE},   {"gevoeligheid", ROUTE_SENSITIVITY},
    {"partner", ROUTE_PARTNER},  {"hr partner", ROUTE_PARTNER},
    {"adviseur", ROUTE_PARTNER}, {"language", ROUTE_LANGUAGE},
    {"taal", ROUTE_LANGUAGE},
};
const struct known_names known_routing = NAMES(routing);

static const struct known languages[] = {
    {"nl", LANG_NL}, {"Nederlands", LANG_NL}, {"Dutch", LANG_NL},
    {"en", LANG_EN}, {"Engels", LANG_EN},     {"English", LANG_EN},
};
const struct known_names known_languages = NAMES(languages);

static const struct known sensitivities[] = {
    {"normal", 0},
    {"gewoon", 0},
    {"sensitive", 1},
    {"gevoelig", 1},
};
const struct known_names known_sensitivities = NAMES(sensitivities);

static const struct known queues[] = {
    {"HR", 0}, {"Payroll", 1}, {"Absence", 2}, {"Confidential", 3}};
const struct known_names known_queues = DISTINCT(queues);

static const struct known purposes[] = {
    {"list", 0},     {"overzicht", 0}, {"add", 1},    {"aanvullen", 1},
    {"withdraw", 2}, {"intrekken", 2}, {"reopen", 3}, {"heropenen", 3},
};
const struct known_names known_purposes = NAMES(purposes);

enum { LOOKUP_LEAVE_BALANCE, LOOKUP_PAY_DATES, LOOKUP_REQUESTS, LOOKUP_DOCUMENTS };
static const struct known lookups[] = {
    {"leave_balance", LOOKUP_LEAVE_BALANCE}, {"verlofsaldo", LOOKUP_LEAVE_BALANCE},
    {"pay_dates", LOOKUP_PAY_DATES},         {"betaaldagen", LOOKUP_PAY_DATES},
    {"open_requests", LOOKUP_REQUESTS},      {"lopende_aanvragen", LOOKUP_REQUESTS},
    {"documents", LOOKUP_DOCUMENTS},         {"documenten", LOOKUP_DOCUMENTS},
};
const struct known_names known_lookups = NAMES(lookups);

static const struct known slots[] = {
    {"leave.left", LOOKUP_LEAVE_BALANCE},
    {"leave.date", LOOKUP_LEAVE_BALANCE},
    {"leave.table", LOOKUP_LEAVE_BALANCE},
    {"leave.expires", LOOKUP_LEAVE_BALANCE},
    {"pay.next", LOOKUP_PAY_DATES},
    {"pay.table", LOOKUP_PAY_DATES},
    {"requests.table", LOOKUP_REQUESTS},
    {"documents.table", LOOKUP_DOCUMENTS},
    {"documents.contract", LOOKUP_DOCUMENTS},
    {"documents.payslips", LOOKUP_DOCUMENTS},
    {"documents.statements", LOOKUP_DOCUMENTS},
};
const struct known_names known_slots = DISTINCT(slots);

static const struct known person[] = {
    {"person.first_name", 0},   {"person.manager", 0}, {"person.hr_partner", 0},
    {"person.unit", 0},         {"person.hours", 0},   {"person.contract", 0},
    {"person.contract_end", 0},
};
const struct known_names known_person = DISTINCT(person);

enum { NAME_MAX_BYTES = 48 };

/* The name without what does not matter; longer ones are cut and so never equal. */
static str squeeze(str s, char to[static NAME_MAX_BYTES])
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < NAME_MAX_BYTES; i++) {
        char c = s.p[i];
        size_t blank = source_blank(s, i);
        if (blank || c == '_' || c == '-') {
            i += blank ? blank - 1 : 0;
            continue;
        }
        to[n++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return (str){to, n};
}

bool known_find(const struct known_names *k, str text, int *value)
{
    char a[NAME_MAX_BYTES], b[NAME_MAX_BYTES];
    str want = squeeze(text, a);
    if (want.n == NAME_MAX_BYTES)
        return false;
    for (size_t i = 0; i < k->n; i++)
        if (str_eq(want, squeeze(str_c(k->v[i].name), b))) {
            *value = k->v[i].value;
            return true;
        }
    return false;
}

const char *known_name(const struct known_names *k, int value)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].value == value)
            return k->v[i].name;
    return "";
}

str known_hint(struct arena *a, const struct known_names *k, str text)
{
    char scratch[NAME_MAX_BYTES];
    str want = squeeze(text, scratch);
    size_t best = MAX(want.n / 3, 1) + 1, at = k->n;
    for (size_t i = 0; i < k->n; i++) {
        char other[NAME_MAX_BYTES];
        size_t d = str_distance(want, squeeze(str_c(k->v[i].name), other), best);
        if (d < best) {
            best = d;
            at = i;
        }
    }
    if (at < k->n)
        return arena_fmt(a, "; probably meant `%s`?", k->v[at].name);

    struct buf b = buf_new(a, 1024);
    buf_put(&b, STR("; known are"));
    for (size_t i = 0; i < k->n; i++) {
        if (k->aliases && known_name(k, k->v[i].value) != k->v[i].name)
            continue; /* stands behind the first name of its value */
        buf_fmt(&b, "%s %s", i ? "," : "", k->v[i].name);
        for (size_t j = i + 1; k->aliases && j < k->n; j++)
            if (k->v[j].value == k->v[i].value)
                buf_fmt(&b, "/%s", k->v[j].name);
    }
    return buf_str(&b);
}

str known_near(struct arena *a, struct strs words, str text)
{
    str near = str_nearest(text, words.v, words.n);
    return near.p ? arena_fmt(a, "; probably meant `%.*s`?", STR_ARG(near)) : STR("");
}
