/* nlu_inside - the inside of nlu.h, shared by nlu*.c. */
#ifndef NLU_NLU_INSIDE_H
#define NLU_NLU_INSIDE_H

#include "nlu/classifier.h"
#include "nlu/exact.h"
#include "nlu/kin.h"
#include "nlu/language.h"
#include "nlu/nlu.h"
#include "nlu/pattern.h"
#include "nlu/signs.h"
#include "text/word.h"

/* What one language's classifier tells apart. */
struct school {
    struct classifier *classifier; /* NULL: no card has a phrase in this language */
    struct spelt *spelt;           /* what is kept of the classifier's words */
    int *card;                     /* of each label */
    int *label;                    /* of each card, -1 */
    /* the cards allowed last, and the labels of those that were not */
    bool *allowed, has_allowed;
    uint32_t *closed, n_closed;
};

struct nlu {
    const struct catalogue *catalogue;
    struct arena *arena;
    struct synonyms *synonyms;
    struct padding *padding;
    struct exact *exact;
    struct pattern_set *patterns;
    uint64_t patterns_key;     /* of everything that made them */
    struct diags patterns_say; /* what there was to say about them */
    struct signs *signs;
    str hunch_block;
    struct hunch hunch;
    struct kin *kin;
    bool has_hunch; /* false: nothing to learn it from */
    struct language *language;
    struct judge judge;
    struct school school[LANG_COUNT];
    /* the question looked at last, in all its forms; the same one comes by several times
     * in a turn */
    struct arena *seen_arena;
    struct subject seen;
    struct words words; /* of it, cut once for all who read them */
    struct {
        bool known; /* once somebody asks */
        enum lang lang;
        double sure;
        struct small_words small; /* of either language */
    } spoken;
    bool has_seen;
};

/* All examples of one language, card by card, each card's name behind its phrases; labels
 * in the order of the cards. Fills the school's card and label. */
void nlu_lesson(struct nlu *n, enum lang l, struct lesson *lesson);
/* Sees to it that n->seen and the patterns are about this question. */
const struct subject *nlu_look(struct nlu *n, str folded);
/* Judges by one language's classifier; false when there is none. */
bool nlu_judge(struct nlu *n, enum lang l, str folded, const bool *allowed,
               struct judgement *out);

/* What HR wrote down that fits a message, and what the hunch reads. */
struct evidence {
    struct sign_found sign;
    int card;                 /* of the best pattern, -1 */
    int line;                 /* of that pattern */
    int sign_card, sign_line; /* of the best sign beside the patterns */
    struct hunch_features features;
};
void nlu_evidence(struct nlu *n, str folded, struct evidence *out);
/* Takes the hunch from the cache or learns it; once patterns and signs are ready. */
void nlu_learn_hunch(struct nlu *n, struct cache *cache, uint64_t synonyms);
/* 0..1; what is below floor may be told as anything below it. */
double nlu_hunch(const struct nlu *n, const struct hunch_features *f, double floor,
                 struct kin_found *kin);

#endif
