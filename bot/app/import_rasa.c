/*
 * Rasa 3: `nlu:` with examples, `responses:` with utter_ texts, and `rules:` or
 * `stories:` that say which text answers which intent; else it is utter_<intent>.
 */
#include "app/import.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/yaml.h"
#include "content/source.h"

struct rasa {
    struct import *m;
    struct map utters;  /* name of a response -> struct yaml * of its list */
    struct map answers; /* intent -> struct answering * */
    VEC(str) intents;   /* in the order of their examples */
    struct map known;   /* intent -> index in places */
    VEC(struct place_of_intent {
        const struct import_file *file;
        int line;
    })
    places;
};

/* The responses that follow an intent in its first rule or story. */
struct answering {
    VEC(str) utters;
};

/* "[Sara](name)" and "[x]{"entity": "y"}" -> the words themselves. */
static str without_entities(struct arena *a, str s)
{
    struct buf b = buf_new(a, IMPORT_FILE_MAX);
    for (size_t i = 0; i < s.n; i++) {
        str rest = str_sub(s, i, s.n);
        ptrdiff_t close = s.p[i] == '[' ? str_find_char(rest, ']') : -1;
        char next = close > 0 && (size_t)close + 1 < rest.n ? rest.p[close + 1] : '\0';
        ptrdiff_t end = -1;
        if (next == '(' || next == '{')
            end = str_find_char(str_sub(rest, (size_t)close, rest.n),
                                next == '(' ? ')' : '}');
        if (end < 0) {
            buf_char(&b, s.p[i]);
            continue;
        }
        buf_put(&b, str_sub(rest, 1, (size_t)close));
        i += (size_t)close + (size_t)end;
    }
    return buf_str(&b);
}

/* A block of lines `- example`; the block begins below its key. */
static void read_examples(struct rasa *r, const struct import_file *f, str intent,
                          const struct yaml *y)
{
    str text = y->text, line;
    for (int at = y->line + (y->plain ? 0 : 1); str_line(&text, &line); at++) {
        str t = source_trim(line);
        if (str_starts(t, STR("- ")))
            import_add(r->m, f, at, intent, r->m->lang, "say",
                       without_entities(r->m->arena, str_sub(t, 2, t.n)));
        else if (t.n > 0)
            diag_error(r->m->diags, f->name, at, 1, "an example begins with `- `");
    }
}

static void read_intent(struct rasa *r, const struct import_file *f, const struct yaml *y,
                        str intent)
{
    const struct yaml *examples = yaml_get(y, "examples");
    if (map_put(&r->known, intent, (int64_t)r->places.n) &&
        *map_find(&r->known, intent) == (int64_t)r->places.n) {
        arena_push(r->m->arena, &r->places)->file = f;
        r->places.v[r->places.n - 1].line = y->line;
        *arena_push(r->m->arena, &r->intents) = intent;
    }
    if (examples && examples->kind == YAML_TEXT) {
        read_examples(r, f, intent, examples);
        return;
    }
    for (size_t i = 0; examples && examples->kind == YAML_LIST && i < examples->n; i++) {
        str text = yaml_text(&examples->v[i], "text");
        import_add(r->m, f, examples->v[i].line, intent, r->m->lang, "say",
                   without_entities(r->m->arena, text));
    }
    if (!examples || examples->n + examples->text.n == 0)
        diag_warning(r->m->diags, f->name, y->line, y->column,
                     "the intent `%.*s` has no examples", STR_ARG(intent));
}

static void read_nlu(struct rasa *r, const struct import_file *f, const struct yaml *nlu)
{
    for (size_t i = 0; nlu && nlu->kind == YAML_LIST && i < nlu->n; i++) {
        const struct yaml *y = &nlu->v[i];
        str intent = yaml_text(y, "intent"), synonym = yaml_text(y, "synonym");
        if (intent.n > 0)
            read_intent(r, f, y, intent);
        else if (synonym.n > 0)
            diag_warning(r->m->diags, f->name, y->line, y->column,
                         "the synonym `%.*s` belongs in words.md", STR_ARG(synonym));
        else
            diag_warning(r->m->diags, f->name, y->line, y->column,
                         "neither an intent nor a synonym: left out");
    }
}

static void read_responses(struct rasa *r, const struct yaml *y)
{
    for (size_t i = 0; y && y->kind == YAML_MAP && i < y->n; i++)
        map_put(&r->utters, y->key[i].text, (int64_t)(intptr_t)&y->v[i]);
}

/* `- intent: x` and the `- action: utter_y` behind it. */
static void read_steps(struct rasa *r, const struct yaml *steps)
{
    struct answering *now = NULL;
    for (size_t i = 0; steps && steps->kind == YAML_LIST && i < steps->n; i++) {
        str intent = yaml_text(&steps->v[i], "intent");
        str action = yaml_text(&steps->v[i], "action");
        if (intent.n > 0) {
            struct answering *mine = arena_alloc(r->m->arena, sizeof *mine);
            int64_t *at = map_put(&r->answers, intent, (int64_t)(intptr_t)mine);
            now = *at == (int64_t)(intptr_t)mine ? mine : NULL; /* the first one counts */
        } else if (now && str_starts(action, STR("utter_"))) {
            *arena_push(r->m->arena, &now->utters) = action;
        }
    }
}

static void read_paths(struct rasa *r, const struct yaml *y)
{
    for (size_t i = 0; y && y->kind == YAML_LIST && i < y->n; i++)
        read_steps(r, yaml_get(&y->v[i], "steps"));
}

/* The first variation; "" when the name is nobody's. */
static str utter(struct rasa *r, str name)
{
    const int64_t *at = map_find(&r->utters, name);
    const struct yaml *y = at ? (const struct yaml *)(intptr_t)*at : NULL;
    for (size_t i = 0; y && y->kind == YAML_LIST && i < y->n; i++) {
        str text = yaml_text(&y->v[i], "text");
        if (text.n > 0)
            return text;
    }
    return STR("");
}

static void answer(struct rasa *r, str intent)
{
    const int64_t *at = map_find(&r->answers, intent);
    const struct answering *a = at ? (const struct answering *)(intptr_t)*at : NULL;
    const struct place_of_intent *p = &r->places.v[*map_find(&r->known, intent)];
    str own = utter(r, arena_fmt(r->m->arena, "utter_%.*s", STR_ARG(intent))), all = own;
    for (size_t i = 0; own.n == 0 && a && i < a->utters.n; i++) {
        str text = utter(r, a->utters.v[i]);
        if (text.n > 0)
            all = arena_fmt(r->m->arena, "%.*s%s%.*s", STR_ARG(all), all.n ? "\n\n" : "",
                            STR_ARG(text));
    }
    import_add(r->m, p->file, p->line, intent, r->m->lang, "answer", all);
}

void import_rasa(struct import *m, const struct import_file *v, size_t n)
{
    struct rasa r = {.m = m,
                     .utters = map_new(m->arena),
                     .answers = map_new(m->arena),
                     .known = map_new(m->arena)};
    struct yaml *roots = arena_alloc(m->arena, n * sizeof *roots);
    for (size_t i = 0; i < n; i++) {
        if (yaml_parse(m->arena, v[i].name, v[i].text, 0, m->diags, &roots[i]) != RC_OK)
            continue;
        enum lang told = lang_of(yaml_text(&roots[i], "language"));
        if (m->lang == LANG_NONE)
            m->lang = told;
        read_responses(&r, yaml_get(&roots[i], "responses"));
        read_paths(&r, yaml_get(&roots[i], "rules"));
        read_paths(&r, yaml_get(&roots[i], "stories"));
    }
    for (size_t i = 0; i < n; i++)
        read_nlu(&r, &v[i], yaml_get(&roots[i], "nlu"));
    for (size_t i = 0; i < r.intents.n; i++)
        answer(&r, r.intents.v[i]);
    if (r.intents.n == 0)
        diag_error(m->diags, n ? v[0].name : STR("-"), 0, 0,
                   "no intents: a file with `nlu:` and `- intent:` was expected");
}
