#include "base/buf.h"
#include "same_index.h"

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

static const char *const questions[] = {"zorgverlof", "hoeveel vakantiedagen per jaar",
                                        "loonstrok", "klusba verlof opgezegd"};

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
        same_search(a, anew, after, questions, LEN(questions));
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
    same_search(*arena, anew, after, questions, LEN(questions));
    search_free(after);

    c->articles.v[3].before = 4; /* another order than before: two that changed places */
    c->articles.v[4].before = 3;
    search_build(c, old, NULL, &after);
    same_search(*arena, anew, after, questions, LEN(questions));
    search_free(after);
    search_free(anew);
    search_free(old);
}

UNIT_MAIN(UNIT(edits_at_random_come_to_the_same_as_reading_all),
          UNIT(nothing_comes_over_from_another_handbook))
