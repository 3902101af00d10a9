#include <stdio.h>
#include <stdlib.h>

#include "app/builder.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/cli.h"
#include "dialogue/turn.h"

enum { LINE_MAX_BYTES = 64 * 1024, JSON_MAX = 512 * 1024, ASK_MAX = 4096 };

struct asking {
    const struct options *o;
    const struct settings *s;
    const struct built *built;
    const struct person *who;
    const struct hris *hris;
    void *hris_self;
    struct strs absent; /* look-ups it does not have */
    date_t today;
    struct arena *arena; /* of one question */
};

struct rows {
    struct asking *asking;
    struct event *event;
};

static void looked_up(void *ctx, const struct lookup *l)
{
    struct rows *r = ctx;
    r->event->rows = lookup_rows_copy(r->asking->arena, l->rows, l->n_rows);
    r->event->n_rows = l->n_rows;
    r->event->failed = l->failed;
}

/* What an effect brought, as a part of the same answer. */
static void go_on(struct asking *q, struct session *session, const struct event *e,
                  struct outcome *out)
{
    struct outcome more;
    turn(&q->built->brain, session, e, q->arena, &more);
    for (size_t k = 0; k < more.replies.n; k++)
        *arena_push(q->arena, &out->replies) = more.replies.v[k];
    for (size_t k = 0; k < more.trace.n; k++)
        *arena_push(q->arena, &out->trace) = more.trace.v[k];
    out->kind = more.kind;
}

static void ask_one(struct asking *q, str text, struct outcome *out,
                    struct session **session)
{
    const struct options *o = q->o;
    struct event e = {.type = EVENT_MESSAGE,
                      .today = q->today,
                      .at_ms = (int64_t)q->today * 86400000,
                      .turn = 1,
                      .person = q->who,
                      .key = STR("0"),
                      .receipt = STR("B-00000"),
                      .boldness = q->s->boldness,
                      .explain = true,
                      .intents_only = o->intents_only,
                      .knowledge_only = o->knowledge_only,
                      .lang = o->lang,
                      .lang_fixed = o->lang != LANG_NONE,
                      .lookups_absent = q->absent,
                      .text = text};
    *session = session_read(q->arena, STR_NONE);
    if (o->after.n > 0) { /* its own look-ups are left out: the topic is what counts */
        struct event before = e;
        before.text = o->after;
        turn(&q->built->brain, *session, &before, q->arena, out);
        (*session)->pending_lookup = STR_NONE;
        e.turn++;
    }
    turn(&q->built->brain, *session, &e, q->arena, out);
    for (size_t i = 0; i < out->effects.n; i++) {
        const struct effect *x = &out->effects.v[i];
        struct event answer = e;
        answer.name = x->name;
        if (x->type == EFFECT_TICKETS) { /* a fresh state: there are none */
            answer.type = EVENT_TICKETS;
            go_on(q, *session, &answer, out);
        } else if (x->type == EFFECT_LOOKUP && q->who) {
            answer.type = EVENT_LOOKUP;
            answer.failed = true;
            struct rows r = {.asking = q, .event = &answer};
            q->hris->ask(q->hris_self, x->name, q->who, e.today, looked_up, &r);
            go_on(q, *session, &answer, out);
        }
    }
}

static str all_text(struct asking *q, const struct outcome *o)
{
    struct buf b = buf_new(q->arena, JSON_MAX);
    for (size_t i = 0; i < o->replies.n; i++) {
        if (b.n)
            buf_put(&b, STR("\n\n"));
        buf_put(&b, o->replies.v[i].text);
    }
    return buf_str(&b);
}

static void put_candidates(struct buf *b, struct asking *q, const struct outcome *o)
{
    buf_put(b, STR(",\"candidates\":["));
    for (size_t i = 0; i < o->n_candidates; i++) {
        buf_put(b, i ? STR(",{") : STR("{"));
        buf_json_member(b, "intent",
                        q->built->brain.catalogue->cards.v[o->candidates[i].card].id);
        buf_fmt(b, ",\"score\":%.4f}", o->candidates[i].score);
    }
    buf_char(b, ']');
}

static void put_articles(struct buf *b, struct asking *q, const struct outcome *o)
{
    const struct catalogue *c = q->built->brain.catalogue;
    buf_put(b, STR(",\"articles\":["));
    for (size_t i = 0; i < o->n_articles; i++) {
        buf_put(b, i ? STR(",{") : STR("{"));
        buf_json_member(b, "path", c->articles.v[o->articles[i].article].path);
        buf_json_member(b, "heading", c->sections.v[o->articles[i].section].heading);
        buf_fmt(b, ",\"score\":%.4f}", o->articles[i].score);
    }
    buf_char(b, ']');
}

static void put_strings(struct buf *b, const char *key, const str *v, size_t n)
{
    buf_fmt(b, ",\"%s\":[", key);
    for (size_t i = 0; i < n; i++) {
        buf_put(b, i ? STR(",") : STR(""));
        buf_json(b, v[i]);
    }
    buf_char(b, ']');
}

static void print_json(struct asking *q, str question, const struct outcome *o)
{
    struct buf b = buf_new(q->arena, JSON_MAX);
    buf_char(&b, '{');
    buf_json_member(&b, "question", question);
    buf_json_member(&b, "language", str_c(lang_code(o->lang)));
    buf_json_member(&b, "outcome",
                    o->kind == OUTCOME_NOTHING ? STR("answer")
                                               : str_c(outcome_name(o->kind)));
    bool decided =
        o->intent.n > 0 && o->kind != OUTCOME_CHOICE && o->kind != OUTCOME_HANDOFF;
    if (decided)
        buf_json_member(&b, "intent", o->intent);
    else
        buf_put(&b, STR(",\"intent\":null"));
    buf_fmt(&b, ",\"score\":%.4f", o->score);
    put_candidates(&b, q, o);
    put_articles(&b, q, o);
    str labels[CHOICES_MAX * 4];
    size_t n = 0;
    for (size_t i = 0; i < o->replies.n; i++)
        for (size_t k = 0; k < o->replies.v[i].n_choices && n < LEN(labels); k++)
            labels[n++] = o->replies.v[i].choices[k].label;
    put_strings(&b, "choices", labels, n);
    buf_json_member(&b, "text", all_text(q, o));
    if (q->o->why)
        put_strings(&b, "why", o->trace.v, o->trace.n);
    buf_char(&b, '}');
    printf("%.*s\n", STR_ARG(buf_str(&b)));
}

static void print_source(struct asking *q, const struct source *s)
{
    printf("  source: %.*s, \"%.*s\" in %.*s", STR_ARG(s->title), STR_ARG(s->heading),
           STR_ARG(s->path));
    if (s->owner.n > 0)
        printf(", %.*s", STR_ARG(s->owner));
    if (s->updated != DATE_NONE)
        printf(", %.*s", STR_ARG(date_iso(q->arena, s->updated)));
    printf("\n");
}

static void print_plain(struct asking *q, const struct outcome *o)
{
    if (q->o->why)
        for (size_t i = 0; i < o->trace.n; i++)
            printf("  %.*s\n", STR_ARG(o->trace.v[i]));
    printf("[%s%s%.*s %.2f]\n%.*s\n", outcome_name(o->kind), o->intent.n ? " " : "",
           STR_ARG(o->intent), o->score, STR_ARG(all_text(q, o)));
    for (size_t i = 0; i < o->replies.n; i++) {
        const struct reply *r = &o->replies.v[i];
        for (size_t k = 0; k < r->n_choices; k++)
            printf("  (%zu) %.*s\n", k + 1, STR_ARG(r->choices[k].label));
        for (size_t k = 0; k < r->n_sources; k++)
            print_source(q, &r->sources[k]);
    }
}

static void answer(struct asking *q, str text)
{
    struct outcome o;
    struct session *s;
    if (text.n > ASK_MAX || !str_is_utf8(text)) {
        fprintf(stderr, "balie: a question has at most %d bytes of UTF-8 text\n",
                ASK_MAX);
        text = STR("");
    }
    ask_one(q, text, &o, &s);
    if (q->o->json)
        print_json(q, text, &o);
    else
        print_plain(q, &o);
    fflush(stdout);
    arena_reset(q->arena);
}

static void answer_lines(struct asking *q)
{
    char *line = NULL;
    size_t cap = 0;
    for (ssize_t n; (n = getline(&line, &cap, stdin)) >= 0;) {
        str text = {line, (size_t)n};
        while (text.n > 0 && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
            text.n--;
        if (memchr(line, '\0', text.n))
            text.n = 0;
        answer(q, text);
    }
    free(line);
}

static bool find_who(struct asking *q, const struct people *p)
{
    str id = q->o->as.p ? q->o->as : STR("demo");
    q->who = people_find(p, id);
    if (q->who || !q->o->as.p || id.n == 0)
        return true;
    fprintf(stderr, "balie: nobody has the id \"%.*s\"\n", STR_ARG(id));
    return false;
}

static int ask_all(struct asking *q)
{
    if (q->o->n_words > 0) {
        str text = q->o->words[0];
        for (size_t i = 1; i < q->o->n_words; i++)
            text = arena_fmt(q->o->arena, "%.*s %.*s", STR_ARG(text),
                             STR_ARG(q->o->words[i]));
        answer(q, text);
    } else {
        answer_lines(q);
    }
    return 0;
}

static struct cache *model_cache(const struct options *o, const struct settings *s)
{
    struct cache *cache = NULL;
    if (file_make_dir(o->arena, s->state) ||
        cache_open(file_path(o->arena, s->state, STR("content.db")), &cache))
        return NULL; /* slower, not worse */
    return cache;
}

int cli_ask(const struct options *o, const struct plugs *p)
{
    struct settings s;
    struct asking q = {.o = o, .s = &s, .hris = p->systems[0]};
    if (!options_settings(o, &s))
        return 1;
    q.today = clock_local(clock_wall_ms(), NULL);
    if (o->on.p && date_parse(o->on, &q.today)) {
        fprintf(stderr, "balie: --on takes a date like 2026-11-21\n");
        return 2;
    }
    struct builder_conf c = options_builder(&s);
    c.run_tests = false;
    if (o->lang != LANG_NONE) /* a handbook that does not tell its language */
        c.language = o->lang;
    c.keep_good = false;
    if (o->intents_only)
        c.knowledge = STR_NONE;
    if (o->knowledge_only && !o->intents.p)
        c.intents = file_is_dir(c.intents) ? c.intents : STR_NONE;
    struct cache *cache = model_cache(o, &s);
    struct built *b = NULL;
    struct people *people = NULL;
    struct diags d = diags_new(o->arena);
    int status = 1;
    q.arena = arena_new();
    if (builder_build(&c, cache, &b)) {
        print_diags(&b->diags);
    } else {
        q.built = b;
        if (people_load(s.people, &d, &people))
            people = NULL; /* anonymous questions still work */
        struct host host = {.all = &s, .diags = &d, .arena = o->arena};
        if (find_who(&q, people) && q.hris->start(&host, &q.hris_self) == RC_OK) {
            q.absent = hris_absent(q.hris, q.hris_self, o->arena);
            status = ask_all(&q);
        }
        q.hris->stop(q.hris_self);
    }
    cache_close(cache);
    people_free(people);
    arena_free(q.arena);
    built_free(b);
    return status;
}
