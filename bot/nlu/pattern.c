#include "nlu/pattern.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/str.h"
#include "nlu/pattern_set.h"
#include "nlu/required.h"
#include "text/normalise.h"

enum { SOME = 64 };

/* That hold so many bits. */
static size_t words_for(size_t bits)
{
    return (bits + 63) / 64;
}

static struct pattern_set *set_of(struct pattern_book *book)
{
    struct pattern_set *s = must_alloc(sizeof *s);
    s->book = book;
    s->data = pcre2_match_data_create(TEMPLATE_WILD_MAX + 1, NULL);
    s->context = pcre2_match_context_create(NULL);
    s->stack = pcre2_jit_stack_create(16 * 1024, PATTERN_JIT_STACK, NULL);
    if (s->stack)
        pcre2_jit_stack_assign(s->context, NULL, s->stack);
    pcre2_set_match_limit(s->context, PATTERN_MATCH_LIMIT);
    pcre2_set_heap_limit(s->context, PATTERN_JIT_STACK / 1024); /* when interpreted */
    return s;
}

struct pattern_set *pattern_set_new(const struct synonyms *synonyms)
{
    struct arena *a = arena_new();
    struct pattern_book *b = arena_alloc(a, sizeof *b);
    b->arena = a;
    b->index = literal_index_new(a);
    atomic_init(&b->owners, 1);
    struct pattern_set *s = set_of(b);
    s->synonyms = synonyms;
    return s;
}

/* What one text is held against. */
static void make_room(struct pattern_set *s)
{
    s->n_words = words_for(s->book->list.n);
    s->met_words = words_for(s->book->sets);
    s->marked = must_alloc(s->n_words * sizeof *s->marked);
    s->met = must_alloc(s->met_words * sizeof *s->met);
    s->tried = must_alloc(s->book->list.n * sizeof *s->tried);
    s->possible = must_alloc(s->book->list.n * sizeof *s->possible);
}

struct pattern_set *pattern_set_share(const struct pattern_set *ready)
{
    atomic_fetch_add(&ready->book->owners, 1);
    struct pattern_set *s = set_of(ready->book);
    make_room(s);
    return s;
}

static void book_free(struct pattern_book *b)
{
    if (atomic_fetch_sub(&b->owners, 1) > 1)
        return;
    for (size_t i = 0; i < b->list.n; i++)
        pcre2_code_free(b->list.v[i].code);
    arena_free(b->arena);
}

void pattern_set_free(struct pattern_set *s)
{
    if (!s)
        return;
    book_free(s->book);
    pcre2_match_data_free(s->data);
    pcre2_match_context_free(s->context);
    pcre2_jit_stack_free(s->stack);
    free(s->marked);
    free(s->met);
    free(s->tried);
    free(s->possible);
    free(s);
}

/* Text of a regex is folded, its syntax is not: only what lies outside ASCII changes
 * (case is PCRE2's business; an accent would never match folded text). */
static str fold_regex(struct arena *a, str source)
{
    str out = STR("");
    for (size_t i = 0; i < source.n;) {
        size_t from = i;
        bool high = (unsigned char)source.p[i] >= 0x80;
        while (i < source.n && ((unsigned char)source.p[i] >= 0x80) == high)
            i++;
        str part = str_sub(source, from, i);
        if (high && normalise(a, part, &part) != RC_OK)
            part = STR_NONE;
        out = arena_join(a, out, part);
    }
    return out;
}

static pcre2_code *compile(struct pattern_book *b, str regex, const struct place *at,
                           struct diags *d)
{
    int error;
    PCRE2_SIZE offset;
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)regex.p, regex.n, options, &error, &offset, NULL);
    if (!code) {
        PCRE2_UCHAR what[160];
        pcre2_get_error_message(error, what, sizeof what);
        diag_error(d, at->file, at->line, at->column + (int)offset,
                   "this is no regular expression: %s", (const char *)what);
        return NULL;
    }
    if (pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) != 0)
        b->no_jit = true;
    size_t size = 0, jit = 0;
    pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size);
    pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &jit);
    b->code_bytes += size + jit;
    return code;
}

static void set_bit(uint64_t *bits, size_t i)
{
    bits[i / 64] |= (uint64_t)1 << (i % 64);
}

/* They are parts of the line or a synonym's. */
static struct strs own_words(struct arena *a, struct strs words)
{
    str *v = arena_alloc(a, words.n * sizeof *v);
    for (size_t i = 0; i < words.n; i++)
        v[i] = arena_str(a, words.v[i]);
    return (struct strs){v, words.n};
}

static bool have_blank(struct strs words)
{
    for (size_t i = 0; i < words.n; i++)
        if (str_find_char(words.v[i], ' ') >= 0)
            return true;
    return false;
}

static void keep(struct pattern_book *b, struct compiled c, const struct required *ways)
{
    uint32_t i = (uint32_t)b->list.n;
    *arena_push(b->arena, &b->list) = c;
    if (ways->n == 0)
        *arena_push(b->arena, &b->always) = i;
    for (size_t w = 0; w < ways->n; w++) {
        struct required_way *words = arena_push(b->arena, &b->words);
        *arena_push(b->arena, &b->ways) = (struct way){.pattern = i};
        words->n = ways->v[w].n;
        for (size_t k = 0; k < words->n; k++) {
            words->set[k] = own_words(b->arena, ways->v[w].set[k]);
            b->spans = b->spans || (!c.is.regex && have_blank(words->set[k]));
        }
    }
}

/* The number of a set that is no way's first, of which many are the same ("my"). */
static uint32_t number_of(struct pattern_book *b, struct map *numbers, struct strs set)
{
    str key = STR("");
    for (size_t i = 0; i < set.n; i++)
        key = arena_fmt(b->arena, "%.*s%.*s\n", STR_ARG(key), STR_ARG(set.v[i]));
    uint32_t number = (uint32_t)*map_put(numbers, key, b->sets);
    if (number == b->sets)
        literal_index_add(b->index, set, b->sets++);
    return number;
}

/* Numbers the sets, and lists their words. */
static void index_ways(struct pattern_book *b)
{
    struct map numbers = map_new(b->arena);
    b->met_always = (uint32_t)words_for(b->ways.n) * 64;
    b->sets = b->met_always + 1;
    for (uint32_t i = 0; i < b->ways.n; i++) {
        const struct required_way *words = &b->words.v[i];
        literal_index_add(b->index, words->set[0], i);
        for (size_t k = 1; k < REQUIRED_SETS; k++)
            b->ways.v[i].also[k - 1] =
                k < words->n ? number_of(b, &numbers, words->set[k]) : b->met_always;
    }
    literal_index_ready(b->index);
}

static bool is_regex(str text)
{
    return text.n >= 2 && text.p[0] == '/' && text.p[text.n - 1] == '/';
}

void pattern_add(struct pattern_set *s, const struct pattern *what, str text, str file,
                 struct diags *d)
{
    struct compiled c = {.is = *what};
    struct place at = {.file = file, .line = what->line, .column = 3}; /* behind "- " */
    struct required required;
    str regex;
    c.is.regex = is_regex(text);
    if (c.is.regex) {
        at.column++;
        regex = fold_regex(s->book->arena, str_sub(text, 1, text.n - 1));
        required = required_of_regex(s->book->arena, regex, &c.is.literal);
    } else {
        struct template_words words = {s->synonyms, what->lang};
        struct template_code t;
        if (template_compile(s->book->arena, text, &at, &words, d, &t) != RC_OK)
            return;
        regex = arena_fmt(s->book->arena,
                          what->search ? "(?<![^ ])(?:%.*s)(?![^ ])" : "\\A(?:%.*s)\\z",
                          STR_ARG(t.regex));
        required = required_one(s->book->arena, &t.required);
        c.is.literal = t.literal;
    }
    c.code = compile(s->book, regex, &at, d);
    if (!c.code)
        return;
    struct strs words = required.n ? required_best(&required.v[0]) : (struct strs){0};
    if (pattern_check(s, &c, text, words, &at, d))
        keep(s->book, c, &required);
    else
        pcre2_code_free(c.code);
}

void pattern_ready(struct pattern_set *s, struct diags *d)
{
    index_ways(s->book);
    make_room(s);
    if (s->book->no_jit)
        diag_warning(d, STR("intents"), 0, 0,
                     "this system forbids compiled patterns (JIT); they are interpreted, "
                     "which is slower");
}

size_t pattern_count(const struct pattern_set *s)
{
    return s->book->list.n;
}

const struct pattern *pattern_at(const struct pattern_set *s, size_t i)
{
    return &s->book->list.v[i].is;
}

size_t pattern_bytes(const struct pattern_set *s)
{
    return arena_used(s->book->arena) + s->book->code_bytes;
}

uint64_t pattern_limited(const struct pattern_set *s)
{
    return s->limited;
}

static bool is_set(const uint64_t *bits, size_t i)
{
    return bits[i / 64] >> (i % 64) & 1;
}

/* The ways whose first set is met, of which most lack another. Their bits lie far apart:
 * where there are any is found without a branch. */
static void mark_ways(struct pattern_set *s)
{
    const struct pattern_book *b = s->book;
    size_t some[SOME], n = 0, words = words_for(b->ways.n);
    for (size_t at = 0; at < words; n = 0) {
        for (size_t end = MIN(at + SOME, words); at < end; at++) {
            some[n] = at;
            n += s->met[at] != 0;
        }
        for (size_t i = 0; i < n; i++)
            for (uint64_t bits = s->met[some[i]]; bits != 0; bits &= bits - 1) {
                const struct way *w =
                    &b->ways.v[some[i] * 64 + (size_t)__builtin_ctzll(bits)];
                bool all = true;
                for (size_t k = 0; k < LEN(w->also); k++)
                    all &= is_set(s->met, w->also[k]);
                s->marked[w->pattern / 64] |= (uint64_t)all << w->pattern % 64;
            }
    }
}

/* A pattern can match when all sets of one of its ways are met. */
static void mark(struct pattern_set *s)
{
    memset(s->marked, 0, s->n_words * sizeof *s->marked);
    for (size_t i = 0; i < s->book->always.n; i++)
        set_bit(s->marked, s->book->always.v[i]);
    mark_ways(s);
    s->n_possible = 0;
    for (size_t w = 0; w < s->n_words; w++)
        for (uint64_t bits = s->marked[w]; bits != 0; bits &= bits - 1)
            s->possible[s->n_possible++] =
                (uint32_t)(w * 64 + (size_t)__builtin_ctzll(bits));
}

/* The plain form is the folded one with fewer signs between its words and without
 * apostrophes in them: a word of a template that stands in the one stands in the other,
 * unless there are any. A word that is found without need costs a pattern that is tried.
 */
static void scan(struct pattern_set *s, const struct subject *t)
{
    memset(s->met, 0, s->met_words * sizeof *s->met);
    set_bit(s->met, s->book->met_always);
    literal_index_scan(s->book->index, t->folded, s->met);
    if (s->book->spans || str_find_char(t->folded, '\'') >= 0)
        literal_index_scan(s->book->index, t->plain, s->met);
}

void pattern_look(struct pattern_set *s, const struct subject *subject)
{
    s->subject = *subject;
    if (++s->look == 0) { /* once in four billion looks */
        for (size_t i = 0; i < s->book->list.n; i++)
            s->tried[i].looked = 0;
        s->look = 1;
    }
    scan(s, subject);
    mark(s);
}

const uint32_t *pattern_possible(const struct pattern_set *s, size_t *n)
{
    *n = s->n_possible;
    return s->possible;
}

static bool match(struct pattern_set *s, const struct compiled *c, str text,
                  size_t *matched)
{
    int got = pcre2_match(c->code, (PCRE2_SPTR)(text.n ? text.p : ""), text.n, 0,
                          PCRE2_NO_UTF_CHECK, s->data, s->context);
    if (got < 0) {
        s->limited += got != PCRE2_ERROR_NOMATCH;
        return false;
    }
    if (c->is.regex) {
        *matched = c->is.literal;
        return true;
    }
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(s->data);
    *matched = at[1] - at[0];
    for (int g = 1; g < got; g++)
        if (at[2 * g] != PCRE2_UNSET)
            *matched -= at[2 * g + 1] - at[2 * g];
    return true;
}

static bool match_subject(struct pattern_set *s, size_t i, size_t *matched)
{
    const struct compiled *c = &s->book->list.v[i];
    const struct subject *t = &s->subject;
    if (c->is.regex)
        return match(s, c, t->folded, matched);
    if (c->is.search || c->is.lang == LANG_NONE)
        return match(s, c, t->plain, matched);
    str bare = t->unpadded[c->is.lang];
    return match(s, c, bare, matched) ||
        (bare.n != t->plain.n && match(s, c, t->plain, matched));
}

bool pattern_matches(struct pattern_set *s, size_t i, size_t *literal)
{
    struct tried *t = &s->tried[i];
    bool marked = is_set(s->marked, i);
    if (t->looked != s->look) {
        t->looked = s->look;
        t->matches = marked && match_subject(s, i, &t->matched);
    }
    *literal = t->matched;
    return t->matches;
}

bool pattern_matches_slowly(struct pattern_set *s, size_t i)
{
    size_t matched;
    return match_subject(s, i, &matched);
}
