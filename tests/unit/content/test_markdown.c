#include "content/markdown.h"

#include "content.h"

static struct markdown_part whole(struct arena *a, const char *text)
{
    struct markdown m;
    markdown_read(a, str_c(text), false, &m);
    CHECK_INT(m.parts.n, 1, "one part");
    return m.parts.v[0];
}

static const struct {
    const char *in, *text, *html;
} texts[] = {
    {"one *two*\nthree", "one two three", "<p>one <em>two</em>\nthree</p>"},
    {"a  \nb", "a\nb", "<p>a<br />\nb</p>"},
    {"a\n\nb", "a\nb", "<p>a</p>\n<p>b</p>"},
    {"- a\n- b\n  - c", "- a\n- b\n- c",
     "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>"},
    {"3. a\n4. b", "3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"},
    {"`x` ~~y~~", "x y", "<p><code>x</code> <del>y</del></p>"},
    {"```\nx\n  y\n```", "x\n  y", "<pre><code>x\n  y\n</code></pre>"},
    {"| a | b |\n| - | - |\n| c | d |", "a\tb\nc\td",
     "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
     "<td>c</td>\n<td>d</td>\n</tr>\n</tbody>\n</table>"},
    {"{leave.left} en **{person.first_name}** {a_b_c}",
     "{leave.left} en {person.first_name} {a_b_c}",
     "<p>{leave.left} en <strong>{person.first_name}</strong> {a_b_c}</p>"},
    {"[ ] x", "[ ] x", "<p>[ ] x</p>"},
    {"a <b>c</b><br>d <!-- e --> f", "a c\nd  f", "<p>a c<br />\nd  f</p>"},
    {"<div>\n<p>Hoi &eacute;&amp;\n<script>x()</script>dag</p></div>", "Hoi é& dag",
     "<p>Hoi é&amp; dag</p>"},
    {"<table><tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>&lt;2</td></tr></table>",
     "a\tb\n1\t<2", "<p>a\tb<br />\n1\t&lt;2</p>"},
    {"<script>\nalert(1)\n</script>\nx", "x", "<p>x</p>"},
    {"<style>\n\np { }\n</style>\n\nx", "x", "<p>x</p>"},
    {"![alt](http://x/y.png) z", "alt z", "<p>alt z</p>"},
    {"a & b < c", "a & b < c", "<p>a &amp; b &lt; c</p>"},
    {"", "", ""},
};

static void text_and_html_are_made(void **arena)
{
    for (size_t i = 0; i < LEN(texts); i++) {
        struct markdown_part p = whole(*arena, texts[i].in);
        CHECK_STR(p.text, texts[i].text, texts[i].in);
        CHECK_STR(p.html, texts[i].html, texts[i].in);
    }
}

/* Each is a link or image that must not reach a browser as one. */
static const char *const tricks[] = {
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://x/y)",
    "[x](//evil.example/x)",
    "[x](/\\evil.example/x)",
    "[x](\\\\evil.example/x)",
    "[x](ms-word:ofe|u|http://x)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](https://evil.example/track.gif)",
    "[![x](https://evil.example/track.gif)](javascript:alert(1))",
    "<a href=\"javascript:alert(1)\" onclick=\"x\">x</a>",
    "<img src=x onerror=alert(1)>x",
    "<svg onload=alert(1)>\n\nx",
    "<iframe src=\"https://evil.example\"></iframe>\n\nx",
};

static void dangerous_links_do_not_get_out(void **arena)
{
    static const char *const bad[] = {"href",    "src=",    "<img",   "<svg",   "<a ",
                                      "<iframe", "onclick", "onload", "onerror"};
    for (size_t i = 0; i < LEN(tricks); i++) {
        struct markdown_part p = whole(*arena, tricks[i]);
        for (size_t k = 0; k < LEN(bad); k++)
            CHECK(!str_has(p.html, str_c(bad[k])), tricks[i]);
        CHECK(p.text.n > 0, tricks[i]);
    }
}

static const struct {
    const char *url;
    bool safe;
} urls[] = {
    {"https://x.nl/a?b#c", true},
    {"http://x.nl", true},
    {"mailto:a@b.nl", true},
    {"tel:+31501234567", true},
    {"HTTPS://x", true},
    {"a/b.pdf", true},
    {"/a/b", true},
    {"?q=a:b", true},
    {"#x:y", true},
    {"a b", false},
    {"ftp://x", false},
    {"", false},
    {" javascript:x", false},
    {"javascript:x", false},
    {"x\tjavascript:", false},
    {"xmpp:a@b", false},
};

static void only_known_addresses_are_safe(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(urls); i++)
        CHECK_INT(markdown_link_is_safe(str_c(urls[i].url)), urls[i].safe, urls[i].url);
}

static void links_are_noted_with_their_place(void **arena)
{
    struct markdown m;
    markdown_read(*arena, STR("# a\n\nx [y](b.md#c) z\n\n- [q](https://w)\n"), true, &m);
    CHECK_INT(m.links.n, 2, "two links");
    CHECK_STR(m.links.v[0].url, "b.md#c", "as written");
    CHECK_INT(m.links.v[0].line, 3, "its line");
    CHECK_INT(m.links.v[0].column, 3, "its column");
    CHECK_INT(m.links.v[1].line, 5, "in a list");
    CHECK_STR(m.parts.v[0].html,
              "<p>x y z</p>\n<ul>\n<li><a href=\"https://w\">q</a></li>\n</ul>",
              "what leads inside becomes text");
}

static void articles_are_cut_at_their_own_headings(void **arena)
{
    static const char text[] = "intro\n\n# One\n\na\n> # quoted\n\n```\n# code\n```\n\n"
                               "Two\n---\n\nb [r]\n\n### Three *x*\n\n[r]: https://x\n";
    struct markdown m;
    markdown_read(*arena, str_c(text), true, &m);
    CHECK_INT(m.parts.n, 4, "intro and three headings");
    CHECK_INT(m.parts.v[0].level, 0, "before the first heading");
    CHECK_STR(m.parts.v[0].text, "intro", "its text");
    CHECK_STR(m.parts.v[1].heading, "One", "heading");
    CHECK_STR(m.parts.v[1].text, "a\nquoted\n# code", "quotes and code do not cut");
    CHECK_INT(m.parts.v[1].line, 3, "line of the heading");
    CHECK_INT(m.parts.v[2].level, 2, "underlined");
    CHECK_INT(m.parts.v[2].first, 14, "text goes on below the line");
    CHECK_STR(m.parts.v[2].html, "<p>b <a href=\"https://x\">r</a></p>",
              "references keep working");
    CHECK_STR(m.parts.v[3].heading, "Three x", "plain");
    CHECK_STR(m.parts.v[3].text, "", "empty");
}

static void nothing_before_the_first_heading_is_no_part(void **arena)
{
    struct markdown m;
    markdown_read(*arena, STR("# One\na\n"), true, &m);
    CHECK_INT(m.parts.n, 1, "only the heading's");
    markdown_read(*arena, STR(""), true, &m);
    CHECK_INT(m.parts.n, 1, "an empty text has one empty part");
}

UNIT_MAIN(UNIT(text_and_html_are_made), UNIT(dangerous_links_do_not_get_out),
          UNIT(only_known_addresses_are_safe), UNIT(links_are_noted_with_their_place),
          UNIT(articles_are_cut_at_their_own_headings),
          UNIT(nothing_before_the_first_heading_is_no_part))
