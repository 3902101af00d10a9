#include "search/synonym.h"

#include "base/buf.h"

/* The sequence of a synonym's text, made when new; -1 when it has no usable words. */
static int64_t sequence_of(struct synonyms *s, struct vocabulary *v, str text)
{
    struct words w = words_of(s->arena, text);
    if (w.list.n == 0 || w.list.n > SYNONYM_WORDS_MAX)
        return -1;
    struct sequence q = {.n_words = (uint8_t)w.list.n};
    struct buf key =
        buf_new(s->arena, (size_t)SYNONYM_WORDS_MAX * (VOCABULARY_WORD_MAX + 1));
    for (size_t i = 0; i < w.list.n; i++) {
        uint32_t id = vocabulary_add(v, w.list.v[i].text, false);
        q.words[i] = v->words.v[id].term;
        if (!v->words.v[id].stop)
            q.topical |= 1u << i;
        if (i > 0)
            buf_char(&key, ' ');
        buf_put(&key, v->terms.v[q.words[i]].text);
    }
    q.key = buf_str(&key);
    int64_t *at = map_find(&s->by_key, q.key);
    if (at)
        return *at;
    q.whole = q.n_words == 1 ? q.words[0]
        : v->options.phrases ? vocabulary_add_term(v, q.key)
                             : TERM_NONE;
    *arena_push(s->arena, &s->sequences) = q;
    map_put(&s->by_key, q.key, (int64_t)s->sequences.n - 1);
    return (int64_t)s->sequences.n - 1;
}

static void connect(struct synonyms *s, int64_t from, int64_t to)
{
    if (from == to)
        return;
    struct sequence *q = &s->sequences.v[from];
    for (uint32_t e = q->first_edge; e; e = s->edges.v[e - 1].next)
        if (s->edges.v[e - 1].to == (uint32_t)to)
            return;
    *arena_push(s->arena, &s->edges) =
        (struct synonym_edge){.to = (uint32_t)to, .next = q->first_edge};
    q->first_edge = (uint32_t)s->edges.n;
}

static void add(struct synonyms *s, struct vocabulary *v, const struct synonym *y,
                struct diags *d)
{
    enum { GROUP_MAX = 64 };
    int64_t ids[GROUP_MAX];
    size_t n = 0;
    for (size_t i = 0; i < y->terms.n; i++) {
        int64_t id = n < GROUP_MAX ? sequence_of(s, v, y->terms.v[i]) : -1;
        if (id >= 0)
            ids[n++] = id;
        else if (d)
            diag_warning(d, STR("words.md"), y->line, 0,
                         "\"%.*s\" is not used: a synonym has 1 to %d words",
                         STR_ARG(y->terms.v[i]), SYNONYM_WORDS_MAX);
        if (id < 0 && i == 0 && !y->two_way)
            return;
    }
    for (size_t i = 0; i < (y->two_way ? n : MIN(n, 1u)); i++)
        for (size_t k = 0; k < n; k++)
            connect(s, ids[i], ids[k]);
}

void synonym_compile(struct synonyms *s, struct vocabulary *v, const struct catalogue *c,
                     struct diags *d)
{
    *s = (struct synonyms){.arena = v->arena, .by_key = map_new(v->arena)};
    if (v->options.synonyms)
        for (size_t i = 0; i < c->synonyms.n; i++)
            if (c->synonyms.v[i].lang == v->lang || c->synonyms.v[i].lang == LANG_NONE)
                add(s, v, &c->synonyms.v[i], d);
    s->n_starts = v->terms.n;
    s->starts = arena_alloc(v->arena, s->n_starts);
    for (size_t i = 0; i < s->sequences.n; i++) {
        const struct sequence *q = &s->sequences.v[i];
        if (q->first_edge)
            s->starts[q->words[0]] = MAX(s->starts[q->words[0]], q->n_words);
    }
}

const struct sequence *synonym_find(const struct synonyms *s, str key)
{
    int64_t *at = map_find(&s->by_key, key);
    return at ? &s->sequences.v[*at] : NULL;
}

const struct sequence *synonym_single(const struct synonyms *s, term_t t)
{
    return s->single[t] ? &s->sequences.v[s->single[t] - 1] : NULL;
}

/* The pair's bit. */
static uint32_t pair_of(term_t first, term_t second)
{
    uint32_t h = (first * 2654435761u ^ second) * 2246822519u;
    return (h ^ h >> 15) & (SYNONYM_PAIRS - 1);
}

bool synonym_may_begin(const struct synonyms *s, term_t first, term_t second)
{
    uint32_t at = pair_of(first, second);
    return s->begin_with[at / 64] >> at % 64 & 1;
}

void synonym_freeze(struct synonyms *s, const struct vocabulary *v)
{
    s->single = arena_alloc(v->arena, v->terms.n * sizeof *s->single);
    for (size_t i = 0; i < s->sequences.n; i++)
        if (s->sequences.v[i].n_words == 1)
            s->single[s->sequences.v[i].words[0]] = (uint32_t)i + 1;
    s->begin_with = arena_alloc(v->arena, SYNONYM_PAIRS / 8);
    for (size_t i = 0; i < s->sequences.n; i++) {
        const struct sequence *q = &s->sequences.v[i];
        if (q->n_words > 1) {
            uint32_t at = pair_of(q->words[0], q->words[1]);
            s->begin_with[at / 64] |= (uint64_t)1 << at % 64;
        }
    }
    s->loose = arena_alloc(v->arena, v->terms.n * sizeof *s->loose);
    for (size_t i = 0; i < s->sequences.n; i++) {
        struct sequence *q = &s->sequences.v[i];
        size_t first = 0;
        if ((q->topical & (q->topical - 1)) == 0)
            continue; /* fewer than two words with a topic */
        while (!(q->topical >> first & 1))
            first++;
        uint32_t *head = &s->loose[v->terms.v[q->words[first]].family];
        q->next_loose = *head;
        *head = (uint32_t)i + 1;
    }
}
