/*
 * hassil's sentences, as Home Assistant's intents have them: `intents:` with sentences,
 * `lists:`, `expansion_rules:`, `responses:`, and `tests:` in files of their own.
 */
#include "app/import_hassil.h"

#include "base/str.h"
#include "base/yaml.h"
#include "nlu/template_sample.h"

enum { SAMPLED = 2 }; /* phrases made of a pattern, so that there is something to learn */

static void read_members(struct map *to, const struct yaml *y)
{
    for (size_t i = 0; y && y->kind == YAML_MAP && i < y->n; i++)
        map_put(to, y->key[i].text, (int64_t)(intptr_t)&y->v[i]);
}

static bool is_plain(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (strchr("()[]{}|\\", text.p[i]))
            return false;
    return true;
}

/* A pattern never doubts and never learns: a few texts it stands for become examples. */
static void add_samples(struct hassil *h, const struct import_file *f, int line,
                        str intent, str pattern)
{
    struct diags silent = diags_new(h->m->arena);
    struct place at = {.file = f->name};
    struct sequence tree = {0};
    if (str_has(pattern, STR("[*]")) ||
        template_parse(h->m->arena, pattern, &at, &silent, &tree) != RC_OK)
        return;
    for (uint32_t which = 0; which < SAMPLED; which++)
        import_add(h->m, f, line, intent, h->lang, "say",
                   template_sample(h->m->arena, &tree, 3 * which));
}

static void read_sentence(struct hassil *h, const struct import_file *f, str intent,
                          const struct yaml *y)
{
    struct import *m = h->m;
    struct diags found = diags_new(m->arena);
    struct place at = {.file = f->name, .line = y->line, .column = y->column};
    struct template_words words = {NULL, h->lang == LANG_NONE ? LANG_EN : h->lang};
    struct template_code ignored;
    const char *why = NULL;
    str pattern;
    if (y->kind != YAML_TEXT)
        return;
    if (!hassil_pattern(h, y->text, &pattern, &why)) {
        diag_warning(m->diags, f->name, y->line, y->column, "sentence left out: %s", why);
        return;
    }
    if (is_plain(pattern)) {
        import_add(m, f, y->line, intent, h->lang, "say", pattern);
    } else if (template_compile(m->arena, pattern, &at, &words, &found, &ignored) !=
               RC_OK) {
        diag_warning(m->diags, f->name, y->line, y->column,
                     "sentence left out, because as a pattern of ours: %.*s",
                     STR_ARG(found.list.v[0].text));
    } else {
        import_add(m, f, y->line, intent, h->lang, "patterns", pattern);
        add_samples(h, f, y->line, intent, pattern);
    }
}

static void read_intents(struct hassil *h, const struct import_file *f,
                         const struct yaml *y)
{
    for (size_t i = 0; y && y->kind == YAML_MAP && i < y->n; i++) {
        const struct yaml *data = yaml_get(&y->v[i], "data");
        for (size_t k = 0; data && data->kind == YAML_LIST && k < data->n; k++) {
            const struct yaml *s = yaml_get(&data->v[k], "sentences");
            for (size_t j = 0; s && s->kind == YAML_LIST && j < s->n; j++)
                read_sentence(h, f, y->key[i].text, &s->v[j]);
        }
    }
}

/* responses: intents: NAME: default: text */
static void read_responses(struct hassil *h, const struct import_file *f,
                           const struct yaml *y)
{
    for (size_t i = 0; y && y->kind == YAML_MAP && i < y->n; i++) {
        str text = yaml_text(&y->v[i], "default");
        if (str_has(text, STR("{{")) || str_has(text, STR("{%")))
            diag_warning(h->m->diags, f->name, y->key[i].line, 1,
                         "the response of `%.*s` is computed, which an answer of HR's "
                         "cannot be: left out",
                         STR_ARG(y->key[i].text));
        else
            import_add(h->m, f, y->key[i].line, y->key[i].text, h->lang, "answer", text);
    }
}

static void read_tests(struct hassil *h, const struct import_file *f,
                       const struct yaml *y)
{
    for (size_t i = 0; y && y->kind == YAML_LIST && i < y->n; i++) {
        const struct yaml *s = yaml_get(&y->v[i], "sentences");
        str name = yaml_text(yaml_get(&y->v[i], "intent"), "name");
        for (size_t k = 0; name.n && s && s->kind == YAML_LIST && k < s->n; k++)
            if (s->v[k].kind == YAML_TEXT)
                import_add(h->m, f, s->v[k].line, name, h->lang, "tests", s->v[k].text);
    }
}

void import_hassil(struct import *m, const struct import_file *v, size_t n)
{
    struct hassil h = {.m = m, .lists = map_new(m->arena), .rules = map_new(m->arena)};
    struct yaml *roots = arena_alloc(m->arena, n * sizeof *roots);
    size_t before = m->rows.n;
    for (size_t i = 0; i < n; i++) {
        if (yaml_parse(m->arena, v[i].name, v[i].text, 0, m->diags, &roots[i]) != RC_OK)
            continue;
        read_members(&h.lists, yaml_get(&roots[i], "lists"));
        read_members(&h.rules, yaml_get(&roots[i], "expansion_rules"));
    }
    for (size_t i = 0; i < n; i++) {
        h.lang = lang_of(yaml_text(&roots[i], "language"));
        if (h.lang == LANG_NONE)
            h.lang = m->lang;
        read_intents(&h, &v[i], yaml_get(&roots[i], "intents"));
        read_responses(&h, &v[i], yaml_get(yaml_get(&roots[i], "responses"), "intents"));
        read_tests(&h, &v[i], yaml_get(&roots[i], "tests"));
    }
    if (m->rows.n == before)
        diag_error(m->diags, n ? v[0].name : STR("-"), 0, 0,
                   "no sentences: a file with `intents:` was expected");
}
