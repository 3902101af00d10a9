#include "shelf.h"

/* Every position that FTS5 reports is in our arrays, and no list has more docs. */
struct oracle {
    const struct index *x;
    size_t rows;
    uint32_t last_doc;
    term_t last;
    size_t docs; /* distinct (term, doc) */
};

static void on_row(void *ctx, const struct lookup_row *row)
{
    struct oracle *o = ctx;
    const struct index *x = o->x;
    term_t t = vocabulary_term(&x->vocabulary, row->term);
    CHECK(t != TERM_NONE, "a term of ours");
    size_t at = (size_t)row->doc * COLUMN_COUNT + (size_t)row->column;
    CHECK(x->column_start[at] + row->offset < x->column_start[at + 1], "a place of ours");
    o->docs += t != o->last || row->doc != o->last_doc;
    o->last = t;
    o->last_doc = row->doc;
    const struct posting_list *l = &x->list[t];
    bool found = false;
    for (uint32_t i = l->start; i < l->start + l->n; i++)
        found = found || x->docs[i] == row->doc;
    CHECK(found, "in the list");
    o->rows++;
}

static void the_postings_are_those_of_fts5(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    shelf_article(c, LANG_NL, "nl/x.md", "Caf\u00e9's en co\u00f6rdinatie");
    shelf_section(c, "Vakantiedagenregeling",
                  "Foto's, \u00e9\u00e9n na\u00efef 3.5 uur; don't.");
    struct search *s = shelf_search(c);
    search_prepare_lookup(s);
    struct oracle o = {.x = s->index[LANG_NL], .last = TERM_NONE};
    lookup_read(s->lookup, LANG_NL, on_row, &o);
    CHECK(o.rows >= o.x->n_tokens, "every token, and the parts");
    CHECK_INT(o.docs, o.x->n_postings, "and nothing else");
    search_free(s);
}

static const struct {
    const char *why, *text;
    size_t n;
} cases[] = {
    {"a word", "laptop", 1},
    {"another form of it", "LAPTOPS", 1},
    {"a part of a compound", "verlof", 1},
    {"every word", "salaris laptop", 0},
    {"a phrase", "\"openbaar vervoer\"", 1},
    {"not in that order", "\"vervoer openbaar\"", 0},
    {"a beginning", "vakan*", 3},
    {"syntax is only text", "laptop) OR (salaris", 0},
    {"a lone quote", "\"laptop", 1},
    {"only signs", "* \" - (", 0},
    {"nothing", "", 0},
};

static void look_up_finds_what_stands_there(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    struct search *s = shelf_search(c);
    int found[10];
    CHECK_INT(search_lookup(s, *arena, LANG_NL, STR("laptop"), found, 10), 0,
              "not before it is prepared");
    search_prepare_lookup(s);
    search_prepare_lookup(s);
    for (size_t i = 0; i < LEN(cases); i++)
        CHECK_INT(search_lookup(s, *arena, LANG_NL, str_c(cases[i].text), found, 10),
                  cases[i].n, cases[i].why);
    CHECK_INT(search_lookup(s, *arena, LANG_EN, STR("laptop"), found, 10), 0,
              "no English");
    CHECK_INT(search_lookup(s, *arena, LANG_NL, STR("vakan*"), found, 2), 2, "bounded");
    search_free(s);
}

UNIT_MAIN(UNIT(the_postings_are_those_of_fts5), UNIT(look_up_finds_what_stands_there))
