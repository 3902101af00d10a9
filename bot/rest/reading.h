/*
 * reading - the small readers that profile.c is made of: each takes one YAML value, adds
 * what is wrong with it to the diags and goes on.
 */
#ifndef REST_READING_H
#define REST_READING_H

#include "base/yaml.h"
#include "rest/profile.h"

struct reading {
    struct arena *arena;
    str file;
    struct diags *diags;
    struct placeholders known;         /* the rules' and the profile's own settings */
    const struct operation_rule *rule; /* of the operation being read; NULL: none */
};

#define read_error(r, y, ...)                                                            \
    diag_error((r)->diags, (r)->file, (y)->line, (y)->column, __VA_ARGS__)

/* Errors for the keys of map that are none of the n names. false when y is no map. */
bool read_keys(struct reading *r, const struct yaml *y, const char *what,
               const str *names, size_t n);
/* Text; an error and STR_NONE when y is something else. NULL gives STR_NONE. */
str read_text(struct reading *r, const struct yaml *y);
str read_pointer(struct reading *r, const struct yaml *y);
/* yes, no, true, false; `absent` when y is NULL. */
bool read_yes(struct reading *r, const struct yaml *y, bool absent);
void read_statuses(struct reading *r, const struct yaml *y, struct statuses *out);
/* Checks what may stand in that place: secrets, base URLs, given placeholders. */
void read_template(struct reading *r, const struct yaml *y, enum template_place place,
                   struct template *out);
/* A member's or parameter's name: what the settings say may stand in it, nothing else. */
void read_name(struct reading *r, const struct yaml *y, struct template *out);
void read_templates(struct reading *r, const struct yaml *y, enum template_place place,
                    struct named_templates *out);
void read_headers(struct reading *r, const struct yaml *y, struct named_templates *out);
void read_claims(struct reading *r, const struct yaml *y, struct claims *out);
void read_body(struct reading *r, const struct yaml *operation, struct body *out);
void read_operation(struct reading *r, const struct yaml *y, struct operation *out);

#endif
