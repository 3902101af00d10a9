#include "adapters/servicedesk/rest_settings.h"

#include "adapters/servicedesk/rest_rules.h"

enum { TOTAL_MS = 20000 };

static void read_queues(const struct host *h, struct queue_names *out)
{
    const struct yaml *y = yaml_get(h->settings, "queues");
    if (!y)
        return;
    if (y->kind != YAML_MAP) {
        rest_section_error(h, y, "queues is a map from our queues to the servicedesk's");
        return;
    }
    out->v = arena_alloc(h->arena, y->n * sizeof *out->v);
    for (size_t i = 0; i < y->n; i++) {
        if (y->v[i].kind != YAML_TEXT || y->v[i].text.n == 0)
            rest_section_error(h, &y->v[i], "a queue's name must be text");
        out->v[out->n++] = (struct queue_name){arena_str(h->arena, y->key[i].text),
                                               arena_str(h->arena, y->v[i].text)};
    }
}

enum rc rest_settings_read(const struct host *host, struct rest_section *out,
                           struct queue_names *queues)
{
    const struct rest_section_rules rules = {.what = "the servicedesk",
                                             .sends = "the token and the tickets",
                                             .folder = "servicedesk",
                                             .example = "rt",
                                             .own = {"queues"},
                                             .one_login = true,
                                             .total_ms = TOTAL_MS,
                                             .profile = &rest_rules};
    size_t errors = host->diags->errors;
    *queues = (struct queue_names){0};
    enum rc rc = rest_section_read(host, &rules, out);
    if (host->settings && host->settings->kind == YAML_MAP)
        read_queues(host, queues);
    return host->diags->errors > errors ? RC_INVALID : rc;
}
