/* The pages of a PDF: without what stands on every page, words joined that a line's end
 * broke. */
#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "content/imported.h"
#include "content/source.h"

enum { OUT_MAX = 16 * 1024 * 1024, EDGE_LINES = 3, REPEAT_MIN = 3 };

struct pages {
    struct arena *arena;
    VEC(str) list;
    struct map seen; /* an edge line without its figures -> on how many pages */
    struct imported_lost *lost;
};

/* "Page 3 of 12" is the same line on every page. */
static str shape(struct arena *a, str line)
{
    str s = arena_str(a, source_trim(line));
    char *p = (char *)(uintptr_t)s.p;
    for (size_t i = 0; i < s.n; i++)
        if (p[i] >= '0' && p[i] <= '9')
            p[i] = '0';
    return s;
}

static bool has_digit(str s)
{
    return memchr(s.p ? s.p : "", '0', s.n) != NULL;
}

struct page_lines {
    VEC(str) list;
};

static struct page_lines lines_of(struct arena *a, str page)
{
    struct page_lines l = {0};
    for (str rest = page, line; str_line(&rest, &line);)
        if (source_trim(line).n > 0 || l.list.n > 0)
            *arena_push(a, &l.list) = line;
    while (l.list.n > 0 && source_trim(l.list.v[l.list.n - 1]).n == 0)
        l.list.n--;
    return l;
}

static bool is_edge(const struct page_lines *l, size_t i)
{
    return i < EDGE_LINES || i + EDGE_LINES >= l->list.n;
}

static void count_edges(struct pages *p)
{
    for (size_t k = 0; k < p->list.n; k++) {
        struct page_lines l = lines_of(p->arena, p->list.v[k]);
        p->lost->blank_pages += l.list.n == 0;
        for (size_t i = 0; i < l.list.n; i++) {
            str s = shape(p->arena, l.list.v[i]);
            if (is_edge(&l, i) && s.n > 0)
                ++*map_put(&p->seen, s, 0);
        }
    }
}

static bool is_repeated(const struct pages *p, str line)
{
    str s = shape(p->arena, line);
    const int64_t *n = s.n ? map_find(&p->seen, s) : NULL;
    size_t most = MAX(p->list.n / 2, (size_t)REPEAT_MIN);
    bool number = has_digit(s) && s.n <= 4; /* a page number alone */
    return n && (size_t)*n >= (number ? MIN(most, 2u) : most);
}

/* "vakan-" and "tiedagen": one word, when the second goes on with a small letter. */
static bool joins(str line, str next)
{
    str t = source_trim(line), u = source_trim(next);
    return t.n > 2 && t.p[t.n - 1] == '-' && t.p[t.n - 2] >= 'a' && t.p[t.n - 2] <= 'z' &&
        u.n > 0 && u.p[0] >= 'a' && u.p[0] <= 'z' && !str_starts(u, STR("en ")) &&
        !str_starts(u, STR("of ")) && !str_starts(u, STR("and ")) &&
        !str_starts(u, STR("or "));
}

static void put_page(struct pages *p, str page, struct buf *out)
{
    struct page_lines l = lines_of(p->arena, page);
    for (size_t i = 0; i < l.list.n; i++) {
        str line = l.list.v[i];
        if (is_edge(&l, i) && is_repeated(p, line)) {
            p->lost->repeated++;
            continue;
        }
        bool join = i + 1 < l.list.n && joins(line, l.list.v[i + 1]);
        p->lost->hyphens += join;
        while (join && line.p[line.n - 1] != '-')
            line.n--;
        buf_put(out, join ? str_sub(line, 0, line.n - 1) : line);
        if (!join)
            buf_char(out, '\n');
    }
}

str imported_pages(struct arena *a, str text, struct imported_lost *lost)
{
    struct pages p = {.arena = a, .seen = map_new(a), .lost = lost};
    struct buf out = buf_new(a, OUT_MAX);
    for (str rest = text; rest.p;) {
        str page = str_cut(&rest, '\f');
        if (rest.p || source_trim(page).n > 0)
            *arena_push(a, &p.list) = page;
    }
    lost->pages = p.list.n;
    count_edges(&p);
    for (size_t i = 0; i < p.list.n; i++)
        put_page(&p, p.list.v[i], &out);
    return buf_str(&out);
}
