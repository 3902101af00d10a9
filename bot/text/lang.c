#include "text/lang.h"

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

/* Sorted by byte, so that a look-up is a binary search. Negations (geen, niet, not, no)
 * are left in: they carry meaning. */
static const char *const stop_nl[] = {
    "aan",         "aangezien",   "al",        "alle",     "alles",  "als",
    "alsjeblieft", "alstublieft", "ben",       "bent",     "bij",    "daar",
    "dan",         "dat",         "de",        "deze",     "die",    "dit",
    "doe",         "doen",        "door",      "dus",      "echt",   "een",
    "eens",        "eigenlijk",   "elke",      "en",       "er",     "even",
    "ga",          "gaan",        "gaat",      "gedaan",   "gewoon", "graag",
    "haar",        "had",         "hallo",     "heb",      "hebben", "hebt",
    "heeft",       "hem",         "hen",       "het",      "hier",   "hij",
    "hoe",         "hoeveel",     "hoi",       "hun",      "iets",   "ik",
    "in",          "is",          "ja",        "je",       "jij",    "jou",
    "jouw",        "jullie",      "kan",       "komen",    "komt",   "kon",
    "krijg",       "krijgen",     "krijgt",    "kun",      "kunnen", "laat",
    "maar",        "mag",         "me",        "mee",      "men",    "met",
    "mij",         "mijn",        "misschien", "mn",       "moet",   "moeten",
    "mogen",       "na",          "naar",      "namelijk", "nog",    "nou",
    "nu",          "of",          "om",        "ons",      "onze",   "ook",
    "op",          "over",        "per",       "s",        "sinds",  "snel",
    "soms",        "t",           "te",        "tegen",    "ten",    "ter",
    "toch",        "toen",        "tot",       "u",        "uit",    "uw",
    "van",         "vanaf",       "via",       "voor",     "vraag",  "waar",
    "waarom",      "wanneer",     "was",       "wat",      "we",     "weet",
    "weg",         "wel",         "welk",      "welke",    "werd",   "weten",
    "wie",         "wij",         "wil",       "willen",   "word",   "worden",
    "wordt",       "ze",          "zei",       "zelf",     "zij",    "zijn",
    "zit",         "zo",          "zodat",     "zou",      "zouden",
};
static const char *const stop_en[] = {
    "a",    "about",     "actually", "after", "all",   "also",  "am",     "an",
    "and",  "any",       "anyone",   "are",   "as",    "at",    "be",     "because",
    "been", "before",    "being",    "but",   "by",    "can",   "could",  "did",
    "do",   "does",      "doing",    "done",  "each",  "every", "for",    "from",
    "get",  "getting",   "give",     "go",    "going", "got",   "had",    "has",
    "have", "having",    "hello",    "her",   "here",  "hi",    "him",    "his",
    "how",  "i",         "id",       "if",    "ill",   "im",    "in",     "into",
    "is",   "it",        "its",      "ive",   "just",  "know",  "let",    "like",
    "many", "may",       "me",       "might", "mine",  "much",  "must",   "my",
    "need", "now",       "of",       "on",    "one",   "or",    "our",    "out",
    "over", "please",    "really",   "s",     "shall", "she",   "should", "so",
    "some", "something", "tell",     "than",  "that",  "the",   "their",  "them",
    "then", "there",     "these",    "they",  "thing", "this",  "those",  "to",
    "too",  "us",        "want",     "was",   "we",    "were",  "what",   "whats",
    "when", "where",     "which",    "while", "who",   "whom",  "why",    "will",
    "wish", "with",      "would",    "yes",   "you",   "your",
};

static bool listed(const char *const *words, size_t n, str w)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = str_cmp(w, str_c(words[mid]));
        if (c == 0)
            return true;
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return false;
}

bool lang_is_stop_word(enum lang l, str folded)
{
    if (l == LANG_NL)
        return listed(stop_nl, LEN(stop_nl), folded);
    return l == LANG_EN && listed(stop_en, LEN(stop_en), folded);
}

/* Function words of one language that are no word, or a rare one, in the other. */
static const char *const strong_nl[] = {
    "aan",     "alle",   "als",     "bij",      "daar",    "dat",    "de",     "deze",
    "dit",     "doen",   "een",     "en",       "er",      "gaat",   "geen",   "graag",
    "heb",     "hebben", "hebt",    "heeft",    "het",     "hij",    "hoe",    "hoeveel",
    "hoi",     "iemand", "iets",    "ik",       "ja",      "je",     "jij",    "jullie",
    "kan",     "krijg",  "krijgen", "krijgt",   "kun",     "kunnen", "maar",   "mag",
    "meer",    "met",    "mij",     "mijn",     "mn",      "moet",   "moeten", "mogen",
    "na",      "naar",   "nee",     "niet",     "nog",     "nu",     "of",     "om",
    "onze",    "ook",    "op",      "te",       "tijdens", "tot",    "u",      "uit",
    "van",     "vanaf",  "veel",    "volgende", "voor",    "vraag",  "waar",   "waarom",
    "wanneer", "wat",    "weet",    "wel",      "welke",   "werk",   "wie",    "wij",
    "wil",     "willen", "word",    "worden",   "wordt",   "ze",     "zij",    "zijn",
    "zonder",  "zou",
};
static const char *const strong_en[] = {
    "about", "after", "and",    "any",  "anyone", "are",    "be",    "been",   "before",
    "but",   "can",   "could",  "did",  "does",   "during", "every", "for",    "from",
    "get",   "have",  "hello",  "her",  "his",    "how",    "i",     "if",     "ill",
    "im",    "it",    "its",    "ive",  "leave",  "left",   "like",  "many",   "may",
    "much",  "must",  "my",     "need", "no",     "not",    "our",   "please", "should",
    "take",  "tell",  "thanks", "that", "the",    "their",  "there", "they",   "this",
    "to",    "want",  "what",   "when", "where",  "which",  "who",   "why",    "will",
    "with",  "work",  "would",  "you",  "your",
};

int lang_hint(enum lang l, str folded)
{
    if (l == LANG_NL && listed(strong_nl, LEN(strong_nl), folded))
        return 2;
    if (l == LANG_EN && listed(strong_en, LEN(strong_en), folded))
        return 2;
    if (lang_is_stop_word(l, folded) &&
        !lang_is_stop_word(l == LANG_NL ? LANG_EN : LANG_NL, folded))
        return 1;
    return 0;
}
