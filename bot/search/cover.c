#include "search/cover.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"
#include "search/inside.h"
#include "search/passage.h"
#include "search/section.h"
#include "text/number_word.h"
#include "text/when_word.h"
#include "text/word.h"

typedef VEC(uint32_t) hashes;

static uint32_t hash_of(str stem)
{
    uint64_t h = str_hash(stem);
    return (uint32_t)(h ^ h >> 32);
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* --- building --- */

static void add_term(struct index *x, struct arena *a, hashes *to, str stem)
{
    char scratch[VOCABULARY_WORD_MAX];
    *arena_push(a, to) = hash_of(stem);
    *arena_push(a, to) = hash_of(family_root(x->lang, stem, scratch));
}

/* Every word of a text: its stem, its root, and what a compound is made of. */
static void add_text(struct index *x, struct arena *a, hashes *to, str text)
{
    struct vocabulary *v = &x->vocabulary;
    struct cutter c = cutter_new(a, text);
    str word;
    while (cutter_next(&c, &word)) {
        word = str_sub(word, 0, VOCABULARY_WORD_MAX);
        if (lang_is_stop_word(x->lang, word))
            continue;
        add_term(x, a, to, vocabulary_stem(v, word));
        term_t parts[VOCABULARY_PARTS_MAX];
        size_t n = compound_split(v, word, parts);
        for (size_t i = 0; i < n; i++)
            add_term(x, a, to, v->terms.v[parts[i]].text);
    }
}

/* A word as a line keeps it: stem, root, and two parts of a compound. */
static void add_line_word(struct index *x, struct arena *a, struct wording_draft *d,
                          str word)
{
    struct vocabulary *v = &x->vocabulary;
    char scratch[VOCABULARY_WORD_MAX];
    uint32_t hash[WORDING_HASHES];
    term_t parts[VOCABULARY_PARTS_MAX];
    str stem = vocabulary_stem(v, word);
    hash[0] = hash_of(stem);
    hash[1] = hash_of(family_root(x->lang, stem, scratch));
    size_t n = 2;
    size_t n_parts = compound_split(v, word, parts);
    for (size_t i = 0; i < n_parts && n < WORDING_HASHES; i++)
        hash[n++] = hash_of(v->terms.v[parts[i]].text);
    wording_word_add(d, a, hash, n);
}

static void add_line(struct index *x, struct arena *a, struct wording_draft *d, str line)
{
    struct cutter c = cutter_new(a, line);
    str word;
    while (cutter_next(&c, &word))
        add_line_word(x, a, d, str_sub(word, 0, VOCABULARY_WORD_MAX));
    wording_line_end(d, a);
}

static uint32_t *keep(struct index *x, hashes *h, uint32_t *n)
{
    *n = 0;
    if (h->n == 0)
        return NULL;
    qsort(h->v, h->n, sizeof *h->v, ascending);
    for (size_t i = 0; i < h->n; i++)
        if (*n == 0 || h->v[i] != h->v[*n - 1])
            h->v[(*n)++] = h->v[i];
    uint32_t *out = arena_alloc(x->vocabulary.arena, *n * sizeof *out);
    memcpy(out, h->v, *n * sizeof *out);
    return out;
}

static void read_card(struct index *x, struct arena *a, const struct card *card,
                      struct card_words *out)
{
    hashes said = {0}, asked = {0};
    struct wording_draft examples = {0};
    bool general = false; /* what other countries' people read says little */
    for (size_t i = 0; i < card->answers.n; i++)
        general = general ||
            (card->answers.v[i].lang == x->lang && card->answers.v[i].audience.n == 0);
    for (size_t i = 0; i < card->answers.n; i++) {
        const struct answer *answer = &card->answers.v[i];
        if (answer->lang == x->lang && (!general || answer->audience.n == 0))
            add_text(x, a, &said, answer->text);
    }
    add_text(x, a, &said, card->name[x->lang]);
    const struct phrases *lists[] = {&card->say[x->lang], &card->patterns[x->lang]};
    for (size_t k = 0; k < LEN(lists); k++)
        for (size_t i = 0; i < lists[k]->list.n; i++)
            add_text(x, a, &asked, lists[k]->list.v[i].text);
    for (size_t i = 0; i < card->say[x->lang].list.n; i++)
        add_line(x, a, &examples, card->say[x->lang].list.v[i].text);
    out->examples = wording_keep(&examples, x->vocabulary.arena);
    out->said = keep(x, &said, &out->n_said);
    out->asked = keep(x, &asked, &out->n_asked);
}

/* In how many cards each word is. */
static void count_cards(struct cards_words *w, struct index *x, size_t n_cards,
                        struct arena *a)
{
    hashes all = {0};
    for (size_t i = 0; i < n_cards; i++) {
        const struct card_words *c = &w->v[i];
        w->n_cards += c->n_said + c->n_asked > 0;
        for (uint32_t k = 0; k < c->n_said; k++)
            *arena_push(a, &all) = c->said[k];
        for (uint32_t k = 0; k < c->n_asked; k++)
            if (!bsearch(&c->asked[k], c->said, c->n_said, sizeof *c->said, ascending))
                *arena_push(a, &all) = c->asked[k];
    }
    if (all.n == 0)
        return;
    qsort(all.v, all.n, sizeof *all.v, ascending);
    w->hash = arena_alloc(x->vocabulary.arena, all.n * sizeof *w->hash);
    w->card = arena_alloc(x->vocabulary.arena, all.n * sizeof *w->card);
    for (size_t i = 0; i < all.n; i++) {
        if (w->n == 0 || w->hash[w->n - 1] != all.v[i])
            w->hash[w->n++] = all.v[i];
        w->card[w->n - 1]++;
    }
}

static void name_topics(struct cards_words *w, struct index *x, struct arena *a)
{
    const struct catalogue *c = x->catalogue;
    hashes all = {0};
    for (size_t i = 0; i < c->cards.n; i++)
        if (!c->cards.v[i].none && !c->cards.v[i].sensitive)
            add_text(x, a, &all, c->cards.v[i].name[x->lang]);
    for (uint32_t i = 0; i < x->n_articles; i++)
        add_text(x, a, &all, c->articles.v[x->article[i]].title);
    w->named = keep(x, &all, &w->n_named);
}

void cover_prepare(struct cards_words *w, struct index *x, struct arena *scratch)
{
    const struct catalogue *c = x->catalogue;
    *w = (struct cards_words){
        .v = arena_alloc(x->vocabulary.arena, c->cards.n * sizeof *w->v)};
    for (size_t i = 0; i < c->cards.n; i++) {
        if (!c->cards.v[i].none && !c->cards.v[i].sensitive)
            read_card(x, scratch, &c->cards.v[i], &w->v[i]);
        arena_reset(scratch);
    }
    count_cards(w, x, c->cards.n, scratch);
    name_topics(w, x, scratch);
    arena_reset(scratch);
}

/* --- asking --- */

static bool has(const uint32_t *v, uint32_t n, uint32_t h)
{
    return n > 0 && bsearch(&h, v, n, sizeof *v, ascending) != NULL;
}

/* Numbers, days and months are what a question is asked with, not what it asks for. */
static bool is_figure(str word, enum lang l)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] >= '0' && word.p[i] <= '9')
            return true;
    switch (word_meaning(word, l).cls) {
    case CLS_WEEKDAY:
    case CLS_HABIT:
    case CLS_MONTH:
    case CLS_NEAR:
    case CLS_PART:
    case CLS_UNIT:
    case CLS_TURN:
        return true;
    default:
        return number_may_begin(word);
    }
}

/* The forms of a concept that count as the word itself. */
struct forms {
    uint32_t hash[2 + 2 * QUERY_ALTERNATIVES_MAX];
    size_t n;
};

static void add_form(struct forms *f, const struct index *x, str stem)
{
    char scratch[VOCABULARY_WORD_MAX];
    f->hash[f->n++] = hash_of(stem);
    f->hash[f->n++] = hash_of(family_root(x->lang, stem, scratch));
}

static void read_forms(struct forms *f, struct index *x, const struct concept *c)
{
    const float least = .25f;
    f->n = 0;
    add_form(f, x, vocabulary_stem(&x->vocabulary, c->word));
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].weight >= least)
            add_form(f, x, x->vocabulary.terms.v[c->v[i].term].text);
}

static bool any_in(const struct forms *f, const uint32_t *v, uint32_t n)
{
    for (size_t i = 0; i < f->n; i++)
        if (has(v, n, f->hash[i]))
            return true;
    return false;
}

/* How rare the word is among the cards; common is any of its forms that is common. */
static double card_rarity(const struct cards_words *w, const struct forms *f)
{
    uint32_t most = 0;
    for (size_t i = 0; i < MIN(f->n, 2u); i++) { /* the word itself */
        const uint32_t *at =
            w->n ? bsearch(&f->hash[i], w->hash, w->n, sizeof *w->hash, ascending) : NULL;
        most = at ? MAX(most, w->card[at - w->hash]) : most;
    }
    return log(1 + (w->n_cards - most + .5) / (most + .5));
}

/* Whether it is a word of headings: those that are not ask for nothing. */
static double topical(const struct index *x, const struct concept *c)
{
    double most = 0;
    for (size_t i = 0; i < c->n; i++)
        most = MAX(most, (double)(c->v[i].weight * x->salience[c->v[i].term]));
    return MIN(1, 3 * most);
}

/* What a section adds by a word that the card does not say. */
static double worth(const struct cover_word *w, double body, double heading)
{
    const double in_heading = 1.6, no_topic = .6;
    return w->weight * (w->topical >= .3 ? 1 : no_topic) *
        MAX(body, in_heading * heading);
}

/* The heading has most of what the question asks about the title's topic, and a word of
 * it that the card does not say: "may my partner drive it" on a page about the car. */
static bool is_headed(const struct cover *c, const double heading[QUERY_CONCEPTS_MAX])
{
    const double most = .5, enough = 1.2, fresh = .6;
    double all = 0, has = 0, unsaid = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct cover_word *w = &c->v[i];
        if (w->title || !w->known || (w->topical < .3 && heading[i] <= 0))
            continue;
        all += w->weight;
        has += heading[i] > 0 ? w->weight : 0;
        unsaid += heading[i] > 0 && !w->said ? w->weight : 0;
    }
    return has >= enough && has >= most * all && unsaid >= fresh;
}

/* What the titles of the article have. */
static void read_titles(const struct search *s, const struct index *x, uint32_t doc,
                        struct cover *out)
{
    double title[QUERY_CONCEPTS_MAX] = {0}, also[QUERY_CONCEPTS_MAX] = {0};
    double count[QUERY_CONCEPTS_MAX] = {0};
    section_words(s, x, doc, COLUMN_TITLE, title, count);
    section_words(s, x, doc, COLUMN_ALSO, also, count);
    for (size_t i = 0; i < out->n; i++) {
        out->v[i].title = title[i] > 0;
        out->v[i].topic = title[i] > 0 || also[i] > 0;
    }
}

/* What a section has, and whether it adds more than those before it; most is how much
 * they did. */
static void read_section(const struct search *s, const struct index *x, uint32_t doc,
                         struct cover *out, double *most)
{
    const double names_it = 2;
    double body[QUERY_CONCEPTS_MAX] = {0}, heading[QUERY_CONCEPTS_MAX] = {0};
    double count[QUERY_CONCEPTS_MAX] = {0}, gain = 0;
    const uint32_t *at = &x->column_start[(size_t)doc * COLUMN_COUNT];
    section_words(s, x, doc, COLUMN_BODY, body, count);
    section_words(s, x, doc, COLUMN_HEADING, heading, count);
    for (size_t i = 0; i < out->n; i++) {
        out->v[i].article = out->v[i].article || body[i] > 0 || heading[i] > 0;
        if (!out->v[i].said)
            gain += worth(&out->v[i], body[i], heading[i]);
    }
    if (gain <= 0 || at[COLUMN_HEADING] == at[COLUMN_HEADING + 1])
        return; /* the page's beginning: what a card says as well */
    bool headed = is_headed(out, heading);
    double all = gain + section_score(s, x, doc) + (headed ? names_it : 0);
    if (all <= *most + 1e-9)
        return;
    *most = all;
    out->gain = gain;
    out->headed = headed;
    out->section = (int)x->section[doc];
    for (size_t i = 0; i < out->n; i++)
        out->v[i].added = body[i] > 0 || heading[i] > 0;
}

/* What the article has, and which section adds most to the card: it answers the question,
 * and not just a word of it. */
static void read_article(const struct search *s, const struct index *x, int article,
                         struct cover *out)
{
    double most = 0;
    uint32_t from = x->first_doc[article], to = x->first_doc[article + 1];
    if (from < to)
        read_titles(s, x, from, out);
    for (uint32_t doc = from; doc < to; doc++)
        if (x->shows[doc])
            read_section(s, x, doc, out, &most);
}

/* The question's words, also those without a topic, with every form of each. */
static void read_wording(struct index *x, const struct query *q, str folded,
                         struct wording_question *out)
{
    size_t pos = 0;
    char scratch[64], root[VOCABULARY_WORD_MAX];
    struct word w;
    out->n = 0;
    out->n_forms = 0;
    memset(out->mask, 0, sizeof out->mask);
    while (word_next(folded, &pos, scratch, &w)) {
        str text = str_sub(w.text, 0, VOCABULARY_WORD_MAX);
        struct forms f = {.n = 0};
        size_t i = 0;
        while (i < q->n && !str_eq(q->v[i].word, text))
            i++;
        if (!wording_ask(out))
            break;
        str stem = vocabulary_stem(&x->vocabulary, text);
        wording_form_add(out, hash_of(stem));
        wording_form_add(out, hash_of(family_root(x->lang, stem, root)));
        if (i < q->n)
            read_forms(&f, x, &q->v[i]);
        for (size_t k = 2; k < MIN(f.n, (size_t)WORDING_FORMS_MAX); k++)
            wording_form_add(out, f.hash[k]);
    }
    wording_ready(out);
}

void search_cover(struct search *s, const struct search_query *q, int card, int article,
                  struct cover *out)
{
    struct index *x = search_index(s, q);
    *out = (struct cover){.section = -1};
    if (!x)
        return;
    const struct cards_words *all = &s->cards[x->lang];
    const struct card_words *w = &all->v[card];
    search_read(s, x, q->folded);
    out->n = s->query->n;
    for (size_t i = 0; i < out->n; i++) {
        const struct concept *c = &s->query->v[i];
        struct forms f;
        read_forms(&f, x, c);
        out->v[i] = (struct cover_word){
            .word = c->word,
            .known = c->found || any_in(&f, all->hash, (uint32_t)all->n),
            .weight =
                is_figure(c->word, x->lang) ? 0 : MIN(c->rarity, card_rarity(all, &f)),
            .topical = topical(x, c),
            .named = has(all->named, all->n_named, f.hash[0]) ||
                has(all->named, all->n_named, f.hash[1]),
            .said = any_in(&f, w->said, w->n_said),
            .asked = any_in(&f, w->asked, w->n_asked),
        };
    }
    struct wording_question *asked = arena_alloc(s->scratch, sizeof *asked);
    read_wording(x, s->query, q->folded, asked);
    out->near = wording_near(&w->examples, asked);
    int at = article < 0 ? -1 : index_article(x, article);
    if (at >= 0) {
        passage_mark(s, true);
        read_article(s, x, at, out);
        passage_mark(s, false);
    }
}
