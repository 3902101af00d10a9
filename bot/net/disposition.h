/*
 * disposition - the header Content-Disposition, for the name of a file.
 *
 *   attachment; filename="fallback.pdf"; filename*=UTF-8''na%C3%AFef.pdf
 *
 * Sources: RFC 6266 (4.1, 4.3), RFC 8187 (3.2).
 */
#ifndef NET_DISPOSITION_H
#define NET_DISPOSITION_H

#include "base/arena.h"

/* The name it gives, filename* before filename, as it was written: anything may stand in
 * it. STR_NONE: none, or not to be read. */
str disposition_name(struct arena *a, str header);
/* The whole line for a download under that name, "Content-Disposition: attachment; ...".
 * name is UTF-8 without line breaks. */
str disposition_line(struct arena *a, str name);

#endif
