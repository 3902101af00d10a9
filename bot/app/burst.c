#include "app/burst.h"

#include "base/file.h"
#include "base/str.h"

static bool is_content(str name)
{
    return !file_is_left_out(name) && str_find_char(name, '.') >= 0;
}

void burst_add(struct burst *b, const struct inotify_event *e)
{
    str name = str_c(e->len > 0 ? e->name : "");
    if ((e->mask & (IN_ISDIR | IN_Q_OVERFLOW)) || name.n == 0) {
        b->several = b->folders = true;
        b->n++;
        return;
    }
    if (!is_content(name))
        return;
    if (b->n++ == 0) {
        b->watch = e->wd;
        memcpy(b->name, name.p, MIN(name.n, (size_t)NAME_MAX));
    } else if (b->watch != e->wd || !str_eq(name, str_c(b->name))) {
        b->several = true;
    }
    b->complete = (e->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) != 0;
}

int burst_quiet_ms(const struct burst *b)
{
    return b->complete && !b->several ? BURST_FILE_MS : BURST_OTHERS_MS;
}
