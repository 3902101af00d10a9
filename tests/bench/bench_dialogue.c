/*
 * bench_dialogue - microseconds of one turn through everything but sockets and disk:
 * session read, understanding, search, policy, reply, session and frame written.
 *   bench_dialogue CACHE QUESTIONS   (one question per line; run from the repository's
 * root)
 */
#include <cmark-gfm-core-extensions.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/builder.h"
#include "app/frame.h"
#include "base/file.h"
#include "base/str.h"
#include "dialogue/turn.h"
#include "store/store.h"

enum { CONVERSATIONS = 50, FILE_MAX = 64 * 1024 * 1024 };

static int by_size(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static void one(const struct built *b, const struct person *who, char **session,
                str question, int64_t turn_number, struct arena *a)
{
    struct session *s = session_read(a, str_c(*session));
    struct event e = {.type = EVENT_MESSAGE,
                      .today = date_of(2026, 11, 21),
                      .turn = turn_number,
                      .person = who,
                      .key = STR("KEY"),
                      .receipt = STR("B-BENCH"),
                      .boldness = BOLD_BALANCED,
                      .lang = LANG_NONE,
                      .text = question};
    struct outcome o;
    turn(&b->brain, s, &e, a, &o);
    for (size_t i = 0; i < o.replies.n; i++)
        frame_answer(a, (int64_t)i, STR("c1"), turn_number, &o.replies.v[i]);
    str json = session_write(a, s, SESSION_WHOLE);
    *session = must_grow(*session, json.n + 1);
    memcpy(*session, json.p, json.n);
    (*session)[json.n] = '\0';
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    store_init();
    cmark_gfm_core_extensions_ensure_registered();
    struct arena *a = arena_new(), *scratch = arena_new();
    struct builder_conf c = {
        .intents = STR("intents"), .knowledge = STR("knowledge"), .language = LANG_NL};
    struct cache *cache = NULL;
    struct built *b;
    struct people *people = NULL;
    struct diags d = diags_new(a);
    if (cache_open(str_c(argv[1]), &cache) || builder_build(&c, cache, &b) ||
        people_load(STR("adapters/hris/people.csv"), &d, &people))
        return 1;
    str text, line;
    if (file_read(a, str_c(argv[2]), FILE_MAX, &text))
        return 1;
    VEC(int64_t) took = {0};
    char *sessions[CONVERSATIONS];
    for (size_t i = 0; i < CONVERSATIONS; i++)
        sessions[i] = must_alloc(1);
    for (size_t n = 0; str_line(&text, &line); n++) {
        int64_t start = clock_mono_us();
        one(b, people_find(people, STR("demo")), &sessions[n % CONVERSATIONS], line,
            (int64_t)(n / CONVERSATIONS) + 1, scratch);
        *arena_push(a, &took) = clock_mono_us() - start;
        arena_reset(scratch);
    }
    qsort(took.v, took.n, sizeof *took.v, by_size);
    printf("%zu turns: p50 %lld us, p99 %lld us, longest %lld us\n", took.n,
           (long long)took.v[took.n / 2], (long long)took.v[took.n * 99 / 100],
           (long long)took.v[took.n - 1]);
    for (size_t i = 0; i < CONVERSATIONS; i++)
        free(sessions[i]);
    cache_close(cache);
    people_free(people);
    built_free(b);
    arena_free(scratch);
    arena_free(a);
    return 0;
}
