/*
 * draft - a card or an article while it is being read: what the catalogue keeps, and the
 * places of what it mentions, for the checks that need the whole catalogue (link.h).
 */
#ifndef CONTENT_DRAFT_H
#define CONTENT_DRAFT_H

#include "content/texts.h"

/* A slot or a link in a text, and where. */
struct mention {
    str text;
    enum lang lang;
    int line, column;
};
struct mentions {
    VEC(struct mention) list;
};

struct card_draft {
    struct card card;
    str source; /* as written: what is kept as last good */
    struct mentions slots, links;
    int source_line, source_column; /* of the key `source`; 0: none */
    bool source_shared;             /* one reference for all languages */
    bool broken;                    /* an error was told */
    bool old;                       /* this is the last good version */
    bool dropped;                   /* not used at all */
};

struct article_draft {
    struct article article; /* first_section is not set yet */
    str file;               /* as diags name it */
    str source;
    VEC(struct section) sections;
    VEC(struct section_text) texts; /* of each section; none: they are packed already */
    struct mentions links;
    struct mentions unused; /* front matter nobody reads */
    bool broken, old, dropped;
};

#endif
