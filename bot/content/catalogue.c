#include "content/catalogue.h"

const struct card *catalogue_card(const struct catalogue *c, str id)
{
    const int64_t *at = map_find(&c->card_by_id, id);
    return at ? &c->cards.v[*at] : NULL;
}

static bool within(date_t from, date_t to, date_t today)
{
    return (from == DATE_NONE || today >= from) && (to == DATE_NONE || today <= to);
}

bool card_is_valid(const struct card *c, date_t today)
{
    return within(c->valid_from, c->valid_to, today);
}

bool article_is_valid(const struct article *a, date_t today)
{
    return within(a->valid_from, a->valid_to, today);
}

int article_section(const struct catalogue *c, int article, str heading)
{
    const struct article *first = &c->articles.v[article], *a = first;
    for (; a < c->articles.v + c->articles.n && str_eq(a->path, first->path); a++)
        for (size_t i = 0; i < a->n_sections; i++)
            if (str_eq(c->sections.v[a->first_section + i].heading, heading))
                return (int)(a->first_section + i);
    return -1;
}

const struct answer *card_answer(const struct card *c, enum lang l,
                                 const struct traits *t)
{
    const struct answer *best = NULL;
    for (size_t i = 0; i < c->answers.n; i++) {
        const struct answer *one = &c->answers.v[i];
        if (one->lang == l && audience_fit(&one->audience, t) == FIT_YES &&
            (!best || one->audience.n > best->audience.n))
            best = one;
    }
    return best;
}
