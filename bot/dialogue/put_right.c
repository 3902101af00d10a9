#include "dialogue/turning.h"

/*
 * Behind an answer people put right what they meant: "no, I meant care leave, not
 * parental", "niet dat, geboorteverlof", "nee, de andere".
 */

enum { OTHER_MAX = 32 };

/* Cuts one of the fronts off s, with the comma behind it. False: none stands there. */
static bool cut_front(str *s, const char *const *fronts, size_t n)
{
    for (size_t i = 0; i < n && s->n > 0; i++) {
        if (s->p[0] != fronts[i][0]) /* most of them */
            continue;
        str front = str_c(fronts[i]);
        if (!str_starts(*s, front))
            continue;
        str rest = str_sub(*s, front.n, s->n);
        if (rest.n > 0 && !strchr(" ,.:;!", rest.p[0]))
            continue; /* "nou" of "nouveau" */
        while (rest.n > 0 && strchr(" ,.:;!", rest.p[0]))
            rest = str_sub(rest, 1, rest.n);
        *s = rest;
        return true;
    }
    return false;
}

static bool cut_hesitation(str *s)
{
    static const char *const words[] = {
        "nee",      "neen", "no",  "nope",   "sorry", "oh",   "o",
        "oeps",     "oops", "ah",  "eh",     "uh",    "well", "nou",
        "ja",       "maar", "but", "wacht",  "wait",  "hm",   "eigenlijk",
        "actually", "ok",   "oke", "excuus", "nah"};
    return cut_front(s, words, LEN(words));
}

/* What is not meant, in front ("not parental but care", "niet dat, geboorteverlof"): cut
 * off up to where the other begins. */
static bool cut_denied(str *s)
{
    static const char *const fronts[] = {"niet", "geen", "not"};
    static const char *const turns[] = {" maar ", " but ", ", ", " wel "};
    str rest = *s;
    if (!cut_front(&rest, fronts, LEN(fronts)))
        return false;
    for (size_t i = 0; i < LEN(turns); i++) {
        ptrdiff_t at = str_find(rest, str_c(turns[i]));
        if (at < 0)
            continue;
        *s = str_trim(str_sub(rest, (size_t)at + strlen(turns[i]), rest.n));
        return s->n > 0;
    }
    return false;
}

static bool cut_marker(str *s)
{
    static const char *const markers[] = {"ik bedoel",
                                          "ik bedoelde",
                                          "bedoel ik",
                                          "bedoelde ik",
                                          "ik heb het over",
                                          "ik had het over",
                                          "ik vroeg naar",
                                          "ik vroeg om",
                                          "ik vraag naar",
                                          "het gaat mij om",
                                          "het gaat me om",
                                          "het gaat over",
                                          "het ging mij om",
                                          "het ging me om",
                                          "het ging over",
                                          "i meant",
                                          "i mean",
                                          "i'm talking about",
                                          "i am talking about",
                                          "i was talking about",
                                          "i'm asking about",
                                          "i am asking about",
                                          "i was asking about",
                                          "i asked about",
                                          "i asked for",
                                          "it's about",
                                          "it is about",
                                          "it was about"};
    return cut_front(s, markers, LEN(markers));
}

/* "..., not parental", "in plaats van ouderschapsverlof": what is not meant, behind. */
static str without_tail(str s)
{
    static const char *const tails[] = {", not ",        ", niet ",   " instead of ",
                                        " rather than ", " and not ", " in plaats van ",
                                        " en niet ",     ", geen ",   " ipv "};
    for (size_t i = 0; i < LEN(tails); i++) {
        ptrdiff_t at = str_find(s, str_c(tails[i]));
        if (at > 0)
            s = str_sub(s, 0, (size_t)at);
    }
    return str_trim(s);
}

str put_right(struct turning *t, str said)
{
    static const char *const really[] = {"eigenlijk", "actually", "juist",
                                         "gewoon",    "just",     "really"};
    str rest = said;
    while (cut_hesitation(&rest))
        continue;
    bool denied = cut_denied(&rest);
    while (denied && cut_hesitation(&rest))
        continue;
    bool marked = cut_marker(&rest);
    while (marked && cut_front(&rest, really, LEN(really)))
        continue;
    if (marked)
        cut_denied(&rest);
    rest = denied || marked ? without_tail(rest) : STR_NONE;
    if (rest.n > 0)
        trace(t, "put right: what was meant stands behind it");
    return rest;
}

bool other_one(str said)
{
    static const str phrases[] = {STR_INIT("de andere"),       STR_INIT("die andere"),
                                  STR_INIT("het andere"),      STR_INIT("dat andere"),
                                  STR_INIT("de ander"),        STR_INIT("een andere"),
                                  STR_INIT("the other one"),   STR_INIT("the other"),
                                  STR_INIT("that other one"),  STR_INIT("another one"),
                                  STR_INIT("the other thing"), STR_INIT("other one")};
    while (cut_hesitation(&said))
        continue;
    while (said.n > 0 && strchr("!?. ", said.p[said.n - 1]))
        said.n--;
    return said.n <= OTHER_MAX && str_among(said, phrases, LEN(phrases)) >= 0;
}

/* The topics that were offered together with the one that was taken and answered. */
bool take_other_one(struct turning *t)
{
    const struct session *s = t->s;
    const struct offer *left = NULL;
    str group = STR_NONE;
    size_t n = 0;
    for (size_t i = 0; i < s->n_offers; i++) {
        str id = s->offers[i].id;
        if (s->offers[i].type == OFFER_CARD &&
            str_eq(s->offers[i].target, s->given[0].what))
            group = str_cut(&id, '.');
    }
    for (size_t i = 0; i < s->n_offers && group.n > 0; i++) {
        str id = s->offers[i].id;
        bool topic =
            s->offers[i].type == OFFER_CARD || s->offers[i].type == OFFER_ARTICLE;
        if (!topic || !str_eq(str_cut(&id, '.'), group) ||
            str_eq(s->offers[i].target, s->given[0].what))
            continue;
        left = &s->offers[i];
        n++;
    }
    if (n != 1)
        return false;
    trace(t, "the other of the two that were offered");
    struct offer taken = *left;
    choice_take(t, &taken);
    return true;
}
