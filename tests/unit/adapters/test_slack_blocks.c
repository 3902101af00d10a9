#include "adapters/slack/blocks.h"
#include "adapters/slack/mrkdwn.h"
#include "unit.h"

static const struct {
    const char *why, *html, *want;
} marks[] = {
    {"bold, italic, strike, code",
     "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>",
     "*a* _b_ ~c~ `d`"},
    {"entities stay harmless", "<p>&lt;!channel&gt; &amp;amp;</p>",
     "&lt;!channel&gt; &amp;amp;"},
    {"a link", "<p><a href=\"https://x/?a|b&gt;\">y</a></p>", "<https://x/?a%7Cb%3E|y>"},
    {"a link elsewhere is its text", "<p><a href=\"/intern\">y</a></p>", "y"},
    {"marks stand at the edge of words", "<p>x<strong> a </strong>y</p>", "x *a* y"},
    {"or get an edge", "<p>x<strong>a</strong>y</p>", "x\xe2\x80\x8b*a*\xe2\x80\x8by"},
    {"a narrow table",
     "<table><thead><tr><th>Soort</th><th>Uren</th></tr></thead><tbody><tr><td>Vé</td>"
     "<td>8</td></tr></tbody></table>",
     "```\nSoort  Uren\nVé     8\n```"},
    {"a wide table becomes lines",
     "<table><thead><tr><th>Soort</th><th>Wat het is en waar het voor dient, in gewone "
     "woorden</th><th>Uren</th></tr></thead><tbody><tr><td>A</td><td>iets langs</td>"
     "<td>8</td></tr></tbody></table>",
     "• *A* – Wat het is en waar het voor dient, in gewone woorden: iets langs; Uren: 8"},
};

static void html_becomes_mrkdwn(void **arena)
{
    for (size_t i = 0; i < LEN(marks); i++) {
        struct rich r;
        rich_read(*arena, str_c(marks[i].html), &r);
        CHECK_INT(r.blocks.n, 1, marks[i].why);
        CHECK_STR(mrkdwn_block(*arena, &r.blocks.v[0]), marks[i].want, marks[i].why);
    }
}

static json_t *frame_of(struct arena *a, size_t paragraphs, size_t words)
{
    struct buf b = buf_new(a, 4 << 20);
    for (size_t p = 0; p < paragraphs; p++) {
        buf_put(&b, STR("<p>"));
        for (size_t w = 0; w < words; w++)
            buf_fmt(&b, "%sreë%zu&amp;", w ? " " : "", p);
        buf_put(&b, STR("</p>"));
    }
    return json_pack("{s:s, s:s, s:i, s:[{s:s, s:s}], s:[{s:s, s:s}]}", "type", "answer",
                     "html", buf_str(&b).p, "turn", 3, "sources", "title", "Verlof",
                     "heading", "Verlof", "choices", "id", "c1", "label",
                     "Een knop met een heel lang opschrift dat niet past, want Slack "
                     "neemt er vijfenzeventig");
}

static size_t count(const json_t *blocks, const char *type, size_t *longest)
{
    size_t n = 0, i;
    json_t *b;
    json_array_foreach(blocks, i, b)
    {
        if (strcmp(json_string_value(json_object_get(b, "type")), type) != 0)
            continue;
        const json_t *text = json_object_get(json_object_get(b, "text"), "text");
        *longest = MAX(*longest, json_string_length(text));
        n++;
    }
    return n;
}

static void long_answers_are_split_and_stay_within_the_limits(void **arena)
{
    static const struct {
        size_t paragraphs, words;
    } sizes[] = {{1, 3}, {3, 150}, {40, 60}, {1, 5000}, {200, 40}};
    for (size_t k = 0; k < LEN(sizes); k++) {
        json_t *frame = frame_of(*arena, sizes[k].paragraphs, sizes[k].words);
        struct posts p;
        size_t words = 0;
        CHECK(frame, "the test's own frame");
        blocks_write(*arena, frame, STR("D1"), STR_NONE, STR("KEY"), &p);
        CHECK(p.n >= 1 && p.n <= BLOCKS_POSTS_MAX, "posts");
        for (size_t i = 0; i < p.n; i++) {
            json_t *o =
                json_loadb(p.bodies[i].p, p.bodies[i].n, JSON_REJECT_DUPLICATES, NULL);
            CHECK(o, "JSON, so no character was cut in two");
            const json_t *blocks = json_object_get(o, "blocks");
            size_t longest = 0, sections = count(blocks, "section", &longest);
            CHECK(longest <= 3000 && sections <= BLOCKS_SECTIONS_MAX, "limits");
            CHECK_INT(count(blocks, "actions", &longest), i + 1 == p.n ? 2 : 0,
                      "buttons with the last one");
            str text = str_c(json_string_value(json_object_get(o, "text")));
            for (ptrdiff_t at; (at = str_find(text, STR("reë"))) >= 0; words++)
                text = str_sub(text, (size_t)at + 3, text.n);
            json_decref(o);
        }
        CHECK_INT(words, sizes[k].paragraphs * sizes[k].words, "nothing was lost");
        json_decref(frame);
    }
}

UNIT_MAIN(UNIT(html_becomes_mrkdwn),
          UNIT(long_answers_are_split_and_stay_within_the_limits))
