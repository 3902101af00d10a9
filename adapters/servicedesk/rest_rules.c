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
    {"seen", VALUE_PLAIN},
    {"event", VALUE_PLAIN},
    {"file", VALUE_PLAIN},
    {"file_base64", VALUE_PLAIN},
    {"file_name", VALUE_PERSONAL},
    {"file_type", VALUE_PLAIN},
    {"file_size", VALUE_PLAIN},
    {"file_token", VALUE_PLAIN},
    {"file_id", VALUE_PLAIN},
    {"since", VALUE_TIME},
    {"since_iso", VALUE_TIME},
    {"since_minute", VALUE_TIME},
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
static const char *const given_ticket[] = {"external", NULL};
static const char *const given_found[] = {"key", "external", NULL};
static const char *const given_replies[] = {"external", "seen", NULL};
static const char *const given_reply[] = {"external", "event", NULL};
static const char *const given_upload[] = {"external",  "file",      "file_base64",
                                           "file_name", "file_type", "file_size",
                                           "key",       NULL};
static const char *const given_attach[] = {
    "key",       "external",  "body",      "file",       "file_base64",
    "file_name", "file_type", "file_size", "file_token", NULL};
static const char *const given_attached[] = {"key", "external", "file_name", NULL};
static const char *const given_fetch[] = {"external", "event", "file_id", "file_name",
                                          NULL};
static const char *const given_changed[] = {"since", "since_iso", "since_minute", NULL};
static const char *const given_probe[] = {"queue", NULL};

static const char *const takes_ticket[] = {"number", "external", NULL};
static const char *const takes_status[] = {"status", NULL};
static const char *const takes_event[] = {"event", NULL};
static const char *const takes_text[] = {"text", NULL};
static const char *const takes_changed[] = {"external", "changed", NULL};
static const char *const takes_token[] = {"file_token", NULL};
static const char *const takes_file[] = {"file_id", NULL};
static const char *const takes_nothing[] = {NULL};

static const struct operation_rule operations[] = {
    {"open", true, given_open, takes_ticket},
    {"find", true, given_find, takes_ticket},
    {"comment", false, given_comment, takes_nothing},
    {"found", false, given_found, takes_nothing},
    {"withdraw", false, given_ticket, takes_nothing},
    {"reopen", false, given_ticket, takes_nothing},
    {"status", false, given_ticket, takes_status},
    {"replies", false, given_replies, takes_event},
    {"reply", false, given_reply, takes_text},
    {"changed", false, given_changed, takes_changed},
    {"upload", false, given_upload, takes_token},
    {"attach", false, given_attach, takes_nothing},
    {"attached", false, given_attached, takes_nothing},
    {"files", false, given_reply, takes_file},
    {"fetch", false, given_fetch, takes_nothing},
    {"probe", true, given_probe, takes_nothing},
    {"rights", false, given_probe, takes_nothing},
};

const struct profile_rules rest_rules = {
    {placeholders, LEN(placeholders)}, operations, LEN(operations)};
