#include "base/str.h"
#include "search/reading.h"

enum {
    NEAR = 3, /* words between those of a loosely recognised synonym */
    FAR = 6,  /* words between a verb and the part that belongs in front of it */
};

static struct concept *concept_at(const struct reader *r, size_t i)
{
    return r->words[i].concept >= 0 ? &r->q->v[r->words[i].concept] : NULL;
}

/* One word's synonyms; when its own form has none, those of a related form. */
static void read_single(struct reader *r, size_t i)
{
    const struct vocabulary *v = &r->x->vocabulary;
    const struct reading *w = &r->words[i];
    struct concept *c = concept_at(r, i);
    if (!c)
        return;
    term_t t = w->is.family;
    do {
        const struct sequence *q = synonym_single(&r->x->synonyms, t);
        double share = w->is.repaired ? r->o->repaired : 1;
        if (q && (t == w->is.term || r->o->relatives))
            concept_add_synonyms(c, r->x, q, t == w->is.term ? share : r->o->relative);
        t = v->terms.v[t].next_family;
    } while (t != w->is.family);
}

/* Synonyms of several words that begin at word i, as they are written. */
static void read_span(struct reader *r, size_t i)
{
    const struct synonyms *s = &r->x->synonyms;
    const struct vocabulary *v = &r->x->vocabulary;
    char key[SYNONYM_WORDS_MAX * (VOCABULARY_WORD_MAX + 1)];
    size_t len = 0, most = r->words[i].is.starts;
    if (i + 1 == r->n ||
        !synonym_may_begin(s, r->words[i].is.term, r->words[i + 1].is.term))
        return;
    for (size_t n = 1; n <= most && i + n <= r->n; n++) {
        term_t t = r->words[i + n - 1].is.term;
        if (t == TERM_NONE)
            return;
        str text = v->terms.v[t].text;
        if (n > 1)
            key[len++] = ' ';
        memcpy(key + len, text.p, text.n);
        len += text.n;
        const struct sequence *q = n > 1 ? synonym_find(s, (str){key, len}) : NULL;
        for (size_t k = i; q && k < i + n; k++)
            if (concept_at(r, k))
                concept_add_synonyms(concept_at(r, k), r->x, q,
                                     r->words[k].is.repaired ? r->o->repaired : 1);
    }
}

/* The nearest word with a topic of that family around word i that is not yet used. */
static bool find_near(const struct reader *r, size_t i, term_t family, const size_t *used,
                      size_t n_used, size_t *at)
{
    size_t from = i > NEAR ? i - NEAR : 0, to = MIN(i + NEAR + 1, r->n);
    if (!(r->families >> family % 64 & 1))
        return false;
    for (size_t j = from; j < to; j++) {
        bool taken = r->words[j].concept < 0 || r->words[j].is.family != family;
        for (size_t k = 0; k < n_used; k++)
            taken = taken || used[k] == j;
        if (!taken) {
            *at = j;
            return true;
        }
    }
    return false;
}

/* Synonyms of several words whose words with a topic stand around word i, in any order
 * and form. */
static void read_loose(struct reader *r, size_t i)
{
    const struct synonyms *s = &r->x->synonyms;
    const struct vocabulary *v = &r->x->vocabulary;
    if (!r->o->loose || !concept_at(r, i))
        return;
    uint32_t next;
    for (uint32_t n = s->loose[r->words[i].is.family]; n; n = next) {
        const struct sequence *q = &s->sequences.v[n - 1];
        size_t at[SYNONYM_WORDS_MAX], k = 0;
        bool all = q->first_edge > 0;
        next = q->next_loose;
        for (size_t m = 0; m < q->n_words && all; m++) {
            if (!(q->topical >> m & 1))
                continue;
            at[k] = i; /* the first one is where the chain began */
            if (k > 0)
                all = find_near(r, i, v->terms.v[q->words[m]].family, at, k, &at[k]);
            k++;
        }
        for (size_t u = 0; all && u < k; u++)
            concept_add_synonyms(concept_at(r, at[u]), r->x, q, r->o->any_order);
    }
}

/* Two neighbours that the texts write as one word. Nearly all of them go on with no
 * letter that a longer word has there. */
static void read_join(struct reader *r, size_t i)
{
    const uint32_t links = r->x->lang == LANG_NL /* none, s, e, en */
        ? beginning_letter('s') | beginning_letter('e')
        : 0;
    const uint32_t letters = beginning_letter(r->words[i + 1].text.p[0]) | links;
    if (!(r->words[i].is.joins & letters))
        return;
    struct concept *a = concept_at(r, i), *b = concept_at(r, i + 1);
    if (!a && !b)
        return;
    term_t t = compound_join(&r->x->vocabulary, r->words[i].text, r->words[i].is.begin,
                             r->words[i + 1].text);
    if (a)
        concept_add(a, r->x, t, r->o->joined);
    if (b)
        concept_add(b, r->x, t, r->o->joined);
}

/* A word that is one with an earlier one when put in front: "bouw ik vakantie op",
 * "meld me ziek". Particles may be stop words. */
static void read_apart(struct reader *r, size_t verb, size_t i)
{
    struct vocabulary *v = &r->x->vocabulary;
    struct concept *a = concept_at(r, verb), *b = concept_at(r, i);
    str front = r->words[i].text, rest = r->words[verb].text;
    bool fits = r->words[i].is.particle || (b && front.n >= 4);
    char joined[2 * VOCABULARY_WORD_MAX];
    if (!fits || rest.n < 3)
        return;
    uint32_t letters = beginning_letter(rest.p[0]) | beginning_letter(rest.p[2]);
    if (!(r->words[i].is.joins & letters) && str_find(front, STR("ge")) < 0)
        return;
    /* a root has lost the ge of its participle: op-ge-bouwd */
    uint32_t begin = r->words[i].is.begin;
    if (str_find(front, STR("ge")) < 0 &&
        !beginning_fits(v, begin, front.n, STR_NONE, rest) &&
        !(str_starts(rest, STR("ge")) &&
          beginning_fits(v, begin, front.n, STR_NONE, str_sub(rest, 2, rest.n))))
        return;
    memcpy(joined, front.p, front.n);
    memcpy(joined + front.n, rest.p, rest.n);
    str whole = {joined, front.n + rest.n};
    term_t t = compound_is_weekday(v, whole) ? TERM_NONE : vocabulary_family(v, whole);
    if (t == TERM_NONE)
        return;
    const struct sequence *q = synonym_single(&r->x->synonyms, t);
    for (struct concept *c = a; c; c = c == a && b != a ? b : NULL) {
        concept_add_family(c, r->x, t, r->o->joined);
        if (q)
            concept_add_synonyms(c, r->x, q, r->o->joined);
    }
}

void neighbour_read(struct reader *r, size_t i)
{
    const struct word_kind *is = &r->words[i].is;
    if (r->o->synonyms) {
        if (is->single)
            read_single(r, i);
        if (is->starts > 1)
            read_span(r, i);
        if (is->loose)
            read_loose(r, i);
    }
    if (!r->o->joins)
        return;
    if (i + 1 < r->n)
        read_join(r, i);
    if (r->x->lang == LANG_NL && concept_at(r, i))
        for (size_t j = i + 1; j < r->n && j <= i + FAR; j++)
            read_apart(r, i, j);
}
