/* rich: any text as HTML or as plain text is read without harm; a table's cells fill its
 * rows. */
#include "app/rich.h"

#include "fuzz.h"

static void look(struct arena *a, const struct rich *r)
{
    for (size_t i = 0; i < r->blocks.n; i++) {
        const struct rich_block *b = &r->blocks.v[i];
        (void)rich_line_text(a, &b->line);
        PROMISE(b->depth >= 0 && b->number >= 0);
        PROMISE(b->cells.n == 0 || b->columns > 0);
        for (size_t c = 0; c < b->cells.n; c++)
            (void)rich_line_text(a, &b->cells.v[c]);
    }
}

static void fuzz(struct arena *a, str input)
{
    struct rich r;
    rich_read(a, input, &r);
    look(a, &r);
    rich_read_plain(a, input, &r);
    look(a, &r);
}
