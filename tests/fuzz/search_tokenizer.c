/* tokenizer: any text is cut into words that are short and folded, and well-formed text
 * into the words of its folded form. */
#include "search/tokenizer.h"
#include "text/normalise.h"

#include "fuzz.h"

static void fuzz(struct arena *a, str input)
{
    struct arena *scratch = arena_new();
    struct cutter c = cutter_new(scratch, input);
    str word, folded;
    size_t n = 0, last = 0;
    for (; cutter_next(&c, &word); n++) {
        PROMISE(word.n > 0 && word.n <= VOCABULARY_WORD_MAX);
        PROMISE(c.from >= last || c.folded.n > 0);
        PROMISE(c.to <= input.n && c.from <= c.to);
        last = c.from;
        PROMISE(!str_is_utf8(input) || memchr(word.p, ' ', word.n) == NULL);
    }
    if (normalise(a, input, &folded) == RC_OK) {
        struct words all = words_of(a, folded);
        c = cutter_new(scratch, input);
        for (size_t i = 0; i < all.list.n; i++) {
            PROMISE(cutter_next(&c, &word));
            PROMISE(str_eq(word, str_sub(all.list.v[i].text, 0, VOCABULARY_WORD_MAX)));
        }
        PROMISE(!cutter_next(&c, &word));
    }
    arena_free(scratch);
}
