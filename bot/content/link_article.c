/* Links between articles, and what an article itself tells about its age and owner. */
#include <limits.h>

#include "base/str.h"
#include "content/article.h"
#include "content/format.h"
#include "content/link.h"

enum { PATH_PARTS_MAX = 32 };

void link_articles(struct link *l)
{
    for (size_t i = 0; i < l->c->articles.n; i++) {
        const struct article *a = &l->c->articles.v[i];
        str key = arena_fmt(l->arena, "%s/%.*s", lang_code(a->lang), STR_ARG(a->key));
        map_put(&l->by_key, key, (int64_t)i);
    }
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 0x20) : NULL;
    return at ? (int)(at - digits) : -1;
}

static str decode(struct arena *a, str s)
{
    if (str_find_char(s, '%') < 0)
        return s;
    char *p = arena_alloc(a, s.n + 1);
    size_t w = 0;
    for (size_t i = 0; i < s.n; i++) {
        int hi = s.p[i] == '%' && s.n - i > 2 ? hex_digit(s.p[i + 1]) : -1;
        int lo = hi >= 0 ? hex_digit(s.p[i + 2]) : -1;
        if (lo >= 0) {
            p[w++] = (char)(hi * 16 + lo);
            i += 2;
        } else {
            p[w++] = s.p[i];
        }
    }
    return (str){p, w};
}

/* "nl/leave" + "../pay/x.md" -> "nl/pay/x.md"; STR_NONE above the top. */
static str resolve(struct arena *a, str dir, str rel)
{
    str parts[PATH_PARTS_MAX] = {{0}};
    size_t n = 0;
    str both[2] = {str_starts(rel, STR("/")) ? STR("") : dir, rel};
    for (int k = 0; k < 2; k++)
        for (str rest = both[k]; rest.p;) {
            str part = str_cut(&rest, '/');
            if (part.n == 0 || str_eq(part, STR(".")))
                continue;
            if (str_eq(part, STR("..")) && n == 0)
                return STR_NONE;
            if (str_eq(part, STR("..")))
                n--;
            else if (n == PATH_PARTS_MAX)
                return STR_NONE;
            else
                parts[n++] = part;
        }
    str out = n ? parts[0] : STR("");
    for (size_t i = 1; i < n; i++)
        out = arena_fmt(a, "%.*s/%.*s", STR_ARG(out), STR_ARG(parts[i]));
    return out;
}

bool link_target(struct link *l, str dir, str url, str *path, str *fragment, int *article)
{
    str rest = decode(l->arena, url);
    *path = str_cut(&rest, '#');
    *fragment = rest;
    *article = -1;
    if (str_find_char(*path, ':') >= 0 || str_starts(*path, STR("//")) ||
        format_of(*path) == FORMAT_NONE)
        return false;
    *path = resolve(l->arena, dir, *path);
    if (path->n == 0)
        return false;
    const int64_t *at = map_find(&l->c->article_by_path, *path);
    *article = at ? (int)*at : -1;
    return true;
}

int link_section(struct link *l, int article, str heading)
{
    const struct article *a = &l->c->articles.v[article];
    str want = article_anchor(l->arena, heading), bare = want;
    while (bare.n > 0 && bare.p[bare.n - 1] >= '0' && bare.p[bare.n - 1] <= '9')
        bare.n--; /* GitHub numbers equal headings: `#source-1` */
    bool numbered = bare.n < want.n && bare.n > 1 && bare.p[bare.n - 1] == '-';
    bare.n -= numbered;
    int second = -1;
    size_t end = a->first_section;
    for (const struct article *b = a;
         b < l->c->articles.v + l->c->articles.n && str_eq(b->path, a->path); b++)
        end = b->first_section + b->n_sections; /* rows of one table of questions */
    for (size_t i = a->first_section; i < end; i++) {
        int at = (int)i;
        str anchor = l->c->sections.v[at].anchor;
        if (str_eq(anchor, want))
            return at;
        if (numbered && second < 0 && str_eq(anchor, bare))
            second = at;
    }
    return second;
}

str link_near_article(struct link *l, str key)
{
    size_t best = MAX(key.n / 3, 1) + 1;
    str near = STR_NONE;
    if (l->hints <= 0)
        return STR("");
    l->hints -= (int)MIN(l->c->articles.n, (size_t)INT_MAX);
    for (size_t i = 0; i < l->c->articles.n; i++) {
        str other = l->c->articles.v[i].key;
        size_t d = MAX(other.n, key.n) - MIN(other.n, key.n) < best
            ? str_distance(key, other, best)
            : best;
        if (d < best) {
            best = d;
            near = other;
        }
    }
    return near.p ? arena_fmt(l->arena, "; probably meant `%.*s`?", STR_ARG(near))
                  : STR("");
}

static str folder_of(str path)
{
    while (path.n > 0 && path.p[path.n - 1] != '/')
        path.n--;
    path.n -= path.n > 0;
    return path;
}

static str key_of(str path)
{
    if (path.n > 3 && path.p[2] == '/' && lang_of(str_sub(path, 0, 2)) != LANG_NONE)
        path = str_sub(path, 3, path.n);
    return format_stem(path);
}

static void check_link(struct link *l, const struct article_draft *d, int self,
                       const struct mention *m)
{
    str path, fragment;
    int article = -1;
    if (str_starts(m->text, STR("#"))) {
        article = self;
        path = d->article.path;
        fragment = decode(l->arena, str_sub(m->text, 1, m->text.n));
    } else if (!link_target(l, folder_of(d->article.path), m->text, &path, &fragment,
                            &article)) {
        return;
    }
    if (article < 0) {
        if (map_find(&l->files, path))
            return; /* a README, or an article with a mistake of its own */
        str hint = link_near_article(l, key_of(path));
        diag_warning(l->diags, d->file, m->line, m->column,
                     "dead link: there is no article `%.*s`%.*s", STR_ARG(path),
                     STR_ARG(hint));
    } else if (fragment.n > 0 && link_section(l, article, fragment) < 0) {
        diag_warning(l->diags, d->file, m->line, m->column,
                     "dead link: `%.*s` has no heading `%.*s`", STR_ARG(path),
                     STR_ARG(fragment));
    }
}

static void check_dates(struct link *l, const struct article_draft *d)
{
    const struct article *a = &d->article;
    date_t today = l->source->today;
    if (today == DATE_NONE)
        return;
    if (a->valid_to != DATE_NONE && a->valid_to < today)
        diag_warning(l->diags, d->file, 1, 1, "expired on %s: nobody sees it any more",
                     date_iso(l->arena, a->valid_to).p);
    else if (a->review_by != DATE_NONE && a->review_by < today)
        diag_warning(l->diags, d->file, 1, 1, "should have been reviewed by %s",
                     date_iso(l->arena, a->review_by).p);
}

void link_check_article(struct link *l, const struct article_draft *d, bool owners)
{
    const int64_t *self = map_find(&l->c->article_by_path, d->article.path);
    if (!self)
        return;
    if (d->article.n_sections == 0)
        diag_warning(l->diags, d->file, 1, 1, "this article has no text");
    if (owners && d->article.owner.n == 0)
        diag_warning(l->diags, d->file, 1, 1, "no owner");
    check_dates(l, d);
    for (size_t i = 0; i < d->links.list.n; i++)
        check_link(l, d, (int)*self, &d->links.list.v[i]);
}
