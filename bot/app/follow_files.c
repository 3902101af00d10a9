#include "app/follow_inside.h"

struct news_file *news_files_copy(struct arena *a, const struct news_file *v, size_t n)
{
    struct news_file *out = arena_alloc(a, MAX(n, 1) * sizeof *out);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct news_file){.key = arena_str(a, v[i].key),
                                    .name = arena_str(a, v[i].name),
                                    .type = arena_str(a, v[i].type),
                                    .problem = arena_str(a, v[i].problem),
                                    .size = v[i].size};
    return out;
}
