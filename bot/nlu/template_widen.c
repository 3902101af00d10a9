/* Words of a template that HR declared alike to others are widened to a choice of them,
 * so that a pattern need not repeat words.md. Only whole words: in (vakantie)(dagen)
 * neither part is one. */
#include "base/str.h"
#include "nlu/template_tree.h"

struct widener {
    struct arena *arena;
    const struct synonyms *synonyms;
    enum lang lang;
};

static void widen(const struct widener *w, struct sequence *s, bool open_left,
                  bool open_right);

static bool is_space_at(const struct sequence *s, size_t i)
{
    return s->list.v[i].kind == ITEM_SPACE;
}

/* The text of the run of n words from i on, blanks between; STR_NONE when there are
 * fewer, or when the run ends inside a word. */
static str run_at(const struct widener *w, const struct sequence *s, size_t i, size_t n,
                  bool open_right)
{
    str run = STR_NONE;
    for (size_t k = 0; k < n; k++) {
        size_t at = i + 2 * k;
        if (at >= s->list.n || s->list.v[at].kind != ITEM_TEXT)
            return STR_NONE;
        bool ends = at + 1 == s->list.n;
        if (ends ? k + 1 < n || !open_right : !is_space_at(s, at + 1))
            return STR_NONE;
        if (k > 0)
            run = arena_join(w->arena, run, STR(" "));
        run = arena_join(w->arena, run, s->list.v[at].text);
    }
    return run;
}

static struct item choice_of(const struct widener *w, struct strs terms)
{
    struct item group = {.kind = ITEM_GROUP};
    for (size_t i = 0; i < terms.n; i++) {
        struct sequence s = {0};
        str rest = terms.v[i];
        while (rest.n > 0) {
            if (s.list.n > 0)
                *arena_push(w->arena, &s.list) = (struct item){.kind = ITEM_SPACE};
            *arena_push(w->arena, &s.list) =
                (struct item){.kind = ITEM_TEXT, .text = str_cut(&rest, ' ')};
        }
        *arena_push(w->arena, &group.branches) = s;
    }
    return group;
}

/* Replaces the longest run of words at i that is a term; true when there was one. */
static bool replace(const struct widener *w, struct sequence *s, size_t i,
                    bool open_right)
{
    for (size_t n = synonyms_longest(w->synonyms, w->lang); n > 0; n--) {
        str run = run_at(w, s, i, n, open_right);
        struct strs terms = {0};
        if (run.n > 0)
            terms = synonyms_for(w->synonyms, w->lang, run);
        if (terms.n == 0)
            continue;
        s->list.v[i] = choice_of(w, terms);
        size_t gone = 2 * (n - 1);
        memmove(&s->list.v[i + 1], &s->list.v[i + 1 + gone],
                (s->list.n - i - 1 - gone) * sizeof *s->list.v);
        s->list.n -= gone;
        return true;
    }
    return false;
}

static void widen(const struct widener *w, struct sequence *s, bool open_left,
                  bool open_right)
{
    for (size_t i = 0; i < s->list.n; i++) {
        struct item *one = &s->list.v[i];
        bool left = i == 0 ? open_left : is_space_at(s, i - 1);
        bool right = i + 1 == s->list.n ? open_right : is_space_at(s, i + 1);
        if (one->kind == ITEM_TEXT && left)
            replace(w, s, i, open_right);
        else if (one->kind == ITEM_GROUP)
            for (size_t k = 0; k < one->branches.n; k++)
                widen(w, &one->branches.v[k], left, right);
    }
}

void template_widen(struct arena *a, struct sequence *s, const struct synonyms *synonyms,
                    enum lang l)
{
    struct widener w = {.arena = a, .synonyms = synonyms, .lang = l};
    if (synonyms && synonyms_longest(synonyms, l) > 0)
        widen(&w, s, true, true);
}
