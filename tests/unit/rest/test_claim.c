#include "rest/claim.h"
#include "rest/profile.h"
#include "sample.h"
#include "unit.h"

static const char reply[] =
    "{\"ok\":false,\"n\":7,\"s\":\"Not Found\",\"nil\":null,\"list\":[\"All "
    "well\",\"Invalid "
    "value for x\"],\"fields\":[{\"name\":\"A\",\"values\":[\"K1\"]},{\"name\":\"B\","
    "\"values\":[]}],\"none\":[],\"map\":{\"a\":{\"x\":1},\"b\":\"K1\"}}";

static const struct {
    const char *why, *claim;
    bool holds;
} claims[] = {
    {"a boolean is text", "{at: /ok, is: 'false'}", true},
    {"a number is text", "{at: /n, is: '7'}", true},
    {"other text", "{at: /s, is: Found}", false},
    {"nothing there is no text", "{at: /zz, is: ''}", false},
    {"a placeholder", "{at: /fields/0/values/0, is: '{{key}}'}", true},
    {"another text", "{at: /s, not: Found}", true},
    {"the same text", "{at: /s, not: Not Found}", false},
    {"nothing there is another text", "{at: /zz, not: x}", true},
    {"a list is no text", "{at: /list, not: ''}", true},
    {"a member of a map", "{at: /map, any: {'': '{{key}}'}}", true},
    {"no member of a map", "{at: /map, any: {'': K2}}", false},
    {"a member's member", "{at: /map, any: {/x: '1'}}", true},
    {"no member with it", "{at: /map, none: {/x: '2'}}", true},
    {"part of it", "{at: /s, has: found}", true},
    {"not part of it", "{at: /s, has: lost}", false},
    {"part of any element", "{at: /list, has: invalid VALUE}", true},
    {"part of no element", "{at: /list, has: refused}", false},
    {"something there", "{at: /ok, present: yes}", true},
    {"null is nothing", "{at: /nil, present: yes}", false},
    {"nothing there", "{at: /zz, present: no}", true},
    {"something there after all", "{at: /n, present: no}", false},
    {"an element with it", "{at: /fields, any: {/name: B}}", true},
    {"one element with both", "{at: /fields, any: {/name: A, /values/0: '{{key}}'}}",
     true},
    {"both, but in two elements", "{at: /fields, any: {/name: B, /values/0: K1}}", false},
    {"any of no list", "{at: /s, any: {/name: A}}", false},
    {"no element with it", "{at: /fields, none: {/name: C}}", true},
    {"an element with it after all", "{at: /fields, none: {/name: A}}", false},
    {"none of an empty list", "{at: /none, none: {/name: A}}", true},
    {"none of no list", "{at: /zz, none: {/name: A}}", true},
};

static void claims_hold_or_do_not(void **arena)
{
    json_t *root = json_loads(reply, 0, NULL);
    const struct rest_value v[] = {{STR("key"), STR("K1"), VALUE_PLAIN}};
    for (size_t i = 0; i < LEN(claims); i++) {
        struct diags d = diags_new(*arena);
        struct profile *p;
        str text = arena_fmt(*arena, "%s    failed: [%s]\n", SAMPLE_TOP SAMPLE_OPEN,
                             claims[i].claim);
        CHECK_RC(profile_read(*arena, STR("p.yaml"), text, &sample_rules, &d, &p), RC_OK);
        const struct claims *c = &profile_operation(p, "open")->failed;
        struct rest_values values = {v, LEN(v)};
        CHECK(claim_holds(*arena, &c->v[0], values, root) == claims[i].holds,
              claims[i].why);
        CHECK((claims_met(*arena, c, values, root) != NULL) == claims[i].holds, "met");
        CHECK((claims_unmet(*arena, c, values, root) == NULL) == claims[i].holds,
              "unmet");
    }
    json_decref(root);
}

UNIT_MAIN(UNIT(claims_hold_or_do_not))
