#include "text/when.h"

bool when_find(str folded, enum lang l, date_t today, bool past, struct when *out)
{
    static const struct {
        str word;
        int days;
    } near[] = {{{"vandaag", 7}, 0}, {{"morgen", 6}, 1}, {{"today", 5}, 0},
                {{"tomorrow", 8}, 1}};
    (void)l;
    (void)past;
    for (size_t i = 0; i < LEN(near); i++)
        if (str_eq(folded, near[i].word)) {
            date_t d = today + near[i].days;
            *out = (struct when){.from = d, .to = d, .other_from = DATE_NONE,
                                 .other_to = DATE_NONE, .end = folded.n};
            return true;
        }
    return false;
}
