#include "app/link_host.h"

#include "unit.h"

static const struct {
    const char *why, *link, *hosts;
    bool allowed;
} cases[] = {
    {"a host that is named", "https://hr.example/doc/1?a=b#c", "hr.example", true},
    {"one of several, in any case", "https://HR.Example/x", "a.example, hr.example",
     true},
    {"any port where none is named", "https://hr.example:8443/x", "hr.example", true},
    {"the port that is named", "http://hr.example:81/x", "hr.example:81", true},
    {"another port than the one named", "http://hr.example:82/x", "hr.example:81", false},
    {"no host is named", "https://hr.example/x", "", false},
    {"another host", "https://evil.example/x", "hr.example", false},
    {"a host that only ends like it", "https://evilhr.example/x", "hr.example", false},
    {"a host that only begins like it", "https://hr.example.evil/x", "hr.example", false},
    {"the named host as a user", "https://hr.example@evil.example/", "hr.example", false},
    {"a user at the named host", "https://me@hr.example/", "hr.example", false},
    {"a script", "javascript:alert(1)//hr.example", "hr.example", false},
    {"a file", "file://hr.example/x", "hr.example", false},
    {"no scheme", "//hr.example/x", "hr.example", false},
    {"what would end it in Markdown", "https://hr.example/a)b", "hr.example", false},
    {"what would end it in HTML", "https://hr.example/\"x", "hr.example", false},
    {"a backslash browsers read as a slash", "https://hr.example\\@evil", "hr.example",
     false},
    {"a line end", "https://hr.example/\nx", "hr.example", false},
    {"nothing", "", "hr.example", false},
};

static void a_link_is_shown_to_a_named_host_only(void **state)
{
    (void)state;
    for (size_t i = 0; i < LEN(cases); i++)
        CHECK_INT(link_host_is_allowed(str_c(cases[i].link), str_c(cases[i].hosts)),
                  cases[i].allowed, cases[i].why);
}

UNIT_MAIN(UNIT(a_link_is_shown_to_a_named_host_only))
