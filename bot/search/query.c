#include "base/str.h"
#include "search/reading.h"

static int concept_of(struct reader *r, const struct reading *w)
{
    const term_t term = w->is.term; /* the same word has the same one */
    for (size_t i = 0; i < r->q->n; i++)
        if (r->q->v[i].own == term &&
            (term != TERM_NONE || str_eq(r->q->v[i].word, w->text)))
            return (int)i;
    if (r->q->n == QUERY_CONCEPTS_MAX)
        return -1;
    struct concept *c = &r->q->v[r->q->n];
    c->word = w->text;
    c->own = term;
    c->weight = 1;
    c->n = 0;
    return (int)r->q->n++;
}

static void add_parts(struct concept *c, struct index *x, str text)
{
    struct vocabulary *v = &x->vocabulary;
    term_t parts[VOCABULARY_PARTS_MAX];
    size_t n = compound_split(v, text, parts);
    for (size_t i = 0; i < n; i++)
        concept_add_family(c, x, parts[i], v->options.part);
}

/* Repairs the word, or takes it for a kind of its last part. */
static void add_nearest(struct concept *c, struct index *x, str text, struct word_kind *w)
{
    struct vocabulary *v = &x->vocabulary;
    uint32_t near[3];
    size_t n = v->options.typos ? typo_repair(v, text, near, LEN(near)) : 0;
    for (size_t i = 0; i < n; i++)
        concept_add_family(c, x, v->words.v[near[i]].term, v->options.repaired);
    if (n > 0) {
        w->term = v->words.v[near[0]].term;
        w->family = v->terms.v[w->term].family;
        w->repaired = true;
    } else if (v->options.compounds) {
        concept_add_family(c, x, compound_tail(v, text), v->options.part);
    }
}

/*
 * The word's own alternatives, before its neighbours are looked at. A word that no text
 * and no synonym has is tried as a form of another, then as a compound, then as a typo.
 */
static void add_own(struct concept *c, struct index *x, str text, struct word_kind *w)
{
    struct vocabulary *v = &x->vocabulary;
    const struct search_options *o = &v->options;
    bool occurs = w->term != TERM_NONE && x->list[w->term].n > 0;
    c->n = 0;
    concept_add_family(c, x, w->term, 1);
    if (w->term == TERM_NONE && o->relatives)
        concept_add_family(c, x, w->family, o->relative);
    if (!occurs && c->n == 0 && o->compounds)
        add_parts(c, x, text);
    if (w->term == TERM_NONE && c->n == 0)
        add_nearest(c, x, text, w);
    const struct vocabulary_word *known = occurs ? vocabulary_word(v, text) : NULL;
    for (size_t i = 0; known && i < known->n_parts; i++)
        concept_add(c, x, v->parts.v[known->first_part + i], o->known_part);
}

static bool is_number(str text)
{
    return text.p[0] >= '0' && text.p[0] <= '9';
}

/* Term, family and what kind of word it is; no alternatives yet. */
static void read_kind(struct index *x, str text, struct word_kind *w)
{
    struct vocabulary *v = &x->vocabulary;
    const struct vocabulary_word *known = vocabulary_word(v, text);
    const bool number = is_number(text); /* is its own stem, and no function word */
    w->term = known ? known->term
        : number    ? TERM_NONE
                    : vocabulary_term(v, vocabulary_stem(v, text));
    w->family = TERM_NONE;
    if (w->term != TERM_NONE)
        w->family = v->terms.v[w->term].family;
    else if (v->lang == LANG_NL) /* elsewhere a root is a stem, which nothing has */
        w->family = vocabulary_family(v, text);
    w->stop = known
        ? known->stop
        : v->options.stop_words && !number && lang_is_stop_word(v->lang, text);
    w->particle = v->lang == LANG_NL && family_is_particle(text);
    w->repaired = false;
}

/* Which synonyms the word may be part of, and what may be joined to it: whoever looks at
 * its neighbours need not look for what is not there. */
static void read_company(const struct index *x, str text, struct word_kind *w)
{
    const struct vocabulary *v = &x->vocabulary;
    const struct synonyms *s = &x->synonyms;
    w->begin = beginning_of(text);
    w->joins = beginning_goes_on(v, w->begin, text.n);
    w->starts = w->term < s->n_starts ? s->starts[w->term] : 0;
    w->single = w->loose = false;
    if (w->family == TERM_NONE)
        return;
    w->loose = s->loose[w->family] != 0;
    term_t t = w->family;
    do {
        w->single = w->single || synonym_single(s, t);
        t = v->terms.v[t].next_family;
    } while (t != w->family);
}

/* Alternatives of a word as they were kept. */
static void add_kept(struct concept *c, const struct index *x, const struct memo_word *w)
{
    for (size_t i = 0; i < w->n; i++)
        concept_add(c, x, w->v[i].term, (double)w->v[i].weight);
}

/* Reads what was not kept; place is NULL where it cannot be. */
static struct word_kind read_anew(struct reader *r, struct memo_word *place,
                                  const struct memo_text *key, str text, bool topic,
                                  struct concept *c)
{
    struct word_kind is;
    bool whole = false;
    read_kind(r->x, text, &is);
    c->n = 0;
    if (topic || !is.stop) {
        add_own(c, r->x, text, &is);
        whole = true;
    }
    read_company(r->x, text, &is);
    bool unheard_of = is.term == TERM_NONE && is_number(text);
    if (!place || unheard_of || c->n > MEMO_ALTERNATIVES_MAX)
        return is;
    *place =
        (struct memo_word){.text = *key, .is = is, .whole = whole, .n = (uint8_t)c->n};
    memcpy(place->v, c->v, c->n * sizeof *c->v);
    return is;
}

/* A word of the question. */
struct cut {
    str text;
    bool apostrophe; /* it has one */
    struct memo_text key;
    struct memo_word *place; /* NULL: too long to be kept */
};

/* Every word is a topic when there is nothing else. */
static void read_word(struct reader *r, const struct cut *w, bool topic)
{
    struct memo_word *place = w->place;
    struct concept *c = &r->own;
    const str text = w->text;
    bool kept = place && memo_holds(place, &w->key) &&
        (place->whole || (place->is.stop && !topic));
    struct reading *one = &r->words[r->n++];
    one->text = text;
    one->concept = -1;
    one->is = kept ? place->is : read_anew(r, place, &w->key, text, topic, c);
    if (one->is.stop && !topic)
        return;
    one->concept = concept_of(r, one);
    if (one->concept < 0)
        return;
    r->families |= (uint64_t)1 << one->is.family % 64;
    struct concept *to = &r->q->v[one->concept];
    if (kept)
        add_kept(to, r->x, place);
    for (size_t i = 0; !kept && i < c->n; i++)
        concept_add(to, r->x, c->v[i].term, (double)c->v[i].weight);
}

/* A copy behind which MEMO_TEXT_MAX bytes can be read. */
static str padded(struct arena *a, str text)
{
    char *p = arena_room(a, text.n + MEMO_TEXT_MAX);
    if (text.n > 0)
        memcpy(p, text.p, text.n);
    memset(p + text.n, 0, MEMO_TEXT_MAX);
    return (str){p, text.n};
}

/* The next word; at the end, an empty one. Its place in the memo is on its way from
 * memory while the word before it is read. */
static bool cut_next(struct reader *r, str folded, size_t *pos, bool more,
                     struct cut *out)
{
    char scratch[64];
    struct word w;
    out->text = STR("");
    if (!more || !word_next(folded, pos, scratch, &w))
        return false;
    out->apostrophe = w.to - w.from > w.text.n;
    out->text = str_sub(w.text, 0, VOCABULARY_WORD_MAX);
    if (w.text.p == scratch) /* stays: it is the question's own, or a copy */
        out->text = padded(r->arena, out->text);
    out->key = memo_text(out->text);
    out->place = out->text.n <= MEMO_TEXT_MAX ? memo_place(&r->x->memo, &out->key) : NULL;
    __builtin_prefetch(out->place);
    return true;
}

static void read_words(struct reader *r, str folded, bool topic)
{
    size_t pos = 0;
    struct cut cuts[2]; /* the word at work, and the next one */
    str before = STR("");
    r->n = r->q->n = 0;
    r->families = 0;
    bool more = cut_next(r, folded, &pos, true, &cuts[0]);
    for (size_t i = 0; more && r->n < QUERY_WORDS_MAX; i++) {
        const struct cut *w = &cuts[i % 2], *next = &cuts[(i + 1) % 2];
        more = cut_next(r, folded, &pos, more, &cuts[(i + 1) % 2]);
        if (!lang_is_contraction(r->x->lang, before, w->text, w->apostrophe, next->text))
            read_word(r, w, topic);
        before = w->text;
    }
}

void query_build(struct query *q, struct index *x, struct arena *a, str folded)
{
    struct reader r; /* what is read of it is written first */
    r.q = q;
    r.x = x;
    r.arena = a;
    r.o = &x->vocabulary.options;
    folded = q->text = padded(a, folded);
    q->x = x;
    read_words(&r, folded, false);
    if (q->n == 0)
        read_words(&r, folded, true);
    for (size_t i = 0; i < r.n; i++)
        neighbour_read(&r, i);
    for (size_t i = 0; i < q->n; i++)
        concept_weigh(&q->v[i], x);
}

bool query_loosen(struct query *q, struct index *x)
{
    bool any = false;
    q->x = NULL;
    for (size_t i = 0; i < q->n; i++) {
        struct concept *c = &q->v[i];
        uint32_t like[3];
        size_t n = c->n ? 0 : typo_resembling(&x->vocabulary, c->word, like, LEN(like));
        for (size_t k = 0; k < n; k++)
            concept_add(c, x, x->vocabulary.words.v[like[k]].term,
                        x->vocabulary.options.part);
        concept_weigh(c, x);
        any = any || c->n > 0;
    }
    return any;
}
