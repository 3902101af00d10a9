/*
 * fuzz - what every fuzz target begins with. A target is one file, FOLDER_THING.c: it is
 * linked with what the unit tests of bot/FOLDER are linked with, and needs no line in the
 * Makefile. `make fuzz-FOLDER_THING SECONDS=60` runs one, `make fuzz` all of them.
 *
 * fuzz() gets bytes and checks a promise of the header it is about; a promise that does
 * not hold aborts. Small inputs worth starting from are files in seeds/FOLDER_THING/; an
 * input that once broke something is kept there as well.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"

static void fuzz(struct arena *a, str input);

#define PROMISE(cond)                                                                    \
    do {                                                                                 \
        if (!(cond)) {                                                                   \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #cond);   \
            abort();                                                                     \
        }                                                                                \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    fuzz(a, (str){(const char *)data, size});
    arena_free(a);
    return 0;
}

#endif
