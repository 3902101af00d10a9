#include "adapters/teams/card.h"

#include "app/rich.h"
#include "base/buf.h"
#include "base/json_text.h"
#include "base/str.h"

enum { BODY_MAX = 256 * 1024, ROW_ACTIONS = 5, SUMMARY_MAX = 200 };

static void put_comma(struct buf *b)
{
    char last = b->n ? b->p[b->n - 1] : '[';
    if (last != '[' && last != '{')
        buf_char(b, ',');
}

static bool is_link(str url)
{
    return str_starts(url, STR("https://")) || str_starts(url, STR("http://")) ||
        str_starts(url, STR("mailto:")) || str_starts(url, STR("tel:"));
}

/* --- text --- */

static void put_run(struct buf *b, const struct rich_span *s, bool strong, bool subtle)
{
    put_comma(b);
    buf_put(b, STR("{\"type\":\"TextRun\""));
    buf_json_member(b, "text", s->text);
    if (s->strong || strong)
        buf_put(b, STR(",\"weight\":\"Bolder\""));
    if (s->em)
        buf_put(b, STR(",\"italic\":true"));
    if (s->strike)
        buf_put(b, STR(",\"strikethrough\":true"));
    if (s->code)
        buf_put(b, STR(",\"fontType\":\"Monospace\""));
    if (subtle)
        buf_put(b, STR(",\"isSubtle\":true,\"size\":\"Small\""));
    if (is_link(s->link)) {
        buf_put(b,
                STR(",\"underline\":true,\"selectAction\":{\"type\":"
                    "\"Action.OpenUrl\""));
        buf_json_member(b, "url", s->link);
        buf_char(b, '}');
    }
    buf_char(b, '}');
}

static void put_prefix(struct buf *b, const struct rich_block *block)
{
    struct buf p = buf_new(b->arena, 256);
    if (block->quote)
        buf_put(&p, STR("❝ "));
    if (block->kind == RICH_ITEM) {
        for (int i = 0; i < block->depth; i++)
            buf_put(&p, STR("\u2003"));
        if (block->number)
            buf_fmt(&p, "%d. ", block->number);
        else
            buf_put(&p, STR("• "));
    }
    struct rich_span s = {.text = buf_str(&p)};
    if (s.text.n > 0)
        put_run(b, &s, false, false);
}

static void put_line(struct buf *b, const struct rich_line *l, bool strong)
{
    for (size_t i = 0; i < l->spans.n; i++)
        put_run(b, &l->spans.v[i], strong, false);
}

static void put_rich(struct buf *b, const struct rich_block *block, bool follows)
{
    put_comma(b);
    buf_put(b, STR("{\"type\":\"RichTextBlock\""));
    if (follows && block->kind == RICH_ITEM)
        buf_put(b, STR(",\"spacing\":\"Small\""));
    buf_put(b, STR(",\"inlines\":["));
    put_prefix(b, block);
    if (block->kind == RICH_CODE) {
        struct rich_span s = {.text = rich_line_text(b->arena, &block->line),
                              .code = true};
        put_run(b, &s, false, false);
    } else {
        put_line(b, &block->line, block->kind == RICH_HEADING);
    }
    buf_put(b, STR("]}"));
}

static void put_table(struct buf *b, const struct rich_block *t)
{
    struct buf rows = buf_new(b->arena, BODY_MAX);
    if (t->columns == 0)
        return;
    put_comma(b);
    buf_fmt(b, "{\"type\":\"Table\",\"firstRowAsHeader\":%s,\"columns\":[",
            t->header ? "true" : "false");
    for (size_t c = 0; c < t->columns; c++)
        buf_put(b, c ? STR(",{\"width\":1}") : STR("{\"width\":1}"));
    buf_put(b, STR("],\"rows\":["));
    for (size_t i = 0; i < t->cells.n; i++) {
        size_t c = i % t->columns;
        if (c == 0)
            buf_put(b,
                    i ? STR("]},{\"type\":\"TableRow\",\"cells\":[")
                      : STR("{\"type\":\"TableRow\",\"cells\":["));
        put_comma(b);
        buf_put(b,
                STR("{\"type\":\"TableCell\",\"items\":[{\"type\":\"RichTextBlock\","
                    "\"inlines\":["));
        put_line(b, &t->cells.v[i], t->header && i < t->columns);
        buf_put(b, STR("]}]}"));
        buf_put(&rows, c ? STR(" | ") : i ? STR("\n") : STR_NONE);
        buf_put(&rows, rich_line_text(b->arena, &t->cells.v[i]));
    }
    buf_put(b, t->cells.n ? STR("]}]") : STR("]"));
    buf_put(b, STR(",\"fallback\":{\"type\":\"RichTextBlock\",\"inlines\":["));
    struct rich_span s = {.text = buf_str(&rows), .code = true};
    put_run(b, &s, false, false);
    buf_put(b, STR("]}}"));
}

static size_t size_of(const struct rich_block *block)
{
    size_t n = 0;
    for (size_t i = 0; i < block->line.spans.n; i++)
        n += block->line.spans.v[i].text.n;
    for (size_t c = 0; c < block->cells.n; c++)
        for (size_t i = 0; i < block->cells.v[c].spans.n; i++)
            n += block->cells.v[c].spans.v[i].text.n;
    return n;
}

/* --- what goes with it --- */

static void put_sources(struct buf *b, const json_t *sources)
{
    size_t i;
    json_t *s;
    json_array_foreach(sources, i, s)
    {
        str title = json_text_of(s, "title"), heading = json_text_of(s, "heading");
        const str more[] = {str_eq(title, heading) ? STR_NONE : heading,
                            json_text_of(s, "owner"), json_text_of(s, "updated")};
        struct buf t = buf_new(b->arena, BODY_MAX);
        buf_put(&t, STR("📄 "));
        buf_put(&t, title);
        for (size_t k = 0; k < LEN(more); k++)
            if (more[k].n > 0) {
                buf_put(&t, STR(" · "));
                buf_put(&t, more[k]);
            }
        put_comma(b);
        buf_put(b, STR("{\"type\":\"RichTextBlock\",\"inlines\":["));
        struct rich_span run = {.text = buf_str(&t)};
        put_run(b, &run, false, true);
        buf_put(b, STR("]}"));
    }
}

/* data: the members of what comes back when it is pressed. */
static void put_action(struct buf *b, str title, str tooltip, str data)
{
    put_comma(b);
    for (int fallback = 0; fallback < 2; fallback++) {
        if (fallback)
            buf_put(b, STR(",\"fallback\":"));
        buf_put(b,
                fallback ? STR("{\"type\":\"Action.Submit\"")
                         : STR("{\"type\":\"Action.Execute\",\"verb\":\"balie\""));
        buf_json_member(b, "title", title);
        if (tooltip.n > 0)
            buf_json_member(b, "tooltip", tooltip);
        buf_fmt(b, ",\"data\":{%.*s}", STR_ARG(data));
    }
    buf_put(b, STR("}}"));
}

static void put_choices(struct buf *b, const json_t *choices)
{
    size_t i;
    json_t *c;
    json_array_foreach(choices, i, c)
    {
        if (i % ROW_ACTIONS == 0) {
            buf_put(b, i ? STR("]}") : STR_NONE);
            put_comma(b);
            buf_put(b, STR("{\"type\":\"ActionSet\",\"actions\":["));
        }
        struct buf d = buf_new(b->arena, BODY_MAX);
        buf_json_member(&d, "balie", STR("choose"));
        buf_json_member(&d, "choice", json_text_of(c, "id"));
        put_action(b, json_text_of(c, "label"), STR_NONE, buf_str(&d));
    }
    if (json_array_size(choices) > 0)
        buf_put(b, STR("]}"));
}

static void put_feedback(struct buf *b, long long turn)
{
    struct arena *a = b->arena;
    put_comma(b);
    buf_put(b, STR("{\"type\":\"ActionSet\",\"actions\":["));
    put_action(b, STR("👍"), STR("Dit hielp / This helped"),
               arena_fmt(a, "\"balie\":\"yes\",\"turn\":%lld", turn));
    put_action(b, STR("👎"), STR("Dit hielp niet / This did not help"),
               arena_fmt(a, "\"balie\":\"no\",\"turn\":%lld", turn));
    buf_put(b, STR("]}"));
}

static void put_extras(struct buf *b, const json_t *frame)
{
    const json_t *sources = json_object_get(frame, "sources"),
                 *choices = json_object_get(frame, "choices");
    put_sources(b, sources);
    put_choices(b, choices);
    if (json_array_size(sources) > 0)
        put_feedback(b, (long long)json_integer_value(json_object_get(frame, "turn")));
}

/* --- the message --- */

static str summary(struct arena *a, const struct rich_block *first)
{
    str s = rich_line_text(a, &first->line);
    size_t n = MIN(s.n, (size_t)SUMMARY_MAX);
    while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return str_sub(s, 0, n);
}

static bool is_plain(const struct rich *r, const json_t *frame)
{
    if (json_array_size(json_object_get(frame, "sources")) > 0 ||
        json_array_size(json_object_get(frame, "choices")) > 0 || r->blocks.n != 1 ||
        r->blocks.v[0].kind != RICH_PARAGRAPH || r->blocks.v[0].quote)
        return false;
    for (size_t i = 0; i < r->blocks.v[0].line.spans.n; i++) {
        const struct rich_span *s = &r->blocks.v[0].line.spans.v[i];
        if (s->link.n || s->strong || s->em || s->code || s->strike)
            return false;
    }
    return true;
}

static void add_text(struct arena *a, const struct rich *r, struct card_messages *out)
{
    struct buf b = buf_new(a, BODY_MAX);
    buf_json_member(&b, "textFormat", STR("plain"));
    buf_json_member(&b, "text", rich_line_text(a, &r->blocks.v[0].line));
    out->v[out->n++] = buf_str(&b);
}

/* Blocks from..to in one card; the last one carries the sources and buttons. */
static void add_card(struct arena *a, const struct rich *r, size_t from, size_t to,
                     const json_t *frame, struct card_messages *out)
{
    struct buf b = buf_new(a, BODY_MAX);
    buf_json_member(&b, "summary",
                    from < r->blocks.n ? summary(a, &r->blocks.v[from]) : STR_NONE);
    buf_put(&b,
            STR(",\"attachments\":[{\"contentType\":\"application/vnd.microsoft.card."
                "adaptive\",\"content\":{\"type\":\"AdaptiveCard\",\"version\":\"1.5\","
                "\"body\":["));
    for (size_t i = from; i < to; i++)
        if (r->blocks.v[i].kind == RICH_TABLE)
            put_table(&b, &r->blocks.v[i]);
        else
            put_rich(&b, &r->blocks.v[i], i > from);
    if (to == r->blocks.n)
        put_extras(&b, frame);
    buf_put(&b, STR("],\"msteams\":{\"width\":\"Full\"}}}]"));
    if (!buf_failed(&b))
        out->v[out->n++] = buf_str(&b);
}

void card_write(struct arena *a, const json_t *frame, struct card_messages *out)
{
    struct rich r;
    *out = (struct card_messages){0};
    rich_read_frame(a, frame, &r);
    if (is_plain(&r, frame)) {
        add_text(a, &r, out);
        return;
    }
    size_t from = 0, sum = 0;
    for (size_t i = 0; i < r.blocks.n && out->n + 1 < CARD_MESSAGES_MAX; i++) {
        size_t n = size_of(&r.blocks.v[i]);
        if (i > from && sum + n > CARD_TEXT_MAX) {
            add_card(a, &r, from, i, frame, out);
            from = i;
            sum = 0;
        }
        sum += n;
    }
    add_card(a, &r, from, r.blocks.n, frame, out);
}
