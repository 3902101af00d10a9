#include "adapters/slack/blocks.h"

#include "adapters/slack/mrkdwn.h"
#include "base/buf.h"
#include "base/json_text.h"
#include "base/str.h"

enum { BODY_MAX = 128 * 1024, SECTIONS_MAX = BLOCKS_SECTIONS_MAX * BLOCKS_POSTS_MAX };

struct sections {
    str v[SECTIONS_MAX];
    size_t n;
};

/* --- text into sections --- */

/* Where a text that is too long is cut: behind a line, a sentence, a word, a character.
 */
static size_t cut_at(str s, size_t max)
{
    if (s.n <= max)
        return s.n;
    static const char *const ends[] = {"\n", ". ", " "};
    for (size_t e = 0; e < LEN(ends); e++)
        for (size_t i = max; i > max / 2; i--)
            if (str_starts(str_sub(s, i, s.n), str_c(ends[e])))
                return i + 1;
    while (max > 0 && ((unsigned char)s.p[max] & 0xc0) == 0x80)
        max--;
    /* not through an entity */
    for (size_t back = 1; back < 6 && back < max; back++)
        if (s.p[max - back] == '&')
            return max - back;
    return max;
}

static void add_section(struct sections *out, struct buf *b)
{
    str text = str_trim(buf_str(b));
    if (text.n > 0 && out->n < SECTIONS_MAX)
        out->v[out->n++] = text;
    *b = buf_new(b->arena, BODY_MAX);
}

static bool is_list(const struct rich *r, size_t i)
{
    return i > 0 && r->blocks.v[i].kind == RICH_ITEM &&
        r->blocks.v[i - 1].kind == RICH_ITEM;
}

static void fill_sections(struct arena *a, const struct rich *r, struct sections *out)
{
    struct buf b = buf_new(a, BODY_MAX);
    for (size_t i = 0; i < r->blocks.n; i++) {
        str rest = mrkdwn_block(a, &r->blocks.v[i]);
        if (b.n > 0 && b.n + rest.n + 2 > BLOCKS_SECTION_MAX)
            add_section(out, &b);
        if (b.n > 0)
            buf_put(&b, is_list(r, i) ? STR("\n") : STR("\n\n"));
        while (rest.n > BLOCKS_SECTION_MAX) {
            size_t n = cut_at(rest, BLOCKS_SECTION_MAX);
            buf_put(&b, str_sub(rest, 0, n));
            add_section(out, &b);
            rest = str_sub(rest, n, rest.n);
        }
        buf_put(&b, rest);
    }
    add_section(out, &b);
}

/* --- the blocks --- */

/* Our labels are short; one that is not ends in dots, whole characters only. */
static str label(struct arena *a, str s)
{
    size_t n = BLOCKS_LABEL_MAX - 3;
    if (s.n <= BLOCKS_LABEL_MAX)
        return s.n ? s : STR("…");
    while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return arena_fmt(a, "%.*s…", (int)n, s.p);
}

static void put_button(struct buf *b, str action, str text, str value, str spoken)
{
    if (b->p[b->n - 1] != '[')
        buf_char(b, ',');
    buf_put(b, STR("{\"type\":\"button\""));
    buf_json_member(b, "action_id", action);
    buf_put(b, STR(",\"text\":{\"type\":\"plain_text\""));
    buf_json_member(b, "text", label(b->arena, text));
    buf_char(b, '}');
    buf_json_member(b, "value", value);
    if (spoken.n > 0)
        buf_json_member(b, "accessibility_label", spoken);
    buf_char(b, '}');
}

static void put_choices(struct buf *b, const json_t *choices)
{
    size_t i;
    json_t *c;
    buf_put(b, STR(",{\"type\":\"actions\",\"elements\":["));
    json_array_foreach(choices, i, c)
        put_button(b, arena_fmt(b->arena, "choose:%zu", i), json_text_of(c, "label"),
                   json_text_of(c, "id"), STR_NONE);
    buf_put(b, STR("]}"));
}

static void put_feedback(struct buf *b, const json_t *frame)
{
    long long turn = (long long)json_integer_value(json_object_get(frame, "turn"));
    buf_put(b, STR(",{\"type\":\"actions\",\"elements\":["));
    put_button(b, arena_fmt(b->arena, "yes:%lld", turn), STR("👍"), STR("yes"),
               STR("Dit hielp / This helped"));
    put_button(b, arena_fmt(b->arena, "no:%lld", turn), STR("👎"), STR("no"),
               STR("Dit hielp niet / This did not help"));
    buf_put(b, STR("]}"));
}

static void put_sources(struct buf *b, const json_t *sources)
{
    size_t i;
    json_t *s;
    buf_put(b, STR(",{\"type\":\"context\",\"elements\":["));
    json_array_foreach(sources, i, s)
    {
        str title = json_text_of(s, "title"), heading = json_text_of(s, "heading");
        const str more[] = {str_eq(title, heading) ? STR_NONE : heading,
                            json_text_of(s, "owner"), json_text_of(s, "updated")};
        struct buf t = buf_new(b->arena, BODY_MAX);
        buf_put(&t, STR(":page_facing_up: *"));
        mrkdwn_escape(&t, title);
        buf_char(&t, '*');
        for (size_t k = 0; k < LEN(more); k++) {
            if (more[k].n == 0)
                continue;
            buf_put(&t, STR(" · "));
            mrkdwn_escape(&t, more[k]);
        }
        buf_put(b, i ? STR(",{\"type\":\"mrkdwn\"") : STR("{\"type\":\"mrkdwn\""));
        buf_json_member(b, "text", buf_str(&t));
        buf_char(b, '}');
    }
    buf_put(b, STR("]}"));
}

static void put_extras(struct buf *b, const json_t *frame)
{
    const json_t *sources = json_object_get(frame, "sources"),
                 *choices = json_object_get(frame, "choices");
    if (json_array_size(sources) > 0)
        put_sources(b, sources);
    if (json_array_size(choices) > 0)
        put_choices(b, choices);
    if (json_array_size(sources) > 0)
        put_feedback(b, frame);
}

void blocks_write(struct arena *a, const json_t *frame, str channel, str thread, str key,
                  struct posts *out)
{
    struct rich r;
    struct sections s = {0};
    rich_read_frame(a, frame, &r);
    fill_sections(a, &r, &s);
    if (s.n == 0)
        s.v[s.n++] = STR("…");
    *out = (struct posts){0};
    for (size_t from = 0; from < s.n; from += BLOCKS_SECTIONS_MAX) {
        size_t to = MIN(from + BLOCKS_SECTIONS_MAX, s.n);
        struct buf b = buf_new(a, BODY_MAX), text = buf_new(a, BODY_MAX);
        buf_char(&b, '{');
        buf_json_member(&b, "channel", channel);
        if (thread.n > 0)
            buf_json_member(&b, "thread_ts", thread);
        buf_put(&b,
                STR(",\"unfurl_links\":false,\"unfurl_media\":false,\"metadata\":{"
                    "\"event_type\":\"balie_message\",\"event_payload\":{"));
        buf_json_member(&b, "key", key);
        buf_json_member(&b, "part", arena_fmt(a, "%zu", out->n));
        buf_put(&b, STR("}},\"blocks\":["));
        for (size_t i = from; i < to; i++) {
            buf_put(&b,
                    i > from ? STR(",{\"type\":\"section\"")
                             : STR("{\"type\":\"section\""));
            buf_put(&b, STR(",\"text\":{\"type\":\"mrkdwn\""));
            buf_json_member(&b, "text", s.v[i]);
            buf_put(&b, STR("}}"));
            buf_put(&text, i > from ? STR("\n\n") : STR_NONE);
            buf_put(&text, s.v[i]);
        }
        if (to == s.n)
            put_extras(&b, frame);
        buf_char(&b, ']');
        buf_json_member(&b, "text", buf_str(&text));
        buf_char(&b, '}');
        out->bodies[out->n++] = buf_str(&b);
    }
}
