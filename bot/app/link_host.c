#include "app/link_host.h"

static bool is_harmless(str link)
{
    for (size_t i = 0; i < link.n; i++)
        if ((unsigned char)link.p[i] <= 0x20 || (unsigned char)link.p[i] >= 0x7f ||
            strchr("<>\"'`\\()[]{}|^*", link.p[i]))
            return false;
    return link.n <= LINK_MAX;
}

str link_host(str link)
{
    size_t from = str_starts(link, STR("https://")) ? 8
        : str_starts(link, STR("http://"))          ? 7
                                                    : 0;
    if (from == 0 || !is_harmless(link))
        return STR_NONE;
    size_t end = from;
    while (end < link.n && !strchr("/?#", link.p[end]))
        end++;
    str host = str_sub(link, from, end);
    return host.n > 0 && str_find_char(host, '@') < 0 ? host : STR_NONE;
}

static str without_port(str host)
{
    size_t i = host.n;
    while (i > 0 && host.p[i - 1] >= '0' && host.p[i - 1] <= '9')
        i--;
    return i > 1 && host.p[i - 1] == ':' ? str_sub(host, 0, i - 1) : host;
}

bool link_host_is_allowed(str link, str hosts)
{
    str host = link_host(link);
    while (host.n > 0 && hosts.n > 0) {
        size_t i = 0;
        while (i < hosts.n && !strchr(" ,\t", hosts.p[i]))
            i++;
        str one = str_sub(hosts, 0, i);
        hosts = str_sub(hosts, i < hosts.n ? i + 1 : i, hosts.n);
        if (one.n > 0 &&
            (str_eq_ascii(one, host) || str_eq_ascii(one, without_port(host))))
            return true;
    }
    return false;
}
