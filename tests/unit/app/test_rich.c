#include "app/rich.h"
#include "base/buf.h"
#include "unit.h"

/* A compact way of writing what was read: P paragraph, H heading, I item (depth,
 * number), C code, T table (columns); marks * _ ` ~ and [link]. */
static str shown(struct arena *a, const struct rich *r);

static void put_line(struct buf *b, const struct rich_line *l)
{
    for (size_t i = 0; i < l->spans.n; i++) {
        const struct rich_span *s = &l->spans.v[i];
        const char *marks[] = {s->strong ? "*" : "", s->em ? "_" : "", s->code ? "`" : "",
                               s->strike ? "~" : ""};
        for (size_t k = 0; k < LEN(marks); k++)
            buf_put(b, str_c(marks[k]));
        buf_put(b, s->text);
        if (s->link.n > 0)
            buf_fmt(b, "[%.*s]", STR_ARG(s->link));
        for (size_t k = LEN(marks); k-- > 0;)
            buf_put(b, str_c(marks[k]));
    }
}

static str shown(struct arena *a, const struct rich *r)
{
    struct buf b = buf_new(a, 8192);
    for (size_t i = 0; i < r->blocks.n; i++) {
        const struct rich_block *k = &r->blocks.v[i];
        buf_fmt(&b, "%s%s%c", i ? "|" : "", k->quote ? ">" : "", "PHICT"[k->kind]);
        if (k->kind == RICH_ITEM)
            buf_fmt(&b, "%d,%d", k->depth, k->number);
        if (k->kind == RICH_TABLE)
            buf_fmt(&b, "%zu%s", k->columns, k->header ? "h" : "");
        buf_char(&b, ':');
        put_line(&b, &k->line);
        for (size_t c = 0; c < k->cells.n; c++) {
            put_line(&b, &k->cells.v[c]);
            buf_char(&b, ';');
        }
    }
    return buf_str(&b);
}

static const struct {
    const char *why, *html, *want;
} cases[] = {
    {"nothing", "", ""},
    {"a paragraph", "<p>Hallo</p>", "P:Hallo"},
    {"marks", "<p>a <strong>b</strong> <em>c</em> <code>d</code> <del>e</del></p>",
     "P:a *b* _c_ `d` ~e~"},
    {"marks in marks", "<p><strong>a <em>b</em></strong></p>", "P:*a **_b_*"},
    {"a link, entities decoded once",
     "<p><a href=\"https://x/?a=1&amp;b\">y &amp;lt;</a></p>",
     "P:y &lt;[https://x/?a=1&b]"},
    {"a break", "<p>a<br>b<br />\nc</p>", "P:a\nb\n c"},
    {"line ends are blanks", "<p>a\nb</p>\n<p>c</p>\n", "P:a b|P:c"},
    {"headings", "<h2>Kop</h2>\n<p>t</p>", "H:Kop|P:t"},
    {"a list", "<ul>\n<li>a</li>\n<li>b <strong>c</strong></li>\n</ul>",
     "I0,0:a|I0,0:b *c*"},
    {"a loose list", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>",
     "I0,0:a|I0,0:b"},
    {"numbers, and a list inside",
     "<ol>\n<li>a\n<ul>\n<li>x</li>\n</ul>\n</li>\n<li>b</li>\n</ol>",
     "I0,1:a |I1,0:x|I0,2:b"},
    {"a quotation", "<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>", ">P:a|P:b"},
    {"code keeps its lines", "<pre><code>a  b\n c &lt;\n</code></pre>", "C:a  b\n c <\n"},
    {"a table",
     "<table>\n<thead>\n<tr>\n<th>A</th>\n<th>B</th>\n</tr>\n</thead>\n<tbody>\n"
     "<tr>\n<td>1</td>\n<td><strong>2</strong></td>\n</tr>\n<tr>\n<td>3</td>\n</tr>\n"
     "</tbody>\n</table>\n<p>z</p>",
     "T2h:A;B;1;*2*;3;;|P:z"},
    {"text without elements", "a &amp; b", "P:a & b"},
    {"entities", "<p>&quot;&#39;&#233;&nbsp;&zz;</p>", "P:\"'é &zz;"},
    {"comments and elements we do not know", "<p>a<!-- raw -->b<x y=\"z\">c</x></p>",
     "P:abc"},
    {"what never ends", "<p>a<strong", "P:a"},
    {"ends without beginnings", "</p></ul></table></td></blockquote>a", "P:a"},
};

static void html_is_read_as_blocks(void **arena)
{
    for (size_t i = 0; i < LEN(cases); i++) {
        struct rich r;
        rich_read(*arena, str_c(cases[i].html), &r);
        CHECK_STR(shown(*arena, &r), cases[i].want, cases[i].why);
    }
}

static void plain_text_is_paragraphs_and_items(void **arena)
{
    static const struct {
        const char *text, *want;
    } plain[] = {
        {"", ""},
        {"a\nb\n\nc", "P:a\nb|P:c"},
        {"Hoi\n\n- **Wie?** Ik.\n- jij", "P:Hoi|I0,0:*Wie?* Ik.|I0,0:jij"},
        {"<b>&amp;", "P:<b>&amp;"},
        {"a **b", "P:a *b*"},
    };
    for (size_t i = 0; i < LEN(plain); i++) {
        struct rich r;
        rich_read_plain(*arena, str_c(plain[i].text), &r);
        CHECK_STR(shown(*arena, &r), plain[i].want, plain[i].text);
    }
}

UNIT_MAIN(UNIT(html_is_read_as_blocks), UNIT(plain_text_is_paragraphs_and_items))
