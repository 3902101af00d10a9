#include "fixture.h"
#include "store/cache.h"

#include <sys/wait.h>

#include "base/file.h"

#define GET(c, kind, key, out) cache_get(c, *arena, STR(kind), STR(key), out)

static struct cache *opened(const struct fixture *f)
{
    struct cache *c = NULL;
    CHECK_RC(cache_open(f->path, &c), RC_OK);
    CHECK(c != NULL, "a cache");
    return c;
}

static void what_was_put_comes_back(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    struct cache *c = opened(&f);
    str out = STR("untouched");
    CHECK_RC(GET(c, "model", "a", &out), RC_NOT_FOUND);
    CHECK_STR(out, "untouched", "no output on failure");
    cache_put(c, STR("model"), STR("a"), (str){"a\0b", 3});
    cache_put(c, STR("tokens"), STR("a"), STR("other kind"));
    cache_put(c, STR("model"), STR("empty"), STR_NONE);
    cache_put(c, STR("model"), STR("b"), STR("first"));
    cache_put(c, STR("model"), STR("b"), STR("second"));
    for (int round = 0; round < 2; round++) {
        CHECK_RC(GET(c, "model", "a", &out), RC_OK);
        CHECK(str_eq(out, (str){"a\0b", 3}), "bytes");
        CHECK_RC(GET(c, "tokens", "a", &out), RC_OK);
        CHECK_STR(out, "other kind", "kinds are apart");
        CHECK_RC(GET(c, "model", "empty", &out), RC_OK);
        CHECK_INT(out.n, 0, "empty");
        CHECK_RC(GET(c, "model", "b", &out), RC_OK);
        CHECK_STR(out, "second", "replaced");
        cache_close(c);
        c = opened(&f);
    }
    cache_close(c);
    fixture_done(&f);
}

static void trim_keeps_what_was_used_last(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    struct cache *c = opened(&f);
    str out;
    cache_begin(c);
    for (int i = 0; i < 10; i++)
        cache_put(c, STR("model"), arena_fmt(*arena, "%d", i), STR("x"));
    cache_put(c, STR("tokens"), STR("t"), STR("y"));
    CHECK_RC(GET(c, "model", "2", &out), RC_OK);
    cache_commit(c);
    cache_close(c);
    c = opened(&f); /* uses are remembered */
    cache_put(c, STR("model"), STR("4"), STR("x"));
    cache_trim(c, STR("model"), 3);
    for (int i = 0; i < 10; i++) {
        enum rc want = i == 2 || i == 4 || i == 9 ? RC_OK : RC_NOT_FOUND;
        CHECK_RC(cache_get(c, *arena, STR("model"), arena_fmt(*arena, "%d", i), &out),
                 want);
    }
    cache_trim(c, STR("model"), 5);
    CHECK_RC(GET(c, "model", "9", &out), RC_OK);
    cache_trim(c, STR("model"), 0);
    CHECK_RC(GET(c, "model", "9", &out), RC_NOT_FOUND);
    CHECK_RC(GET(c, "tokens", "t", &out), RC_OK);
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM value"), 1, "values went along");
    cache_close(c);
    fixture_done(&f);
}

static void a_group_that_was_not_ended_is_kept_at_close(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    struct cache *c = opened(&f);
    str out;
    cache_begin(c);
    cache_begin(c);
    cache_put(c, STR("k"), STR("a"), STR("1"));
    cache_close(c);
    c = opened(&f);
    CHECK_RC(GET(c, "k", "a", &out), RC_OK);
    cache_commit(c);
    cache_close(c);
    fixture_done(&f);
}

static void no_cache_is_no_error(void **arena)
{
    str out;
    struct cache *c = NULL;
    CHECK_RC(GET(NULL, "k", "a", &out), RC_NOT_FOUND);
    cache_put(NULL, STR("k"), STR("a"), STR("1"));
    cache_trim(NULL, STR("k"), 1);
    cache_begin(NULL);
    cache_commit(NULL);
    cache_close(NULL);
    CHECK_RC(cache_open(STR("/nonexistent/content.db"), &c), RC_IO);
    CHECK(c == NULL, "none");
}

static void what_is_too_large_is_dropped(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    struct cache *c = opened(&f);
    str out;
    size_t n = (size_t)CACHE_BLOB_MAX + 1;
    char *p = calloc(1, n);
    cache_put(c, STR("k"), STR("a"), (str){p, n});
    CHECK_RC(GET(c, "k", "a", &out), RC_NOT_FOUND);
    free(p);
    cache_close(c);
    fixture_done(&f);
}

static void fill(const struct fixture *f, struct arena *a, size_t n)
{
    struct cache *c = opened(f);
    cache_put(c, STR("k"), STR("a"), (str){memset(arena_alloc(a, n), 'v', n), n});
    cache_put(c, STR("k"), STR("b"), (str){memset(arena_alloc(a, n), 'w', n), n});
    cache_close(c);
}

/* Whatever was done to the file: no wrong value, and the cache works afterwards. */
static void check_repaired(const struct fixture *f, struct arena *a, size_t n,
                           const char *why)
{
    static const char keys[] = "ab";
    struct cache *c = opened(f);
    str out;
    for (size_t i = 0; i < 2; i++)
        if (cache_get(c, a, STR("k"), (str){&keys[i], 1}, &out) == RC_OK) {
            CHECK_INT(out.n, n, why);
            for (size_t k = 0; k < n; k++)
                CHECK(out.p[k] == (i ? 'w' : 'v'), why);
        }
    cache_put(c, STR("k"), STR("a"), STR("again"));
    cache_put(c, STR("k"), STR("a"), STR("again")); /* the first may have found damage */
    CHECK_RC(cache_get(c, a, STR("k"), STR("a"), &out), RC_OK);
    CHECK_STR(out, "again", why);
    cache_close(c);
}

static void a_damaged_file_is_replaced(void **arena)
{
    enum { VALUE = 50000 };
    struct fixture f;
    fixture_init(&f, *arena);
    static const struct {
        const char *why;
        long from, n; /* bytes overwritten; n 0: cut off there */
    } cases[] = {
        {"no database", 0, 200},           {"schema", 100, 3000},
        {"every page", 0, 120000},         {"a table's page", 4096, 4096},
        {"more pages", 4096, 40000},       {"values", 30000, 20000},
        {"one byte in a value", 40000, 1}, {"cut short", 5000, 0},
        {"cut to nothing", 0, 0},          {"cut in the header", 60, 0},
    };
    for (size_t i = 0; i < LEN(cases); i++) {
        fill(&f, *arena, VALUE);
        FILE *file = fopen(f.path.p, "r+");
        fseek(file, cases[i].from, SEEK_SET);
        for (long k = 0; k < cases[i].n; k++)
            fputc('!', file);
        fclose(file);
        if (cases[i].n == 0)
            CHECK_INT(truncate(f.path.p, cases[i].from), 0, "cut");
        check_repaired(&f, *arena, VALUE, cases[i].why);
    }
    fixture_done(&f);
}

static void a_file_of_another_version_is_replaced(void **arena)
{
    struct fixture f;
    str out;
    fixture_init(&f, *arena);
    fill(&f, *arena, 10);
    fixture_sql(&f, "PRAGMA user_version = 99");
    struct cache *c = opened(&f);
    CHECK_RC(GET(c, "k", "a", &out), RC_NOT_FOUND);
    cache_close(c);
    CHECK_INT(fixture_number(&f, "PRAGMA user_version"), 1, "ours");
    fixture_done(&f);
}

/* In the other process: 0 when all is as promised. */
static int use_held_cache(str path)
{
    struct arena *a = arena_new();
    struct cache *c = NULL;
    str out;
    if (cache_open(path, &c) != RC_OK)
        return 1;
    cache_put(c, STR("k"), STR("b"), STR("dropped"));
    cache_begin(c);
    cache_trim(c, STR("k"), 0);
    cache_commit(c);
    if (cache_get(c, a, STR("k"), STR("b"), &out) != RC_NOT_FOUND)
        return 2;
    if (cache_get(c, a, STR("k"), STR("a"), &out) != RC_OK || !str_eq(out, STR("1")))
        return 3;
    cache_close(c);
    arena_free(a);
    return 0;
}

static void a_file_in_use_by_another_process_can_be_read_only(void **arena)
{
    struct fixture f;
    int go[2], status = 0;
    char byte = 0;
    str out;
    fixture_init(&f, *arena);
    CHECK_INT(pipe(go), 0, "pipe");
    pid_t pid = fork(); /* before the file is open: SQLite does not survive a fork */
    if (pid == 0)
        _exit(read(go[0], &byte, 1) == 1 ? use_held_cache(f.path) : 9);
    struct cache *c = opened(&f);
    cache_put(c, STR("k"), STR("a"), STR("1"));
    CHECK_INT(write(go[1], "g", 1), 1, "go");
    CHECK_INT(waitpid(pid, &status, 0), pid, "ended");
    CHECK_INT(status, 0, "the other process saw what it should");
    CHECK_RC(GET(c, "k", "a", &out), RC_OK);
    CHECK_RC(GET(c, "k", "b", &out), RC_NOT_FOUND);
    cache_close(c);
    close(go[0]);
    close(go[1]);
    fixture_done(&f);
}

UNIT_MAIN(UNIT(what_was_put_comes_back), UNIT(trim_keeps_what_was_used_last),
          UNIT(a_group_that_was_not_ended_is_kept_at_close), UNIT(no_cache_is_no_error),
          UNIT(what_is_too_large_is_dropped), UNIT(a_damaged_file_is_replaced),
          UNIT(a_file_of_another_version_is_replaced),
          UNIT(a_file_in_use_by_another_process_can_be_read_only))
