#include "nlu/heldout.h"

#include <stdlib.h>

enum { PARTS = 3 };

static void judge_part(const struct lesson *lesson, const struct corpus *corpus,
                       const struct confidence *c, struct judge *j, const bool *held,
                       struct verdict *v)
{
    struct model_plan plan = classifier_plan(lesson);
    struct dataset d;
    dataset_init(&d, corpus, held);
    str block = model_train(&d, &plan);
    dataset_done(&d);
    struct model m;
    if (model_open(block, &m) != RC_OK)
        abort(); /* our own block, just made */
    for (size_t i = 0; i < lesson->n; i++) {
        struct judgement g;
        if (!held[i])
            continue;
        judge_grams(j, &m, corpus->grams[2 * i], corpus->n_grams[2 * i]);
        judge_best(j, &g);
        if (g.n > 0)
            v[i] = (struct verdict){g.label[0], confidence_of(c, &g.signs)};
    }
    free(m.vocabulary.known);
    free((char *)(uintptr_t)block.p);
}

void heldout_judge(const struct lesson *lesson, const struct corpus *corpus,
                   const struct confidence *c, struct judge *j, struct verdict *v)
{
    bool *held = must_alloc(lesson->n * sizeof *held);
    for (size_t i = 0; i < lesson->n; i++)
        v[i] = (struct verdict){-1, 0};
    for (int part = 0; part < PARTS; part++) {
        size_t n_held = 0;
        for (size_t i = 0; i < lesson->n; i++)
            n_held += held[i] = i % PARTS == (size_t)part;
        if (n_held > 0 && n_held < lesson->n)
            judge_part(lesson, corpus, c, j, held, v);
    }
    free(held);
}
