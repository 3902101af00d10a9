#include "search/index.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "search/postings.h"
#include "search/reach.h"

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
    x->shows = arena_alloc(a, n_docs * sizeof *x->shows);
    x->first_doc = arena_alloc(a, (n_articles + 1) * sizeof *x->first_doc);
    x->column_start = arena_alloc(a, (n_docs * COLUMN_COUNT + 1) * sizeof(uint32_t));
    x->n_body = arena_alloc(a, n_docs * sizeof *x->n_body);
    x->first_word = arena_alloc(a, (n_docs + 1) * sizeof *x->first_word);
    for (size_t i = 0; i < c->articles.n; i++) {
        const struct article *art = &c->articles.v[i];
        if (art->lang != x->lang || art->n_sections == 0)
            continue;
        x->article[x->n_articles] = (uint32_t)i;
        x->first_doc[x->n_articles] = x->n_docs;
        for (size_t k = 0; k < (whole ? 1 : art->n_sections); k++) {
            const struct section *s = &c->sections.v[art->first_section + k];
            x->section[x->n_docs] = (uint32_t)(art->first_section + k);
            x->shows[x->n_docs] = whole || (s->n_text > 0 && !s->reference);
            x->owner[x->n_docs++] = x->n_articles;
        }
        x->n_articles++;
    }
    x->first_doc[x->n_articles] = x->n_docs;
}

/* The title alone is no heading: it has its own column. */
void index_columns(const struct index *x, struct arena *a, struct texts *t, uint32_t doc,
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
    out[COLUMN_BODY] = texts_plain(t, s);
    if (x->vocabulary.options.sections)
        return;
    struct buf all = buf_new(a, SIZE_MAX / 2);
    for (size_t k = 0; k < art->n_sections; k++) {
        s = &c->sections.v[art->first_section + k];
        buf_put(&all, s->heading);
        buf_char(&all, '\n');
        buf_put(&all, texts_plain(t, s));
        buf_char(&all, '\n');
    }
    out[COLUMN_HEADING] = STR("");
    out[COLUMN_BODY] = buf_str(&all);
}

/* What reading the texts needs. */
struct reading_texts {
    struct index *x;
    struct arena *scratch;
    struct texts *texts;
    size_t n, cap; /* bytes of x->words */
    struct carried *carried;
};

enum { SPARE = 256 * 1024 };

static void make_room(struct reading_texts *r, size_t more)
{
    if (r->n + more <= r->cap)
        return;
    r->cap += r->cap / 2 + more + 4096;
    r->x->words = must_grow(r->x->words, r->cap);
}

/* Cuts a text; a compound is cut later, by the words of all texts. */
static void cut_doc(struct reading_texts *r, uint32_t doc)
{
    struct index *x = r->x;
    struct vocabulary *v = &x->vocabulary;
    str columns[COLUMN_COUNT], word;
    index_columns(x, r->scratch, r->texts, doc, columns);
    for (size_t k = 0; k < COLUMN_COUNT; k++) {
        struct cutter c = cutter_new(r->scratch, columns[k]);
        x->column_start[(size_t)doc * COLUMN_COUNT + k] = (uint32_t)r->n;
        for (; cutter_next(&c, &word); x->n_tokens++) {
            size_t known = v->words.n;
            uint32_t id = vocabulary_add(v, word, true);
            if (v->words.n > known && r->carried)
                carry_added(r->carried, v, id);
            make_room(r, STREAM_WORD_MAX);
            r->n += stream_put(x->words + r->n, id);
        }
    }
    arena_reset(r->scratch);
}

/* The same words as before, by their new numbers. */
static void copy_doc(struct reading_texts *r, uint32_t doc)
{
    struct index *x = r->x;
    const struct index *from = r->carried->from;
    const uint32_t old = r->carried->old_doc[doc], *now = r->carried->new_word;
    carry_words(r->carried, &x->vocabulary, doc);
    for (size_t k = 0; k < COLUMN_COUNT; k++) {
        struct stream words = index_words(from, old, (enum column)k, (enum column)k);
        x->column_start[(size_t)doc * COLUMN_COUNT + k] = (uint32_t)r->n;
        make_room(r, STREAM_WORD_MAX * (size_t)(words.end - words.at));
        uint8_t *out = x->words + r->n;
        for (uint32_t word; stream_next(&words, &word); x->n_tokens++)
            out += stream_put(out, now[word]);
        r->n = (size_t)(out - x->words);
    }
}

/* Every impact depends on the average, and every edit moves it a little. Rounded, it
 * stays, and the impacts of the docs that stay can, too; 1/2048 shows in no ranking. */
static double rounded(double average)
{
    int power;
    double share = frexp(average, &power);
    return ldexp(round(share * 2048) / 2048, power);
}

static void read_texts(struct index *x, struct carried *carried)
{
    struct reading_texts r = {
        .x = x, .scratch = arena_new(), .texts = texts_open(), .carried = carried};
    if (carried) { /* about as much as before: growing is copying */
        vocabulary_expect(&x->vocabulary, &carried->from->vocabulary);
        make_room(&r,
                  carried->from->column_start[carried->from->n_docs * COLUMN_COUNT] +
                      SPARE);
    }
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        x->first_word[doc] = (uint32_t)x->vocabulary.words.n;
        if (carried && carried->old_doc[doc] != CARRY_NONE)
            copy_doc(&r, doc);
        else
            cut_doc(&r, doc);
    }
    x->first_word[x->n_docs] = (uint32_t)x->vocabulary.words.n;
    arena_free(r.scratch);
    texts_close(r.texts);
    x->column_start[(size_t)x->n_docs * COLUMN_COUNT] = (uint32_t)r.n;
    x->words = must_grow(x->words, r.n);
    /* keywords make no text longer */
    size_t keywords = 0;
    for (uint32_t doc = 0; doc < x->n_docs; doc++) {
        keywords += stream_count(index_words(x, doc, COLUMN_ALSO, COLUMN_ALSO));
        x->n_body[doc] = stream_count(index_words(x, doc, COLUMN_BODY, COLUMN_BODY));
    }
    x->average = rounded((double)MAX(x->n_tokens - keywords, 1u) / x->n_docs);
}

struct index *index_build(const struct catalogue *c, enum lang l,
                          const struct search_options *o, const struct index *previous,
                          struct diags *d)
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
    struct arena *work = arena_new();
    struct carried *carried = carry_begin(work, x, previous);
    read_texts(x, carried);
    synonym_compile(&x->synonyms, &x->vocabulary, c, d);
    vocabulary_freeze(&x->vocabulary);
    synonym_freeze(&x->synonyms, &x->vocabulary);
    if (carried)
        carry_terms(carried, &x->vocabulary);
    postings_make(x, carried);
    reach_prepare(x);
    arena_free(work);
    x->unknown = log(1 + (x->n_docs + .5) / .5);
    x->memo = memo_new(a);
    x->feeds = feeds_new(a, x->n_docs);
    x->unpacked = unpacked_new(a, x->n_docs);
    x->bytes = arena_used(a) + x->n_postings * (sizeof *x->docs + sizeof *x->impacts) +
        x->column_start[(size_t)x->n_docs * COLUMN_COUNT];
    return x;
}

int index_article(const struct index *x, int article)
{
    uint32_t lo = 0, hi = x->n_articles;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if ((int)x->article[mid] == article)
            return (int)mid;
        if ((int)x->article[mid] < article)
            lo = mid + 1;
        else
            hi = mid;
    }
    return -1;
}

void index_free(struct index *x)
{
    if (!x)
        return;
    free(x->words);
    free(x->docs);
    free(x->impacts);
    vocabulary_done(&x->vocabulary);
    arena_free(x->vocabulary.arena);
}
