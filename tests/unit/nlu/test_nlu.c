#include "nlu/nlu.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "cards.h"

/* A small made-up HR desk. */
static const struct {
    const char *id;
    enum lang lang;
    const char *say[8];
} desk[] = {
    {"leave.balance",
     LANG_NL,
     {"hoeveel vakantiedagen heb ik nog", "wat is mijn verlofsaldo",
      "hoeveel dagen kan ik nog opnemen", "hoeveel vrije dagen heb ik over",
      "mijn vakantiesaldo bekijken", "hoeveel uur verlof staat er nog"}},
    {"leave.balance",
     LANG_EN,
     {"how many vacation days do I have left", "what is my leave balance",
      "how many days off can I still take", "see my holiday balance",
      "remaining leave hours"}},
    {"absence.report",
     LANG_NL,
     {"ik ben ziek", "ziekmelden", "ik wil me ziek melden", "ik lig met griep op bed",
      "hoe meld ik me ziek", "ik kan niet komen ik ben ziek"}},
    {"absence.report",
     LANG_EN,
     {"I am sick", "call in sick", "I want to report sick", "in bed with the flu",
      "how do I report ill"}},
    {"pay.slip",
     LANG_NL,
     {"waar vind ik mijn loonstrook", "salarisstrook van vorige maand",
      "loonstrook downloaden", "ik zie mijn loonstrook niet",
      "wanneer komt de loonstrook"}},
    {"pay.slip",
     LANG_EN,
     {"where do I find my payslip", "download my pay slip", "payslip of last month",
      "I cannot see my salary slip", "when does the payslip come"}},
    {"travel.claim",
     LANG_NL,
     {"reiskosten declareren", "hoe declareer ik mijn kilometers",
      "krijg ik een vergoeding voor de trein", "reiskostenvergoeding aanvragen",
      "kilometers invullen"}},
    {"travel.claim",
     LANG_EN,
     {"claim travel expenses", "how do I declare my mileage",
      "do I get compensation for the train", "travel allowance request",
      "fill in kilometres"}},
    {"none",
     LANG_NL,
     {"wat wordt het weer morgen", "hoe laat gaat de trein naar utrecht",
      "vertel een mop", "ik heb honger", "mijn computer start niet op",
      "wie wint de wedstrijd", "bestel een pizza", "zet muziek aan"}},
    {"none",
     LANG_EN,
     {"what is the weather tomorrow", "tell me a joke", "I am hungry",
      "my computer does not start", "who wins the match", "order a pizza",
      "play some music", "how late is the train to london"}},
};

static struct card *card_of(struct catalogue *c, const char *id)
{
    const int64_t *at = map_find(&c->card_by_id, str_c(id));
    return at ? &c->cards.v[*at] : card_add(c, id);
}

static struct catalogue *desk_new(struct arena *a)
{
    struct catalogue *c = cards_new(a);
    for (size_t i = 0; i < LEN(desk); i++) {
        struct card *card = card_of(c, desk[i].id);
        for (size_t k = 0; k < LEN(desk[i].say) && desk[i].say[k]; k++)
            say(c, card, desk[i].lang, desk[i].say[k]);
    }
    struct card *x = card_of(c, "leave.balance");
    phrase_add(c, &x->patterns[LANG_NL], 10,
               "hoeveel (vakantie|verlof)(dagen|uren) [heb ik] [nog] [over]");
    phrase_add(c, &x->patterns[LANG_NL], 11, "[*] saldo [*]");
    phrase_add(c, &x->nots[LANG_NL], 12, "[*] van mijn (collega|partner) [*]");
    x = card_of(c, "absence.report");
    phrase_add(c, &x->patterns[LANG_NL], 20, "ik ben [*] ziek");
    phrase_add(c, &x->patterns[LANG_NL], 21, "[*] saldo [*]");
    phrase_add(c, &x->nots[LANG_NL], 22, "/\\b(kind|hond)\\b.*\\bziek/");
    x = card_of(c, "sensitive.bullying");
    x->sensitive = true;
    phrase_add(c, &x->patterns[LANG_NL], 30, "word[t] gepest");
    phrase_add(c, &x->patterns[LANG_EN], 31, "/\\bbull(y|ied)/");
    phrase_add(c, &x->nots[LANG_EN], 32, "bully beef [*]");
    return c;
}

static int index_of(const struct catalogue *c, const char *id)
{
    const int64_t *at = map_find(&c->card_by_id, str_c(id));
    return at ? (int)*at : -1;
}

static struct nlu *build(struct arena *a, const struct catalogue *c)
{
    struct diags d = diags_new(a);
    struct nlu *n;
    nlu_build(c, NULL, NULL, &d, &n);
    CHECK_INT(d.errors, 0, "the desk is sound");
    return n;
}

static const struct {
    enum lang lang;
    const char *text, *id;
} asked[] = {
    {LANG_NL, "hoeveel vakantie dagen heb ik nog over dit jaar", "leave.balance"},
    {LANG_NL, "kan ik mijn verlof saldo ergens zien", "leave.balance"},
    {LANG_NL, "ik heb griep en kom niet", "absence.report"},
    {LANG_NL, "mijn loonstrok is er niet", "pay.slip"},
    {LANG_NL, "vergoeding voor kilometers", "travel.claim"},
    {LANG_EN, "how many holidays are left for me", "leave.balance"},
    {LANG_EN, "i have the flu", "absence.report"},
    {LANG_EN, "can i get my pay slip of may", "pay.slip"},
    {LANG_EN, "train expenses", "travel.claim"},
};
static const struct {
    enum lang lang;
    const char *text;
} strange[] = {
    {LANG_NL, "wat voor weer wordt het in utrecht"},
    {LANG_NL, "bestel twee pizza's"},
    {LANG_EN, "will it rain tomorrow"},
    {LANG_EN, "xyzzy plugh"},
    {LANG_EN, "\U0001F642"},
};

static void close_questions_find_their_card_and_strange_ones_score_low(void **arena)
{
    struct catalogue *c = desk_new(*arena);
    struct nlu *n = build(*arena, c);
    double least = 1;
    for (size_t i = 0; i < LEN(asked); i++) {
        struct nlu_result r;
        nlu_rank(n, asked[i].lang, folded(*arena, asked[i].text), NULL, BOLD_BALANCED,
                 &r);
        CHECK_INT(r.v[0].card, index_of(c, asked[i].id), asked[i].text);
        double sum = r.none;
        for (size_t k = 0; k < r.n; k++) {
            CHECK(k == 0 || r.v[k].score <= r.v[k - 1].score, "best first");
            CHECK(!c->cards.v[r.v[k].card].none, "none is no candidate");
            sum += r.v[k].score;
        }
        CHECK(sum <= 1.0001, "probabilities");
        least = r.v[0].score < least ? r.v[0].score : least;
    }
    for (size_t i = 0; i < LEN(strange); i++) {
        struct nlu_result r;
        nlu_rank(n, strange[i].lang, folded(*arena, strange[i].text), NULL, BOLD_BALANCED,
                 &r);
        CHECK(r.v[0].score < least, strange[i].text);
        CHECK(r.band != BAND_ANSWER, strange[i].text);
    }
    nlu_free(n);
}

static void only_allowed_cards_are_ranked(void **arena)
{
    struct catalogue *c = desk_new(*arena);
    struct nlu *n = build(*arena, c);
    bool *allowed = arena_alloc(*arena, c->cards.n);
    memset(allowed, true, c->cards.n);
    int best = index_of(c, "absence.report");
    allowed[best] = false;
    struct nlu_result r;
    nlu_rank(n, LANG_NL, STR("ik ben ziek"), allowed, BOLD_EAGER, &r);
    for (size_t i = 0; i < r.n; i++)
        CHECK(r.v[i].card != best, "left out");
    int other, line;
    CHECK_INT(nlu_exact(n, LANG_NL, STR("ik ben ziek"), allowed, &other), -1, "exact");
    CHECK_INT(nlu_pattern(n, LANG_NL, STR("ik ben heel ziek"), allowed, &other, &line),
              -1, "pattern");
    memset(allowed, false, c->cards.n);
    nlu_rank(n, LANG_NL, STR("ik ben ziek"), allowed, BOLD_EAGER, &r);
    CHECK_INT(r.n, 0, "nobody is allowed");
    nlu_free(n);
}

static void a_not_line_takes_its_card_out(void **arena)
{
    struct catalogue *c = desk_new(*arena);
    struct nlu *n = build(*arena, c);
    int sick = index_of(c, "absence.report"), other, line;
    str text = STR("mijn kind is ziek");
    CHECK(nlu_vetoed(n, sick, LANG_NL, text), "a regex vetoes");
    CHECK(!nlu_vetoed(n, sick, LANG_EN, text), "of its own language");
    CHECK(nlu_vetoed(n, sick, LANG_NONE, text), "or of any");
    CHECK(!nlu_vetoed(n, index_of(c, "leave.balance"), LANG_NL, text), "its own card");
    struct nlu_result r;
    nlu_rank(n, LANG_NL, text, NULL, BOLD_EAGER, &r);
    for (size_t i = 0; i < r.n; i++)
        CHECK(r.v[i].card != sick, "not ranked");
    CHECK_INT(
        nlu_pattern(n, LANG_NL, STR("ik ben met mijn hond ziek"), NULL, &other, &line),
        -1, "not matched");
    CHECK(nlu_vetoed(n, index_of(c, "leave.balance"), LANG_NL,
                     STR("hoi, wat is het verlofsaldo van mijn collega?")),
          "a template vetoes behind padding");
    nlu_free(n);
}

static void the_more_specific_pattern_wins_and_ties_are_told(void **arena)
{
    struct catalogue *c = desk_new(*arena);
    struct nlu *n = build(*arena, c);
    int other, line, balance = index_of(c, "leave.balance");
    CHECK_INT(nlu_pattern(n, LANG_NL, STR("hoi, hoeveel verlofuren heb ik nog?"), NULL,
                          &other, &line),
              balance, "behind padding");
    CHECK_INT(line, 10, "by its line");
    CHECK_INT(other, -1, "alone");
    CHECK_INT(nlu_pattern(n, LANG_NL, STR("toon mijn saldo nu"), NULL, &other, &line),
              balance, "the first of two equals");
    CHECK_INT(other, index_of(c, "absence.report"), "and the second");
    CHECK_INT(nlu_pattern(n, LANG_NL, STR("ik ben saldo ziek"), NULL, &other, &line),
              index_of(c, "absence.report"), "the longer literal part wins");
    CHECK_INT(other, -1, "no tie");
    nlu_free(n);
}

static void sensitive_topics_are_found_anywhere_in_any_language(void **arena)
{
    struct catalogue *c = desk_new(*arena);
    struct nlu *n = build(*arena, c);
    int line;
    struct alarm why;
    int bully = index_of(c, "sensitive.bullying"), other;
    CHECK_INT(nlu_sensitive(n, STR("help, ik word gepest op kantoor!"), 0, &why), bully,
              "Dutch template in the middle");
    CHECK_INT(why.line, 30, "its line");
    CHECK_INT(nlu_sensitive(n, STR("my boss bullied me"), 0, &why), bully,
              "English regex");
    CHECK_INT(nlu_sensitive(n, STR("bully beef recipe"), 0, &why), -1, "its Not vetoes");
    CHECK_INT(nlu_sensitive(n, STR("ik ben ziek"), 0, &why), -1, "nothing of the kind");
    CHECK_INT(nlu_pattern(n, LANG_NL, STR("ik word gepest"), NULL, &other, &line), -1,
              "no ordinary pattern");
    nlu_free(n);
}

/* A line of Signs rings alone while there is too little to judge it by, and then only
 * where the rest reads like it. */
static void a_sign_is_taken_back_where_the_rest_reads_ordinary(void **arena)
{
    struct catalogue *c = desk_new(*arena);
    int bully = index_of(c, "sensitive.bullying");
    phrase_add(c, &c->cards.v[bully].signs[LANG_NL], 33, "/\\bverslagen\\b/");
    struct nlu *n = build(*arena, c);
    struct alarm why;
    CHECK_INT(nlu_sensitive(n, STR("ik ben verslagen met schaken"), 0, &why), bully,
              "nobody to judge by");
    CHECK_INT(why.line, 33, "its line");
    nlu_free(n);
    for (int i = 0; i < 60; i++) {
        for (int told = 0; told < 2; told++)
            *arena_push(*arena, &c->told) = (struct told_line){
                .lang = LANG_NL,
                .card = told ? STR("sensitive.bullying") : STR_NONE,
                .folded = told
                    ? arena_fmt(*arena, "ze pesten me en ik ben verslagen en bang %d", i)
                    : arena_fmt(*arena, "ik ben verslagen met schaken door nummer %d",
                                i)};
    }
    n = build(*arena, c);
    CHECK_INT(nlu_sensitive(n, STR("ik ben verslagen met schaken"), 0, &why), -1,
              "a game");
    CHECK(why.calmed, "and --why says so");
    CHECK_INT(nlu_sensitive(n, STR("ik ben verslagen en bang, ze pesten me"), 0, &why),
              bully, "told");
    CHECK_INT(nlu_sensitive(n, STR("ik word gepest met schaken"), 0, &why), bully,
              "a pattern stands");
    nlu_free(n);
}

static void why_names_the_words_that_counted(void **arena)
{
    struct catalogue *c = desk_new(*arena);
    struct nlu *n = build(*arena, c);
    struct weighed_word w[3];
    size_t got = nlu_words(n, *arena, LANG_NL, STR("waar staat mijn loonstrook"),
                           index_of(c, "pay.slip"), index_of(c, "absence.report"), w, 3);
    CHECK(got > 0, "some counted");
    CHECK_STR(w[0].word, "loonstrook", "the telling one first");
    for (size_t i = 1; i < got; i++)
        CHECK(w[i].weight <= w[i - 1].weight, "best first");
    nlu_free(n);
}

static void a_cached_model_gives_the_same_scores(void **arena)
{
    struct catalogue *c = desk_new(*arena);
    char dir[] = "/tmp/balie-nlu-XXXXXX";
    CHECK(mkdtemp(dir) != NULL, "a folder");
    str path = file_path(*arena, str_c(dir), STR("content.db"));
    struct cache *cache;
    CHECK_RC(cache_open(path, &cache), RC_OK);
    struct diags d = diags_new(*arena);
    struct nlu *n[3];
    nlu_build(c, NULL, cache, &d, &n[0]);
    nlu_build(c, NULL, cache, &d, &n[1]);
    n[2] = build(*arena, c);
    for (size_t i = 0; i < LEN(asked); i++) {
        struct nlu_result r[3];
        for (int k = 0; k < 3; k++)
            nlu_rank(n[k], asked[i].lang, folded(*arena, asked[i].text), NULL,
                     BOLD_BALANCED, &r[k]);
        for (size_t k = 0; k < r[0].n; k++) {
            CHECK(r[0].v[k].score == r[1].v[k].score, "from the cache");
            CHECK(r[0].v[k].score == r[2].v[k].score, "trained again");
        }
    }
    for (int k = 0; k < 3; k++)
        nlu_free(n[k]);
    cache_close(cache);
    str rm = arena_fmt(*arena, "rm -rf %s", dir);
    CHECK_INT(system(rm.p), 0, "tidy");
}

/* A desk with a synonym in its patterns, and a line that is no pattern. */
static struct catalogue *desk_with_faults(struct arena *a, const char *other)
{
    struct catalogue *c = desk_new(a);
    synonym_add(c, LANG_NL, true, "loonstrook", "salarisbriefje");
    struct card *x = card_of(c, "pay.slip");
    phrase_add(c, &x->patterns[LANG_NL], 40, "mijn loonstrook klopt niet");
    phrase_add(c, &x->patterns[LANG_NL], 41, "/[/");
    phrase_add(c, &x->patterns[LANG_NL], 42, other);
    return c;
}

static void what_did_not_change_is_taken_from_the_set_before(void **arena)
{
    static const char *const others[] = {"[*] strookje", "[*] strookje", "[*] papiertje"};
    struct arena *a[LEN(others)];
    struct catalogue *c[LEN(others)];
    struct nlu *n[LEN(others)];
    struct diags d = diags_new(*arena);
    for (size_t i = 0; i < LEN(others); i++) {
        a[i] = arena_new();
        c[i] = desk_with_faults(a[i], others[i]);
        nlu_build(c[i], i ? n[i - 1] : NULL, NULL, &d, &n[i]);
        CHECK_INT(d.errors, i + 1, "the fault is told each time");
        CHECK_STR(d.list.v[d.list.n - 1].text, d.list.v[0].text.p, "in the same words");
        if (i == 0)
            continue;
        nlu_free(n[i - 1]); /* nothing of it, or of its catalogue, is needed any more */
        arena_free(a[i - 1]);
        int other, line, slip = index_of(c[i], "pay.slip");
        str text = STR("mijn salarisbriefje klopt niet");
        CHECK_INT(nlu_pattern(n[i], LANG_NL, text, NULL, &other, &line), slip, "is read");
        CHECK_INT(line, 40, "by the same line");
        int found = nlu_pattern(n[i], LANG_NL, STR("het papiertje"), NULL, &other, &line);
        CHECK_INT(found, i == 2 ? slip : -1, "a changed line is read anew");
        CHECK(nlu_vetoed(n[i], index_of(c[i], "leave.balance"), LANG_NL,
                         STR("saldo van mijn collega jan")),
              "vetoes stay");
        struct nlu_result r;
        nlu_rank(n[i], LANG_NL, folded(*arena, asked[3].text), NULL, BOLD_BALANCED, &r);
        CHECK_INT(r.v[0].card, slip, "so does what was learnt");
    }
    nlu_free(n[LEN(others) - 1]);
    arena_free(a[LEN(others) - 1]);
}

static void tiny_sets_behave(void **arena)
{
    static const char *const phrases[] = {"ik ben ziek", "ziekmelden", "verlof vragen",
                                          "vakantie aanvragen"};
    for (size_t cards = 0; cards <= 4; cards++) {
        struct catalogue *c = cards_new(*arena);
        for (size_t i = 0; i < cards; i++)
            say(c, card_add(c, phrases[i]), LANG_NL, phrases[i]);
        struct nlu *n = build(*arena, c);
        struct nlu_result r, far;
        nlu_rank(n, LANG_NL, STR("ik ben ziek"), NULL, BOLD_BALANCED, &r);
        nlu_rank(n, LANG_NL, STR("quel temps fait il"), NULL, BOLD_BALANCED, &far);
        CHECK_INT(r.n, MIN(cards, (size_t)NLU_CANDIDATES), "as many as there are");
        if (cards > 0) {
            CHECK_INT(r.v[0].card, 0, "the one that says so");
            CHECK(far.v[0].score < r.v[0].score, "strange scores lower");
            CHECK(far.band != BAND_ANSWER, "and is not answered");
        }
        nlu_rank(n, LANG_EN, STR("i am sick"), NULL, BOLD_BALANCED, &r);
        CHECK_INT(r.n, 0, "no card speaks English");
        nlu_free(n);
    }
}

UNIT_MAIN(UNIT(close_questions_find_their_card_and_strange_ones_score_low),
          UNIT(only_allowed_cards_are_ranked), UNIT(a_not_line_takes_its_card_out),
          UNIT(the_more_specific_pattern_wins_and_ties_are_told),
          UNIT(sensitive_topics_are_found_anywhere_in_any_language),
          UNIT(a_sign_is_taken_back_where_the_rest_reads_ordinary),
          UNIT(why_names_the_words_that_counted),
          UNIT(a_cached_model_gives_the_same_scores), UNIT(tiny_sets_behave),
          UNIT(what_did_not_change_is_taken_from_the_set_before))
