#include "content/origin.h"

enum { SETTLED_MS = 3000 };

struct origins *origins_new(struct arena *a)
{
    struct origins *o = arena_alloc(a, sizeof *o);
    o->by_path = map_new(a);
    return o;
}

const struct origin *origin_find(const struct catalogue *previous, str path)
{
    const int64_t *at = previous ? map_find(&previous->origins->by_path, path) : NULL;
    return at ? &previous->origins->list.v[*at] : NULL;
}

void origin_add(struct catalogue *c, const struct file_entry *f, uint64_t hash, size_t n,
                bool silent, int64_t read_ms)
{
    struct origins *o = c->origins;
    map_put(&o->by_path, arena_str(c->arena, f->path), (int64_t)o->list.n);
    *arena_push(c->arena, &o->list) =
        (struct origin){.size = f->size,
                        .mtime_ns = f->mtime_ns,
                        .hash = hash,
                        .first = c->articles.n - n,
                        .n = n,
                        .silent = silent,
                        .settled = f->mtime_ns / 1000000 < read_ms - SETTLED_MS};
}

bool origin_is_same(const struct origin *o, const struct file_entry *f)
{
    return o->silent && o->settled && o->size == f->size && o->mtime_ns == f->mtime_ns;
}
