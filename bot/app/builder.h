/*
 * builder - makes brains: reads the content folders, trains, indexes, runs the cards'
 * tests.
 *
 * builder_build works in the calling thread (start, `balie check`, `balie ask`).
 * builder_start runs a low-priority thread that watches both folders (inotify, with a
 * moment of quiet: burst.h; a look every 5 s where inotify does not reach) and builds the
 * next brain when something changed or builder_reload asked. It owns the content cache
 * from then on.
 */
#ifndef APP_BUILDER_H
#define APP_BUILDER_H

#include "app/people.h"
#include "content/load.h"
#include "dialogue/brain.h"

struct builder_conf {
    str intents, knowledge;
    enum lang language;
    bool strict; /* keep the previous brain while a card's test fails */
    bool run_tests;
    bool lint;          /* with the tests, advice about examples, too: takes seconds */
    struct strs queues; /* for lint: those the settings name */
    str cache_file;     /* empty: no cache */
    bool kept;          /* read the last good sources instead of the folders */
    bool keep_good;     /* store last good sources */
    str people_file;    /* re-read at every build for the tests' person; may be empty */
    const struct content_files *files; /* a walk that was just made; NULL: made then */
    const struct built *previous; /* of the same folders: what did not change is taken
                                   * from it; NULL: none. Lives as long as the build */
};

/* A brain with what there is to say about it. One owner; free with built_free. */
struct built {
    struct brain brain;
    struct diags diags;  /* content, build and test findings, sorted */
    struct arena *arena; /* of diags */
    size_t cards, articles, sections;
    size_t tests, failed_tests, asked_tests; /* card_tests.h */
    int64_t took_ms;
};

/* RC_NOT_FOUND, RC_IO: a folder cannot be read; *out then holds only diags. */
MUST_USE enum rc builder_build(const struct builder_conf *c, struct cache *cache,
                               struct built **out);
void built_free(struct built *b); /* accepts NULL */
/* "36 cards, 30 articles (nl 15, en 15), 1 error, 2 warnings" */
str built_summary(struct arena *a, const struct built *b);

struct builder;
/* ring is called from the builder's thread and must only wake the loop; then
 * builder_take. */
/* c->previous: the set in use, given back in time; NULL: the first build reads all. */
struct builder *builder_start(const struct builder_conf *c, void (*ring)(void *),
                              void *ctx);
void builder_reload(struct builder *b); /* from the loop: build now, changed or not */
/* The newest finished set, NULL when there is none. With strict, a set whose tests fail
 * has brain.catalogue == NULL: only its diags are news. Loop thread. */
struct built *builder_take(struct builder *b);
/* Hands an old set to the thread to be freed there. Loop thread. */
void builder_give_back(struct builder *b, struct built *old);
void builder_stop(struct builder *b); /* accepts NULL; joins the thread */

#endif
