#include "nlu/lint.h"

#include "base/str.h"
#include "nlu/lint_inside.h"

const char *lint_language(enum lang l)
{
    return l == LANG_NL ? "Dutch" : "English";
}

/* Which line each example stands in; labels lie one behind the other. */
static void find_phrases(struct arena *a, struct schooling *s)
{
    const struct lesson *lesson = &s->lesson;
    s->phrase = arena_alloc(a, lesson->n * sizeof *s->phrase);
    s->first = arena_alloc(a, (lesson->classes + 1) * sizeof *s->first);
    size_t at = 0;
    for (uint32_t k = 0; k < lesson->classes; k++) {
        const struct phrases *say = &schooling_card(s, k)->say[s->lang];
        s->first[k] = at;
        for (size_t i = 0; at < lesson->n && lesson->examples[at].label == k; i++, at++)
            s->phrase[at] = i < say->list.n ? &say->list.v[i] : NULL;
    }
    s->first[lesson->classes] = at;
}

static void lint_examples(struct nlu *n, enum lang l, struct cache *cache,
                          struct diags *d)
{
    struct schooling s = {.nlu = n, .lang = l, .diags = d};
    if (!n->school[l].classifier)
        return;
    nlu_lesson(n, l, &s.lesson);
    if (s.lesson.n > LINT_EXAMPLES_MAX)
        return;
    struct arena *a = arena_new();
    struct corpus corpus;
    find_phrases(a, &s);
    corpus_init(&corpus, s.lesson.examples, s.lesson.n, l, n->judge.extractor);
    s.likeness = likeness_new(&corpus);
    s.verdict = arena_alloc(a, s.lesson.n * sizeof *s.verdict);
    heldout_judge(&s.lesson, &corpus, n->school[l].classifier, cache, s.verdict);
    for (uint32_t k = 0; k < s.lesson.classes; k++) {
        if ((int32_t)k == s.lesson.none || schooling_card(&s, k)->sensitive)
            continue;
        lint_variety(&s, k);
        lint_nearer(&s, k);
        lint_close(&s, k);
    }
    likeness_free(s.likeness);
    corpus_done(&corpus);
    arena_free(a);
}

static void lint_name(const struct card *c, struct diags *d)
{
    bool named = true;
    for (int l = 0; l < LANG_COUNT; l++)
        named = named && !str_eq(c->name[l], c->id);
    if (!named && !c->none)
        diag_warning(d, c->file, c->line, 1,
                     "`%.*s`: no name (`- name: en ... | nl ...`): its button shows this",
                     STR_ARG(c->id));
}

void nlu_lint(struct nlu *n, struct cache *cache, struct diags *d)
{
    for (size_t i = 0; i < n->catalogue->cards.n; i++)
        lint_name(&n->catalogue->cards.v[i], d);
    for (int l = 0; l < LANG_COUNT; l++)
        lint_examples(n, (enum lang)l, cache, d);
    lint_patterns(n, d);
}
