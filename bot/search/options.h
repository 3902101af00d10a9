/*
 * options - the mechanisms of the search, each of which can be left out, and their
 * weights.
 *
 * The product always runs with search_defaults(). The benchmark switches one mechanism
 * off at a time to show what it is worth; nobody else sets these. Weights were chosen on
 * two handbooks and StackFAQ together and kept only where they agreed; most of them are
 * flat around their value.
 */
#ifndef SEARCH_OPTIONS_H
#define SEARCH_OPTIONS_H

#include "search/search.h"

struct search_options {
    bool stop_words;  /* drop them from questions */
    bool stems;       /* Snowball */
    bool sections;    /* sections are ranked, not whole articles */
    bool article_mix; /* further sections of an article add to its best */
    bool coverage;    /* matching more of the question's words counts */
    bool salience;    /* words that titles and headings use count more */
    bool pairs;       /* words that stand together in question and text */
    bool typos;       /* repair words that no text and no synonym has */
    bool compounds;   /* split compounds, in texts and in questions */
    bool joins;       /* join what stands apart: "vakantie dagen", "bouw ... op" */
    bool relatives;   /* Dutch forms that the stemmer keeps apart: opzeggen, opgezegd */
    bool synonyms;
    bool phrases;  /* a synonym of several words is also looked up as a whole */
    bool loose;    /* ... and recognised in a question in any order */
    bool feedback; /* the words of the best sections, a little */
    bool closer;   /* the best article's section is chosen without the title */

    double k1, b;                      /* bm25 */
    double title, heading, also, body; /* weight of a column */
    double part_in_text;               /* a compound's part against a whole word */

    /* the weight of an alternative against the word itself */
    double synonym;
    double synonym_word; /* one word of a synonym of several, times synonym */
    double any_order;    /* a synonym recognised loosely, times synonym */
    double own_cap;      /* a synonym's idf is at most this times the word's own */
    double repaired, joined, relative;
    double part;       /* of a compound that no text has */
    double known_part; /* of one that texts have */

    double least; /* of the best alternative's worth: less is dropped */
    double rest;  /* share of a word's alternatives that are not the best */
    double section_k, section_heading; /* see section.h */
    double mix, spread; /* share of the next three sections; of the article as a whole */
    double cover_floor; /* score times floor + (1 - floor) * coverage */
    double cover_alternative; /* how much less a weak alternative covers */
    double salience_least;    /* weight of a word no title uses */
    double pair, feed;        /* weight of a pair, of a feedback term */

    double decline;   /* below this ratio: no answer */
    double answer;    /* from this sure ratio on: an answer; see bar.h */
    double unknown;   /* how much a question's uncovered words lower the sure ratio */
    double eagerness; /* how far a full step of eagerness moves the cuts */
    double slope, even_odds; /* score = logistic(slope * (sure ratio - even_odds)) */
};

struct search_options search_defaults(void);

/* As search_build, with other options. */
void search_build_with(const struct catalogue *c, const struct search *previous,
                       struct diags *d, const struct search_options *o,
                       struct search **out);

#endif
