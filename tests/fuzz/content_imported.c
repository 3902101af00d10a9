/* imported: whatever pandoc or pdftotext print, no byte of it does harm, and what is cut
 * into chapters is all of it. */
#include "content/format.h"
#include "content/imported.h"

#include "fuzz.h"

static void fuzz(struct arena *a, str input)
{
    if (!str_is_utf8(input))
        return; /* refused before */
    struct imported_lost lost = {0};
    struct imported_parts parts;
    str markdown = imported_markdown(a, input, &lost);
    PROMISE(str_is_utf8(markdown));
    imported_split(a, markdown, &parts);
    size_t n = 0;
    for (size_t i = 0; i < parts.list.n; i++)
        n += parts.list.v[i].markdown.n;
    PROMISE(n <= markdown.n && (n > 0 || str_trim(markdown).n == 0));

    str pages = imported_pages(a, input, &lost);
    PROMISE(str_is_utf8(pages) && pages.n <= input.n + 1);
    struct sheet s;
    text_page(a, pages, &s);
    PROMISE(str_is_utf8(buf_str(&s.out)));
}
