#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum {
    BLOCK = 16 * 1024,
    KEEP_MAX = 256 * 1024,
    OWN_MIN = 1024 * 1024, /* an object that large has a block of its own */
    HUGE_PAGE = 2 * 1024 * 1024,
    LARGE = 256,
    FORMAT_FIRST = 512 /* bytes */
};

struct block {
    struct block *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *top; /* where the next object goes; older blocks behind it */
    unsigned char *newest;
    size_t used;
};

_Noreturn static void out_of_memory(void)
{
    fputs("<2>balie: out of memory\n", stderr);
    abort();
}

/* A model or an index is read all over: in pages of 4 KiB a look at a row costs a walk
 * through the page tables as well. The kernel may not have larger ones to give. */
static void *alloc_huge(size_t n)
{
    void *p = NULL;
    if (posix_memalign(&p, HUGE_PAGE, n) != 0)
        out_of_memory();
    (void)!madvise(p, n, MADV_HUGEPAGE);
    return p;
}

void *must_alloc(size_t n)
{
    if (n >= HUGE_PAGE)
        return memset(alloc_huge(n), 0, n);
    void *p = calloc(1, n ? n : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *must_room(size_t n)
{
    return n >= HUGE_PAGE ? alloc_huge(n) : must_grow(NULL, n);
}

void *must_copy(const void *from, size_t n)
{
    void *p = must_room(n);
    return n ? memcpy(p, from, n) : p;
}

char *must_text(str s)
{
    char *p = must_grow(NULL, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return p;
}

void *must_grow(void *p, size_t n)
{
    p = realloc(p, n ? n : 1);
    if (!p)
        out_of_memory();
    return p;
}

static struct block *block_new(size_t size, struct block *next)
{
    size_t n = sizeof(struct block) + size;
    struct block *b = n >= HUGE_PAGE ? alloc_huge(n) : malloc(n);
    if (!b)
        out_of_memory();
    *b = (struct block){.next = next, .size = size};
    return b;
}

struct arena *arena_new(void)
{
    struct arena *a = must_alloc(sizeof *a);
    a->top = block_new(BLOCK, NULL);
    return a;
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    for (struct block *b = a->top, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(a);
}

void arena_reset(struct arena *a)
{
    struct block *keep = a->top->size <= KEEP_MAX ? a->top : NULL;
    for (struct block *b = keep ? keep->next : a->top, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    a->top = keep ? keep : block_new(BLOCK, NULL);
    a->top->next = NULL;
    a->top->used = 0;
    a->newest = NULL;
    a->used = 0;
}

struct arena *arenas_take(struct arenas *s)
{
    return s->n > 0 ? s->v[--s->n] : arena_new();
}

void arenas_give(struct arenas *s, struct arena *a)
{
    if (s->n == ARENAS_MAX) {
        arena_free(a);
        return;
    }
    arena_reset(a);
    s->v[s->n++] = a;
}

void arenas_free(struct arenas *s)
{
    while (s->n > 0)
        arena_free(s->v[--s->n]);
}

static size_t aligned(size_t n)
{
    return (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

/* An arena that has become large goes on in whole huge pages. */
static size_t next_size(const struct arena *a, size_t need)
{
    size_t most = HUGE_PAGE - sizeof(struct block);
    return need >= OWN_MIN ? need : MAX(need, MIN(a->top->size * 2, most));
}

/* Apart, so that what is done for every object needs no frame of its own. */
__attribute__((noinline)) static struct block *add_block(struct arena *a, size_t need)
{
    if (need == 0) /* it wrapped */
        out_of_memory();
    a->top = block_new(next_size(a, need), a->top);
    return a->top;
}

/* Room for n bytes, not cleared yet. */
static void *take(struct arena *a, size_t n)
{
    size_t need = aligned(n + !n);
    struct block *b = a->top;
    if (b->size - b->used < need || need == 0)
        b = add_block(a, need);
    unsigned char *p = b->bytes + b->used;
    b->used += need;
    a->used += need;
    a->newest = p;
    return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
    return memset(take(a, n), 0, n);
}

void *arena_room(struct arena *a, size_t n)
{
    return take(a, n);
}

/* Where the list names the block of a large object. Blocks are few. */
static struct block **block_of(struct arena *a, const void *p)
{
    struct block **at = &a->top;
    while (*at && (*at)->bytes != p)
        at = &(*at)->next;
    return at;
}

/* A large object grows with its block, so that no half-sized copy stays behind. */
static void *grow_large(struct arena *a, const void *p, size_t n_old, size_t n_new)
{
    struct block **at = block_of(a, p), *b = *at;
    size_t need = aligned(n_new);
    if (!b || b->used != aligned(n_old) || need < n_new)
        return NULL;
    b = must_grow(b, sizeof *b + need);
    *at = b;
    a->newest = NULL;
    a->used += need - b->used;
    b->used = b->size = need;
    return b->bytes;
}

void arena_drop(struct arena *a, void *p, size_t n)
{
    struct block **at = n >= OWN_MIN ? block_of(a, p) : NULL, *b = at ? *at : NULL;
    if (!b || b->used != aligned(n) || (b == a->top && !b->next))
        return;
    *at = b->next;
    a->used -= b->used;
    a->newest = NULL;
    free(b);
}

void *arena_widen(struct arena *a, void *p, size_t n_old, size_t n_new)
{
    if (p && p == a->newest && n_new >= n_old) {
        size_t start = (size_t)(a->newest - a->top->bytes), need = aligned(n_new);
        if (need >= n_new && a->top->size - start >= need) {
            a->used += need - (a->top->used - start);
            a->top->used = start + need;
            return p;
        }
    }
    if (p && n_old >= OWN_MIN && n_new >= n_old) {
        void *same = grow_large(a, p, n_old, n_new);
        if (same)
            return same;
    }
    size_t kept = p ? MIN(n_old, n_new) : 0;
    unsigned char *q = take(a, n_new);
    if (kept)
        memcpy(q, p, kept);
    return q;
}

void *arena_grow(struct arena *a, void *p, size_t n_old, size_t n_new)
{
    size_t kept = p ? MIN(n_old, n_new) : 0;
    unsigned char *q = arena_widen(a, p, n_old, n_new);
    memset(q + kept, 0, n_new - kept);
    return q;
}

void *arena_grow_vec(struct arena *a, void *v, size_t *cap, size_t size, size_t n)
{
    size_t more = *cap ? *cap * 2 : size > LARGE ? 2 : 8;
    v = arena_grow(a, v, n * size, more * size);
    *cap = more;
    return v;
}

void *arena_reserve_vec(struct arena *a, void *v, size_t *cap, size_t size, size_t most)
{
    if (most <= *cap)
        return v;
    v = arena_grow(a, v, *cap * size, most * size);
    *cap = most;
    return v;
}

str arena_join(struct arena *a, str x, str y)
{
    char *p = take(a, x.n + y.n + 1);
    if (x.n)
        memcpy(p, x.p, x.n);
    if (y.n)
        memcpy(p + x.n, y.p, y.n);
    p[x.n + y.n] = '\0';
    return (str){p, x.n + y.n};
}

str arena_str(struct arena *a, str s)
{
    return arena_join(a, s, STR_NONE);
}

str arena_fmt(struct arena *a, const char *fmt, ...)
{
    char first[FORMAT_FIRST]; /* most texts fit, and are made once */
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(first, sizeof first, fmt, ap);
    va_end(ap);
    size_t len = n > 0 ? (size_t)n : 0;
    char *p = take(a, len + 1);
    if (len < sizeof first)
        memcpy(p, first, len);
    else
        vsnprintf(p, len + 1, fmt, again);
    p[len] = '\0';
    va_end(again);
    return (str){p, len};
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
