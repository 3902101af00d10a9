#include "nlu/template_sample.h"

#include "base/buf.h"
#include "nlu/entity.h"
#include "nlu/plain.h"

enum { SAMPLE_MAX = 2000 };

static str entity_sample(str regex)
{
    static const struct {
        const char *name, *text;
    } kinds[] = {{"date", "3 mei"},
                 {"period", "2027"},
                 {"duration", "3 weken"},
                 {"number", "3"},
                 {"amount", "3"}};
    str near;
    for (size_t i = 0; i < LEN(kinds); i++)
        if (str_eq(entity_regex(str_c(kinds[i].name), &near), regex))
            return str_c(kinds[i].text);
    return STR("");
}

/* Each group that is met takes the next bits of *which as its choice. */
static void put(struct buf *b, const struct sequence *s, uint32_t *which)
{
    for (size_t i = 0; i < s->list.n; i++) {
        const struct item *one = &s->list.v[i];
        switch (one->kind) {
        case ITEM_TEXT:
            buf_put(b, one->text);
            break;
        case ITEM_SPACE:
        case ITEM_BLANK:
            buf_char(b, ' ');
            break;
        case ITEM_WILD:
            buf_put(b, STR("iets"));
            break;
        case ITEM_ENTITY:
            buf_put(b, entity_sample(one->text));
            break;
        case ITEM_GROUP: {
            uint32_t choices = (uint32_t)one->branches.n + one->optional;
            uint32_t now = *which % choices;
            *which = *which / 2 + 5 * (*which % 2); /* another mix for the next group */
            if (now < one->branches.n)
                put(b, &one->branches.v[now], which);
            break;
        }
        }
    }
}

str template_sample(struct arena *a, const struct sequence *tree, uint32_t which)
{
    struct buf b = buf_new(a, SAMPLE_MAX);
    put(&b, tree, &which);
    return plain_of(a, buf_str(&b));
}
