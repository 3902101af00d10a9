#include "base/bytes.h"
#include "dialogue/turning.h"

enum { REPLIES_FIRST = 2 }; /* as most turns have at most */

struct reply *reply_markdown(struct turning *t, str markdown, str html)
{
    struct outcome *o = t->o;
    if (o->replies.n == o->replies.cap) {
        size_t cap = MAX(o->replies.cap * 2, (size_t)REPLIES_FIRST);
        struct reply *v = arena_room(t->a, cap * sizeof *v);
        if (o->replies.n > 0)
            memcpy(v, o->replies.v, o->replies.n * sizeof *v);
        o->replies.v = v;
        o->replies.cap = cap;
    }
    struct reply *r = &o->replies.v[o->replies.n++];
    r->text = markdown;
    r->html = html;
    r->n_sources = r->n_choices = 0;
    r->typed = false;
    return r;
}

/* The first backslash, asterisk or line break at or behind i. */
static size_t next_mark(str s, size_t i)
{
    for (; i + sizeof(bytes16) <= s.n; i += sizeof(bytes16)) {
        bytes16 x = bytes16_at(s.p + i);
        if (found16_any((x == '\\') | (x == '*') | (x == '\n')))
            break;
    }
    while (i < s.n && s.p[i] != '\\' && s.p[i] != '*' && s.p[i] != '\n')
        i++;
    return i;
}

/* Our own sentences know two marks: **strong** and *emphasis*. */
str reply_sentence_html(struct turning *t, str text)
{
    struct buf b = buf_new(t->a, REPLY_MAX);
    bool strong = false, em = false;
    size_t from = 0;
    buf_put(&b, STR("<p>"));
    for (size_t i = next_mark(text, 0); i < text.n; i = next_mark(text, i + 1)) {
        char c = text.p[i];
        buf_html(&b, str_sub(text, from, i));
        if (c == '\\' && i + 1 < text.n && strchr("\\`*_{}[]<>#|~", text.p[i + 1])) {
            buf_html(&b, str_sub(text, i + 1, i + 2));
            i++;
        } else if (c == '*' && i + 1 < text.n && text.p[i + 1] == '*') {
            buf_put(&b, strong ? STR("</strong>") : STR("<strong>"));
            strong = !strong;
            i++;
        } else if (c == '*') {
            buf_put(&b, em ? STR("</em>") : STR("<em>"));
            em = !em;
        } else {
            buf_put(&b, c == '\n' ? STR("<br>") : STR("\\"));
        }
        from = i + 1;
    }
    buf_html(&b, str_sub(text, from, text.n));
    buf_put(&b, STR("</p>"));
    return buf_str(&b);
}

struct reply *reply_filled(struct turning *t, enum say what, const struct value *v,
                           size_t n)
{
    struct fill_values f = {.lang = t->lang, .values = v, .n_values = n};
    str text = say(what, t->lang);
    if (n > 0)
        text = fill(t->a, text, FILL_MARKDOWN, &f, NULL);
    return reply_markdown(t, text, reply_sentence_html(t, text));
}

struct reply *reply_say(struct turning *t, enum say what)
{
    return reply_filled(t, what, NULL, 0);
}

void reply_offer(struct turning *t, struct reply *r, enum offer_type type, str target,
                 str label)
{
    if (r->n_choices == CHOICES_MAX)
        return;
    str id = session_offer(t->s, t->a, t->e->turn, type, target, label);
    r->choices[r->n_choices++] = (struct choice){.id = id, .label = label};
}

void reply_also(struct turning *t, struct reply *r)
{
    str words = say(SAY_SEE_ALSO, t->lang);
    r->text = arena_fmt(t->a, "%.*s\n\n%.*s:", STR_ARG(r->text), STR_ARG(words));
    struct buf b = buf_new(t->a, REPLY_MAX * 4);
    buf_put(&b, r->html);
    buf_put(&b, STR("<p>"));
    buf_html(&b, words);
    buf_put(&b, STR(":</p>"));
    if (!buf_failed(&b))
        r->html = buf_str(&b);
}

void reply_handoff_offers(struct turning *t, struct reply *r)
{
    reply_offer(t, r, OFFER_HANDOFF, STR_NONE, say(SAY_HANDOFF_YES, t->lang));
    reply_offer(t, r, OFFER_NO_HANDOFF, STR_NONE, say(SAY_HANDOFF_NO, t->lang));
    t->s->waiting = WAITING_HANDOFF;
    if (t->e->explain) /* who would get it */
        (void)route_queue(t, STR_NONE, route_topic(t), false);
}

void reply_source(struct turning *t, struct reply *r, int section)
{
    if (section < 0 || r->n_sources == SOURCES_MAX)
        return;
    const struct section *s = &t->brain->catalogue->sections.v[section];
    const struct article *a = &t->brain->catalogue->articles.v[s->article];
    r->sources[r->n_sources++] = (struct source){.title = a->title,
                                                 .heading = s->heading,
                                                 .path = a->path,
                                                 .anchor = s->anchor,
                                                 .owner = a->owner,
                                                 .updated = a->updated};
}

str card_label(const struct turning *t, const struct card *c)
{
    enum lang l = t->lang == LANG_NONE ? LANG_NL : t->lang;
    for (int i = 0; i < LANG_COUNT; i++) {
        str name = c->name[((int)l + i) % LANG_COUNT];
        if (name.n)
            return name;
    }
    return c->id;
}
