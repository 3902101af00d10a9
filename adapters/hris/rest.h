/*
 * rest - an HR system over REST, described by a profile (rest/profile.h): for each
 * look-up an operation of its name, and `sign_in` where a token has to be fetched first.
 *
 * Numbers may come as numbers or as text ("40.0", "-3.5"); what is neither makes the
 * whole look-up fail, for half a balance is a wrong one. A unit we do not know is passed
 * on as no unit. Which number the person has there is the column `employee_id` of the
 * people table; nobody but the verified person is ever asked about.
 *
 * Besides leave_balance a profile may have pay_dates (kind, as_of), open_requests (kind;
 * from, to, amount, unit, text: pending, approved, info, or words) and documents (kind;
 * as_of, group: contract, payslip, statement; link). A link that begins with / is below
 * the url of the settings; {id} and {employee} in it are what was taken. It is shown when
 * it leads to the HR system or to a host of the setting link_hosts.
 *
 * A token that is refused (401) is fetched, or read from its file, once more. What may be
 * tried again is, once.
 */
#ifndef ADAPTERS_HRIS_REST_H
#define ADAPTERS_HRIS_REST_H

#include "app/hris.h"

extern const struct hris hris_rest;

#endif
