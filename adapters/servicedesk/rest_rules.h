/*
 * rest_rules - what a servicedesk's profile may use and must have.
 */
#ifndef SERVICEDESK_REST_RULES_H
#define SERVICEDESK_REST_RULES_H

#include "rest/profile.h"

extern const struct profile_rules rest_rules;

#endif
