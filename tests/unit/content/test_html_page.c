#include "content/html_page.h"

#include "../unit.h"
#include "base/clock.h"

static str page(struct arena *a, str html, enum rc want)
{
    struct diags d = diags_new(a);
    struct sheet s;
    CHECK_RC(html_page(a, STR("f.html"), html, &d, &s), want);
    CHECK_INT(d.errors, want != RC_OK, "an error is told");
    return buf_str(&s.out);
}

static const struct {
    const char *why, *html, *markdown;
} pages[] = {
    {"a heading and a paragraph", "<h1>Verlof</h1><p>Je krijgt\n  25 dagen.</p>",
     "# Verlof\n\nJe krijgt 25 dagen.\n\n"},
    {"what is left open is closed", "<p>een<p>twee", "een\n\ntwee\n\n"},
    {"marks stand at the words", "<p>dit is<b> vet </b>en <i>schuin</i></p>",
     "dit is **vet** en *schuin*\n\n"},
    {"signs of Markdown are text", "<p># geen kop, *geen* lijst [x] a_b &lt;c&gt;",
     "\\# geen kop, \\*geen\\* lijst \\[x\\] a_b \\<c\\>\n\n"},
    {"a number at the beginning is no list", "<p>1. januari", "1\\. januari\n\n"},
    {"links stay where they are safe",
     "<p><a href='https://x.nl/a'>hier</a> <a href='javascript:x'>daar</a>",
     "[hier](<https://x.nl/a>) daar\n\n"},
    {"lists in lists", "<ul><li>een<ul><li>binnen</ul><li>twee</ul><ol><li>a<li>b</ol>",
     "-  een\n   -  binnen\n\n-  twee\n\n1. a\n\n2. b\n\n"},
    {"a table becomes a table",
     "<table><tr><th>jaren<th>maanden<tr><td>5|6<td>1<br>2</table>",
     "| jaren | maanden |\n| --- | --- |\n| 5\\|6 | 1 2 |\n\n"},
    {"a cell that spans rows stands in each",
     "<table><tr><td>a<td>b<tr><td rowspan=2>c<td>d<tr><td>e</table>",
     "| a | b |\n| --- | --- |\n| c | d |\n| c | e |\n\n"},
    {"a row of figures is no heading", "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
     "|  |  |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n\n"},
    {"a table that lays out is text", "<table><tr><td><h2>K</h2><p>x</table>",
     "## K\n\nx\n\n"},
    {"menus, scripts and buttons are left out",
     "<nav>menu</nav><script>x</script><button>Klik</button><p>tekst<footer>c</footer>",
     "tekst\n\n"},
    {"of a page with a main part only that", "<p>buiten<main><p>binnen</main>",
     "binnen\n\n"},
    {"a header without a title is a menu",
     "<header><p>Home</header><header><h1>T</h1></header><p>x", "# T\n\nx\n\n"},
    {"what folds open is a section",
     "<h1>T</h1><details><summary>V?</summary>a</details>", "# T\n\n## V?\n\na\n\n"},
    {"the page's own words are front matter",
     "<html lang=nl><title>T \"x\"</title><meta name=owner content=hr><p>x",
     "---\nlanguage: \"nl\"\ntitle: \"T \\\"x\\\"\"\nowner: \"hr\"\n---\n\nx\n\n"},
    {"windows-1252 is the fallback", "<p>caf\xe9 \x80 5", "café € 5\n\n"},
    {"nothing", "", ""},
};

static void pages_become_what_is_read_of_them(void **arena)
{
    for (size_t i = 0; i < LEN(pages); i++)
        CHECK_STR(page(*arena, str_c(pages[i].html), RC_OK), pages[i].markdown,
                  pages[i].why);
}

static void lines_are_those_of_the_page(void **arena)
{
    struct diags d = diags_new(*arena);
    struct sheet s;
    CHECK_RC(html_page(*arena, STR("f"), STR("<h1>A</h1>\n\n<p>b</p>\n<p>c</p>"), &d, &s),
             RC_OK);
    CHECK_STR(buf_str(&s.out), "# A\n\nb\n\nc\n\n", "as before");
    CHECK_INT(sheet_source_line(&s, 1), 1, "A");
    CHECK_INT(sheet_source_line(&s, 3), 3, "b");
    CHECK_INT(sheet_source_line(&s, 5), 4, "c");
}

static void what_nobody_can_read_is_told(void **arena)
{
    page(*arena, STR("<meta charset=utf-8><p>\xff"), RC_INVALID);
    page(*arena, STR("<meta charset=shift_jis><p>\x83\x41"), RC_INVALID);
    page(*arena, (str){"\xff\xfe<\0", 4}, RC_INVALID);
}

static str repeat(struct arena *a, const char *part, size_t n)
{
    struct buf b = buf_new(a, 1 << 21);
    while (b.n + strlen(part) <= n)
        buf_put(&b, str_c(part));
    return buf_str(&b);
}

static const char *const floods[] = {
    "<div>",    "<b>",        "<p>",    "<td>",    "<li>",
    "<a b ",    "<a b=c ",    "</x>",   "<!--",    "<table><tr><td>",
    "<ul><li>", "&",          "&#9",    "<",       "<a href=\"",
    "<select>", "<i><b></i>", "<h1>",   "<font>x", "<form><form>",
    "<table>",  "</p>",       "<span/",
};

static void floods_end(void **arena)
{
    enum { MIB = 1024 * 1024, SLOW_MS = 20000 };
    for (size_t i = 0; i < LEN(floods); i++) {
        str all = repeat(*arena, floods[i], MIB);
        str closed = arena_join(*arena, repeat(*arena, floods[i], 2000),
                                repeat(*arena, "</x>", MIB / 2));
        const str texts[] = {all, closed};
        for (size_t k = 0; k < LEN(texts); k++) {
            struct diags d = diags_new(*arena);
            struct sheet s;
            int64_t start = clock_mono_ms();
            enum rc rc = html_page(*arena, STR("f"), texts[k], &d, &s);
            int64_t took = clock_mono_ms() - start;
            CHECK_INT(rc != RC_OK, d.errors > 0, floods[i]);
            if (took > SLOW_MS)
                fail_msg("%s: %lld ms", floods[i], (long long)took);
        }
        arena_reset(*arena);
    }
}

UNIT_MAIN(UNIT(pages_become_what_is_read_of_them), UNIT(lines_are_those_of_the_page),
          UNIT(what_nobody_can_read_is_told), UNIT(floods_end))
