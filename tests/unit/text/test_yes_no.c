#include "text/normalise.h"
#include "text/when.h"
#include "unit.h"

static const char *const yes[] = {
    "ja",
    "Ja!",
    "ja graag",
    "ja hoor",
    "jaaaa",
    "doe maar",
    "prima",
    "is goed",
    "ja, dat is goed",
    "dat klopt",
    "klopt allemaal",
    "akkoord",
    "oké",
    "ok 👍",
    "👍🏽",
    "✅",
    "graag",
    "verstuur maar",
    "ja doe maar, bedankt",
    "geen probleem",
    "waarom niet",
    "natuurlijk",
    "ja ja",
    "liever wel ja",
    "dat lijkt me prima",
    "yes",
    "yes please",
    "yesss",
    "yep thanks",
    "sure",
    "yes, that's right",
    "go ahead",
    "sounds good",
    "no problem",
    "why not",
    "of course",
    "that works",
    "I agree",
    "please do",
    "okay doe maar",
    "it is correct",
};
static const char *const no[] = {
    "nee",
    "Nee.",
    "nee dank je",
    "nee hoor",
    "neeee",
    "liever niet",
    "nee liever niet",
    "doe maar niet",
    "doe toch maar niet",
    "klopt niet",
    "dat klopt niet",
    "niet versturen",
    "nee niet versturen",
    "laat maar",
    "nee laat maar",
    "natuurlijk niet",
    "nog niet",
    "nee, nog niet",
    "niet nodig",
    "dat is niet goed",
    "👎",
    "❌",
    "no",
    "nope",
    "no thanks",
    "no, that's wrong",
    "not really",
    "not now",
    "don't send it",
    "please don't",
    "never mind",
    "absolutely not",
    "I don't think so",
};
static const char *const neither[] = {
    "",
    ".",
    "?",
    "🙂",
    "ja maar eerst iets anders",
    "ja nee",
    "yes and no",
    "yes but no",
    "misschien",
    "weet niet",
    "ik weet het niet",
    "ja?",
    "klopt dat?",
    "nee ik wil vrijdag",
    "ja 3 mei",
    "hoezo",
    "goede vraag",
    "no idea",
    "not sure",
    "graag gedaan",
    "stop",
    "3",
    "nee is goed",
    "nee klopt",
    "ja, niet versturen",
    "ik wil verlof aanvragen",
    "hoeveel verlof heb ik nog",
    "jan",
    "nog",
};

static int answer(struct arena *a, const char *text, enum lang l)
{
    str folded;
    CHECK_RC(normalise(a, str_c(text), &folded), RC_OK);
    return yes_no(folded, l);
}

static void check(struct arena *a, const char *const *texts, size_t n, int want)
{
    for (size_t i = 0; i < n; i++)
        for (int l = LANG_NONE; l < LANG_COUNT; l++) /* people answer in either */
            CHECK_INT(answer(a, texts[i], (enum lang)l), want, texts[i]);
}

static void a_yes_is_a_yes_in_both_languages(void **state)
{
    check(*state, yes, LEN(yes), 1);
}

static void a_no_is_a_no_in_both_languages(void **state)
{
    check(*state, no, LEN(no), -1);
}

static void anything_more_is_neither(void **state)
{
    check(*state, neither, LEN(neither), 0);
}

UNIT_MAIN(UNIT(a_yes_is_a_yes_in_both_languages), UNIT(a_no_is_a_no_in_both_languages),
          UNIT(anything_more_is_neither))
