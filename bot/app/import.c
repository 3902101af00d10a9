#include "app/import.h"

#include "base/str.h"
#include "content/card.h"
#include "content/source.h"

str import_id(struct arena *a, str name)
{
    char *id = arena_alloc(a, name.n + 1);
    size_t n = 0;
    if (str_eq_ascii(name, STR("out_of_scope")) || str_eq_ascii(name, STR("oos")))
        return STR("none"); /* Rasa's and CLINC's names for it */
    for (size_t i = 0; i < name.n && n < CARD_ID_MAX; i++) {
        char c = name.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (c >= '0' && c <= '9') || (c && strchr("._-", c)))
            id[n++] = c;
        else if (c == '/')
            id[n++] = '.';
        else if (n > 0 && id[n - 1] != '-')
            id[n++] = '-';
    }
    return n > 0 ? (str){id, n} : STR("card");
}

/* One line, blanks at its ends and line breaks in it gone. */
static str one_line(struct arena *a, str text)
{
    char *p = arena_alloc(a, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        p[i] =
            text.p[i] == '\n' || text.p[i] == '\r' || text.p[i] == '\t' ? ' ' : text.p[i];
    return source_trim((str){p, text.n});
}

void import_add(struct import *m, const struct import_file *from, int line, str name,
                enum lang l, const char *kind, str text)
{
    bool body = str_starts(str_c(kind), STR("answer"));
    text = body ? str_trim(text) : one_line(m->arena, text);
    if (text.n == 0)
        return;
    *arena_push(m->arena, &m->rows) = (struct import_row){.id = import_id(m->arena, name),
                                                          .lang = l,
                                                          .kind = str_c(kind),
                                                          .text = text,
                                                          .from = from,
                                                          .line = line};
}
