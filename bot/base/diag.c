#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

struct diags diags_new(struct arena *a)
{
    return (struct diags){.arena = a};
}

/* The text is the caller's to keep. */
static void add(struct diags *d, const struct diag *one)
{
    struct diag *to = arena_push(d->arena, &d->list);
    *to = *one;
    to->file = arena_str(d->arena, one->file);
    if (one->severity == SEVERITY_ERROR)
        d->errors++;
    else
        d->warnings++;
}

void diags_add(struct diags *d, const struct diags *from)
{
    for (size_t i = 0; i < from->list.n; i++) {
        struct diag one = from->list.v[i];
        one.text = arena_str(d->arena, one.text);
        add(d, &one);
    }
}

void diag_add(struct diags *d, enum severity s, str file, int line, int column,
              const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    size_t len = n > 0 ? (size_t)n : 0;
    char *text = arena_alloc(d->arena, len + 1);
    vsnprintf(text, len + 1, fmt, again);
    va_end(again);

    add(d, &(struct diag){file, line, column, s, {text, len}});
}

str diag_line(struct arena *a, const struct diag *d)
{
    const char *kind = d->severity == SEVERITY_ERROR ? "error" : "warning";
    if (d->line == 0)
        return arena_fmt(a, "%.*s: %s: %.*s", STR_ARG(d->file), kind, STR_ARG(d->text));
    return arena_fmt(a, "%.*s:%d:%d: %s: %.*s", STR_ARG(d->file), d->line,
                     MAX(d->column, 1), kind, STR_ARG(d->text));
}

static int before(const struct diag *x, const struct diag *y)
{
    int c = str_cmp(x->file, y->file);
    if (c == 0)
        c = (x->line > y->line) - (x->line < y->line);
    if (c == 0)
        c = (x->column > y->column) - (x->column < y->column);
    return c;
}

/* A stable insertion sort: lists are short and nearly in order already. */
void diags_sort(struct diags *d)
{
    for (size_t i = 1; i < d->list.n; i++) {
        struct diag one = d->list.v[i];
        size_t k = i;
        for (; k > 0 && before(&d->list.v[k - 1], &one) > 0; k--)
            d->list.v[k] = d->list.v[k - 1];
        d->list.v[k] = one;
    }
}
