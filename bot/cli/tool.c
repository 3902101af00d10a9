#include "cli/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"

extern char **environ;

static enum rc start(const char *const *args, int to, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions))
        return RC_IO;
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, to, STDOUT_FILENO);
    int failed = posix_spawnp(pid, args[0], &actions, NULL,
                              (char *const *)(uintptr_t)args, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? RC_OK : failed == ENOENT ? RC_NOT_FOUND : RC_IO;
}

/* Until the end of its output; RC_LIMIT when that takes too long or is too much. */
static enum rc read_all(int from, struct buf *b)
{
    int64_t end = clock_mono_ms() + TOOL_SECONDS * 1000;
    for (;;) {
        char piece[16 * 1024];
        struct pollfd p = {.fd = from, .events = POLLIN};
        int64_t left = end - clock_mono_ms();
        if (left <= 0 || poll(&p, 1, (int)left) == 0)
            return RC_LIMIT;
        ssize_t n = read(from, piece, sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0 ? RC_OK : RC_IO;
        buf_put(b, (str){piece, (size_t)n});
        if (buf_failed(b))
            return RC_LIMIT;
    }
}

enum rc tool_run(struct arena *a, const char *const *args, str *out)
{
    int ends[2], status = 0;
    pid_t pid;
    struct buf b = buf_new(a, TOOL_OUTPUT_MAX);
    *out = STR("");
    if (pipe2(ends, O_CLOEXEC))
        return RC_IO;
    enum rc rc = start(args, ends[1], &pid);
    close(ends[1]);
    if (rc == RC_OK) {
        rc = read_all(ends[0], &b);
        if (rc != RC_OK)
            kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            continue;
        if (rc == RC_OK && status != 0)
            rc = WIFEXITED(status) && WEXITSTATUS(status) == 127 ? RC_NOT_FOUND
                                                                 : RC_UPSTREAM;
    }
    close(ends[0]);
    *out = buf_str(&b);
    return rc;
}
