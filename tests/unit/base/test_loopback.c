#include "base/loopback.h"
#include "unit.h"

static void only_this_machine_is_loopback(void **state)
{
    static const struct {
        const char *url;
        bool is;
    } cases[] = {
        {"127.0.0.1", true},
        {"127.9.8.7:8080", true},
        {"localhost", true},
        {"LocalHost:80", true},
        {"[::1]:8080", true},
        {"[::1]", true},
        {"http://127.0.0.1:8080/chat", true},
        {"http://localhost/a:b@c", true},
        {"smtp://[::1]:2525", true},
        {"", false},
        {":80", false},
        {"http://", false},
        {"127.0.0.1.evil.example", false},
        {"127.evil.example", false},
        {"127.1", false}, /* some read it as 127.0.0.1; we do not */
        {"2130706433", false},
        {"0.0.0.0", false},
        {"localhost.evil.example", false},
        {"http://localhost@evil.example", false},
        {"http://localhost:80@evil.example/", false},
        {"http://evil.example/http://localhost", false},
        {"smtp://mail.example/127.0.0.1", false},
        {"[::1].evil.example", false},
        {"[::1", false},
        {"[::2]:80", false},
        {"localhost:0", false},
        {"localhost:65536", false},
        {"localhost:", false},
    };
    (void)state;
    for (size_t i = 0; i < LEN(cases); i++)
        CHECK(loopback_url(str_c(cases[i].url)) == cases[i].is, cases[i].url);
}

static void a_host_has_no_port(void **state)
{
    (void)state;
    CHECK(loopback_host(STR("::1")) && loopback_host(STR("127.0.0.1")), "bare");
    CHECK(!loopback_host(STR("127.0.0.1:80")), "a port is not part of a host");
    CHECK(!loopback_host(STR("127.0.0.1\0x")), "nor is what follows a NUL");
}

UNIT_MAIN(UNIT(only_this_machine_is_loopback), UNIT(a_host_has_no_port))
