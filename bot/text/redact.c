#include "text/redact.h"

#include "base/buf.h"
#include "base/str.h"
#include "base/window.h"

enum { DIGITS_MAX = 32, OUT_MAX = 64 * 1024 * 1024 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* A run of digits with single blanks, dots, dashes, slashes or brackets between them. */
struct number {
    char digits[DIGITS_MAX + 1];
    size_t n, to; /* to: behind its last digit */
    bool plus;
    int groups, dots, dashes;
};

static bool is_joiner(char c)
{
    return c == ' ' || c == '.' || c == '-' || c == '/' || c == '(' || c == ')';
}

static struct number number_at(str s, size_t i)
{
    struct number d = {.to = i, .groups = 1};
    size_t k = i;
    if (k < s.n && s.p[k] == '+') {
        d.plus = true;
        k++;
    }
    while (k < s.n && d.n < DIGITS_MAX) {
        if (is_digit(s.p[k])) {
            d.digits[d.n++] = s.p[k++];
            d.to = k;
            continue;
        }
        size_t gap = 0;
        while (gap < 4 && k + gap < s.n && is_joiner(s.p[k + gap]))
            gap++;
        bool dash = gap == 3 && s.p[k] == ' ' && s.p[k + 2] == ' '; /* "06 - 12" */
        if (gap == 0 || (gap > 2 && !dash) || k + gap >= s.n || !is_digit(s.p[k + gap]))
            break;
        d.dots += s.p[k] == '.';
        d.dashes += s.p[k] == '-' || s.p[k] == '/';
        d.groups++;
        k += gap;
    }
    return d;
}

/* One of the words within the reach bytes before i, or behind it. */
static bool near(str s, size_t i, const char *const *words, size_t n, size_t reach,
                 bool behind)
{
    char text[41];
    size_t from = behind ? i : i > reach ? i - reach : 0;
    size_t len = behind ? MIN(s.n - i, reach) : i - from;
    for (size_t k = 0; k < len; k++)
        text[k] = lower(s.p[from + k]);
    for (size_t w = 0; w < n; w++)
        if (str_has((str){text, len}, str_c(words[w])))
            return true;
    return false;
}

/* Burgerservicenummer: nine digits, and where the text calls it so eight, the leading
 * zero left out; 9a+8b+...+2h-i is a multiple of 11. Source: Logisch Ontwerp BSN,
 * "11-proef".
 */
static bool is_bsn(str s, size_t at, const struct number *d)
{
    static const char *const words[] = {"bsn", "burgerservice", "sofi",
                                        "citizen service"};
    if (d->plus || d->n < 8 || d->n > 9 ||
        (d->n == 8 && !near(s, at, words, LEN(words), 40, false)))
        return false;
    int sum = 0, weight = d->n == 9 ? 9 : 8, all = 0;
    for (size_t i = 0; i < d->n; i++, weight--) {
        int v = d->digits[i] - '0';
        all += v;
        sum += (i + 1 == d->n ? -1 : weight) * v;
    }
    return all > 0 && sum % 11 == 0;
}

static bool is_card(const struct number *d)
{
    if (d->plus || d->n < 13 || d->n > 19)
        return false;
    int sum = 0;
    for (size_t i = 0; i < d->n; i++) {
        int v = d->digits[d->n - 1 - i] - '0';
        if (i % 2)
            v = v > 4 ? v * 2 - 9 : v * 2;
        sum += v;
    }
    return sum % 10 == 0;
}

/* Dutch national (0 and nine more digits), or international with + or 00. */
static bool is_phone(const struct number *d)
{
    if (d->plus)
        return d->n >= 8 && d->n <= 15;
    if (d->n >= 10 && d->n <= 15 && d->digits[0] == '0' && d->digits[1] == '0')
        return true;
    return d->n == 10 && d->digits[0] == '0' && d->digits[1] != '0';
}

/* 1-2, 1-2 and 4 (or 2) digits, either order, with a year of the last century or so; the
 * month may stand in front ("06/14/1988"). */
static bool is_date(str s, size_t i, size_t *to)
{
    size_t k = i, group[3] = {0}, value[3] = {0};
    for (int g = 0; g < 3; g++) {
        while (k < s.n && is_digit(s.p[k]) && group[g] < 5) {
            value[g] = value[g] * 10 + (size_t)(s.p[k] - '0');
            group[g]++;
            k++;
        }
        if (group[g] == 0 || group[g] > 4)
            return false;
        if (g < 2) {
            if (k >= s.n || !strchr("-/. ", s.p[k]))
                return false;
            k++;
        }
    }
    *to = k;
    bool ymd = group[0] == 4 && group[1] <= 2 && group[2] <= 2;
    bool dmy = group[0] <= 2 && group[1] <= 2 && (group[2] == 4 || group[2] == 2);
    size_t year = ymd ? value[0] : value[2];
    return (ymd || dmy) && (group[ymd ? 0 : 2] == 2 || (year >= 1900 && year < 2030)) &&
        value[1] >= 1 &&
        (value[1] <= 12 ||
         (dmy && group[2] == 4 && value[1] <= 31 && value[0] >= 1 && value[0] <= 12));
}

/* "01011980": a day, a month and a year without anything between. */
static bool is_solid_date(str s, size_t i, size_t *to)
{
    char c[8];
    size_t n = 0;
    for (; i + n < s.n && is_digit(s.p[i + n]); n++)
        if (n < sizeof c)
            c[n] = (char)(s.p[i + n] - '0');
    if (n != sizeof c)
        return false;
    int day = c[0] * 10 + c[1], month = c[2] * 10 + c[3], century = c[4] * 10 + c[5];
    *to = i + n;
    return day >= 1 && day <= 31 && month >= 1 && month <= 12 &&
        (century == 19 || century == 20);
}

/* Length of the month's name at i (Dutch or English, three letters at least), or 0. */
static size_t month_at(str s, size_t i)
{
    static const char *const months[] = {
        "januari",  "january",  "februari", "february",  "maart",   "march",
        "april",    "mei",      "may",      "juni",      "june",    "juli",
        "july",     "augustus", "august",   "september", "oktober", "october",
        "november", "december", "mrt"};
    size_t n = 0;
    while (i + n < s.n && is_alpha(s.p[i + n]))
        n++;
    for (size_t m = 0; n >= 3 && m < LEN(months); m++)
        if (n <= strlen(months[m]) &&
            str_eq_ascii(str_sub(s, i, i + n), (str){months[m], n}))
            return n;
    return 0;
}

static size_t digits_at(str s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && is_digit(s.p[i + n]))
        n++;
    return n;
}

static size_t skip(str s, size_t i, const char *these)
{
    while (i < s.n && s.p[i] && strchr(these, s.p[i]))
        i++;
    return i;
}

/* "23 april 1981", "3rd of May 1990", "June 14th, 1988"; the year may be missing. */
static bool is_date_in_words(str s, size_t i, size_t *to, bool *with_year)
{
    size_t day = digits_at(s, i), month = month_at(s, i);
    if (day >= 1 && day <= 2) {
        i = skip(s, i + day, "stndrdhe ");
        if (str_starts(str_sub(s, i, s.n), STR("of ")))
            i += 3;
        month = month_at(s, i);
        i += month;
    } else if (month > 0 && digits_at(s, skip(s, i + month, " ")) > 0) {
        i = skip(s, i + month, " ");
        i = skip(s, i + digits_at(s, i), "stndrdhe");
    } else {
        return false;
    }
    size_t year = skip(s, i, " ,.");
    *with_year = digits_at(s, year) == 4 || digits_at(s, year) == 2;
    if (*with_year)
        i = year + digits_at(s, year);
    *to = i;
    return month > 0;
}

/* Countries with an IBAN (registry of ISO 13616, release 99). */
static bool has_iban(char x, char y)
{
    static const char codes[] = "AD AE AL AT AZ BA BE BG BH BI BR BY CH CR CY CZ DE DJ "
                                "DK DO EE EG ES FI FK FO FR "
                                "GB GE GI GL GR GT HN HR HU IE IL IQ IS IT JO KW KZ LB "
                                "LC LI LT LU LV LY MC MD ME "
                                "MK MN MR MT MU NI NL NO OM PK PL PS PT QA RO RS RU SA "
                                "SC SD SE SI SK SM SO ST SV "
                                "TL TN TR UA VA VG XK YE ";
    for (size_t i = 0; i + 3 < sizeof codes; i += 3)
        if (codes[i] == x && codes[i + 1] == y)
            return true;
    return false;
}

/* IBAN: two letters, two check digits, up to 30 more; ISO 13616, modulus 97. */
static bool is_iban(str s, size_t i, size_t *to)
{
    char c[40];
    if (str_eq_ascii(str_sub(s, i, i + 4), STR("iban"))) /* "IBANNL91..." */
        i += 4;
    size_t n = 0, k = i, end = i;
    if (i + 3 >= s.n ||
        !(is_digit(s.p[i + 2]) || s.p[i + 1] == ' ' || s.p[i + 2] == ' ' ||
          s.p[i + 2] == '.' || s.p[i + 2] == '-'))
        return false; /* the usual word */
    while (k < s.n && n < sizeof c) {
        char ch = s.p[k];
        bool upper = (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
        if (strchr(" .-", ch) && n > 1 && k + 1 < s.n &&
            (is_digit(s.p[k + 1]) || is_alpha(s.p[k + 1]))) {
            k++;
            continue;
        }
        if ((n < 2 && !upper) || ((n == 2 || n == 3) && !is_digit(ch)) ||
            (!upper && !is_digit(ch)))
            break;
        c[n++] = upper ? (char)(lower(ch) - 'a' + 'A') : ch;
        end = ++k;
        if (n == 2 && !has_iban(c[0], c[1]))
            return false;
        unsigned mod = 0;
        if (n < 15)
            continue;
        for (size_t j = 0; j < n; j++) {
            char x = c[(j + 4) % n];
            mod = is_digit(x) ? (mod * 10 + (unsigned)(x - '0')) % 97
                              : (mod * 100 + (unsigned)(x - 'A' + 10)) % 97;
        }
        bool more = k < s.n && (is_digit(s.p[k]) || is_alpha(s.p[k]));
        if (mod == 1 && !more) {
            *to = end;
            return true;
        }
    }
    return false;
}

static bool is_local(char c)
{
    return is_alpha(c) || is_digit(c) || strchr("._%+-", c);
}

/* Bytes of "@", " @ ", "(at)", " [at] " at k; 0: none. */
static size_t at_sign(str s, size_t k)
{
    size_t i = skip(s, k, " ");
    if (i < s.n && s.p[i] == '@')
        i++;
    else if (str_eq_ascii(str_sub(s, i, i + 4), STR("(at)")) ||
             str_eq_ascii(str_sub(s, i, i + 4), STR("[at]")))
        i += 4;
    else
        return 0;
    return skip(s, i, " ") - k;
}

static bool is_email(str s, size_t i, size_t *to)
{
    size_t k = i;
    while (k < s.n && s.p[k] && is_local(s.p[k]))
        k++;
    size_t sign = at_sign(s, k);
    if (k == i || sign == 0)
        return false;
    size_t host = k += sign, dot = 0;
    while (k < s.n &&
           (is_alpha(s.p[k]) || is_digit(s.p[k]) || s.p[k] == '-' || s.p[k] == '.')) {
        if (s.p[k] == '.' && k > host && k + 1 < s.n && is_alpha(s.p[k + 1]))
            dot = k;
        k++;
    }
    while (k > host && (s.p[k - 1] == '.' || s.p[k - 1] == '-'))
        k--;
    *to = k;
    return dot > host;
}

static bool is_name(str s, size_t i, struct strs names, size_t *to)
{
    for (size_t n = 0; n < names.n; n++) {
        str name = names.v[n];
        if (name.n < 2 || !str_eq_ascii(str_sub(s, i, i + name.n), name))
            continue;
        size_t k = i + name.n;
        if (k < s.n && (is_alpha(s.p[k]) || is_digit(s.p[k])))
            continue;
        *to = k;
        return true;
    }
    return false;
}

/* What a text has in it at all: most have nothing that needs a closer look. */
struct held {
    bool birth, at_sign;
    size_t digits;
};
/* Fewer digits are no number of anybody's, and a text without any has none to hide. */
enum { FEWEST_DIGITS = 4 };

/* The letters of ASCII, in a number, as small ones; other signs stay what they are, or
 * become ones that no part below has. */
static uint32_t three_at(const char *p)
{
    return ((uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8 |
            (uint32_t)(unsigned char)p[2] << 16) |
        0x202020;
}

enum { BIRTH_BITS = 10 };

static uint32_t birth_hash(uint32_t three)
{
    return three * 2654435761u >> (32 - BIRTH_BITS);
}

/* Does it speak of birth? Where the hash of one of the parts stands is found in a pass
 * without a branch, and looked at in another: those are few. */
static bool speaks_of_birth(str s)
{
    static const char parts[][4] = {"geb", "bor", "bir", "dob", "jaa", "jar",
                                    "ben", "d.o", "doc", "zoo", "kin", "par",
                                    "vro", "moe", "vad", "wor", "tur"};
    enum { STRETCH = 64 };
    uint64_t some[(1 << BIRTH_BITS) / 64] = {0};
    size_t places[STRETCH], n = 0;
    for (size_t k = 0; k < LEN(parts); k++) {
        uint32_t h = birth_hash(three_at(parts[k]));
        some[h / 64] |= (uint64_t)1 << h % 64;
    }
    for (size_t i = 0; i + 3 <= s.n; n = 0) {
        for (size_t end = MIN(i + STRETCH, s.n - 2); i < end; i++) {
            uint32_t h = birth_hash(three_at(s.p + i));
            places[n] = i;
            n += some[h / 64] >> h % 64 & 1;
        }
        for (size_t p = 0; p < n; p++)
            for (size_t k = 0; k < LEN(parts); k++)
                if (three_at(s.p + places[p]) == three_at(parts[k]))
                    return true;
    }
    return false;
}

/* "ik ben van 7 april 1962": somebody, of a year in which who works was born. */
static bool is_from_year(str s, size_t from, size_t to)
{
    static const char *const words[] = {"ben van ", "bent van "};
    int64_t year;
    return near(s, from, words, LEN(words), 9, false) && to >= from + 4 &&
        str_int(str_sub(s, to - 4, to), &year) == RC_OK && year >= 1930 && year <= 2012;
}

/* "ik word 65 op 7 mei": the day an age is reached. */
static bool is_of_age(str s, size_t from)
{
    static const char *const words[] = {"word ", "wordt ", "turn ", "turns "};
    bool on = from >= 7 &&
        (str_ends(str_sub(s, 0, from), STR(" op ")) ||
         str_ends(str_sub(s, 0, from), STR(" on ")));
    return on && is_digit(s.p[from - 5]) && is_digit(s.p[from - 6]) &&
        near(s, from, words, LEN(words), 14, false);
}

/* A word for birth before the date from..to, or said of it behind; leave that is called
 * after a birth is none. A day without a year is one only where it follows at once. */
static bool near_birth(str s, size_t from, size_t to, bool with_year)
{
    static const char *const words[] = {
        "geboren",        "geboorted",      "geboorte:",     "geboorte ",
        " born",          "born ",          "birth",         "dob",
        "gebdatum",       "geb.",           "geb ",          "geb:",
        "verjaardag",     "jarig ",         "jarig:",        "d.o.b",
        "geboortejaar",   "dochter is van", "zoon is van",   "kind is van",
        "partner is van", "vrouw is van",   "moeder is van", "vader is van"};
    static const char *const leave[] = {"geboorteverlof", "newborn", "birth leave"};
    static const char *const behind[] = {"is mijn geboortedatum", "is my date of birth",
                                         "is my birth", "geboren", "is mijn verjaardag"};
    if (near(s, from, leave, LEN(leave), 40, false))
        return false;
    return near(s, from, words, LEN(words), with_year ? 40 : 16, false) ||
        is_from_year(s, from, to) || is_of_age(s, from) ||
        (with_year && near(s, to, behind, LEN(behind), 26, true));
}

/* What stands at i, if anything: its mark, and where it ends. */
static str mark_at(str s, size_t i, struct strs names, struct held held, size_t *to)
{
    if (held.at_sign && is_email(s, i, to))
        return STR("[email]");
    bool year;
    if (held.birth && is_date_in_words(s, i, to, &year) && near_birth(s, i, *to, year))
        return STR("[birth date]");
    if (is_alpha(s.p[i])) {
        if (held.digits >= FEWEST_DIGITS && is_iban(s, i, to))
            return STR("[iban]");
        return is_name(s, i, names, to) ? STR("[name]") : STR_NONE;
    }
    if (!is_digit(s.p[i]) && s.p[i] != '+' && s.p[i] != '(')
        return STR_NONE;
    if (held.birth && (is_date(s, i, to) || is_solid_date(s, i, to)) &&
        near_birth(s, i, *to, true))
        return STR("[birth date]");
    struct number d = number_at(s, s.p[i] == '(' ? i + 1 : i);
    bool more = d.to < s.n && is_alpha(s.p[d.to]);
    *to = d.to;
    size_t date_end;
    if (more || (is_date(s, i, &date_end) && date_end == d.to))
        return STR_NONE;
    if (is_phone(&d))
        return STR("[phone]");
    if (is_bsn(s, i, &d))
        return STR("[bsn]");
    return is_card(&d) ? STR("[card]") : STR_NONE;
}

/* The next place behind i where something may begin: not inside a word or a number. */
static size_t next_start(str s, size_t i)
{
    for (i++; i < s.n && (is_alpha(s.p[i - 1]) || is_digit(s.p[i - 1])); i++)
        ;
    return i;
}

/* Of a text in one pass. */
static struct held look_over(str text)
{
    struct held held = {0};
    uint64_t odd = 0;
    for (size_t from = 0; from < text.n; from += WINDOW) {
        struct window w;
        window_at(&w, text, from);
        odd |= window_byte(&w, '@') | window_byte(&w, ')') | window_byte(&w, ']');
        held.digits += (size_t)__builtin_popcountll(window_range(&w, 0, '0', '9'));
    }
    held.at_sign = odd != 0 &&
        (str_find_char(text, '@') >= 0 || str_has(text, STR("at)")) ||
         str_has(text, STR("at]")));
    held.birth = held.digits > 0 && speaks_of_birth(text);
    return held;
}

/* A text that is being redacted. */
struct redacting {
    str text;
    struct strs names;
    struct held held;
    struct buf out;
    size_t from; /* of what is not in out yet */
};

/* Blanks what stands at i, and returns where it ends; i: nothing does. */
static size_t blank_at(struct redacting *r, size_t i)
{
    size_t to = i;
    str mark = mark_at(r->text, i, r->names, r->held, &to);
    if (mark.n == 0)
        return i;
    buf_put(&r->out, str_sub(r->text, r->from, i));
    buf_put(&r->out, mark);
    r->from = to;
    return to;
}

static void blank_everywhere(struct redacting *r)
{
    for (size_t i = 0; i < r->text.n;) {
        size_t to = blank_at(r, i);
        i = next_start(r->text, to > i ? to - 1 : i);
    }
}

/* Where neither names nor addresses are looked for, nothing begins further than REACH in
 * front of a digit: "september 1", an account number behind "iban", a bracket and some
 * blanks. Only between a month and its day there may be more than one. */
enum { REACH = 10 };

static bool is_by_digits(const struct redacting *r)
{
    return !r->held.at_sign && r->names.n == 0 &&
        !(r->held.birth && str_has(r->text, STR("  ")));
}

static uint64_t in_reach(uint64_t digits, bool goes_on)
{
    uint64_t near = digits | digits >> 1; /* one behind, then 3, 7 and 10 */
    near |= near >> 2;
    near |= near >> 4;
    near |= near >> 3;
    return goes_on ? near | UINT64_MAX << (WINDOW - REACH) : near;
}

static void blank_by_digits(struct redacting *r)
{
    uint64_t before = 0; /* bit 0: a word or number goes on */
    for (size_t from = 0; from < r->text.n; from += WINDOW) {
        struct window w;
        window_at(&w, r->text, from);
        uint64_t digits = window_range(&w, 0, '0', '9');
        uint64_t run = window_plain(&w) | window_range(&w, 0, 0x80, 0xff);
        uint64_t starts = (run & ~(run << 1 | before)) |
            (~(run << 1 | before) & (window_byte(&w, '+') | window_byte(&w, '(')));
        before = run >> (WINDOW - 1);
        starts &= in_reach(digits, from + WINDOW < r->text.n);
        for (; starts != 0; starts &= starts - 1) {
            size_t i = from + (size_t)__builtin_ctzll(starts);
            if (i >= r->from)
                (void)blank_at(r, i);
        }
    }
}

str redact(struct arena *a, str text, struct strs names)
{
    struct redacting r = {.text = text, .names = names, .held = look_over(text)};
    if (r.held.digits < FEWEST_DIGITS && !r.held.birth && !r.held.at_sign && names.n == 0)
        return arena_str(a, text);
    r.out = buf_new(a, OUT_MAX);
    if (is_by_digits(&r))
        blank_by_digits(&r);
    else
        blank_everywhere(&r);
    if (r.from == 0)
        return arena_str(a, text);
    buf_put(&r.out, str_sub(text, r.from, text.n));
    return buf_str(&r.out);
}
