/*
 * wording - how near a question's wording is to one of the examples that HR wrote.
 *
 * The words of a question may all stand somewhere in a card and still ask something
 * else: "may I pay extra into my pension through my salary". An example has them
 * together. Function words count as much as others, for they tell "how long" from "who".
 *
 * A word is kept as hashes of its stem, its root and the parts of a compound.
 */
#ifndef SEARCH_WORDING_H
#define SEARCH_WORDING_H

#include "base/arena.h"

enum { WORDING_HASHES = 4, WORDING_WORDS_MAX = 64, WORDING_FORMS_MAX = 16 };

struct wording_word {
    uint32_t hash[WORDING_HASHES]; /* 0: none */
};

/* Lines one after another: line i ends before word end[i]. */
struct wording {
    struct wording_word *word;
    uint32_t *end;
    uint32_t n;
};

/* A line under way; all of it in the scratch arena of who builds. */
struct wording_draft {
    VEC(struct wording_word) words;
    VEC(uint32_t) ends;
};
void wording_word_add(struct wording_draft *d, struct arena *a, const uint32_t *hash,
                      size_t n);
/* Ends the line; one without words is none. */
void wording_line_end(struct wording_draft *d, struct arena *a);
/* A copy in a. */
struct wording wording_keep(const struct wording_draft *d, struct arena *a);

/* The words of a question: every form by which each may be found. */
struct wording_form {
    uint32_t hash;
    uint32_t word;
};
struct wording_question {
    struct wording_form form[WORDING_WORDS_MAX * WORDING_FORMS_MAX];
    size_t n_forms;
    uint32_t n;
    uint64_t mask[16]; /* which hashes there may be, by their lowest bits */
};
/* An empty question begins with n, n_forms and mask 0. Another word; false when there is
 * no room. */
bool wording_ask(struct wording_question *q);
/* A form of the word asked last; what does not fit is left out. */
void wording_form_add(struct wording_question *q, uint32_t hash);
/* Once, behind the last form. */
void wording_ready(struct wording_question *q);

/* 0..1: of the words of the question and of the nearest line together, the share that
 * both have. */
double wording_near(const struct wording *w, const struct wording_question *q);
#endif
