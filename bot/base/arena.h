/*
 * arena - memory with one lifetime: a turn, a content set, the process.
 *
 * Everything of a turn is allocated from one arena and given back at once; there is no
 * free of a single object. Running out of memory ends the process with one line on
 * stderr (the supervisor restarts it, the state is in SQLite), so nothing here returns
 * NULL. That is fair because every input is bounded at the door.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/base.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a); /* accepts NULL */
/* Forgets every object; keeps one block for the next use. */
void arena_reset(struct arena *a);
/* Zeroed, aligned for any type. n may be 0. */
void *arena_alloc(struct arena *a, size_t n);
/* The same, not cleared: for what is written before it is read. */
void *arena_room(struct arena *a, size_t n);
/* Makes room for n_new bytes where n_old are used; the old address is dead afterwards.
 * In place when p is the newest allocation. p may be NULL. */
void *arena_grow(struct arena *a, void *p, size_t n_old, size_t n_new);
/* The same; what is new is not cleared: for what is written before it is read. */
void *arena_widen(struct arena *a, void *p, size_t n_old, size_t n_new);
/* Gives an object of n bytes back early, where it is large enough to be worth it. */
void arena_drop(struct arena *a, void *p, size_t n);
/* A copy with a NUL behind it. */
str arena_str(struct arena *a, str s);
str arena_fmt(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* a and b behind each other, with a NUL behind them. */
str arena_join(struct arena *a, str x, str y);
size_t arena_used(const struct arena *a); /* bytes handed out */

/* Empty arenas for the next use: a fresh one's block makes malloc tidy up each time.
 * Starts as all zeroes. */
enum { ARENAS_MAX = 64 };
struct arenas {
    struct arena *v[ARENAS_MAX];
    size_t n;
};
struct arena *arenas_take(struct arenas *s);
void arenas_give(struct arenas *s, struct arena *a);
void arenas_free(struct arenas *s); /* those it holds */

/* malloc and realloc that end the process instead of failing; free with free(). */
void *must_alloc(size_t n); /* zeroed */
void *must_room(size_t n);  /* whatever was there: for what is filled at once */
void *must_copy(const void *from, size_t n);
char *must_text(str s); /* with a NUL behind it */
void *must_grow(void *p, size_t n);

/*
 * A growing array inside a struct: struct { T *v; size_t n, cap; } name.
 * arena_push(a, &vec) makes room for one more and returns its zeroed address.
 */
#define arena_push(a, vec)                                                               \
    ((vec)->n == (vec)->cap ? ((vec)->v = arena_grow_vec((a), (vec)->v, &(vec)->cap,     \
                                                         sizeof *(vec)->v, (vec)->n))    \
                            : 0,                                                         \
     &(vec)->v[(vec)->n++])
void *arena_grow_vec(struct arena *a, void *v, size_t *cap, size_t size, size_t n);
/* Makes room for `most` in all, where about so many are to come. */
#define arena_reserve(a, vec, most)                                                      \
    ((vec)->v = arena_reserve_vec((a), (vec)->v, &(vec)->cap, sizeof *(vec)->v, (most)))
void *arena_reserve_vec(struct arena *a, void *v, size_t *cap, size_t size, size_t most);

#define VEC(type)                                                                        \
    struct {                                                                             \
        type *v;                                                                         \
        size_t n, cap;                                                                   \
    }

#endif
