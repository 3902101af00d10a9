/* What stays of Markdown where it is shown as text: links that lead nowhere a reader can
 * go become their words, and so do images and pandoc's [words]{.class}. */
#include "base/buf.h"
#include "base/str.h"
#include "content/markdown.h"

enum { TARGET_MAX = 2000, MARKDOWN_MAX = 4 * 1024 * 1024 };

/* Where the bracket that closes the one at s.p[from] is; s.n when there is none. */
static size_t closing(str s, size_t from)
{
    int depth = 0;
    for (size_t i = from; i < s.n && i < from + TARGET_MAX; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == '[')
            depth++;
        else if (s.p[i] == ']' && --depth == 0)
            return i;
        else if (s.p[i] == '\n' && i + 1 < s.n && s.p[i + 1] == '\n')
            break; /* no link goes on in the next paragraph */
    }
    return s.n;
}

/* Bytes of "(target)" or "{.class}" behind the words, 0: they are no link; *keep: it
 * leads somewhere. */
static size_t target_at(str s, bool image, bool *keep)
{
    *keep = false;
    if (s.n < 2 || (s.p[0] != '(' && s.p[0] != '{'))
        return 0;
    if (s.p[0] == '{' && s.p[1] != '.' && s.p[1] != '#')
        return 0;
    ptrdiff_t end = str_find_char(str_sub(s, 0, TARGET_MAX), s.p[0] == '(' ? ')' : '}');
    if (end < 0)
        return 0;
    str url = str_trim(str_sub(s, 1, (size_t)end)), rest = url;
    if (s.p[0] == '(') {
        url = str_cut(&rest, ' '); /* without its title */
        if (str_starts(url, STR("<")) && str_ends(url, STR(">")))
            url = str_sub(url, 1, url.n - 1);
        *keep = !image && markdown_link_is_safe(url) && !markdown_leads_inside(url);
    }
    return (size_t)end + 1;
}

str markdown_unlink(struct arena *a, str text)
{
    if (str_find_char(text, '[') < 0)
        return text;
    struct buf b = buf_new(a, MARKDOWN_MAX);
    for (size_t i = 0; i < text.n; i++) {
        bool image = text.p[i] == '!' && i + 1 < text.n && text.p[i + 1] == '[';
        size_t open = i + image;
        bool escaped = i > 0 && text.p[i - 1] == '\\', keep = true;
        size_t close = text.p[open] == '[' && !escaped ? closing(text, open) : text.n;
        size_t n = close < text.n
            ? target_at(str_sub(text, close + 1, text.n), image, &keep)
            : 0;
        if (n == 0 || keep) {
            buf_char(&b, text.p[i]);
            continue;
        }
        buf_put(&b, markdown_unlink(a, str_sub(text, open + 1, close)));
        i = close + n;
    }
    return buf_str(&b);
}
