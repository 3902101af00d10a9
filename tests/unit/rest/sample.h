/*
 * sample - a small product for the tests of bot/rest: its rules, and a profile to which
 * tests add what they are about.
 */
#ifndef TESTS_REST_SAMPLE_H
#define TESTS_REST_SAMPLE_H

#include "rest/profile.h"

static const struct placeholder sample_placeholders[] = {
    {"url", VALUE_BASE},         {"token", VALUE_SECRET},
    {"key", VALUE_PLAIN},        {"external", VALUE_PLAIN},
    {"subject", VALUE_PERSONAL}, {"person_email", VALUE_PERSONAL},
    {"file", VALUE_PLAIN},       {"file_base64", VALUE_PLAIN},
};
static const char *const sample_given_open[] = {"key",  "subject",     "person_email",
                                                "file", "file_base64", NULL};
static const char *const sample_given_find[] = {"key", NULL};
static const char *const sample_given_status[] = {"external", NULL};
static const char *const sample_takes[] = {"external", NULL};
static const char *const sample_takes_nothing[] = {NULL};
static const struct operation_rule sample_operations[] = {
    {"open", true, sample_given_open, sample_takes},
    {"find", false, sample_given_find, sample_takes},
    {"status", false, sample_given_status, sample_takes_nothing},
};
static const struct profile_rules sample_rules = {
    {sample_placeholders, LEN(sample_placeholders)},
    sample_operations,
    LEN(sample_operations)};

#define SAMPLE_TOP "product: Sample\ntested: here\n"
#define SAMPLE_OPEN                                                                      \
    "operations:\n"                                                                      \
    "  open:\n"                                                                          \
    "    method: POST\n"                                                                 \
    "    url: '{{url}}/t'\n"                                                             \
    "    take: {external: /id}\n"

#endif
