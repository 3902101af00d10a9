/* What colleagues write in mail and in servicedesks, as it reads in the chat. */
#include "app/desk_text.h"

#include "unit.h"

static const struct {
    const char *why, *written, *want;
} texts[] = {
    {"plain text stays", "Dag Sanne,\n\nDat regel ik.", "Dag Sanne,\n\nDat regel ik."},
    {"line ends of mail", "een\r\n\r\n\r\n\r\ntwee\r\n", "een\n\ntwee"},
    {"less-than is no HTML", "als x < 3 en y > 2", "als x < 3 en y > 2"},
    {"paragraphs and breaks", "<p>een<br>twee</p><p>drie</p>", "een\ntwee\n\ndrie"},
    {"a list", "<ul><li>een</li><li>twee</li></ul>", "- een\n- twee"},
    {"line ends inside HTML are blanks", "<div>een\ntwee</div>", "een twee"},
    {"styles and scripts are for nobody",
     "<style>p{color:red}</style><p>hallo<script>alert(1)</script></p>", "hallo"},
    {"comments too", "<p>a<!-- <b>x</b> -->b</p>", "ab"},
    {"entities", "<p>caf&eacute; &amp; &euro;&nbsp;5 &#8211; &#x41;&bogus;</p>",
     "café & € 5 – A&bogus;"},
    {"attributes with quotes", "<p style=\"font:'x'\">ja</p>", "ja"},
    {"a tag that never ends", "<p>ja</p><div class=", "ja"},
    {"the quoted mail goes",
     "Doe ik.\n\nOp 3 mei 2027 schreef Sanne de Vries:\n> kan dat?", "Doe ik."},
    {"the quoted mail in English",
     "Will do.\n\nOn Mon, 3 May 2027 at 10:00, Sanne wrote:\n> can you?", "Will do."},
    {"Outlook's", "Goed.\n-----Original Message-----\nFrom: x", "Goed."},
    {"a signature goes", "Goed.\n-- \nHanna Agent\nHR", "Goed."},
    {"nothing", "", ""},
    {"nothing but tags", "<p></p><br>", ""},
    {"not UTF-8", "caf\xe9", ""},
};

static void what_was_written_reads_as_plain_text(void **arena)
{
    for (size_t i = 0; i < LEN(texts); i++)
        CHECK_STR(desk_text(*arena, str_c(texts[i].written)), texts[i].want,
                  texts[i].why);
}

static void long_texts_are_cut_at_a_character(void **arena)
{
    char *p = arena_alloc(*arena, 2 * DESK_TEXT_MAX);
    for (size_t i = 0; i + 1 < 2 * DESK_TEXT_MAX; i += 2)
        memcpy(p + i, "é", 2);
    p[0] = 'a';
    p[1] = 'a';
    str s = desk_text(*arena, (str){p, 2 * DESK_TEXT_MAX});
    CHECK(s.n <= DESK_TEXT_MAX + 3 && str_is_utf8(s) && str_ends(s, STR("…")), "cut");
}

static void our_own_comments_are_known(void **arena)
{
    (void)arena;
    CHECK(desk_text_is_ours(STR("hallo\n[balie 0123456789ABCDEFGHJK]")), "with a key");
    CHECK(!desk_text_is_ours(STR("hallo [balie 0123]")), "no key");
    CHECK(!desk_text_is_ours(STR("hallo")), "no mark");
}

static void the_hand_back_word_is_taken_out(void **arena)
{
    bool found;
    CHECK_STR(desk_text_take(*arena, STR("Graag gedaan.\n #BALIE \nGroet"), STR("#balie"),
                             &found),
              "Graag gedaan.\nGroet", "the line goes");
    CHECK(found, "found");
    CHECK_STR(desk_text_take(*arena, STR("zie #balie"), STR("#balie"), &found),
              "zie #balie", "inside a line it is a word");
    CHECK(!found, "not found");
    (void)desk_text_take(*arena, STR("a\n\nb"), STR_NONE, &found);
    CHECK(!found, "an empty word is never found");
}

UNIT_MAIN(UNIT(what_was_written_reads_as_plain_text),
          UNIT(long_texts_are_cut_at_a_character), UNIT(our_own_comments_are_known),
          UNIT(the_hand_back_word_is_taken_out))
