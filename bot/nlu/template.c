#include "nlu/template.h"

#include "base/buf.h"
#include "base/str.h"
#include "nlu/template_tree.h"

enum { REGEX_MAX = 64 * 1024 };

/* A blank, or a place where one stands already, or an end of the text. Atomic: taking
 * the blank when there is one is never wrong, so there is nothing to try again. */
#define SPACE "(?>\\x20|(?<![^\\x20])|(?![^\\x20]))"

static void put_sequence(struct buf *b, const struct sequence *s);

static void put_text(struct buf *b, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '.')
            buf_char(b, '\\');
        buf_char(b, text.p[i]);
    }
}

static void put_item(struct buf *b, const struct item *one)
{
    switch (one->kind) {
    case ITEM_TEXT:
        put_text(b, one->text);
        break;
    case ITEM_SPACE:
        buf_put(b, STR(SPACE));
        break;
    case ITEM_BLANK:
        buf_put(b, STR("\\x20?"));
        break;
    case ITEM_WILD:
        buf_put(b, STR("(.*?)"));
        break;
    case ITEM_ENTITY:
        buf_put(b, one->text);
        break;
    case ITEM_GROUP:
        buf_put(b, STR("(?:"));
        for (size_t i = 0; i < one->branches.n; i++) {
            if (i > 0)
                buf_char(b, '|');
            put_sequence(b, &one->branches.v[i]);
        }
        buf_put(b, one->optional ? STR(")?") : STR(")"));
        break;
    }
}

static void put_sequence(struct buf *b, const struct sequence *s)
{
    for (size_t i = 0; i < s->list.n; i++)
        put_item(b, &s->list.v[i]);
}

struct needs {
    struct required_way required;
    size_t literal;
};

static struct needs needs_of(struct arena *a, const struct sequence *s);

static struct needs needs_of_group(struct arena *a, const struct item *group)
{
    struct needs all = needs_of(a, &group->branches.v[0]);
    for (size_t i = 1; i < group->branches.n; i++) {
        struct needs one = needs_of(a, &group->branches.v[i]);
        struct strs either = required_either(a, required_best(&all.required),
                                             required_best(&one.required));
        all.required.n = 0;
        required_add(&all.required, either);
        all.literal = MIN(all.literal, one.literal);
    }
    return all;
}

static struct needs needs_of(struct arena *a, const struct sequence *s)
{
    struct needs n = {0};
    for (size_t i = 0; i < s->list.n; i++) {
        const struct item *one = &s->list.v[i];
        if (one->kind == ITEM_TEXT) {
            str *word = arena_alloc(a, sizeof *word);
            *word = one->text;
            required_add(&n.required, (struct strs){word, 1});
            n.literal += one->text.n;
        } else if (one->kind == ITEM_GROUP && !one->optional) {
            struct needs inner = needs_of_group(a, one);
            for (size_t k = 0; k < inner.required.n; k++)
                required_add(&n.required, inner.required.set[k]);
            n.literal += inner.literal;
        }
    }
    return n;
}

static size_t count_wild(const struct sequence *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->list.n; i++) {
        const struct item *one = &s->list.v[i];
        n += one->kind == ITEM_WILD;
        for (size_t k = 0; k < one->branches.n; k++)
            n += count_wild(&one->branches.v[k]);
    }
    return n;
}

enum rc template_compile(struct arena *a, str text, const struct place *at,
                         const struct template_words *words, struct diags *d,
                         struct template_code *out)
{
    struct sequence tree = {0};
    enum rc rc = template_parse(a, text, at, d, &tree);
    if (rc != RC_OK)
        return rc;
    template_widen(a, &tree, words->synonyms, words->lang);
    struct buf b = buf_new(a, REGEX_MAX);
    put_sequence(&b, &tree);
    if (buf_failed(&b)) {
        diag_error(d, at->file, at->line, at->column, "the pattern is too long");
        return RC_LIMIT;
    }
    struct needs needs = needs_of(a, &tree);
    *out = (struct template_code){.regex = buf_str(&b),
                                  .required = needs.required,
                                  .literal = needs.literal,
                                  .wild = count_wild(&tree)};
    return RC_OK;
}
