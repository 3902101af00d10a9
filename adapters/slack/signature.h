/*
 * signature - is this request from Slack?
 *
 * HMAC-SHA256 over "v0:" timestamp ":" raw body, as lower-case hex behind "v0=". Stricter
 * than Slack's own kit: the time is digits only and at most 300 s away on either side,
 * the signature is exactly 67 bytes, and they are compared in constant time.
 *
 * Source: docs.slack.dev, "Verifying requests from Slack" (2025).
 */
#ifndef SLACK_SIGNATURE_H
#define SLACK_SIGNATURE_H

#include "base/base.h"

enum { SIGNATURE_AGE_S = 300, SIGNATURE_BYTES = 67 };

/* timestamp, signature: the headers as they came, p NULL when missing. */
bool signature_is_valid(str secret, str timestamp, str signature, str body,
                        int64_t now_s);
/* The same for what we send. False: no HMAC to be had, *out is empty. */
bool signature_make(str secret, str timestamp, str body, char out[SIGNATURE_BYTES + 1]);

#endif
