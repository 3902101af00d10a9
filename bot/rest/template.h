/*
 * template - text with {{placeholders}}, and what each destination needs escaped.
 *
 * A profile's author writes plain text; whether a value is safe where it lands is decided
 * here and nowhere else. What cannot be made safe is refused, never repaired: the caller
 * hears which placeholder it was.
 *
 *   destination   a value becomes                        refused
 *   URL           percent-encoded (all but A-Z a-z 0-9   empty, "." and "..": they would
 *                 - . _ ~), a base URL as it is          name another resource
 *   QUERY         percent-encoded, the text around too   next to other text (a query
 *                                                        language: TicketSQL, FIQL):
 *                                                        all but random_is_key,
 *                                                        VALUE_TIME, and what the
 *                                                        settings say
 *   FORM          percent-encoded, the text around too
 *   HEADER        as it is                               empty, control and non-ASCII
 *                                                        bytes
 *   TEXT          as it is (also before buf_json)        not UTF-8
 *
 * {{name?}} may be empty: whoever holds the template leaves the member out when it is
 * nothing but that. {{name|80}} is cut to 80 characters, the last an ellipsis when
 * something was cut; characters are UTF-16's, as most products count. {{name|html}} is
 * for products that read HTML: & < > " ' are escaped, line ends become <br>.
 * {{name|number}}, alone in a JSON value, is a number there and must be digits.
 * {{name|or other}} is the value of another placeholder when its own is empty. Filters
 * come before the destination's own escaping.
 */
#ifndef REST_TEMPLATE_H
#define REST_TEMPLATE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

enum {
    TEMPLATE_MAX = 16 * 1024,         /* bytes of a template as written */
    TEMPLATE_RESULT_MAX = 256 * 1024, /* bytes after filling in */
};

enum template_place {
    TEMPLATE_URL,
    TEMPLATE_QUERY,
    TEMPLATE_FORM,
    TEMPLATE_HEADER,
    TEMPLATE_TEXT,
};

/* What a value is; decides where it may go and what may be told about it. */
enum value_kind {
    VALUE_PLAIN,    /* a key, a queue */
    VALUE_TIME,     /* a date and time of our own making */
    VALUE_BASE,     /* the base URL from the settings, checked there */
    VALUE_SETTING,  /* a name the profile asks of the settings */
    VALUE_SECRET,   /* headers and forms only; never in a message */
    VALUE_PERSONAL, /* who or what a person is or wrote; never in a message */
};

struct placeholder {
    const char *name;
    enum value_kind kind;
};

struct placeholders {
    const struct placeholder *v;
    size_t n;
};

struct rest_value {
    str name, text;
    enum value_kind kind;
};

struct rest_values {
    const struct rest_value *v;
    size_t n;
};

struct template_part {
    str text; /* literal; empty for a placeholder */
    str name; /* placeholder; empty for a literal */
    const struct placeholder *placeholder;
    bool optional;
    size_t most; /* characters; 0: any number */
    bool html, number;
    str other; /* whose value when its own is empty; empty: nobody's */
    const struct placeholder *of_other;
};

struct template
{
    struct template_part *v;
    size_t n;
};

/*
 * Reads text; parts borrow from it. Unknown placeholders are errors with the nearest
 * known one. RC_INVALID after at least one error in d at line, column.
 */
MUST_USE enum rc template_read(struct arena *a, str text, struct placeholders known,
                               struct diags *d, str file, int line, int column,
                               struct template *out);
/*
 * Fills in. A value that is not given is empty. *culprit is the placeholder at fault.
 *   RC_DENIED  refused as the table says   RC_LIMIT  longer than TEMPLATE_RESULT_MAX
 */
MUST_USE enum rc template_fill(struct arena *a, const struct template *t,
                               enum template_place place, struct rest_values values,
                               str *out, str *culprit);
/* One {{name?}} and nothing else, and its value is empty. */
bool template_is_absent(const struct template *t, struct rest_values values);
bool template_is_literal(const struct template *t);
/* The literal text, when it is one. */
str template_literal(const struct template *t);
bool template_has(const struct template *t, enum value_kind kind);
/* s with everything but A-Z a-z 0-9 - . _ ~ as %XX (RFC 3986, unreserved). */
void template_percent(struct buf *b, str s);
/* The value by name, STR_NONE when it is not given. */
str values_get(struct rest_values values, str name);

#endif
