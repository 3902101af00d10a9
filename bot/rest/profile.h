/*
 * profile - how to talk to one product, read from a YAML file.
 *
 * Servicedesks and HR systems differ in URLs and JSON, not in kind, so a product is a
 * file and not C. What there may be in the file:
 *
 *   product: words for people
 *   tested: what it was run against, or the word `unverified` (told at every start)
 *   sources: [words ...]        where the shapes were looked up
 *   scheme: token               word before a token in {{credential}}; default Bearer
 *   login: "{{token}}:X"        {{credential}} is Basic with this, for products that take
 *                               a token as a user name or a password
 *   settings: [name ...]        further placeholders; the settings section must give them
 *   optional: [name ...]        ... may give them: an operation with one in its url that
 *                               is not given does not exist
 *   headers: {Name: template}   of every request
 *   message: /pointer           where a reply says what was wrong
 *   words: {output: {theirs: ours, "*": ours}}
 *   webhook: {...}              the product's own calls: webhook.h
 *   operations:
 *     NAME:
 *       method: GET | POST | PUT | PATCH | DELETE
 *       url: "{{url}}/path"     query: {name: template}     headers: {Name: template}
 *       json: tree   form: map   text: template   raw: "{{file}}"   multipart: map
 *                               (one of them: body.h)
 *       safe: yes               asks only, though it is no GET
 *       done: [201]  none: [404]  retry: []  refused: []  unclear: []   statuses
 *       failed: [conditions]    a success that is none        need: [conditions]
 *       items: /pointer         the reply is a list           where: [conditions]
 *       keyed: output           ... or a map: this output is the name of each member
 *       only: [conditions]      items without these are passed over
 *       within: /pointer        in an item: the list whose elements are the rows
 *       which: [conditions]     elements without these are passed over
 *       lowest: output          of several items, the one with the lowest number counts
 *       take: {output: /pointer}       maybe: the same, where it need not be there
 *       always: {output: text}  what the product means without saying it
 *       verify: NAME            afterwards this must find the same `external`; after
 *                               withdraw and reopen, tell a status that fits
 *
 * Statuses that stand nowhere: exchange.h. Conditions: claim.h. Templates:
 * template.h. Every mistake is a diag with its line: unknown keys, placeholders, outputs;
 * bad pointers; and secrets, which have no place in the file: they come as placeholders
 * from files that the settings name.
 */
#ifndef REST_PROFILE_H
#define REST_PROFILE_H

#include "rest/body.h"
#include "rest/claim.h"
#include "rest/webhook.h"

enum { PROFILE_MAX = 256 * 1024, PROFILE_STATUSES_MAX = 16 };

/* What the reader of a profile expects in it. */
struct operation_rule {
    const char *name;
    bool required;
    const char *const *given; /* placeholders with a value here, besides url, secrets and
                                 the profile's own settings; ends in NULL */
    const char *const *takes; /* outputs it must take; ends in NULL */
};

struct profile_rules {
    struct placeholders placeholders;
    const struct operation_rule *operations;
    size_t n_operations;
};

struct named_template {
    str name;
    struct template parameter; /* the name, in a query: settings may stand in it */
    struct template text;
};

struct named_templates {
    struct named_template *v;
    size_t n;
};

struct statuses {
    int v[PROFILE_STATUSES_MAX];
    size_t n;
};

struct output {
    str name, at;
};

struct operation {
    str name;
    const char *method;
    bool safe; /* asks only: an unclear end is a retry */
    struct template url;
    struct named_templates query, headers;
    struct body body;
    struct statuses done, none, retry, refused, unclear;
    struct claims failed, need, where, only, which;
    bool has_items;
    str items;
    bool has_within;
    str within;          /* of an item: the list whose elements count */
    str lowest;          /* output's name, may be empty */
    str keyed;           /* output that is the member's name; empty: items is a list */
    struct output *take; /* those of `maybe` behind the others */
    size_t n_take, n_must;
    struct rest_value *always;
    size_t n_always;
    const struct operation *verify; /* may be NULL */
    str verify_name;
};

struct rest_word {
    str output, theirs, ours;
};

struct profile {
    str file, product, tested, scheme;
    struct template login; /* empty: none */
    bool unverified;
    bool has_message;
    str message;
    struct strs sources, settings, optional;
    struct named_templates headers;
    struct webhook webhook;
    struct rest_word *words;
    size_t n_words;
    struct operation *operations;
    size_t n_operations;
};

/* Everything is allocated in a; text is borrowed for as long. RC_INVALID after at least
 * one error in d. An `unverified` profile is a warning in d. */
MUST_USE enum rc profile_read(struct arena *a, str file, str text,
                              const struct profile_rules *rules, struct diags *d,
                              struct profile **out);
/* NULL when the profile has no such operation. */
const struct operation *profile_operation(const struct profile *p, const char *name);
/* Our word for theirs; theirs when the profile has none. */
str profile_word(const struct profile *p, str output, str theirs);

#endif
