#include "text/when_read.h"

/* What may stand around a bare month or weekend for it to be the answer itself. */
static bool is_filler(const struct tokens *t, size_t i)
{
    switch (token_at(t, i)->is.cls) {
    case CLS_THE:
    case CLS_ON:
    case CLS_IN:
    case CLS_FOR:
    case CLS_WHOLE:
        return true;
    default:
        return token_at(t, i)->kind == TOKEN_MARK ||
            token_among(t, i,
                        "vrij verlof off graag please ergens misschien ja yes ik wil "
                        "sometime maybe "
                        "i want would like zou rond around");
    }
}

static bool is_whole_text(const struct tokens *t, size_t from, size_t to)
{
    for (size_t i = 0; i < t->n; i++)
        if ((i < from || i >= to) && !is_filler(t, i))
            return false;
    return true;
}

/* "elke vrijdag", "every other Monday", "om de week". */
static bool is_habit(const struct tokens *t, size_t i)
{
    if (token_is(t, i - 1, CLS_EVERY))
        return true;
    if (token_is(t, i, CLS_WEEKDAY) && token_among(t, i - 1, "a een any"))
        return true; /* "on a Thursday" */
    if (token_is(t, i, CLS_WEEKDAY) && token_is(t, i - 1, CLS_ON) &&
        token_is(t, i - 2, CLS_UNIT) && token_at(t, i - 2)->is.val >= WORD_WEEK)
        return true; /* "once a week on Friday", "om de week op vrijdag" */
    return token_is(t, i - 2, CLS_EVERY) &&
        (token_among(t, i - 1, "other second tweede andere single") ||
         token_is(t, i - 1, CLS_HABIT));
}

static bool asks_how_many(const struct tokens *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (token_says(t, i, "hoeveel") || token_phrase(t, i, "hoe vaak") ||
            token_phrase(t, i, "how many") || token_phrase(t, i, "how much") ||
            token_phrase(t, i, "how often"))
            return true;
    return false;
}

/* "niet de 20e maar de 21e", "not Monday but Tuesday": said not to be it. */
static bool is_denied(const struct tokens *t, size_t i, size_t end)
{
    size_t before = i;
    while (before > 0 &&
           (token_is(t, before - 1, CLS_THE) || token_is(t, before - 1, CLS_ON)))
        before--;
    end += token_mark(t, end, ',');
    return before > 0 && token_among(t, before - 1, "niet not") &&
        token_among(t, end, "maar but wel");
}

bool when_find(str folded, enum lang l, date_t today, bool past, struct when *out)
{
    return when_begins(folded, l, today, past, folded.n, out);
}

bool when_begins(str folded, enum lang l, date_t today, bool past, size_t within,
                 struct when *out)
{
    struct tokens t;
    tokens_of(folded, l, &t);
    struct reader r = {
        .t = &t, .today = today, .base = today, .past = past, .count = asks_how_many(&t)};
    for (size_t i = 0; i < t.n && t.v[i].from <= within; i++) {
        struct when w;
        size_t end;
        bool weak;
        if (!when_range(&r, i, &w, &end, &weak))
            continue;
        if (is_habit(&t, i) || is_denied(&t, i, end) ||
            (weak && !is_whole_text(&t, i, end))) {
            i = end - 1;
            continue;
        }
        w.start = t.v[i].from;
        w.end = t.v[end - 1].to;
        *out = w;
        return true;
    }
    return false;
}
