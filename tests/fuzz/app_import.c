/* import: files of other programs are read without harm; the first byte says of which.
 * What is made of them are cards whose rows, taken out again, make the same cards. */
#include "app/import.h"

#include "fuzz.h"

static void fuzz(struct arena *a, str input)
{
    static void (*const readers[])(struct import *, const struct import_file *,
                                   size_t) = {import_rasa, import_hassil, import_qnabot,
                                              import_csv};
    if (input.n == 0 || !str_is_utf8(input))
        return; /* the command line lets no other file through */
    struct diags d = diags_new(a);
    struct import m = {.arena = a, .diags = &d, .lang = LANG_NL};
    struct import_file f = {STR("f"), str_sub(input, 1, input.n)};
    readers[(unsigned char)input.p[0] % LEN(readers)](&m, &f, 1);
    str cards = import_cards(&m);
    PROMISE(str_is_utf8(cards));
    struct import again = {.arena = a, .diags = &d, .lang = LANG_NL};
    struct import_file table = {STR("t"), export_csv(&m)};
    import_csv(&again, &table, 1);
    PROMISE(again.rows.n == m.rows.n);
    PROMISE(str_eq(import_cards(&again), cards));
}
