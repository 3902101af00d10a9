#include "adapters/hris/rest_inside.h"

enum { TOTAL_MS = 15000 };

enum rc hris_section_read(const struct host *host, struct hris_section *out)
{
    const struct rest_section_rules rules = {.what = "the HR system",
                                             .sends =
                                                 "the token and what people ask about",
                                             .folder = "hris",
                                             .example = "bamboohr",
                                             .own = {"employee_id"},
                                             .total_ms = TOTAL_MS,
                                             .profile = &hris_rules};
    size_t errors = host->diags->errors;
    *out = (struct hris_section){.employee_id = STR("id")};
    enum rc rc = rest_section_read(host, &rules, &out->rest);
    bool is_map = host->settings && host->settings->kind == YAML_MAP;
    const struct yaml *id = is_map ? rest_section_text(host, "employee_id") : NULL;
    if (id)
        out->employee_id = arena_str(host->arena, id->text);
    return host->diags->errors > errors ? RC_INVALID : rc;
}
