#include "nlu/pad.h"

#include "cards.h"

static const struct {
    enum lang lang;
    const char *in, *want;
} pads[] = {
    {LANG_NL, "Hoi, weet iemand misschien of ik verlof kan kopen?",
     "ik verlof kan kopen"},
    {LANG_NL, "hallo! ik heb een vraagje: wanneer komt het loon",
     "wanneer komt het loon"},
    {LANG_NL, "Goedemorgen, kunt u mij vertellen hoe ik me ziek meld? Alvast bedankt!",
     "hoe ik me ziek meld"},
    {LANG_NL, "Beste HR, ik vroeg me af hoeveel dagen ik heb. Groetjes",
     "hoeveel dagen ik heb"},
    {LANG_NL, "ik zou graag willen weten wat mijn saldo is aub", "wat mijn saldo is"},
    {LANG_NL, "hoi", "hoi"},
    {LANG_NL, "bedankt!", "bedankt"},
    {LANG_NL, "dag vrij vragen", "dag vrij vragen"},
    {LANG_NL, "vraag verlof aan", "vraag verlof aan"},
    {LANG_NL, "ik wil graag verlof", "ik wil graag verlof"},
    {LANG_NL, "ik ben ziek!!!", "ik ben ziek"},
    {LANG_NL, "\U0001F642", "\U0001F642"},
    {LANG_NL, "", ""},
    {LANG_EN, "Hi there, does anyone know how I call in sick? Thanks in advance",
     "how i call in sick"},
    {LANG_EN, "I was wondering if I can buy leave, please", "i can buy leave"},
    {LANG_EN, "I'd like to know my balance", "my balance"},
    {LANG_EN, "quick question: when is payday", "when is payday"},
    {LANG_EN, "hello", "hello"},
    {LANG_EN, "help", "help"},
    {LANG_EN, "weet iemand of this works", "weet iemand of this works"},
    {LANG_NONE, "hi, weet iemand of this works", "this works"},
};

static void padding_is_taken_off_and_nothing_else(void **arena)
{
    const struct padding *p = padding_new(*arena);
    for (size_t i = 0; i < LEN(pads); i++) {
        str in = folded(*arena, pads[i].in), once = unpad(p, pads[i].lang, in);
        CHECK_STR(once, pads[i].want, pads[i].in);
        CHECK_STR(unpad(p, pads[i].lang, once), pads[i].want, "twice changes nothing");
        struct words w = words_of(*arena, in);
        struct unpadded each[LANG_COUNT];
        unpad_each(p, &w, each);
        for (int l = 0; l < LANG_COUNT && w.list.n > 0; l++)
            CHECK(str_eq(str_sub(in, w.list.v[each[l].from].from,
                                 w.list.v[each[l].to - 1].to),
                         unpad(p, (enum lang)l, in)),
                  "as one by one");
        CHECK(once.p >= in.p && once.p + once.n <= in.p + in.n, "a part of the question");
    }
}

static void a_long_story_keeps_its_tail(void **arena)
{
    str text = STR("hoi ");
    for (int i = 0; i < 700; i++)
        text = arena_join(*arena, text, STR("woord "));
    text = arena_join(*arena, text, STR("bedankt"));
    str got = unpad(padding_new(*arena), LANG_NL, text);
    CHECK_INT(got.n, text.n - 4, "only the greeting goes");
    struct words w = words_of(*arena, text);
    struct unpadded each[LANG_COUNT];
    unpad_each(padding_new(*arena), &w, each);
    CHECK_INT(each[LANG_NL].from, 1, "the greeting");
    CHECK_INT(each[LANG_NL].to, 702, "and no more");
}

UNIT_MAIN(UNIT(padding_is_taken_off_and_nothing_else), UNIT(a_long_story_keeps_its_tail))
