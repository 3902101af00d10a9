/*
 * handbook - the test data of the knowledge benchmark: articles, vocabulary, questions.
 */
#ifndef TESTS_BENCH_HANDBOOK_H
#define TESTS_BENCH_HANDBOOK_H

#include "content/catalogue.h"

struct question {
    str text, folded;
    str gold; /* article paths joined with |; empty: out of scope */
};

struct questions {
    VEC(struct question) list;
};

/* Every .md file below dir, cut at its headings. */
void handbook_articles(struct catalogue *c, str dir, enum lang l);
/* Lines "- a = b" and "- a => b" under "## nl", "## en", "## all". */
void handbook_words(struct catalogue *c, str path);
/* questions.tsv: id, type, question, gold article, gold heading. */
void handbook_questions(struct arena *a, str path, struct questions *out);
/* StackFAQ: an article per question-answer pair, its path the thread's number. */
void handbook_stackfaq(struct catalogue *c, str path, struct questions *out);
/* True when path is one of the question's gold articles. */
bool handbook_is_gold(const struct question *q, str path);

#endif
