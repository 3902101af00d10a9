#include "cli/check_words.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "store/peek.h"
#include "text/normalise.h"

enum { QUESTIONS_MAX = 20000, TERMS_MAX = 32 };

struct lacking {
    str word;
    enum lang lang;
    size_t questions;
};

struct lacking_words {
    struct arena *arena;
    VEC(struct lacking) list;
    struct map by_word;
};

static void count(struct lacking_words *w, enum lang l, str word)
{
    str key = arena_fmt(w->arena, "%s %.*s", lang_code(l), STR_ARG(word));
    size_t at = (size_t)*map_put(&w->by_word, key, (int64_t)w->list.n);
    if (at == w->list.n)
        *arena_push(w->arena, &w->list) =
            (struct lacking){.word = str_sub(key, 3, key.n), .lang = l};
    w->list.v[at].questions++;
}

/* A word said twice in a question counts once: search_explain has each word once. */
static void read_question(struct lacking_words *w, struct search *s, struct arena *a,
                          const struct store_unanswered *u)
{
    struct search_term t[TERMS_MAX];
    struct search_query q = {.lang = lang_of(u->lang)};
    if (q.lang == LANG_NONE || normalise(a, u->text, &q.folded) != RC_OK)
        return;
    size_t n = search_explain(s, a, &q, t, TERMS_MAX);
    for (size_t i = 0; i < n; i++)
        if (!t[i].found && t[i].word.n > 2)
            count(w, q.lang, t[i].word);
}

static int by_questions(const void *x, const void *y)
{
    const struct lacking *a = x, *b = y;
    if (a->questions != b->questions)
        return a->questions < b->questions ? 1 : -1;
    return str_cmp(a->word, b->word);
}

void check_words(const struct options *o, const struct settings *s, struct built *b)
{
    struct store_unanswereds rows;
    struct arena *a = arena_new();
    struct lacking_words w = {.arena = o->arena, .by_word = map_new(o->arena)};
    str file = file_path(o->arena, s->state, STR("balie.db"));
    if (peek_unanswered(file, o->arena, QUESTIONS_MAX, &rows) == RC_OK)
        for (size_t i = 0; i < rows.list.n; i++) {
            read_question(&w, b->brain.search, a, &rows.list.v[i]);
            arena_reset(a);
        }
    arena_free(a);
    if (w.list.n > 0)
        qsort(w.list.v, w.list.n, sizeof *w.list.v, by_questions);
    for (size_t i = 0; i < MIN(w.list.n, (size_t)WORDS_TOLD_MAX); i++) {
        const struct lacking *one = &w.list.v[i];
        if (one->questions < WORD_QUESTIONS_MIN)
            break;
        diag_warning(&b->diags, file_path(o->arena, s->intents, STR("words.md")), 0, 0,
                     "`%.*s` (%s) stood in %zu questions that nobody answered, and in no "
                     "article: write about it, or say here what it means",
                     STR_ARG(one->word), lang_code(one->lang), one->questions);
    }
}
