/*
 * link_host - which links of a personal look-up may be shown.
 *
 * A link comes from a table or from the HR system's reply, so it is only let through when
 * it is http or https, holds nothing that could end it early in Markdown or HTML, names
 * nobody before an @, and leads to a host that the operator named.
 */
#ifndef APP_LINK_HOST_H
#define APP_LINK_HOST_H

#include "base/str.h"

enum { LINK_MAX = 2000 };

/* hosts: names, some with :PORT, with spaces or commas between; without a port any will
 * do. ASCII case is ignored. */
bool link_host_is_allowed(str link, str hosts);
/* "hr.example:8443" of "https://hr.example:8443/x"; STR_NONE when it is no such link. */
str link_host(str link);

#endif
