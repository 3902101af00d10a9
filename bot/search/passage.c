#include "search/passage.h"

#include "base/buf.h"

enum { BLOCKS_MAX = 400 };

void passage_judge(struct search *s, struct index *x, str text, struct scored *out)
{
    struct cutter c = cutter_new(s->scratch, text);
    str word;
    while (cutter_next(&c, &word)) {
        const struct vocabulary_word *w = vocabulary_word(&x->vocabulary, word);
        uint8_t concept = w ? s->ranking.concept[w->term] : 0;
        for (size_t k = 0; w && !concept && k < w->n_parts; k++)
        concept = s->ranking.concept[x->vocabulary.parts.v[w->first_part + k]];
        if (concept)
            out->concepts |= 1u << (concept - 1);
    }
    for (size_t i = 0; i < s->query->n; i++)
        if (out->concepts >> i & 1)
            out->score += s->query->v[i].idf * s->query->v[i].weight;
}

void passage_mark(struct search *s, bool set)
{
    for (size_t i = 0; i < s->query->n; i++)
        for (size_t k = 0; k < s->query->v[i].n; k++)
    s->ranking.concept[s->query->v[i].v[k].term] = (uint8_t)(set ? i + 1 : 0);
}

static bool introduces(const struct block *b)
{
    return b->text.n && b->text.p[b->text.n - 1] == ':';
}

static double value(const struct search *s, uint32_t concepts)
{
    double sum = 0;
    for (size_t i = 0; i < s->query->n; i++)
        if (concepts >> i & 1)
            sum += s->query->v[i].idf * s->query->v[i].weight;
    return sum;
}

static size_t span_bytes(const struct scored *v, size_t from, size_t to)
{
    return (size_t)(v[to].block->text.p + v[to].block->text.n - v[from].block->text.p);
}

void passage_run(const struct search *s, const struct scored *v, size_t n, size_t max,
                 size_t *from, size_t *to)
{
    double best = -1;
    for (size_t i = 0; i < n; i++) {
        uint32_t seen = 0;
        double sum = 0;
        for (size_t k = i; k < n && span_bytes(v, i, k) <= max; k++) {
            seen |= v[k].concepts;
            sum += v[k].score;
            double worth = value(s, seen) + .1 * sum;
            if (worth > best + 1e-9) {
                best = worth;
                *from = i;
                *to = k;
            }
        }
    }
}

/* At most max bytes, not within a character and rather not within a word. */
static str cut_text(str text, size_t max)
{
    size_t n = MIN(max, text.n);
    while (n > 0 && n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
        n--;
    size_t word = n;
    while (n < text.n && word > n / 2 && text.p[word - 1] != ' ')
        word--;
    return str_trim(str_sub(text, 0, word > n / 2 ? word : n));
}

/* The line behind the first that holds most of the question; STR_NONE when none does. */
static str best_line(struct search *s, struct index *x, str text)
{
    str line, best = STR_NONE;
    double most = 0;
    for (bool first = true; str_line(&text, &line); first = false) {
        struct scored one = {0};
        passage_judge(s, x, line, &one);
        if (!first && one.score > most) {
            most = one.score;
            best = line;
        }
    }
    return best;
}

/* What fits of a block that is too large: the first lines (a table's head) and the best
 * one, whole lines only; a sentence's beginning. */
static str cut_block(struct search *s, struct index *x, struct arena *a,
                     const struct block *b, size_t max)
{
    struct buf out = buf_new(a, max);
    str best = best_line(s, x, b->text), rest = b->text, line;
    while (str_line(&rest, &line)) {
        size_t reserved = best.p && line.p < best.p ? best.n + 1 : 0;
        if (out.n + line.n + 1 + reserved > max)
            continue;
        if (out.n)
            buf_char(&out, '\n');
        buf_put(&out, line);
    }
    return out.n ? str_trim(buf_str(&out)) : arena_str(a, cut_text(b->text, max));
}

void passage_grow(const struct scored *v, size_t n, size_t max, size_t *from, size_t *to)
{
    while (*from > 0 &&
           (introduces(v[*from - 1].block) ||
            v[*from - 1].block->paragraph == v[*from].block->paragraph) &&
           span_bytes(v, *from - 1, *to) <= max)
        --*from;
    while (*to + 1 < n && span_bytes(v, *from, *to + 1) <= max)
        ++*to;
}

str passage_part(struct search *s, struct index *x, struct arena *a, str text, size_t max)
{
    struct blocks b = blocks_of(s->scratch, text);
    size_t n = MIN(b.list.n, (size_t)BLOCKS_MAX), top = 0;
    struct scored *v = arena_alloc(s->scratch, (n + 1) * sizeof *v);
    for (size_t i = 0; i < n; i++) {
        v[i].block = &b.list.v[i];
        passage_judge(s, x, v[i].block->text, &v[i]);
        if (v[i].score > v[top].score + 1e-9)
            top = i;
    }
    if (n == 0)
        return STR("");
    if (v[top].block->text.n > max)
        return cut_block(s, x, a, v[top].block, max);
    size_t from = top, to = top;
    passage_run(s, v, n, max, &from, &to);
    passage_grow(v, n, max, &from, &to);
    return arena_str(a, (str){v[from].block->text.p, span_bytes(v, from, to)});
}

str passage_cut(struct arena *a, str text, size_t max)
{
    return arena_str(a, cut_text(text, max));
}

struct passage search_passage(struct search *s, struct arena *a,
                              const struct search_query *q, int section, size_t max)
{
    const struct catalogue *c = s->catalogue;
    struct passage out = {STR(""), STR(""), STR("")};
    if (section < 0 || (size_t)section >= c->sections.n || max == 0)
        return out;
    const struct section *sec = &c->sections.v[section];
    enum lang l = c->articles.v[sec->article].lang;
    struct index *x = l == LANG_NONE ? NULL : s->index[l];
    const struct section_text *t = texts_of(s->texts, sec);
    str text = str_trim(t->text);
    bool whole = text.n <= (t->n_pieces ? MAX(max, (size_t)SEARCH_WHOLE) : max);
    bool plain = str_find_char(text, '\t') < 0;
    for (size_t i = 0; i < t->n_pieces && plain; i++)
        plain = !t->pieces[i].raw;
    if (!x || (whole && plain)) {
        out.text = passage_cut(a, text, MAX(max, (size_t)SEARCH_WHOLE));
        out.html = whole ? arena_str(a, t->html) : STR("");
        out.markdown = whole && t->markdown.n ? arena_str(a, t->markdown) : out.text;
        return out;
    }
    search_read(s, x, q->folded);
    passage_mark(s, true);
    if (t->n_pieces > 0)
        passage_pieces(s, x, a, q, t, whole ? SIZE_MAX : max, &out);
    else
        out.text = out.markdown =
            whole ? arena_str(a, text) : passage_part(s, x, a, text, max);
    passage_mark(s, false);
    return out;
}

str search_section_text(struct search *s, int section)
{
    return texts_plain(s->texts, &s->catalogue->sections.v[section]);
}
