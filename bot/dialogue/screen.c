#include "dialogue/turning.h"

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

/* The second letters that roots have behind each first one, as bits: most beginnings of
 * words are those of no root. */
static const uint32_t seconds[26] = {
    0x0162901, 0x0124911, 0x1004081, 0x0100111, 0x000a004, 0x0020810, 0x1020011,
    0x0104111, 0x0002000, 0x0000100, 0x0006111, 0x0004000, 0x0000111, 0x0000111,
    0x020e000, 0x00e2121, 0x0000000, 0x0140090, 0x018e004, 0x0124191, 0x0000000,
    0x0004110, 0x0000080, 0x0000000, 0x0000000, 0x0400100,
};

static bool may_begin_root(str w)
{
    unsigned first = (unsigned)w.p[0] - 'a', second = (unsigned)w.p[1] - 'a';
    return first < 26 && second < 26 && seconds[first] >> second & 1;
}

/* The first root that begins with c, or with a later letter. */
static size_t roots_of(char c)
{
    size_t lo = 0, hi = LEN(roots);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (roots[mid][0] < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Does a root of at least so many bytes stand at the beginning of the word, or make all
 * of it when it must be whole? */
static bool begins_with_root(str w, size_t least)
{
    if (w.n < 3 || !may_begin_root(w))
        return false; /* no root is shorter */
    for (size_t i = roots_of(w.p[0]); i < LEN(roots) && roots[i][0] == w.p[0]; i++) {
        if (roots[i][1] != w.p[1])
            continue;
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

/* Dutch compounds too: "rughernia", "griepvirus"; only for long roots, so that "hart"
 * does not hit "maart". */
static bool is_health_word(str w)
{
    enum { COMPOUND_MIN = 6 };
    if (w.n > 0 && begins_with_root(w, 0))
        return true;
    for (size_t at = 1; at + COMPOUND_MIN <= w.n; at++)
        if (begins_with_root(str_sub(w, at, w.n), COMPOUND_MIN))
            return true;
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

bool screen_tells(str folded)
{
    for (size_t i = 0; i < folded.n; i++)
        if (is_health_word(next_run(folded, &i)))
            return true;
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
