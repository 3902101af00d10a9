#include "nlu/lexicon.h"

#include "unit.h"

/* More children of one beginning than are looked at in one go. */
static void each_of_many_endings_is_found(void **arena)
{
    struct lexicon *x = lexicon_new(*arena);
    for (uint16_t c = 'a'; c <= 'z'; c++) {
        char word[] = {'x', (char)c};
        lexicon_add(x, arena_str(*arena, (str){word, 2}), false, c);
    }
    lexicon_add(x, STR("q"), true, 1);
    lexicon_add(x, STR("xa b"), false, 2);
    lexicon_close(x);
    struct lexicon_hit hits[4];
    for (char c = 'a'; c <= 'z'; c++) {
        char word[] = {'x', c};
        CHECK_INT(lexicon_find(x, (str){word, 2}, hits, LEN(hits)), 1, "one");
        CHECK_INT(hits[0].class, c, "the word's own");
    }
    CHECK_INT(lexicon_find(x, STR("x xab x1 ax"), hits, LEN(hits)), 0, "none of them");
    CHECK_INT(lexicon_find(x, STR("w quit xa b"), hits, LEN(hits)), 3, "three");
    CHECK(hits[0].class == 1 && hits[0].from == 1 && hits[0].to == 1, "an open end");
    CHECK(hits[1].class == 'a' && hits[2].class == 2 && hits[2].from == 2 &&
              hits[2].to == 3,
          "a word and two");
    CHECK_INT(lexicon_find(x, STR(""), hits, LEN(hits)), 0, "no text");
}

UNIT_MAIN(UNIT(each_of_many_endings_is_found))
