#include "nlu/vocabulary.h"

#include <stdlib.h>

#include "nlu/rng.h"
#include "unit.h"

/* Ids that are known by chance, with a share of the space each time. */
static void every_feature_has_its_row(void **arena)
{
    static const uint32_t one_in[] = {1, 2, 7, 100, 50000};
    struct rng r = rng_seeded(5);
    uint32_t *ids = arena_alloc(*arena, FEATURE_SPACE * sizeof *ids);
    for (size_t i = 0; i < LEN(one_in); i++) {
        struct vocabulary voc = {.ids = ids};
        for (uint32_t id = 0; id < FEATURE_SPACE; id++)
            if (rng_below(&r, one_in[i]) == 0)
                ids[voc.rows++] = id;
        vocabulary_index(&voc);
        for (uint32_t id = 0, next = 0, row; id < FEATURE_SPACE; id++) {
            bool known = next < voc.rows && ids[next] == id;
            CHECK(vocabulary_row(&voc, id, &row) == known, "known or not");
            if (known)
                CHECK_INT(row, next++, "in the order of the features");
        }
        free(voc.known);
    }
}

static void what_occurs_more_often_counts_less_than_that(void **arena)
{
    (void)arena;
    CHECK(vocabulary_frequency(1) == 1.0F, "once");
    CHECK(vocabulary_frequency(2) > 1.0F && vocabulary_frequency(2) < 2.0F, "twice");
    CHECK(vocabulary_frequency(40) < 6.0F, "forty times");
}

UNIT_MAIN(UNIT(every_feature_has_its_row),
          UNIT(what_occurs_more_often_counts_less_than_that))
