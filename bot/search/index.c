#include "search/index.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "search/postings.h"

double index_column_weight(const struct search_options *o, enum column c)
{
    const double w[] = {
        [COLUMN_TITLE] = o->title,
        [COLUMN_HEADING] = o->heading,
        [COLUMN_ALSO] = o->also,
        [COLUMN_BODY] = o->body,
    };
    return w[c];
}

/* Numbers the sections of the language. */
static void number_docs(struct index *x, struct arena *a)
{
    const struct catalogue *c = x->catalogue;
    bool whole = !x->vocabulary.options.sections;
    size_t n_articles = 0, n_docs = 0;
    for (size_t i = 0; i < c->articles.n; i++)
        if (c->articles.v[i].lang == x->lang && c->articles.v[i].n_sections > 0) {
            n_articles++;
            n_docs += whole ? 1 : c->articles.v[i].n_sections;
        }
    x->section = arena_alloc(a, n_docs * sizeof *x->section);
    x->owner = arena_alloc(a, n_docs * sizeof *x->owner);
    x->article = arena_alloc(a, n_articles * sizeof *x->article);
    x->first_doc = arena_alloc(a, (n_articles + 1) * sizeof *x->first_doc);
    x->column_start = arena_alloc(a, (n_docs * COLUMN_COUNT + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < c->articles.n; i++) {
        const struct article *art = &c->articles.v[i];
        if (art->lang != x->lang || art->n_sections == 0)
            continue;
        x->article[x->n_articles] = (uint32_t)i;
        x->first_doc[x->n_articles] = x->n_docs;
        for (size_t k = 0; k < (whole ? 1 : art->n_sections); k++) {
            x->section[x->n_docs] = (uint32_t)(art->first_section + k);
            x->owner[x->n_docs++] = x->n_articles;
        }
        x->n_articles++;
    }
    x->first_doc[x->n_articles] = x->n_docs;
}

/* What is indexed of a doc. The title alone is no heading: it has its own column. */
static void columns_of(const struct index *x, struct arena *a, uint32_t doc,
                       str out[COLUMN_COUNT])
{
    const struct catalogue *c = x->catalogue;
    const struct section *s = &c->sections.v[x->section[doc]];
    const struct article *art = &c->articles.v[s->article];
    out[COLUMN_TITLE] = art->title;
    out[COLUMN_ALSO] = art->also;
    str heading = s->level > 0 && !str_eq(s->heading, art->title) ? s->heading : STR("");
    out[COLUMN_HEADING] = s->path.n
        ? arena_fmt(a, "%.*s > %.*s", STR_ARG(s->path), STR_ARG(heading))
        : heading;
    out[COLUMN_BODY] = s->text;
    if (x->vocabulary.options.sections)
        return;
    struct buf all = buf_new(a, SIZE_MAX / 2);
    for (size_t k = 0; k < art->n_sections; k++) {
        s = &c->sections.v[art->first_section + k];
        buf_put(&all, s->heading);
        buf_char(&all, '\n');
        buf_put(&all, s->text);
        buf_char(&all, '\n');
    }
    out[COLUMN_HEADING] = STR("");
    out[COLUMN_BODY] = buf_str(&all);
}

/* First pass: every word, because a compound is cut by the words of the other texts. */
static void collect_words(struct index *x)
{
    struct arena *scratch = arena_new();
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        str columns[COLUMN_COUNT], word;
        columns_of(x, scratch, doc, columns);
        for (size_t k = 0; k < COLUMN_COUNT; k++) {
            struct cutter c = cutter_new(scratch, columns[k]);
            while (cutter_next(&c, &word))
                vocabulary_add(&x->vocabulary, word, true);
        }
        arena_reset(scratch);
    }
    arena_free(scratch);
}

/* Second pass: into FTS5; the tokenizer writes the terms down on the way. */
static void fill(struct index *x, struct fts *f)
{
    struct arena *scratch = arena_new();
    struct token_sink sink = {0};
    fts_begin(f, &x->vocabulary, &sink);
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        str columns[COLUMN_COUNT];
        columns_of(x, scratch, doc, columns);
        sink.column_start = &x->column_start[doc * COLUMN_COUNT];
        fts_insert(f, x->lang, doc, columns, COLUMN_COUNT);
        arena_reset(scratch);
    }
    fts_end(f, x->lang);
    arena_free(scratch);
    x->column_start[(size_t)x->n_docs * COLUMN_COUNT] = (uint32_t)sink.n;
    x->tokens = must_grow(sink.v, (sink.n + 1) * sizeof *sink.v);
    x->average = x->n_docs ? (double)sink.n / x->n_docs : 1;
}

static void weigh_terms(struct index *x, struct arena *a)
{
    size_t n = x->vocabulary.terms.n;
    x->idf = arena_alloc(a, n * sizeof *x->idf);
    for (size_t t = 0; t < n; t++) {
        double df = x->list[t].n, all = x->n_docs;
        x->idf[t] = (float)log(1 + (all - df + .5) / (df + .5));
    }
}

struct index *index_build(struct fts *f, const struct catalogue *c, enum lang l,
                          const struct search_options *o, struct diags *d)
{
    struct arena *a = arena_new();
    struct index *x = arena_alloc(a, sizeof *x);
    x->lang = l;
    x->catalogue = c;
    vocabulary_init(&x->vocabulary, a, l, o);
    number_docs(x, a);
    if (x->n_docs == 0) {
        index_free(x);
        return NULL;
    }
    collect_words(x);
    synonym_compile(&x->synonyms, &x->vocabulary, c, d);
    vocabulary_freeze(&x->vocabulary);
    synonym_freeze(&x->synonyms, &x->vocabulary);
    fill(x, f);
    postings_read(x, f);
    weigh_terms(x, a);
    x->bytes = arena_used(a) + x->n_postings * (sizeof *x->docs + sizeof *x->impacts) +
        x->column_start[(size_t)x->n_docs * COLUMN_COUNT] * sizeof *x->tokens;
    return x;
}

void index_free(struct index *x)
{
    if (!x)
        return;
    free(x->tokens);
    free(x->docs);
    free(x->impacts);
    vocabulary_done(&x->vocabulary);
    arena_free(x->vocabulary.arena);
}
