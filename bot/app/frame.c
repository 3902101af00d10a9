#include "app/frame.h"

#include "base/buf.h"

enum { FRAME_ABOUT = 512, ENTRY_ABOUT = 128 }; /* bytes, without the longer texts */

static struct buf begin(struct arena *a, const char *type)
{
    struct buf b = buf_new(a, FRAME_MAX);
    buf_char(&b, '{');
    buf_json_member(&b, "type", str_c(type));
    return b;
}

/* What nearly every turn sends is made from literals, which cost next to nothing. */
static void put_int(struct buf *b, int64_t value)
{
    char digits[STR_DECIMAL_MAX];
    buf_put(b, str_decimal(digits, value));
}

static str end(struct buf *b)
{
    buf_char(b, '}');
    /* every part is bounded, so this is a bug and not input */
    return buf_failed(b) ? STR("{\"type\":\"error\",\"code\":\"too_long\",\"text\":\"\"}")
                         : buf_str(b);
}

str frame_welcome(struct arena *a, str conversation, int64_t seq, int64_t from,
                  enum lang lang, str notice)
{
    struct buf b = begin(a, "welcome");
    buf_json_member(&b, "conversation", conversation);
    buf_json_int(&b, "seq", seq);
    if (from > 0)
        buf_json_int(&b, "from", from);
    buf_json_member(&b, "language", str_c(lang_code(lang)));
    buf_json_member(&b, "notice", notice);
    return end(&b);
}

static void put_files(struct buf *b, const struct frame_file *files, size_t n)
{
    if (n == 0)
        return;
    buf_put(b, STR(",\"attachments\":["));
    for (size_t i = 0; i < n; i++) {
        const struct frame_file *f = &files[i];
        buf_put(b, i ? STR(",{") : STR("{"));
        buf_json_member(b, "name", f->name);
        if (f->type.n > 0)
            buf_json_member(b, "type", f->type);
        if (f->size > 0)
            buf_json_int(b, "size", f->size);
        if (f->url.n > 0)
            buf_json_member(b, "url", f->url);
        if (f->problem.n > 0)
            buf_json_member(b, "problem", f->problem);
        buf_char(b, '}');
    }
    buf_char(b, ']');
}

str frame_said(struct arena *a, int64_t seq, str id, str text,
               const struct frame_file *files, size_t n)
{
    struct buf b = buf_sized(a, FRAME_MAX, FRAME_ABOUT + text.n);
    buf_put_literal(&b, "{\"type\":\"said\",\"seq\":");
    put_int(&b, seq);
    buf_put_literal(&b, ",\"id\":");
    buf_json(&b, id);
    buf_put_literal(&b, ",\"text\":");
    buf_json(&b, text);
    put_files(&b, files, n);
    return end(&b);
}

static void put_sources(struct buf *b, const struct reply *r)
{
    buf_put(b, STR(",\"sources\":["));
    for (size_t i = 0; i < r->n_sources; i++) {
        const struct source *s = &r->sources[i];
        buf_put(b, i ? STR(",{") : STR("{"));
        buf_json_member(b, "title", s->title);
        buf_json_member(b, "heading", s->heading);
        buf_json_member(b, "path", s->path);
        buf_json_member(b, "anchor", s->anchor);
        buf_json_member(b, "updated",
                        s->updated == DATE_NONE ? STR_NONE
                                                : date_iso(b->arena, s->updated));
        buf_json_member(b, "owner", s->owner);
        buf_char(b, '}');
    }
    buf_char(b, ']');
}

static void put_choices(struct buf *b, const struct reply *r)
{
    buf_put_literal(b, ",\"choices\":[");
    for (size_t i = 0; i < r->n_choices; i++) {
        if (i > 0)
            buf_char(b, ',');
        buf_put_literal(b, "{\"id\":");
        buf_json(b, r->choices[i].id);
        buf_put_literal(b, ",\"label\":");
        buf_json(b, r->choices[i].label);
        buf_char(b, '}');
    }
    buf_char(b, ']');
}

str frame_answer(struct arena *a, int64_t seq, str reply_to, int64_t turn,
                 const struct reply *r)
{
    struct buf b = buf_sized(a, FRAME_MAX,
                             FRAME_ABOUT + r->text.n + r->html.n + r->html.n / 4 +
                                 ENTRY_ABOUT * (r->n_choices + r->n_sources));
    buf_put_literal(&b, "{\"type\":\"answer\",\"reply_to\":");
    buf_json(&b, reply_to);
    buf_put_literal(&b, ",\"seq\":");
    put_int(&b, seq);
    buf_put_literal(&b, ",\"turn\":");
    put_int(&b, turn);
    buf_put_literal(&b, ",\"text\":");
    buf_json(&b, r->text);
    buf_put_literal(&b, ",\"html\":");
    buf_json(&b, r->html);
    put_sources(&b, r);
    put_choices(&b, r);
    return end(&b);
}

str frame_ticket(struct arena *a, int64_t seq, const struct ticket_frame *t)
{
    struct buf b = begin(a, "ticket");
    buf_json_int(&b, "seq", seq);
    buf_json_member(&b, "receipt", t->receipt);
    if (t->number.n > 0)
        buf_json_member(&b, "number", t->number);
    buf_json_member(&b, "status", t->status);
    if (t->due_ms > 0)
        buf_json_member(&b, "due", clock_rfc3339(a, t->due_ms));
    return end(&b);
}

str frame_agent(struct arena *a, int64_t seq, str name, str text,
                const struct frame_file *files, size_t n)
{
    struct buf b = begin(a, "agent");
    buf_json_int(&b, "seq", seq);
    buf_json_member(&b, "name", name);
    buf_json_member(&b, "text", text);
    put_files(&b, files, n);
    return end(&b);
}

str frame_error(struct arena *a, str reply_to, const char *code, str text,
                int64_t retry_ms)
{
    struct buf b = begin(a, "error");
    if (reply_to.n > 0)
        buf_json_member(&b, "reply_to", reply_to);
    buf_json_member(&b, "code", str_c(code));
    buf_json_member(&b, "text", text);
    if (retry_ms > 0)
        buf_json_int(&b, "retry_ms", retry_ms);
    return end(&b);
}
