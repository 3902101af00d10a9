#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"

enum rc lock_take(str path, int *fd)
{
    struct arena *a = arena_new();
    const char *name = arena_join(a, path, STR(".lock")).p;
    /* flock, not fcntl: closing another descriptor of the file would drop an fcntl lock
     */
    *fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    arena_free(a);
    if (*fd < 0)
        return RC_IO;
    if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
        return RC_OK;
    enum rc rc = errno == EWOULDBLOCK ? RC_BUSY : RC_IO;
    close(*fd);
    *fd = -1;
    return rc;
}

void lock_drop(int fd)
{
    if (fd >= 0)
        close(fd);
}
