#include "nlu/exact.h"

#include "nlu/plain.h"

/* Every card's phrase; those with the same words form a chain in card order. */
struct entry {
    int card, line;
    str folded;
    int64_t next; /* index, -1 at the end */
};

struct exact {
    struct arena *arena;
    const struct padding *padding;
    const struct catalogue *catalogue;
    VEC(struct entry) list;
    struct map first[LANG_COUNT];
};

/* Within a card it does no harm, and the cards' reader tells of plain repetitions. */
static void warn_twice(const struct catalogue *c, struct diags *d,
                       const struct phrase *phrase, int card, const struct entry *other)
{
    const struct card *here = &c->cards.v[card], *there = &c->cards.v[other->card];
    if (card != other->card && !str_eq(phrase->folded, other->folded))
        diag_warning(d, here->file, phrase->line, 3,
                     "\"%.*s\" is a phrase of the card %.*s as well (%.*s:%d)",
                     STR_ARG(phrase->text), STR_ARG(there->id), STR_ARG(there->file),
                     other->line);
}

static void add(struct exact *x, const struct catalogue *c, struct diags *d, int card,
                enum lang l, const struct phrase *phrase)
{
    str plain = plain_of(x->arena, unpad(x->padding, l, phrase->folded));
    if (plain.n == 0)
        return;
    int64_t index = (int64_t)x->list.n;
    *arena_push(x->arena, &x->list) = (struct entry){
        .card = card, .line = phrase->line, .folded = phrase->folded, .next = -1};
    int64_t at = *map_put(&x->first[l], plain, index);
    if (at == index)
        return;
    warn_twice(c, d, phrase, card, &x->list.v[at]);
    while (x->list.v[at].next >= 0)
        at = x->list.v[at].next;
    x->list.v[at].next = index;
}

struct exact *exact_new(struct arena *a, const struct padding *p,
                        const struct catalogue *c, struct diags *d)
{
    struct exact *x = arena_alloc(a, sizeof *x);
    x->arena = a;
    x->padding = p;
    x->catalogue = c;
    for (int l = 0; l < LANG_COUNT; l++) {
        x->first[l] = map_new(a);
        for (size_t k = 0; k < c->cards.n; k++) {
            const struct card *card = &c->cards.v[k];
            for (size_t i = 0; i < card->say[l].list.n; i++)
                add(x, c, d, (int)k, (enum lang)l, &card->say[l].list.v[i]);
        }
    }
    return x;
}

/* Adds the allowed cards of one language's chain to the best two. */
static void find_in(const struct exact *x, enum lang l, str plain, const bool *allowed,
                    int best[2])
{
    const int64_t *at = map_find(&x->first[l], plain);
    for (int64_t i = at ? *at : -1; i >= 0; i = x->list.v[i].next) {
        int card = x->list.v[i].card;
        if ((allowed && !allowed[card]) || card == best[0])
            continue;
        if (best[0] < 0)
            best[0] = card;
        else if (best[1] < 0)
            best[1] = card;
    }
}

bool exact_is_background(const struct exact *x, enum lang l, str plain)
{
    const int64_t *at = plain.n > 0 ? map_find(&x->first[l], plain) : NULL;
    for (int64_t i = at ? *at : -1; i >= 0; i = x->list.v[i].next)
        if (x->catalogue->cards.v[x->list.v[i].card].none)
            return true;
    return false;
}

int exact_find(const struct exact *x, enum lang l, str plain, const bool *allowed,
               int *other)
{
    int best[2] = {-1, -1};
    for (int k = 0; k < LANG_COUNT && plain.n > 0; k++)
        if (l == LANG_NONE || (int)l == k)
            find_in(x, (enum lang)k, plain, allowed, best);
    *other = best[1];
    return best[0];
}
