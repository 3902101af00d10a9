/*
 * fill_row - what looked-up rows say in an answer: sums, days and tables.
 *
 *   {leave.left} {leave.date} {leave.expires} {leave.table}   leave_balance
 *   {pay.next} {pay.table}                                    pay_dates, from today on
 *   {requests.table}                                          open_requests
 *   {documents.table}, and of one group {documents.contract}
 *   {documents.payslips} {documents.statements}               documents, newest first
 *
 * Texts are escaped as everywhere; a link was checked by the adapter (app/link_host.h).
 */
#ifndef DIALOGUE_FILL_ROW_H
#define DIALOGUE_FILL_ROW_H

#include "base/buf.h"
#include "dialogue/fill.h"

/* A slot that some look-up fills. */
bool fill_is_row_slot(str slot);
/* It is a table, and there are rows for it. */
bool fill_is_table(str slot, const struct fill_values *v);
void fill_table(struct buf *b, struct arena *a, enum fill_form form, str slot,
                const struct fill_values *v);
/* The value of the other slots; false when there is none. */
bool fill_row_value(struct arena *a, str slot, const struct fill_values *v, str *out);
/* s so that Markdown shows it as it is, on one line. */
void fill_markdown(struct buf *b, str s);

#endif
