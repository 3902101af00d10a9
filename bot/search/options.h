/*
 * options - the mechanisms of the search, each of which can be left out, and their
 * weights.
 *
 * The product always runs with search_defaults(). The benchmark switches one mechanism
 * off at a time to show what it is worth; nobody else sets these. Weights were chosen on
 * two handbooks together and kept only where both agreed.
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
    bool typos;       /* repair words the corpus does not know */
    bool compounds;   /* split compounds, in texts and in questions */
    bool joins;       /* join what was written apart: "vakantie dagen" */
    bool relatives;   /* Dutch forms that the stemmer keeps apart: opzeggen, opgezegd */
    bool synonyms;
    bool phrases;  /* a synonym of several words is also looked up as a whole */
    bool feedback; /* the words of the best sections, a little */

    double k1, b;                           /* bm25 */
    double title, heading, also, body;      /* weight of a column */
    double part_in_text;                    /* a compound's part against a whole word */
    double synonym, synonym_word, repaired; /* weight of an alternative */
    double part, relative, joined, stopped;
    double rest;             /* share of the alternatives that are not the best */
    double mix;              /* share of the next three sections */
    double spread, field_b, partial, prefix, cover_idf, span, gap, cover_alt, known_part, split_concepts, part_synonym, substitute, loose_phrase, own_cap, typo_first, typo_sub, family_syn, separable, reverse, strong, dimin, partial_w, path, en_family;
    double cover_floor;      /* score times floor + (1 - floor) * coverage */
    double salience_least;   /* weight of a word no title uses */
    double pair, feed;       /* weight of a pair, of a feedback term */
    double decline, answer;  /* cuts of the bar at eagerness 0 */
    double eagerness;        /* how far a full step of eagerness moves the cuts */
    double slope, even_odds; /* score = logistic(slope * (ratio - even_odds)) */
};

struct search_options search_defaults(void);

/* As search_build, with other options. */
void search_build_with(const struct catalogue *c, struct cache *cache, struct diags *d,
                       const struct search_options *o, struct search **out);

#endif
