#include "content/name.h"

#include "base/str.h"

str name_of(str path)
{
    size_t from = path.n;
    while (from > 0 && path.p[from - 1] != '/')
        from--;
    return str_sub(path, from, path.n);
}

static bool begins_ascii(str s, const char *prefix)
{
    return str_eq_ascii(str_sub(s, 0, strlen(prefix)), str_c(prefix));
}

static bool has_ascii(str s, const char *part)
{
    for (size_t i = 0; i < s.n; i++)
        if (begins_ascii(str_sub(s, i, s.n), part))
            return true;
    return false;
}

bool name_is_content(str name)
{
    str stem = name;
    while (stem.n > 0 && stem.p[stem.n - 1] != '.')
        stem.n--;
    stem.n -= stem.n > 0;
    if (stem.n == 0 || stem.p[stem.n - 1] == '_' || stem.p[stem.n - 1] == '~')
        return false;
    static const char *const never[] = {"readme", "license", "licence", "copying",
                                        "robots"};
    for (size_t i = 0; i < LEN(never); i++)
        if (str_eq_ascii(stem, str_c(never[i])))
            return false;
    return !begins_ascii(stem, "readme.");
}

/* "leave (1).md": what downloads and synchronised folders make of a second copy. */
static bool is_numbered_copy(str name)
{
    size_t end = name.n;
    while (end > 0 && name.p[end - 1] != '.')
        end--;
    end -= end > 0;
    size_t at = end;
    if (at == 0 || name.p[--at] != ')')
        return false;
    size_t last = at;
    while (at > 0 && name.p[at - 1] >= '0' && name.p[at - 1] <= '9')
        at--;
    return at < last && last - at <= 2 && at > 1 && name.p[at - 1] == '(' &&
        name.p[at - 2] == ' ';
}

bool name_is_conflict_copy(str name)
{
    return is_numbered_copy(name) || has_ascii(name, "conflicted copy") ||
        has_ascii(name, "sync-conflict") || has_ascii(name, ".orig") ||
        begins_ascii(name, "copy of") || begins_ascii(name, "kopie van") ||
        has_ascii(name, " - copy.") || has_ascii(name, " - kopie.");
}
