/*
 * template_sample - texts that a template matches, for looking at what else catches them.
 */
#ifndef NLU_TEMPLATE_SAMPLE_H
#define NLU_TEMPLATE_SAMPLE_H

#include "nlu/template_tree.h"

enum { SAMPLES = 8 /* different `which`; a simple template has fewer different texts */ };

/* One text in plain form, in a. `which` says which alternatives it takes, and whether
 * what is optional is there. */
str template_sample(struct arena *a, const struct sequence *tree, uint32_t which);

#endif
