/* signs.md: word classes and the combinations of them that mark a sensitive topic. */
#include "base/str.h"
#include "content/lists.h"
#include "content/scan.h"
#include "content/source.h"

enum part { PART_WORDS, PART_SIGNS, PART_NONE };

static enum part part_of(str heading)
{
    static const struct {
        const char *name;
        enum part part;
    } names[] = {{"words", PART_WORDS},
                 {"woorden", PART_WORDS},
                 {"signs", PART_SIGNS},
                 {"signalen", PART_SIGNS}};
    for (size_t i = 0; i < LEN(names); i++)
        if (str_eq_ascii(heading, str_c(names[i].name)))
            return names[i].part;
    return PART_NONE;
}

static enum scan_form form_of(str heading)
{
    return part_of(heading) == PART_NONE ? SCAN_UNKNOWN : SCAN_ITEMS;
}

/* "manager: baas, chef" and "sensitive.conflict: manager + shouts" alike. */
static void read_item(const struct place *at, str item, enum part part, enum lang l,
                      struct catalogue *c)
{
    str value = item, key = source_trim(str_cut(&value, ':'));
    if (!value.p || key.n == 0 || source_trim(value).n == 0) {
        place_error(at,
                    part == PART_WORDS
                        ? "a word class looks like `- manager: baas, chef`"
                        : "a sign looks like `- sensitive.conflict: manager + shouts`");
        return;
    }
    struct sign_line s = {.lang = l,
                          .name = key,
                          .value = source_trim(value),
                          .file = at->file,
                          .line = at->line};
    if (part == PART_WORDS)
        *arena_push(c->arena, &c->sign_words) = s;
    else
        *arena_push(c->arena, &c->signs) = s;
}

static void read_language(const struct place *at, const struct scan_card *card,
                          struct catalogue *c)
{
    enum lang l = card->id.n == 2 ? lang_of(card->id) : LANG_NONE;
    struct place here = *at;
    here.line = card->line;
    here.column = card->column;
    if (l == LANG_NONE) {
        place_error(&here, "unknown language `%.*s`; known are nl, en",
                    STR_ARG(card->id));
        return;
    }
    for (size_t i = 0; i < card->sections.n; i++) {
        const struct scan_section *s = &card->sections.v[i];
        here.line = s->line;
        here.column = s->column;
        enum part part = part_of(s->heading);
        if (part == PART_NONE && s->heading.n > 0)
            place_error(&here, "unknown heading `%.*s`; known are Words, Signs",
                        STR_ARG(s->heading));
        for (size_t k = 0; k < s->items.n; k++) {
            here.line = s->items.v[k].line;
            here.column = s->items.v[k].column;
            if (part != PART_NONE)
                read_item(&here, s->items.v[k].text, part, l, c);
            else if (s->heading.n == 0)
                place_error(&here, "a line stands under `## Words` or `## Signs`");
        }
    }
}

void signs_read(const struct place *at, str text, struct catalogue *c)
{
    static const struct scan_rules rules = {.form = form_of};
    struct scan scan;
    scan_text(at->arena, at->file, text, 1, &rules, at->diags, &scan);
    for (size_t i = 0; i < scan.cards.n; i++)
        read_language(at, &scan.cards.v[i], c);
}
