#include "base/hundredths.h"

str hundredths_show(struct arena *a, int64_t v)
{
    const char *sign = v < 0 ? "-" : "";
    int64_t u = v < 0 ? -v : v;
    if (u % 100 == 0)
        return arena_fmt(a, "%s%lld", sign, (long long)(u / 100));
    if (u % 10 == 0)
        return arena_fmt(a, "%s%lld.%lld", sign, (long long)(u / 100),
                         (long long)(u % 100 / 10));
    return arena_fmt(a, "%s%lld.%02lld", sign, (long long)(u / 100),
                     (long long)(u % 100));
}
