#include "text/when_read.h"

enum { DEPTH_MAX = 2 };

static bool (*const readers[])(const struct reader *, size_t, struct span *) = {
    when_near,      when_weekday,      when_numeric, when_day_month,
    when_month_day, when_day_of_month, when_in_week, when_weekend,
    when_in_month,  when_edge,         when_nth,     when_quarter,
    when_stretch,   when_offset,       when_beside,  when_feast,
};

/* "in de middag", "'s ochtends", "afternoon", "morgen" behind a day. */
static void read_part(const struct reader *r, struct span *s)
{
    const struct tokens *t = r->t;
    size_t i = s->end;
    i += (token_mark(t, i, ',') && !token_at(t, i + 1)->glued) || token_mark(t, i, '(');
    i += token_is(t, i, CLS_IN);
    i += token_is(t, i, CLS_THE) && token_is(t, i - 1, CLS_IN);
    i += token_says(t, i, "s");
    const struct token *k = token_at(t, i);
    if (token_says(t, i, "am") && token_says(t, i + 1, "i"))
        return;
    if (k->is.cls == CLS_PART) {
        s->part = (enum day_part)k->is.val;
    } else if (token_says(t, i, "morgen") && i == s->end &&
               token_at(t, i - 1)->is.cls == CLS_WEEKDAY) {
        s->part = DAY_MORNING;
    } else {
        return;
    }
    s->has_part = s->part != DAY_WHOLE;
    s->end = i + 1;
}

/* "de ochtend van 3 mei", "the morning of 3 May", "'s ochtends op 3 mei". */
static size_t part_in_front(const struct reader *r, size_t i, enum day_part *part)
{
    size_t j = i + token_is(r->t, i, CLS_THE);
    bool often = token_says(r->t, j, "s") && token_is(r->t, j + 1, CLS_PART);
    j += often;
    if (!token_is(r->t, j, CLS_PART) || (!often && !when_is_of(r, j + 1)))
        return i;
    *part = (enum day_part)token_at(r->t, j)->is.val;
    return j + 1 + (!often || token_is(r->t, j + 1, CLS_ON));
}

bool when_point(const struct reader *r, size_t i, struct span *out)
{
    enum day_part part = DAY_WHOLE;
    size_t at = part_in_front(r, i, &part);
    bool in_front = at > i;
    at += token_is(r->t, at, CLS_THE);
    const struct token *k = token_at(r->t, at);
    if (k->kind == TOKEN_END || k->kind == TOKEN_MARK || k->kind == TOKEN_TIME)
        return false;
    bool found = false;
    for (size_t n = 0; n < LEN(readers); n++) {
        struct span s;
        if (readers[n](r, at, &s) && (!found || s.end > out->end)) {
            *out = s;
            found = true;
        }
    }
    if (!found)
        return false;
    if (in_front) {
        out->part = part;
        out->has_part = part != DAY_WHOLE;
    } else if (out->from == out->to && !out->has_part) {
        read_part(r, out);
    }
    if (out->from != out->to)
        out->has_part = false;
    if (!out->has_part)
        out->part = DAY_WHOLE;
    return true;
}

bool when_inner(const struct reader *r, size_t i, struct span *out)
{
    if (r->depth >= DEPTH_MAX)
        return false;
    struct reader inner = *r;
    inner.depth++;
    return when_point(&inner, i, out);
}
