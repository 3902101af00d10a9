/* words.md: `- loon = salaris` both ways, `- papadag => ouderschapsverlof` one way. */
#include "base/str.h"
#include "content/lists.h"
#include "content/scan.h"
#include "content/source.h"
#include "text/normalise.h"

/* "nl", "en", "all"; *l is LANG_NONE for all. */
static bool find_lang(str heading, enum lang *l)
{
    *l = heading.n == 2 ? lang_of(heading) : LANG_NONE;
    return *l != LANG_NONE || str_eq_ascii(heading, STR("all")) ||
        str_eq_ascii(heading, STR("alle"));
}

static enum scan_form form_of(str heading)
{
    enum lang l;
    return find_lang(heading, &l) ? SCAN_ITEMS : SCAN_UNKNOWN;
}

/* Adds the terms of "a = b, c" to s, folded. */
static bool add_terms(const struct place *at, str text, char mark, struct synonym *s)
{
    for (str rest = text; rest.p;) {
        str term = source_trim(str_cut(&rest, mark)), folded = STR_NONE;
        struct place here = place_of(at, text, term);
        if (term.n == 0 || normalise(at->arena, term, &folded) != RC_OK ||
            folded.n == 0) {
            place_error(&here, "a word is missing here");
            return false;
        }
        bool twice = false;
        for (size_t i = 0; i < s->terms.n; i++)
            twice = twice || str_eq(s->terms.v[i], folded);
        if (twice)
            place_warning(&here, "`%.*s` stands here twice", STR_ARG(term));
        else
            *arena_push(at->arena, &s->terms) = folded;
    }
    return true;
}

static void read_line(const struct place *at, str text, enum lang l, struct catalogue *c)
{
    struct synonym s = {.lang = l, .file = at->file, .line = at->line};
    ptrdiff_t arrow = str_find(text, STR("=>"));
    size_t len = 2;
    if (arrow < 0) {
        arrow = str_find(text, STR("\xe2\x87\x92")); /* what word processors make of => */
        len = 3;
    }
    s.two_way = arrow < 0;
    if (s.two_way && str_find_char(text, '=') < 0) {
        place_error(at,
                    "`loon = salaris` or `papadag => ouderschapsverlof` was expected");
        return;
    }
    str left = s.two_way ? text : str_sub(text, 0, (size_t)arrow);
    str right = s.two_way ? STR_NONE : str_sub(text, (size_t)arrow + len, text.n);
    struct place there = place_of(at, text, right);
    if (!add_terms(at, left, s.two_way ? '=' : '\0', &s) ||
        (!s.two_way && !add_terms(&there, right, '=', &s)))
        return;
    if (s.terms.n < 2)
        place_warning(at, "this says nothing: it is one word");
    else
        *arena_push(c->arena, &c->synonyms) = s;
}

static void read_section(const struct place *at, const struct scan_section *s,
                         struct catalogue *c)
{
    enum lang l = LANG_NONE;
    struct place here = *at;
    here.line = s->line;
    here.column = s->column;
    if (s->heading.n > 0 && !find_lang(s->heading, &l)) {
        place_error(&here, "unknown heading `%.*s`; known are nl, en, all",
                    STR_ARG(s->heading));
        return;
    }
    for (size_t i = 0; i < s->items.n; i++) {
        here.line = s->items.v[i].line;
        here.column = s->items.v[i].column;
        if (s->heading.n == 0) {
            place_error(&here, "words stand under `## nl`, `## en` or `## all`");
            return;
        }
        read_line(&here, s->items.v[i].text, l, c);
    }
}

void words_read(const struct place *at, str text, struct catalogue *c)
{
    static const struct scan_rules rules = {.form = form_of, .loose = true};
    struct scan scan;
    scan_text(at->arena, at->file, text, 1, &rules, at->diags, &scan);
    for (size_t i = 0; i < scan.cards.n; i++)
        for (size_t k = 0; k < scan.cards.v[i].sections.n; k++)
            read_section(at, &scan.cards.v[i].sections.v[k], c);
}
