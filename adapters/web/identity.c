#include "adapters/web/identity.h"

#include "base/loopback.h"
#include "base/str.h"

/* Numbers only: "127.0.0.1.evil.example" is somebody's name. */
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
    if (!loopback_url(request_header(r, "host")))
        return false;
    return !origin.p || loopback_url(origin);
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
