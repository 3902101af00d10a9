#include "adapters/servicedesk/rest_rules.h"

static const struct placeholder placeholders[] = {
    {"url", VALUE_BASE},
    {"token", VALUE_SECRET},
    {"password", VALUE_SECRET},
    {"credential", VALUE_SECRET},
    {"user", VALUE_SETTING},
    {"key", VALUE_PLAIN},
    {"receipt", VALUE_PLAIN},
    {"queue", VALUE_PLAIN},
    {"lang", VALUE_PLAIN},
    {"conversation", VALUE_PLAIN},
    {"intent", VALUE_PLAIN},
    {"external", VALUE_PLAIN},
    {"unit", VALUE_PERSONAL},
    {"subject", VALUE_PERSONAL},
    {"body", VALUE_PERSONAL},
    {"person_id", VALUE_PERSONAL},
    {"person_name", VALUE_PERSONAL},
    {"person_email", VALUE_PERSONAL},
};

static const char *const given_open[] = {
    "key",         "receipt",      "queue", "subject",      "body",   "person_id", "unit",
    "person_name", "person_email", "lang",  "conversation", "intent", NULL};
static const char *const given_find[] = {"key", NULL};
static const char *const given_comment[] = {"key", "external", "body", NULL};
static const char *const given_status[] = {"external", NULL};
static const char *const given_probe[] = {"queue", NULL};

static const char *const takes_ticket[] = {"number", "external", NULL};
static const char *const takes_status[] = {"status", NULL};
static const char *const takes_nothing[] = {NULL};

static const struct operation_rule operations[] = {
    {"open", true, given_open, takes_ticket},
    {"find", true, given_find, takes_ticket},
    {"comment", false, given_comment, takes_nothing},
    {"status", false, given_status, takes_status},
    {"probe", true, given_probe, takes_nothing},
    {"rights", false, given_probe, takes_nothing},
};

const struct profile_rules rest_rules = {
    {placeholders, LEN(placeholders)}, operations, LEN(operations)};
