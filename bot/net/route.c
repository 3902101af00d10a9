#include "net/serve.h"

static bool path_matches(const char *pattern, str path)
{
    str p = str_c(pattern);
    if (p.n > 0 && p.p[p.n - 1] == '*')
        return str_starts(path, str_sub(p, 0, p.n - 1));
    return str_eq(p, path);
}

const struct route_entry *route_find(const struct server *s, struct request *r,
                                     int *status, str *allow)
{
    str method = r->head ? STR("GET") : str_c(r->method);
    *status = 404;
    *allow = STR("allow:");
    for (size_t i = 0; i < s->n_routes; i++) {
        const struct route_entry *e = &s->routes[i];
        if (!path_matches(e->path, r->path))
            continue;
        if (str_eq(method, str_c(e->method)))
            return e;
        *status = 405;
        const char *also = str_eq(str_c(e->method), STR("GET")) ? ", HEAD" : "";
        *allow = arena_fmt(r->arena, "%s%s %s%s", allow->p, allow->n > 6 ? "," : "",
                           e->method, also);
    }
    for (size_t i = 0; i < s->n_sockets && *status == 404; i++)
        if (str_eq(str_c(s->sockets[i].path), r->path))
            *status = 426; /* there, but for WebSockets only */
    return NULL;
}
