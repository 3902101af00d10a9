#include "text/lang.h"

#include <endian.h>

#include "base/str.h"

const char *lang_code(enum lang l)
{
    return l == LANG_NL ? "nl" : l == LANG_EN ? "en" : "";
}

enum lang lang_of(str code)
{
    if (code.n > 2 && (code.p[2] == '-' || code.p[2] == '_'))
        code = str_sub(code, 0, 2);
    if (str_eq_ascii(code, STR("nl")))
        return LANG_NL;
    return str_eq_ascii(code, STR("en")) ? LANG_EN : LANG_NONE;
}

/* NL, EN: a stop word. Negations (geen, niet, not, no) are left out: they carry meaning.
 * NL_2, EN_2: a function word of one language that is no word, or a rare one, in the
 * other. */
enum mark { NL = 1, EN = 2, NL_2 = 4, EN_2 = 8 };
enum { LONGEST = 11, BACK = LONGEST + 1 - 8 };

/* Sorted by byte, so that a look-up is a binary search. */
static const struct {
    char word[LONGEST + 1];
    unsigned char marks;
} function_words[] = {
    {"a", EN},
    {"aan", NL | NL_2},
    {"aangezien", NL},
    {"about", EN | EN_2},
    {"actually", EN},
    {"after", EN | EN_2},
    {"al", NL},
    {"all", EN},
    {"alle", NL | NL_2},
    {"alles", NL},
    {"als", NL | NL_2},
    {"alsjeblieft", NL},
    {"also", EN},
    {"alstublieft", NL},
    {"am", EN},
    {"an", EN},
    {"and", EN | EN_2},
    {"any", EN | EN_2},
    {"anyone", EN | EN_2},
    {"are", EN | EN_2},
    {"as", EN},
    {"at", EN},
    {"aub", NL | NL_2},
    {"be", EN | EN_2},
    {"because", EN},
    {"been", EN | EN_2},
    {"before", EN | EN_2},
    {"being", EN},
    {"ben", NL},
    {"bent", NL},
    {"bij", NL | NL_2},
    {"but", EN | EN_2},
    {"by", EN},
    {"can", EN | EN_2},
    {"could", EN | EN_2},
    {"daar", NL | NL_2},
    {"dan", NL},
    {"dat", NL | NL_2},
    {"de", NL | NL_2},
    {"deze", NL | NL_2},
    {"did", EN | EN_2},
    {"die", NL},
    {"dit", NL | NL_2},
    {"do", EN},
    {"doe", NL},
    {"doen", NL | NL_2},
    {"does", EN | EN_2},
    {"doing", EN},
    {"done", EN},
    {"door", NL},
    {"during", EN_2},
    {"dus", NL},
    {"each", EN},
    {"echt", NL},
    {"een", NL | NL_2},
    {"eens", NL},
    {"eigenlijk", NL},
    {"elke", NL},
    {"en", NL | NL_2},
    {"er", NL | NL_2},
    {"even", NL},
    {"every", EN | EN_2},
    {"ff", NL | NL_2},
    {"for", EN | EN_2},
    {"from", EN | EN_2},
    {"ga", NL},
    {"gaan", NL},
    {"gaat", NL | NL_2},
    {"gedaan", NL},
    {"geen", NL_2},
    {"get", EN | EN_2},
    {"getting", EN},
    {"gewoon", NL},
    {"give", EN},
    {"go", EN},
    {"going", EN},
    {"gonna", EN | EN_2},
    {"got", EN},
    {"graag", NL | NL_2},
    {"gwn", NL | NL_2},
    {"haar", NL},
    {"had", NL | EN},
    {"hallo", NL},
    {"has", EN},
    {"have", EN | EN_2},
    {"having", EN},
    {"heb", NL | NL_2},
    {"hebben", NL | NL_2},
    {"hebt", NL | NL_2},
    {"heeft", NL | NL_2},
    {"hello", EN | EN_2},
    {"hem", NL},
    {"hen", NL},
    {"her", EN | EN_2},
    {"here", EN},
    {"het", NL | NL_2},
    {"hi", EN},
    {"hier", NL},
    {"hij", NL | NL_2},
    {"him", EN},
    {"his", EN | EN_2},
    {"hoe", NL | NL_2},
    {"hoeveel", NL | NL_2},
    {"hoevl", NL | NL_2},
    {"hoi", NL | NL_2},
    {"how", EN | EN_2},
    {"hun", NL},
    {"i", EN | EN_2},
    {"id", EN},
    {"idd", NL | NL_2},
    {"iemand", NL_2},
    {"iets", NL | NL_2},
    {"if", EN | EN_2},
    {"ik", NL | NL_2},
    {"ill", EN_2}, /* with lang_is_contraction */
    {"im", EN | EN_2},
    {"in", NL | EN},
    {"into", EN},
    {"is", NL | EN},
    {"it", EN | EN_2},
    {"its", EN | EN_2},
    {"ive", EN | EN_2},
    {"ja", NL | NL_2},
    {"je", NL | NL_2},
    {"jij", NL | NL_2},
    {"jou", NL},
    {"jouw", NL},
    {"jullie", NL | NL_2},
    {"just", EN},
    {"kan", NL | NL_2},
    {"know", EN},
    {"komen", NL},
    {"komt", NL},
    {"kon", NL},
    {"krijg", NL | NL_2},
    {"krijgen", NL | NL_2},
    {"krijgt", NL | NL_2},
    {"kun", NL | NL_2},
    {"kunnen", NL | NL_2},
    {"laat", NL},
    {"leave", EN_2},
    {"left", EN_2},
    {"let", EN},
    {"like", EN | EN_2},
    {"maar", NL | NL_2},
    {"mag", NL | NL_2},
    {"many", EN | EN_2},
    {"may", EN | EN_2},
    {"me", NL | EN},
    {"mee", NL},
    {"meer", NL_2},
    {"men", NL},
    {"met", NL | NL_2},
    {"might", EN},
    {"mij", NL | NL_2},
    {"mijn", NL | NL_2},
    {"mine", EN},
    {"misschien", NL},
    {"mn", NL | NL_2},
    {"moet", NL | NL_2},
    {"moeten", NL | NL_2},
    {"mogen", NL | NL_2},
    {"much", EN | EN_2},
    {"must", EN | EN_2},
    {"my", EN | EN_2},
    {"na", NL | NL_2},
    {"naar", NL | NL_2},
    {"namelijk", NL},
    {"nee", NL_2},
    {"need", EN | EN_2},
    {"niet", NL_2},
    {"no", EN_2},
    {"nog", NL | NL_2},
    {"not", EN_2},
    {"nou", NL},
    {"now", EN},
    {"nu", NL | NL_2},
    {"of", NL | EN | NL_2},
    {"ofzo", NL | NL_2},
    {"om", NL | NL_2},
    {"on", EN},
    {"one", EN},
    {"ons", NL},
    {"onze", NL | NL_2},
    {"ook", NL | NL_2},
    {"op", NL | NL_2},
    {"or", EN},
    {"our", EN | EN_2},
    {"out", EN},
    {"over", NL | EN},
    {"per", NL},
    {"please", EN | EN_2},
    {"pls", EN | EN_2},
    {"plz", EN | EN_2},
    {"really", EN},
    {"s", NL | EN},
    {"shall", EN},
    {"she", EN},
    {"should", EN | EN_2},
    {"sinds", NL},
    {"snel", NL},
    {"so", EN},
    {"some", EN},
    {"something", EN},
    {"soms", NL},
    {"svp", NL | NL_2},
    {"t", NL},
    {"take", EN_2},
    {"te", NL | NL_2},
    {"tegen", NL},
    {"tell", EN | EN_2},
    {"ten", NL},
    {"ter", NL},
    {"than", EN},
    {"thanks", EN_2},
    {"that", EN | EN_2},
    {"the", EN | EN_2},
    {"their", EN | EN_2},
    {"them", EN},
    {"then", EN},
    {"there", EN | EN_2},
    {"these", EN},
    {"they", EN | EN_2},
    {"thing", EN},
    {"this", EN | EN_2},
    {"those", EN},
    {"thx", EN | EN_2},
    {"tijdens", NL_2},
    {"to", EN | EN_2},
    {"toch", NL},
    {"toen", NL},
    {"too", EN},
    {"tot", NL | NL_2},
    {"u", NL | NL_2},
    {"uit", NL | NL_2},
    {"us", EN},
    {"uw", NL},
    {"van", NL | NL_2},
    {"vanaf", NL | NL_2},
    {"veel", NL_2},
    {"via", NL},
    {"volgende", NL_2},
    {"voor", NL | NL_2},
    {"vraag", NL | NL_2},
    {"waar", NL | NL_2},
    {"waarom", NL | NL_2},
    {"wanna", EN | EN_2},
    {"wanneer", NL | NL_2},
    {"want", EN | EN_2},
    {"was", NL | EN},
    {"wat", NL | NL_2},
    {"we", NL | EN},
    {"weet", NL | NL_2},
    {"weg", NL},
    {"wel", NL | NL_2},
    {"welk", NL},
    {"welke", NL | NL_2},
    {"werd", NL},
    {"were", EN},
    {"werk", NL_2},
    {"weten", NL},
    {"what", EN | EN_2},
    {"whats", EN},
    {"when", EN | EN_2},
    {"where", EN | EN_2},
    {"which", EN | EN_2},
    {"while", EN},
    {"who", EN | EN_2},
    {"whom", EN},
    {"why", EN | EN_2},
    {"wie", NL | NL_2},
    {"wij", NL | NL_2},
    {"wil", NL | NL_2},
    {"will", EN | EN_2},
    {"willen", NL | NL_2},
    {"wish", EN},
    {"with", EN | EN_2},
    {"wnr", NL | NL_2},
    {"word", NL | NL_2},
    {"worden", NL | NL_2},
    {"wordt", NL | NL_2},
    {"work", EN_2},
    {"would", EN | EN_2},
    {"yes", EN},
    {"you", EN | EN_2},
    {"your", EN | EN_2},
    {"ze", NL | NL_2},
    {"zei", NL},
    {"zelf", NL},
    {"zij", NL | NL_2},
    {"zijn", NL | NL_2},
    {"zit", NL},
    {"zo", NL},
    {"zodat", NL},
    {"zonder", NL_2},
    {"zou", NL | NL_2},
    {"zouden", NL},
};

/* Bytes as numbers that compare as they do. */
static uint64_t bytes_at(const char *p)
{
    uint64_t n;
    memcpy(&n, p, sizeof n);
    return be64toh(n);
}

static uint64_t four_at(const char *p)
{
    uint32_t n;
    memcpy(&n, p, sizeof n);
    return be32toh(n);
}

/* A word as it stands in the table: its first eight bytes and its last, from BACK on,
 * with zeros behind it. Read in two that overlap, for a copy of unknown length is a call.
 */
struct key {
    uint64_t front, end;
};

static struct key key_of(str w)
{
    if (w.n >= 8)
        return (struct key){bytes_at(w.p),
                            bytes_at(w.p + w.n - 8) << 8 * (LONGEST + 1 - w.n)};
    uint64_t front;
    if (w.n >= 4) {
        front = four_at(w.p) << 32 | four_at(w.p + w.n - 4) << 8 * (8 - w.n);
    } else {
        const unsigned char *p = (const unsigned char *)w.p;
        front = (uint64_t)p[0] << 56 | (uint64_t)p[w.n / 2] << (56 - 8 * (w.n / 2)) |
            (uint64_t)p[w.n - 1] << (56 - 8 * (w.n - 1));
    }
    return (struct key){front, front << 8 * BACK};
}

/* A binary search by the first eight bytes, whose steps are always as many and decide
 * nothing but where to go on: whether a word comes before or behind another is guessed by
 * nobody. Behind it few words have the same eight. */
static unsigned marks_of(str w)
{
    if (w.n == 0 || w.n > LONGEST)
        return 0;
    struct key key = key_of(w);
    size_t at = 0;
    for (size_t n = LEN(function_words); n > 1; n -= n / 2) {
        size_t behind = bytes_at(function_words[at + n / 2].word) <= key.front;
        at += (0 - behind) & (n / 2);
    }
    for (; bytes_at(function_words[at].word) == key.front; at--) {
        if (bytes_at(function_words[at].word + BACK) == key.end)
            return function_words[at].marks;
        if (at == 0)
            break;
    }
    return 0;
}

bool lang_is_stop_word(enum lang l, str folded)
{
    return l != LANG_NONE && marks_of(folded) & (l == LANG_NL ? NL : EN);
}

static bool is_one_of(const char *const *words, size_t n, str word)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(word, str_c(words[i])))
            return true;
    return false;
}

bool lang_is_contraction(enum lang l, str before, str word, bool apostrophe, str after)
{
    static const char *const someone_is[] = {
        "am",      "are",    "be",      "became", "become",   "been",      "being",
        "call",    "called", "calling", "fall",   "fallen",   "falling",   "feel",
        "feeling", "fell",   "felt",    "get",    "gets",     "getting",   "got",
        "im",      "is",     "not",     "report", "reported", "reporting", "still",
        "was",     "were",   "when",    "while",
    };
    static const char *const someone_will[] = {
        "also", "apply", "arrange",    "arrive",  "ask",    "be",     "become", "bring",
        "call", "come",  "definitely", "finish",  "get",    "give",   "go",     "have",
        "just", "leave", "lose",       "make",    "miss",   "move",   "need",   "never",
        "not",  "pay",   "probably",   "receive", "retire", "return", "see",    "send",
        "stay", "take",  "travel",     "try",     "turn",   "want",   "work",
    };
    if (l != LANG_EN || !str_eq(word, STR("ill")))
        return false;
    return apostrophe ||
        (is_one_of(someone_will, LEN(someone_will), after) &&
         !is_one_of(someone_is, LEN(someone_is), before));
}

static int hint(unsigned marks, enum lang l)
{
    unsigned mine = l == LANG_NL ? NL : EN;
    if (marks & (l == LANG_NL ? NL_2 : EN_2))
        return 2;
    return (marks & (NL | EN)) == mine;
}

void lang_hint_each(str folded, int hints[LANG_COUNT])
{
    unsigned marks = marks_of(folded);
    for (int l = 0; l < LANG_COUNT; l++)
        hints[l] = hint(marks, (enum lang)l);
}

int lang_hint(enum lang l, str folded)
{
    return l == LANG_NONE ? 0 : hint(marks_of(folded), l);
}

bool lang_hints(str folded)
{
    unsigned marks = marks_of(folded);
    return hint(marks, LANG_NL) > 0 || hint(marks, LANG_EN) > 0;
}
