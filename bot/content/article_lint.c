#include "content/article_lint.h"

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "content/heading.h"
#include "content/texts.h"
#include "text/word.h"

enum { SAME_HEADING_MAX = 40, SPECIFIC_TOPICS = 3 };

enum kind { KIND_LONG, KIND_NOTHING, KIND_BARE, KIND_EMPTY, KIND_CLASH, KIND_COUNT };

struct linting {
    const struct catalogue *c;
    struct arena *arena, *scratch;
    struct texts *here, *there; /* of the section at work, and of another */
    str knowledge;
    date_t today;
    struct diags *diags;
    size_t told[KIND_COUNT];
    struct map headings; /* language and folded heading -> first place in next */
    VEC(uint32_t) sections;
    VEC(uint32_t) next; /* of those with the same heading; 0: last */
};

static const struct article *article_of(const struct linting *l, size_t section)
{
    return &l->c->articles.v[l->c->sections.v[section].article];
}

static str file_of(const struct linting *l, size_t section)
{
    return file_path(l->arena, l->knowledge, article_of(l, section)->path);
}

#define TELL(l, kind, section, ...)                                                      \
    do {                                                                                 \
        if ((l)->told[kind]++ < LINT_KIND_MAX)                                           \
            diag_warning((l)->diags, file_of(l, section),                                \
                         (l)->c->sections.v[section].line, 1, __VA_ARGS__);              \
    } while (0)

/* Lists and tables are looked up, not read. */
static size_t prose(const struct section_text *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_pieces; i++) {
        size_t end = i + 1 < t->n_pieces ? t->pieces[i + 1].text : t->text.n;
        if (t->pieces[i].kind == PIECE_TEXT && end > t->pieces[i].text)
            n += end - t->pieces[i].text;
    }
    return n;
}

/* Whether a section of a deeper level follows in the same article. */
static bool has_below(const struct linting *l, size_t section)
{
    const struct article *a = article_of(l, section);
    size_t next = section + 1;
    return next < a->first_section + a->n_sections &&
        l->c->sections.v[next].level > l->c->sections.v[section].level;
}

static void lint_section(struct linting *l, size_t i)
{
    const struct section *s = &l->c->sections.v[i];
    size_t n = prose(texts_of(l->here, s));
    if (s->level > 0 && s->heading.n == 0)
        TELL(l, KIND_EMPTY, i, "this heading is empty");
    else if (s->level > 0 && s->n_text == 0 && !has_below(l, i))
        TELL(l, KIND_BARE, i, "nothing stands below this heading");
    else if (s->level > 1 && heading_says_nothing(l->scratch, s->heading))
        TELL(l, KIND_NOTHING, i,
             "the heading `%.*s` says nothing: write what an employee would look for",
             STR_ARG(s->heading));
    if (n > LINT_SECTION_MAX)
        TELL(l, KIND_LONG, i,
             "this section is long to answer from (%zu letters of text): cut it with "
             "headings",
             n);
}

/* --- the same heading twice --- */

static bool overlap(const struct article *x, const struct article *y)
{
    bool before = x->valid_to != DATE_NONE && y->valid_from != DATE_NONE &&
        x->valid_to < y->valid_from;
    bool behind = y->valid_to != DATE_NONE && x->valid_from != DATE_NONE &&
        y->valid_to < x->valid_from;
    return !before && !behind;
}

/* Nobody sees both: a condition on one key without a value in common. */
static bool parted(const struct article *x, const struct article *y)
{
    for (size_t i = 0; i < x->audience.n; i++)
        for (size_t k = 0; k < y->audience.n; k++) {
            const struct condition *a = &x->audience.v[i], *b = &y->audience.v[k];
            bool common = !str_eq(a->key, b->key);
            for (size_t p = 0; p < a->values.n && !common; p++)
                for (size_t q = 0; q < b->values.n && !common; q++)
                    common = str_eq(a->values.v[p], b->values.v[q]);
            if (!common)
                return true;
        }
    return false;
}

static size_t topics(enum lang l, str folded, str other)
{
    size_t pos = 0, n = 0;
    char scratch[64];
    for (struct word w; word_next(folded, &pos, scratch, &w);)
        n += !lang_is_stop_word(l, w.text) && (!other.p || str_has(other, w.text));
    return n;
}

/* "How many days" is asked of every kind of leave; its titles tell that it is one. */
static bool same_subject(struct linting *l, size_t i, const struct article *x,
                         const struct article *y)
{
    str heading = heading_fold(l->scratch, l->c->sections.v[i].heading);
    return topics(x->lang, heading, STR_NONE) >= SPECIFIC_TOPICS ||
        topics(x->lang, heading_fold(l->scratch, x->title),
               heading_fold(l->scratch, y->title)) > 0;
}

static void compare(struct linting *l, size_t i, size_t k)
{
    const struct section *s = &l->c->sections.v[i], *other = &l->c->sections.v[k];
    const struct article *x = article_of(l, i), *y = article_of(l, k);
    str here, there;
    if (s->article == other->article || !overlap(x, y) || parted(x, y) ||
        !same_subject(l, i, x, y) ||
        !article_clash(l->scratch, x->lang, texts_plain(l->here, s),
                       texts_plain(l->there, other), &here, &there))
        return;
    TELL(l, KIND_CLASH, i,
         "`%.*s` here and `%.*s` in %.*s:%d, in nearly the same sentence below the same "
         "heading: which one is right?",
         STR_ARG(here), STR_ARG(there), STR_ARG(file_of(l, k)), other->line);
}

static void compare_section(struct linting *l, size_t i)
{
    const struct section *s = &l->c->sections.v[i];
    const struct article *a = article_of(l, i);
    str heading = heading_fold(l->scratch, s->heading);
    if (heading.n == 0 || s->n_text == 0 || s->reference || a->lang == LANG_NONE)
        return;
    str key = arena_fmt(l->arena, "%s %.*s", lang_code(a->lang), STR_ARG(heading));
    uint32_t place = (uint32_t)l->sections.n;
    *arena_push(l->arena, &l->sections) = (uint32_t)i;
    *arena_push(l->arena, &l->next) = 0;
    uint32_t at = (uint32_t)*map_put(&l->headings, key, place);
    for (int n = 0; at != place; n++) {
        if (n < SAME_HEADING_MAX)
            compare(l, i, l->sections.v[at]);
        if (l->next.v[at] == 0) {
            l->next.v[at] = place;
            break;
        }
        at = l->next.v[at];
    }
}

static void tell_rest(struct linting *l)
{
    static const char *const what[KIND_COUNT] = {
        [KIND_LONG] = "more sections are long to answer from",
        [KIND_NOTHING] = "more headings say nothing",
        [KIND_BARE] = "more headings have nothing below them",
        [KIND_EMPTY] = "more headings are empty",
        [KIND_CLASH] = "more sentences have other figures below the same heading",
    };
    for (int k = 0; k < KIND_COUNT; k++)
        if (l->told[k] > LINT_KIND_MAX)
            diag_warning(l->diags, l->knowledge, 0, 0, "%zu %s",
                         l->told[k] - LINT_KIND_MAX, what[k]);
}

void article_lint(const struct catalogue *c, str knowledge, date_t today, struct diags *d)
{
    struct arena *a = arena_new();
    struct linting l = {.c = c,
                        .arena = a,
                        .scratch = arena_new(),
                        .here = texts_open(),
                        .there = texts_open(),
                        .knowledge = knowledge,
                        .today = today,
                        .diags = d,
                        .headings = map_new(a)};
    for (size_t i = 0; i < c->sections.n; i++) {
        const struct article *art = article_of(&l, i);
        if (art->valid_to != DATE_NONE && art->valid_to < today)
            continue;
        lint_section(&l, i);
        compare_section(&l, i);
        arena_reset(l.scratch);
    }
    tell_rest(&l);
    texts_close(l.here);
    texts_close(l.there);
    arena_free(l.scratch);
    arena_free(a);
}
