/*
 * exchange - one operation of a profile: the request it makes, and how its reply ended.
 *
 * Both are functions without a network: whoever calls sends the request with net/http.h.
 * The end says what is *known* about the other side, because a repeated POST is a second
 * ticket:
 *
 *   nothing was sent                                    RETRY
 *   time-out, reset, cut short, reply too large         UNCLEAR
 *   a status the profile lists                          as listed
 *   2xx where the profile has no `done`                 DONE, if the body agrees
 *   408, 425, 429; 503 with Retry-After                 RETRY
 *   other 2xx, 1xx, 303, 5xx, no such class             UNCLEAR
 *   other 3xx, 4xx                                      REFUSED
 *
 * and of a success the body decides: not JSON, something of `take` or `need` missing:
 * UNCLEAR; a condition of `failed` holds: REFUSED; `items` empty, or none meant by
 * `only`: NONE; items, but none of them ours by `where`: REFUSED, for a search that was
 * ignored must not pass for "not there". What is UNCLEAR of an operation that only asks
 * (`safe`) is RETRY: asking again harms nobody.
 */
#ifndef REST_EXCHANGE_H
#define REST_EXCHANGE_H

#include "net/http.h"
#include "rest/profile.h"

enum { EXCHANGE_RETRY_AFTER_MAX_MS = 24 * 3600 * 1000, EXCHANGE_MESSAGE_MAX = 200 };

enum exchange_end {
    EXCHANGE_DONE,
    EXCHANGE_NONE,
    EXCHANGE_RETRY,
    EXCHANGE_UNCLEAR,
    EXCHANGE_REFUSED,
};

struct exchange {
    const struct profile *profile;
    const struct operation *operation;
    struct rest_values values;
    struct http_file
        file; /* what {{file}} and {{file_base64}} stand for; path.n 0: none */
};

/* The values of a file, for `values`: the mark is random and stands for its bytes. */
enum { EXCHANGE_FILE_VALUES = 6 };
void exchange_file_values(struct arena *a, const struct http_file *file, str name,
                          str type, struct rest_value out[EXCHANGE_FILE_VALUES]);

struct exchange_result {
    enum exchange_end end;
    int status;              /* of HTTP; 0: no reply */
    struct rest_values *row; /* DONE: per item what was taken, at least one row */
    size_t n_rows;           /* more than one: lowest first, when the profile says so */
    str error;               /* for operators: no secrets, nothing personal */
    int64_t retry_after_ms;  /* the server's wish; 0: none */
};

/*
 * Fills in method, URL, headers and body; the caller adds limits and the CA file.
 * RC_DENIED or RC_LIMIT with *why when a value cannot be sent.
 */
MUST_USE enum rc exchange_request(struct arena *a, const struct exchange *x,
                                  struct http_request *out, str *why);
/* now_ms is wall time, for a Retry-After that is a date. Texts are allocated in a. */
void exchange_judge(struct arena *a, const struct exchange *x,
                    const struct http_reply *reply, int64_t now_ms,
                    struct exchange_result *out);
/* What the first row took; STR_NONE when there is none. */
str exchange_taken(const struct exchange_result *r, const char *output);

#endif
