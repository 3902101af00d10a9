#include "base/loopback.h"

#include <arpa/inet.h>
#include <string.h>

bool loopback_host(str host)
{
    char text[INET6_ADDRSTRLEN];
    struct in_addr v4;
    if (host.n == 0 || host.n >= sizeof text || memchr(host.p, 0, host.n))
        return false;
    memcpy(text, host.p, host.n);
    text[host.n] = '\0';
    if (inet_pton(AF_INET, text, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    return str_eq(host, STR("::1")) || str_eq(host, STR("[::1]")) ||
        str_eq_ascii(host, STR("localhost"));
}

static bool is_port(str s)
{
    int64_t n;
    return str_int(s, &n) == RC_OK && n > 0 && n < 65536;
}

bool loopback_url(str url)
{
    ptrdiff_t at = str_find(url, STR("://"));
    str rest = at < 0 ? url : str_sub(url, (size_t)at + 3, url.n);
    str host = str_cut(&rest, '/');
    ptrdiff_t name = str_starts(host, STR("[")) ? str_find_char(host, ']') + 1
                                                : str_find_char(host, ':');
    if (name <= 0 || (size_t)name == host.n)
        return loopback_host(host);
    return host.p[name] == ':' && is_port(str_sub(host, (size_t)name + 1, host.n)) &&
        loopback_host(str_sub(host, 0, (size_t)name));
}
