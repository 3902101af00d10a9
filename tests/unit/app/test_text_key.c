#include "app/text_key.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

/* Key 00 01 .. 0f, messages 00 01 .. (n-1): vectors of the SipHash paper's reference. */
static void it_is_siphash(void **arena)
{
    (void)arena;
    static const struct text_key k = {0x0706050403020100u, 0x0f0e0d0c0b0a0908u};
    static const struct {
        size_t n;
        uint64_t want;
    } rows[] = {{0, 0x726fdb47dd0e0e31u},
                {1, 0x74f839c593dc67fdu},
                {7, 0xab0200f58b01d137u},
                {8, 0x93f5f5799a932462u},
                {15, 0xa129ca6149be45e5u}};
    char message[16];
    for (size_t i = 0; i < sizeof message; i++)
        message[i] = (char)i;
    for (size_t i = 0; i < LEN(rows); i++)
        CHECK(text_hash(k, (str){message, rows[i].n}) == rows[i].want, "vector");
}

static void the_key_is_the_states_own(void **arena)
{
    char one[] = "/tmp/balie-key-XXXXXX", two[] = "/tmp/balie-key-XXXXXX";
    CHECK(mkdtemp(one) && mkdtemp(two), "two states");
    str text = STR("ik ben ziek");
    uint64_t h = text_hash(text_key_open(str_c(one)), text);
    CHECK(h == text_hash(text_key_open(str_c(one)), text), "kept");
    CHECK(h != text_hash(text_key_open(str_c(two)), text), "another state, another key");
    struct stat st;
    const char *file = arena_fmt(*arena, "%s/text.key", one).p;
    CHECK(stat(file, &st) == 0 && (st.st_mode & 0777) == 0600, "for us only");
    CHECK(truncate(file, 3) == 0, "damaged");
    CHECK(h != text_hash(text_key_open(str_c(one)), text), "a damaged one is replaced");
    CHECK(stat(file, &st) == 0 && st.st_size == 16, "whole again");
    unlink(file);
    unlink(arena_fmt(*arena, "%s/text.key", two).p);
    rmdir(one);
    rmdir(two);
}

UNIT_MAIN(UNIT(it_is_siphash), UNIT(the_key_is_the_states_own))
