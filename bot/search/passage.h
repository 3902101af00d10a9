/*
 * passage - the part of a section that answers, chosen by the words of the question.
 *
 * A short section is shown whole. Of a longer one the run of pieces (paragraphs, whole
 * lists, whole tables) is shown that covers most of the question, and of a paragraph that
 * is too long by itself its best sentences. In a table the row that the question is
 * surely about is marked (row.h).
 */
#ifndef SEARCH_PASSAGE_H
#define SEARCH_PASSAGE_H

#include "search/block.h"
#include "search/inside.h"

enum { PASSAGE_WHOLE_MAX = 6000 }; /* bytes of a list or table that is kept whole */

struct scored {
    const struct block *block;
    double score;
    uint32_t concepts; /* bit i: the i-th concept is in it */
};

/* Lets the terms of s->query be told by their concept, or not any more. */
void passage_mark(struct search *s, bool set);
/* Which concepts a text holds, and their weight; while they are marked. */
void passage_judge(struct search *s, struct index *x, str text, struct scored *out);
/* The run of blocks that covers most of the question within max bytes; of equal ones the
 * first, because a section says the rule before the exceptions. */
void passage_run(const struct search *s, const struct scored *v, size_t n, size_t max,
                 size_t *from, size_t *to);
/* Fills the room that is left: the paragraph's beginning, then onwards. */
void passage_grow(const struct scored *v, size_t n, size_t max, size_t *from, size_t *to);
/* The best sentences, list or table of a plain text, at most max bytes. */
str passage_part(struct search *s, struct index *x, struct arena *a, str text,
                 size_t max);
/* At most max bytes of text, cut at a word. */
str passage_cut(struct arena *a, str text, size_t max);

/* piece.c: the best pieces of a section, in all three forms; max SIZE_MAX: all of them.
 */
void passage_pieces(struct search *s, struct index *x, struct arena *a,
                    const struct search_query *q, const struct section_text *t,
                    size_t max, struct passage *out);

#endif
