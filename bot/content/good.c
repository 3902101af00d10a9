#include "content/good.h"

#include "base/buf.h"
#include "base/str.h"

#define KIND STR("good")
enum { LIST_MAX = 32 * 1024 * 1024 };

struct entry {
    enum good_kind kind;
    str id, file;
    uint64_t hash;
    bool kept;
};

struct good {
    struct arena *arena; /* the catalogue's: what was kept may become part of it */
    struct arena *work;
    struct cache *cache;
    str folder[2]; /* by kind */
    bool keep;
    VEC(struct entry) list;
    struct map by_key;
    bool changed;
    bool open; /* a group of writes has begun */
};

static str key_of(const struct good *g, enum good_kind k, str id)
{
    return arena_fmt(g->work, "%s|%.*s|%.*s", k == GOOD_CARD ? "card" : "article",
                     STR_ARG(g->folder[k]), STR_ARG(id));
}

static str list_key(const struct good *g)
{
    return arena_fmt(g->work, "list|%.*s|%.*s", STR_ARG(g->folder[GOOD_CARD]),
                     STR_ARG(g->folder[GOOD_ARTICLE]));
}

static struct entry *find(const struct good *g, enum good_kind k, str id)
{
    const int64_t *at = map_find(&g->by_key, key_of(g, k, id));
    return at ? &g->list.v[*at] : NULL;
}

static struct entry *add(struct good *g, enum good_kind k, str id)
{
    map_put(&g->by_key, key_of(g, k, id), (int64_t)g->list.n);
    struct entry *e = arena_push(g->work, &g->list);
    *e = (struct entry){.kind = k, .id = id};
    return e;
}

/* One line of the list: kind, hash in decimal, id, file; tabs between. */
static void read_entry(struct good *g, str line)
{
    str kind = str_cut(&line, '\t'), hash = str_cut(&line, '\t');
    str id = str_cut(&line, '\t'), file = line;
    int64_t h;
    if (!file.p || id.n == 0 || str_int(hash, &h) != RC_OK)
        return;
    struct entry *e = add(g, str_eq(kind, STR("c")) ? GOOD_CARD : GOOD_ARTICLE, id);
    e->file = file;
    e->hash = (uint64_t)h;
}

struct good *good_open(struct arena *a, struct arena *work,
                       const struct content_source *s)
{
    struct good *g = arena_alloc(work, sizeof *g);
    *g = (struct good){.arena = a,
                       .work = work,
                       .cache = s->cache,
                       .folder = {s->intents, s->knowledge},
                       .keep = s->keep_good,
                       .by_key = map_new(work)};
    str list;
    if (!s->cache || cache_get(s->cache, a, KIND, list_key(g), &list) != RC_OK)
        return g;
    for (str line; str_line(&list, &line);)
        read_entry(g, line);
    return g;
}

bool good_find(struct good *g, enum good_kind k, str id, str *source)
{
    const struct entry *e = find(g, k, id);
    if (!e || !g->cache)
        return false;
    return cache_get(g->cache, g->arena, KIND, key_of(g, k, id), source) == RC_OK &&
        source->n > 0;
}

static void begin(struct good *g)
{
    if (!g->open)
        cache_begin(g->cache);
    g->open = true;
}

/* FNV without its top bit, so that it prints and reads as a number. */
static uint64_t kept_hash(uint64_t hash)
{
    return hash >> 2;
}

bool good_again(struct good *g, enum good_kind k, str id, uint64_t hash)
{
    struct entry *e = g->cache && g->keep ? find(g, k, id) : NULL;
    if (e && e->hash == kept_hash(hash))
        e->kept = true;
    return !g->cache || !g->keep || (e && e->kept);
}

void good_keep(struct good *g, enum good_kind k, str id, str file, str source)
{
    if (!g->cache || !g->keep || str_find_char(id, '\t') >= 0 ||
        str_find_char(id, '\n') >= 0 || str_find_char(file, '\n') >= 0)
        return;
    uint64_t hash = kept_hash(str_hash(source));
    struct entry *e = find(g, k, id);
    bool fresh = !e;
    if (fresh)
        e = add(g, k, id);
    e->kept = true;
    if (fresh || e->hash != hash) {
        begin(g);
        cache_put(g->cache, KIND, key_of(g, k, id), source);
    }
    g->changed = g->changed || fresh || e->hash != hash || !str_eq(e->file, file);
    e->hash = hash;
    e->file = file;
}

struct strs good_files(const struct good *g, enum good_kind k)
{
    VEC(str) files = {0};
    struct map seen = map_new(g->work);
    for (size_t i = 0; i < g->list.n; i++) {
        const struct entry *e = &g->list.v[i];
        str file = k == GOOD_CARD ? e->file : e->id;
        if (e->kind != k || map_find(&seen, file))
            continue;
        map_put(&seen, file, 1);
        *arena_push(g->arena, &files) = file;
    }
    return (struct strs){files.v, files.n};
}

struct strs good_cards_of(const struct good *g, str file)
{
    VEC(str) ids = {0};
    for (size_t i = 0; i < g->list.n; i++)
        if (g->list.v[i].kind == GOOD_CARD && str_eq(g->list.v[i].file, file))
            *arena_push(g->arena, &ids) = g->list.v[i].id;
    return (struct strs){ids.v, ids.n};
}

void good_save(struct good *g)
{
    if (!g->cache || !g->keep)
        return;
    for (size_t i = 0; i < g->list.n; i++)
        g->changed = g->changed || !g->list.v[i].kept;
    if (!g->changed)
        return;
    struct buf list = buf_new(g->work, LIST_MAX);
    begin(g);
    for (size_t i = 0; i < g->list.n; i++) {
        const struct entry *e = &g->list.v[i];
        if (!e->kept) {
            cache_put(g->cache, KIND, key_of(g, e->kind, e->id), STR(""));
            continue;
        }
        buf_fmt(&list, "%s\t%lld\t%.*s\t%.*s\n", e->kind == GOOD_CARD ? "c" : "a",
                (long long)e->hash, STR_ARG(e->id), STR_ARG(e->file));
    }
    cache_put(g->cache, KIND, list_key(g), buf_str(&list));
    cache_commit(g->cache);
    g->open = false;
}
