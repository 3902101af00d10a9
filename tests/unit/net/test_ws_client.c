#include "net/ws_client.h"
#include "unit.h"

static const struct {
    const char *url;
    bool good, secure;
    const char *host, *path;
    int port;
    bool numeric;
} urls[] = {
    {"wss://wss-primary.slack.com/link/?ticket=a&app_id=b", true, true,
     "wss-primary.slack.com", "/link/?ticket=a&app_id=b", 443, false},
    {"ws://127.0.0.1:8080/x", true, false, "127.0.0.1", "/x", 8080, true},
    {"ws://[::1]:9/", true, false, "::1", "/", 9, true},
    {"wss://h", true, true, "h", "/", 443, false},
    {"wss://h:0/", false, false, "", "", 0, false},
    {"wss://h:65536/", false, false, "", "", 0, false},
    {"wss://h:x/", false, false, "", "", 0, false},
    {"wss:///x", false, false, "", "", 0, false},
    {"wss://user@h/", false, false, "", "", 0, false},
    {"wss://h?q", false, false, "", "", 0, false},
    {"wss://h/a b", false, false, "", "", 0, false},
    {"wss://h/a\r\nHost: x", false, false, "", "", 0, false},
    {"https://h/", false, false, "", "", 0, false},
    {"", false, false, "", "", 0, false},
};

static void addresses_are_split_or_refused(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(urls); i++) {
        struct ws_url u;
        CHECK_RC(ws_url_parse(str_c(urls[i].url), &u), urls[i].good ? RC_OK : RC_INVALID);
        if (!urls[i].good)
            continue;
        CHECK_INT(u.secure, urls[i].secure, urls[i].url);
        CHECK_INT(u.port, urls[i].port, urls[i].url);
        CHECK_INT(u.numeric, urls[i].numeric, urls[i].url);
        CHECK_STR(u.host, urls[i].host, urls[i].url);
        CHECK_STR(u.path, urls[i].path, urls[i].url);
    }
}

UNIT_MAIN(UNIT(addresses_are_split_or_refused))
