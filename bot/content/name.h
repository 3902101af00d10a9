/*
 * name - which files in HR's folders are content, by their names.
 */
#ifndef CONTENT_NAME_H
#define CONTENT_NAME_H

#include "base/base.h"

/* What stands behind the last '/'. */
str name_of(str path);
/* Not README (in any language), not `draft_.md`. Hidden files and those that begin with
 * `_` or `~` are left out by file_walk already. */
bool name_is_content(str name);
/* What Dropbox, OneDrive, Syncthing, git and file managers leave beside a file when two
 * people changed it: "Copy of x.md", "x (Ann's conflicted copy).md", "x.orig.md". */
bool name_is_conflict_copy(str name);

#endif
