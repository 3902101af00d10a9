/* The files of the intents folder: cards, and the lists beside them. */
#include "base/str.h"
#include "content/card.h"
#include "content/lists.h"
#include "content/loading.h"
#include "content/name.h"
#include "content/source.h"

/* Reads a kept source in place of *d; false when there is none that is still right. */
static bool keep_last_card(struct load *l, struct card_draft *d, str id, str file,
                           int line)
{
    str source;
    if (!good_find(l->good, GOOD_CARD, id, &source) || str_eq(source, d->source))
        return false;
    struct diags silent = diags_new(l->c->arena);
    struct place at = loading_place(l, file, &silent);
    struct scan scan;
    scan_text(l->c->arena, file, source, line, &card_rules, &silent, &scan);
    if (scan.cards.n != 1)
        return false;
    struct card_draft old;
    card_read(&at, &scan.cards.v[0], &old);
    struct link link = l->link;
    link.diags = &silent;
    if (old.broken || !link_card(&link, &old))
        return false;
    *d = old;
    d->old = true;
    return true;
}

/* Cards that were in this file and are in none now, while the file has a mistake: that
 * mistake may be what hides them. */
static void keep_hidden_cards(struct load *l, str file)
{
    struct strs ids = good_cards_of(l->good, file);
    for (size_t i = 0; i < ids.n; i++) {
        struct card_draft d = {0};
        if (map_find(&l->link.ids, ids.v[i]) || !keep_last_card(l, &d, ids.v[i], file, 1))
            continue;
        *arena_push(l->c->arena, &l->cards) = d;
        map_put(&l->link.ids, d.card.id, 1);
        diag_warning(&l->c->diags, file, 0, 0, "kept the last good version of `%.*s`",
                     STR_ARG(d.card.id));
    }
}

/* Reads the cards of one file into l->cards. */
static void read_cards(struct load *l, str file, str text)
{
    struct scan scan;
    struct place at = loading_place(l, file, &l->c->diags);
    scan_text(l->c->arena, file, text, 1, &card_rules, at.diags, &scan);
    bool doubt = scan.broken;
    for (size_t i = 0; i < scan.cards.n; i++) {
        struct card_draft *d = arena_push(l->c->arena, &l->cards);
        card_read(&at, &scan.cards.v[i], d);
        d->card.sensitive = str_eq(name_of(file), STR("sensitive.md"));
        doubt = doubt || d->broken;
    }
    if (doubt)
        *arena_push(l->c->arena, &l->suspects) = file;
}

static const struct {
    const char *name;
    void (*read)(const struct place *, str, struct catalogue *);
} lists[] = {{"words.md", words_read},   {"signs.md", signs_read},
             {"told.md", told_read},     {"contacts.md", contacts_read},
             {"notice.md", notice_read}, {"routing.csv", routing_read}};

/* What people tell is too much for one file: told-nl.md, told-en-ordinary.md and so on
 * are read like told.md. */
int intents_list_of(str path)
{
    bool told = str_starts(path, STR("told-")) && str_ends(path, STR(".md"));
    for (size_t i = 0; i < LEN(lists); i++)
        if (str_eq(told ? STR("told.md") : path, str_c(lists[i].name)))
            return (int)i;
    return -1;
}

static void read_intents_file(struct load *l, str path)
{
    str file = file_path(l->c->arena, l->source->intents, path), raw;
    if (!loading_file(l, l->c->arena, file, &raw)) {
        *arena_push(l->c->arena, &l->suspects) = file;
        return;
    }
    str text = source_plain(l->c->arena, raw);
    int list = intents_list_of(path);
    if (list >= 0) {
        struct place at = loading_place(l, file, &l->c->diags);
        l->c->hash = (l->c->hash ^ str_hash(text)) * 1099511628211u;
        if (source_is_utf8(file, text, 1, at.diags))
            lists[list].read(&at, text, l->c);
    } else if (!str_ends(path, STR(".csv")))
        read_cards(l, file, text);
}

/* The last error of the card: what is said about it belongs behind that. */
static void behind_errors(const struct load *l, str file, int from, str source, int *line,
                          int *column)
{
    int to = from;
    for (size_t i = 0; i < source.n; i++)
        to += source.p[i] == '\n';
    const struct diags *d = &l->c->diags;
    *line = from;
    *column = 1;
    for (size_t i = 0; i < d->list.n; i++) {
        const struct diag *x = &d->list.v[i];
        if (x->severity != SEVERITY_ERROR || !str_eq(x->file, file) || x->line > to ||
            x->line < *line || (x->line == *line && x->column < *column))
            continue;
        *line = x->line;
        *column = x->column;
    }
}

/* Gives every card its last form: as written, the last good one, or none. */
static void settle_card(struct load *l, struct card_draft *d)
{
    struct diags *diags = &l->c->diags;
    str id = d->card.id, file = d->card.file;
    int line = d->card.line;
    bool sensitive = d->card.sensitive;
    const int64_t *first = card_is_id(id) ? map_find(&l->link.ids, id) : NULL;
    if (first && &l->cards.v[*first] != d) {
        diag_error(diags, file, line, 1, "the card `%.*s` already stands in %.*s:%d",
                   STR_ARG(id), STR_ARG(l->cards.v[*first].card.file),
                   l->cards.v[*first].card.line);
        d->dropped = true;
        return;
    }
    if (d->broken)
        link_broken_card(&l->link, d);
    else if (link_card(&l->link, d))
        return;
    d->broken = true;
    int column;
    behind_errors(l, file, line, d->source, &line, &column);
    if (first && keep_last_card(l, d, id, file, d->card.line)) {
        d->card.sensitive = sensitive;
        diag_warning(diags, file, line, column, "kept the last good version of `%.*s`",
                     STR_ARG(id));
        return;
    }
    d->dropped = true;
    diag_warning(diags, file, line, column, "`%.*s` is left out until that is right",
                 STR_ARG(id));
}

/* Nearly all cards answer everybody; a turn looks only at the others. */
static void sort_by_who(struct catalogue *c)
{
    c->open_cards = arena_alloc(c->arena, c->cards.n * sizeof *c->open_cards);
    for (size_t i = 0; i < c->cards.n; i++) {
        const struct card *card = &c->cards.v[i];
        if (card->sensitive || card->none)
            continue;
        c->open_cards[i] = card->audience.n == 0 && card->valid_from == DATE_NONE &&
            card->valid_to == DATE_NONE;
        if (!c->open_cards[i])
            *arena_push(c->arena, &c->bound_cards) = i;
    }
}

static void settle_cards(struct load *l)
{
    for (size_t i = 0; i < l->cards.n; i++)
        if (card_is_id(l->cards.v[i].card.id))
            map_put(&l->link.ids, l->cards.v[i].card.id, (int64_t)i);
    size_t n = l->cards.n;
    for (size_t i = 0; i < n; i++)
        settle_card(l, &l->cards.v[i]);
    for (size_t i = 0; i < l->suspects.n; i++)
        keep_hidden_cards(l, l->suspects.v[i]);

    struct catalogue *c = l->c;
    for (size_t i = 0; i < l->cards.n; i++) {
        const struct card_draft *d = &l->cards.v[i];
        if (d->dropped)
            continue;
        map_put(&c->card_by_id, d->card.id, (int64_t)c->cards.n);
        *arena_push(c->arena, &c->cards) = d->card;
        c->hash = (c->hash ^ d->card.hash) * 1099511628211u;
        good_keep(l->good, GOOD_CARD, d->card.id, d->card.file, d->source);
    }
    sort_by_who(c);
}

static bool is_read(str path)
{
    return str_ends(path, STR(".md")) || str_ends(path, STR(".MD")) ||
        str_ends(path, STR(".csv"));
}

void load_intents(struct load *l, const struct file_list *files)
{
    for (size_t i = 0; i < files->list.n; i++)
        if (is_read(files->list.v[i].path) &&
            loading_wants(l, l->source->intents, files->list.v[i].path))
            read_intents_file(l, files->list.v[i].path);
    struct place notice = loading_place(
        l, file_path(l->c->arena, l->source->intents, STR("notice.md")), &l->c->diags);
    notice_fill(&notice, l->c);
    settle_cards(l);
    told_check(l->c, &l->c->diags);
}
