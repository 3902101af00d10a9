#include "content/markdown.h"
#include "dialogue/desk_talk.h"
#include "dialogue/turning.h"
#include "text/redact.h"
#include "text/when.h"

/* The section behind a card; a link to it is also for who may turn out to be of its
 * audience. */
static int source_section(const struct turning *t, const struct card *c, bool link)
{
    const struct source_ref *ref = &c->source[t->lang];
    if (ref->article < 0 || ref->path.n == 0)
        return -1;
    const struct article *a = &t->brain->catalogue->articles.v[ref->article];
    enum fit fit = audience_fit(&a->audience, turning_traits(t));
    if (!article_is_valid(a, t->e->today) || fit == FIT_NO || (!link && fit != FIT_YES))
        return -1; /* another country's, or last year's */
    size_t i = 0;  /* a title right above a heading has nothing to say */
    while (i + 1 < a->n_sections &&
           t->brain->catalogue->sections.v[a->first_section + i].n_text == 0)
        i++;
    return ref->section >= 0 ? ref->section : (int)(a->first_section + i);
}

int card_section(const struct turning *t, const struct card *c)
{
    return source_section(t, c, false);
}

bool card_shows(const struct turning *t, const struct card *c, int section)
{
    return section >= 0 && !card_answer(c, t->lang, turning_traits(t)) &&
        card_section(t, c) == section;
}

int card_article(const struct turning *t, int card)
{
    int section = card_section(t, turning_card(t, card));
    return section < 0 ? -1 : t->brain->catalogue->sections.v[section].article;
}

/* A text past its review date says so. */
static void add_review_note(struct turning *t, struct reply *r, const struct article *a)
{
    if (a->review_by == DATE_NONE || a->review_by >= t->e->today)
        return;
    struct value v = {.slot = STR("date"),
                      .shown = when_show(t->a, a->review_by, t->lang)};
    struct fill_values f = {.lang = t->lang, .values = &v, .n_values = 1};
    str note = fill(t->a, say(SAY_NOT_REVIEWED, t->lang), FILL_MARKDOWN, &f, NULL);
    r->text = arena_fmt(t->a, "%.*s\n\n*%.*s*", STR_ARG(r->text), STR_ARG(note));
    struct buf b = buf_new(t->a, REPLY_MAX);
    buf_put(&b, r->html);
    buf_put(&b, STR("<p><em>"));
    buf_html(&b, fill(t->a, say(SAY_NOT_REVIEWED, t->lang), FILL_MARKDOWN, &f, NULL));
    buf_put(&b, STR("</em></p>"));
    r->html = buf_str(&b);
}

static str paragraphs_html(struct turning *t, str text)
{
    struct buf b = buf_new(t->a, REPLY_MAX);
    str rest = text, line;
    bool open = false;
    while (str_line(&rest, &line)) {
        if (line.n == 0) {
            buf_put(&b, open ? STR("</p>") : STR(""));
            open = false;
            continue;
        }
        buf_put(&b, open ? STR("<br>") : STR("<p>"));
        buf_html(&b, line);
        open = true;
    }
    buf_put(&b, open ? STR("</p>") : STR(""));
    return buf_str(&b);
}

/* A section's heading and the part of it that answers. */
static void section_texts(struct turning *t, int section, str *text, str *html)
{
    const struct catalogue *c = t->brain->catalogue;
    const struct section *s = &c->sections.v[section];
    const struct article *a = &c->articles.v[s->article];
    struct search_query q = {.lang = a->lang,
                             .folded = t->folded,
                             .traits = turning_traits(t),
                             .today = t->e->today};
    struct passage p = search_passage(t->brain->search, t->a, &q, section, PASSAGE_MAX);
    str body = markdown_unlink(t->a, p.markdown),
        body_html = p.html.n ? p.html : paragraphs_html(t, p.text);
    struct buf h = buf_new(t->a, REPLY_MAX * 4);
    buf_put(&h, STR("<p><strong>"));
    buf_html(&h, s->heading.n ? s->heading : a->title);
    buf_put(&h, STR("</strong></p>"));
    buf_put(&h, body_html);
    *text =
        arena_fmt(t->a, "**%.*s**\n\n%.*s", STR_ARG(s->heading.n ? s->heading : a->title),
                  STR_ARG(str_trim(body)));
    *html = buf_str(&h);
}

void article_say(struct turning *t, int section)
{
    const struct catalogue *c = t->brain->catalogue;
    const struct article *a = &c->articles.v[c->sections.v[section].article];
    str text, html;
    section_texts(t, section, &text, &html);
    struct reply *r = reply_markdown(t, text, html);
    reply_source(t, r, section);
    add_review_note(t, r, a);
    topic_set(t, a->path);
    given_note(t, -1, a->path, a->hash);
    t->o->kind = OUTCOME_ANSWER;
}

void section_add(struct turning *t, struct reply *r, int section)
{
    str text, html;
    section_texts(t, section, &text, &html);
    r->text = arena_fmt(t->a, "%.*s\n\n%.*s", STR_ARG(r->text), STR_ARG(text));
    r->html = arena_join(t->a, r->html, html);
    reply_source(t, r, section);
}

/* HR wrote this card in the other language only: say so, and offer it. */
static void offer_language(struct turning *t, const struct card *c)
{
    struct reply *r = reply_say(t, SAY_OTHER_LANGUAGE);
    reply_offer(t, r, OFFER_LANGUAGE, c->id, say(SAY_SHOW_ANYWAY, t->lang));
    reply_handoff_offers(t, r);
    t->o->kind = OUTCOME_CHOICE;
}

/* Does the text repeat something of a form that may not be kept as it is? */
static bool repeats_typed(struct turning *t, str text)
{
    const struct form *f = &t->s->form;
    for (size_t i = 0; i < f->n_values; i++) {
        const struct value *v = &f->values[i];
        if (str_has(text, arena_fmt(t->a, "{%.*s}", STR_ARG(v->slot))) &&
            !str_eq(redact(t->a, v->shown, (struct strs){0}), v->shown))
            return true;
    }
    return false;
}

static void say_filled(struct turning *t, const struct card *c, const struct answer *ans,
                       const struct lookup_row *rows, size_t n)
{
    struct fill_values v = {.lang = ans->lang,
                            .person = t->e->person,
                            .catalogue = t->brain->catalogue,
                            .rows = rows,
                            .n_rows = n,
                            .today = t->e->today,
                            .values = t->s->form.values,
                            .n_values = t->s->form.n_values};
    int missing = 0;
    str text = fill(t->a, ans->markdown, FILL_MARKDOWN, &v, &missing);
    str html = fill(t->a, ans->html, FILL_HTML, &v, NULL);
    if (missing > 0 && !t->e->person && str_has(ans->markdown, STR("{person."))) {
        reply_say(t, SAY_LOGIN);
        t->o->needs_person = true;
        return;
    }
    struct reply *r = reply_markdown(t, str_trim(text), html);
    r->typed = repeats_typed(t, ans->markdown);
    int section = source_section(t, c, true);
    reply_source(t, r, section);
    if (section >= 0)
        add_review_note(t, r,
                        &t->brain->catalogue->articles
                             .v[t->brain->catalogue->sections.v[section].article]);
}

void card_say(struct turning *t, int card, const struct lookup_row *rows, size_t n)
{
    const struct card *c = turning_card(t, card);
    const struct answer *ans = card_answer(c, t->lang, turning_traits(t));
    t->o->intent = c->id;
    t->o->kind = OUTCOME_ANSWER;
    int section = card_section(t, c);
    if (ans) {
        say_filled(t, c, ans, rows, n);
    } else if (section >= 0) {
        article_say(t, section);
    } else {
        enum lang other = t->lang == LANG_NL ? LANG_EN : LANG_NL;
        if (card_answer(c, other, turning_traits(t)))
            offer_language(t, c);
        else
            decline(t);
        return;
    }
    if (!is_small_talk(c))
        topic_set(t, c->id);
    given_note(t, card, c->id, c->hash);
    login_adds(t, c);
}

static const struct action *find_action(const struct card *c, enum action_type type)
{
    for (size_t i = 0; i < c->actions.n; i++)
        if (c->actions.v[i].type == type)
            return &c->actions.v[i];
    return NULL;
}

void card_run(struct turning *t, int card, double score)
{
    const struct card *c = turning_card(t, card);
    t->o->intent = c->id;
    t->o->score = score;
    t->o->kind = OUTCOME_ANSWER;
    if (c->slots.n > 0) {
        if (t->e->person)
            form_start(t, card);
        else
            login_for_form(t, card);
        return;
    }
    const struct action *look = find_action(c, ACTION_LOOKUP);
    if (look) {
        lookup_start(t, card, look->arg);
        return;
    }
    const struct action *own = find_action(c, ACTION_TICKETS);
    if (own) {
        if (card_answer(c, t->lang, turning_traits(t)))
            card_say(t, card, NULL, 0);
        desk_tickets(t, own->arg);
        t->s->topic = c->id;
        return;
    }
    if (find_action(c, ACTION_HANDOFF)) {
        if (card_answer(c, t->lang, turning_traits(t)))
            card_say(t, card, NULL, 0);
        handoff_ask(t);
        t->o->intent = c->id;
        return;
    }
    card_say(t, card, NULL, 0);
    const struct action *ticket = find_action(c, ACTION_TICKET);
    if (ticket && t->o->replies.n > 0) {
        t->s->question = question_kept(t);
        reply_handoff_offers(t, reply_say(t, SAY_HANDOFF_ASK));
    }
}
