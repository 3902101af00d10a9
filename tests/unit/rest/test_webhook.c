/* Calls of the desk's: the signature is over the raw bytes, and all of it counts. */
#include "rest/webhook.h"

#include "unit.h"

static const struct webhook rt = {STR_INIT("X-RT-Signature"), STR_INIT("sha256="),
                                  STR_INIT("/ticket"), STR_INIT("/transaction"),
                                  STR_INIT("/created")};
/* printf '%s' BODY | openssl dgst -sha256 -hmac rig-secret */
#define BODY "{\"ticket\":7,\"transaction\":44,\"created\":\"2026-11-22T09:00:00Z\"}"
#define HEX "a380a4de057066f019dde8b4b465048ff8d58e1b47eeff46a03316380fc7b541"

static const struct {
    const char *why, *signature, *body, *secret;
    enum rc want;
} calls[] = {
    {"as it was sent", "sha256=" HEX, BODY, "rig-secret", RC_OK},
    {"in base64", "sha256=o4Ck3gVwZvAZ3ei0tGUEj/jVjhtH7v9GoDMWOA/HtUE=", BODY,
     "rig-secret", RC_OK},
    {"another secret", "sha256=" HEX, BODY, "rig-secreT", RC_DENIED},
    {"no secret", "sha256=" HEX, BODY, "", RC_DENIED},
    {"one blank more", "sha256=" HEX, BODY " ", "rig-secret", RC_DENIED},
    {"without its prefix", HEX, BODY, "rig-secret", RC_DENIED},
    {"another hash's name", "sha1=" HEX, BODY, "rig-secret", RC_DENIED},
    {"something behind it", "sha256=" HEX "0", BODY, "rig-secret", RC_DENIED},
    {"only its beginning", "sha256=", BODY, "rig-secret", RC_DENIED},
    {"no signature", "", BODY, "rig-secret", RC_DENIED},
    {"signed, but no ticket in it",
     "sha256=b6823be0345ab61e8bcb98c65f3e7b4f60e5bae35c9b87f508022612aee4eec7",
     "{\"tickets\":7}", "rig-secret", RC_INVALID},
    {"signed, but no JSON",
     "sha256=347c2898163cd670f57bd7f887479c93364353e2a4d057233e32ba914ab8e8f1",
     "ticket=7", "rig-secret", RC_INVALID},
};

static void only_what_the_desk_signed_counts(void **arena)
{
    for (size_t i = 0; i < LEN(calls); i++) {
        struct webhook_call c;
        enum rc rc = webhook_read(*arena, &rt, str_c(calls[i].secret),
                                  str_c(calls[i].signature), str_c(calls[i].body), &c);
        CHECK_INT(rc, calls[i].want, calls[i].why);
        if (rc != RC_OK)
            continue;
        CHECK_STR(c.ticket, "7", calls[i].why);
        CHECK_STR(c.event, "44", calls[i].why);
        CHECK_STR(c.time, "2026-11-22T09:00:00Z", calls[i].why);
    }
}

UNIT_MAIN(UNIT(only_what_the_desk_signed_counts))
