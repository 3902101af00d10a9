#include "app/burst.h"

#include "unit.h"

struct change {
    int watch;
    uint32_t mask;
    const char *name;
};

static struct burst burst_of(const struct change *v, size_t n)
{
    struct burst b = {0};
    union {
        struct inotify_event event;
        char room[sizeof(struct inotify_event) + NAME_MAX + 1];
    } u;
    for (size_t i = 0; i < n && v[i].watch; i++) {
        u.event = (struct inotify_event){.wd = v[i].watch, .mask = v[i].mask};
        u.event.len = v[i].name ? (uint32_t)strlen(v[i].name) + 1 : 0;
        memcpy(u.room + sizeof u.event, v[i].name ? v[i].name : "", u.event.len);
        burst_add(&b, &u.event);
    }
    return b;
}

static const struct {
    const char *why;
    struct change v[8];
    int quiet_ms;
    bool folders;
} bursts[] = {
    {"a file appended to", {{1, IN_CLOSE_WRITE, "a.md"}}, BURST_FILE_MS, false},
    {"a new file",
     {{1, IN_CREATE, "a.md"}, {1, IN_CLOSE_WRITE, "a.md"}},
     BURST_FILE_MS,
     false},
    {"begun and not closed", {{1, IN_CREATE, "a.md"}}, BURST_OTHERS_MS, false},
    {"written in two goes",
     {{1, IN_CLOSE_WRITE, "a.md"}, {1, IN_CLOSE_WRITE, "a.md"}},
     BURST_FILE_MS,
     false},
    {"renamed into its place", {{1, IN_MOVED_TO, "a.md"}}, BURST_FILE_MS, false},
    {"saved by way of a hidden file",
     {{1, IN_CREATE, ".a.md.swp"},
      {1, IN_CLOSE_WRITE, ".a.md.swp"},
      {1, IN_MOVED_FROM, ".a.md.swp"},
      {1, IN_MOVED_TO, "a.md"}},
     BURST_FILE_MS,
     false},
    {"saved by vim, with a backup",
     {{1, IN_CREATE, "4913"},
      {1, IN_CLOSE_WRITE, "4913"},
      {1, IN_DELETE, "4913"},
      {1, IN_MOVED_FROM, "a.md"},
      {1, IN_MOVED_TO, "a.md~"},
      {1, IN_CREATE, "a.md"},
      {1, IN_CLOSE_WRITE, "a.md"},
      {1, IN_DELETE, "a.md~"}},
     BURST_FILE_MS,
     false},
    {"saved by sed -i",
     {{1, IN_CREATE, "sedVm3Ud1"},
      {1, IN_CLOSE_WRITE, "sedVm3Ud1"},
      {1, IN_MOVED_FROM, "sedVm3Ud1"},
      {1, IN_MOVED_TO, "a.md"}},
     BURST_FILE_MS,
     false},
    {"moved out of the way, and nothing yet in its place",
     {{1, IN_MOVED_FROM, "a.md"}},
     BURST_OTHERS_MS,
     false},
    {"deleted", {{1, IN_DELETE, "a.md"}}, BURST_OTHERS_MS, false},
    {"two files",
     {{1, IN_CLOSE_WRITE, "a.md"}, {1, IN_CLOSE_WRITE, "b.md"}},
     BURST_OTHERS_MS,
     false},
    {"one name in two folders",
     {{1, IN_CLOSE_WRITE, "a.md"}, {2, IN_MOVED_TO, "a.md"}},
     BURST_OTHERS_MS,
     false},
    {"a new folder", {{1, IN_CREATE | IN_ISDIR, "new"}}, BURST_OTHERS_MS, true},
    {"the folder itself", {{1, IN_DELETE_SELF, NULL}}, BURST_OTHERS_MS, true},
    {"more than inotify could hold",
     {{1, IN_CLOSE_WRITE, "a.md"}, {-1, IN_Q_OVERFLOW, NULL}},
     BURST_OTHERS_MS,
     true},
};

static void a_complete_file_waits_less_than_anything_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEN(bursts); i++) {
        struct burst b = burst_of(bursts[i].v, LEN(bursts[i].v));
        CHECK(b.n > 0, bursts[i].why);
        CHECK_INT(burst_quiet_ms(&b), bursts[i].quiet_ms, bursts[i].why);
        CHECK(b.folders == bursts[i].folders, bursts[i].why);
    }
}

static void what_is_no_content_is_no_change(void **state)
{
    (void)state;
    static const struct change beside[] = {{1, IN_CREATE, ".a.md.swp"},
                                           {1, IN_CLOSE_WRITE, "a.md~"},
                                           {1, IN_CLOSE_WRITE, "_draft.md"},
                                           {1, IN_CREATE, "4913"}};
    CHECK_INT(burst_of(beside, LEN(beside)).n, 0, "nothing to wait for");
}

UNIT_MAIN(UNIT(a_complete_file_waits_less_than_anything_else),
          UNIT(what_is_no_content_is_no_change))
