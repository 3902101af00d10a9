#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

enum { LINE_MAX_BYTES = 1024 };

static _Atomic enum log_level most = LOG_LEVEL_INFO;

void log_set_level(enum log_level level)
{
    atomic_store_explicit(&most, level, memory_order_relaxed);
}

enum log_level log_level(void)
{
    return atomic_load_explicit(&most, memory_order_relaxed);
}

void log_at(enum log_level level, const char *fmt, ...)
{
    if (level > log_level())
        return;
    char line[LINE_MAX_BYTES];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    /* a line of the log is one line: a name from outside may hold a line break */
    for (int i = 0; i < n && i < (int)sizeof line - 1; i++)
        if ((unsigned char)line[i] < 0x20)
            line[i] = ' ';
    fprintf(stderr, "<%d>%s\n", (int)level, line);
}
