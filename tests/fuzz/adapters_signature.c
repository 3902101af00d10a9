/* signature: first line the timestamp, second the signature, the rest the body. Nothing
 * is valid but what we would have signed, at a time within 300 s. */
#include "adapters/slack/signature.h"

#include "fuzz.h"

static void fuzz(struct arena *a, str input)
{
    static const char secret[] = "8f742231b10e8888abcd99yyyzzz85a5";
    str time, mark;
    int64_t at;
    char ours[SIGNATURE_BYTES + 1];
    (void)a;
    if (!str_line(&input, &time) || !str_line(&input, &mark))
        return;
    bool valid = signature_is_valid(str_c(secret), time, mark, input, 1531420618);
    bool made = signature_make(str_c(secret), time, input, ours);
    PROMISE(made);
    bool same = str_eq(mark, str_c(ours));
    bool near = str_int(time, &at) == RC_OK && at >= 1531420318 && at <= 1531420918;
    PROMISE(!valid || (same && near));
    if (near && time.n == 10)
        PROMISE(signature_is_valid(str_c(secret), time, str_c(ours), input, 1531420618));
}
