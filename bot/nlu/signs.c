#include "nlu/signs.h"

#include "base/str.h"
#include "nlu/plain.h"
#include "text/normalise.h"

/* Classes of which one is enough. */
struct term {
    uint16_t class[SIGN_EITHER_MAX];
    size_t n;
};

struct rule {
    const struct sign_line *sign;
    int card; /* -1: none, the alarm is taken back */
    struct term terms[SIGN_TERMS_MAX], without;
    size_t n_terms;
    unsigned near;
};

struct rule_list {
    VEC(uint16_t) list;
};

struct signs {
    const struct catalogue *catalogue;
    struct arena *arena;
    struct lexicon *lexicon;
    struct map class_by_name; /* "nl manager" -> class */
    uint16_t classes;
    VEC(struct rule) rules;
    struct rule_list by_class[LEXICON_CLASSES_MAX]; /* of each rule's rarest term */
};

/* --- reading --- */

struct reader {
    struct signs *s;
    const struct sign_line *sign;
    struct diags *d;
    bool bad;
};

static void complain(struct reader *r, const char *what, str about)
{
    diag_error(r->d, r->sign->file, r->sign->line, 1, "%s `%.*s`", what, STR_ARG(about));
    r->bad = true;
}

static void add_entry(struct reader *r, str text, uint16_t class)
{
    str folded;
    bool open = str_ends(text, STR("*"));
    str plain = STR_NONE;
    if (normalise(r->s->arena, text, &folded) == RC_OK)
        plain = plain_of(r->s->arena, folded);
    if (plain.n == 0)
        complain(r, "no word in", text);
    else
        lexicon_add(r->s->lexicon, plain, open, class);
}

/* The class of that name in the sign's language, made when it is to be. 0: none. */
static uint16_t class_of(struct reader *r, str name, bool make)
{
    struct signs *s = r->s;
    str key = arena_fmt(s->arena, "%s %.*s", lang_code(r->sign->lang), STR_ARG(name));
    int64_t *at = map_find(&s->class_by_name, key);
    if (!at && make && s->classes < LEXICON_CLASSES_MAX)
        at = map_put(&s->class_by_name, key, s->classes++);
    return at ? (uint16_t)*at : 0;
}

static void read_words(struct reader *r)
{
    uint16_t class = class_of(r, r->sign->name, true);
    if (!class)
        complain(r, "too many classes; this is left out:", r->sign->name);
    for (str rest = r->sign->value; class && rest.p;) {
        str entry = str_trim(str_cut(&rest, ','));
        if (entry.n > 0)
            add_entry(r, entry, class);
    }
}

/* A class, or words between quotes, which become a class of their own. */
static uint16_t read_name(struct reader *r, str name)
{
    bool quoted = name.n > 2 && name.p[0] == '"' && name.p[name.n - 1] == '"';
    bool known = class_of(r, name, false) > 0;
    uint16_t class = class_of(r, name, quoted);
    if (!class)
        complain(r, "unknown class of words", name);
    else if (quoted && !known)
        add_entry(r, str_sub(name, 1, name.n - 1), class);
    return class;
}

static void read_term(struct reader *r, str text, struct term *out)
{
    for (str rest = text; rest.p;) {
        str name = str_trim(str_cut(&rest, '|'));
        if (name.n == 0 || out->n == SIGN_EITHER_MAX) {
            complain(r, "this cannot be read:", text);
            return;
        }
        out->class[out->n++] = read_name(r, name);
    }
}

/* Where the next " + ", " - " or " ~" begins. */
static size_t next_mark(str s)
{
    for (size_t i = 0; i + 1 < s.n; i++)
        if (s.p[i] == ' ' &&
            (s.p[i + 1] == '~' ||
             (i + 2 < s.n && (s.p[i + 1] == '+' || s.p[i + 1] == '-') &&
              s.p[i + 2] == ' ')))
            return i;
    return s.n;
}

static void read_part(struct reader *r, char mark, str text, struct rule *out)
{
    int64_t near;
    if (mark == '~' && str_int(text, &near) == RC_OK && near > 0 && near <= 200)
        out->near = (unsigned)near;
    else if (mark == '-')
        read_term(r, text, &out->without);
    else if (mark == '+' && out->n_terms < SIGN_TERMS_MAX)
        read_term(r, text, &out->terms[out->n_terms++]);
    else
        complain(r, "this cannot be read:", text);
}

static void read_rule(struct reader *r)
{
    struct rule rule = {.sign = r->sign, .near = SIGN_NEAR, .card = -1};
    if (!str_eq_ascii(r->sign->name, STR("none"))) {
        const int64_t *at = map_find(&r->s->catalogue->card_by_id, r->sign->name);
        if (!at || !r->s->catalogue->cards.v[*at].sensitive)
            complain(r, "there is no such card in sensitive.md:", r->sign->name);
        else
            rule.card = (int)*at;
    }
    str rest = r->sign->value;
    for (char mark = '+'; rest.n > 0 && !r->bad;) {
        size_t end = next_mark(rest);
        read_part(r, mark, str_trim(str_sub(rest, 0, end)), &rule);
        mark = end < rest.n ? rest.p[end + 1] : '\0';
        rest = str_sub(rest, end + 2, rest.n);
    }
    if (!r->bad)
        *arena_push(r->s->arena, &r->s->rules) = rule;
}

/* --- the rarest term of each rule decides which rules a message makes us look at --- */

static size_t commonness(const struct term *t, const uint16_t *uses)
{
    size_t sum = 0;
    for (size_t i = 0; i < t->n; i++)
        sum += uses[t->class[i]];
    return sum;
}

static void index_rules(struct signs *s)
{
    uint16_t *uses = arena_alloc(s->arena, LEXICON_CLASSES_MAX * sizeof *uses);
    for (size_t i = 0; i < s->rules.n; i++)
        for (size_t k = 0; k < s->rules.v[i].n_terms; k++)
            for (size_t j = 0; j < s->rules.v[i].terms[k].n; j++)
                uses[s->rules.v[i].terms[k].class[j]]++;
    for (size_t i = 0; i < s->rules.n; i++) {
        const struct rule *r = &s->rules.v[i];
        const struct term *rarest = &r->terms[0];
        for (size_t k = 1; k < r->n_terms; k++)
            if (commonness(&r->terms[k], uses) < commonness(rarest, uses))
                rarest = &r->terms[k];
        for (size_t j = 0; j < rarest->n; j++)
            *arena_push(s->arena, &s->by_class[rarest->class[j]].list) = (uint16_t)i;
    }
}

struct signs *signs_new(struct arena *a, const struct catalogue *c, struct diags *d)
{
    struct signs *s = arena_alloc(a, sizeof *s);
    *s = (struct signs){.catalogue = c,
                        .arena = a,
                        .lexicon = lexicon_new(a),
                        .class_by_name = map_new(a),
                        .classes = 1};
    for (size_t i = 0; i < c->sign_words.n; i++) {
        struct reader r = {.s = s, .sign = &c->sign_words.v[i], .d = d};
        read_words(&r);
    }
    for (size_t i = 0; i < c->signs.n; i++) {
        struct reader r = {.s = s, .sign = &c->signs.v[i], .d = d};
        read_rule(&r);
    }
    lexicon_close(s->lexicon);
    index_rules(s);
    return s;
}

/* --- a message --- */

static bool has(const struct sign_hits *m, uint16_t class)
{
    return m->present[class / 64] >> (class % 64) & 1;
}

static bool has_any(const struct sign_hits *m, const struct term *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (has(m, t->class[i]))
            return true;
    return false;
}

static bool is_in(const struct term *t, uint16_t class)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->class[i] == class)
            return true;
    return false;
}

/* Where a term was met last, and last before that. */
struct met {
    int from, to, before_from, before_to;
};

static size_t longest_waiting(const struct rule *r, const struct met *met, uint16_t class)
{
    size_t best = r->n_terms;
    for (size_t k = 0; k < r->n_terms; k++)
        if (is_in(&r->terms[k], class) &&
            (best == r->n_terms || met[k].from < met[best].from))
            best = k;
    return best;
}

/* Has one of the terms before k been met by the word that begins there? */
static bool is_taken(const int *from, size_t k, int word)
{
    for (size_t i = 0; i < k; i++)
        if (from[i] == word)
            return true;
    return false;
}

/* Are all terms met near each other, `at` by the newest word? A word is evidence of one
 * thing: what else it fits counts where that was met before. */
static bool span_fits(const struct rule *r, const struct met *met, size_t at)
{
    int from = met[at].from, to = met[at].to, used[SIGN_TERMS_MAX + 1] = {from};
    size_t n = 1;
    for (size_t k = 0; k < r->n_terms; k++) {
        if (k == at)
            continue;
        bool before = is_taken(used, n, met[k].from);
        int k_from = before ? met[k].before_from : met[k].from;
        int k_to = before ? met[k].before_to : met[k].to;
        if (k_from < 0 || is_taken(used, n, k_from))
            return false;
        used[n++] = k_from;
        from = MIN(from, k_from);
        to = to > k_to ? to : k_to;
    }
    return to - from < (int)r->near;
}

static bool are_near(const struct sign_hits *m, const struct rule *r)
{
    struct met met[SIGN_TERMS_MAX];
    for (size_t k = 0; k < r->n_terms; k++)
        met[k] = (struct met){-1, -1, -1, -1};
    for (size_t i = 0; i < m->n; i++) {
        size_t at = longest_waiting(r, met, m->v[i].class);
        if (at == r->n_terms)
            continue;
        met[at] = (struct met){m->v[i].from, m->v[i].to, met[at].from, met[at].to};
        if (span_fits(r, met, at))
            return true;
    }
    return false;
}

static bool fits(const struct sign_hits *m, const struct rule *r)
{
    for (size_t k = 0; k < r->n_terms; k++)
        if (!has_any(m, &r->terms[k]))
            return false;
    return !has_any(m, &r->without) && (r->n_terms == 1 || are_near(m, r));
}

void signs_look(const struct signs *s, str plain, struct sign_hits *out)
{
    memset(out->present, 0, sizeof out->present);
    out->n = lexicon_find(s->lexicon, plain, out->v, LEN(out->v));
    for (size_t i = 0; i < out->n; i++)
        out->present[out->v[i].class / 64] |= (uint64_t)1 << (out->v[i].class % 64);
}

static void try_rule(const struct sign_hits *m, const struct rule *r,
                     struct sign_found *f)
{
    bool news = r->card < 0 ? !f->calms : f->card < 0 || r->card < f->card;
    if (!news || !fits(m, r))
        return;
    if (r->card < 0) {
        f->calms = r->sign;
    } else {
        f->card = r->card;
        f->sign = r->sign;
    }
}

struct sign_found signs_find(const struct signs *s, const struct sign_hits *m)
{
    struct sign_found f = {.card = -1};
    for (size_t w = 0; w < LEN(m->present); w++)
        for (uint64_t bits = m->present[w]; bits; bits &= bits - 1) {
            const struct rule_list *rules =
                &s->by_class[w * 64 + (size_t)__builtin_ctzll(bits)];
            for (size_t i = 0; i < rules->list.n; i++)
                try_rule(m, &s->rules.v[rules->list.v[i]], &f);
        }
    return f;
}
