#include "base/buf.h"
#include "shelf.h"

/*
 * A handbook that is edited at random, and indexed after every edit: as a whole, and
 * after the index before. Both must be the same, number for number.
 */

enum { ARTICLES_MAX = 120, SECTIONS = 3, WORDS = 20, STEPS = 120 };

struct page {
    int id;      /* its path follows from it: pages are sorted by it */
    int version; /* its text follows from both */
    int words;   /* of each section */
    int before;  /* in the catalogue before, -1: new or changed */
};

struct book {
    struct page v[ARTICLES_MAX];
    int n, next_version;
    bool other_synonyms;
};

static uint32_t drawn(uint32_t *state, uint32_t n)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % n;
}

static const char *const pool[] = {
    "de",       "het",           "een",        "en",           "je",
    "verlof",   "zorg",          "zorgverlof", "ouderschap",   "ouderschapsverlof",
    "opzeggen", "opgezegd",      "termijn",    "opzegtermijn", "vakantie",
    "dagen",    "vakantiedagen", "ziek",       "ziekengeld",   "geld",
    "loon",     "salaris",       "loonstrook", "strook",       "reis",
    "kosten",   "reiskosten",    "vergoeding", "jaar",         "jaarlijks",
    "betaald",  "betaalde",      "werk",       "werken",       "laptop"};

/* Now and then a word, or half a compound, that hardly any other text has. */
static void put_word(struct buf *b, uint32_t *state)
{
    if (b->n)
        buf_char(b, ' ');
    uint32_t kind = drawn(state, 40);
    if (kind == 0)
        buf_fmt(b, "zeldzaam%u", drawn(state, 60));
    else if (kind == 1)
        buf_fmt(b, "verlof%c%cen", 'a' + drawn(state, 20), 'a' + drawn(state, 3));
    else if (kind == 2)
        buf_fmt(b, "klus%c%cenverlof", 'b' + drawn(state, 4), 'a' + drawn(state, 2));
    else if (kind == 3)
        buf_fmt(b, "klus%c%c", 'b' + drawn(state, 4), 'a' + drawn(state, 2));
    else
        buf_put(b, str_c(pool[drawn(state, drawn(state, LEN(pool)) + 1)]));
}

static const char *text_of(struct arena *a, uint32_t *state, int words)
{
    struct buf b = buf_new(a, 4096);
    for (int i = 0; i < words; i++)
        put_word(&b, state);
    return buf_str(&b).p;
}

static struct catalogue *print_book(struct arena *a, const struct book *book,
                                    const struct catalogue *before)
{
    struct catalogue *c = shelf_new(a);
    for (int i = 0; i < book->n; i++) {
        const struct page *p = &book->v[i];
        uint32_t state = (uint32_t)p->id * 7919u + (uint32_t)p->version * 104729u;
        enum lang l = p->id % 7 == 0 ? LANG_EN : LANG_NL;
        struct article *art =
            shelf_article(c, l, arena_fmt(a, "%08d.md", p->id).p, text_of(a, &state, 2));
        art->before = before ? p->before : -1;
        art->also = p->id % 5 == 0 ? str_c(text_of(a, &state, 3)) : STR("");
        for (int k = 0; k < SECTIONS; k++) {
            const char *heading = text_of(a, &state, 1);
            shelf_section(c, heading, text_of(a, &state, p->words));
        }
    }
    shelf_synonym(c, LANG_NL, "loon = salaris");
    shelf_synonym(c, LANG_NL, "betaald verlof = vakantie = zorgverlof");
    if (book->other_synonyms)
        shelf_synonym(c, LANG_NL, "ziek = het werk");
    c->previous = before;
    return c;
}

static void add_page(struct book *b, uint32_t *state)
{
    int at = (int)drawn(state, (uint32_t)b->n + 1);
    int low = at > 0 ? b->v[at - 1].id : 0,
        high = at < b->n ? b->v[at].id : low + 2000000;
    if (b->n == ARTICLES_MAX || high - low < 2)
        return;
    memmove(&b->v[at + 1], &b->v[at], (size_t)(b->n++ - at) * sizeof b->v[0]);
    b->v[at] = (struct page){low + (high - low) / 2, b->next_version++, WORDS, -1};
}

static void edit(struct book *b, uint32_t *state)
{
    int at = (int)drawn(state, (uint32_t)b->n);
    switch (drawn(state, 6)) {
    case 0:
        add_page(b, state);
        break;
    case 1:
        memmove(&b->v[at], &b->v[at + 1], (size_t)(--b->n - at) * sizeof b->v[0]);
        break;
    case 2: /* longer or shorter: the average is another one */
        b->v[at].words += (int)drawn(state, 9) - 4;
        b->v[at].before = -1;
        break;
    default:
        b->v[at].version = b->next_version++;
        b->v[at].before = -1;
    }
}

static void same_vocabulary(const struct vocabulary *x, const struct vocabulary *y)
{
    CHECK_INT(y->words.n, x->words.n, "words");
    for (size_t i = 0; i < x->words.n; i++) {
        const struct vocabulary_word *w = &x->words.v[i], *o = &y->words.v[i];
        CHECK_STR(o->text, w->text.p, "in the same order");
        CHECK(o->term == w->term && o->count == w->count && o->stop == w->stop &&
                  o->n_parts == w->n_parts && o->first_part == w->first_part,
              "the same word");
    }
    CHECK_INT(y->terms.n, x->terms.n, "terms");
    for (size_t i = 0; i < x->terms.n; i++) {
        const struct vocabulary_term *t = &x->terms.v[i], *o = &y->terms.v[i];
        CHECK_STR(o->text, t->text.p, "in the same order");
        CHECK(o->count == t->count && o->word == t->word && o->family == t->family &&
                  o->next_family == t->next_family && o->phrase == t->phrase,
              "the same term");
    }
    CHECK_INT(y->parts.n, x->parts.n, "parts");
    assert_memory_equal(y->parts.v, x->parts.v, x->parts.n * sizeof *x->parts.v);
}

#define SAME(what, n) assert_memory_equal(y->what, x->what, (n) * sizeof *x->what)

static void same_index(const struct index *x, const struct index *y)
{
    same_vocabulary(&x->vocabulary, &y->vocabulary);
    const size_t terms = x->vocabulary.terms.n;
    CHECK_INT(y->n_docs, x->n_docs, "docs");
    CHECK_INT(y->n_tokens, x->n_tokens, "words in the texts");
    CHECK_INT(y->n_postings, x->n_postings, "postings");
    CHECK(y->average == x->average, "average");
    SAME(column_start, x->n_docs * COLUMN_COUNT + 1u);
    SAME(first_word, x->n_docs + 1u);
    SAME(words, x->column_start[x->n_docs * COLUMN_COUNT]);
    SAME(term_of, x->vocabulary.words.n);
    SAME(list, terms);
    SAME(docs, x->n_postings);
    SAME(impacts, x->n_postings);
    SAME(idf, terms);
    SAME(salience, terms);
}

static void same_answers(struct arena *a, struct search *x, struct search *y)
{
    static const char *const questions[] = {"zorgverlof",
                                            "hoeveel vakantiedagen per jaar", "loonstrok",
                                            "klusba verlof opgezegd"};
    for (size_t i = 0; i < LEN(questions); i++) {
        struct search_query q = shelf_query(a, LANG_NL, questions[i]);
        struct search_result one, other;
        search_find(x, &q, &one);
        search_find(y, &q, &other);
        CHECK_INT(other.n, one.n, questions[i]);
        CHECK_INT(other.band, one.band, questions[i]);
        for (size_t k = 0; k < one.n; k++)
            CHECK(one.v[k].article == other.v[k].article &&
                      one.v[k].section == other.v[k].section &&
                      one.v[k].score == other.v[k].score,
                  questions[i]);
    }
}

static void compare(struct arena *a, struct search *x, struct search *y)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        CHECK(!x->index[l] == !y->index[l], "both or none");
        if (x->index[l])
            same_index(x->index[l], y->index[l]);
        assert_memory_equal(&y->bar[l], &x->bar[l], sizeof x->bar[l]);
    }
    same_answers(a, x, y);
}

static void edits_at_random_come_to_the_same_as_reading_all(void **arena)
{
    (void)arena;
    uint32_t state = 11;
    struct book book = {0};
    for (int i = 0; i < ARTICLES_MAX / 2; i++)
        add_page(&book, &state);
    struct arena *mine = arena_new();
    struct catalogue *before = print_book(mine, &book, NULL);
    struct search *old = shelf_search(before);
    int copied = 0, counted = 0;
    for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < book.n; i++)
            book.v[i].before = i;
        for (uint32_t n = 1 + drawn(&state, 3); n > 0; n--)
            edit(&book, &state);
        book.other_synonyms = step % 20 == 19;
        struct arena *a = arena_new();
        struct catalogue *c = print_book(a, &book, before);
        struct search *anew = shelf_search(c), *after;
        search_build(c, old, NULL, &after);
        compare(a, anew, after);
        const struct index *x = after->index[LANG_NL];
        CHECK_INT(anew->index[LANG_NL]->n_counted, x->n_docs, "all");
        copied += x->n_counted < x->n_docs / 4;
        counted += x->n_counted == x->n_docs;
        search_free(anew);
        search_free(old);
        arena_free(mine);
        mine = a;
        before = c;
        old = after;
    }
    search_free(old);
    arena_free(mine);
    CHECK(copied > STEPS / 4, "what stays is copied");
    CHECK(counted > STEPS / 20, "and counted where the average or the synonyms moved");
}

static void nothing_comes_over_from_another_handbook(void **arena)
{
    struct catalogue *before = shelf_dutch(*arena), *c = shelf_dutch(*arena);
    struct search *old = shelf_search(before), *anew = shelf_search(c), *after;
    for (size_t i = 0; i < c->articles.n; i++)
        c->articles.v[i].before = (int)i;
    search_build(c, old, NULL, &after); /* c->previous does not say so */
    CHECK_INT(after->index[LANG_NL]->n_counted, c->sections.n, "all is counted");
    search_free(after);

    c->previous = before;
    struct search_options o = search_defaults();
    o.compounds = false;
    search_build_with(c, old, NULL, &o, &after);
    CHECK_INT(after->index[LANG_NL]->n_counted, c->sections.n, "other options");
    search_free(after);

    search_build(c, old, NULL, &after);
    CHECK_INT(after->index[LANG_NL]->n_counted, 0, "the same handbook");
    compare(*arena, anew, after);
    search_free(after);

    c->articles.v[3].before = 4; /* another order than before: two that changed places */
    c->articles.v[4].before = 3;
    search_build(c, old, NULL, &after);
    compare(*arena, anew, after);
    search_free(after);
    search_free(anew);
    search_free(old);
}

UNIT_MAIN(UNIT(edits_at_random_come_to_the_same_as_reading_all),
          UNIT(nothing_comes_over_from_another_handbook))
