/*
 * csv - personal look-ups from tables that the HR system exports every night.
 *
 *   leave_balance  balances.csv   id, kind, amount, unit (hours|days; may be empty, never
 *                                 guessed), expires, as_of
 *   pay_dates      pay_dates.csv  id ("*": everybody), kind, date, text (what is paid
 *                                 besides)
 *   open_requests  requests.csv   id, kind, from, to, amount, unit, status (pending,
 *                                 approved, info, or words of your own), asked
 *   documents      documents.csv  id, kind, date, group (contract, payslip, statement, or
 *                                 empty), link
 *
 * All have the optional columns kind_nl, kind_en with the name people know, and text_nl,
 * text_en. Dates are 2026-12-31. A table is read again when its file changed. Links lead
 * to hosts of the setting link_hosts, or are left out.
 */
#ifndef ADAPTERS_HRIS_CSV_H
#define ADAPTERS_HRIS_CSV_H

#include "app/hris.h"

extern const struct hris hris_csv;

#endif
