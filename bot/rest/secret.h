/*
 * secret - does a profile hold what should be in a file of its own?
 *
 * A judgement by name and by shape, meant for the administrator in a hurry: a literal
 * value under a name that stands for a secret, or text that begins as the tokens of known
 * makers do.
 */
#ifndef REST_SECRET_H
#define REST_SECRET_H

#include "rest/template.h"

/* name: of the header, form field or member; empty when there is none. */
bool secret_is_written(str name, const struct template *t);

#endif
