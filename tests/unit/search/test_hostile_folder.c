/* A folder nobody means well with: it loads with messages, its good article is found, and
 * nothing takes for ever. */
#include "../content/content.h"
#include "base/clock.h"
#include "shelf.h"

enum { MIB = 1024 * 1024, SLOW_MS = 120000 };

static str repeat(struct arena *a, const char *head, const char *part, size_t n)
{
    struct buf b = buf_new(a, 2 * MIB);
    buf_put(&b, str_c(head));
    while (b.n + strlen(part) <= n)
        buf_put(&b, str_c(part));
    return buf_str(&b);
}

static const struct {
    const char *path, *head, *part;
    size_t n;
} floods[] = {
    {"knowledge/nl/quotes.md", "# Q\n", "> ", MIB - 10},
    {"knowledge/nl/lists.md", "# L\n", "- ", MIB / 8},
    {"knowledge/nl/brackets.md", "# B\n", "[", MIB - 10},
    {"knowledge/nl/stars.md", "# S\n", "*a **b ", MIB / 4},
    {"knowledge/nl/line.md", "# Een regel\n", "woord en nog een ", MIB - 20},
    {"knowledge/nl/word.md", "# Een woord\n", "woord", MIB - 20},
    {"knowledge/nl/table.md", "# T\n| a | b |\n| - | - |\n", "| c | d |\n", MIB - 20},
    {"knowledge/nl/headings.md", "", "# kop\n", MIB / 8},
    {"knowledge/nl/divs.html", "<h1>D</h1>", "<div>", MIB - 20},
    {"knowledge/nl/attributes.html", "<h1>A</h1><p ", "a=b ", MIB - 20},
    {"knowledge/nl/open.html", "<h1>O</h1>", "<b><i><p>", MIB / 4},
    {"knowledge/nl/cells.html", "<h1>C</h1><table><tr>", "<td colspan=999 rowspan=999>x",
     MIB / 4},
    {"knowledge/nl/tabs.txt", "Tabs\n\n", "a\tb\t", MIB - 20},
    {"knowledge/nl/rows.csv", "vraag,antwoord\n", "\"", MIB / 4},
    {"knowledge/nl/columns.csv", "vraag,antwoord", ",x", MIB / 4},
    {"knowledge/nl/front.md", "---\n", "also: x\n", MIB / 4},
    {"knowledge/nl/yaml.md", "---\n- ", "- ", MIB / 16},
    {"knowledge/nl/big.md", "# B\n", "x y z\n", MIB + 100},
};

static const struct {
    const char *path;
    str bytes;
} files[] = {
    {"knowledge/nl/utf8.md", STR_INIT("# K\n\nver\xff\xfelof en \xc0\xaf meer\n")},
    {"knowledge/nl/utf16.md", STR_INIT("\xff\xfe#\0 \0K\0")},
    {"knowledge/nl/nul.md", STR_INIT("# K\n\nx\0y\n")},
    {"knowledge/nl/bomb.md",
     STR_INIT("---\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n"
              "c: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\n"
              "title: [*d,*d,*d,*d]\n---\n# Bom\n\ny\n")},
    {"knowledge/nl/open.md", STR_INIT("---\naudience: country=NL\n# Niet gesloten\n")},
    {"knowledge/nl/empty.md", STR_INIT("")},
    {"knowledge/nl/empty.html", STR_INIT("")},
    {"knowledge/nl/charset.html", STR_INIT("<meta charset=koi8-r><p>\xd0\xd1")},
    {"knowledge/nl/goed.md",
     STR_INIT(
         "# Wasmachineregeling\n\nDe wasmachineregeling geeft je zestig muntjes.\n")},
};

static void put_all(struct folder *f)
{
    struct arena *a = arena_new();
    for (size_t i = 0; i < LEN(floods); i++) {
        str text = repeat(a, floods[i].head, floods[i].part, floods[i].n);
        folder_put_bytes(f, floods[i].path, text);
        arena_reset(a);
    }
    for (size_t i = 0; i < LEN(files); i++)
        folder_put_bytes(f, files[i].path, files[i].bytes);
    arena_free(a);
}

static const char *const messages[] = {
    "knowledge/nl/big.md: error: the file is larger than 1024 KiB\n",
    "knowledge/nl/utf8.md:3:4: error: this is not UTF-8; save the file as UTF-8\n",
    "knowledge/nl/utf16.md:1:1: error: this is UTF-16; save the file as UTF-8\n",
    "knowledge/nl/nul.md:3:2: error: this is not UTF-8",
    "knowledge/nl/bomb.md:2:18: warning: front matter that is not YAML",
    "knowledge/nl/open.md:1:1: error: the front matter that begins here is never closed",
    "knowledge/nl/divs.html:1:1: error: this page has more than 500 tags in tags",
    "knowledge/nl/attributes.html:1:1: error: this page has more than 500 tags in tags",
    "knowledge/nl/charset.html:1:1: error: the charset `koi8-r` is not known",
    "knowledge/nl/rows.csv:2:1: error: a quoted field that starts here does not end",
    "knowledge/nl/empty.md:1:1: warning: this article has no text",
};

static void a_hostile_folder_loads_with_messages(void **arena)
{
    struct folder f = folder_new(*arena);
    struct search_result r;
    struct search *s;
    put_all(&f);
    int64_t start = clock_mono_ms();
    folder_load(&f);
    str told = folder_diags(&f);
    for (size_t i = 0; i < LEN(messages); i++)
        if (!str_has(told, str_c(messages[i])))
            fail_msg("not told: %s in\n%.*s", messages[i], STR_ARG(told));
    search_build(f.c, NULL, NULL, &s);
    struct search_query q =
        shelf_query(*arena, LANG_NL, "hoeveel muntjes geeft de wasmachineregeling");
    search_find(s, &q, &r);
    assert_true(r.n > 0);
    CHECK_STR(f.c->articles.v[r.v[0].article].path, "nl/goed.md",
              "the good one is found");
    for (size_t i = 0; i < f.c->sections.n; i += 97) {
        struct passage p = search_passage(s, *arena, &q, (int)i, 300);
        CHECK(str_is_utf8(p.text), "text");
    }
    int64_t took = clock_mono_ms() - start;
    if (took > SLOW_MS)
        fail_msg("it took %lld ms", (long long)took);
    search_free(s);
    folder_done(&f);
}

UNIT_MAIN(UNIT(a_hostile_folder_loads_with_messages))
