/* cards - a catalogue made in memory, for the tests of nlu. */
#ifndef TESTS_NLU_CARDS_H
#define TESTS_NLU_CARDS_H

#include "content/catalogue.h"
#include "text/normalise.h"
#include "unit.h"

static inline str folded(struct arena *a, const char *text)
{
    str out = STR("");
    CHECK_RC(normalise(a, str_c(text), &out), RC_OK);
    return out;
}

static inline struct catalogue *cards_new(struct arena *a)
{
    struct catalogue *c = arena_alloc(a, sizeof *c);
    c->arena = a;
    c->card_by_id = map_new(a);
    return c;
}

static inline struct card *card_add(struct catalogue *c, const char *id)
{
    *map_put(&c->card_by_id, str_c(id), 0) = (int64_t)c->cards.n;
    struct card *card = arena_push(c->arena, &c->cards);
    card->id = str_c(id);
    card->file = arena_str(c->arena, STR("intents/test.md"));
    card->none = strcmp(id, "none") == 0;
    card->line = (int)(c->cards.n * 100);
    return card;
}

/* Lines are numbered from the card's. */
static inline void phrase_add(struct catalogue *c, struct phrases *to, int line,
                              const char *text)
{
    *arena_push(c->arena, &to->list) =
        (struct phrase){.text = arena_str(c->arena, str_c(text)),
                        .folded = folded(c->arena, text),
                        .line = line};
}

static inline void say(struct catalogue *c, struct card *card, enum lang l,
                       const char *text)
{
    phrase_add(c, &card->say[l], card->line + (int)card->say[l].list.n, text);
}

static inline void synonym_add(struct catalogue *c, enum lang l, bool two_way,
                               const char *x, const char *y)
{
    struct synonym *s = arena_push(c->arena, &c->synonyms);
    s->lang = l;
    s->two_way = two_way;
    *arena_push(c->arena, &s->terms) = folded(c->arena, x);
    *arena_push(c->arena, &s->terms) = folded(c->arena, y);
}

#endif
