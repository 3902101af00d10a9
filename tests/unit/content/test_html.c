#include "content/html.h"

#include "content.h"

static const struct {
    const char *in, *want;
} texts[] = {
    {"<p>a</p><p>b</p>", "a\nb"},
    {"a<br/>b", "a\nb"},
    {"<b>a</b> <i>b</i>", "a b"},
    {"<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", "a\tb\nc"},
    {"a\n  b", "a b"},
    {"<script>if (a < b) x('</p>')</script>c", "c"},
    {"<STYLE>p {}</STYLE>c", "c"},
    {"a<!-- b > c -->d", "ad"},
    {"<!-- open", ""},
    {"<script>open", ""},
    {"<div open", ""},
    {"1 < 2 && 3 > 2", "1 < 2 && 3 > 2"},
    {"&amp;&lt;&#233;&#xE9;&euro;&nbsp;x&nope;&", "&<éé€ x&nope;&"},
    {"&#0;&#xD800;&#99999999;x", "x"},
    {"<a href='x>y'>z</a>", "y'>z"},
    {"<ul><li>a<li>b</ul>", "a\nb"},
    {"", ""},
};

static void the_text_of_html_is_found(void **arena)
{
    for (size_t i = 0; i < LEN(texts); i++)
        CHECK_STR(html_text(*arena, str_c(texts[i].in)), texts[i].want, texts[i].in);
}

static void breaks_are_known(void **arena)
{
    (void)arena;
    CHECK(html_is_break(STR("<br>")) && html_is_break(STR("<BR />")), "breaks");
    CHECK(!html_is_break(STR("<b>")) && !html_is_break(STR("")), "no breaks");
}

UNIT_MAIN(UNIT(the_text_of_html_is_found), UNIT(breaks_are_known))
