/* card: any file of cards is read without harm, and the source that is kept of a card
 * without mistakes reads as the same card again, without mistakes. */
#include "base/diag.h"
#include "content/card.h"
#include "content/source.h"

#include "fuzz.h"

static void same_card(const struct card *x, const struct card *y)
{
    PROMISE(str_eq(x->id, y->id));
    PROMISE(x->hash == y->hash);
    PROMISE(x->answers.n == y->answers.n);
    PROMISE(x->slots.n == y->slots.n);
    PROMISE(x->tests.n == y->tests.n);
    for (int l = 0; l < LANG_COUNT; l++)
        PROMISE(x->say[l].list.n == y->say[l].list.n);
    for (size_t i = 0; i < x->answers.n; i++)
        PROMISE(str_eq(x->answers.v[i].html, y->answers.v[i].html));
}

static void fuzz(struct arena *a, str input)
{
    struct diags d = diags_new(a), silent = diags_new(a);
    struct place at = {.arena = a, .diags = &d, .file = STR("f.md")};
    str text = source_plain(a, input);
    struct scan scan;
    scan_text(a, at.file, text, 1, &card_rules, &d, &scan);
    for (size_t i = 0; i < scan.cards.n; i++) {
        struct card_draft draft, again;
        card_read(&at, &scan.cards.v[i], &draft);
        PROMISE(!draft.broken || d.errors > 0);
        if (draft.broken)
            continue;
        struct scan kept;
        at.diags = &silent;
        scan_text(a, at.file, draft.source, 1, &card_rules, &silent, &kept);
        PROMISE(kept.cards.n == 1);
        card_read(&at, &kept.cards.v[0], &again);
        PROMISE(!again.broken && silent.errors == 0);
        same_card(&draft.card, &again.card);
        at.diags = &d;
    }
}
