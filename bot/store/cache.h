/*
 * cache - blobs by kind and key in one SQLite file (`content.db` in the state folder):
 * last good sources, trained models, token streams. Everything in it can be made again.
 *
 * One connection, one owner (the builder, or a sub-command). Another process holding the
 * file is no error: puts are then dropped, and gets find what that process has committed,
 * or nothing. Values carry a checksum: what comes back is what was put, or nothing, also
 * from a damaged file. Not durable: a power cut may take the last puts.
 */
#ifndef STORE_CACHE_H
#define STORE_CACHE_H

#include "base/arena.h"

struct cache;

enum { CACHE_BLOB_MAX = 64 * 1024 * 1024 };

/* Opens or makes the file; a damaged one is replaced. RC_IO when that is impossible. */
MUST_USE enum rc cache_open(str path, struct cache **out);
void cache_close(struct cache *c); /* accepts NULL */
/* Copies the value into a. RC_NOT_FOUND also when c is NULL. */
MUST_USE enum rc cache_get(struct cache *c, struct arena *a, str kind, str key, str *out);
/* Inserts or replaces; does nothing when c is NULL. */
void cache_put(struct cache *c, str kind, str key, str value);
/* Forgets entries of the kind beyond the `keep` that were put or read last. */
void cache_trim(struct cache *c, str kind, size_t keep);
/* Groups many puts and gets (a get notes when it was) into one transaction. */
void cache_begin(struct cache *c);
void cache_commit(struct cache *c);

#endif
