/* From rows to a file of cards. */
#include "app/import.h"
#include "base/buf.h"
#include "base/str.h"
#include "content/card.h"
#include "content/known.h"
#include "content/source.h"
#include "text/normalise.h"
#include "text/word.h"

/* The rows of one card, and what is written so far. */
struct writing {
    struct import *m;
    const struct import_row **rows;
    size_t n;
    str id;
    enum lang lang; /* of rows that do not tell */
    struct buf *out;
};

static bool section_of(str kind, int *type, str *conditions)
{
    int key;
    str rest = kind, first = str_cut(&rest, ' ');
    *conditions = STR("");
    if (known_find(&known_keys, kind, &key))
        return false;
    if (known_find(&known_sections, kind, type))
        return true;
    *conditions = source_trim(rest);
    return known_find(&known_sections, first, type);
}

/* Which language most of the function words of the card's texts are of. */
static enum lang find_language(const struct writing *w)
{
    int score[LANG_COUNT] = {0};
    for (size_t i = 0; i < w->n; i++) {
        str folded;
        size_t pos = 0;
        char scratch[64];
        if (normalise(w->m->arena, w->rows[i]->text, &folded) != RC_OK)
            continue;
        for (struct word one; word_next(folded, &pos, scratch, &one);)
            for (int l = 0; l < LANG_COUNT; l++)
                score[l] += lang_hint((enum lang)l, one.text);
    }
    return score[LANG_NL] > score[LANG_EN] ? LANG_NL : LANG_EN;
}

static enum lang language_of_row(const struct writing *w, const struct import_row *r)
{
    return r->lang == LANG_NONE ? w->lang : r->lang;
}

/* Headings of an answer begin with three signs; code between fences is left alone. */
static void put_body(struct buf *b, str body)
{
    bool fenced = false;
    for (str line; str_line(&body, &line);) {
        str t = str_trim(line);
        if (str_starts(t, STR("```")) || str_starts(t, STR("~~~")))
            fenced = !fenced;
        bool high =
            !fenced && (str_starts(line, STR("# ")) || str_starts(line, STR("## ")));
        buf_fmt(b, "%s%.*s\n", high ? "##" : "", STR_ARG(line));
    }
}

static void put_keys(struct writing *w)
{
    for (size_t i = 0; i < w->n; i++) {
        int type;
        str ignored;
        if (!section_of(w->rows[i]->kind, &type, &ignored))
            buf_fmt(w->out, "- %.*s: %.*s\n", STR_ARG(w->rows[i]->kind),
                    STR_ARG(w->rows[i]->text));
    }
}

/* Whether an earlier row of this section is the same line. */
static bool stands_already(const struct writing *w, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(w->rows[i]->kind, w->rows[at]->kind) &&
            str_eq(w->rows[i]->text, w->rows[at]->text) &&
            language_of_row(w, w->rows[i]) == language_of_row(w, w->rows[at]))
            return true;
    return false;
}

static void put_items(struct writing *w, int want, enum lang l)
{
    bool spoken = want != SECTION_ASK && want != SECTION_DO, begun = false;
    for (size_t i = 0; i < w->n; i++) {
        int type;
        str ignored;
        if (!section_of(w->rows[i]->kind, &type, &ignored) || type != want ||
            (spoken && language_of_row(w, w->rows[i]) != l) || stands_already(w, i))
            continue;
        if (!begun)
            buf_fmt(w->out, "\n## %s%s%s\n", known_name(&known_sections, want),
                    spoken ? " " : "", spoken ? lang_code(l) : "");
        begun = true;
        buf_fmt(w->out, "- %.*s\n", STR_ARG(w->rows[i]->text));
    }
}

static bool put_answers(struct writing *w, enum lang l)
{
    bool any = false;
    for (size_t i = 0; i < w->n; i++) {
        int type;
        str conditions;
        if (!section_of(w->rows[i]->kind, &type, &conditions) || type != SECTION_ANSWER ||
            language_of_row(w, w->rows[i]) != l)
            continue;
        buf_fmt(w->out, "\n## Answer %s%s%.*s\n", lang_code(l), conditions.n ? " " : "",
                STR_ARG(conditions));
        put_body(w->out, w->rows[i]->text);
        any = true;
    }
    return any;
}

static bool has_kind(const struct writing *w, const char *key, int section)
{
    for (size_t i = 0; i < w->n; i++) {
        int type = -1;
        str ignored;
        bool sec = section_of(w->rows[i]->kind, &type, &ignored);
        if (sec ? type == section : str_eq_ascii(w->rows[i]->kind, str_c(key)))
            return true;
    }
    return false;
}

static void put_card(struct writing *w)
{
    static const int before[] = {SECTION_SAY, SECTION_PATTERNS, SECTION_SIGNS,
                                 SECTION_NOT};
    w->lang = w->m->lang == LANG_NONE ? find_language(w) : w->m->lang;
    buf_fmt(w->out, "%s# %.*s\n", w->out->n ? "\n" : "", STR_ARG(w->id));
    put_keys(w);
    for (int l = 0; l < LANG_COUNT; l++)
        for (size_t k = 0; k < LEN(before); k++)
            put_items(w, before[k], (enum lang)l);
    put_items(w, SECTION_ASK, LANG_NONE);
    put_items(w, SECTION_DO, LANG_NONE);
    bool answered = false;
    for (int l = 0; l < LANG_COUNT; l++)
        answered = put_answers(w, (enum lang)l) || answered;
    for (int l = 0; l < LANG_COUNT; l++)
        put_items(w, SECTION_TESTS, (enum lang)l);
    if (!answered && !str_eq(w->id, STR("none")) && !has_kind(w, "source", SECTION_DO))
        diag_warning(w->m->diags, w->rows[0]->from->name, w->rows[0]->line, 1,
                     "`%.*s` has no answer in these files: write `## Answer nl` before "
                     "it can be used",
                     STR_ARG(w->id));
}

/* What the cards' own reader makes of them. */
static void proof_read(struct import *m, str text)
{
    struct place at = {.arena = m->arena, .diags = m->diags, .file = STR("import.md")};
    struct scan scan;
    scan_text(m->arena, at.file, text, 1, &card_rules, m->diags, &scan);
    for (size_t i = 0; i < scan.cards.n; i++) {
        struct card_draft ignored;
        card_read(&at, &scan.cards.v[i], &ignored);
    }
}

str import_cards(struct import *m)
{
    struct buf out = buf_new(m->arena, IMPORT_OUT_MAX);
    struct map seen = map_new(m->arena);
    VEC(str) ids = {0};
    for (size_t i = 0; i < m->rows.n; i++)
        if (*map_put(&seen, m->rows.v[i].id, (int64_t)ids.n) == (int64_t)ids.n)
            *arena_push(m->arena, &ids) = m->rows.v[i].id;
    struct {
        VEC(const struct import_row *) list;
    } *by_card = arena_alloc(m->arena, ids.n * sizeof *by_card);
    for (size_t i = 0; i < m->rows.n; i++)
        *arena_push(m->arena, &by_card[*map_find(&seen, m->rows.v[i].id)].list) =
            &m->rows.v[i];
    for (size_t k = 0; k < ids.n; k++) {
        struct writing w = {.m = m,
                            .rows = by_card[k].list.v,
                            .n = by_card[k].list.n,
                            .id = ids.v[k],
                            .out = &out};
        put_card(&w);
    }
    str text = buf_str(&out);
    proof_read(m, text);
    return text;
}
