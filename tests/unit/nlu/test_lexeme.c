#include "nlu/lexeme.h"

#include "base/str.h"
#include "cards.h"
#include "nlu/rng.h"

/* As it is read: with room behind it. */
static struct lexeme read(struct lexemes *x, enum lang l, const char *word)
{
    char room[512 + LEXEME_BYTES] = "";
    struct lexeme out;
    size_t n = strlen(word);
    memcpy(room, word, n);
    memset(room + n, 'z', LEXEME_BYTES);
    struct word_key key = word_key_of(room, n);
    lexeme_expect(x, l, &key);
    lexeme_read(x, l, (str){room, n}, &key, &out);
    return out;
}

static void a_word_has_its_stem_however_often_it_is_read(void **arena)
{
    static const struct {
        enum lang lang;
        const char *word, *stem;
    } rows[] = {
        {LANG_NL, "fietsen", "fiets"},
        {LANG_EN, "running", "run"},
        {LANG_NONE, "running", "running"},
        {LANG_EN, "a", "a"},
        {LANG_EN, "401ks", "401ks"},
        {LANG_EN, "abcdefghijklmnopqrstuvwx", "abcdefghijklmnopqrstuvwx"},
        {LANG_EN, "abcdefghijklmnopqrstuvwxzzz", "abcdefghijklmnopqrstuvwxzzz"},
        {LANG_NL, "\u4f11\u6687", "\u4f11\u6687"},
    };
    (void)arena;
    struct lexemes *x = lexemes_new(NULL);
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < LEN(rows); i++) {
            struct lexeme w = read(x, rows[i].lang, rows[i].word);
            CHECK_STR(((str){w.stem, w.n_stem}), rows[i].stem, rows[i].word);
            CHECK_INT(w.hash, lexeme_hash(LEXEME_HASH, w.stem, w.n_stem), "its hash");
            CHECK_INT(lexeme_hash_stem(7, &w), lexeme_hash(7, w.stem, w.n_stem),
                      "in steps");
            CHECK(w.longest == 0 && w.term == -1 && w.seconds == 0, "no terms");
        }
    char longest[501];
    memset(longest, 'x', 500);
    longest[500] = '\0';
    struct lexeme w = read(x, LANG_EN, longest);
    CHECK_INT(w.n_stem, LEXEME_STEM_MAX, "as much as counts");
    CHECK_INT(lexeme_hash_stem(7, &w), lexeme_hash(7, w.stem, w.n_stem), "to the end");
    lexemes_free(x);
}

static void a_word_knows_the_terms_that_it_begins(void **arena)
{
    struct catalogue *c = cards_new(*arena);
    synonym_add(c, LANG_EN, true, "day off", "leave");
    struct synonyms *s = synonyms_new(*arena, c);
    struct lexemes *x = lexemes_new(s);
    for (int round = 0; round < 2; round++) {
        struct lexeme day = read(x, LANG_EN, "days"), off = read(x, LANG_EN, "off");
        CHECK_INT(day.longest, 2, "day off");
        CHECK_INT(day.term, -1, "alone it is none");
        CHECK(day.seconds >> off.bit & 1, "and this goes on");
        CHECK(read(x, LANG_EN, "leave").term >= 0, "a term of one word");
        CHECK_INT(read(x, LANG_NL, "leave").longest, 0, "not in the other language");
    }
    lexemes_free(x);
}

/* Far more than there are places for. */
static void words_that_share_a_place_do_not_disturb_each_other(void **arena)
{
    (void)arena;
    struct lexemes *x = lexemes_new(NULL);
    struct rng r = rng_seeded(1);
    for (int i = 0; i < 40000; i++) {
        char word[8];
        size_t n = 1 + rng_below(&r, 7);
        for (size_t k = 0; k < n; k++)
            word[k] = (char)('a' + rng_below(&r, 20));
        word[n] = '\0';
        struct lexeme w = read(x, LANG_EN, word);
        CHECK(w.n_stem > 0 && w.n_stem <= n + 1 && w.stem[0] == word[0], word);
    }
    lexemes_free(x);
}

UNIT_MAIN(UNIT(a_word_has_its_stem_however_often_it_is_read),
          UNIT(a_word_knows_the_terms_that_it_begins),
          UNIT(words_that_share_a_place_do_not_disturb_each_other))
