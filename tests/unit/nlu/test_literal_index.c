#include "nlu/literal_index.h"

#include <stdlib.h>

#include "nlu/rng.h"
#include "unit.h"

static void every_word_in_the_text_sets_its_bit(void **arena)
{
    static const str first[] = {{"verlof", 6}, {"ziek", 4}}, second[] = {{"ver", 3}},
                     third[] = {{"verlofdagen", 11}};
    struct literal_index *x = literal_index_new(*arena);
    literal_index_add(x, (struct strs){first, 2}, 0);
    literal_index_add(x, (struct strs){second, 1}, 70);
    literal_index_add(x, (struct strs){third, 1}, 3);
    literal_index_ready(x);
    static const struct {
        const char *text;
        bool zero, seventy, three;
    } rows[] = {
        {"ouderschapsverlof", true, true, false},
        {"ziek", true, false, false},
        {"verlofdagen", true, true, true},
        {"over", false, true, false},
        {"ve", false, false, false},
        {"", false, false, false},
        {"verlofdage", true, true, false},
    };
    for (size_t i = 0; i < LEN(rows); i++) {
        uint64_t bits[2] = {0};
        literal_index_scan(x, str_c(rows[i].text), bits);
        CHECK_INT(bits[0] & 1, rows[i].zero, rows[i].text);
        CHECK_INT(bits[0] >> 3 & 1, rows[i].three, rows[i].text);
        CHECK_INT(bits[1] >> 6 & 1, rows[i].seventy, rows[i].text);
    }
}

static void two_bytes_count_where_a_word_begins(void **arena)
{
    static const str two[] = {{"\bus", 3}}, more[] = {{"bus", 3}},
                     three[] = {{"\bsad", 4}}, long_one[] = {{"\bus citizenship", 15}};
    struct literal_index *x = literal_index_new(*arena);
    literal_index_add(x, (struct strs){two, 1}, 0);
    literal_index_add(x, (struct strs){more, 1}, 1);
    literal_index_add(x, (struct strs){three, 1}, 2);
    literal_index_add(x, (struct strs){long_one, 1}, 3);
    literal_index_ready(x);
    static const struct {
        const char *text;
        unsigned bits;
    } rows[] = {{"sad", 4},
                {"so sad", 4},
                {"usad", 1},
                {"sa", 0},
                {"us citizenship", 9},
                {"a us citizenshi", 1},
                {"the us citizenship", 9},
                {"bus citizenship", 2},
                {"us", 1},
                {"to us", 1},
                {"(us)", 1},
                {"used", 1},
                {"bus", 2},
                {"must", 0},
                {"_us", 0},
                {"1us", 0},
                {"l'us", 1},
                {"u s", 0},
                {"a bus", 2},
                {"u", 0},
                {"", 0},
                {"us bus", 3}};
    for (size_t i = 0; i < LEN(rows); i++) {
        uint64_t bits = 0;
        literal_index_scan(x, str_c(rows[i].text), &bits);
        CHECK_INT(bits, rows[i].bits, rows[i].text);
    }
}

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* The same, without any index. */
static bool stands_in(str text, str word)
{
    bool begins = word.p[0] == '\b';
    str plain = str_sub(word, begins, word.n);
    for (size_t i = 0; i + plain.n <= text.n; i++)
        if (str_starts(str_sub(text, i, text.n), plain) &&
            (!begins || ((i == 0 || !in_word(text.p[i - 1])) && in_word(text.p[i]))))
            return true;
    return false;
}

/* Words of three bytes, of eight, of more; the same beginnings; many numbers. */
static void texts_of_any_length_are_scanned(void **arena)
{
    static const str words[] = {STR_INIT("ver"),
                                STR_INIT("verl"),
                                STR_INIT("verlof"),
                                STR_INIT("verlofda"),
                                STR_INIT("verlofdag"),
                                STR_INIT("verlofdagen sparen"),
                                STR_INIT("\bik"),
                                STR_INIT("\bikk"),
                                STR_INIT("\bik "),
                                STR_INIT("\bverlofa"),
                                STR_INIT("\bverlofaanvraag"),
                                STR_INIT(" is"),
                                STR_INIT("n? "),
                                STR_INIT("\xc3\xabn"),
                                STR_INIT("zz_"),
                                STR_INIT("\b9a")};
    static const char *const parts[] = {
        "ik",        "ikke", "verlof", "dagen", " ", "sparen",   "?",
        "\xc3\xabn", "zz_",  "is",     "9a",    "x", "aanvraag", "verlofdagen sparen"};
    struct literal_index *x = literal_index_new(*arena);
    for (uint32_t i = 0; i < 4 * LEN(words); i++)
        literal_index_add(x, (struct strs){&words[i / 4], 1}, i);
    literal_index_ready(x);
    struct rng r = rng_seeded(9);
    for (int round = 0; round < 3000; round++) {
        char text[4096];
        size_t n = 0, most = round % 100 == 0 ? sizeof text : rng_below(&r, 200);
        for (;;) {
            str part = str_c(parts[rng_below(&r, LEN(parts))]);
            if (n + part.n > most)
                break;
            memcpy(text + n, part.p, part.n);
            n += part.n;
        }
        str own = {must_copy(text, n), n}; /* ends where its memory ends */
        uint64_t bits[1] = {0};
        literal_index_scan(x, own, bits);
        for (size_t i = 0; i < 4 * LEN(words); i++)
            if ((bits[0] >> i & 1) != stands_in(own, words[i / 4]))
                fail_msg("\"%.*s\" in \"%.*s\"", STR_ARG(words[i / 4]), STR_ARG(own));
        free((void *)(uintptr_t)own.p);
    }
}

static void an_index_of_nothing_finds_nothing(void **arena)
{
    struct literal_index *x = literal_index_new(*arena);
    uint64_t bits = 0;
    literal_index_ready(x);
    literal_index_scan(x, STR("verlof"), &bits);
    CHECK(bits == 0, "no word");
}

UNIT_MAIN(UNIT(texts_of_any_length_are_scanned), UNIT(an_index_of_nothing_finds_nothing),
          UNIT(two_bytes_count_where_a_word_begins),
          UNIT(every_word_in_the_text_sets_its_bit))
