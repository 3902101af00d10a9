/*
 * promise_settings - the section `promise` of the settings.
 *
 *   promise:
 *     open: mon-fri 09:00-17:00       or a list; "fri 09:00-12:00 13:00-16:00"
 *     holidays: nl                    Dutch public holidays are closed; or: none
 *     closed: [2026-12-24]            other closed days
 *     response: {"*": 8h, Payroll: 2d, Confidential: 30m}
 *     warn: 1h                        of opening time before it is over
 *
 * Hours and minutes are opening time; days are working days, to the end of the last one.
 * Queues without a response time promise nothing. Days may be Dutch (ma-vr).
 */
#ifndef APP_PROMISE_SETTINGS_H
#define APP_PROMISE_SETTINGS_H

#include "base/diag.h"
#include "base/yaml.h"
#include "dialogue/promise.h"

/* NULL when y is NULL, or after at least one error in d. Allocated in a. */
const struct promise_rules *promise_settings(struct arena *a, const struct yaml *y,
                                             str file, struct diags *d);

#endif
