/*
 * lint - advice to HR about what works but could work better: examples that belong to
 * another card, too few or all alike, cards that are close without a border, patterns
 * that never get their turn, a card without a name. All of it is warnings.
 *
 * Costs about three trainings where the cache (may be NULL) knows nothing of these
 * examples, so `balie check` asks for it and the daemon does not.
 * Above LINT_EXAMPLES_MAX examples of one language the examples are not compared.
 */
#ifndef NLU_LINT_H
#define NLU_LINT_H

#include "nlu/nlu.h"

enum { LINT_EXAMPLES_MAX = 8000 };

void nlu_lint(struct nlu *n, struct cache *cache, struct diags *d);

#endif
