#include "nlu/vocabulary.h"

#include <math.h>
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

/* A word twice counts less than two words; a run of characters as often as it occurs. */
static void what_occurs_twice_counts_by_its_kind(void **arena)
{
    (void)arena;
    enum { CHARS = BLOCK_CHAR << FEATURE_BITS };
    const uint32_t ids[] = {5, 6, CHARS + 5, CHARS + 6};
    const float idf[] = {1, 1};
    struct vocabulary voc = {
        .rows = 4, .word_rows = 2, .ids = ids, .idf = idf, .idf_step = 1};
    struct gram grams[] = {
        {5, 2}, {6, 1}, {CHARS + 5, 2}, {CHARS + 6, 1}, {CHARS + 7, 1}};
    struct weight v[LEN(grams)];
    vocabulary_index(&voc);
    struct vector x = vocabulary_vector(&voc, grams, LEN(grams), v);
    CHECK_INT(x.n, 4, "one is not known");
    CHECK(v[0].value > v[1].value && v[0].value < 2 * v[1].value, "a word");
    CHECK(fabsf(v[2].value - 2 * v[3].value) < 1e-6F, "a run");
    CHECK(fabsf(v[3].value - 1 / sqrtf(3)) < 1e-6F, "one of three that are known");
    CHECK(fabsf(x.known_chars - .75F) < 1e-6F, "three of four");
    free(voc.known);
}

UNIT_MAIN(UNIT(every_feature_has_its_row), UNIT(what_occurs_twice_counts_by_its_kind))
