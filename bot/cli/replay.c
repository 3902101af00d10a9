#include "cli/replay.h"

#include <stdio.h>

#include "app/replay.h"
#include "base/file.h"
#include "base/str.h"
#include "store/peek.h"

enum { REPLAY_FILE_MAX = 16 * 1024 * 1024, REPLAY_MAX = 20000, QUESTION_MAX = 4096 };

struct questions {
    VEC(str) list;
};

static bool complain(str what, const char *why)
{
    fprintf(stderr, "balie: %.*s: %s\n", STR_ARG(what), why);
    return false;
}

static bool from_state(const struct options *o, const struct settings *s,
                       struct questions *out)
{
    struct store_unanswereds rows;
    str file = file_path(o->arena, s->state, STR("balie.db"));
    enum rc rc = peek_unanswered(file, o->arena, REPLAY_MAX, &rows);
    if (rc)
        return complain(file,
                        rc == RC_NOT_FOUND ? "there is no state here yet"
                                           : "the state cannot be read");
    for (size_t i = rows.list.n; i-- > 0;)
        *arena_push(o->arena, &out->list) = rows.list.v[i].text;
    return true;
}

static bool read_questions(const struct options *o, const struct settings *s,
                           struct questions *out)
{
    str text, line;
    if (str_eq(o->replay, STR("unanswered")))
        return from_state(o, s, out);
    enum rc rc = file_read(o->arena, o->replay, REPLAY_FILE_MAX, &text);
    if (rc)
        return complain(o->replay,
                        rc == RC_LIMIT ? "the file is larger than 16 MiB"
                                       : "the file cannot be read");
    if (!str_is_utf8(text))
        return complain(o->replay, "this is not UTF-8; save the file as UTF-8");
    while (str_line(&text, &line) && out->list.n < REPLAY_MAX)
        if (str_trim(line).n > 0 && line.n <= QUESTION_MAX)
            *arena_push(o->arena, &out->list) = str_trim(line);
    return true;
}

/* The settings of the old content: another folder, or what the state keeps. */
static struct builder_conf old_conf(const struct options *o, const struct settings *s,
                                    const struct settings *plain)
{
    struct builder_conf c = options_builder(s);
    c.keep_good = c.run_tests = false;
    if (!o->against.p) {
        c.intents = plain->intents;
        c.knowledge = plain->knowledge;
        c.kept = true;
        return c;
    }
    str intents = file_path(o->arena, o->against, STR("intents"));
    str knowledge = file_path(o->arena, o->against, STR("knowledge"));
    bool both = file_is_dir(intents) || file_is_dir(knowledge);
    c.intents = both ? intents : o->against;
    if (both)
        c.knowledge = knowledge;
    return c;
}

static bool build_old(const struct options *o, const struct settings *s,
                      struct cache *cache, struct built **out)
{
    struct options bare = *o;
    struct settings plain;
    bare.intents = bare.knowledge = STR_NONE;
    if (!options_settings(&bare, &plain))
        return false;
    struct builder_conf c = old_conf(o, s, &plain);
    if (builder_build(&c, cache, out) == RC_OK)
        return true;
    if (c.kept)
        return complain(c.intents,
                        "the state keeps no earlier version of this; name the "
                        "folder with the old content: --against DIR");
    print_diags(&(*out)->diags);
    return false;
}

static size_t print_changes(const struct replay *r, const struct questions *q)
{
    struct arena *a = arena_new();
    size_t changed = 0;
    for (size_t i = 0; i < q->list.n; i++) {
        struct replayed one;
        replay_question(r, a, q->list.v[i], &one);
        changed += one.changed;
        if (one.text_only)
            printf("%.*s\n    before and after: %.*s, with another text\n",
                   STR_ARG(q->list.v[i]), STR_ARG(one.after));
        else if (one.changed)
            printf("%.*s\n    before: %.*s\n    after:  %.*s\n", STR_ARG(q->list.v[i]),
                   STR_ARG(one.before), STR_ARG(one.after));
        arena_reset(a);
    }
    arena_free(a);
    return changed;
}

bool replay_all(const struct options *o, const struct settings *s, struct cache *cache,
                const struct built *after)
{
    struct questions q = {0};
    struct built *before = NULL;
    struct people *people = NULL;
    struct diags d = diags_new(o->arena);
    bool ok = read_questions(o, s, &q) && build_old(o, s, cache, &before);
    if (ok) {
        if (people_load(s->people, &d, &people))
            people = NULL; /* as anonymous, then */
        struct replay r = {.before = &before->brain,
                           .after = &after->brain,
                           .who = people_find(people, STR("demo")),
                           .today = clock_local(clock_wall_ms(), NULL),
                           .boldness = s->boldness};
        size_t changed = print_changes(&r, &q);
        printf("%zu of %zu answers change\n", changed, q.list.n);
    }
    people_free(people);
    built_free(before);
    return ok;
}
