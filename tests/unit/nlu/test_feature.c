#include "nlu/feature.h"

#include "cards.h"

static size_t count_of(const struct gram *g, size_t n, enum block block)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += g[i].id >> FEATURE_BITS == (uint32_t)block;
    return found;
}

static bool has(const struct gram *g, size_t n, uint32_t id)
{
    for (size_t i = 0; i < n; i++)
        if (g[i].id == id)
            return true;
    return false;
}

static void a_question_is_counted_in_three_blocks(void **arena)
{
    (void)arena;
    struct extractor *x = extractor_new(NULL);
    size_t n;
    const struct gram *g = features_of(x, LANG_EN, STR("cats, and cat!"), &n);
    CHECK_INT(count_of(g, n, BLOCK_STEM), 2, "cat (twice) and and");
    CHECK_INT(count_of(g, n, BLOCK_PAIR), 4, "< cat, cat and, and cat, cat >");
    bool twice = false;
    for (size_t i = 0; i < n; i++)
        twice = twice || (g[i].id >> FEATURE_BITS == BLOCK_STEM && g[i].count == 2);
    CHECK(twice, "the same stem counts up");
    g = features_of(x, LANG_EN, STR("ab"), &n);
    CHECK_INT(count_of(g, n, BLOCK_CHAR), 6, "\" ab \" has 3 + 2 + 1 runs");
    features_of(x, LANG_EN, STR("?!"), &n);
    CHECK_INT(n, 0, "no words, nothing");
    extractor_free(x);
}

static void synonyms_share_a_feature(void **arena)
{
    struct catalogue *c = cards_new(*arena);
    synonym_add(c, LANG_NL, true, "loon", "salaris");
    struct extractor *x = extractor_new(synonyms_new(*arena, c));
    size_t n, m, shared = 0;
    const struct gram *g = features_of(x, LANG_NL, STR("loon"), &n);
    struct gram *copy = arena_alloc(*arena, n * sizeof *copy);
    memcpy(copy, g, n * sizeof *copy);
    g = features_of(x, LANG_NL, STR("salaris"), &m);
    for (size_t i = 0; i < n; i++)
        shared += copy[i].id >> FEATURE_BITS == BLOCK_STEM && has(g, m, copy[i].id);
    CHECK_INT(shared, 1, "their concept");
    extractor_free(x);
}

static void a_very_long_story_stays_bounded(void **arena)
{
    char *text = arena_alloc(*arena, 200001);
    for (size_t i = 0; i < 200000; i++)
        text[i] = (char)(i % 7 == 6 ? ' ' : 'a' + (i * 7919 + i / 13) % 26);
    struct extractor *x = extractor_new(NULL);
    size_t n;
    features_of(x, LANG_NL, str_c(text), &n);
    CHECK(n > 0 && n <= FEATURE_MAX, "at most as many as there is room for");
    memset(text, 'x', 200000);
    features_of(x, LANG_NL, str_c(text), &n);
    CHECK(n > 0 && n <= FEATURE_MAX, "also in one word");
    extractor_free(x);
}

static void expect_same_cut_before(struct arena *a, struct extractor *x, str folded)
{
    size_t n, m;
    struct spelling one, two;
    const struct gram *g = features_of_words(x, LANG_EN, folded, NULL, &n, &one);
    struct gram *first = arena_alloc(a, n * sizeof *first);
    if (n > 0)
        memcpy(first, g, n * sizeof *first);
    str text = arena_str(a, one.text);
    size_t n_words = one.n_words;
    struct words words = words_of(a, folded);
    g = features_of_words(x, LANG_EN, folded, &words, &m, &two);
    CHECK(n == m && (n == 0 || memcmp(g, first, n * sizeof *g) == 0), "the same grams");
    CHECK(str_eq(two.text, text) && two.n_words == n_words, "the same text");
    for (size_t i = 0; i < two.n_words; i++)
        CHECK(text.p[two.words[i].at - 1] == ' ' &&
                  text.p[two.words[i].at + two.words[i].n] == ' ',
              "a word between two blanks");
}

static void words_may_be_cut_before(void **arena)
{
    static const char *const texts[] = {
        "",
        "?!",
        "i'm ill, aren't i?",
        "caf\u00e9 \u4f11\u6687 42.5 days",
        "arbeidsongeschiktheidsverzekeringsmaatschappijen zijn lang",
    };
    struct extractor *x = extractor_new(NULL);
    for (size_t i = 0; i < LEN(texts); i++)
        expect_same_cut_before(*arena, x, str_c(texts[i]));
    for (size_t step = 2; step < 60; step++) {
        char *text = arena_alloc(*arena, 4097);
        for (size_t i = 0; i < 4096; i++)
            text[i] = i % step == step - 1 ? ' ' : (char)('a' + i % 23);
        expect_same_cut_before(*arena, x, str_c(text));
    }
    extractor_free(x);
}

static void a_long_number_in_a_message_is_passed_over(void **arena)
{
    (void)arena;
    struct extractor *x = extractor_new(NULL);
    struct spelling spelling;
    size_t n, without;
    features_of_words(x, LANG_EN, STR("where is order"), NULL, &without, &spelling);
    features_of_words(x, LANG_EN, STR("where is order 48812"), NULL, &n, &spelling);
    CHECK_INT(n, without, "five digits");
    CHECK_STR(spelling.text, " where is order ", "nor its characters");
    features_of_words(x, LANG_EN, STR("where is order 4881"), NULL, &n, &spelling);
    CHECK_INT(n, without + 2, "a year may tell something: its stem and one pair more");
    features_of_words(x, LANG_EN, STR("12345"), NULL, &n, &spelling);
    CHECK_INT(n, 0, "nothing else");
    features_of(x, LANG_EN, STR("12345"), &n);
    CHECK(n > 0, "a lesson is read as it stands");
    extractor_free(x);
}

UNIT_MAIN(UNIT(a_long_number_in_a_message_is_passed_over),
          UNIT(a_question_is_counted_in_three_blocks), UNIT(synonyms_share_a_feature),
          UNIT(a_very_long_story_stays_bounded), UNIT(words_may_be_cut_before))
