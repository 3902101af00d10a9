/*
 * schema - the tables of the state, and the steps from each older version to the newest.
 *
 * user_version says which steps a file has had; application_id says it is ours.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/db.h"

enum { SCHEMA_APPLICATION = 0x62616c69 /* "bali" */, SCHEMA_VERSION = 5 };

/*
 * Checks that db is ours or empty, puts it in WAL mode and brings it to SCHEMA_VERSION.
 * A file that is not ours, or newer, is left as it is. Logs why it failed.
 *   RC_INVALID  no database, not ours, damaged, or newer   RC_IO  anything else
 */
MUST_USE enum rc schema_migrate(sqlite3 *db);

#endif
