/*
 * search - from a question to sections of the knowledge base.
 *
 * Built once per catalogue on the builder's thread, immutable afterwards, used on the
 * loop thread only. The ranking reads posting arrays of its own, one index per language;
 * FTS5 in memory serves HR's look-ups with the same tokenizer. Audience, validity and
 * language are hard filters BEFORE ranking.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "content/catalogue.h"

struct search;

enum { SEARCH_HITS_MAX = 10, SEARCH_WANTED_MAX = 8 };

enum search_band { SEARCH_DECLINE, SEARCH_CHOICE, SEARCH_ANSWER };

/* What is looked at in a result that is no better than declined. Where all of it is known
 * to be missing, the result is declined without any hit, which takes a fraction of the
 * time. Scores are hits'. */
struct search_wanted {
    double any; /* a hit with at least this score; above 1: none */
    /* a choice whose first hit scores less is no better than declined */
    double asks_from;
    struct {
        int article;
        double score;
    } v[SEARCH_WANTED_MAX]; /* that article, with at least this score */
    size_t n;
    size_t hits; /* of a result that is better: how many, from three to SEARCH_HITS_MAX */
};

struct search_query {
    enum lang lang;
    str folded;                  /* the question */
    const struct traits *traits; /* the person's; n == 0: anonymous */
    date_t today;
    double eagerness;                   /* -1 careful, 0 balanced, 1 eager */
    const struct search_wanted *wanted; /* NULL: everything */
};

/* One article, its best section. */
struct hit {
    int article, section;
    double score; /* 0..1: how sure that this article answers; comparable between
                     questions */
};

struct search_result {
    struct hit v[SEARCH_HITS_MAX]; /* best first, distinct articles */
    size_t n;
    enum search_band band;
    int hidden; /* articles that would have been among the best but whose audience is
                 * unknown for this person (anonymous): logging in would add something */
};

/* One line of --why: a word of the question, what it was read as, how rare, whether
 * found. */
struct search_term {
    str word, read_as; /* read_as: stems, synonyms, repaired spelling, compound parts */
    double idf;
    bool found;
    bool
        alike; /* read_as merely looks like the word: no word of the question was found */
};

/* d receives warnings (e.g. a synonym that cannot be used). Never fails: an empty
 * knowledge base has no hits. previous is NULL, or what was built of the catalogue that c
 * was loaded after (content_source.previous): unchanged articles are not cut into words
 * again. It may be in use by another thread. */
void search_build(const struct catalogue *c, const struct search *previous,
                  struct diags *d, struct search **out);
void search_free(struct search *s); /* accepts NULL */

void search_find(struct search *s, const struct search_query *q,
                 struct search_result *out);
/* How the words of the question were read; texts live in a. Returns how many. */
size_t search_explain(struct search *s, struct arena *a, const struct search_query *q,
                      struct search_term *out, size_t max);
/* A word of a question against what a card says (cover.h). */
struct cover_word {
    str word; /* as search_cover's question has it; dead after the next question */
    double weight;
    double topical; /* 0..1: how much it is what headings and titles are about */
    bool named;     /* an article's title or a card's name has it */
    bool known;     /* some card or article has it */
    bool said;      /* the card's answer or name has it */
    bool asked;     /* an example of the card has it */
    bool article;   /* a section of the article has it */
    bool topic;     /* the article's title, or what it is also called, has it */
    bool title;     /* its title has it */
    bool added;     /* `section` has it */
};
enum { COVER_WORDS_MAX = 32 };
struct cover {
    struct cover_word v[COVER_WORDS_MAX];
    size_t n;
    double gain; /* weight of the words that the card does not say and `section` does */
    int section; /* of the article; -1: none adds anything */
    bool headed; /* its heading names what is asked about the topic */
    double near; /* 0..1: how much the wording is that of an example (wording.h) */
};
/* article: of the catalogue, -1: the card has none that the person may see. */
void search_cover(struct search *s, const struct search_query *q, int card, int article,
                  struct cover *out);

/* Does any article have a word of the question? False too where it has no words. */
bool search_knows(struct search *s, const struct search_query *q, bool *has_words);

/* What a section says to a question. */
struct passage {
    str text;     /* plain */
    str markdown; /* the same */
    str html;     /* the same, safe; empty: render text */
};
/* The pieces of the section that answer, of at most max bytes of text (a list or table is
 * kept whole above that; a paragraph is cut at a sentence end). A section of up to
 * SEARCH_WHOLE bytes is shown whole. A table's row is marked where it is certain. Texts
 * live in a. */
enum { SEARCH_WHOLE = 1200 };
struct passage search_passage(struct search *s, struct arena *a,
                              const struct search_query *q, int section, size_t max);
/* All of its plain text; borrowed until the next call that shows or reads a section. */
str search_section_text(struct search *s, int section);
/* The section of the same article with the only table that has a row for the question's
 * number ("after 7 years"); the section itself when there is none. */
int search_row_section(struct search *s, const struct search_query *q, int section);
size_t search_bytes(const struct search *s);

/* HR's own look-up in the console: sections in which every word, "phrase" and beginning*
 * stands, best first; no synonyms, no repair. Prepared on the builder's thread when the
 * console is on (two to three times as long as the building); without it nothing is
 * found. */
void search_prepare_lookup(struct search *s);
size_t search_lookup(struct search *s, struct arena *a, enum lang l, str text,
                     int *sections, size_t max);

#endif
