#include "content/card.h"

#include "content.h"

static struct card_draft read_one(struct arena *a, const char *text, struct diags *d)
{
    struct scan scan;
    struct place at = {.arena = a, .diags = d, .file = STR("f.md")};
    scan_text(a, at.file, str_c(text), 1, &card_rules, d, &scan);
    assert_true(scan.cards.n > 0);
    struct card_draft out;
    card_read(&at, &scan.cards.v[0], &out);
    return out;
}

/* The same card in the words of each language. */
static const char english[] =
    "# leave.request\n"
    "- name: en Ask for leave | nl Verlof vragen\n"
    "- owner: hr-services\n"
    "- review by: 2026-12-31\n"
    "- minutes: 6\n"
    "- source: nl leave/request#Hoe | en leave/request#How\n"
    "- audience: country=NL\n"
    "- valid from: 2026-01-01\n"
    "- valid_to: 2026-12-31\n"
    "- topic: time\n"
    "\n"
    "## Say nl\n- Vrij vragen!\n- één dag\n"
    "## Patterns nl\n- [ik] wil vrij\n- /\\Sverlof\\b/\n"
    "## Signs nl\n- /\\Sdag\\b/\n"
    "## Not nl\n- niet vrij\n"
    "## Say en\n- Time off\n"
    "## Ask\n"
    "- from: date required | nl Vanaf? | en From?\n"
    "- part: choice(heel=whole, half=half) | nl Deel? | en Part?\n"
    "## Do\n- look up: leave balance\n- open ticket: Payroll\n"
    "## Answer nl\nDank, **{from}**.\n"
    "## Answer nl country=BE contract=a,b\nBelgisch.\n"
    "## Answer en\nThanks.\n"
    "## Tests nl\n- vrij graag\n- ziek => absence.report\n"
    "- weer => none\n- eh => choice\n"
    "- regels => article leave/request\n"
    "- vrij van 3 mei => leave.request from=2026-05-03\n"
    "- hele dag vrij part=heel\n- 1+1=2\n";

static const char dutch[] = "# leave.request\n"
                            "- Naam: nl Verlof vragen | en Ask for leave\n"
                            "- Eigenaar: hr-services\n"
                            "- Nakijken voor: 2026-12-31\n"
                            "- Minuten: 6\n"
                            "- Bron: nl leave/request#Hoe | en leave/request#How\n"
                            "- Doelgroep: country=NL\n"
                            "- Geldig vanaf: 2026-01-01\n"
                            "- Geldig tot en met: 2026-12-31\n"
                            "- Onderwerp: time\n"
                            "\n"
                            "## Zeggen nl\n- Vrij vragen!\n- één dag\n"
                            "## Patronen nl\n- [ik] wil vrij\n- /\\Sverlof\\b/\n"
                            "## Signalen nl\n- /\\Sdag\\b/\n"
                            "## Niet nl\n- niet vrij\n"
                            "## ZEGGEN en\n- Time off\n"
                            "## Vragen\n"
                            "- from: datum verplicht | nl Vanaf? | en From?\n"
                            "- part: keuze(heel=whole, half=half) | nl Deel? | en Part?\n"
                            "## Doen\n- opzoeken: verlofsaldo\n- melding: Payroll\n"
                            "## Antwoord nl\nDank, **{from}**.\n"
                            "## Antwoord nl [country=BE contract=a,b]\nBelgisch.\n"
                            "## Antwoord en\nThanks.\n"
                            "## Toetsen nl\n- vrij graag\n- ziek => absence.report\n"
                            "- weer => geen\n- eh => keuze\n"
                            "- regels ⇒ artikel leave/request.md\n"
                            "- vrij van 3 mei → leave.request from=2026-05-03\n"
                            "- hele dag vrij part=“heel”\n- 1+1=2\n";

static void check_keys(const struct card *c)
{
    CHECK_STR(c->id, "leave.request", "id");
    CHECK_STR(c->name[LANG_NL], "Verlof vragen", "Dutch name");
    CHECK_STR(c->name[LANG_EN], "Ask for leave", "English name");
    CHECK_STR(c->owner, "hr-services", "owner");
    CHECK_INT(c->minutes, 6, "minutes");
    CHECK_INT(c->review_by, date_of(2026, 12, 31), "review by");
    CHECK_INT(c->valid_from, date_of(2026, 1, 1), "from");
    CHECK_INT(c->valid_to, date_of(2026, 12, 31), "to");
    CHECK_STR(c->source[LANG_NL].path, "leave/request", "path");
    CHECK_STR(c->source[LANG_NL].heading, "Hoe", "Dutch heading");
    CHECK_STR(c->source[LANG_EN].heading, "How", "English heading");
    CHECK_INT(c->audience.n, 1, "audience");
    CHECK_STR(c->topic, "time", "topic");
    CHECK_STR(c->queue, "Payroll", "the ticket's queue");
}

static void check_sections(const struct card *c)
{
    CHECK_INT(c->say[LANG_NL].list.n, 2, "phrases");
    CHECK_STR(c->say[LANG_NL].list.v[1].text, "één dag", "as written");
    CHECK_STR(c->say[LANG_NL].list.v[1].folded, "een dag", "folded");
    CHECK_INT(c->say[LANG_NL].list.v[0].line, 13, "line");
    CHECK_STR(c->patterns[LANG_NL].list.v[1].folded, "/\\Sverlof\\b/", "not folded");
    CHECK_INT(c->nots[LANG_NL].list.n, 1, "nots");
    CHECK_INT(c->signs[LANG_NL].list.n, 1, "signs");
    CHECK_STR(c->signs[LANG_NL].list.v[0].folded, "/\\Sdag\\b/", "not folded either");
    CHECK_INT(c->slots.n, 2, "form");
    CHECK_STR(c->slots.v[1].options[0].label[LANG_EN], "whole", "option");
    CHECK_INT(c->actions.n, 2, "actions");
    CHECK_INT(c->actions.v[0].type, ACTION_LOOKUP, "look-up");
    CHECK_STR(c->actions.v[0].arg, "leave_balance", "its own name");
    CHECK_INT(c->actions.v[1].type, ACTION_TICKET, "ticket");
    CHECK_INT(c->answers.n, 3, "answers");
    CHECK_STR(c->answers.v[0].html, "<p>Dank, <strong>{from}</strong>.</p>", "HTML");
    CHECK_STR(c->answers.v[0].text, "Dank, {from}.", "text");
    CHECK_STR(c->answers.v[0].markdown, "Dank, **{from}**.", "Markdown");
    CHECK_INT(c->answers.v[1].audience.n, 2, "conditions");
}

static void check_tests(const struct card *c)
{
    CHECK_INT(c->tests.n, 8, "tests");
    const struct card_test *t = c->tests.v;
    CHECK(t[0].expect == EXPECT_CARD && t[0].target.n == 0, "this card");
    CHECK_STR(t[1].target, "absence.report", "another card");
    CHECK_INT(t[2].expect, EXPECT_NONE, "none");
    CHECK_INT(t[3].expect, EXPECT_CHOICE, "choice");
    CHECK_INT(t[4].expect, EXPECT_ARTICLE, "article");
    CHECK_STR(t[4].target, "leave/request", "its path");
    CHECK_STR(t[5].text, "vrij van 3 mei", "without arrow and slots");
    CHECK_STR(t[5].slots.v[0].value, "2026-05-03", "slot");
    CHECK_STR(t[6].text, "hele dag vrij", "slot without arrow");
    CHECK_STR(t[6].slots.v[0].value, "heel", "smart quotes go");
    CHECK_STR(t[7].text, "1+1=2", "no slot of this form");
}

static void a_full_card_is_read_in_both_languages(void **arena)
{
    const char *const texts[] = {english, dutch};
    for (size_t i = 0; i < LEN(texts); i++) {
        struct diags d = diags_new(*arena);
        struct card_draft got = read_one(*arena, texts[i], &d);
        CHECK_STR(diags_text(*arena, &d, STR("")), "", "no mistake");
        assert_false(got.broken);
        check_keys(&got.card);
        check_sections(&got.card);
        check_tests(&got.card);
    }
}

static void what_is_not_written_is_filled_in(void **arena)
{
    struct diags d = diags_new(*arena);
    struct card c = read_one(*arena, "# leave.x\n- name: nl Verlof\n", &d).card;
    CHECK_STR(c.name[LANG_EN], "Verlof", "the other language's name");
    CHECK_STR(diags_text(*arena, &d, STR("")),
              "f.md:2:9: warning: no name in English: English buttons show this one\n",
              "and said so");
    d = diags_new(*arena);
    CHECK_STR(c.topic, "leave", "the id up to its dot");
    CHECK(c.valid_to == DATE_NONE && c.review_by == DATE_NONE, "open dates");
    CHECK_INT(c.source[LANG_NL].article, -1, "no source");
    c = read_one(*arena, "# x\n## Do\n- open ticket\n", &d).card;
    CHECK_STR(c.name[LANG_NL], "x", "the id");
    CHECK_STR(c.actions.v[0].arg, "HR", "the first queue");
    c = read_one(*arena, "# none\n## Say nl\n- weer\n## Tests nl\n- regen\n", &d).card;
    CHECK(c.none && c.tests.v[0].expect == EXPECT_NONE, "tests of none expect none");
    c = read_one(*arena, "# x\n- name: Verlof\n- source: leave/x\n", &d).card;
    CHECK_STR(c.name[LANG_EN], "Verlof", "one name for both");
    CHECK_STR(c.source[LANG_NL].path, "leave/x", "one source for both");
    CHECK_INT(d.list.n, 0, "no mistake");
}

static const struct {
    const char *in, *want;
} mistakes[] = {
    {"# leave balance\n",
     "f.md:1:3: error: `leave balance` cannot name a card: letters, "
     "digits, dots, dashes and underscores only, like `leave.balance`\n"},
    {"#\n",
     "f.md:1:2: error: `` cannot name a card: letters, digits, dots, dashes and "
     "underscores only, like `leave.balance`\n"},
    {"# x\n- hoi\n",
     "f.md:2:3: error: a key and a colon were expected, like `- owner: "
     "hr-services`; an example phrase belongs under `## Say nl`\n"},
    {"# x\n- onwer: y\n",
     "f.md:2:3: error: unknown key `onwer`; probably meant `owner`?\n"},
    {"# x\n- owner: y\n- eigenaar: z\n",
     "f.md:3:3: error: the key `owner` stands here twice\n"},
    {"# x\n- owner:\n", "f.md:2:3: error: `owner` lacks a value\n"},
    {"# x\n- review by: 31-12-2026\n",
     "f.md:2:14: error: `31-12-2026` is no date; write it like 2026-12-31\n"},
    {"# x\n- valid to: 2026-02-30\n",
     "f.md:2:13: error: `2026-02-30` is no date; write it like 2026-12-31\n"},
    {"# x\n- minutes: six\n", "f.md:2:12: error: `six` is no number of minutes\n"},
    {"# x\n- valid from: 2026-02-01\n- valid to: 2026-01-01\n",
     "f.md:1:3: error: the card ends before it begins\n"},
    {"# x\n- name: en A | B\n", "f.md:2:16: error: `nl` or `en` was expected here\n"},
    {"# x\n- audience: NL\n",
     "f.md:2:13: error: `NL` is no condition; write `country=NL` or `contract=a,b`\n"},
    {"# x\n##\n", "f.md:2:3: error: this heading is empty\n"},
    {"# x\n## Sya nl\n- y\n",
     "f.md:2:4: error: unknown heading `Sya nl`; probably meant `Say`?\n"},
    {"# x\n## Antwort nl\n",
     "f.md:2:4: error: unknown heading `Antwort nl`; probably meant "
     "`Antwoord`?\n"},
    {"# x\n## Examples nl\n",
     "f.md:2:4: error: unknown heading `Examples nl`; known are Say/Zeggen, "
     "Patterns/Patronen, Signs/Signalen, Not/Niet, Answer/Antwoord, Ask/Vragen, "
     "Do/Doen, Tests/Toetsen\n"},
    {"# x\n## Say\n- y\n",
     "f.md:2:4: error: `Say` needs a language: `## Say nl` or `## Say en`\n"},
    {"# x\n## Answer nl\nBel {contact.hr_phone nu.\n",
     "f.md:3:6: error: a brace without its partner: `{contact.hr_phone}` was probably "
     "meant\n"},
    {"# x\n## Answer nl\nBel contact.hr_phone} nu.\n",
     "f.md:3:5: error: a brace without its partner: `{contact.hr_phone}` was probably "
     "meant\n"},
    {"# x\n## Say de\n- y\n",
     "f.md:2:4: error: `Say` needs a language: `## Say nl` or `## Say en`\n"},
    {"# x\n## Ask nl\n", "f.md:2:4: error: `## Ask` stands alone, for all languages\n"},
    {"# x\n## Say nl country=NL\n- y\n",
     "f.md:2:11: error: only an answer has conditions\n"},
    {"# x\n## Say nl\n- \xe2\x80\x8b\n",
     "f.md:3:3: error: nothing in this line can be matched\n"},
    {"# x\n## Answer nl\n\n## Answer en\ny\n", "f.md:2:4: error: this answer is empty\n"},
    {"# x\n## Answer nl NL\ny\n",
     "f.md:2:14: error: `NL` is no condition; write `country=NL` or `contract=a,b`\n"},
    {"# x\n## Answer nl\ny\n## Answer nl\nz\n",
     "f.md:4:4: error: this answer is as specific as the one in line 2: for some people "
     "both "
     "would fit\n"},
    {"# x\n## Answer nl country=NL\ny\n## Answer nl contract=a\nz\n",
     "f.md:4:4: error: this answer is as specific as the one in line 2: for some people "
     "both "
     "would fit\n"},
    {"# x\n## Answer nl\n\ny [z](http://a.b/{person.unit})\n",
     "f.md:4:3: error: a slot cannot stand in a link's target\n"},
    {"# x\n## Ask\n- a: date | nl A?\n- a: text | nl B?\n",
     "f.md:4:3: error: the slot `a` stands here twice\n"},
    {"# x\n## Ask\n- a: choice(heel=whole, half) | nl A?\n"
     "- b: amount if a=deels | nl B?\n",
     "f.md:4:3: error: `deels` is no answer to `a`\n"},
    {"# x\n## Ask\n- b: amount if a=heel | nl B?\n",
     "f.md:3:3: error: `if a` names no question above this one\n"},
    {"# absence.x\n## Ask\n- reason: text | nl Waarom?\n",
     "f.md:3:3: error: a sick report may not ask for the nature or cause of an "
     "illness\n"},
    {"# x\n- topic: absence\n## Ask\n- a: text | nl Welke klachten heb je?\n",
     "f.md:4:3: error: a sick report may not ask for the nature or cause of an "
     "illness\n"},
    {"# x\n## Do\n- lok up: y\n",
     "f.md:3:3: error: unknown action `lok up`; probably meant `look up`?\n"},
    {"# x\n## Do\n- look up:\n",
     "f.md:3:3: error: what to look up is missing; write `look up: leave_balance`\n"},
    {"# x\n## Do\n- look up: leave_balans\n",
     "f.md:3:12: error: unknown look-up `leave_balans`; probably meant "
     "`leave_balance`?\n"},
    {"# x\n## Tests nl\n- y =>\n",
     "f.md:3:7: error: what is expected is missing behind "
     "`=>`\n"},
    {"# x\n## Tests nl\n- => none\n",
     "f.md:3:3: error: the question of this test is missing\n"},
    {"# x\n## Tests nl\n- y => two words\n",
     "f.md:3:8: error: `two words` is no target; write `=> other.card`, `=> none`, `=> "
     "choice` or `=> article leave/balance`\n"},
    {"# x\n## Say nl\n- caf\xe9\n",
     "f.md:3:6: error: this is not UTF-8; save the file as UTF-8\n"},
};

static void mistakes_are_told_and_break_the_card(void **arena)
{
    for (size_t i = 0; i < LEN(mistakes); i++) {
        struct diags d = diags_new(*arena);
        struct card_draft got = read_one(*arena, mistakes[i].in, &d);
        CHECK_STR(diags_text(*arena, &d, STR("")), mistakes[i].want, mistakes[i].in);
        CHECK(got.broken, mistakes[i].in);
    }
}

static void all_mistakes_of_a_card_are_told_at_once(void **arena)
{
    struct diags d = diags_new(*arena);
    read_one(*arena, "# x\n- onwer: y\n- minutes: z\n## Sya nl\n## Say nl\nq\n- ok\n",
             &d);
    CHECK_INT(d.errors, 4, "two keys, a heading, a line");
}

static void answers_for_different_people_are_told_apart(void **arena)
{
    struct diags d = diags_new(*arena);
    struct card c = read_one(*arena,
                             "# x\n## Answer nl\nall\n## Answer nl country=NL\nnl\n"
                             "## Answer nl country=BE\nbe\n"
                             "## Answer nl country=NL contract=a\nnl a\n",
                             &d)
                        .card;
    CHECK_INT(d.list.n, 0, "no tie");
    struct trait nl[] = {{STR("country"), STR("NL")}, {STR("contract"), STR("a")}};
    CHECK_STR(card_answer(&c, LANG_NL, &(struct traits){nl, 2})->text, "nl a", "both");
    CHECK_STR(card_answer(&c, LANG_NL, &(struct traits){nl, 1})->text, "nl", "country");
    CHECK_STR(card_answer(&c, LANG_NL, &(struct traits){NULL, 0})->text, "all",
              "unknown");
    assert_null(card_answer(&c, LANG_EN, &(struct traits){nl, 2}));
}

static void a_day_is_inside_its_dates(void **arena)
{
    (void)arena;
    struct card c = {.valid_from = date_of(2026, 1, 1),
                     .valid_to = date_of(2026, 12, 31)};
    CHECK(card_is_valid(&c, date_of(2026, 1, 1)), "first day");
    CHECK(card_is_valid(&c, date_of(2026, 12, 31)), "last day");
    CHECK(!card_is_valid(&c, date_of(2025, 12, 31)), "before");
    CHECK(!card_is_valid(&c, date_of(2027, 1, 1)), "after");
    c.valid_from = c.valid_to = DATE_NONE;
    CHECK(card_is_valid(&c, 0), "open");
}

UNIT_MAIN(UNIT(a_full_card_is_read_in_both_languages),
          UNIT(what_is_not_written_is_filled_in),
          UNIT(mistakes_are_told_and_break_the_card),
          UNIT(all_mistakes_of_a_card_are_told_at_once),
          UNIT(answers_for_different_people_are_told_apart),
          UNIT(a_day_is_inside_its_dates))
