#include "nlu/pattern.h"
#include "nlu/template_sample.h"

#include "cards.h"

static const char *const templates[] = {
    "hoeveel (vakantie|verlof)(dagen|uren) [heb ik] [nog] [over]",
    "ziek[ ]melden",
    "[*] {date} vrij",
    "van {number} naar {number} uur",
    "{duration} onbetaald",
    "(a|b c|[d] e) [f|g [h]] i",
};

static void every_sample_fits_its_template(void **arena)
{
    for (size_t i = 0; i < LEN(templates); i++) {
        struct diags d = diags_new(*arena);
        struct place at = {.file = STR("f.md")};
        struct sequence tree = {0};
        CHECK_RC(template_parse(*arena, str_c(templates[i]), &at, &d, &tree), RC_OK);
        struct pattern_set *s = pattern_set_new(NULL);
        struct pattern what = {.lang = LANG_NL, .line = 1};
        pattern_add(s, &what, str_c(templates[i]), at.file, &d);
        pattern_ready(s, &d);
        str first = STR_NONE;
        bool differ = false;
        for (uint32_t which = 0; which < SAMPLES; which++) {
            str text = template_sample(*arena, &tree, which);
            struct subject t = {text, text, {text, text}};
            size_t literal;
            pattern_look(s, &t);
            if (!pattern_matches(s, 0, &literal))
                fail_msg("\"%.*s\" does not fit %s", STR_ARG(text), templates[i]);
            differ = differ || (first.n > 0 && !str_eq(first, text));
            first = text;
        }
        CHECK(differ == (str_find_char(str_c(templates[i]), '(') >= 0), templates[i]);
        pattern_set_free(s);
    }
}

UNIT_MAIN(UNIT(every_sample_fits_its_template))
