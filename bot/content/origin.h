/*
 * origin - which file gave which articles, so that the next load reads only what changed.
 *
 * A file of the same size and time, last written well before it was read, is unchanged;
 * otherwise its hash tells. What is unchanged is copied out of the previous catalogue,
 * which is only read. A file about which something was told is read again, so that it is
 * told again.
 */
#ifndef CONTENT_ORIGIN_H
#define CONTENT_ORIGIN_H

#include "base/file.h"
#include "content/draft.h"

struct origin {
    int64_t size, mtime_ns;
    uint64_t hash;
    size_t first, n; /* articles */
    bool silent;     /* nothing was told about the file */
    bool settled;    /* it was old when it was read: time stamps may be coarse */
};

/* What the checks need of an article besides the article. */
struct article_notes {
    struct mentions links, unused;
};

struct origins {
    VEC(struct origin) list;
    struct map by_path;
    VEC(struct article_notes) notes; /* by article */
};

struct origins *origins_new(struct arena *a);
/* NULL when there is no previous catalogue or it has no such file. */
const struct origin *origin_find(const struct catalogue *previous, str path);
/* Adds the file; its articles are those used last. read_ms: when, by the wall clock. */
void origin_add(struct catalogue *c, const struct file_entry *f, uint64_t hash, size_t n,
                bool silent, int64_t read_ms);
/* Surely the same file, without looking into it. */
bool origin_is_same(const struct origin *o, const struct file_entry *f);

/* draft.c: a copy in a, but for the sections. */
void draft_copy(struct arena *a, const struct article_draft *from,
                struct article_draft *to);
/* Puts the sections behind those of the catalogue, of its last article. Texts that are
 * packed already stay where they are if it has that shelf, too, else are copied. */
void draft_sections(const struct article_draft *from, struct catalogue *c);
/* The draft of an article of the previous catalogue, nothing copied. */
void draft_again(const struct catalogue *previous, size_t article,
                 struct article_draft *out);

#endif
