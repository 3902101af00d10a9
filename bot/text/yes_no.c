#include "base/str.h"
#include "text/when.h"

int yes_no(str folded, enum lang l)
{
    (void)l;
    if (str_eq(folded, STR("ja")) || str_eq(folded, STR("yes")))
        return 1;
    return str_eq(folded, STR("nee")) || str_eq(folded, STR("no")) ? -1 : 0;
}
