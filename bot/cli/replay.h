/*
 * replay - `balie check --replay FILE`: past questions under the old and the new content.
 *
 * FILE holds one question per line; `unanswered` stands for the list of unanswered
 * questions in the state, which is redacted. The old content is `--against DIR`, or else
 * what the state keeps as last good of the folders in the settings.
 */
#ifndef CLI_REPLAY_H
#define CLI_REPLAY_H

#include "app/builder.h"
#include "cli/cli.h"

/* Prints what changes; false when that could not be found out. */
bool replay_all(const struct options *o, const struct settings *s, struct cache *cache,
                const struct built *after);

#endif
