#include "dialogue/turning.h"

#include "base/window.h"
#include "text/normalise.h"
#include "text/word.h"

/*
 * Words that tell the nature or cause of an illness. A sick report may not hold them,
 * also when volunteered (Autoriteit Persoonsgegevens, "De zieke werknemer", 2016).
 * Beginnings of folded words; a word that ends in "-" in this table must be met whole.
 * Sorted by byte: a word is held against the roots of its first letter only.
 */
static const char *const roots[] = {
    "aambei",
    "aids",
    "alcoholis",
    "allergi",
    "angina",
    "angststoornis",
    "anorexi",
    "antibiotic",
    "antidepress",
    "anxiety",
    "arthritis",
    "artritis",
    "artrose",
    "asthma",
    "astma",
    "autis",
    "back-",
    "bevalling",
    "biops",
    "bipola",
    "blaasontsteking",
    "bloed",
    "borderline",
    "borstkanker",
    "braken",
    "breuk",
    "broken-",
    "bronchi",
    "buikgriep",
    "buikloop",
    "buikpijn",
    "burn-out",
    "burnout",
    "cancer",
    "cardiolo",
    "chemo",
    "chlamydia",
    "concussion",
    "corona-",
    "covid",
    "cyste",
    "darm",
    "dement",
    "depress",
    "diabet",
    "diarree",
    "diarrhea",
    "diarrhoea",
    "discus",
    "duizelig",
    "eczeem",
    "eczema",
    "endometrio",
    "epilep",
    "fever",
    "flauwgevallen",
    "flu-",
    "flue-",
    "fractur",
    "galblaas",
    "galsteen",
    "gastroenter",
    "gebroken",
    "gekneusd",
    "gevallen-",
    "griep",
    "gynaecolo",
    "gynecolo",
    "hart",
    "headache",
    "heart",
    "hernia",
    "hersenschudding",
    "hiv",
    "hoest",
    "hoofdpijn",
    "hooikoorts",
    "hospital",
    "huisarts-",
    "infect",
    "influenza",
    "jicht",
    "kanker",
    "keelontsteking",
    "keelpijn",
    "kiespijn",
    "kneuzing",
    "koorts",
    "longcovid",
    "longontsteking",
    "maag",
    "medicat",
    "medicijn",
    "menopause",
    "menopauz",
    "menstru",
    "migraine",
    "miscarriage",
    "miskraam",
    "misselijk",
    "nausea",
    "nekhernia",
    "neurolo",
    "nierste",
    "oncolo",
    "ontsteking",
    "ontstoken",
    "ooront",
    "operated",
    "operatie",
    "opgenomen",
    "overgang-",
    "overgegeven",
    "overgeven",
    "overspannen",
    "panic",
    "paniekaan",
    "pfeiffer",
    "pijn",
    "pillen-",
    "pneumonia",
    "pregnan",
    "psoriasis",
    "psychi",
    "psycho",
    "ptsd",
    "ptss",
    "reuma",
    "rheuma",
    "rsi-",
    "rug-",
    "rugklacht",
    "rugpijn",
    "schizofren",
    "snotverkouden",
    "sore-",
    "spierpijn",
    "sprained",
    "stomach",
    "stroke-",
    "surgery",
    "tandarts-",
    "tendinitis",
    "therap",
    "throat",
    "tia-",
    "toothache",
    "trombose",
    "tumor",
    "verkouden",
    "verstuikt",
    "virus",
    "voedselvergiftiging",
    "vomit",
    "whiplash",
    "ziekenhuis",
    "zwanger",
    "zwangerschapsklacht",
    "zweer",
};

const char *screen_root(size_t i)
{
    return i < LEN(roots) ? roots[i] : NULL;
}

/* The second and the third letters that roots have behind each first one, as bits (a is
 * bit 1): at most places of a message no root begins. Signs that are no letters count as
 * one, for its last five bits are all that is looked at. */
static const struct {
    uint32_t second, third;
} next_letters[32] = {
    {0x0000000, 0x0000000}, {0x02c5202, 0x110b098}, {0x0249222, 0x045822a},
    {0x2008102, 0x04c5020}, {0x0200222, 0x00d2202}, {0x0014008, 0x4000210},
    {0x0041020, 0x0600002}, {0x2040022, 0x0485a04}, {0x0208222, 0x04c8222},
    {0x0004000, 0x0000040}, {0x0000200, 0x0000008}, {0x000c222, 0x000c020},
    {0x0008000, 0x0004000}, {0x0000222, 0x0084092}, {0x0000222, 0x0200820},
    {0x041c000, 0x01400a8}, {0x01c4242, 0x208d420}, {0x0000000, 0x0000000},
    {0x0280120, 0x02002a0}, {0x031c008, 0x0048300}, {0x0248322, 0x004e022},
    {0x0000000, 0x0000000}, {0x0008220, 0x0042020}, {0x0000100, 0x0000200},
    {0x0000000, 0x0000000}, {0x0000000, 0x0000000}, {0x0800200, 0x0000022},
    {0x0000000, 0x0000000}, {0x0000000, 0x0000000}, {0x0000000, 0x0000000},
    {0x0000000, 0x0000000}, {0x0000000, 0x0000000}};

static bool may_begin_root(const char *p)
{
    unsigned first = p[0] & 31;
    return next_letters[first].second >> (p[1] & 31) &
        next_letters[first].third >> (p[2] & 31) & 1;
}

/* Three bytes as a number that compares as they do. */
static uint32_t three_at(const char *p)
{
    const unsigned char *c = (const unsigned char *)p;
    return (uint32_t)c[0] << 16 | (uint32_t)c[1] << 8 | c[2];
}

/* The first root that begins with these three bytes, or with later ones; always as many
 * steps, and no branch that could be guessed wrong. */
static size_t roots_of(uint32_t three)
{
    size_t at = 0;
    for (size_t n = LEN(roots), half; n > 0; n -= half) {
        half = (n + 1) / 2;
        at += (0 - (size_t)(three_at(roots[at + half - 1]) < three)) & half;
    }
    return at;
}

/* Does a root of at least so many bytes stand at the beginning of the word, or make all
 * of it when it must be whole? */
static bool begins_with_root(str w, size_t least)
{
    if (w.n < 3 || !may_begin_root(w.p))
        return false; /* no root is shorter */
    uint32_t three = three_at(w.p);
    for (size_t i = roots_of(three); i < LEN(roots) && three_at(roots[i]) == three; i++) {
        str root = {roots[i], strlen(roots[i])};
        bool whole = root.p[root.n - 1] == '-';
        if (whole)
            root.n--;
        if (root.n >= least && !(whole && (least > 0 || w.n != root.n)) &&
            str_starts(w, root))
            return true;
    }
    return false;
}

/* "back on Monday", "I'm back": no part of a body. Only English has the word. */
static bool is_return(str w, str behind)
{
    static const char *const after[] = {
        "on",        "at",       "to",       "in",    "from",   "next",
        "this",      "again",    "tomorrow", "today", "monday", "tuesday",
        "wednesday", "thursday", "friday",   "work",  "home"};
    str next = str_trim(behind);
    size_t n = 0;
    while (n < next.n && ((next.p[n] | 0x20) >= 'a' && (next.p[n] | 0x20) <= 'z'))
        n++;
    for (size_t i = 0; i < LEN(after) && str_eq(w, STR("back")); i++)
        if (str_eq_ascii(str_sub(next, 0, n), str_c(after[i])))
            return true;
    return false;
}

static bool is_break(char c)
{
    switch (c) { /* of every byte of every message: not strchr */
    case '\0':
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case '.':
    case ',':
    case ';':
    case ':':
    case '!':
    case '?':
    case '(':
    case ')':
    case '"':
    case '/':
        return true;
    default:
        return false;
    }
}

/* The next run of what is no break, at or behind *at. */
static str next_run(str text, size_t *at)
{
    size_t from = *at;
    while (*at < text.n && !is_break(text.p[*at]))
        ++*at;
    return str_sub(text, from, *at);
}

/* Dutch compounds too: "rughernia", "griepvirus"; only for long roots, so that "hart"
 * does not hit "maart". */
enum { COMPOUND_MIN = 6 };

static bool is_health_word(str w)
{
    if (w.n > 0 && begins_with_root(w, 0))
        return true;
    for (size_t at = 1; at + COMPOUND_MIN <= w.n; at++)
        if (begins_with_root(str_sub(w, at, w.n), COMPOUND_MIN))
            return true;
    return false;
}

/* The same of the word around a place: does a root begin just there? */
static bool root_at(str folded, size_t at)
{
    if (folded.n - at < 3)
        return false;
    uint32_t three = three_at(folded.p + at);
    size_t i = roots_of(three), end = at;
    if (i == LEN(roots) || three_at(roots[i]) != three)
        return false;
    str word = next_run(folded, &end);
    bool begins = at == 0 || is_break(folded.p[at - 1]);
    return begins_with_root(word, begins ? 0 : COMPOUND_MIN);
}

bool screen_tells(str folded)
{
    for (size_t from = 0; from < folded.n; from += WINDOW) {
        struct window w;
        size_t places[WINDOW], n = 0;
        window_at(&w, folded, from);
        for (size_t i = 0; i < w.n; i++) { /* most are none: without a branch */
            places[n] = from + i;
            n += may_begin_root(w.v + i);
        }
        for (size_t i = 0; i < n; i++)
            if (root_at(folded, places[i]))
                return true;
    }
    return false;
}

str screen_health(struct arena *a, str text, bool *found)
{
    str all, folded;
    *found = false;
    if (normalise(a, text, &all) == RC_OK && !screen_tells(all))
        return text; /* nearly always */
    struct buf b = buf_new(a, text.n * 4 + 16);
    for (size_t i = 0; i < text.n;) {
        str word = next_run(text, &i);
        if (word.n > 0 && normalise(a, word, &folded) == RC_OK &&
            is_health_word(folded) && !is_return(folded, str_sub(text, i, text.n))) {
            *found = true;
            buf_put(&b, STR("[…]"));
        } else {
            buf_put(&b, word);
        }
        while (i < text.n && is_break(text.p[i]))
            buf_char(&b, text.p[i++]);
    }
    return *found ? buf_str(&b) : text;
}

bool is_absence_card(const struct card *c)
{
    return str_starts(c->id, STR("absence.")) || str_eq_ascii(c->topic, STR("absence"));
}
