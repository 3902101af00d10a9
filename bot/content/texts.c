#include "content/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

enum {
    PACK_BYTES = 24 * 1024, /* the sections of a pack, inflated: below deflate's window */
    LEVEL = 3,
    OPEN_MAX = 16, /* packs kept inflated: people ask about the same few things */
};

/* How long the forms of one section are; these stand first. */
struct sizes {
    uint32_t text, html, markdown, n_pieces;
};

/* Inflated: the sizes, all texts, then Markdown, HTML and pieces of each section. */
struct pack {
    uint32_t n_sections, n_deflated;
    uint32_t n_plain; /* inflated, up to the last text */
    uint32_t n_all;
    unsigned char bytes[];
};

struct unpacked {
    struct arena *arena;
    const struct pack *pack; /* the one that v is of; NULL: none yet */
    bool whole;              /* not the texts only */
    struct section_text *v;
    uint64_t used; /* number of the look */
};

struct texts {
    struct unpacked open[OPEN_MAX];
    uint64_t looks;
};

struct text_shelf *text_shelf_new(void)
{
    struct text_shelf *s = must_alloc(sizeof *s);
    atomic_init(&s->owners, 1);
    s->arena = arena_new();
    return s;
}

struct text_shelf *text_shelf_share(struct text_shelf *s)
{
    atomic_fetch_add(&s->owners, 1);
    return s;
}

void text_shelf_free(struct text_shelf *s)
{
    if (atomic_fetch_sub(&s->owners, 1) > 1)
        return;
    arena_free(s->arena);
    free(s);
}

_Noreturn static void broken(const char *what)
{
    fprintf(stderr, "<2>balie: packed text cannot be %s\n", what);
    abort();
}

static size_t bytes_of(const struct section_text *t)
{
    return sizeof(struct sizes) + t->text.n + t->html.n + t->markdown.n +
        t->n_pieces * sizeof *t->pieces;
}

static void put(unsigned char **to, const void *p, size_t n)
{
    if (n)
        memcpy(*to, p, n);
    *to += n;
}

/* What is deflated of v[0..n); *plain: up to the last text. */
static unsigned char *lay_out(struct arena *a, const struct section_text *v, size_t n,
                              size_t bytes, size_t *plain)
{
    unsigned char *all = arena_alloc(a, bytes), *to = all;
    for (size_t i = 0; i < n; i++) {
        struct sizes s = {(uint32_t)v[i].text.n, (uint32_t)v[i].html.n,
                          (uint32_t)v[i].markdown.n, (uint32_t)v[i].n_pieces};
        put(&to, &s, sizeof s);
    }
    for (size_t i = 0; i < n; i++)
        put(&to, v[i].text.p, v[i].text.n);
    *plain = (size_t)(to - all);
    for (size_t i = 0; i < n; i++) {
        put(&to, v[i].markdown.p, v[i].markdown.n);
        put(&to, v[i].html.p, v[i].html.n);
        put(&to, v[i].pieces, v[i].n_pieces * sizeof *v[i].pieces);
    }
    return all;
}

static const struct pack *pack_one(struct arena *a, struct arena *scratch,
                                   const struct section_text *v, size_t n, size_t bytes)
{
    size_t plain;
    const unsigned char *all = lay_out(scratch, v, n, bytes, &plain);
    uLongf len = compressBound((uLong)bytes);
    unsigned char *deflated = arena_alloc(scratch, len);
    if (compress2(deflated, &len, all, (uLong)bytes, LEVEL) != Z_OK)
        broken("made");
    struct pack *p = arena_alloc(a, sizeof *p + len);
    *p = (struct pack){(uint32_t)n, (uint32_t)len, (uint32_t)plain, (uint32_t)bytes};
    memcpy(p->bytes, deflated, len);
    return p;
}

void texts_pack(struct arena *a, const struct section_text *v, struct section *s,
                size_t n)
{
    struct arena *scratch = arena_new();
    for (size_t from = 0, to; from < n; from = to) {
        size_t bytes = bytes_of(&v[from]);
        for (to = from + 1; to < n && bytes + bytes_of(&v[to]) <= PACK_BYTES; to++)
            bytes += bytes_of(&v[to]);
        const struct pack *p = pack_one(a, scratch, v + from, to - from, bytes);
        for (size_t i = from; i < to; i++) {
            s[i].pack = p;
            s[i].place = (uint32_t)(i - from);
            s[i].n_text = (uint32_t)v[i].text.n;
        }
        arena_reset(scratch);
    }
    arena_free(scratch);
}

void texts_copy(struct arena *a, struct section *s, size_t n)
{
    const struct pack *last = NULL;
    struct pack *copy = NULL;
    for (size_t i = 0; i < n; i++) {
        if (s[i].pack != last) {
            last = s[i].pack;
            copy = arena_alloc(a, sizeof *copy + last->n_deflated);
            memcpy(copy, last, sizeof *copy + last->n_deflated);
        }
        s[i].pack = copy;
    }
}

size_t texts_bytes(const struct section *s, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++)
        if (s[i].pack && (i == 0 || s[i].pack != s[i - 1].pack))
            sum += sizeof *s[i].pack + s[i].pack->n_deflated;
    return sum;
}

struct texts *texts_open(void)
{
    return must_alloc(sizeof(struct texts));
}

void texts_close(struct texts *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < OPEN_MAX; i++)
        arena_free(t->open[i].arena);
    free(t);
}

/* The first n inflated bytes. */
static unsigned char *inflated(struct arena *a, const struct pack *p, uint32_t n)
{
    unsigned char *out = arena_room(a, n);
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)p->bytes,
                  .avail_in = p->n_deflated,
                  .next_out = out,
                  .avail_out = n};
    if (inflateInit(&z) != Z_OK)
        broken("read");
    inflate(&z, Z_FINISH); /* reports a full buffer where only a part is wanted */
    inflateEnd(&z);
    if (z.avail_out > 0)
        broken("read");
    return out;
}

static str take(const unsigned char **at, size_t n)
{
    str s = {(const char *)*at, n};
    *at += n;
    return s;
}

static void unpack(struct unpacked *t, const struct pack *p, bool whole)
{
    if (t->arena)
        arena_reset(t->arena);
    else
        t->arena = arena_new();
    const unsigned char *all = inflated(t->arena, p, whole ? p->n_all : p->n_plain);
    const struct sizes *sizes = (const void *)all;
    const unsigned char *at = all + p->n_sections * sizeof *sizes;
    t->pack = p;
    t->whole = whole;
    t->v = arena_alloc(t->arena, p->n_sections * sizeof *t->v);
    for (uint32_t i = 0; i < p->n_sections; i++)
        t->v[i].text = take(&at, sizes[i].text);
    for (uint32_t i = 0; i < p->n_sections && whole; i++) {
        struct section_text *v = &t->v[i];
        v->markdown = take(&at, sizes[i].markdown);
        v->html = take(&at, sizes[i].html);
        v->n_pieces = sizes[i].n_pieces;
        struct piece *pieces = arena_alloc(t->arena, v->n_pieces * sizeof *pieces);
        str raw = take(&at, v->n_pieces * sizeof *pieces);
        if (raw.n)
            memcpy(pieces, raw.p, raw.n);
        v->pieces = pieces;
    }
}

/* The pack inflated, in the place of the one that was looked at longest ago. */
static const struct section_text *look(struct texts *t, const struct section *s,
                                       bool whole)
{
    struct unpacked *u = t->open;
    for (size_t i = 0; i < OPEN_MAX; i++) {
        if (t->open[i].pack == s->pack) {
            u = &t->open[i];
            break;
        }
        if (t->open[i].used < u->used)
            u = &t->open[i];
    }
    if (u->pack != s->pack || (whole && !u->whole))
        unpack(u, s->pack, whole);
    u->used = ++t->looks;
    return &u->v[s->place];
}

const struct section_text *texts_of(struct texts *t, const struct section *s)
{
    return look(t, s, true);
}

str texts_plain(struct texts *t, const struct section *s)
{
    return look(t, s, false)->text;
}
