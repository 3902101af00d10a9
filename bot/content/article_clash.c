/* Whether two texts say the same thing with other figures. */
#include "base/str.h"
#include "content/article_lint.h"
#include "text/normalise.h"
#include "text/word.h"

enum {
    WORDS_MAX = 60,
    WORDS_MIN = 6,
    TOPICS_MIN = 2,
    FIGURES_MAX = 8,
    SENTENCES_MAX = 200
};

static const double alike = 0.8; /* of all their words, those that both have */

struct sentence {
    str words[WORDS_MAX], figures[FIGURES_MAX];
    size_t n, n_figures;
};

struct sentences {
    VEC(struct sentence) list;
};

static bool has_digit(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return true;
    return false;
}

static void read_sentence(struct arena *a, enum lang l, str text, struct sentences *out)
{
    struct sentence s = {0};
    str folded;
    char scratch[64];
    size_t pos = 0, topics = 0;
    if (!has_digit(text) || normalise(a, text, &folded) != RC_OK)
        return;
    for (struct word w; word_next(folded, &pos, scratch, &w);) {
        if (has_digit(w.text)) {
            if (s.n_figures < FIGURES_MAX)
                s.figures[s.n_figures++] = arena_str(a, w.text);
        } else if (s.n < WORDS_MAX) {
            topics += !lang_is_stop_word(l, w.text);
            s.words[s.n++] = arena_str(a, w.text);
        }
    }
    if (s.n >= WORDS_MIN && topics >= TOPICS_MIN && s.n_figures > 0)
        *arena_push(a, &out->list) = s;
}

/* Sentences and lines that have a figure; a row of a table is a line. */
static struct sentences sentences_of(struct arena *a, enum lang l, str text)
{
    struct sentences out = {0};
    size_t from = 0;
    for (size_t i = 0; i <= text.n && out.list.n < SENTENCES_MAX; i++) {
        bool stop = i < text.n && strchr(".!?", text.p[i]) && text.p[i] &&
            (i + 1 == text.n || text.p[i + 1] == ' ' || text.p[i + 1] == '\n');
        if (i < text.n && text.p[i] != '\n' && !stop)
            continue;
        read_sentence(a, l, str_sub(text, from, i), &out);
        from = i + 1;
    }
    return out;
}

static bool has(const struct sentence *s, str word)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(s->words[i], word))
            return true;
    return false;
}

static bool is_same(const struct sentence *x, const struct sentence *y)
{
    size_t common = 0;
    for (size_t i = 0; i < x->n; i++)
        common += has(y, x->words[i]);
    size_t all = x->n + y->n - MIN(common, MIN(x->n, y->n));
    return (double)common >= alike * (double)all;
}

/* Where their figures differ; both have as many. */
static bool differ(const struct sentence *x, const struct sentence *y, size_t *at)
{
    for (*at = 0; x->n_figures == y->n_figures && *at < x->n_figures; ++*at)
        if (!str_eq(x->figures[*at], y->figures[*at]))
            return true;
    return false;
}

bool article_clash(struct arena *a, enum lang l, str x, str y, str *in_x, str *in_y)
{
    struct sentences sx = sentences_of(a, l, x), sy = sentences_of(a, l, y);
    for (size_t i = 0; i < sx.list.n; i++)
        for (size_t k = 0; k < sy.list.n; k++) {
            size_t at;
            const struct sentence *p = &sx.list.v[i], *q = &sy.list.v[k];
            if (!is_same(p, q) || !differ(p, q, &at))
                continue;
            *in_x = p->figures[at];
            *in_y = q->figures[at];
            return true;
        }
    return false;
}
