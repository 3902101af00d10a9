#include "adapters/hris/rest_inside.h"

static const struct placeholder placeholders[] = {
    {"url", VALUE_BASE},          {"token", VALUE_SECRET}, {"password", VALUE_SECRET},
    {"credential", VALUE_SECRET}, {"user", VALUE_SETTING}, {"employee", VALUE_PERSONAL},
    {"today", VALUE_PLAIN},
};

static const char *const given[] = {"employee", "today", NULL};
static const char *const given_none[] = {NULL};
static const char *const takes_token[] = {"token", NULL};
static const char *const takes_balance[] = {"kind", "amount", NULL};
static const char *const takes_kind[] = {"kind", NULL};
static const char *const takes_day[] = {"kind", "as_of", NULL};

static const struct operation_rule operations[] = {
    {"sign_in", false, given_none, takes_token},
    {"leave_balance", true, given, takes_balance},
    {"pay_dates", false, given, takes_day},
    {"open_requests", false, given, takes_kind},
    {"documents", false, given, takes_kind},
};

const struct profile_rules hris_rules = {
    {placeholders, LEN(placeholders)}, operations, LEN(operations)};
