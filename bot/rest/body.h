/*
 * body - the body of a request, as a profile writes it.
 *
 *   json  a YAML tree that becomes the same JSON. Quoted values are strings; true, false,
 *         null and numbers without quotes are themselves; "{{name?}}" leaves its member
 *         out when there is no value, and a map that has lost all its members goes too.
 *         A member's name may hold what the settings say: "{{key_field}}".
 *   form  a flat map: application/x-www-form-urlencoded
 *   text  one template: text/plain
 */
#ifndef REST_BODY_H
#define REST_BODY_H

#include "rest/template.h"

enum body_kind { BODY_NONE, BODY_JSON, BODY_FORM, BODY_TEXT };

enum body_node_kind { BODY_NODE_TEXT, BODY_NODE_BARE, BODY_NODE_LIST, BODY_NODE_MAP };

struct body_node {
    enum body_node_kind kind;
    struct template name; /* of a map's member */
    struct template text; /* BODY_NODE_TEXT */
    str bare;             /* BODY_NODE_BARE: true, false, null or a number, as written */
    struct body_node *v;  /* BODY_NODE_LIST, BODY_NODE_MAP; n of them */
    size_t n;
};

struct body {
    enum body_kind kind;
    struct body_node root; /* BODY_FORM: a BODY_NODE_MAP of BODY_NODE_TEXT */
};

/* The finished body; STR_NONE for BODY_NONE. Codes and *culprit as in template_fill. */
MUST_USE enum rc body_fill(struct arena *a, const struct body *b,
                           struct rest_values values, str *out, str *culprit);
/* "Content-Type: ..." of the kind; STR_NONE for BODY_NONE. */
str body_content_type(enum body_kind kind);

#endif
