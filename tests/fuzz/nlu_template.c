/* template: the first line is a pattern as HR could write it, the rest a message. A
 * pattern is refused with a word or compiles, and the index of required words never hides
 * a match. */
#include "nlu/pattern.h"
#include "nlu/plain.h"
#include "text/normalise.h"

#include "fuzz.h"

static void match(struct arena *a, struct pattern_set *s, str message)
{
    struct subject t;
    if (normalise(a, message, &t.folded) != RC_OK)
        return;
    t.plain = plain_of(a, t.folded);
    for (int l = 0; l < LANG_COUNT; l++)
        t.unpadded[l] = t.plain;
    pattern_look(s, &t);
    for (size_t i = 0; i < pattern_count(s); i++) {
        size_t literal;
        uint64_t limited = pattern_limited(s);
        bool slow = pattern_matches_slowly(s, i);
        PROMISE(pattern_matches(s, i, &literal) == slow || pattern_limited(s) > limited);
    }
}

static void fuzz(struct arena *a, str input)
{
    str pattern = STR_NONE, message = input;
    if (!str_is_utf8(input) || !str_line(&message, &pattern) || pattern.n == 0)
        return; /* the scanner lets no other line through */
    struct diags d = diags_new(a);
    struct pattern_set *s = pattern_set_new(NULL);
    struct pattern what = {.lang = LANG_NL, .line = 1};
    pattern_add(s, &what, pattern, STR("f.md"), &d);
    PROMISE((pattern_count(s) == 1) == (d.errors == 0));
    what.search = true;
    pattern_add(s, &what, pattern, STR("f.md"), &d);
    pattern_ready(s, &d);
    match(a, s, message);
    match(a, s, pattern);
    pattern_set_free(s);
}
