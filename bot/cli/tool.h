/*
 * tool - another program, run once for its output.
 */
#ifndef CLI_TOOL_H
#define CLI_TOOL_H

#include "base/arena.h"

enum { TOOL_OUTPUT_MAX = 16 * 1024 * 1024, TOOL_SECONDS = 120 };

/*
 * Runs the program found on PATH with these arguments (ending in NULL), nothing on its
 * standard input; what it prints goes to *out, its complaints to ours.
 *
 *   RC_NOT_FOUND  no such program
 *   RC_LIMIT      more output than TOOL_OUTPUT_MAX, or longer than TOOL_SECONDS: killed
 *   RC_UPSTREAM   it failed
 *   RC_IO         it could not be started
 */
MUST_USE enum rc tool_run(struct arena *a, const char *const *args, str *out);

#endif
