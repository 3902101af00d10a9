/*
 * sight - who may see which article of an index.
 *
 * What a day decides is kept from question to question; what the person decides is looked
 * up once per distinct audience, of which a handbook has a few.
 */
#ifndef SEARCH_SIGHT_H
#define SEARCH_SIGHT_H

#include "search/rank.h"

struct sight_group {
    const struct audience *audience;
    uint32_t first, n; /* in sights.limited */
    enum sight now;    /* what its articles have in sights.of */
};

struct sights {
    date_t today;
    bool known;        /* of and valid are filled, for today */
    uint8_t *of;       /* per article, enum sight */
    bool *valid;       /* per article, today */
    uint32_t *limited; /* articles that have an audience, group by group */
    VEC(struct sight_group) groups;
};

/* Lives in the arena of x. */
void sights_make(struct sights *s, const struct index *x);
/* The hard filters: an article that is not valid today, or not for this person, is out.
 * Borrowed until the next call. */
const uint8_t *sights_of(struct sights *s, const struct index *x, const struct traits *t,
                         date_t today);

#endif
