#include "nlu/pattern.h"

#include "base/clock.h"
#include "cards.h"
#include "nlu/plain.h"
#include "nlu/rng.h"

static const char *const lines[] = {
    "hoeveel (vakantie|verlof)(dagen|uren) [heb ik] [nog] [over]",
    "ik ben [*] ziek [vandaag|geworden|sinds {date}]",
    "[ik wil] [ik moet] [me|mij] [graag] [weer] ziek[ ]melden",
    "[*] pensioen [*]",
    "(i'm|i am) [*] (sick|ill)",
    "wat is {number} keer {number}",
    "/\\badv[- ]?(dagen|uren)\\b/",
    "/verlof.*(collega|partner)/",
    "/^(loon|salaris)/",
    "/\\b(ab|zz)\\b/",
    "/ziek\\s?meld(en|ing)/",
    "/(?<!niet )ziek/",
    "/pensi?oen(en)?/",
    "/[vw]erlof/",
};
static const char *const words[] = {
    "hoeveel",  "vakantiedagen", "verlofuren", "heb",     "ik",      "nog",
    "ben",      "ziek",          "ziekmelden", "melden",  "wil",     "me",
    "graag",    "pensioen",      "i'm",        "i",       "am",      "sick",
    "ill",      "wat",           "is",         "3",       "keer",    "adv-dagen",
    "adv",      "dagen",         "verlof",     "collega", "loon",    "salaris",
    "ab",       "niet",          "zz",         "mijn",    "vandaag", "sinds",
    "gisteren", "partner",       "werlof",     "over",    "?",       "ziekmelding",
};

static struct subject subject_of(struct arena *a, const char *text)
{
    struct subject t = {.folded = folded(a, text)};
    t.plain = plain_of(a, t.folded);
    for (int l = 0; l < LANG_COUNT; l++)
        t.unpadded[l] = t.plain;
    return t;
}

static void the_index_finds_what_trying_all_would(void **arena)
{
    struct diags d = diags_new(*arena);
    struct pattern_set *s = pattern_set_new(NULL);
    for (size_t i = 0; i < LEN(lines); i++) {
        struct pattern what = {.card = (int)i, .lang = LANG_NL, .search = i % 3 == 0};
        pattern_add(s, &what, str_c(lines[i]), STR("x.md"), &d);
    }
    pattern_ready(s, &d);
    CHECK_INT(d.errors, 0, "all are sound");
    struct rng r = rng_seeded(4);
    size_t hits = 0, tried = 0;
    for (int round = 0; round < 4000; round++) {
        str text = STR("");
        for (uint32_t n = 1 + rng_below(&r, 7); n > 0; n--) {
            text = arena_join(*arena, text, str_c(words[rng_below(&r, LEN(words))]));
            text = arena_join(*arena, text, STR(" "));
        }
        struct subject t = subject_of(*arena, text.p);
        pattern_look(s, &t);
        for (size_t i = 0; i < pattern_count(s); i++) {
            size_t literal;
            bool fast = pattern_matches(s, i, &literal);
            if (fast != pattern_matches_slowly(s, i))
                fail_msg("\"%s\" on \"%s\"", lines[i], text.p);
            hits += fast;
        }
        size_t possible;
        (void)pattern_possible(s, &possible);
        tried += possible;
    }
    CHECK(hits > 1000, "the texts do set patterns off");
    CHECK(tried < 4000 * LEN(lines) / 2, "fewer than half were tried");
    pattern_set_free(s);
}

static const struct {
    const char *line, *says;
} hostile[] = {
    {"/(a+)+$/", "without end"},
    {"/^(\\w+\\s?)*$x/", "without end"},
    {"/verlof(\\w+)*!!/", "without end"},
    {"/(ziek|ziek)*melden/", NULL},
    {"/(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)zz9/", "without end"},
    {"/(x+x+)+y/", "without end"},
    {"/.*/", "any message"},
    {"/\\w/", "any message"},
    {"/x*/", "any message"},
    {"/^$/", "empty message"},
    {"/(verlof/", "no regular expression"},
    {"/verlof/", NULL},
};

static void what_never_ends_is_refused(void **arena)
{
    int64_t start = clock_mono_ms();
    for (size_t i = 0; i < LEN(hostile); i++) {
        struct diags d = diags_new(*arena);
        struct pattern_set *s = pattern_set_new(NULL);
        struct pattern what = {.lang = LANG_NL, .line = 3};
        pattern_add(s, &what, str_c(hostile[i].line), STR("x.md"), &d);
        if (hostile[i].says) {
            CHECK_INT(d.errors, 1, hostile[i].line);
            if (!strstr(d.list.v[0].text.p, hostile[i].says))
                fail_msg("%s: %s", hostile[i].line, d.list.v[0].text.p);
        } else {
            CHECK_INT(d.errors, 0, hostile[i].line);
        }
        pattern_set_free(s);
    }
    CHECK(clock_mono_ms() - start < 5000, "the checks themselves end");
}

static void a_hostile_text_ends_quickly_and_is_counted(void **arena)
{
    struct diags d = diags_new(*arena);
    struct pattern_set *s = pattern_set_new(NULL);
    struct pattern what = {.lang = LANG_NL};
    pattern_add(s, &what, STR("/[^a-wyz]*[^a-wyz]*[^a-wyz]*[^a-wyz]*y\\d/"), STR("x.md"),
                &d);
    pattern_ready(s, &d);
    char text[4001];
    memset(text, 'x', 4000);
    memcpy(text + 3990, "!!!!!!!!y!", 10);
    text[4000] = '\0';
    struct subject t = subject_of(*arena, text);
    int64_t start = clock_mono_ms();
    pattern_look(s, &t);
    size_t literal;
    CHECK(!pattern_matches(s, 0, &literal) && !pattern_matches_slowly(s, 0), "no match");
    CHECK(clock_mono_ms() - start < 1000, "within the limit");
    CHECK(pattern_limited(s) > 0, "and it is counted");
    pattern_set_free(s);
}

static void accents_in_a_regex_are_folded(void **arena)
{
    struct diags d = diags_new(*arena);
    struct pattern_set *s = pattern_set_new(NULL);
    struct pattern what = {.lang = LANG_NL};
    pattern_add(s, &what, STR("/\\bfinanci\u00ebn\\b/"), STR("x.md"), &d);
    pattern_ready(s, &d);
    struct subject t = subject_of(*arena, "over Financi\u00ebn");
    pattern_look(s, &t);
    size_t literal;
    CHECK(pattern_matches(s, 0, &literal), "both sides lose the accent");
    pattern_set_free(s);
}

UNIT_MAIN(UNIT(the_index_finds_what_trying_all_would), UNIT(what_never_ends_is_refused),
          UNIT(a_hostile_text_ends_quickly_and_is_counted),
          UNIT(accents_in_a_regex_are_folded))
