#include "rest/plain.h"
#include "unit.h"

static const struct {
    const char *why, *html, *want;
} texts[] = {
    {"nothing", "", ""},
    {"plain text stays as it is", " a < b && c > d\n\n  <3 ", " a < b && c > d\n\n  <3 "},
    {"an address in brackets is no tag", "Jan <jan@example.org> &amp;",
     "Jan <jan@example.org> &amp;"},
    {"paragraphs", "<p>Dag Jan,</p><p>Het is <b>geregeld</b>.</p>",
     "Dag Jan,\nHet is geregeld."},
    {"lines", "a<br>b<br/>c<BR />d", "a\nb\nc\nd"},
    {"an empty line", "a<br><br>b", "a\n\nb"},
    {"blanks are one", "<div>a \n\t b</div>  <div> c</div>", "a b\nc"},
    {"lists", "<ul><li>een</li><li>twee</li></ul>", "- een\n- twee"},
    {"references", "<b>a &amp; b &lt;c&gt; &#39;d&#x27; &euro;&nbsp;5 caf&eacute;</b>",
     "a & b <c> 'd' \xe2\x82\xac 5 caf\xc3\xa9"},
    {"an unknown reference stays", "<b>&foo; &; & &amp</b>", "&foo; &; & &amp"},
    {"a reference to nothing", "<b>&#0;&#xD800;&#99999999;</b>",
     "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"a reference to a control character", "<b>a&#7;b</b>", "a b"},
    {"beyond the first plane", "<b>&#128512;</b>", "\xf0\x9f\x98\x80"},
    {"not read twice", "<b>&amp;lt;script&amp;gt;</b>", "&lt;script&gt;"},
    {"scripts and styles go", "<style>p{}</style>a<script>x<b>y</script>b", "ab"},
    {"a script without an end", "a<script>x", "a"},
    {"comments go", "<p>a<!-- x <b> -->b</p>", "ab"},
    {"a comment without an end", "<p>a<!-- b", "a"},
    {"a tag without an end", "<p>a <b", "a <b"},
    {"attributes go", "<a href=\"https://x/?a=1&b=2\">hier</a>", "hier"},
    {"unknown tags go where others are", "<p><o:p>a</o:p></p>", "a"},
};

static void html_becomes_text(void **arena)
{
    for (size_t i = 0; i < LEN(texts); i++)
        CHECK_STR(plain(*arena, str_c(texts[i].html)), texts[i].want, texts[i].why);
}

/* Time is not what a reply decides: 1 MiB of anything is done at once. */
static void hostile_html_is_read_in_one_go(void **arena)
{
    static const char *const pieces[] = {"<",        "<p",   "<p>", "</",   "<!--",
                                         "<script>", "&",    "&#",  "<p <", "<li>",
                                         "&#x41;",   "<br>", "a",   "<x>"};
    enum { SIZE = 1024 * 1024 };
    char *big = arena_alloc(*arena, SIZE + 16);
    for (size_t i = 0; i < LEN(pieces); i++) {
        struct arena *a = arena_new();
        size_t n = 3, piece = strlen(pieces[i]);
        memcpy(big, "<p>", 3);
        for (; n + piece <= SIZE; n += piece)
            memcpy(big + n, pieces[i], piece);
        str out = plain(a, (str){big, n});
        CHECK(str_is_utf8(out) && out.n <= 2 * n, pieces[i]);
        arena_free(a);
    }
}

UNIT_MAIN(UNIT(html_becomes_text), UNIT(hostile_html_is_read_in_one_go))
