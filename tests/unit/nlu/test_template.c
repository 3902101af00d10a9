#include "nlu/pattern.h"
#include "nlu/plain.h"
#include "nlu/rng.h"

#include "cards.h"

static const struct {
    const char *template, *text;
    bool want;
} matches[] = {
    {"a b", "a b", true},
    {"a b", "ab", false},
    {"a b", "a  B!", true},
    {"a b", "a b c", false},
    {"hoeveel (vakantie|verlof)(dagen|uren) [heb ik] [nog] [over]",
     "Hoeveel vakantiedagen heb ik nog over?", true},
    {"hoeveel (vakantie|verlof)(dagen|uren) [heb ik] [nog] [over]", "hoeveel verlofuren",
     true},
    {"hoeveel (vakantie|verlof)(dagen|uren) [heb ik] [nog] [over]",
     "hoeveel verlofuren over", true},
    {"hoeveel (vakantie|verlof)(dagen|uren) [heb ik] [nog] [over]", "hoeveel verlof uren",
     false},
    {"hoeveel (vakantie|verlof)(dagen|uren) [heb ik] [nog] [over]",
     "hoeveel verlofuren nog heb ik", false},
    {"a [b] c", "a c", true},
    {"a [b] c", "a b c", true},
    {"a [b] c", "ac", false},
    {"a [b] c", "a bc", false},
    {"a [b] c", "a b b c", false},
    {"[a] b", "b", true},
    {"[a] b", "a b", true},
    {"[a] b", "ab", false},
    {"b [a]", "b", true},
    {"b [a]", "ba", false},
    {"[a] [b] c [d] [e]", "c", true},
    {"[a] [b] c [d] [e]", "a c e", true},
    {"[a] [b] c [d] [e]", "b a c", false},
    {"ziek[ ]melden", "ziekmelden", true},
    {"ziek[ ]melden", "ziek melden", true},
    {"ziek[ ]melden", "ziek  melden.", true},
    {"vakantie[dagen] opnemen", "vakantie opnemen", true},
    {"vakantie[dagen] opnemen", "vakantiedagen opnemen", true},
    {"vakantie[dagen] opnemen", "vakantie dagen opnemen", false},
    {"ik ben [*] ziek", "ik ben ziek", true},
    {"ik ben [*] ziek", "ik ben al drie dagen heel ziek", true},
    {"ik ben [*] ziek", "ik ben snotziek", false},
    {"ik ben [*] ziek", "ik ben ziekenhuis", false},
    {"[*] pensioen [*]", "pensioen", true},
    {"[*] pensioen [*]", "mijn pensioen bij jullie", true},
    {"[*] pensioen [*]", "mijn pensioenfonds", false},
    {"(a|b c) d", "b c d", true},
    {"(a|b c) d", "b d", false},
    {"(a [b]|c) d", "a d", true},
    {"(a [b]|c) d", "a b d", true},
    {"(a [b]|c) d", "c d", true},
    {"(a [b]|c) d", "c b d", false},
    {"( a | b ) c", "a c", true},
    {"a [b [c]] d", "a d", true},
    {"a [b [c]] d", "a b d", true},
    {"a [b [c]] d", "a b c d", true},
    {"a [b [c]] d", "a c d", false},
    {"(i'm|i am) sick", "I'm sick", true},
    {"(i'm|i am) sick", "im sick!!", true},
    {"(i'm|i am) sick", "i\u2019m sick", true},
    {"e-mail adres", "e-mail adres", true},
    {"e-mail adres", "e mail-adres", true},
    {"Caf\u00e9 open", "CAFE open", true},
    {"ik was, [heel] ziek", "ik was ziek", true},
    {"sinds {date} ziek", "sinds 12 mei ziek", true},
    {"sinds {date} ziek", "sinds gisteren ziek", true},
    {"sinds {date} ziek", "sinds vrijdag ziek", true},
    {"sinds {date} ziek", "sinds volgende week maandag ziek", true},
    {"sinds {date} ziek", "sinds 12-05-2026 ziek", true},
    {"sinds {date} ziek", "sinds 12/5 ziek", true},
    {"sinds {date} ziek", "sinds kort ziek", false},
    {"off from {date}", "off from May 12th", true},
    {"off from {date}", "off from the 3rd of june", true},
    {"vrij {period}", "vrij in juli", false},
    {"vrij [in] {period}", "vrij in juli", true},
    {"vrij [in] {period}", "vrij volgende week", true},
    {"vrij {period}", "vrij van 3 mei tot 12 mei", true},
    {"vrij {period}", "vrij maandag tot en met woensdag", true},
    {"{number} dagen", "3 dagen", true},
    {"{number} dagen", "2,5 dagen", true},
    {"{number} dagen", "drie dagen", true},
    {"{number} dagen", "veel dagen", false},
    {"{duration} vrij", "anderhalve dag vrij", true},
    {"declareer {amount}", "declareer 12,50 euro", true},
    {"a\\(b\\) c", "a(b) c", true},
    {"a \\[\\*\\] b", "a b", true}, /* punctuation is nothing, escaped or not */
    {"1.5 dag", "1.5 dag", true},
    {"1.5 dag", "1x5 dag", false},
};

static struct pattern_set *set_of(struct arena *a, const char *text, bool search,
                                  struct diags *d)
{
    *d = diags_new(a);
    struct pattern_set *s = pattern_set_new(NULL);
    struct pattern what = {.lang = LANG_NL, .line = 7, .search = search};
    pattern_add(s, &what, str_c(text), STR("x.md"), d);
    pattern_ready(s, d);
    return s;
}

static bool try(struct arena *a, struct pattern_set *s, const char *text)
{
    struct subject t = {.folded = folded(a, text)};
    t.plain = plain_of(a, t.folded);
    for (int l = 0; l < LANG_COUNT; l++)
        t.unpadded[l] = t.plain;
    size_t literal;
    pattern_look(s, &t);
    bool indexed = pattern_matches(s, 0, &literal);
    assert_int_equal(indexed, pattern_matches_slowly(s, 0));
    return indexed;
}

static void a_template_means_what_its_header_says(void **arena)
{
    for (size_t i = 0; i < LEN(matches); i++) {
        struct diags d;
        struct pattern_set *s = set_of(*arena, matches[i].template, false, &d);
        if (d.errors > 0)
            fail_msg("%s: %.*s", matches[i].template, STR_ARG(d.list.v[0].text));
        if (try(*arena, s, matches[i].text) != matches[i].want)
            fail_msg("\"%s\" on \"%s\" is not %d", matches[i].template, matches[i].text,
                     matches[i].want);
        pattern_set_free(s);
    }
}

static const struct {
    const char *template;
    int column;
    const char *says;
} wrong[] = {
    {"a (b|c", 5, "never closed with )"},
    {"a [b", 5, "never closed with ]"},
    {"a b)", 6, ") without ("},
    {"a] b", 4, "] without ["},
    {"a } b", 5, "} without {"},
    {"a {datum} b", 5, "{date}"},
    {"a {date", 5, "never closed with }"},
    {"a {foobar}", 5, "unknown"},
    {"(a|) b", 6, "nothing between"},
    {"() b", 4, "nothing between"},
    {"[] b", 4, "nothing between"},
    {"(a||b)", 6, "nothing between"},
    {"a | b", 5, "outside brackets"},
    {"a \\", 5, "at the end"},
    {"[*]", 3, "any message"},
    {"[a] [b]", 3, "empty message"},
    {"", 3, "no words"},
    {"...", 3, "no words"},
    {"[*] a [*] b [*] c [*]", 21, "more than three"},
    {"((((((((((a))))))))))", 11, "too deeply"},
};

static void a_mistake_is_told_with_its_column(void **arena)
{
    for (size_t i = 0; i < LEN(wrong); i++) {
        struct diags d;
        struct pattern_set *s = set_of(*arena, wrong[i].template, false, &d);
        if (d.errors != 1 || pattern_count(s) != 0)
            fail_msg("\"%s\": %zu errors", wrong[i].template, d.errors);
        CHECK_INT(d.list.v[0].column, wrong[i].column, wrong[i].template);
        CHECK_INT(d.list.v[0].line, 7, wrong[i].template);
        if (!strstr(d.list.v[0].text.p, wrong[i].says))
            fail_msg("\"%s\" says: %s", wrong[i].template, d.list.v[0].text.p);
        pattern_set_free(s);
    }
}

static void a_searching_template_is_found_at_word_edges(void **arena)
{
    struct diags d;
    struct pattern_set *s = set_of(*arena, "word[t] gepest", true, &d);
    CHECK_INT(d.errors, 0, "it is sound");
    CHECK(try(*arena, s, "Help, ik word gepest op het werk!"), "in the middle");
    CHECK(try(*arena, s, "wordt gepest"), "the whole");
    CHECK(!try(*arena, s, "antwoord gepest"), "not inside a word");
    CHECK(!try(*arena, s, "word gepeste"), "not inside a word at the end");
    pattern_set_free(s);
}

static void words_of_words_md_stand_for_each_other(void **arena)
{
    struct catalogue *c = cards_new(*arena);
    synonym_add(c, LANG_NL, true, "loon", "salaris");
    synonym_add(c, LANG_NL, false, "papadag", "ouderschapsverlof nemen");
    struct synonyms *syn = synonyms_new(*arena, c);
    static const struct {
        const char *template, *text;
        bool want;
    } rows[] = {
        {"wanneer krijg ik loon", "wanneer krijg ik salaris", true},
        {"(loon|geld) gestort", "salaris gestort", true},
        {"loon(strook|brief)", "salarisstrook", false},
        {"loon [*]", "salaris van mei", true},
        {"ik wil ouderschapsverlof nemen", "ik wil papadag", true},
        {"ik wil een papadag", "ik wil een ouderschapsverlof nemen", false},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        struct diags d = diags_new(*arena);
        struct pattern_set *s = pattern_set_new(syn);
        struct pattern what = {.lang = LANG_NL};
        pattern_add(s, &what, str_c(rows[i].template), STR("x.md"), &d);
        pattern_ready(s, &d);
        CHECK_INT(d.errors, 0, rows[i].template);
        CHECK_INT(try(*arena, s, rows[i].text), rows[i].want, rows[i].text);
        pattern_set_free(s);
    }
}

/* Whatever somebody types, it either compiles or one error says where. */
static void any_text_is_compiled_or_refused(void **arena)
{
    (void)arena;
    static const char *const pieces[] = {
        "a", "b",  " ",   "(",   ")",     "[",      "]", "{", "}",      "|",  "*",
        "/", "\\", "[*]", "[ ]", "(a|b)", "{date}", "-", "'", "\u00e9", "1.5"};
    struct rng r = rng_seeded(12);
    size_t good = 0;
    for (int round = 0; round < 5000; round++) {
        struct arena *a = arena_new();
        str text = STR("");
        for (uint32_t n = rng_below(&r, 14); n > 0; n--)
            text = arena_join(a, text, str_c(pieces[rng_below(&r, LEN(pieces))]));
        struct diags d;
        struct pattern_set *s = set_of(a, text.p, round % 2, &d);
        if (pattern_count(s) + d.errors != 1)
            fail_msg("\"%s\": %zu errors", text.p, d.errors);
        good += pattern_count(s);
        if (pattern_count(s) > 0)
            try(a, s, text.p);
        pattern_set_free(s);
        arena_free(a);
    }
    CHECK(good > 200, "some compile");
}

UNIT_MAIN(UNIT(a_template_means_what_its_header_says),
          UNIT(a_mistake_is_told_with_its_column),
          UNIT(a_searching_template_is_found_at_word_edges),
          UNIT(words_of_words_md_stand_for_each_other),
          UNIT(any_text_is_compiled_or_refused))
