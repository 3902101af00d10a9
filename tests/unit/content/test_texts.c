/* Sections' texts, packed and read again. */
#include "content/texts.h"
#include "unit.h"

enum { MANY = 40 };

static const struct piece pieces[] = {{PIECE_TEXT, false, 0, 0, 0},
                                      {PIECE_TABLE, true, 7, 9, 11}};

static str repeated(struct arena *a, size_t n, size_t seed)
{
    char *p = arena_alloc(a, n + 1);
    for (size_t i = 0; i < n; i++)
        p[i] = (char)('a' + (i * seed + i / 7) % 26);
    return (str){p, n};
}

/* Of every size: none, small, larger than a pack. */
static struct section_text *made(struct arena *a)
{
    struct section_text *v = arena_alloc(a, MANY * sizeof *v);
    for (size_t i = 0; i < MANY; i++)
        v[i] = (struct section_text){.text = repeated(a, i * i * 40, i + 1),
                                     .html = repeated(a, i * 300, i + 2),
                                     .markdown = repeated(a, i * 200, i + 3),
                                     .pieces = i % 2 ? pieces : NULL,
                                     .n_pieces = i % 2 ? LEN(pieces) : 0};
    return v;
}

static void is_same(const struct section_text *got, const struct section_text *want)
{
    CHECK(str_eq(got->text, want->text), "text");
    CHECK(str_eq(got->html, want->html), "HTML");
    CHECK(str_eq(got->markdown, want->markdown), "Markdown");
    CHECK_INT(got->n_pieces, want->n_pieces, "pieces");
    for (size_t k = 0; k < got->n_pieces; k++) {
        CHECK_INT(got->pieces[k].kind, want->pieces[k].kind, "kind");
        CHECK_INT(got->pieces[k].raw, want->pieces[k].raw, "raw");
        CHECK_INT(got->pieces[k].markdown, want->pieces[k].markdown, "place");
    }
}

static void what_is_packed_comes_out_the_same(void **arena)
{
    struct section_text *v = made(*arena);
    struct section s[MANY] = {{0}};
    texts_pack(*arena, v, s, MANY);
    struct texts *t = texts_open();
    for (size_t i = 0; i < MANY; i++)
        is_same(texts_of(t, &s[i]), &v[i]);
    for (size_t i = MANY; i-- > 0;) { /* text alone, then all of it, in any order */
        size_t k = i * 17 % MANY;
        CHECK_INT(s[k].n_text, v[k].text.n, "its length");
        CHECK(str_eq(texts_plain(t, &s[k]), v[k].text), "text alone");
        is_same(texts_of(t, &s[k]), &v[k]);
        CHECK(str_eq(texts_plain(t, &s[k]), v[k].text), "text again");
    }
    texts_close(t);
    texts_close(NULL);
}

static void neighbours_share_a_pack_that_stays_small(void **arena)
{
    struct section_text small[MANY] = {{.text = STR("x")}};
    struct section s[MANY] = {{0}};
    texts_pack(*arena, small, s, MANY);
    CHECK(s[0].pack == s[MANY - 1].pack, "one pack");
    texts_pack(*arena, made(*arena), s, MANY);
    CHECK(s[0].pack == s[5].pack, "small ones together");
    CHECK(s[MANY - 2].pack != s[MANY - 1].pack, "large ones alone");
    texts_pack(*arena, NULL, NULL, 0);
}

static void a_copy_needs_nothing_of_the_original(void **arena)
{
    struct section_text *v = made(*arena);
    struct arena *first = arena_new();
    struct section s[MANY] = {{0}};
    texts_pack(first, v, s, MANY);
    texts_copy(*arena, s, MANY);
    arena_free(first);
    struct texts *t = texts_open();
    CHECK(s[0].pack == s[5].pack, "still together");
    for (size_t i = 0; i < MANY; i++)
        is_same(texts_of(t, &s[i]), &v[i]);
    texts_close(t);
}

UNIT_MAIN(UNIT(what_is_packed_comes_out_the_same),
          UNIT(neighbours_share_a_pack_that_stays_small),
          UNIT(a_copy_needs_nothing_of_the_original))
