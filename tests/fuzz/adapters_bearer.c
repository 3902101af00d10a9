/* bearer: any Authorization header is refused but the one token that was signed with the
 * key (thrown away since); what is accepted has its very header and claims. */
#include "adapters/teams/bearer.h"

#include "fuzz.h"

static const char jwks[] =
    "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"sMf1u71EMyAxvNhAJlSJNLgEYCVww3ISixHbf6TzQpW"
    "T4MXRBzlUQkRfE3WncipLl3Kf_joP_ogRYpPlyo2Lr7KzmjnKt1NVOPzYGukcxSwQEQQrG"
    "Mjkj6Z242_dERV9r9K7l5_TEAPRRYvRZ0BPj-_QD-jLcsmcUTlb8wEFpu55dalv0WyU_1r"
    "11FYOr8TZT6HoCio0xvEVNLT29G_tu1lT4PvlCyyaZVDPhcQK07mGB5tP13NAXIhL-ztms"
    "_1RRklkW1HygwRg7e3W6OlCQh6j80lOuNPLIzw3QSbNyoSPE1czkk-JmHnIMZV1hQYx44n"
    "5kxkCIWcpxpZomGERdw\",\"e\":\"AQAB\",\"use\":\"sig\",\"kid\":\"k1\","
    "\"endorsements\":"
    "[\"msteams\"]}]}";
static const char signed_part[] =
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0.eyJzZXJ2aWNldXJsIj"
    "oiaHR0cHM6Ly9zbWJhLnRyYWZmaWNtYW5hZ2VyLm5ldC9lbWVhLyIsIm5iZiI6MTY5OTk5"
    "OTk5MCwiZXhwIjoxNzAwMDAzNjAwLCJpc3MiOiJodHRwczovL2FwaS5ib3RmcmFtZXdvcm"
    "suY29tIiwiYXVkIjoiQVBQIn0";

static void fuzz(struct arena *a, str input)
{
    static const struct bearer_rules rules = {STR_INIT("https://api.botframework.com"),
                                              STR_INIT("APP"), STR_INIT("msteams")};
    static const struct bearer_activity act = {
        STR_INIT("msteams"), STR_INIT("https://smba.trafficmanager.net/emea/")};
    const char *why = NULL;
    json_t *keys = json_loads(jwks, 0, NULL);
    enum rc rc = bearer_check(a, &rules, &act, input, keys, 1700000000, &why);
    if (rc == RC_OK)
        PROMISE(str_has(input, str_c(signed_part)));
    else
        PROMISE(why != NULL);
    json_decref(keys);
    PROMISE(bearer_check(a, &rules, &act, input, NULL, 1700000000, &why) != RC_OK);
}
