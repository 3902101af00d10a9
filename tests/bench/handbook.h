/*
 * handbook - the test data of the knowledge benchmark: articles, vocabulary, questions.
 */
#ifndef TESTS_BENCH_HANDBOOK_H
#define TESTS_BENCH_HANDBOOK_H

#include "content/catalogue.h"

struct question {
    str text, folded;
    str gold;    /* article paths joined with |; empty: out of scope */
    str heading; /* of the section that answers; may be empty */
};

struct questions {
    VEC(struct question) list;
};

/* A folder of articles, as the program loads it; of intents only words.md matters here,
 * STR_NONE: no vocabulary. */
struct catalogue *handbook_load(str articles, str intents, enum lang l);
/* questions.tsv: id, type, question, gold article, gold heading. */
void handbook_questions(struct arena *a, str path, struct questions *out);
/* StackFAQ: an article per question-answer pair, its path the thread's number. */
void handbook_stackfaq(struct catalogue *c, str path, struct questions *out);
/* n articles of the handbook in a fresh folder, each a file with a line of its own; the
 * folder's name. */
str handbook_copies(struct arena *a, const struct catalogue *c, size_t n);
/* True when path is one of the question's gold articles. */
bool handbook_is_gold(const struct question *q, str path);

#endif
