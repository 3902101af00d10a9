#include "shelf.h"

/* A text of n different words. */
static const char *words(struct arena *a, int n, int from)
{
    str all = STR("");
    for (int i = 0; i < n; i++)
        all = arena_fmt(a, "%.*s%sw%dx", STR_ARG(all), i ? " " : "", from + i);
    return all.p;
}

/* Sections without words, with few, with as many as are kept, one more, and with more
 * than are looked at; and enough of them that some share a place. */
static struct index *handbook(struct arena *a)
{
    static const int lengths[] = {0,    1,    63,   64,  UNPACKED_WORDS - 3,
                                  254,  255,  256,  257, UNPACKED_WORDS + 9,
                                  1999, 2000, 2100, 5};
    struct catalogue *c = shelf_new(a);
    for (int i = 0; i < UNPACKED_PLACES + 40; i++) {
        shelf_article(c, LANG_EN, "en/a.md", i % 2 ? "Title of it" : "");
        shelf_section(c, i % 3 ? "" : "A heading",
                      i < 30 ? words(a, lengths[i % (int)LEN(lengths)], i)
                             : words(a, 2, i));
    }
    struct search_options o = search_defaults();
    struct diags d = {.arena = a};
    return index_build(c, LANG_EN, &o, NULL, &d);
}

static void same_words(const struct index *x, uint32_t doc, enum column from,
                       enum column to, size_t max)
{
    struct stream s = index_words(x, doc, from, to);
    struct unpacked_words got = unpacked_words(x, doc, from, to, max);
    CHECK_INT(got.n, MIN((size_t)stream_count(s), max), "as many");
    for (size_t i = 0; i < got.n; i++) {
        uint32_t word = 0;
        CHECK(stream_next(&s, &word), "one more");
        CHECK_INT(got.v[i], word, "the same");
    }
}

static void a_section_has_the_words_of_its_stream(void **arena)
{
    struct index *x = handbook(*arena);
    for (int again = 0; again < 2; again++)
        for (uint32_t doc = 0; doc < x->n_docs; doc++) {
            uint32_t other = (doc + UNPACKED_PLACES) % x->n_docs; /* often its place's */
            same_words(x, doc, 0, COLUMN_COUNT - 1, UNPACKED_MAX);
            same_words(x, other, COLUMN_BODY, COLUMN_BODY, 1500);
            same_words(x, doc, COLUMN_HEADING, COLUMN_HEADING, 1500);
            same_words(x, doc, COLUMN_TITLE, COLUMN_BODY, 7);
        }
    index_free(x);
}

static void each_word_is_marked_by_its_term(void **arena)
{
    struct index *x = handbook(*arena);
    uint8_t *of_term = arena_alloc(*arena, x->vocabulary.terms.n);
    struct marked_words *m = arena_alloc(*arena, sizeof *m);
    for (uint32_t doc = 0; doc < 40; doc++) {
        struct unpacked_words w =
            unpacked_words(x, doc, 0, COLUMN_COUNT - 1, UNPACKED_MAX);
        for (size_t i = 0; i < w.n; i += 1 + i / 4)
            of_term[x->term_of[w.v[i]]] = (uint8_t)(1 + i % 3);
        memset(m, 0xff, sizeof *m);
        marked_read(m, x, w, of_term);
        CHECK_INT(m->n, w.n, "a byte of each");
        for (size_t at = 0; at < m->n; at += MARKED_WINDOW)
            for (uint8_t byte = 0; byte < 4; byte++) {
                uint64_t bits = marked_bits(m, at, byte);
                for (size_t i = 0; i < MARKED_WINDOW; i++) {
                    uint8_t own =
                        at + i < w.n ? of_term[x->term_of[w.v[at + i]]] : (uint8_t)0;
                    CHECK_INT(bits >> i & 1, own == byte, "its term's, and 0 behind");
                }
            }
        memset(of_term, 0, x->vocabulary.terms.n);
    }
    index_free(x);
}

UNIT_MAIN(UNIT(a_section_has_the_words_of_its_stream),
          UNIT(each_word_is_marked_by_its_term))
