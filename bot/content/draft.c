/* Copies of drafts: what was read in a file's own arena moves into the catalogue's. */
#include "content/origin.h"

static str copy(struct arena *a, str s)
{
    return s.n ? arena_str(a, s) : s.p ? STR("") : STR_NONE;
}

static struct audience copy_audience(struct arena *a, const struct audience *from)
{
    struct condition *v = arena_alloc(a, from->n * sizeof *v);
    for (size_t i = 0; i < from->n; i++) {
        const struct condition *c = &from->v[i];
        str *values = arena_alloc(a, c->values.n * sizeof *values);
        for (size_t k = 0; k < c->values.n; k++)
            values[k] = copy(a, c->values.v[k]);
        v[i] = (struct condition){copy(a, c->key), {values, c->values.n}};
    }
    return (struct audience){v, from->n};
}

static struct mentions copy_mentions(struct arena *a, const struct mentions *from)
{
    size_t n = from->list.n;
    struct mentions out = {{arena_alloc(a, n * sizeof *out.list.v), n, n}};
    for (size_t i = 0; i < n; i++) {
        out.list.v[i] = from->list.v[i];
        out.list.v[i].text = copy(a, from->list.v[i].text);
    }
    return out;
}

void draft_copy(struct arena *a, const struct article_draft *from,
                struct article_draft *to)
{
    *to = *from;
    struct article *art = &to->article;
    art->path = copy(a, art->path);
    art->key = copy(a, art->key);
    art->title = copy(a, art->title);
    art->owner = copy(a, art->owner);
    art->also = copy(a, art->also);
    art->audience = copy_audience(a, &from->article.audience);
    to->links = copy_mentions(a, &from->links);
    to->unused = copy_mentions(a, &from->unused);
    to->sections = (__typeof__(to->sections)){0};
    to->texts = (__typeof__(to->texts)){0};
}

/* Most sections share one of these with the section before. */
static str copy_or_same(struct arena *a, str s, str before)
{
    return before.p && str_eq(s, before) ? before : copy(a, s);
}

void draft_sections(const struct article_draft *from, struct catalogue *c)
{
    size_t first = c->sections.n;
    if (from->sections.n == 0)
        return;
    for (size_t i = 0; i < from->sections.n; i++) {
        const struct section *f = &from->sections.v[i];
        struct section *s = arena_push(c->arena, &c->sections);
        const struct section *before = i > 0 ? s - 1 : s;
        *s = *f;
        s->article = (int)c->articles.n - 1;
        s->heading = copy(c->arena, f->heading);
        s->path = copy_or_same(c->arena, f->path, before->path);
        s->anchor = copy_or_same(c->arena, f->anchor, s->heading);
    }
    struct section *mine = &c->sections.v[first];
    struct arena *own = c->shelves.v[c->shelves.n - 1]->arena;
    if (from->texts.n > 0)
        texts_pack(own, from->texts.v, mine, from->texts.n);
    else if (c->shelves.n == 1)
        texts_copy(own, mine, from->sections.n);
    c->text_bytes += texts_bytes(mine, from->sections.n);
}

void draft_again(const struct catalogue *previous, size_t article,
                 struct article_draft *out)
{
    const struct article_notes *notes = &previous->origins->notes.v[article];
    *out = (struct article_draft){.article = previous->articles.v[article],
                                  .links = notes->links,
                                  .unused = notes->unused};
    out->sections.v = &previous->sections.v[out->article.first_section];
    out->sections.n = out->sections.cap = out->article.n_sections;
    out->article.before = (int)article;
}
