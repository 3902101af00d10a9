/*
 * cover - whether what a card says holds the words of the question.
 *
 * Examples find the topic, and that is all they find: "may I keep the lease bike when I
 * leave" is surely about the lease bike, and the card may say no word of leaving. So a
 * question's words are looked up in what would be shown: the card's answer, its examples
 * and the article behind it. A word weighs as much as it is rare, among the sections and
 * among the cards: what stands in every tenth card ("krijg", "moet") asks for nothing.
 *
 * The words of a card are kept as sorted hashes of their stems, roots and compound parts,
 * made when the index is.
 */
#ifndef SEARCH_COVER_H
#define SEARCH_COVER_H

#include "search/index.h"
#include "search/wording.h"

/* One card in one language: hashes, ascending. */
struct card_words {
    uint32_t *said, *asked; /* the answer and the name; examples and patterns */
    uint32_t n_said, n_asked;
    struct wording examples;
};

struct cards_words {
    struct card_words *v;  /* by the card's index in the catalogue */
    uint32_t *hash, *card; /* every word of any card, ascending; how many cards have it */
    size_t n;
    double n_cards;           /* that say anything in this language */
    uint32_t *named, n_named; /* words of titles and cards' names */
};

/* Lives in the arena of x. */
void cover_prepare(struct cards_words *w, struct index *x, struct arena *scratch);

#endif
