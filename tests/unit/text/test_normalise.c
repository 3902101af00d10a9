#include "text/normalise.h"
#include "unit.h"

static const struct {
    const char *why, *in, *want;
} forms[] = {
    {"empty stays empty", "", ""},
    {"folds case beyond A-Z", "STRAẞE", "strasse"},
    {"composed equals decomposed", "u\u0308ber", "uber"},
    {"folds accents", "Privé-café à Zürich", "prive-cafe a zurich"},
    {"full width becomes plain", "ＰＴＯ", "pto"},
    {"white space runs collapse", " sick\u00a0 \r\n leave\t", "sick leave"},
    {"zero-width space vanishes", "pay\u200broll", "payroll"},
    {"curly apostrophes are straight", "auto’s ‘s middags", "auto's 's middags"},
    {"long dashes are short", "9–17 uur", "9-17 uur"},
    {"emoji stay", "vrij 🎉", "vrij 🎉"},
    {"stroke letters", "Łódź Ørsted", "lodz orsted"},
};

static void forms_agree(void **arena)
{
    for (size_t i = 0; i < LEN(forms); i++) {
        str once, twice;
        CHECK_RC(normalise(*arena, str_c(forms[i].in), &once), RC_OK);
        CHECK_STR(once, forms[i].want, forms[i].why);
        CHECK_RC(normalise(*arena, once, &twice), RC_OK);
        CHECK_STR(twice, forms[i].want, "applying it twice changes nothing");
    }
}

/* Sixteen bytes are folded at once: a second blank, a mark, a control character is met
 * wherever it stands. */
static void every_place_is_folded_alike(void **arena)
{
    static const char marks[] = {' ', '\n', 'Q', '`', '@', '[', '~'};
    for (size_t n = 1; n < 70; n++)
        for (size_t at = 0; at < n; at++)
            for (size_t m = 0; m < sizeof marks; m++) {
                char in[70], want[70];
                size_t w = 0;
                for (size_t i = 0; i < n; i++)
                    in[i] = i == at ? marks[m] : i % 5 == 3 ? ' ' : 'B';
                for (size_t i = 0; i < n; i++) {
                    char c = in[i] == '\n' ? ' ' : in[i] == 'B' ? 'b' : in[i];
                    c = c == 'Q' ? 'q' : c == '`' ? '\'' : c;
                    if (c != ' ' || (w > 0 && want[w - 1] != ' '))
                        want[w++] = c;
                }
                w -= w > 0 && want[w - 1] == ' ';
                str got;
                CHECK_RC(normalise(*arena, (str){in, n}, &got), RC_OK);
                CHECK(str_eq(got, (str){want, w}), "a mark anywhere");
                CHECK(got.p[got.n] == '\0', "closed by a NUL");
            }
}

static size_t encode(char *to, uint32_t c)
{
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t k = len; k > 1; k--, c >>= 6)
        to[k - 1] = (char)(0x80 | (c & 0x3f));
    to[0] = (char)(lead[len] | c);
    return len;
}

static void twice_is_once_for_every_code_point(void **arena)
{
    for (uint32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 7) {
        if (c >= 0xd800 && c < 0xe000)
            continue;
        char text[6] = "x";
        size_t n = 1 + encode(text + 1, c);
        str once, twice;
        CHECK_RC(normalise(*arena, (str){text, n}, &once), RC_OK);
        CHECK_RC(normalise(*arena, once, &twice), RC_OK);
        if (!str_eq(once, twice))
            fail_msg("U+%04X: folded twice differs", (unsigned)c);
        if (c % 512 == 0)
            arena_reset(*arena);
    }
}

static void bad_input_is_refused(void **arena)
{
    static const char big[NORMALISE_MAX + 1];
    str out = str_c("untouched");
    CHECK_RC(normalise(*arena, (str){big, sizeof big}, &out), RC_LIMIT);
    CHECK_RC(normalise(*arena, str_c("caf\xe9"), &out), RC_INVALID);  /* Latin-1 */
    CHECK_RC(normalise(*arena, str_c("\xc0\xaf"), &out), RC_INVALID); /* overlong */
    CHECK_STR(out, "untouched", "no output on failure");
}

UNIT_MAIN(UNIT(every_place_is_folded_alike), UNIT(forms_agree),
          UNIT(twice_is_once_for_every_code_point), UNIT(bad_input_is_refused))
