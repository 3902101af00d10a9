#include "adapters/slack/signature.h"
#include "unit.h"

static const char secret[] = "8f742231b10e8888abcd99yyyzzz85a5";

/* Requests with the verdict of Slack's own kit (@slack/bolt 5.1.0), and ours: the same or
 * stricter. */
static const struct {
    const char *why, *timestamp, *signature, *body;
    int64_t now;
    bool theirs, ours;
} cases[] = {
    {"valid", "1531420618",
     "v0=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, true, true},
    {"age 299s", "1531420618",
     "v0=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420917, true, true},
    {"age 300s", "1531420618",
     "v0=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420918, true, true},
    {"age 301s", "1531420618",
     "v0=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420919, false, false},
    {"future 600s", "1531420618",
     "v0=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420018, true, false},
    {"body one byte more", "1531420618",
     "v0=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo ", 1531420618, false, false},
    {"wrong secret", "1531420618",
     "v0=5827d16f7dafa1fb9610b7bfd037ab382e79c730bec7f383e08dc282d922bd91",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, false, false},
    {"version v1", "1531420618",
     "v1=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, false, false},
    {"no version", "1531420618",
     "084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, false, false},
    {"uppercase hex", "1531420618",
     "v0=084BADD4753F55463F1DC47C9FBEA37E932469D909B99DD7757801903BFED53F",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, false, false},
    {"short hex", "1531420618",
     "v0=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, false, false},
    {"empty hex", "1531420618", "v0=", "token=x&team_id=T1&command=%2Fverlof&text=saldo",
     1531420618, false, false},
    {"empty signature", "1531420618", "",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, false, false},
    {"missing signature", "1531420618", NULL,
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, false, false},
    {"missing timestamp", NULL,
     "v0=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, false, false},
    {"non numeric timestamp well signed", "abc",
     "v0=e79fdf32e612b16dabe40b6e1f4cebbbf08ab09a2fc5d6c25b9d555440d66924",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, true, false},
    {"trailing space in signature", "1531420618",
     "v0=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f ",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, false, false},
    {"extra equals part", "1531420618",
     "v0=084badd4753f55463f1dc47c9fbea37e932469d909b99dd7757801903bfed53f=junk",
     "token=x&team_id=T1&command=%2Fverlof&text=saldo", 1531420618, true, false},
    {"empty body", "1531420618",
     "v0=55f41ec73231010289b54e669149ea021fccab11b5524355523533ce930cb739", "",
     1531420618, true, true},
    {"utf8 body", "1531420618",
     "v0=b9d47b02933ecc5ca05402de752d4ef8047a9f206c4ad77ad46282f5512cb531",
     "{\"text\":\"zië – ü\"}", 1531420618, true, true},
};

static void we_are_as_strict_as_slack_or_stricter(void **arena)
{
    (void)arena;
    size_t stricter = 0;
    for (size_t i = 0; i < LEN(cases); i++) {
        bool got = signature_is_valid(str_c(secret), str_c(cases[i].timestamp),
                                      str_c(cases[i].signature), str_c(cases[i].body),
                                      cases[i].now);
        CHECK_INT(got, cases[i].ours, cases[i].why);
        CHECK(!got || cases[i].theirs, cases[i].why);
        stricter += cases[i].theirs && !got;
    }
    CHECK_INT(LEN(cases), 20, "all of them");
    CHECK_INT(stricter, 3, "the future, a time that is none, something behind the hash");
}

static void what_we_sign_is_valid_until_a_bit_changes(void **arena)
{
    (void)arena;
    char mark[SIGNATURE_BYTES + 1];
    str body = STR("payload"), now = STR("1700000000");
    CHECK(signature_make(str_c(secret), now, body, mark), "there is an HMAC");
    CHECK(signature_is_valid(str_c(secret), now, str_c(mark), body, 1700000000), "ours");
    CHECK(!signature_is_valid(STR_NONE, now, str_c(mark), body, 1700000000),
          "without a secret nothing is valid");
    for (size_t i = 0; i < SIGNATURE_BYTES; i++) {
        mark[i] ^= 1;
        CHECK(!signature_is_valid(str_c(secret), now, str_c(mark), body, 1700000000),
              "one bit");
        mark[i] ^= 1;
    }
}

static void the_clock_may_differ_by_300_seconds_either_way(void **arena)
{
    (void)arena;
    char mark[SIGNATURE_BYTES + 1];
    str body = STR_NONE, at = STR("1700000000");
    CHECK(signature_make(str_c(secret), at, body, mark), "there is an HMAC");
    for (int64_t d = -302; d <= 302; d++)
        CHECK_INT(
            signature_is_valid(str_c(secret), at, str_c(mark), body, 1700000000 + d),
            d >= -300 && d <= 300, "seconds away");
    str odd[] = {
        STR("+1700000000"),           STR("1700000000 "), STR("0x65"), STR("-1"), STR(""),
        STR("9999999999999999999999")};
    for (size_t i = 0; i < LEN(odd); i++) {
        CHECK(signature_make(str_c(secret), odd[i], body, mark), "there is an HMAC");
        CHECK(!signature_is_valid(str_c(secret), odd[i], str_c(mark), body, 1700000000),
              odd[i].p);
    }
}

UNIT_MAIN(UNIT(we_are_as_strict_as_slack_or_stricter),
          UNIT(what_we_sign_is_valid_until_a_bit_changes),
          UNIT(the_clock_may_differ_by_300_seconds_either_way))
