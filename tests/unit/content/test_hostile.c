/* Input nobody means well with: no crash, no endless work, no memory error. */
#include "content/article.h"
#include "content/card.h"

#include "base/clock.h"
#include "content.h"

enum { MIB = 1024 * 1024, SLOW_MS = 20000 };

static str repeat(struct arena *a, const char *part, size_t n)
{
    struct buf b = buf_new(a, 4 * MIB);
    while (b.n + strlen(part) <= n)
        buf_put(&b, str_c(part));
    return buf_str(&b);
}

static void read_as_everything(str text)
{
    struct arena *a = arena_new();
    struct diags d = diags_new(a);
    struct place at = {.arena = a, .diags = &d, .file = STR("f")};
    struct scan scan;
    scan_text(a, at.file, text, 1, &card_rules, &d, &scan);
    struct card_draft card;
    for (size_t i = 0; i < scan.cards.n; i++)
        card_read(&at, &scan.cards.v[i], &card);
    struct article_draft article;
    article_read(&at, STR("nl/x.md"), text, LANG_NONE, &article);
    for (size_t i = 0; i < article.sections.n; i++)
        assert_true(str_is_utf8(article.texts.v[i].text));
    arena_free(a);
}

static const struct {
    const char *head, *part;
} floods[] = {
    {"", "> "},
    {"", "- "},
    {"", "["},
    {"", "*a "},
    {"", "<a "},
    {"", "<div>\n"},
    {"", "{% "},
    {"", "{{x}}"},
    {"", "# a\n"},
    {"# a\n## Answer nl\n", "```x\n"},
    {"# a\n## Answer nl\n", "~~~~\n"},
    {"# a\n## Say nl\n", "- x\n"},
    {"# a\n## Say nl\n- ", "x"},
    {"# a\n", "x\n"},
    {"# a\n## Ask\n", "- a: choice(x, y) | nl z\n"},
    {"# a\n## Answer nl\n", "{a.b} "},
    {"# a\n", "## Answer nl k=v\nx\n"},
    {"# a\n- audience: ", "k=v "},
    {"---\n", "a: b\n"},
    {"---\n- ", "- "},
    {"---\na: &a ", "[*a,"},
    {"---\n", "{"},
    {"+---+\n", "| a |\n"},
    {"+---+\n",
     "|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|\n+-+\n"},
    {"", "| a "},
    {"| a | b |\n| - | - |\n", "| c | d |\n"},
    {"", "\xf0\x9f\x98\x80"},
    {"", "\n"},
    {"", "&#x"},
    {"<div>", "&amp"},
};

static void floods_end(void **arena)
{
    for (size_t i = 0; i < LEN(floods); i++) {
        str text = arena_join(*arena, str_c(floods[i].head),
                              repeat(*arena, floods[i].part, MIB / 4));
        int64_t start = clock_mono_ms();
        read_as_everything(text);
        int64_t took = clock_mono_ms() - start;
        if (took > SLOW_MS)
            fail_msg("%s%s...: %lld ms", floods[i].head, floods[i].part, (long long)took);
        arena_reset(*arena);
    }
}

static void a_front_matter_bomb_is_refused(void **arena)
{
    struct diags d = diags_new(*arena);
    struct place at = {.arena = *arena, .diags = &d, .file = STR("f")};
    struct article_draft out;
    article_read(&at, STR("nl/x.md"),
                 STR("---\na: &a [x,x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\ntitle: "
                     "T\n---\n# H\n"),
                 LANG_NONE, &out);
    CHECK(!out.broken, "the article itself is fine");
    CHECK_STR(out.article.title, "T", "its simple lines are read");
    CHECK_INT(d.warnings, 1, "told once");
}

static void the_worst_article_takes_its_time_but_ends(void **arena)
{
    str text = repeat(*arena, "a@", MIB / 8);
    read_as_everything(text);
}

/* Pieces that mean something, put together at random. */
static const char *const pieces[] = {
    "# ",
    "## ",
    "### ",
    "- ",
    "-",
    "\n",
    "\n",
    "\n",
    "Say nl",
    "Answer en",
    "Ask",
    "Do",
    "Tests nl",
    "none",
    "a.b",
    "owner: x",
    "```",
    "~~~",
    "---\n",
    "...\n",
    "|",
    "{",
    "}",
    "{a.b}",
    "{%",
    "%}",
    "choice(",
    ")",
    "=>",
    "=",
    "date",
    "required",
    "<script>",
    "</script>",
    "<td>",
    "<!--",
    "-->",
    "&amp;",
    "&#",
    "[x](y.md)",
    "[x](javascript:y)",
    "![",
    "]",
    "(",
    "\xc2\xa0",
    "\xe2\x80\x9c",
    "\xff",
    "\xc3",
    "\r\n",
    "\t",
    " ",
    "country=NL",
    "+--+\n",
    "| a |\n",
    "\xef\xbb\xbf",
    "title: x",
    "  ---------- ---\n",
    "*",
    "_",
    "`",
    "\\",
    "/x/",
    "nl ",
    "en ",
};

static void random_pieces_do_no_harm(void **arena)
{
    const char *rounds = getenv("BALIE_FUZZ");
    int n = rounds ? atoi(rounds) : 4000;
    uint64_t seed = 20261121;
    for (int i = 0; i < n; i++) {
        struct buf b = buf_new(*arena, 64 * 1024);
        unsigned parts = 0;
        do {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            buf_put(&b, str_c(pieces[(seed >> 33) % LEN(pieces)]));
        } while (++parts < 4 + (seed >> 50) % 60);
        buf_char(&b, (seed >> 20) % 50 ? '\n' : '\0');
        read_as_everything(buf_str(&b));
        arena_reset(*arena);
    }
}

static void random_files_load(void **arena)
{
    struct arena *files = arena_new();
    struct folder f = folder_new(files);
    uint64_t seed = 7;
    for (int i = 0; i < 30; i++) {
        static const char *const names[] = {"intents/a.md",        "intents/words.md",
                                            "intents/contacts.md", "intents/notice.md",
                                            "intents/routing.csv", "knowledge/nl/x.md"};
        for (size_t k = 0; k < LEN(names); k++) {
            struct buf b = buf_new(*arena, 64 * 1024);
            for (int p = 0; p < 60; p++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                buf_put(&b, str_c(pieces[(seed >> 33) % LEN(pieces)]));
            }
            folder_put_bytes(&f, names[k], buf_str(&b));
        }
        folder_load(&f);
        arena_reset(*arena);
    }
    folder_done(&f);
    arena_free(files);
}

UNIT_MAIN(UNIT(floods_end), UNIT(a_front_matter_bomb_is_refused),
          UNIT(the_worst_article_takes_its_time_but_ends), UNIT(random_pieces_do_no_harm),
          UNIT(random_files_load))
