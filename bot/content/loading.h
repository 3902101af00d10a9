/*
 * loading - one run of content_load, shared by its files: load.c walks the folders,
 * load_articles.c and load_cards.c read them and give each card and article its last
 * form: as written, the last good one, or none.
 */
#ifndef CONTENT_LOADING_H
#define CONTENT_LOADING_H

#include "base/file.h"
#include "content/good.h"
#include "content/link.h"
#include "content/place.h"

struct load {
    const struct content_source *source;
    struct catalogue *c;
    struct good *good;
    struct link link;
    VEC(struct card_draft) cards;
    VEC(struct article_draft) articles;
    VEC(str) suspects;     /* card files with a mistake */
    struct arena *work;    /* of this load: what the catalogue does not keep */
    struct arena *scratch; /* of one article's file */
    int64_t read_ms;       /* when this load began, by the wall clock */
};

/* The text is put in a. False after an error (a file that is gone meanwhile is none). */
bool loading_file(struct load *l, struct arena *a, str file, str *text);
struct place loading_place(struct load *l, str file, struct diags *d);
/* Whether to read the file; a conflict copy is told. */
bool loading_wants(struct load *l, str folder, str path);

/* Which of the lists beside the cards a path below intents is; -1: a file of cards. */
int intents_list_of(str path);
void load_articles(struct load *l, const struct file_list *files);
void load_intents(struct load *l, const struct file_list *files);

#endif
