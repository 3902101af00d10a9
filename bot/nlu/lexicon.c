#include "nlu/lexicon.h"

#include <string.h>

/* Children are a list by next; the first byte of a word has a table of its own. */
struct node {
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

struct lexicon {
    struct arena *arena;
    uint32_t root[256];
    VEC(struct node) nodes;
    VEC(struct end) ends;
};

struct lexicon *lexicon_new(struct arena *a)
{
    struct lexicon *x = arena_alloc(a, sizeof *x);
    x->arena = a;
    (void)arena_push(a, &x->nodes); /* 0 is "none" in both */
    (void)arena_push(a, &x->ends);
    return x;
}

static uint32_t child_of(const struct lexicon *x, uint32_t first, char byte)
{
    while (first && x->nodes.v[first].byte != byte)
        first = x->nodes.v[first].next;
    return first;
}

static uint32_t node_new(struct lexicon *x, char byte, uint32_t next)
{
    *arena_push(x->arena, &x->nodes) = (struct node){.byte = byte, .next = next};
    return (uint32_t)x->nodes.n - 1;
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
        uint32_t down = child_of(x, x->nodes.v[at].child, entry.p[i]);
        if (!down) {
            down = node_new(x, entry.p[i], x->nodes.v[at].child);
            x->nodes.v[at].child = down;
        }
        at = down;
    }
    *arena_push(x->arena, &x->ends) =
        (struct end){.next = x->nodes.v[at].first, .class = class, .open = open_end};
    x->nodes.v[at].first = (uint32_t)x->ends.n - 1;
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
        for (uint32_t e = x->nodes.v[at].first; e && n < max; e = x->ends.v[e].next)
            if (whole || x->ends.v[e].open)
                out[n++] = (struct lexicon_hit){x->ends.v[e].class, word, last};
        if (i == plain.n)
            break;
        last = (uint16_t)(last + (plain.p[i] == ' '));
        at = child_of(x, x->nodes.v[at].child, plain.p[i]);
    }
    return n;
}

size_t lexicon_find(const struct lexicon *x, str plain, struct lexicon_hit *out,
                    size_t max)
{
    size_t n = 0;
    uint16_t word = 0;
    for (size_t from = 0; from < plain.n && n < max; word++) {
        n += find_at(x, plain, from, word, out + n, max - n);
        const char *blank = memchr(plain.p + from, ' ', plain.n - from);
        if (!blank)
            break;
        from = (size_t)(blank - plain.p) + 1;
    }
    return n;
}
