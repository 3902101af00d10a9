#include "content/audience.h"

#include "content.h"

static struct audience parse(struct arena *a, const char *text, struct diags *d)
{
    struct place at = {.arena = a, .diags = d, .file = STR("f"), .line = 1, .column = 5};
    struct audience out;
    bool ok = audience_parse(&at, str_c(text), &out);
    CHECK(ok == (d->errors == 0), text);
    return out;
}

static str print(struct arena *a, const struct audience *x)
{
    struct buf b = buf_new(a, 1000);
    for (size_t i = 0; i < x->n; i++) {
        buf_fmt(&b, "%.*s:", STR_ARG(x->v[i].key));
        for (size_t k = 0; k < x->v[i].values.n; k++)
            buf_fmt(&b, "%.*s;", STR_ARG(x->v[i].values.v[k]));
    }
    return buf_str(&b);
}

static const struct {
    const char *in, *want, *diags;
} texts[] = {
    {"", "", ""},
    {"country=NL", "country:NL;", ""},
    {"country=NL contract=a,b", "country:NL;contract:a;b;", ""},
    {"country = NL contract = a , b", "country:NL;contract:a;b;", ""},
    {"unit=\"Customer Care\",IT", "unit:Customer Care;IT;", ""},
    {"unit=\xe2\x80\x9cHR & Finance\xe2\x80\x9d", "unit:HR & Finance;", ""},
    {"country", "",
     "f:1:5: error: `country` is no condition; write `country=NL` or `contract=a,b`\n"},
    {"a=1 country", "",
     "f:1:9: error: `country` is no condition; write `country=NL` or `contract=a,b`\n"},
    {"country=", "", "f:1:5: error: `country=` lacks a value\n"},
    {"=NL", "",
     "f:1:5: error: `=` is no condition; write `country=NL` or `contract=a,b`\n"},
    {"country=NL Country=BE", "",
     "f:1:16: error: `Country` stands here twice; write `Country=a,b`\n"},
};

static void conditions_are_read(void **arena)
{
    for (size_t i = 0; i < LEN(texts); i++) {
        struct diags d = diags_new(*arena);
        struct audience a = parse(*arena, texts[i].in, &d);
        CHECK_STR(print(*arena, &a), texts[i].want, texts[i].in);
        CHECK_STR(diags_text(*arena, &d, STR("")), texts[i].diags, texts[i].in);
    }
}

static const struct {
    const char *audience, *country, *contract;
    enum fit want;
} fits[] = {
    {"", NULL, NULL, FIT_YES},
    {"country=NL", "NL", NULL, FIT_YES},
    {"country=NL", "nl", NULL, FIT_YES},
    {"country=NL", "BE", NULL, FIT_NO},
    {"country=NL", NULL, NULL, FIT_UNKNOWN},
    {"country=NL,BE", "BE", NULL, FIT_YES},
    {"country=NL contract=a", "NL", NULL, FIT_UNKNOWN},
    {"contract=a country=NL", "BE", NULL, FIT_NO},
    {"country=NL contract=a", "NL", "b", FIT_NO},
    {"country=NL contract=a", "", "a", FIT_UNKNOWN},
    {"COUNTRY=NL", "NL", NULL, FIT_YES},
};

static void a_person_fits_or_not_or_nobody_knows(void **arena)
{
    for (size_t i = 0; i < LEN(fits); i++) {
        struct diags d = diags_new(*arena);
        struct audience a = parse(*arena, fits[i].audience, &d);
        struct trait t[2];
        struct traits mine = {t, 0};
        if (fits[i].country)
            t[mine.n++] = (struct trait){STR("country"), str_c(fits[i].country)};
        if (fits[i].contract)
            t[mine.n++] = (struct trait){STR("contract"), str_c(fits[i].contract)};
        CHECK_INT(audience_fit(&a, &mine), fits[i].want, fits[i].audience);
    }
}

static const struct {
    const char *a, *b;
    bool want;
} overlaps[] = {
    {"", "", true},
    {"country=NL", "country=BE", false},
    {"country=NL,BE", "country=BE,DE", true},
    {"country=NL", "contract=a", true},
    {"country=NL contract=a", "country=NL contract=b", false},
    {"", "country=NL", true},
};

static void audiences_overlap_when_one_person_can_be_in_both(void **arena)
{
    for (size_t i = 0; i < LEN(overlaps); i++) {
        struct diags d = diags_new(*arena);
        struct audience a = parse(*arena, overlaps[i].a, &d);
        struct audience b = parse(*arena, overlaps[i].b, &d);
        CHECK_INT(audience_overlaps(&a, &b), overlaps[i].want, overlaps[i].a);
        CHECK_INT(audience_overlaps(&b, &a), overlaps[i].want, "either way round");
    }
}

UNIT_MAIN(UNIT(conditions_are_read), UNIT(a_person_fits_or_not_or_nobody_knows),
          UNIT(audiences_overlap_when_one_person_can_be_in_both))
