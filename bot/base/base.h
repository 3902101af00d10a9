/*
 * base - what every file of balie needs: return codes, the string value, small macros.
 *
 * Errors are a short enum that callers must look at; words for people travel in a
 * struct diag (diag.h). Running out of memory ends the process (see arena.h), so no
 * function fails for memory.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define LEN(a) (sizeof(a) / sizeof *(a))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

enum rc {
    RC_OK = 0,
    RC_INVALID,   /* malformed: syntax, encoding, value out of range */
    RC_LIMIT,     /* larger than a stated bound */
    RC_NOT_FOUND, /* no such thing */
    RC_DENIED,    /* not allowed, or not proven */
    RC_BUSY,      /* try again later */
    RC_UPSTREAM,  /* another system failed us */
    RC_IO,        /* disk or socket */
};

/* Borrowed UTF-8 bytes, by value. Not NUL-terminated unless the maker says so. */
typedef struct {
    const char *p;
    size_t n;
} str;

#define STR(literal) ((str){"" literal, sizeof(literal) - 1})
/* the same where C wants a constant: in static tables */
#define STR_INIT(literal)                                                                \
    {                                                                                    \
        "" literal, sizeof(literal) - 1                                                  \
    }
#define STR_NONE ((str){NULL, 0})
/* for printf's "%.*s" */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""

static inline str str_c(const char *c)
{
    return c ? (str){c, strlen(c)} : STR_NONE;
}

static inline bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* A borrowed list of strings. */
struct strs {
    const str *v;
    size_t n;
};

#endif
