/*
 * body - the body of a request, as a profile writes it.
 *
 *   json  a YAML tree that becomes the same JSON. Quoted values are strings; true, false,
 *         null and numbers without quotes are themselves; "{{name?}}" leaves its member
 *         out when there is no value, and a map that has lost all its members goes too.
 *         A member's name may hold what the settings say: "{{key_field}}".
 *   form  a flat map: application/x-www-form-urlencoded
 *   text  one template: text/plain
 *   raw   "{{file}}": the file's bytes; `headers` say the Content-Type
 *   multipart  a map, multipart/form-data; the member "{{file}}" is the file, one that is
 *         a map is JSON
 *
 * A file is too large to be filled in: where its bytes belong ({{file}}, or as base64 in
 * a JSON text {{file_base64}}) stands a mark, at which exchange.c cuts the body in two.
 *
 * Source of multipart: RFC 7578 (names of files in UTF-8, as browsers write them).
 */
#ifndef REST_BODY_H
#define REST_BODY_H

#include "rest/template.h"

enum body_kind { BODY_NONE, BODY_JSON, BODY_FORM, BODY_TEXT, BODY_RAW, BODY_MULTIPART };

/* Values that a profile does not name: what stands for the bytes, and the boundary. */
#define BODY_MARK "file_mark"

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
    struct body_node root; /* FORM, MULTIPART: a BODY_NODE_MAP of BODY_NODE_TEXT */
};

/* The finished body; STR_NONE for BODY_NONE. Codes and *culprit as in template_fill. */
MUST_USE enum rc body_fill(struct arena *a, const struct body *b,
                           struct rest_values values, str *out, str *culprit);
/* "Content-Type: ..." of the kind; STR_NONE for BODY_NONE and BODY_RAW. */
str body_content_type(struct arena *a, enum body_kind kind, struct rest_values values);

#endif
