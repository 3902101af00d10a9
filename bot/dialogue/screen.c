#include "dialogue/turning.h"

#include "text/normalise.h"
#include "text/word.h"

/*
 * Words that tell the nature or cause of an illness. A sick report may not hold them,
 * also when volunteered (Autoriteit Persoonsgegevens, "De zieke werknemer", 2016).
 * Beginnings of folded words; a word that ends in "-" in this table must be met whole.
 */
static const char *const roots[] = {
    "aambei",
    "aids",
    "alcoholis",
    "allergi",
    "angina",
    "angststoornis",
    "anorexi",
    "anxiety",
    "artritis",
    "arthritis",
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
    "bronchi",
    "buikgriep",
    "buikpijn",
    "buikloop",
    "burnout",
    "burn-out",
    "cancer",
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
    "diarrhoea",
    "diarrhea",
    "discus",
    "duizelig",
    "eczema",
    "eczeem",
    "endometrio",
    "epilep",
    "fever",
    "flu-",
    "flue-",
    "fractur",
    "galblaas",
    "galsteen",
    "gastroenter",
    "gebroken",
    "gekneusd",
    "griep",
    "hart",
    "headache",
    "heart",
    "hernia",
    "hersenschudding",
    "hiv",
    "hoest",
    "hoofdpijn",
    "infect",
    "influenza",
    "kanker",
    "keelontsteking",
    "keelpijn",
    "kiespijn",
    "kneuzing",
    "koorts",
    "longontsteking",
    "longcovid",
    "maag",
    "menopauz",
    "menopause",
    "menstru",
    "migraine",
    "miskraam",
    "miscarriage",
    "misselijk",
    "nausea",
    "nekhernia",
    "nierste",
    "ontstoken",
    "ontsteking",
    "ooront",
    "operatie",
    "operated",
    "opgenomen",
    "overspannen",
    "overgang-",
    "overgegeven",
    "overgeven",
    "panic",
    "paniekaan",
    "pfeiffer",
    "pneumonia",
    "pregnan",
    "pijn",
    "psoriasis",
    "psychi",
    "psycho",
    "ptss",
    "ptsd",
    "reuma",
    "rheuma",
    "rsi-",
    "rugklacht",
    "rugpijn",
    "rug-",
    "schizofren",
    "snotverkouden",
    "sore-",
    "spierpijn",
    "stomach",
    "stroke-",
    "surgery",
    "tandarts-",
    "tendinitis",
    "therap",
    "tia-",
    "trombose",
    "tumor",
    "verkouden",
    "verstuikt",
    "virus",
    "vomit",
    "voedselvergiftiging",
    "zwanger",
    "zwangerschapsklacht",
    "zweer",
    "flauwgevallen",
    "gevallen-",
    "hooikoorts",
    "jicht",
    "whiplash",
    "sprained",
    "broken-",
    "toothache",
    "throat",
    "gynaecolo",
    "gynecolo",
    "oncolo",
    "cardiolo",
    "neurolo",
    "huisarts-",
    "ziekenhuis",
    "hospital",
    "antibiotic",
    "antidepress",
    "medicijn",
    "medicat",
    "pillen-",
};

static bool is_health_word(str w)
{
    enum { COMPOUND_MIN = 6 };
    for (size_t i = 0; i < LEN(roots); i++) {
        if (roots[i][0] != w.p[0] && w.n <= COMPOUND_MIN)
            continue;
        str root = str_c(roots[i]);
        bool whole = root.p[root.n - 1] == '-';
        if (whole)
            root = str_sub(root, 0, root.n - 1);
        if (whole ? str_eq(w, root) : str_starts(w, root))
            return true;
        /* Dutch compounds: "rughernia", "griepvirus"; only for long roots, so that "hart"
         * does not hit "maart" */
        if (!whole && root.n >= COMPOUND_MIN && str_has(w, root))
            return true;
    }
    return false;
}

str screen_health(struct arena *a, str text, bool *found)
{
    *found = false;
    struct buf b = buf_new(a, text.n * 4 + 16);
    size_t i = 0;
    while (i < text.n) {
        size_t k = i;
        while (k < text.n && !strchr(" \t\r\n.,;:!?()\"/", text.p[k]))
            k++;
        str word = str_sub(text, i, k), folded;
        if (word.n > 0 && normalise(a, word, &folded) == RC_OK &&
            is_health_word(folded)) {
            *found = true;
            buf_put(&b, STR("[…]"));
        } else {
            buf_put(&b, word);
        }
        while (k < text.n && strchr(" \t\r\n.,;:!?()\"/", text.p[k]))
            buf_char(&b, text.p[k++]);
        i = k;
    }
    return *found ? buf_str(&b) : text;
}

bool is_absence_card(const struct card *c)
{
    return str_starts(c->id, STR("absence.")) || str_eq_ascii(c->topic, STR("absence"));
}
