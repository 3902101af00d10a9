#include <stdlib.h>

#include "base/window.h"
#include "unit.h"

/* Texts end where their memory ends: a byte too far is seen by the sanitizer. */
static str own(const char *bytes, size_t n)
{
    return (str){must_copy(bytes, n), n};
}

static uint64_t slowly(str text, size_t from, unsigned char fold, unsigned char first,
                       unsigned char last)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < WINDOW && from + i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[from + i] | fold;
        bits |= (uint64_t)(c >= first && c <= last) << i;
    }
    return bits;
}

static void every_byte_is_told_as_one_by_one(void **arena)
{
    (void)arena;
    static const struct {
        unsigned char fold, first, last;
    } ranges[] = {{0x20, 'a', 'z'}, {0, '0', '9'}, {0, 0x80, 0xff}, {0, 'A', 'Z'},
                  {0, '\'', '\''},  {0, 1, 0xff},  {0, 0xff, 0xff}};
    char all[300];
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (char)(i % 255 + 1);
    for (size_t n = 0; n <= sizeof all; n++) {
        str text = own(all, n);
        for (size_t from = 0; from <= n; from += 37) {
            struct window w;
            window_at(&w, text, from);
            CHECK_INT(w.n, MIN(n - from, (size_t)WINDOW), "bytes of text");
            for (size_t r = 0; r < LEN(ranges); r++)
                CHECK(window_range(&w, ranges[r].fold, ranges[r].first, ranges[r].last) ==
                          slowly(text, from, ranges[r].fold, ranges[r].first,
                                 ranges[r].last),
                      "a range");
        }
        free((void *)(uintptr_t)text.p);
    }
}

static void behind_the_window_stand_the_next_bytes_or_zeros(void **arena)
{
    (void)arena;
    char text[WINDOW + WINDOW_BEHIND + 1];
    memset(text, 'x', sizeof text);
    for (size_t n = 0; n <= sizeof text; n++) {
        struct window w;
        window_at(&w, (str){text, n}, 0);
        for (size_t i = 0; i < sizeof w.v; i++)
            CHECK_INT(w.v[i], i < n ? 'x' : 0, "a byte");
    }
    struct window w;
    window_at(&w, STR_NONE, 0);
    CHECK(w.n == 0 && window_plain(&w) == 0, "no text at all");
}

static void words_begin_behind_what_is_none(void **arena)
{
    (void)arena;
    struct window w;
    window_at(&w, STR("Ik b3n (er) n\xc3\xa9t"), 0);
    uint64_t plain = window_plain(&w), begins = plain & ~(plain << 1);
    CHECK(begins == (1u << 0 | 1u << 3 | 1u << 8 | 1u << 12 | 1u << 15), "their places");
}

UNIT_MAIN(UNIT(every_byte_is_told_as_one_by_one),
          UNIT(behind_the_window_stand_the_next_bytes_or_zeros),
          UNIT(words_begin_behind_what_is_none))
