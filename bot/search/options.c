#include "search/options.h"

struct search_options search_defaults(void)
{
    return (struct search_options){
        .stop_words = true,
        .stems = true,
        .sections = true,
        .article_mix = true,
        .coverage = true,
        .salience = true,
        .pairs = true,
        .typos = true,
        .compounds = true,
        .joins = true,
        .relatives = true,
        .synonyms = true,
        .phrases = true,
        .loose = true,
        .feedback = true,

        .k1 = 1.6,
        .b = .65,
        .title = 3,
        .heading = 1,
        .also = .7,
        .body = 1,
        .part_in_text = .6,

        .synonym = .9,
        .synonym_word = .3,
        .any_order = .5,
        .own_cap = 2,
        .repaired = .8,
        .joined = .8,
        .relative = .5,
        .part = .5,
        .known_part = .2,

        .least = .05,
        .rest = .25,
        .mix = .25,
        .spread = .1,
        .cover_floor = .75,
        .cover_alternative = .3,
        .salience_least = .8,
        .pair = .1,
        .feed = .03,

        .decline = 1.1,
        .answer = 1.33,
        .unknown = .5,
        .eagerness = .15,
        .slope = 2.3,
        .even_odds = 1.24,
    };
}
