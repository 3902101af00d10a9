#include "nlu/required.h"

#include "base/str.h"

enum { DEPTH_MAX = 16 };

/* What a part of the regex demands of the text. */
struct demand {
    struct required_way required;
    size_t literal;
};

struct reader {
    struct arena *arena;
    str s;
    size_t pos;
    int depth;
    bool lost;    /* met something it does not know: nothing is known any more */
    size_t bound; /* where a word must begin: behind the newest \b or blank, if at pos */
};

/* A sequence under way: the literal run that may still grow. */
struct run {
    struct demand sum;
    char *p;
    size_t n, last; /* last: bytes of the newest character, 0 when the run was broken */
    bool begins;    /* a word must begin where it does */
};

static struct demand read_alternatives(struct reader *r);

static void add_all(struct required_way *way, const struct required_way *more)
{
    for (size_t i = 0; i < more->n; i++)
        required_add(way, more->set[i]);
}

static bool at_end(const struct reader *r)
{
    return r->pos >= r->s.n;
}

static char peek(const struct reader *r)
{
    return at_end(r) ? '\0' : r->s.p[r->pos];
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* Behind \b it stands where a word begins, unless it is "\b-x", where one ends. */
static str word_of(struct arena *a, const struct run *run)
{
    str word = {run->p, run->n};
    static const char begins[] = {REQUIRED_BEGINS};
    return run->begins && is_word_char(word.p[0])
        ? arena_join(a, (str){begins, sizeof begins}, word)
        : arena_str(a, word);
}

static void end_run(struct reader *r, struct run *run)
{
    if (run->n > 0) {
        str *word = arena_alloc(r->arena, sizeof *word);
        *word = word_of(r->arena, run);
        required_add(&run->sum.required, (struct strs){word, 1});
        run->sum.literal += run->n;
    }
    run->n = run->last = 0;
}

/* Skips a quantifier; *least is how often the thing in front must stand there. */
static bool read_quantifier(struct reader *r, size_t *least)
{
    char c = peek(r);
    *least = 1;
    if (c == '{') {
        size_t i = r->pos + 1, n = 0;
        if (i >= r->s.n || r->s.p[i] < '0' || r->s.p[i] > '9')
            return false; /* a literal brace to PCRE2 */
        while (i < r->s.n && r->s.p[i] >= '0' && r->s.p[i] <= '9' && n < 1000)
            n = n * 10 + (size_t)(r->s.p[i++] - '0');
        ptrdiff_t close = str_find_char(str_sub(r->s, i, r->s.n), '}');
        if (close < 0) {
            r->lost = true;
            return false;
        }
        r->pos = i + (size_t)close + 1;
        *least = n > 0;
    } else if (c == '*' || c == '?' || c == '+') {
        r->pos++;
        *least = c == '+';
    } else {
        return false;
    }
    if (peek(r) == '?' || peek(r) == '+')
        r->pos++;
    return true;
}

static void skip_class(struct reader *r)
{
    r->pos++;
    if (peek(r) == '^')
        r->pos++;
    if (peek(r) == ']')
        r->pos++;
    while (!at_end(r) && peek(r) != ']') {
        if (peek(r) == '[' && r->pos + 1 < r->s.n && strchr(":.=", r->s.p[r->pos + 1]))
            r->lost = true; /* [[:alpha:]]: rare, not worth reading */
        r->pos += peek(r) == '\\' ? 2 : 1;
    }
    r->pos++;
}

/* A group in brackets. Returns what it demands; look-arounds demand nothing here. */
static struct demand read_group(struct reader *r)
{
    bool counts = true, looks = false, bound = r->pos++ == r->bound;
    if (peek(r) == '*') {
        r->lost = true;
    } else if (peek(r) == '?') {
        str rest = str_sub(r->s, r->pos, r->s.n);
        size_t skip = 0;
        if (str_starts(rest, STR("?:")) || str_starts(rest, STR("?>")))
            skip = 2;
        else if (str_starts(rest, STR("?=")))
            skip = 2, looks = true;
        else if (str_starts(rest, STR("?<=")))
            skip = 3, looks = true;
        else if (str_starts(rest, STR("?!")))
            skip = 2, counts = false;
        else if (str_starts(rest, STR("?<!")))
            skip = 3, counts = false;
        else
            r->lost = true; /* flags, conditions, names, comments */
        bound = bound && skip == 2 && counts && !looks;
        r->pos += skip;
    }
    if (bound)
        r->bound = r->pos;
    if (++r->depth > DEPTH_MAX)
        r->lost = true;
    struct demand inner = {0};
    if (!r->lost)
        inner = read_alternatives(r);
    r->depth--;
    if (peek(r) != ')')
        r->lost = true;
    r->pos++;
    if (looks) /* it must stand there, but may overlap with what follows */
        inner.literal = 0;
    return counts ? inner : (struct demand){0};
}

/* \b and the like take no text; \. is a character; the rest could be anything. */
static void read_escape(struct reader *r, struct run *run)
{
    char c = r->pos + 1 < r->s.n ? r->s.p[r->pos + 1] : '\0';
    r->pos += 2;
    if (c == 'b' || c == 'B' || c == 'A' || c == 'z' || c == 'Z' || c == 'G') {
        end_run(r, run);
        r->bound = c == 'b' ? r->pos : r->bound;
        return;
    }
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == '\0' || strchr("QEKCcopPxNgkXR", c) || (c >= '0' && c <= '9')) {
        /* some of these have an argument: read what is simple, give up on the rest */
        r->lost = r->lost || strchr("XRKN", c) == NULL || c == '\0';
        end_run(r, run);
    } else if (letter) {
        end_run(r, run);
    } else {
        run->begins = run->begins && run->n > 0;
        run->p[run->n++] = c;
        run->last = 1;
    }
}

static void read_letter(struct reader *r, struct run *run)
{
    size_t from = r->pos++;
    if (run->n == 0)
        run->begins = from == r->bound;
    while (!at_end(r) && ((unsigned char)peek(r) & 0xc0) == 0x80)
        r->pos++;
    run->last = r->pos - from;
    for (size_t i = from; i < r->pos; i++) {
        char c = r->s.p[i];
        run->p[run->n++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
}

/* The newest character of the run, with a quantifier behind it, leaves the run. */
static void quantify(struct reader *r, struct run *run, const struct demand *group)
{
    size_t least, last = run->last;
    bool quantified = read_quantifier(r, &least);
    if (group) {
        if (!quantified || least > 0) {
            add_all(&run->sum.required, &group->required);
            run->sum.literal += group->literal;
        }
    } else if (quantified && last > 0) {
        if (least == 0)
            run->n -= last;
        end_run(r, run);
    }
}

/* "(the )?": what stands behind it stands behind a blank, if it did. */
static bool ends_in_blank(str group)
{
    return group.n > 2 && group.p[group.n - 2] == ' ' && group.p[group.n - 3] != '\\' &&
        str_find_char(group, '|') < 0;
}

/* A group of a sequence. A word that stands behind a blank begins there. */
static void read_part(struct reader *r, struct run *run)
{
    size_t open = r->pos;
    if (run->n > 0 && run->p[run->n - 1] == ' ')
        r->bound = open;
    bool bound = r->bound == open;
    end_run(r, run);
    struct demand group = read_group(r);
    bound = bound && ends_in_blank(str_sub(r->s, open, r->pos));
    quantify(r, run, &group);
    if (bound)
        r->bound = r->pos;
}

static struct demand read_sequence(struct reader *r)
{
    struct run run = {.p = arena_alloc(r->arena, r->s.n + 1)};
    while (!at_end(r) && !r->lost && peek(r) != '|' && peek(r) != ')') {
        switch (peek(r)) {
        case '(':
            read_part(r, &run);
            continue;
        case '[':
            end_run(r, &run);
            skip_class(r);
            break;
        case '.':
        case '^':
        case '$':
            end_run(r, &run);
            r->pos++;
            break;
        case '\\':
            read_escape(r, &run);
            break;
        default:
            read_letter(r, &run);
        }
        quantify(r, &run, NULL);
    }
    end_run(r, &run);
    return run.sum;
}

static struct demand read_alternatives(struct reader *r)
{
    bool bound = r->pos == r->bound;
    struct demand all = read_sequence(r);
    while (!r->lost && peek(r) == '|') {
        r->pos++;
        r->bound = bound ? r->pos : r->bound;
        struct demand one = read_sequence(r);
        struct strs either = required_either(r->arena, required_best(&all.required),
                                             required_best(&one.required));
        all.required.n = 0;
        required_add(&all.required, either);
        all.literal = MIN(all.literal, one.literal);
    }
    return all;
}

/* The alternatives at the top are ways of their own, each with all it demands. */
static size_t read_ways(struct reader *r, struct required *out)
{
    VEC(struct required_way) ways = {0};
    size_t literal = SIZE_MAX;
    bool known = true;
    for (;;) {
        struct demand one = read_sequence(r);
        *arena_push(r->arena, &ways) = one.required;
        literal = MIN(literal, one.literal);
        known = known && one.required.n > 0;
        if (r->lost || peek(r) != '|')
            break;
        r->pos++;
    }
    *out = known ? (struct required){ways.v, ways.n} : (struct required){0};
    return r->lost ? 0 : literal;
}

struct required required_of_regex(struct arena *a, str regex, size_t *literal)
{
    struct reader r = {.arena = a, .s = regex, .bound = SIZE_MAX};
    struct required ways;
    *literal = read_ways(&r, &ways);
    return r.lost || !at_end(&r) ? (struct required){0} : ways;
}
