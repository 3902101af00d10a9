#include "nlu/likeness.h"

#include "cards.h"

static void the_nearest_is_the_one_with_the_same_words(void **arena)
{
    static const char *const texts[] = {"hoe meld ik me ziek", "verlofsaldo bekijken",
                                        "hoe meld ik mij ziek", "ziek melden",
                                        "hoe meld ik me ziek"};
    struct example v[LEN(texts)];
    for (size_t i = 0; i < LEN(texts); i++)
        v[i] = (struct example){folded(*arena, texts[i]), (uint32_t)i};
    struct extractor *x = extractor_new(NULL);
    struct corpus corpus;
    corpus_init(&corpus, v, LEN(v), LANG_NL, x);
    struct likeness *l = likeness_new(&corpus);
    float best, far;
    CHECK_INT(likeness_nearest(l, 0, 0, 5, &best), 4, "the same text, not itself");
    CHECK(best > 0.999F, "is fully alike");
    CHECK_INT(likeness_nearest(l, 0, 1, 4, &best), 2, "one word changed");
    likeness_nearest(l, 0, 1, 2, &far);
    CHECK(best > 0.5F && far < 0.2F && best > far, "and no word shared");
    CHECK_INT(likeness_nearest(l, 0, 0, 1, &best), -1, "nothing but itself");
    likeness_free(l);
    corpus_done(&corpus);
    extractor_free(x);
}

UNIT_MAIN(UNIT(the_nearest_is_the_one_with_the_same_words))
