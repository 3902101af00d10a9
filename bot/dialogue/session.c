#include "dialogue/session.h"

#include <jansson.h>

#include "base/buf.h"

static str text_of(struct arena *a, const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    if (!json_is_string(v))
        return STR_NONE;
    return arena_str(a, (str){json_string_value(v), json_string_length(v)});
}

static int64_t int_of(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

static void read_form(struct arena *a, const json_t *o, struct form *f)
{
    f->card = text_of(a, o, "card");
    f->slot = (int)int_of(o, "slot");
    f->tries = (int)int_of(o, "tries");
    f->asked_ms = int_of(o, "asked");
    size_t i;
    json_t *v;
    json_array_foreach(json_object_get(o, "values"), i, v)
    {
        if (f->n_values == VALUES_MAX)
            break;
        f->values[f->n_values++] = (struct value){.slot = text_of(a, v, "slot"),
                                                  .value = text_of(a, v, "value"),
                                                  .shown = text_of(a, v, "shown")};
    }
}

static void read_offers(struct arena *a, const json_t *list, struct session *s)
{
    size_t i;
    json_t *v;
    json_array_foreach(list, i, v)
    {
        if (s->n_offers == OFFERS_MAX)
            break;
        s->offers[s->n_offers++] = (struct offer){.type = (enum offer_type)int_of(v, "t"),
                                                  .id = text_of(a, v, "id"),
                                                  .label = text_of(a, v, "l"),
                                                  .target = text_of(a, v, "to")};
    }
}

struct session *session_read(struct arena *a, str json)
{
    struct session *s = arena_alloc(a, sizeof *s);
    s->lang = LANG_NONE;
    json_t *o = json.n ? json_loadb(json.p, json.n, 0, NULL) : NULL;
    if (!json_is_object(o)) {
        json_decref(o);
        return s;
    }
    s->turns = int_of(o, "turns");
    s->lang = lang_of(text_of(a, o, "lang"));
    s->lang_chosen = json_is_true(json_object_get(o, "chosen"));
    s->waiting = (enum waiting)int_of(o, "waiting");
    s->topic = text_of(a, o, "topic");
    s->question = text_of(a, o, "question");
    s->tried = text_of(a, o, "tried");
    s->answered_turn = int_of(o, "answered");
    s->answered_intent = text_of(a, o, "intent");
    s->runners_up[0] = text_of(a, o, "second");
    s->runners_up[1] = text_of(a, o, "third");
    s->private_topic = json_is_true(json_object_get(o, "private"));
    s->sensitive_card = text_of(a, o, "sensitive");
    s->pending_lookup = text_of(a, o, "lookup");
    s->declined = (int)int_of(o, "declined");
    read_offers(a, json_object_get(o, "offers"), s);
    read_form(a, json_object_get(o, "form"), &s->form);
    read_form(a, json_object_get(o, "parked"), &s->parked);
    json_decref(o);
    return s;
}

static void put_text(struct buf *b, const char *key, str v)
{
    if (v.n > 0)
        buf_json_member(b, key, v);
}

static void put_int(struct buf *b, const char *key, int64_t v)
{
    if (v != 0)
        buf_json_int(b, key, v);
}

static void put_flag(struct buf *b, const char *key, bool v)
{
    if (v)
        buf_fmt(b, "%s\"%s\":true", b->n > 1 ? "," : "", key);
}

static void write_form(struct buf *b, const char *key, const struct form *f)
{
    if (f->card.n == 0)
        return;
    buf_fmt(b, "%s\"%s\":{", b->n > 1 ? "," : "", key);
    buf_json_member(b, "card", f->card);
    put_int(b, "slot", f->slot);
    put_int(b, "tries", f->tries);
    put_int(b, "asked", f->asked_ms);
    buf_put(b, STR(",\"values\":["));
    for (size_t i = 0; i < f->n_values; i++) {
        buf_put(b, i ? STR(",{") : STR("{"));
        buf_json_member(b, "slot", f->values[i].slot);
        buf_json_member(b, "value", f->values[i].value);
        buf_json_member(b, "shown", f->values[i].shown);
        buf_char(b, '}');
    }
    buf_put(b, STR("]}"));
}

static void write_offers(struct buf *b, const struct session *s, enum session_form form)
{
    if (s->n_offers == 0)
        return;
    buf_fmt(b, "%s\"offers\":[", b->n > 1 ? "," : "");
    bool first = true;
    for (size_t i = 0; i < s->n_offers; i++) {
        const struct offer *o = &s->offers[i];
        if (form == SESSION_STORED && o->type == OFFER_SENSITIVE)
            continue;
        buf_put(b, first ? STR("{") : STR(",{"));
        first = false;
        buf_json_int(b, "t", o->type);
        buf_json_member(b, "id", o->id);
        buf_json_member(b, "l", o->label);
        put_text(b, "to", o->target);
        buf_char(b, '}');
    }
    buf_char(b, ']');
}

str session_write(struct arena *a, const struct session *s, enum session_form form)
{
    struct buf b = buf_new(a, SESSION_MAX);
    bool whole = form == SESSION_WHOLE;
    bool keep = whole || !s->private_topic;
    buf_char(&b, '{');
    put_int(&b, "turns", s->turns);
    put_text(&b, "lang", str_c(lang_code(s->lang)));
    put_flag(&b, "chosen", s->lang_chosen);
    if (keep) {
        put_int(&b, "waiting", s->waiting);
        put_text(&b, "topic", s->topic);
        put_text(&b, "question", s->question);
        put_text(&b, "tried", s->tried);
        put_int(&b, "answered", s->answered_turn);
        put_text(&b, "intent", s->answered_intent);
        put_text(&b, "second", s->runners_up[0]);
        put_text(&b, "third", s->runners_up[1]);
        put_int(&b, "declined", s->declined);
    }
    if (whole) {
        put_flag(&b, "private", s->private_topic);
        put_text(&b, "sensitive", s->sensitive_card);
    }
    put_text(&b, "lookup", s->pending_lookup);
    write_offers(&b, s, form);
    write_form(&b, "form", &s->form);
    write_form(&b, "parked", &s->parked);
    buf_char(&b, '}');
    return buf_failed(&b) ? STR("{}") : buf_str(&b);
}

bool session_is_private(const struct session *s)
{
    bool offered = false;
    for (size_t i = 0; i < s->n_offers; i++)
        offered = offered || s->offers[i].type == OFFER_SENSITIVE;
    return offered || s->private_topic || s->sensitive_card.n > 0;
}

str session_offer(struct session *s, struct arena *a, int64_t turn, enum offer_type type,
                  str target, str label)
{
    if (s->n_offers == OFFERS_MAX) {
        memmove(s->offers, s->offers + 1, (OFFERS_MAX - 1) * sizeof *s->offers);
        s->n_offers--;
    }
    int64_t nth = 1;
    str mine = arena_fmt(a, "%lld.", (long long)turn);
    for (size_t i = 0; i < s->n_offers; i++)
        nth += str_starts(s->offers[i].id, mine);
    str id = arena_fmt(a, "%lld.%lld", (long long)turn, (long long)nth);
    s->offers[s->n_offers++] =
        (struct offer){.type = type, .id = id, .label = label, .target = target};
    return id;
}

const struct offer *session_find_offer(const struct session *s, str id)
{
    for (size_t i = s->n_offers; i-- > 0;)
        if (str_eq(s->offers[i].id, id))
            return &s->offers[i];
    return NULL;
}
