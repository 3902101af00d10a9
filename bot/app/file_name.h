/*
 * file_name - the name of somebody's file, fit to be shown and to be handed on.
 *
 * Only its last part counts ("../../etc/passwd" is "passwd"); characters that control,
 * hide, turn the direction of writing or mean something to a shell or Windows go; it has
 * a length, and ends in a suffix of its type ("run.bat" that is text is "run.bat.txt").
 */
#ifndef APP_FILE_NAME_H
#define APP_FILE_NAME_H

#include "app/file_type.h"
#include "base/arena.h"

enum { FILE_NAME_MAX = 120 }; /* bytes */

/* Never empty. type NULL: not known, its suffix stays as it is. */
str file_name_clean(struct arena *a, str name, const struct file_type *type);

#endif
