/* What was acknowledged is there after SIGKILL at any moment. */
#include "fixture.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/random.h"

enum { ROUNDS = 14, DEPTH = 200, FEW = 20, MANY = 6000 };

struct report {
    int64_t conversation, turn;
};

static void report_results(struct store *s, int fd)
{
    for (struct store_result r; store_next(s, &r);) {
        struct report *p = r.ctx;
        if (r.rc == RC_OK && write(fd, p, sizeof *p) != sizeof *p)
            _exit(2);
        free(p);
    }
}

/* Writes turns of n conversations for ever. */
_Noreturn static void child(str path, int fd, int n)
{
    struct store *s = NULL;
    int bell = eventfd(0, 0);
    if (store_open(path, on_ring, &bell, &s) != RC_OK)
        _exit(1);
    int64_t *last = calloc((size_t)n, sizeof *last),
            *ids = calloc((size_t)n, sizeof *ids);
    for (uint64_t i = 0, rings;; i++) {
        size_t k = i % (uint64_t)n;
        struct store_conversation c = {0};
        if (!ids[k]) {
            c = a_conversation(s);
            ids[k] = c.id;
        }
        struct store_turn t = a_turn(s, ids[k], last[k]);
        struct store_count count = {1, t.lang, t.outcome, t.intent, STR_NONE};
        struct report *r = malloc(sizeof *r);
        *r = (struct report){ids[k], t.id};
        last[k] = t.id;
        struct store_job job = {
            .conversation = c.id ? &c : NULL, .turn = &t, .count = &count, .ctx = r};
        if (store_put(s, &job) != RC_OK)
            _exit(3);
        while (store_waiting(s) >= DEPTH) {
            (void)!read(bell, &rings, sizeof rings);
            report_results(s, fd);
        }
        report_results(s, fd);
    }
}

/* Kills a child at a random moment; returns what it reported. */
static size_t run_and_kill(struct fixture *f, struct arena *a, int conversations,
                           struct report **out)
{
    int fds[2];
    VEC(struct report) list = {0};
    CHECK_INT(pipe(fds), 0, "pipe");
    pid_t pid = fork();
    if (pid == 0)
        child(f->path, fds[1], conversations);
    close(fds[1]);
    uint16_t chance = 0;
    random_bytes(&chance, sizeof chance);
    int64_t end = 0;
    for (struct report r; read(fds[0], &r, sizeof r) == sizeof r;) {
        *arena_push(a, &list) = r;
        end = end ? end : clock_mono_us() + chance * (conversations == MANY ? 10 : 1);
        if (end != INT64_MAX && clock_mono_us() >= end) {
            kill(pid, SIGKILL);
            end = INT64_MAX; /* and read what is in the pipe */
        }
    }
    close(fds[0]);
    int status = 0;
    waitpid(pid, &status, 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "it died of our signal");
    *out = list.v;
    return list.n;
}

static void what_was_acknowledged_survives_sigkill(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    size_t total = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct report *list = NULL;
        int conversations = round % 4 == 3 ? MANY : FEW;
        size_t n = run_and_kill(&f, *arena, conversations, &list);
        total += n;
        fixture_open(&f);
        for (size_t i = 0; i < n; i++) {
            struct store_turn t;
            struct store_conversation c;
            CHECK_RC(store_read_turn(f.store, *arena, list[i].turn, &t), RC_OK);
            CHECK_RC(store_read_conversation(f.store, *arena, list[i].conversation, &c),
                     RC_OK);
            CHECK(c.last_turn >= list[i].turn, "the newest turn is not an older one");
            CHECK_RC(store_read_turn(f.store, *arena, c.last_turn, &t), RC_OK);
            CHECK_INT(t.conversation, c.id, "and of this conversation");
        }
        CHECK(store_next_turn(f.store) >
                  fixture_number(&f, "SELECT coalesce(max(id), 0) FROM turn"),
              "ids go on behind what is there");
        fixture_close(&f);
        CHECK_INT(fixture_number(&f,
                                 "SELECT count(*) FROM conversation c WHERE last_turn"
                                 " <> (SELECT max(id) FROM turn t WHERE"
                                 " t.conversation = c.id AND c.id <= 20)"),
                  0, "rows know the newest turn");
        CHECK_INT(fixture_number(&f,
                                 "SELECT count(*) - (SELECT sum(n) FROM figure)"
                                 " FROM turn"),
                  0, "jobs are whole: a count for each turn");
        CHECK_INT(fixture_number(&f,
                                 "SELECT count(*) FROM pragma_integrity_check"
                                 " WHERE integrity_check = 'ok'"),
                  1, "the file is sound");
    }
    print_message("%zu turns acknowledged in %d rounds\n", total, ROUNDS);
    fixture_done(&f);
}

UNIT_MAIN(UNIT(what_was_acknowledged_survives_sigkill))
