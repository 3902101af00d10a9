#include "nlu/literal_index.h"

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

UNIT_MAIN(UNIT(two_bytes_count_where_a_word_begins),
          UNIT(every_word_in_the_text_sets_its_bit))
