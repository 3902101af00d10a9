#include "nlu/lexicon.h"

#include "base/window.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { AT_ONCE = 16 };

/* While it is built: children are a list by next. */
struct growing {
    uint32_t child, next; /* index in nodes, 0: none */
    uint32_t first;       /* index in ends, 0: none */
    char byte;
};

/* What ends at a node: a list, for an entry can stand in several classes. */
struct end {
    uint32_t next;
    uint16_t class;
    bool open;
};

/* Closed: the children of a node stand behind each other, and so do their bytes, in an
 * array of their own: a message walks along few cache lines. */
struct node {
    uint32_t child;
    uint16_t n_children;
    uint16_t n_ends;
    uint32_t first; /* in ends */
};

struct lexicon {
    struct arena *arena, *building; /* building: NULL once it is closed */
    uint32_t root[256];             /* by an entry's first byte, 0: none */
    VEC(struct growing) growing;
    VEC(struct end) ends;
    struct node *nodes;
    char *bytes; /* of each node, and AT_ONCE behind them */
};

struct lexicon *lexicon_new(struct arena *a)
{
    struct lexicon *x = arena_alloc(a, sizeof *x);
    x->arena = a;
    x->building = arena_new();
    (void)arena_push(x->building, &x->growing); /* 0 is "none" in both */
    (void)arena_push(x->building, &x->ends);
    return x;
}

static uint32_t node_new(struct lexicon *x, char byte, uint32_t next)
{
    *arena_push(x->building, &x->growing) = (struct growing){.byte = byte, .next = next};
    return (uint32_t)x->growing.n - 1;
}

void lexicon_add(struct lexicon *x, str entry, bool open_end, uint16_t class)
{
    if (entry.n == 0)
        return;
    uint32_t *root = &x->root[(unsigned char)entry.p[0]];
    if (!*root)
        *root = node_new(x, entry.p[0], 0);
    uint32_t at = *root;
    for (size_t i = 1; i < entry.n; i++) {
        uint32_t down = x->growing.v[at].child;
        while (down && x->growing.v[down].byte != entry.p[i])
            down = x->growing.v[down].next;
        if (!down) {
            down = node_new(x, entry.p[i], x->growing.v[at].child);
            x->growing.v[at].child = down;
        }
        at = down;
    }
    *arena_push(x->building, &x->ends) =
        (struct end){.next = x->growing.v[at].first, .class = class, .open = open_end};
    x->growing.v[at].first = (uint32_t)x->ends.n - 1;
}

/* Breadth first: from[i] is what node i was while it grew, which also is the queue. */
void lexicon_close(struct lexicon *x)
{
    uint32_t *from = arena_alloc(x->building, x->growing.n * sizeof *from), n = 1;
    struct end *ends = arena_alloc(x->arena, x->ends.n * sizeof *ends);
    uint32_t n_ends = 0;
    x->nodes = arena_alloc(x->arena, x->growing.n * sizeof *x->nodes);
    x->bytes = arena_alloc(x->arena, x->growing.n + AT_ONCE);
    for (size_t i = 0; i < LEN(x->root); i++)
        if (x->root[i]) {
            from[n] = x->root[i];
            x->root[i] = n++;
        }
    for (uint32_t i = 1; i < n; i++) {
        const struct growing *g = &x->growing.v[from[i]];
        struct node *to = &x->nodes[i];
        *to = (struct node){.child = n, .first = n_ends};
        x->bytes[i] = g->byte;
        for (uint32_t e = g->first; e; e = x->ends.v[e].next, to->n_ends++)
            ends[n_ends++] = x->ends.v[e];
        for (uint32_t c = g->child; c; c = x->growing.v[c].next, to->n_children++)
            from[n++] = c;
    }
    x->ends.v = ends;
    arena_free(x->building);
    x->building = NULL;
}

/* Which of sixteen bytes are it, as bits. */
static inline uint32_t same_bytes(const char *bytes, char byte)
{
#if defined(__SSE2__)
    __m128i same =
        _mm_cmpeq_epi8(_mm_loadu_si128((const void *)bytes), _mm_set1_epi8(byte));
    return (uint32_t)_mm_movemask_epi8(same);
#else
    uint32_t bits = 0;
    for (unsigned i = 0; i < AT_ONCE; i++)
        bits |= (uint32_t)(bytes[i] == byte) << i;
    return bits;
#endif
}

/* 0: none. All children are looked at in one go: which one it is nobody guesses. */
static inline uint32_t child_of(const struct lexicon *x, uint32_t at, char byte)
{
    const struct node *node = &x->nodes[at];
    const char *bytes = x->bytes + node->child;
    for (uint32_t i = 0; i < node->n_children; i += AT_ONCE) {
        uint32_t same = same_bytes(bytes + i, byte), left = node->n_children - i;
        same &= left < AT_ONCE ? (1u << left) - 1 : UINT32_MAX;
        if (same != 0)
            return node->child + i + (uint32_t)__builtin_ctz(same);
    }
    return 0;
}

/* The entries that begin at byte `from`, the message's word number `word`. */
static size_t find_at(const struct lexicon *x, str plain, size_t from, uint16_t word,
                      struct lexicon_hit *out, size_t max)
{
    size_t n = 0;
    uint16_t last = word;
    uint32_t at = x->root[(unsigned char)plain.p[from]];
    for (size_t i = from + 1; at; i++) {
        bool whole = i == plain.n || plain.p[i] == ' ';
        const struct node *node = &x->nodes[at];
        const struct end *ends = x->ends.v + node->first;
        for (uint16_t e = 0; e < node->n_ends && n < max; e++)
            if (whole || ends[e].open)
                out[n++] = (struct lexicon_hit){ends[e].class, word, last};
        if (i == plain.n)
            break;
        last = (uint16_t)(last + (plain.p[i] == ' '));
        at = child_of(x, at, plain.p[i]);
    }
    return n;
}

size_t lexicon_find(const struct lexicon *x, str plain, struct lexicon_hit *out,
                    size_t max)
{
    size_t n = 0;
    uint16_t word = 0;
    uint64_t begins = 1; /* bit 0: behind a blank */
    for (size_t from = 0; from < plain.n && n < max; from += WINDOW) {
        struct window w;
        window_at(&w, plain, from);
        uint64_t blanks = window_byte(&w, ' ');
        begins |= blanks << 1;
        for (; begins != 0 && n < max; begins &= begins - 1) {
            size_t at = from + (size_t)__builtin_ctzll(begins);
            if (at < plain.n)
                n += find_at(x, plain, at, word++, out + n, max - n);
        }
        begins = blanks >> (WINDOW - 1);
    }
    return n;
}
