/*
 * desk_command - `balie desk ...` where the state is: inside the daemon, asked through
 * its control socket, or in a process of its own when none runs.
 */
#ifndef CLI_DESK_COMMAND_H
#define CLI_DESK_COMMAND_H

#include "app/engine.h"

/*
 *   list                 the outbox: what waits, what was delivered, dead letters
 *   tickets              what is alive at the desk: status, owner, due date
 *   retry ID | drop ID   a row of the outbox
 *   answer WHICH NAME TEXT    HR's answer in the built-in inbox
 *   status WHICH STATUS       open, waiting, resolved, withdrawn; likewise
 *
 * engine NULL: no daemon runs; answer and status then fail. Returns the exit status.
 */
int desk_command(struct arena *a, struct store *s, struct engine *engine,
                 struct strs words, str *reply);

#endif
