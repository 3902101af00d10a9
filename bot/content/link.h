/*
 * link - what can only be checked with everything at hand: sources, links between
 * articles, slots, phrases in two cards, tests' targets, what has expired.
 */
#ifndef CONTENT_LINK_H
#define CONTENT_LINK_H

#include "content/draft.h"
#include "content/load.h"

struct link {
    const struct content_source *source;
    struct catalogue *c; /* articles, sections and contacts are complete */
    struct map by_key;   /* "nl/leave/balance" -> article */
    struct map files;    /* every Markdown file below knowledge, also README */
    struct map ids;      /* every card id in the files, used or not */
    struct diags *diags; /* where mistakes go */
    struct arena *arena;
    int hints; /* "probably meant" is a walk over all articles: so many more of them */
};

/* Fills by_key. */
void link_articles(struct link *l);
/* Resolves the card's sources and checks what it mentions. False after an error. */
bool link_card(struct link *l, struct card_draft *d);
/* Of a card with a mistake only what that mistake cannot have caused is told: slots that
 * no card has. */
void link_broken_card(struct link *l, const struct card_draft *d);
/* Warnings about one article, and about its links. */
void link_check_article(struct link *l, const struct article_draft *d, bool owners);
/* Warnings about one card that is in use. */
void link_check_card(struct link *l, const struct card_draft *d);
/* Phrases and patterns that stand twice. */
void link_check_phrases(struct link *l, const struct card_draft *v, size_t n);

/* A link's target among the articles. dir is where the link stands ("nl/leave"); -1 when
 * there is no such article. Sets *path, *fragment. False when it is none of ours to
 * check. */
bool link_target(struct link *l, str dir, str url, str *path, str *fragment,
                 int *article);
/* The section a heading or anchor names; -1. */
int link_section(struct link *l, int article, str heading);
/* "; probably meant `leave/balance`?" among the articles' keys. */
str link_near_article(struct link *l, str key);

#endif
