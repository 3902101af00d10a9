/* lint_inside - the parts of lint.h, a file each. */
#ifndef NLU_LINT_INSIDE_H
#define NLU_LINT_INSIDE_H

#include "nlu/heldout.h"
#include "nlu/likeness.h"
#include "nlu/lint.h"
#include "nlu/nlu_inside.h"

/* The examples of one language, as nlu_lesson orders them. */
struct schooling {
    struct nlu *nlu;
    enum lang lang;
    struct diags *diags;
    struct lesson lesson;
    const struct phrase **phrase; /* of each example; NULL: the card's name */
    size_t *first;                /* example of each label; one more behind the last */
    struct likeness *likeness;
    struct verdict *verdict; /* of each example */
};

static inline const struct card *schooling_card(const struct schooling *s, size_t label)
{
    return &s->nlu->catalogue->cards.v[s->nlu->school[s->lang].card[label]];
}

/* "Dutch", "English" */
const char *lint_language(enum lang l);
void lint_variety(const struct schooling *s, size_t label);
void lint_nearer(const struct schooling *s, size_t label);
void lint_close(const struct schooling *s, size_t label);
void lint_patterns(struct nlu *n, struct diags *d);

#endif
