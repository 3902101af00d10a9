#include "search/query.h"

#include <math.h>

#include "base/buf.h"

/* A word of the question while it is being read. */
struct reading {
    str text;
    term_t term; /* of its stem, or of the repaired word */
    int concept; /* -1: stop word */
    bool repaired;
    term_t family;
};

struct reader {
    struct query *q;
    struct index *x;
    struct arena *arena;
    const struct search_options *o;
    struct reading words[QUERY_WORDS_MAX];
    size_t n;
};

static bool occurs(const struct index *x, term_t t)
{
    return t != TERM_NONE && x->list[t].n > 0;
}

static void add(struct concept *c, const struct index *x, term_t t, double weight)
{
    if (!occurs(x, t))
        return;
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].term == t) {
            c->v[i].weight = MAX(c->v[i].weight, (float)weight);
            return;
        }
    if (c->n < QUERY_ALTERNATIVES_MAX)
        c->v[c->n++] = (struct alternative){t, (float)weight, x->idf[t]};
}

/* A term and those that share its root. */
static void add_family(struct concept *c, const struct index *x, term_t t, double weight)
{
    const struct vocabulary *v = &x->vocabulary;
    add(c, x, t, weight);
    if (!v->options.relatives || t == TERM_NONE)
        return;
    for (term_t k = v->terms.v[t].next_family; k != t; k = v->terms.v[k].next_family)
        add(c, x, k, weight * v->options.relative);
}

/* The same for a word that is no term itself. */
static void add_strangers_family(struct concept *c, struct index *x, str word)
{
    struct vocabulary *v = &x->vocabulary;
    char scratch[VOCABULARY_WORD_MAX];
    str root = family_root(v->lang, vocabulary_stem(v, word), scratch);
    int64_t *at = v->options.relatives ? map_find(&v->families, root) : NULL;
    if (at)
        add_family(c, x, (term_t)*at, v->options.relative);
}

/* What a sequence's synonyms add; share is the weight of one, all told. */
static void add_synonyms(struct concept *c, const struct index *x,
                         const struct sequence *from, double share)
{
    const struct synonyms *s = &x->synonyms;
    const struct search_options *o = &x->vocabulary.options;
    for (uint32_t e = from->first_edge; e; e = s->edges.v[e - 1].next) {
        const struct sequence *to = &s->sequences.v[s->edges.v[e - 1].to];
        if (to->n_words == 1) {
            add_family(c, x, to->whole, o->synonym * share);
            continue;
        }
        add(c, x, to->whole, o->synonym * share);
        for (size_t i = 0; i < to->n_words; i++)
            if (to->topical >> i & 1)
                add(c, x, to->words[i], o->synonym * o->synonym_word * share);
    }
}

static int concept_of(struct reader *r, const struct reading *w)
{
    for (size_t i = 0; i < r->q->n; i++)
        if (str_eq(r->q->v[i].word, w->text) ||
            (w->term != TERM_NONE && r->q->v[i].own == w->term))
            return (int)i;
    if (r->q->n == QUERY_CONCEPTS_MAX)
        return -1;
    struct concept *c = &r->q->v[r->q->n];
    *c = (struct concept){.word = w->text, .own = w->term, .weight = 1};
    return (int)r->q->n++;
}

/*
 * The word's own alternatives, before its neighbours are looked at. A word that no text
 * and no synonym has is tried as a form of another, then as a compound, then as a typo.
 */
static void read_word(struct reader *r, struct reading *w)
{
    struct index *x = r->x;
    struct vocabulary *v = &x->vocabulary;
    const struct search_options *o = r->o;
    struct concept other = {0};
    term_t parts[VOCABULARY_PARTS_MAX];
    uint32_t near[3];
    size_t n_parts = 0, n_near = 0;
    if (w->term == TERM_NONE)
        add_strangers_family(&other, x, w->text);
    if (!occurs(x, w->term) && other.n == 0 && o->compounds)
        n_parts = compound_split(v, w->text, parts);
    if (w->term == TERM_NONE && other.n == 0 && n_parts == 0 && o->typos)
        n_near = typo_repair(v, w->text, near, LEN(near));
    double part_w = o->part;
    if (n_near == 0 && n_parts == 0 && !occurs(x, w->term) && other.n == 0 && o->compounds && o->partial_w > 0) {
        n_parts = compound_tail(v, w->text, parts);
        part_w = o->partial_w;
    }
    if (n_near > 0) {
        w->term = v->words.v[near[0]].term;
        w->repaired = true;
    }
    if (n_parts > 1 && o->split_concepts > 0) {
        for (size_t i = 0; i < n_parts; i++) {
            struct reading p = *w;
            p.text = v->terms.v[parts[i]].text;
            p.term = parts[i];
            int k = concept_of(r, &p);
            if (k < 0)
                continue;
            if (i == 0)
                w->concept = k;
            struct concept *c = &r->q->v[k];
            c->weight = o->split_concepts;
            add_family(c, x, parts[i], 1);
            add(c, x, w->term, 1);
            if (o->part_synonym > 0) {
                const struct sequence *q = synonym_find(&x->synonyms, v->terms.v[parts[i]].text);
                if (q)
                    add_synonyms(c, x, q, o->part_synonym);
            }
        }
        return;
    }
    w->concept = concept_of(r, w);
    if (w->concept < 0)
        return;
    struct concept *c = &r->q->v[w->concept];
    add_family(c, x, w->term, w->repaired ? o->repaired : 1);
    for (size_t i = 0; i < other.n; i++)
        add(c, x, other.v[i].term, (double)other.v[i].weight);
    for (size_t i = 1; i < n_near; i++)
        add(c, x, v->words.v[near[i]].term, o->repaired);
    for (size_t i = 0; i < n_parts; i++) {
        add_family(c, x, parts[i], part_w);
        const struct sequence *q = synonym_find(&x->synonyms, v->terms.v[parts[i]].text);
        if (q && o->part_synonym > 0)
            add_synonyms(c, x, q, o->part * o->part_synonym);
    }
    if (o->known_part > 0 && occurs(x, w->term)) {
        const struct vocabulary_word *known = vocabulary_word(v, w->text);
        for (size_t i = 0; known && i < known->n_parts; i++)
            add(c, x, v->parts.v[known->first_part + i], o->known_part);
    }
}

/* Synonyms that begin at word i; each word of the span gets their alternatives. */
static void read_spans(struct reader *r, size_t i)
{
    const struct synonyms *s = &r->x->synonyms;
    term_t first = r->words[i].term;
    if (first == TERM_NONE) first = r->words[i].family;
    if (r->o->family_syn > 0 && r->words[i].family != TERM_NONE && r->words[i].concept >= 0) {
        const struct vocabulary *v = &r->x->vocabulary;
        term_t k = r->words[i].family;
        do {
            const struct sequence *q = k == r->words[i].term ? NULL : synonym_find(s, v->terms.v[k].text);
            if (q)
                add_synonyms(&r->q->v[r->words[i].concept], r->x, q, r->o->family_syn);
            k = v->terms.v[k].next_family;
        } while (k != r->words[i].family);
    }
    if (r->words[i].term == TERM_NONE || first >= s->n_starts)
        return;
    char space[SYNONYM_WORDS_MAX * (VOCABULARY_WORD_MAX + 1)];
    if (s->starts[first] == 0)
        return;
    size_t len = 0, most = s->starts[first];
    for (size_t n = 1; n <= most && i + n <= r->n; n++) {
        term_t t = r->words[i + n - 1].term;
        if (t == TERM_NONE)
            return;
        str text = r->x->vocabulary.terms.v[t].text;
        if (n > 1)
            space[len++] = ' ';
        memcpy(space + len, text.p, text.n);
        len += text.n;
        const struct sequence *q = synonym_find(s, (str){space, len});
        if (!q)
            continue;
        size_t topical = 0;
        for (size_t k = i; k < i + n; k++)
            topical += r->words[k].concept >= 0;
        double share = topical > 1 ? pow((double)topical, -r->o->span) : 1;
        for (size_t k = i; k < i + n; k++) {
            const struct reading *w = &r->words[k];
            if (w->concept >= 0)
                add_synonyms(&r->q->v[w->concept], r->x, q,
                             (w->repaired ? r->o->repaired : 1) * share);
        }
    }
}

/* Synonyms of several words whose topical words stand near each other in any order. */
static void read_loose(struct reader *r, size_t i)
{
    const size_t NEAR = (size_t)r->o->loose_phrase;
    const struct synonyms *s = &r->x->synonyms;
    const struct vocabulary *v = &r->x->vocabulary;
    if (r->words[i].family == TERM_NONE || r->words[i].concept < 0)
        return;
    for (uint32_t n = s->loose[r->words[i].family]; n; n = s->sequences.v[n - 1].next_loose) {
        const struct sequence *q = &s->sequences.v[n - 1];
        size_t at[SYNONYM_WORDS_MAX], k = 0;
        bool all = true;
        if (!q->first_edge)
            continue;
        for (size_t m = 0; m < q->n_words && all; m++) {
            if (!(q->topical >> m & 1))
                continue;
            if (k == 0) {
                at[k++] = i;
                continue;
            }
            size_t lo = i > NEAR ? i - NEAR : 0, hi = MIN(i + NEAR + 1, r->n), j = lo;
            for (; j < hi; j++) {
                bool used = false;
                for (size_t u = 0; u < k; u++)
                    used = used || at[u] == j;
                if (!used && r->words[j].concept >= 0 &&
                    r->words[j].family == v->terms.v[q->words[m]].family)
                    break;
            }
            all = j < hi;
            if (all)
                at[k++] = j;
        }
        double share = k > 1 ? pow((double)k, -r->o->span) : 1;
        for (size_t u = 0; all && u < k; u++)
            add_synonyms(&r->q->v[r->words[at[u]].concept], r->x, q, r->o->gap * share);
    }
}

/* Two neighbours that the texts write as one word. */
static void read_join(struct reader *r, size_t i)
{
    struct reading *a = &r->words[i], *b = &r->words[i + 1];
    if (a->concept < 0 && b->concept < 0)
        return;
    term_t t = compound_join(&r->x->vocabulary, a->text, b->text);
    if (t == TERM_NONE)
        return;
    if (a->concept >= 0)
        add(&r->q->v[a->concept], r->x, t, r->o->joined);
    if (b->concept >= 0)
        add(&r->q->v[b->concept], r->x, t, r->o->joined);
}

static term_t find_form(struct vocabulary *v, str word)
{
    char root[VOCABULARY_WORD_MAX];
    term_t t = vocabulary_term(v, vocabulary_stem(v, word));
    if (t != TERM_NONE)
        return t;
    int64_t *at = map_find(&v->families, family_root(v->lang, vocabulary_stem(v, word), root));
    return at ? (term_t)*at : TERM_NONE;
}

/* "bouw ik vakantie op", "meld me ziek": the second part stands in front in one word */
static void read_reverse(struct reader *r, size_t i)
{
    enum { FAR = 6 };
    struct vocabulary *v = &r->x->vocabulary;
    struct reading *a = &r->words[i];
    if (a->concept < 0 || v->lang != LANG_NL || a->text.n < 3)
        return;
    for (size_t j = i + 1; j < r->n && j <= i + FAR; j++) {
        char joined[VOCABULARY_WORD_MAX * 2];
        str b = r->words[j].text;
        if (b.n < 2 || (b.n < 4 && !family_is_particle(b)) || (r->words[j].concept < 0 && !family_is_particle(b)))
            continue;
        memcpy(joined, b.p, b.n);
        memcpy(joined + b.n, a->text.p, a->text.n);
        term_t t = find_form(v, (str){joined, MIN(b.n + a->text.n, (size_t)VOCABULARY_WORD_MAX)});
        if (t == TERM_NONE)
            continue;
        struct concept *c[2] = {&r->q->v[a->concept], r->words[j].concept >= 0 ? &r->q->v[r->words[j].concept] : NULL};
        const struct sequence *q = synonym_find(&r->x->synonyms, v->terms.v[t].text);
        for (int k = 0; k < 2; k++) {
            if (!c[k])
                continue;
            add_family(c[k], r->x, t, r->o->reverse);
            if (q)
                add_synonyms(c[k], r->x, q, r->o->reverse);
        }
    }
}

static void read_words(struct reader *r, str folded, bool keep_stops)
{
    size_t pos = 0;
    char scratch[64];
    struct word w;
    r->n = r->q->n = 0;
    while (r->n < QUERY_WORDS_MAX && word_next(folded, &pos, scratch, &w)) {
        struct vocabulary *v = &r->x->vocabulary;
        str text = arena_str(r->arena, str_sub(w.text, 0, VOCABULARY_WORD_MAX));
        struct reading *one = &r->words[r->n++];
        *one = (struct reading){.text = text, .concept = -1};
        one->term = vocabulary_term(v, vocabulary_stem(v, text));
        if (keep_stops || !v->options.stop_words || !lang_is_stop_word(v->lang, text))
            read_word(r, one);
        one->family = TERM_NONE;
        if (one->term != TERM_NONE)
            one->family = v->terms.v[one->term].family;
        else {
            char root[VOCABULARY_WORD_MAX];
            int64_t *at = map_find(&v->families, family_root(v->lang, vocabulary_stem(v, text), root));
            if (at)
                one->family = (term_t)*at;
        }
    }
}

static void weigh(struct query *q, const struct index *x)
{
    const struct search_options *o = &x->vocabulary.options;
    float unknown = (float)log(1 + (x->n_docs + .5) / .5);
    for (size_t i = 0; i < q->n; i++) {
        struct concept *c = &q->v[i];
        double salience = 0;
        c->found = c->n > 0;
        c->idf = c->found ? 0 : unknown;
        for (size_t k = 0; k < c->n && o->own_cap > 0; k++)
            if (c->own != TERM_NONE && x->list[c->own].n > 0)
                c->v[k].idf = (float)MIN((double)x->idf[c->v[k].term], o->own_cap * (double)x->idf[c->own]);
        for (size_t k = 0; k < c->n; k++) {
            c->idf = MAX(c->idf, (double)(c->v[k].weight * c->v[k].idf));
            salience = MAX(salience, (double)x->salience[c->v[k].term]);
        }
        if (o->salience)
            c->weight =
                o->salience_least + (1 - o->salience_least) * MIN(1, 3 * salience);
    }
}

void query_build(struct query *q, struct index *x, struct arena *a, str folded)
{
    struct reader *r = arena_alloc(a, sizeof *r);
    r->q = q;
    r->x = x;
    r->arena = a;
    r->o = &x->vocabulary.options;
    read_words(r, folded, false);
    if (q->n == 0)
        read_words(r, folded, true);
    for (size_t i = 0; i < r->n; i++) {
        if (r->o->synonyms)
            read_spans(r, i);
        if (r->o->synonyms && r->o->gap > 0)
            read_loose(r, i);
        if (r->o->joins && i + 1 < r->n)
            read_join(r, i);
        if (r->o->reverse > 0)
            read_reverse(r, i);
    }
    weigh(q, x);
}

bool query_loosen(struct query *q, struct index *x)
{
    bool any = false;
    for (size_t i = 0; i < q->n; i++) {
        uint32_t like[3];
        size_t n = q->v[i].n ? 0 : typo_resembling(&x->vocabulary, q->v[i].word, like, 3);
        for (size_t k = 0; k < n; k++)
            add(&q->v[i], x, x->vocabulary.words.v[like[k]].term, .5);
        any = any || n > 0;
    }
    weigh(q, x);
    return any;
}
