#include "content/lists.h"

#include "content.h"

typedef void reader(const struct place *, str, struct catalogue *);

static struct catalogue read_text(struct arena *a, reader *read, const char *text,
                                  struct diags *d)
{
    struct catalogue c = {.arena = a};
    struct place at = {.arena = a, .diags = d, .file = STR("f")};
    read(&at, str_c(text), &c);
    return c;
}

static str print_words(struct arena *a, const struct catalogue *c)
{
    struct buf b = buf_new(a, 10000);
    for (size_t i = 0; i < c->synonyms.n; i++) {
        const struct synonym *s = &c->synonyms.v[i];
        buf_fmt(&b, "%s:", lang_code(s->lang));
        for (size_t k = 0; k < s->terms.n; k++)
            buf_fmt(&b, "%s%.*s",
                    k == 0           ? ""
                        : s->two_way ? "="
                                     : ">",
                    STR_ARG(s->terms.v[k]));
        buf_char(&b, ';');
    }
    return buf_str(&b);
}

static const struct {
    const char *in, *want, *diags;
} words[] = {
    {"## nl\n- Loon = salaris=pay\n", "nl:loon=salaris=pay;", ""},
    {"## en\n- pto => leave\n", "en:pto>leave;", ""},
    {"## all\n- HR \xe2\x87\x92 p&o = personeelszaken\n", ":hr>p&o>personeelszaken;", ""},
    {"# Words\n\n## NL\n- één dag => verlof\n", "nl:een dag>verlof;", ""},
    {"## nl\n- loon\n", "",
     "f:2:3: error: `loon = salaris` or `papadag => ouderschapsverlof` was expected\n"},
    {"## nl\n- a = = b\n", "", "f:2:7: error: a word is missing here\n"},
    {"## nl\n- => b\n", "", "f:2:3: error: a word is missing here\n"},
    {"## nl\n- a =>\n", "", "f:2:7: error: a word is missing here\n"},
    {"## nl\n- a = b = A\n", "nl:a=b;", "f:2:11: warning: `A` stands here twice\n"},
    {"## nl\n- a = a\n", "",
     "f:2:7: warning: `a` stands here twice\n"
     "f:2:3: warning: this says nothing: it is one word\n"},
    {"- a = b\n", "", "f:1:3: error: words stand under `## nl`, `## en` or `## all`\n"},
    {"## de\n- a = b\n", "",
     "f:1:4: error: unknown heading `de`; known are nl, en, all\n"},
    {"## nl\na = b\n- c = d\n", "nl:c=d;",
     "f:2:1: error: text where an item was expected; is a `- ` missing?\n"},
};

static void words_are_read(void **arena)
{
    for (size_t i = 0; i < LEN(words); i++) {
        struct diags d = diags_new(*arena);
        struct catalogue c = read_text(*arena, words_read, words[i].in, &d);
        CHECK_STR(print_words(*arena, &c), words[i].want, words[i].in);
        CHECK_STR(diags_text(*arena, &d, STR("")), words[i].diags, words[i].in);
    }
}

static const struct {
    const char *in, *want, *diags;
} tellings[] = {
    {"# nl\n## sensitive.a\n- Hij slaat mij!\n## Gewoon\n- mijn klok slaat\n"
     "# en\n## ordinary\n- Hit me\n",
     "nl sensitive.a:hij slaat mij!;nl :mijn klok slaat;en :hit me;", ""},
    {"# nl\n## sensitive.a\n- x\n- X\n## sensitive.b\n- x\n## Ordinary\n- x\n",
     "nl sensitive.a:x;nl sensitive.b:x;",
     "f:4:3: warning: this stands in line 3 already\n"
     "f:8:3: error: line 3 says the opposite: told, or ordinary?\n"},
    {"# nl\n## Odinary\n- x\n", "",
     "f:2:4: error: unknown heading `Odinary`; known are Ordinary and the cards of "
     "sensitive.md\n"},
    {"# nl\n- x\n", "",
     "f:2:3: error: a line stands under a card's name or `## Ordinary`\n"},
    {"# de\n## Ordinary\n- x\n", "",
     "f:1:3: error: unknown language `de`; known are nl, en\n"},
};

static void tellings_are_read(void **arena)
{
    for (size_t i = 0; i < LEN(tellings); i++) {
        struct diags d = diags_new(*arena);
        struct catalogue c = read_text(*arena, told_read, tellings[i].in, &d);
        struct buf b = buf_new(*arena, 1000);
        for (size_t k = 0; k < c.told.n; k++)
            buf_fmt(&b, "%s %.*s:%.*s;", lang_code(c.told.v[k].lang),
                    STR_ARG(c.told.v[k].card), STR_ARG(c.told.v[k].folded));
        CHECK_STR(buf_str(&b), tellings[i].want, tellings[i].in);
        CHECK_STR(diags_text(*arena, &d, STR("")), tellings[i].diags, tellings[i].in);
    }
}

static void what_is_told_belongs_to_a_sensitive_card(void **arena)
{
    struct diags d = diags_new(*arena);
    struct catalogue c = read_text(
        *arena, told_read,
        "# nl\n## sensitive.a\n- x\n## sensitive.b\n- y\n- z\n## Ordinary\n- w\n", &d);
    c.card_by_id = map_new(*arena);
    *arena_push(*arena, &c.cards) = (struct card){.sensitive = true};
    map_put(&c.card_by_id, STR("sensitive.a"), 0);
    told_check(&c, &d);
    CHECK_STR(diags_text(*arena, &d, STR("")),
              "f:5:3: error: there is no card `sensitive.b` in sensitive.md\n", "once");
}

static void contacts_are_read(void **arena)
{
    struct diags d = diags_new(*arena);
    struct catalogue c = read_text(*arena, contacts_read,
                                   "# Contacts\n- hr_phone: 050 123: 4\n## More\n- b: x\n"
                                   "- b: y\n- c d: z\n- e:\n",
                                   &d);
    CHECK_INT(c.contacts.n, 2, "two good ones");
    CHECK_STR(c.contacts.v[0].key, "hr_phone", "key");
    CHECK_STR(c.contacts.v[0].value, "050 123: 4", "value to the line's end");
    CHECK_STR(diags_text(*arena, &d, STR("")),
              "f:5:3: error: the contact `b` stands here twice\n"
              "f:6:3: error: a contact looks like `- hr_phone: 050 123 45 67`\n"
              "f:7:3: error: a contact looks like `- hr_phone: 050 123 45 67`\n",
              "the others");
}

static void the_notice_is_plain_text_in_each_language(void **arena)
{
    struct diags d = diags_new(*arena);
    struct catalogue c = read_text(*arena, notice_read,
                                   "# Notice\n\nFor HR.\n\n## nl\nEen "
                                   "*programma*.\n\n### Meer\nTekst.\n## Notice en\nA.\n",
                                   &d);
    CHECK_STR(c.notice[LANG_NL], "Een programma.\nTekst.", "Dutch");
    CHECK_STR(c.notice[LANG_EN], "A.", "English");
    CHECK_INT(d.list.n, 0, "no mistake");
    read_text(*arena, notice_read, "## nl\nx\n## fr\ny\n", &d);
    CHECK_STR(diags_text(*arena, &d, STR("")),
              "f:3:1: error: unknown heading `fr`; known are nl, en\n"
              "f: warning: the notice lacks `## en` and its text\n",
              "mistakes");
}

static void contacts_are_filled_in_the_notice(void **arena)
{
    struct diags d = diags_new(*arena);
    struct catalogue c = read_text(*arena, notice_read,
                                   "## nl\nBel {contact.tel} of {x}.\n## en\nNo.\n", &d);
    *arena_push(*arena, &c.contacts) = (struct trait){STR("tel"), STR("050")};
    struct place at = {.arena = *arena, .diags = &d, .file = STR("f")};
    notice_fill(&at, &c);
    CHECK_STR(c.notice[LANG_NL], "Bel 050 of {x}.", "filled");
    CHECK_STR(c.notice[LANG_EN], "No.", "as it was");
    CHECK_STR(diags_text(*arena, &d, STR("")),
              "f: error: unknown slot `{x}`; a notice knows `{contact.NAME}` only\n",
              "told");
}

static void routing_is_read(void **arena)
{
    struct diags d = diags_new(*arena);
    struct catalogue c = read_text(*arena, routing_read,
                                   "unit;topic;rol;queue;partner;floor\n"
                                   "IT; leave ;;HR;Ann;1\n*;pay;*;Payroll;;\n;x;;;;\n",
                                   &d);
    CHECK_INT(c.routes.n, 2, "two good rows");
    CHECK_STR(c.routes.v[0].unit, "IT", "unit");
    CHECK_STR(c.routes.v[0].topic, "leave", "trimmed");
    CHECK_STR(c.routes.v[1].queue, "Payroll", "queue");
    CHECK_STR(c.routes.v[1].unit, "", "a star is like nothing");
    CHECK_INT(c.routes.v[1].line, 3, "line");
    CHECK_STR(diags_text(*arena, &d, STR("")),
              "f:1:1: warning: unknown column `floor`; known are unit/afdeling, "
              "topic/onderwerp, role/rol, queue/wachtrij, sensitivity/gevoeligheid, "
              "partner/hr partner/adviseur, language/taal\n"
              "f:4:1: error: this row lacks its queue\n",
              "mistakes");
    struct diags none = diags_new(*arena);
    read_text(*arena, routing_read, "unit,topic\na,b\n", &none);
    CHECK_STR(diags_text(*arena, &none, STR("")),
              "f:1:1: error: the column `queue` is missing\n", "no queue");
}

static void routing_knows_languages_and_what_is_sensitive(void **arena)
{
    struct diags d = diags_new(*arena);
    struct catalogue c = read_text(*arena, routing_read,
                                   "taal,gevoeligheid,queue\nEngels,gewoon,HR-EN\n"
                                   "nl,Sensitive,Closed\n*,,HR\nfrans,,HR-FR\n"
                                   "en,sensitief,X\n",
                                   &d);
    CHECK_INT(c.routes.n, 3, "three good rows");
    CHECK_INT(c.routes.v[0].lang, LANG_EN, "by its Dutch name");
    CHECK(!c.routes.v[0].sensitive, "an ordinary line");
    CHECK_INT(c.routes.v[1].lang, LANG_NL, "by its code");
    CHECK(c.routes.v[1].sensitive, "a closed one");
    CHECK_INT(c.routes.v[2].lang, LANG_NONE, "any language");
    CHECK_STR(diags_text(*arena, &d, STR("")),
              "f:5:1: error: unknown language `frans`; known are nl/Nederlands/Dutch, "
              "en/Engels/English\n"
              "f:6:1: error: unknown sensitivity `sensitief`; probably meant "
              "`sensitive`?\n",
              "mistakes");
}

UNIT_MAIN(UNIT(routing_knows_languages_and_what_is_sensitive), UNIT(words_are_read),
          UNIT(tellings_are_read), UNIT(what_is_told_belongs_to_a_sensitive_card),
          UNIT(contacts_are_read), UNIT(the_notice_is_plain_text_in_each_language),
          UNIT(contacts_are_filled_in_the_notice), UNIT(routing_is_read))
