#include "content/card.h"

#include "base/str.h"
#include "content/audience.h"
#include "content/known.h"
#include "content/markdown.h"
#include "content/slot.h"
#include "content/source.h"
#include "text/normalise.h"

/* A section heading taken apart: "Answer nl country=BE". */
struct head {
    int type; /* enum section_type */
    str name, rest;
    enum lang lang;
};

static str take_word(str *text)
{
    size_t n = 0;
    while (n < text->n && !source_blank(*text, n) && text->p[n] != '_')
        n++;
    str word = str_sub(*text, 0, n);
    *text = source_trim(str_sub(*text, n + (n < text->n && text->p[n] == '_'), text->n));
    if (word.n > 1 && word.p[word.n - 1] == ':')
        word.n--;
    return word;
}

static bool split_head(str heading, struct head *out)
{
    *out = (struct head){.rest = heading, .lang = LANG_NONE};
    out->name = take_word(&out->rest);
    if (!known_find(&known_sections, out->name, &out->type))
        return false;
    str after = out->rest, code = take_word(&after);
    out->lang =
        code.n == 2 || (code.n == 5 && code.p[2] == '-') ? lang_of(code) : LANG_NONE;
    if (out->lang != LANG_NONE)
        out->rest = after;
    return true;
}

bool card_heading(str heading, int *type, enum lang *lang, str *rest)
{
    struct head h;
    bool known = split_head(heading, &h);
    *type = known ? h.type : -1;
    *lang = h.lang;
    *rest = h.rest;
    return known;
}

static enum scan_form form_of(str heading)
{
    struct head h;
    if (!split_head(heading, &h))
        return SCAN_UNKNOWN;
    return h.type == SECTION_ANSWER ? SCAN_BODY : SCAN_ITEMS;
}

const struct scan_rules card_rules = {.form = form_of};

static struct place item_place(const struct place *at, const struct scan_item *item)
{
    struct place p = *at;
    p.line = item->line;
    p.column = item->column;
    return p;
}

static bool read_phrases(const struct place *at, const struct scan_section *s, int type,
                         struct phrases *out)
{
    bool ok = true;
    for (size_t i = 0; i < s->items.n; i++) {
        const struct scan_item *item = &s->items.v[i];
        struct place here = item_place(at, item);
        struct phrase p = {.text = item->text, .folded = item->text, .line = item->line};
        /* a regex is not text: folding would turn \S into \s */
        bool regex = type != SECTION_SAY && item->text.p[0] == '/';
        if (!regex && normalise(at->arena, item->text, &p.folded) != RC_OK)
            p.folded = STR_NONE;
        if (p.folded.n == 0) {
            place_error(&here, "nothing in this line can be matched");
            ok = false;
            continue;
        }
        *arena_push(at->arena, &out->list) = p;
    }
    return ok;
}

/* False after an error: people would read a brace without its partner. */
static bool note_slots(const struct place *at, str text, int line, enum lang l,
                       struct mentions *out)
{
    bool ok = true;
    struct lines lines = {.text = text, .number = line - 1};
    for (str row; lines_next(&lines, &row);) {
        size_t pos = 0;
        for (str name; slot_next(row, &pos, &name);)
            *arena_push(at->arena, &out->list) =
                (struct mention){.text = name,
                                 .lang = l,
                                 .line = lines.number,
                                 .column = (int)(name.p - row.p)};
        pos = 0;
        for (str name; slot_broken(row, &pos, &name); ok = false)
            diag_error(at->diags, at->file, lines.number, (int)(name.p - row.p) + 1,
                       "a brace without its partner: `{%.*s}` was probably meant",
                       STR_ARG(name));
    }
    return ok;
}

static bool note_links(const struct place *at, const struct markdown *m, int line,
                       enum lang l, struct mentions *out)
{
    bool ok = true;
    for (size_t i = 0; i < m->links.n; i++) {
        const struct markdown_link *link = &m->links.v[i];
        struct mention one = {.text = link->url,
                              .lang = l,
                              .line = line + link->line - 1,
                              .column = link->column};
        size_t pos = 0;
        str name;
        if (slot_next(link->url, &pos, &name)) {
            diag_error(at->diags, at->file, one.line, one.column,
                       "a slot cannot stand in a link's target");
            ok = false;
            continue;
        }
        *arena_push(at->arena, &out->list) = one;
    }
    return ok;
}

static bool tells_apart(const struct place *at, const struct card *c,
                        const struct answer *a)
{
    for (size_t i = 0; i < c->answers.n; i++) {
        const struct answer *b = &c->answers.v[i];
        if (a->lang != b->lang || a->audience.n != b->audience.n ||
            !audience_overlaps(&a->audience, &b->audience))
            continue;
        place_error(at,
                    "this answer is as specific as the one in line %d: for some people "
                    "both would fit",
                    b->line);
        return false;
    }
    return true;
}

static bool read_answer(const struct place *at, const struct scan_section *s,
                        const struct head *h, struct card_draft *out)
{
    str conditions = h->rest; /* brackets around them are forgiven */
    if (str_starts(conditions, STR("[")) && str_ends(conditions, STR("]")))
        conditions = source_trim(str_sub(conditions, 1, conditions.n - 1));
    struct place here = place_of(at, s->heading, conditions);
    struct answer a = {.lang = h->lang, .markdown = s->body, .line = s->line};
    if (!audience_parse(&here, conditions, &a.audience) ||
        !tells_apart(at, &out->card, &a))
        return false;
    if (s->body.n == 0) {
        place_error(at, "this answer is empty");
        return false;
    }
    struct markdown m;
    markdown_read(at->arena, s->body, false, &m);
    a.html = m.parts.v[0].html;
    a.text = m.parts.v[0].text;
    *arena_push(at->arena, &out->card.answers) = a;
    bool ok = note_slots(at, s->body, s->body_line, h->lang, &out->slots);
    return note_links(at, &m, s->body_line, h->lang, &out->links) && ok;
}

/* Words of questions for what a sick report may not hold (Autoriteit Persoonsgegevens,
 * "De zieke werknemer", 2016). "You need not say what is wrong" is none. */
static bool asks_for_illness(struct arena *a, const struct slot *s)
{
    static const char *const names[] = {
        "reason",     "cause",    "illness",  "diagnosis", "complaint",
        "complaints", "symptoms", "reden",    "oorzaak",   "klacht",
        "klachten",   "ziekte",   "diagnose", "aard"};
    static const char *const phrases[] = {"diagnos",
                                          "klachten heb",
                                          "welke klacht",
                                          "wat zijn je klacht",
                                          "symptom",
                                          "wat is de oorzaak",
                                          "aard van je",
                                          "aard van de ziekte",
                                          "waardoor ben je ziek",
                                          "wat mankeert",
                                          "waarom ben je ziek",
                                          "reden van je ziek",
                                          "waar heb je last van",
                                          "cause of your",
                                          "nature of your",
                                          "reason for your",
                                          "why are you ill",
                                          "why are you sick",
                                          "what is wrong with you?",
                                          "what are you suffering"};
    for (size_t i = 0; i < LEN(names); i++)
        if (str_eq_ascii(s->name, str_c(names[i])))
            return true;
    for (int l = 0; l < LANG_COUNT; l++) {
        str prompt;
        if (normalise(a, s->prompt[l], &prompt))
            continue;
        for (size_t i = 0; i < LEN(phrases); i++)
            if (str_has(prompt, str_c(phrases[i])))
                return true;
    }
    return false;
}

static bool is_of_absence(const struct card *c)
{
    return str_starts(c->id, STR("absence.")) || str_eq_ascii(c->topic, STR("absence"));
}

/* "if extent=deels": an earlier choice or yesno, and one of its values, which becomes the
 * Dutch one. */
static bool check_condition(const struct place *at, const struct card *c,
                            struct slot *one)
{
    static const char *const yes_no[][LANG_COUNT] = {{"ja", "yes"}, {"nee", "no"}};
    for (size_t i = 0; i < c->slots.n; i++) {
        const struct slot *s = &c->slots.v[i];
        if (!str_eq_ascii(s->name, one->if_slot))
            continue;
        one->if_slot = s->name;
        for (size_t k = 0; k < s->n_options; k++)
            for (int l = 0; l < LANG_COUNT; l++)
                if (str_eq_ascii(s->options[k].label[l], one->if_value)) {
                    one->if_value = s->options[k].label[LANG_NL];
                    return true;
                }
        for (size_t k = 0; k < LEN(yes_no) && s->type == SLOT_YESNO; k++)
            for (int l = 0; l < LANG_COUNT; l++)
                if (str_eq_ascii(str_c(yes_no[k][l]), one->if_value)) {
                    one->if_value = str_c(yes_no[k][LANG_NL]);
                    return true;
                }
        place_error(at, "`%.*s` is no answer to `%.*s`", STR_ARG(one->if_value),
                    STR_ARG(one->if_slot));
        return false;
    }
    place_error(at, "`if %.*s` names no question above this one", STR_ARG(one->if_slot));
    return false;
}

static bool read_slot(const struct place *at, str item, struct card_draft *out)
{
    struct slot one;
    struct card *c = &out->card;
    if (!slot_parse(at, item, &one))
        return false;
    for (size_t i = 0; i < c->slots.n; i++)
        if (str_eq(c->slots.v[i].name, one.name)) {
            place_error(at, "the slot `%.*s` stands here twice", STR_ARG(one.name));
            return false;
        }
    if (is_of_absence(c) && asks_for_illness(at->arena, &one)) {
        place_error(at,
                    "a sick report may not ask for the nature or cause of an illness");
        return false;
    }
    if (one.if_slot.n > 0 && !check_condition(at, c, &one))
        return false;
    *arena_push(at->arena, &c->slots) = one;
    bool ok = true;
    for (int l = 0; l < LANG_COUNT; l++) {
        struct mentions found = {0};
        ok = note_slots(at, one.prompt[l], at->line, (enum lang)l, &found) && ok;
        for (size_t i = 0; i < found.list.n; i++) {
            struct mention *m = arena_push(at->arena, &out->slots.list);
            *m = found.list.v[i];
            m->column = at->column + (int)(m->text.p - item.p) - 1;
        }
    }
    return ok;
}

static bool read_item(const struct place *at, const struct head *h, str item,
                      struct card_draft *out)
{
    struct card *c = &out->card;
    if (h->type == SECTION_ASK)
        return read_slot(at, item, out);
    if (h->type == SECTION_DO) {
        struct action a;
        if (!card_read_action(at, item, &a))
            return false;
        *arena_push(at->arena, &c->actions) = a;
        return true;
    }
    struct card_test t;
    if (!card_read_test(at, item, c, h->lang, &t))
        return false;
    *arena_push(at->arena, &c->tests) = t;
    return true;
}

static bool read_items(const struct place *at, const struct scan_section *s,
                       const struct head *h, struct card_draft *out)
{
    if (h->type == SECTION_SAY)
        return read_phrases(at, s, h->type, &out->card.say[h->lang]);
    if (h->type == SECTION_PATTERNS)
        return read_phrases(at, s, h->type, &out->card.patterns[h->lang]);
    if (h->type == SECTION_SIGNS)
        return read_phrases(at, s, h->type, &out->card.signs[h->lang]);
    if (h->type == SECTION_NOT)
        return read_phrases(at, s, h->type, &out->card.nots[h->lang]);
    bool ok = true;
    for (size_t i = 0; i < s->items.n; i++) {
        struct place here = item_place(at, &s->items.v[i]);
        ok = read_item(&here, h, s->items.v[i].text, out) && ok;
    }
    return ok;
}

static bool check_head(const struct place *at, str heading, const struct head *h)
{
    bool spoken = h->type != SECTION_ASK && h->type != SECTION_DO;
    struct place here = place_of(at, heading, h->rest);
    if (spoken && h->lang == LANG_NONE) {
        place_error(at, "`%.*s` needs a language: `## %.*s nl` or `## %.*s en`",
                    STR_ARG(h->name), STR_ARG(h->name), STR_ARG(h->name));
        return false;
    }
    if (!spoken && (h->lang != LANG_NONE || h->rest.n > 0)) {
        place_error(at, "`## %.*s` stands alone, for all languages", STR_ARG(h->name));
        return false;
    }
    if (h->type != SECTION_ANSWER && h->rest.n > 0) {
        place_error(&here, "only an answer has conditions");
        return false;
    }
    return true;
}

static bool read_section(const struct place *at, const struct scan_section *s,
                         struct card_draft *out)
{
    struct head h;
    struct place here = *at;
    here.line = s->line;
    here.column = s->column;
    if (s->heading.n == 0) {
        place_error(&here, "this heading is empty");
        return false;
    }
    if (!split_head(s->heading, &h)) {
        str hint = known_hint(at->arena, &known_sections, h.name);
        place_error(&here, "unknown heading `%.*s`%.*s", STR_ARG(s->heading),
                    STR_ARG(hint));
        return false;
    }
    if (!check_head(&here, s->heading, &h))
        return false;
    if (h.type == SECTION_ANSWER)
        return read_answer(&here, s, &h, out);
    return read_items(&here, s, &h, out);
}

static bool read_keys(const struct place *at, const struct scan_section *s,
                      struct card_draft *out)
{
    bool seen[KEY_COUNT] = {false}, ok = true;
    for (size_t i = 0; i < s->items.n; i++) {
        struct place here = item_place(at, &s->items.v[i]);
        ok = card_read_key(&here, s->items.v[i].text, out, seen) && ok;
    }
    const struct card *c = &out->card;
    if (c->valid_from != DATE_NONE && c->valid_to != DATE_NONE &&
        c->valid_to < c->valid_from) {
        place_error(at, "the card ends before it begins");
        ok = false;
    }
    return ok;
}

/* What was not written. */
static void fill_in(struct card *c)
{
    for (int l = 0; l < LANG_COUNT; l++)
        for (int k = 0; k < LANG_COUNT && c->name[l].n == 0; k++)
            c->name[l] = c->name[k];
    for (int l = 0; l < LANG_COUNT; l++)
        if (c->name[l].n == 0)
            c->name[l] = c->id;
    if (c->topic.n == 0)
        c->topic = str_sub(c->id, 0, (size_t)MAX(str_find_char(c->id, '.'), 0));
    for (size_t i = 0; i < c->actions.n && c->queue.n == 0; i++)
        if (c->actions.v[i].type == ACTION_TICKET)
            c->queue = c->actions.v[i].arg;
}

void card_read(const struct place *file, const struct scan_card *s,
               struct card_draft *out)
{
    struct place at = *file;
    at.line = s->line;
    at.column = s->column;
    *out = (struct card_draft){.broken = s->broken, .source = s->source};
    out->card = (struct card){.id = s->id,
                              .file = at.file,
                              .line = s->line,
                              .hash = str_hash(s->source),
                              .review_by = DATE_NONE,
                              .valid_from = DATE_NONE,
                              .valid_to = DATE_NONE};
    for (int l = 0; l < LANG_COUNT; l++)
        out->card.source[l] = (struct source_ref){.article = -1, .section = -1};
    if (!card_is_id(s->id)) {
        place_error(&at,
                    "`%.*s` cannot name a card: letters, digits, dots, dashes and "
                    "underscores only, like `leave.balance`",
                    STR_ARG(s->id));
        out->broken = true;
    }
    if (!source_is_utf8(at.file, s->source, s->line, at.diags)) {
        out->broken = true;
        return;
    }
    if (!read_keys(&at, &s->sections.v[0], out))
        out->broken = true;
    /* forms first: tests may name their slots */
    for (int round = 0; round < 2; round++)
        for (size_t i = 1; i < s->sections.n; i++) {
            struct head h;
            bool ask = split_head(s->sections.v[i].heading, &h) && h.type == SECTION_ASK;
            if (ask == (round == 0) && !read_section(&at, &s->sections.v[i], out))
                out->broken = true;
        }
    struct card *c = &out->card;
    c->none = str_eq(c->id, STR("none"));
    for (size_t i = 0; i < c->tests.n && c->none; i++)
        if (c->tests.v[i].expect == EXPECT_CARD && c->tests.v[i].target.n == 0)
            c->tests.v[i].expect = EXPECT_NONE;
    fill_in(c);
}
