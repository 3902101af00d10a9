/*
 * rest_inside - what the files of the HR system over REST share.
 *
 *   rest.c           the plug: start, stop        rest_section.c  its settings
 *   rest_ask.c       one look-up's requests       rest_rules.c    what a profile may say
 *   rest_secret.c    token, password, credential  rest_row.c      replies to rows
 */
#ifndef ADAPTERS_HRIS_REST_INSIDE_H
#define ADAPTERS_HRIS_REST_INSIDE_H

#include "app/hris.h"
#include "app/rest_section.h"
#include "rest/exchange.h"

enum { HRIS_ROWS_MAX = 64 };

extern const struct profile_rules hris_rules;

/* The section `hris` of the settings: what app/rest_section.h says, total_ms 15000, and
 *
 *   kind: rest
 *   employee_id: id               column of the people table with the number there
 */
struct hris_section {
    struct rest_section rest;
    str employee_id;
};
/* Every mistake goes to host->diags. RC_INVALID. */
MUST_USE enum rc hris_section_read(const struct host *host, struct hris_section *out);

struct hris_asking;
struct hris_rest {
    struct host host;
    struct hris_section section;
    struct arena *secrets; /* holds the four below; a new one when they change */
    str token, password, credential;
    str session; /* the token of sign_in; empty: none yet */
    struct hris_asking *asking;
};

/* rest_secret.c */

/* Reads the secrets' files. RC_NOT_FOUND when one is missing or empty. */
MUST_USE enum rc hris_secrets_read(struct hris_rest *h, bool *changed);
/* Keeps the token that sign_in gave; empty: it is no good any more. */
void hris_session_set(struct hris_rest *h, str token);

/* rest_row.c */

/* False: the reply cannot be told as it is; *why for operators. Texts in a. */
bool hris_rows_of(const struct hris_rest *h, struct arena *a,
                  const struct exchange_result *r, str employee, date_t today,
                  struct lookup_row *out, size_t *n, str *why);

/* rest_ask.c */
/* NULL: the profile has no such look-up, or the settings do not give what it needs. */
const struct operation *hris_operation(const struct hris_rest *h, str lookup);
void hris_ask(struct hris_rest *h, str lookup, const struct person *who, date_t today,
              void (*done)(void *ctx, const struct lookup *l), void *ctx);
void hris_asking_stop(struct hris_rest *h);

#endif
