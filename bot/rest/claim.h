/*
 * claim - what a profile says about a reply: this is there, that says so.
 *
 *   - at: /success              a JSON Pointer ("" is the whole reply)
 *     is: "false"               the value there, as text; true and false are texts too
 *   - at: /user/id
 *     not: "{{account}}"        another value, or none
 *   - at: /0
 *     has: Invalid value        part of it, ASCII case aside; in a list, of any element
 *   - at: /id
 *     present: no               nothing there (null counts as nothing)
 *   - at: /CustomFields         a list or a map: some element with all of these
 *     any: {/name: IdempotencyKey, /values/0: "{{key}}"}
 *   - at: /CustomFields         no element with all of these; also when there is no list
 *     none: {/name: IdempotencyKey}
 *     why: words for the operator
 */
#ifndef REST_CLAIM_H
#define REST_CLAIM_H

#include "rest/pointer.h"
#include "rest/template.h"

enum claim_kind {
    CLAIM_IS,
    CLAIM_NOT,
    CLAIM_HAS,
    CLAIM_PRESENT,
    CLAIM_ABSENT,
    CLAIM_ANY,
    CLAIM_NONE,
};

struct claim_member {
    str at;
    struct template is;
};

struct claim {
    enum claim_kind kind;
    str at;
    struct template text;        /* IS, NOT, HAS */
    struct claim_member *member; /* ANY, NONE */
    size_t n_members;
    str why; /* may be empty */
};

struct claims {
    struct claim *v;
    size_t n;
};

bool claim_holds(struct arena *a, const struct claim *c, struct rest_values values,
                 const json_t *reply);
/* The first that does not hold; NULL when all do. */
const struct claim *claims_unmet(struct arena *a, const struct claims *c,
                                 struct rest_values values, const json_t *reply);
/* The first that holds; NULL when none does. */
const struct claim *claims_met(struct arena *a, const struct claims *c,
                               struct rest_values values, const json_t *reply);

#endif
