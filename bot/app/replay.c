#include "app/replay.h"

#include "base/str.h"

static str choices_of(struct arena *a, const struct outcome *o)
{
    str all = STR("");
    for (size_t i = 0; i < o->replies.n; i++)
        for (size_t k = 0; k < o->replies.v[i].n_choices; k++)
            all = arena_fmt(a, "%.*s%s%.*s", STR_ARG(all), all.n ? " | " : "",
                            STR_ARG(o->replies.v[i].choices[k].label));
    return all;
}

static str describe(struct arena *a, const struct brain *b, const struct outcome *o)
{
    switch (o->kind) {
    case OUTCOME_CHOICE:
        return arena_fmt(a, "asks: %.*s", STR_ARG(choices_of(a, o)));
    case OUTCOME_HANDOFF:
        return o->intent.n
            ? arena_fmt(a, "%.*s hands over to a person", STR_ARG(o->intent))
            : STR("no answer; offers a person");
    case OUTCOME_FORM:
        return arena_fmt(a, "%.*s begins its form", STR_ARG(o->intent));
    case OUTCOME_SENSITIVE:
        return arena_fmt(a, "%.*s answers (a topic that needs care)", STR_ARG(o->intent));
    case OUTCOME_ANSWER:
    case OUTCOME_NOTHING:
        break;
    }
    if (o->intent.n || o->n_articles == 0)
        return arena_fmt(a, "%.*s answers", STR_ARG(o->intent.n ? o->intent : STR("-")));
    const struct catalogue *c = b->catalogue;
    return arena_fmt(a, "article %.*s, \"%.*s\"",
                     STR_ARG(c->articles.v[o->articles[0].article].path),
                     STR_ARG(c->sections.v[o->articles[0].section].heading));
}

static str all_text(struct arena *a, const struct outcome *o)
{
    str text = STR("");
    for (size_t i = 0; i < o->replies.n; i++)
        text = arena_fmt(a, "%.*s\n%.*s", STR_ARG(text), STR_ARG(o->replies.v[i].text));
    return text;
}

/* What one content set says: in a word, and in full. A look-up gives the same invented
 * row to both, so that the words around it can be compared. */
static str ask(const struct replay *r, const struct brain *b, struct arena *a,
               str question, str *text)
{
    struct session *s = session_read(a, STR_NONE);
    struct event e = {.type = EVENT_MESSAGE,
                      .today = r->today,
                      .at_ms = (int64_t)r->today * 86400000,
                      .turn = 1,
                      .person = r->who,
                      .key = STR("0"),
                      .receipt = STR("B-00000"),
                      .boldness = r->boldness,
                      .explain = true, /* names the article that answered */
                      .lang = LANG_NONE,
                      .text = question};
    struct outcome o;
    turn(b, s, &e, a, &o);
    str said = describe(a, b, &o);
    *text = all_text(a, &o);
    for (size_t i = 0; i < o.effects.n; i++) {
        if (o.effects.v[i].type != EFFECT_LOOKUP)
            continue;
        static const struct lookup_row row = {.amount = STR_INIT("1"),
                                              .expires = DATE_NONE,
                                              .as_of = DATE_NONE,
                                              .from = DATE_NONE,
                                              .to = DATE_NONE};
        e.type = EVENT_LOOKUP;
        e.name = o.effects.v[i].name;
        e.rows = &row;
        e.n_rows = 1;
        struct outcome more;
        turn(b, s, &e, a, &more);
        *text = arena_join(a, *text, all_text(a, &more));
    }
    return said;
}

void replay_question(const struct replay *r, struct arena *a, str question,
                     struct replayed *out)
{
    str before, after;
    out->before = ask(r, r->before, a, question, &before);
    out->after = ask(r, r->after, a, question, &after);
    out->text_only = str_eq(out->before, out->after) && !str_eq(before, after);
    out->changed = out->text_only || !str_eq(out->before, out->after);
}
