/* normalise: the folded form of any bytes is UTF-8, and folding it again changes nothing;
 * what reads the folded form stays inside it. */
#include "text/normalise.h"

#include "fuzz.h"

static void fuzz(struct arena *a, str input)
{
    str once = STR_NONE, twice = STR_NONE;
    enum rc rc = normalise(a, input, &once);
    PROMISE((rc == RC_OK) == (str_is_utf8(input) || input.n == 0));
    if (rc)
        return;
    PROMISE(str_is_utf8(once));
    PROMISE(once.p[once.n] == '\0');
    PROMISE(normalise(a, once, &twice) == RC_OK);
    PROMISE(str_eq(once, twice));
}
