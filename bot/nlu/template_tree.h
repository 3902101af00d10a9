/*
 * template_tree - a template taken apart: sequences of items, groups hold sequences.
 * Internal to template*.c.
 */
#ifndef NLU_TEMPLATE_TREE_H
#define NLU_TEMPLATE_TREE_H

#include "nlu/template.h"

enum item_kind {
    ITEM_TEXT,   /* letters and digits in plain form */
    ITEM_SPACE,  /* end of a word here: a blank, or an end of the text */
    ITEM_BLANK,  /* [ ]: an optional blank, whatever touches it */
    ITEM_WILD,   /* [*] */
    ITEM_ENTITY, /* {date} */
    ITEM_GROUP,  /* (a|b) or [a|b] */
};

struct item;
struct sequence {
    VEC(struct item) list;
};
struct item {
    enum item_kind kind;
    bool optional; /* ITEM_GROUP */
    str text;      /* ITEM_TEXT; ITEM_ENTITY: its regex */
    struct {
        struct sequence *v;
        size_t n, cap;
    } branches; /* ITEM_GROUP */
};

/* The return codes of template_compile. */
MUST_USE enum rc template_parse(struct arena *a, str text, const struct place *at,
                                struct diags *d, struct sequence *out);
void template_widen(struct arena *a, struct sequence *s, const struct synonyms *synonyms,
                    enum lang l);

#endif
