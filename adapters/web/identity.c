#include "adapters/web/identity.h"

#include <arpa/inet.h>

#include "base/str.h"

/* Numbers only: "127.0.0.1.evil.example" is somebody's name. */
bool identity_address_is_local(str address)
{
    char text[INET6_ADDRSTRLEN];
    struct in_addr v4;
    if (address.n == 0 || address.n >= sizeof text)
        return false;
    memcpy(text, address.p, address.n);
    text[address.n] = '\0';
    if (inet_pton(AF_INET, text, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    return str_eq(address, STR("::1")) || str_eq_ascii(address, STR("localhost"));
}

/* "http://127.0.0.1:8080" or "localhost:8080" without scheme and port. */
static str host_of(str s)
{
    ptrdiff_t at = str_find(s, STR("://"));
    if (at >= 0)
        s = str_sub(s, (size_t)at + 3, s.n);
    if (s.n > 0 && s.p[0] == '[') {
        ptrdiff_t end = str_find_char(s, ']');
        return end > 0 ? str_sub(s, 1, (size_t)end) : STR_NONE;
    }
    return str_cut(&s, ':');
}

bool identity_allows(struct request *r)
{
    static const char *const forwarded[] = {"forwarded",
                                            "x-forwarded-for",
                                            "x-forwarded-host",
                                            "x-forwarded-proto",
                                            "x-forwarded-port",
                                            "x-forwarded-server",
                                            "x-forwarded-prefix",
                                            "x-forwarded",
                                            "x-real-ip",
                                            "x-client-ip",
                                            "via"};
    for (size_t i = 0; i < LEN(forwarded); i++)
        if (request_header(r, forwarded[i]).p)
            return false;
    str origin = request_header(r, "origin");
    if (!identity_address_is_local(host_of(request_header(r, "host"))))
        return false;
    return !origin.p || identity_address_is_local(host_of(origin));
}

enum rc identity_verify(const struct people *p, str token, str *id)
{
    *id = STR_NONE;
    if (token.n == 0)
        return RC_OK;
    const struct person *who = people_find(p, token);
    if (!who)
        return RC_DENIED;
    *id = who->id;
    return RC_OK;
}
