#include "search/tokenizer.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/str.h"
#include "text/normalise.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
        (unsigned char)c >= 0x80;
}

/* A sign beyond ASCII may fold to digits (half, full width); a run that has one is cut
 * again when it is folded. */
static bool may_be_digit(char c)
{
    return is_digit(c) || (unsigned char)c >= 0x80;
}

static bool is_quote(char c)
{
    return c == '\'' || c == '`';
}

struct cutter cutter_new(struct arena *a, str text)
{
    return (struct cutter){.arena = a, .text = text};
}

/* Sets from and to of the next run; false at the end. */
static bool next_run(struct cutter *c, bool *ascii)
{
    const char *p = c->text.p;
    size_t i = c->pos, n = c->text.n;
    while (i < n && !is_letter(p[i]))
        i++;
    c->from = i;
    *ascii = true;
    for (; i < n; i++) {
        if (is_letter(p[i])) {
            *ascii = *ascii && (unsigned char)p[i] < 0x80;
            continue;
        }
        bool more = i > c->from && i + 1 < n;
        bool inside = more &&
            ((is_quote(p[i]) && is_letter(p[i + 1])) ||
             ((p[i] == '.' || p[i] == ',') && may_be_digit(p[i - 1]) &&
              may_be_digit(p[i + 1])));
        if (!inside)
            break;
    }
    c->pos = c->to = i;
    return c->from < i;
}

/* The common case: lower case by hand, apostrophes dropped. */
static str fold_ascii(struct cutter *c)
{
    size_t w = 0;
    for (size_t i = c->from; i < c->to; i++) {
        char x = c->text.p[i];
        if (!is_quote(x))
            c->scratch[w++] = x >= 'A' && x <= 'Z' ? (char)(x | 0x20) : x;
    }
    return (str){c->scratch, w};
}

bool cutter_next(struct cutter *c, str *word)
{
    for (;;) {
        struct word w;
        if (c->folded.n && word_next(c->folded, &c->folded_pos, c->scratch, &w)) {
            *word = str_sub(w.text, 0, VOCABULARY_WORD_MAX);
            return true;
        }
        c->folded = STR_NONE;
        bool ascii;
        if (!next_run(c, &ascii))
            return false;
        if (ascii && c->to - c->from < VOCABULARY_WORD_MAX) {
            *word = fold_ascii(c);
            return true;
        }
        c->folded_pos = 0;
        /* a run cut out of well-formed text is well-formed; others are passed over */
        if (normalise(c->arena, str_sub(c->text, c->from, c->to), &c->folded) != RC_OK)
            c->folded = STR_NONE;
    }
}

/* --- the FTS5 side --- */

struct instance {
    struct tokenizer *owner;
    struct vocabulary *vocabulary;
};

static int create(void *ctx, const char **args, int n_args, Fts5Tokenizer **out)
{
    struct tokenizer *t = ctx;
    enum lang l = n_args > 0 ? lang_of(str_c(args[0])) : LANG_NONE;
    if (l == LANG_NONE || !t->vocabulary[l])
        return SQLITE_ERROR;
    struct instance *i = must_alloc(sizeof *i);
    *i = (struct instance){t, t->vocabulary[l]};
    *out = (Fts5Tokenizer *)i;
    return SQLITE_OK;
}

static void delete (Fts5Tokenizer *t)
{
    free(t);
}

typedef int (*emit_fn)(void *, int, const char *, int, int, int);

static int emit_term(const struct vocabulary *v, term_t term, int flags,
                     const struct cutter *at, emit_fn emit, void *ctx)
{
    str t = v->terms.v[term].text;
    return emit(ctx, flags, t.p, (int)t.n, (int)at->from, (int)at->to);
}

static int document_word(struct instance *i, const struct cutter *at, str word,
                         emit_fn emit, void *ctx)
{
    struct vocabulary *v = i->vocabulary;
    const struct vocabulary_word *w = vocabulary_word(v, word);
    if (!w)
        return SQLITE_OK; /* cannot be: every text went into the vocabulary first */
    int rc = emit_term(v, w->term, 0, at, emit, ctx);
    for (size_t k = 0; k < w->n_parts && rc == SQLITE_OK; k++)
        rc = emit_term(v, v->parts.v[w->first_part + k], FTS5_TOKEN_COLOCATED, at, emit,
                       ctx);
    return rc;
}

static int tokenize(Fts5Tokenizer *t, void *ctx, int flags, const char *text, int n,
                    emit_fn emit)
{
    struct instance *i = (struct instance *)t;
    struct cutter c = cutter_new(i->owner->scratch, (str){text, n > 0 ? (size_t)n : 0});
    int rc = SQLITE_OK;
    str word;
    while (rc == SQLITE_OK && cutter_next(&c, &word)) {
        if (flags & FTS5_TOKENIZE_DOCUMENT) {
            rc = document_word(i, &c, word, emit, ctx);
        } else {
            str s = vocabulary_stem(i->vocabulary, word);
            rc = emit(ctx, 0, s.p, (int)s.n, (int)c.from, (int)c.to);
        }
    }
    return rc;
}

void tokenizer_register(sqlite3 *db, struct tokenizer *t)
{
    static const fts5_tokenizer functions = {create, delete, tokenize};
    fts5_api *api = NULL;
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(s);
    }
    sqlite3_finalize(s);
    if (!api || api->iVersion < 2) {
        log_err("event=search error=\"this SQLite has no FTS5\"");
        abort();
    }
    fts5_tokenizer copy = functions;
    api->xCreateTokenizer(api, "balie", t, &copy, NULL);
}
