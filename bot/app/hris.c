#include "app/hris.h"

#include "content/known.h"

struct strs hris_absent(const struct hris *h, void *self, struct arena *a)
{
    VEC(str) absent = {0};
    for (size_t i = 0; i < known_lookups.n; i++) {
        const struct known *k = &known_lookups.v[i];
        str name = str_c(k->name);
        if (known_name(&known_lookups, k->value) == k->name && !h->offers(self, name))
            *arena_push(a, &absent) = name;
    }
    return (struct strs){absent.v, absent.n};
}

struct lookup_row *lookup_rows_copy(struct arena *a, const struct lookup_row *rows,
                                    size_t n)
{
    struct lookup_row *out = arena_alloc(a, MAX(n, 1) * sizeof *out);
    for (size_t i = 0; i < n; i++) {
        out[i] = rows[i];
        for (int k = 0; k < LANG_COUNT; k++)
            out[i].kind[k] = arena_str(a, rows[i].kind[k]);
        out[i].amount = arena_str(a, rows[i].amount);
        out[i].unit = arena_str(a, rows[i].unit);
        out[i].group = arena_str(a, rows[i].group);
        out[i].text = arena_str(a, rows[i].text);
        out[i].link = arena_str(a, rows[i].link);
    }
    return out;
}
