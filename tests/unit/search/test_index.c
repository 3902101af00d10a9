#include "shelf.h"

static uint32_t docs_with(const struct index *x, const char *stem)
{
    term_t t = vocabulary_term(&x->vocabulary, str_c(stem));
    return t == TERM_NONE ? 0 : x->list[t].n;
}

static void postings_are_those_of_the_sections(void **arena)
{
    struct catalogue *c = shelf_dutch(*arena);
    struct search *s = shelf_search(c);
    const struct index *x = s->index[LANG_NL];
    CHECK_INT(x->n_docs, c->sections.n, "a doc per section");
    CHECK_INT(x->n_articles, c->articles.n, "every article");
    CHECK(!s->index[LANG_EN], "no English here");
    CHECK_INT(docs_with(x, "laptop"), 1, "once");
    CHECK_INT(docs_with(x, "salaris"), 1, "title and text are one doc");
    CHECK_INT(docs_with(x, "vakantie"), 3, "the title stands in each section");
    CHECK_INT(docs_with(x, "verlof"), 1, "zorgverlof's section has both");
    CHECK_INT(docs_with(x, "zebra"), 0, "unknown");
    for (size_t i = 1; i < x->n_postings; i++)
        CHECK(x->docs[i] < x->n_docs && x->impacts[i] > 0, "a real posting");
    search_free(s);
}

static void a_part_weighs_less_than_the_whole_word(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    shelf_article(c, LANG_NL, "a.md", "Eerste");
    int whole = shelf_section(c, "", "verlof voor iedereen");
    shelf_article(c, LANG_NL, "b.md", "Tweede");
    int part = shelf_section(c, "", "zorgverlof voor iedereen");
    shelf_article(c, LANG_NL, "c.md", "Derde");
    shelf_section(c, "", "zorg voor iedereen");
    struct search *s = shelf_search(c);
    const struct index *x = s->index[LANG_NL];
    const struct posting_list *l =
        &x->list[vocabulary_term(&x->vocabulary, STR("verlof"))];
    CHECK_INT(l->n, 2, "both sections");
    CHECK_INT(x->docs[l->start], whole, "in order");
    CHECK_INT(x->docs[l->start + 1], part, "of docs");
    CHECK(x->impacts[l->start] > x->impacts[l->start + 1], "the whole word is stronger");
    search_free(s);
}

static void a_phrase_of_a_synonym_has_postings(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    shelf_article(c, LANG_EN, "a.md", "First");
    shelf_section(c, "", "Annual leave is 25 days. Leave your annual report here.");
    shelf_article(c, LANG_EN, "b.md", "Second");
    shelf_section(c, "", "Annual report. Leave it.");
    shelf_synonym(c, LANG_EN, "vacation = annual leave");
    struct search *s = shelf_search(c);
    CHECK_INT(docs_with(s->index[LANG_EN], "annual leav"), 1, "only where it stands so");
    search_free(s);
}

static void any_bytes_can_be_indexed(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    uint32_t state = 3;
    for (int i = 0; i < 40; i++) {
        char *text = arena_alloc(*arena, 2001);
        for (int k = 0; k < 2000; k++) {
            state = state * 1664525u + 1013904223u;
            text[k] = (char)(1 + (state >> 24) % 255);
        }
        shelf_article(c, i % 2 ? LANG_NL : LANG_EN, "x.md", text + 1900);
        shelf_section(c, text + 1950, text);
    }
    struct search *s = shelf_search(c);
    search_prepare_lookup(s);
    CHECK_INT(s->index[LANG_NL]->n_docs, 20, "all of them");
    search_free(s);
}

static void an_empty_shelf_has_no_index(void **arena)
{
    struct catalogue *c = shelf_new(*arena);
    struct search *s = shelf_search(c);
    struct search_query q = shelf_query(*arena, LANG_NL, "verlof");
    struct search_result r;
    search_find(s, &q, &r);
    CHECK_INT(r.n, 0, "no hits");
    CHECK_INT(r.band, SEARCH_DECLINE, "declined");
    CHECK_STR(search_passage(s, *arena, &q, 0, 100).text, "", "no passage");
    CHECK_INT(search_explain(s, *arena, &q, NULL, 0), 0, "nothing to explain");
    search_free(s);
    search_free(NULL);
}

static void numbers_of_any_size_come_out_of_a_stream(void **state)
{
    (void)state;
    static const uint32_t numbers[] = {0,       1,       127,       128,
                                       300,     16383,   16384,     99999,
                                       2097151, 2097152, 268435456, UINT32_MAX};
    uint8_t bytes[LEN(numbers) * STREAM_WORD_MAX];
    struct stream s = {bytes, bytes};
    for (size_t i = 0; i < LEN(numbers); i++)
        s.end += stream_put(bytes + (s.end - bytes), numbers[i]);
    CHECK_INT(stream_count(s), LEN(numbers), "as many");
    uint32_t got = 0;
    for (size_t i = 0; i < LEN(numbers); i++) {
        CHECK(stream_next(&s, &got), "another one");
        CHECK_INT(got, numbers[i], "the same");
    }
    CHECK(!stream_next(&s, &got), "the end");
}

UNIT_MAIN(UNIT(numbers_of_any_size_come_out_of_a_stream),
          UNIT(postings_are_those_of_the_sections),
          UNIT(a_part_weighs_less_than_the_whole_word),
          UNIT(a_phrase_of_a_synonym_has_postings), UNIT(any_bytes_can_be_indexed),
          UNIT(an_empty_shelf_has_no_index))
