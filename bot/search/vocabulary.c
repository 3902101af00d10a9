#include "search/vocabulary.h"

#include "base/buf.h"
#include "base/str.h"

#define WORD_NONE UINT32_MAX

void vocabulary_init(struct vocabulary *v, struct arena *a, enum lang l,
                     const struct search_options *o)
{
    *v = (struct vocabulary){
        .arena = a,
        .lang = l,
        .options = *o,
        .stemmer = stemmer_new(),
        .word_ids = map_new(a),
        .term_ids = map_new(a),
        .families = map_new(a),
    };
}

void vocabulary_done(struct vocabulary *v)
{
    stemmer_free(v->stemmer);
    v->stemmer = NULL;
}

void vocabulary_expect(struct vocabulary *v, const struct vocabulary *like)
{
    size_t words = like->words.n + like->words.n / 64 + 64;
    size_t terms = like->terms.n + like->terms.n / 64 + 64;
    arena_reserve(v->arena, &v->words, words);
    arena_reserve(v->arena, &v->terms, terms);
    map_reserve(&v->word_ids, words);
    map_reserve(&v->term_ids, terms);
}

str vocabulary_stem(struct vocabulary *v, str word)
{
    word = str_sub(word, 0, VOCABULARY_WORD_MAX);
    return v->options.stems ? stem(v->stemmer, v->lang, word) : word;
}

term_t vocabulary_term(const struct vocabulary *v, str stem)
{
    int64_t *at = map_find(&v->term_ids, stem);
    return at ? (term_t)*at : TERM_NONE;
}

term_t vocabulary_add_term(struct vocabulary *v, str stem)
{
    term_t known = vocabulary_term(v, stem);
    if (known != TERM_NONE)
        return known;
    term_t id = (term_t)v->terms.n;
    struct vocabulary_term *t = arena_push(v->arena, &v->terms);
    *t = (struct vocabulary_term){
        .text = arena_str(v->arena, stem),
        .next_family = id,
        .word = WORD_NONE,
        .family = id,
        .phrase = str_find_char(stem, ' ') >= 0,
    };
    map_put(&v->term_ids, t->text, id);
    return id;
}

uint32_t vocabulary_add(struct vocabulary *v, str word, bool in_text)
{
    word = str_sub(word, 0, VOCABULARY_WORD_MAX);
    int64_t *at = map_find(&v->word_ids, word);
    uint32_t id = at ? (uint32_t)*at : (uint32_t)v->words.n;
    if (!at) {
        struct vocabulary_word *w = arena_push(v->arena, &v->words);
        w->text = arena_str(v->arena, word);
        w->stop = v->options.stop_words && lang_is_stop_word(v->lang, w->text);
        w->term = vocabulary_add_term(v, vocabulary_stem(v, w->text));
        map_put(&v->word_ids, w->text, id);
    }
    if (in_text)
        vocabulary_count(v, id, 1);
    return id;
}

void vocabulary_count(struct vocabulary *v, uint32_t word, uint32_t n)
{
    struct vocabulary_word *w = &v->words.v[word];
    w->count += n;
    v->terms.v[w->term].count += n;
}

uint32_t vocabulary_take(struct vocabulary *v, const struct vocabulary *from,
                         uint32_t word, term_t known)
{
    const struct vocabulary_word *old = &from->words.v[word];
    uint32_t id = (uint32_t)v->words.n;
    struct vocabulary_word *w = arena_push(v->arena, &v->words);
    *w = (struct vocabulary_word){
        .text = arena_str(v->arena, old->text),
        .stop = old->stop,
        .term = known != TERM_NONE
            ? known
            : vocabulary_add_term(v, from->terms.v[old->term].text),
    };
    map_put(&v->word_ids, w->text, id);
    return id;
}

const struct vocabulary_word *vocabulary_word(const struct vocabulary *v, str word)
{
    int64_t *at = map_find(&v->word_ids, str_sub(word, 0, VOCABULARY_WORD_MAX));
    return at ? &v->words.v[*at] : NULL;
}

term_t vocabulary_family(struct vocabulary *v, str word)
{
    char scratch[VOCABULARY_WORD_MAX];
    str root = family_root(v->lang, vocabulary_stem(v, word), scratch);
    if (v->lang != LANG_NL)
        return vocabulary_term(v, root);
    int64_t *at = map_find(&v->families, root);
    return at ? (term_t)*at : TERM_NONE;
}

str vocabulary_shown(const struct vocabulary *v, struct arena *a, term_t t)
{
    enum { SHOWN_MAX = 1024 };
    if (v->terms.v[t].word != WORD_NONE)
        return v->words.v[v->terms.v[t].word].text;
    struct buf b = buf_new(a, SHOWN_MAX);
    str rest = v->terms.v[t].text;
    while (rest.p && rest.n) {
        str stem = str_cut(&rest, ' ');
        term_t one = vocabulary_term(v, stem);
        bool known = one != TERM_NONE && v->terms.v[one].word != WORD_NONE;
        if (b.n)
            buf_char(&b, ' ');
        buf_put(&b, known ? v->words.v[v->terms.v[one].word].text : stem);
    }
    return buf_str(&b);
}

/* The form of a term that the texts have most often is the one to show. */
static void find_shown(struct vocabulary *v)
{
    for (uint32_t i = 0; i < v->words.n; i++) {
        uint32_t *shown = &v->terms.v[v->words.v[i].term].word;
        if (*shown == WORD_NONE || v->words.v[i].count > v->words.v[*shown].count)
            *shown = i;
    }
}

static void find_parts(struct vocabulary *v)
{
    if (!v->options.compounds || v->lang != LANG_NL)
        return;
    for (size_t i = 0; i < v->words.n; i++) {
        struct vocabulary_word *w = &v->words.v[i];
        term_t parts[VOCABULARY_PARTS_MAX];
        size_t n = w->count ? compound_split(v, w->text, parts) : 0;
        if (w->count && n == 0) {
            parts[0] = compound_tail(v, w->text);
            n = parts[0] != TERM_NONE;
        }
        w->first_part = (uint32_t)v->parts.n;
        w->n_parts = (uint8_t)n;
        for (size_t k = 0; k < n; k++)
            *arena_push(v->arena, &v->parts) = parts[k];
    }
}

/* Terms of one root become a ring; only Dutch stems have roots other than themselves. */
static void find_families(struct vocabulary *v)
{
    if (v->lang != LANG_NL)
        return;
    for (term_t t = 0; t < v->terms.n; t++) {
        struct vocabulary_term *term = &v->terms.v[t];
        if (term->phrase)
            continue;
        char scratch[VOCABULARY_WORD_MAX];
        str root = family_root(v->lang, term->text, scratch);
        int64_t *at = map_find(&v->families, root);
        if (!at) {
            map_put(&v->families,
                    str_eq(root, term->text) ? term->text : arena_str(v->arena, root), t);
            continue;
        }
        struct vocabulary_term *head = &v->terms.v[*at];
        term->family = (term_t)*at;
        term->next_family = head->next_family;
        head->next_family = t;
    }
}

void vocabulary_freeze(struct vocabulary *v)
{
    find_shown(v);
    find_families(v);
    beginning_prepare(v);
    find_parts(v);
    typo_prepare(v);
}
