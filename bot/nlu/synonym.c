#include "nlu/synonym.h"

#include "base/str.h"
#include "nlu/plain.h"

/* A term with what it is tied to: texts for patterns, concepts for the classifier. */
struct term {
    VEC(str) texts;
    VEC(uint32_t) concepts;
};

struct language_terms {
    VEC(struct term) list;
    struct map by_text, by_stems; /* index in list */
    size_t longest;               /* words of any term */
    struct map longest_from;      /* words of the longest term that begins with a stem */
    struct map seconds_from;      /* synonyms_seconds of a stem */
};

struct synonyms {
    struct arena *arena;
    struct language_terms of[LANG_COUNT];
};

static size_t count_words(str plain)
{
    size_t n = plain.n > 0;
    for (size_t i = 0; i < plain.n; i++)
        n += plain.p[i] == ' ';
    return n;
}

static str stems_of(struct arena *a, struct stemmer *st, enum lang l, str plain)
{
    str all = STR("");
    struct words w = words_of(a, plain);
    for (size_t i = 0; i < w.list.n; i++) {
        if (i > 0)
            all = arena_join(a, all, STR(" "));
        all = arena_join(a, all, stem(st, l, w.list.v[i].text));
    }
    return all;
}

static struct term *term_at(struct synonyms *s, struct language_terms *t, struct map *m,
                            str key)
{
    int64_t next = (int64_t)t->list.n;
    int64_t at = *map_put(m, key, next);
    if (at == next)
        (void)arena_push(s->arena, &t->list);
    return &t->list.v[at];
}

static void add_text(struct synonyms *s, struct term *t, str text)
{
    for (size_t i = 0; i < t->texts.n; i++)
        if (str_eq(t->texts.v[i], text))
            return;
    *arena_push(s->arena, &t->texts) = text;
}

static void add_concept(struct synonyms *s, struct term *t, uint32_t concept)
{
    for (size_t i = 0; i < t->concepts.n; i++)
        if (t->concepts.v[i] == concept)
            return;
    *arena_push(s->arena, &t->concepts) = concept;
}

/* One group in one language. One way: patterns that say v[1..] accept v[0]; texts that
 * say any of them have the concept, for the classifier learns what v[1..] mean. */
static void add_group(struct synonyms *s, struct stemmer *st, enum lang l,
                      const struct synonym *group, uint32_t concept)
{
    struct language_terms *t = &s->of[l];
    for (size_t i = 0; i < group->terms.n; i++) {
        str plain = plain_of(s->arena, group->terms.v[i]);
        size_t words = count_words(plain);
        if (words == 0 || words > SYNONYM_WORDS_MAX)
            continue;
        t->longest = MAX(t->longest, words);
        struct term *by_text = term_at(s, t, &t->by_text, plain);
        add_text(s, by_text, plain);
        for (size_t k = 0; k < group->terms.n; k++)
            if (group->two_way || (i > 0 && k == 0))
                add_text(s, by_text, plain_of(s->arena, group->terms.v[k]));
        str stems = stems_of(s->arena, st, l, plain);
        add_concept(s, term_at(s, t, &t->by_stems, stems), concept);
        str first = str_cut(&stems, ' ');
        int64_t *most = map_put(&t->longest_from, first, 0);
        *most = MAX(*most, (int64_t)words);
        if (words > 1)
            *map_put(&t->seconds_from, first, 0) |=
                (int64_t)((uint64_t)1 << synonyms_bit(str_cut(&stems, ' ')));
    }
}

struct synonyms *synonyms_new(struct arena *a, const struct catalogue *c)
{
    struct synonyms *s = arena_alloc(a, sizeof *s);
    s->arena = a;
    struct stemmer *st = stemmer_new();
    for (int l = 0; l < LANG_COUNT; l++) {
        s->of[l].by_text = map_new(a);
        s->of[l].by_stems = map_new(a);
        s->of[l].longest_from = map_new(a);
        s->of[l].seconds_from = map_new(a);
        for (size_t i = 0; i < c->synonyms.n; i++) {
            const struct synonym *group = &c->synonyms.v[i];
            if (group->lang == LANG_NONE || (int)group->lang == l)
                add_group(s, st, (enum lang)l, group, (uint32_t)i);
        }
    }
    stemmer_free(st);
    return s;
}

struct strs synonyms_for(const struct synonyms *s, enum lang l, str plain)
{
    const int64_t *at = l == LANG_NONE ? NULL : map_find(&s->of[l].by_text, plain);
    if (!at || s->of[l].list.v[*at].texts.n < 2)
        return (struct strs){0};
    const struct term *t = &s->of[l].list.v[*at];
    return (struct strs){t->texts.v, t->texts.n};
}

size_t synonyms_longest(const struct synonyms *s, enum lang l)
{
    return l == LANG_NONE ? 0 : s->of[l].longest;
}

size_t synonyms_longest_from(const struct synonyms *s, enum lang l, str stem)
{
    const int64_t *n = l == LANG_NONE ? NULL : map_find(&s->of[l].longest_from, stem);
    return n ? (size_t)*n : 0;
}

uint64_t synonyms_seconds(const struct synonyms *s, enum lang l, str stem)
{
    const int64_t *bits = l == LANG_NONE ? NULL : map_find(&s->of[l].seconds_from, stem);
    return bits ? (uint64_t)*bits : 0;
}

uint32_t synonyms_bit(str stem)
{
    return (uint32_t)(str_key(stem) % 64);
}

int32_t synonyms_term(const struct synonyms *s, enum lang l, str stems)
{
    const int64_t *at = l == LANG_NONE ? NULL : map_find(&s->of[l].by_stems, stems);
    return at ? (int32_t)*at : -1;
}

const uint32_t *synonyms_of_term(const struct synonyms *s, enum lang l, int32_t term,
                                 size_t *n)
{
    bool is = l != LANG_NONE && term >= 0;
    *n = is ? s->of[l].list.v[term].concepts.n : 0;
    return is ? s->of[l].list.v[term].concepts.v : NULL;
}
