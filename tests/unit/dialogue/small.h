/*
 * small - the content of tests/dialogue/content as a brain, and a person to talk to it.
 */
#ifndef TESTS_DIALOGUE_SMALL_H
#define TESTS_DIALOGUE_SMALL_H

#include "base/clock.h"
#include "base/file.h"
#include "content/load.h"
#include "dialogue/turn.h"
#include "unit.h"

static const struct trait anna_traits[] = {{STR_INIT("first_name"), STR_INIT("Anna")},
                                           {STR_INIT("unit"), STR_INIT("Sales")},
                                           {STR_INIT("country"), STR_INIT("NL")}};
static const struct person anna = {
    STR_INIT("p1"), STR_INIT("Anna de Boer"), {anna_traits, 3}};

static inline void small_build(struct brain *b, struct arena *a)
{
    struct content_source s = {.intents = STR("tests/dialogue/content/intents"),
                               .knowledge = STR("tests/dialogue/content/knowledge"),
                               .default_lang = LANG_NL,
                               .today = date_of(2026, 11, 18)};
    struct diags d = diags_new(a);
    CHECK_RC(content_load(&s, &d, &b->catalogue), RC_OK);
    for (size_t i = 0; i < b->catalogue->diags.list.n; i++) {
        const struct diag *x = &b->catalogue->diags.list.v[i];
        if (x->severity == SEVERITY_ERROR)
            fail_msg("%.*s", STR_ARG(diag_line(a, x)));
    }
    nlu_build(b->catalogue, NULL, NULL, &d, &b->nlu);
    search_build(b->catalogue, NULL, &d, &b->search);
}

static inline void small_free(struct brain *b)
{
    search_free(b->search);
    nlu_free(b->nlu);
    catalogue_free(b->catalogue);
}

/* A Wednesday in Anna's life. */
static inline struct event small_event(void)
{
    return (struct event){.at_ms = 1795000000000,
                          .today = date_of(2026, 11, 18),
                          .person = &anna,
                          .key = STR("KEY"),
                          .receipt = STR("B-TEST"),
                          .boldness = BOLD_BALANCED,
                          .lang = LANG_NONE,
                          .explain = true};
}

#endif
