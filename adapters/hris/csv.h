/*
 * csv - personal look-ups from tables that the HR system exports every night.
 *
 * balances.csv: id, kind, amount, unit (hours|days; may be empty, never guessed),
 * expires, as_of, and optional columns kind_nl, kind_en with the name people know. The
 * table is read again when its file changed.
 */
#ifndef ADAPTERS_HRIS_CSV_H
#define ADAPTERS_HRIS_CSV_H

#include "app/hris.h"

extern const struct hris hris_csv;

#endif
