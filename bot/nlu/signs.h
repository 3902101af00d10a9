/*
 * signs - the sensitive topics told by kinds of words that come together.
 *
 * signs.md names classes of words (manager: baas, chef) and signs: combinations of
 * classes within a few words of each other that mark a card of sensitive.md. A person
 * tells such a thing once, in words nobody wrote down before; what returns are the kinds
 * of things told of: who, did what, to whom, how it feels. Deterministic, no training.
 *
 *   sensitive.conflict: manager + shouts|ignores + me ~10 - course
 *
 * `+` all of them, `|` either, `"..."` the words themselves, `~N` all within N words
 * (default SIGN_NEAR), `- class` not when that class is anywhere in the message. The name
 * `none` takes the alarm back, also that of a pattern: what is asked is ordinary.
 */
#ifndef NLU_SIGNS_H
#define NLU_SIGNS_H

#include "content/catalogue.h"
#include "nlu/lexicon.h"

enum { SIGN_NEAR = 12, SIGN_TERMS_MAX = 5, SIGN_EITHER_MAX = 16, SIGN_WITHOUT_MAX = 12 };

struct signs;

/* Mistakes (unknown class or card, a line that cannot be read) go to d, and the line is
 * left out. In a; the catalogue must outlive it. */
struct signs *signs_new(struct arena *a, const struct catalogue *c, struct diags *d);

/* The word classes of one message. */
struct sign_hits {
    struct lexicon_hit v[LEXICON_HITS_MAX];
    size_t n;
    uint64_t present[LEXICON_CLASSES_MAX / 64];
};
void signs_look(const struct signs *s, str plain, struct sign_hits *out);

struct sign_found {
    int card; /* index in the catalogue, -1: none; the first card wins */
    const struct sign_line *sign;  /* whose line it is */
    const struct sign_line *calms; /* the `none` that fits the message, or NULL */
};
struct sign_found signs_find(const struct signs *s, const struct sign_hits *m);

#endif
