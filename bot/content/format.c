#include "content/format.h"

static const struct {
    const char *end;
    enum format format;
} endings[] = {
    {".md", FORMAT_MARKDOWN}, {".markdown", FORMAT_MARKDOWN}, {".html", FORMAT_HTML},
    {".htm", FORMAT_HTML},    {".txt", FORMAT_TEXT},          {".csv", FORMAT_TABLE},
};

static bool ends_ascii(str s, str end)
{
    return s.n > end.n && str_eq_ascii(str_sub(s, s.n - end.n, s.n), end);
}

enum format format_of(str path)
{
    for (size_t i = 0; i < LEN(endings); i++)
        if (ends_ascii(path, str_c(endings[i].end)))
            return endings[i].format;
    return FORMAT_NONE;
}

str format_stem(str path)
{
    for (size_t i = 0; i < LEN(endings); i++)
        if (ends_ascii(path, str_c(endings[i].end)))
            return str_sub(path, 0, path.n - strlen(endings[i].end));
    return path;
}
