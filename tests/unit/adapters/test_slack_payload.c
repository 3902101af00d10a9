#include "adapters/slack/slack.h"
#include "unit.h"

#define EVENT(event)                                                                     \
    "{\"type\":\"event_callback\",\"team_id\":\"T1\",\"event_id\":\"Ev1\","              \
    "\"authorizations\":[{\"user_id\":\"UBOT\"}],\"event\":{" event "}}"
#define DM                                                                               \
    "\"type\":\"message\",\"channel_type\":\"im\",\"channel\":\"D1\",\"user\":\"U1\","   \
    "\"ts\":\"1.2\""
#define MENTION                                                                          \
    "\"type\":\"app_mention\",\"channel\":\"C1\",\"user\":\"U1\",\"ts\":\"1.2\""
#define ACTION(action)                                                                   \
    "{\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"team\":{\"id\":\"T1\"},"     \
    "\"channel\":{\"id\":\"C1\"},\"container\":{\"message_ts\":\"5.6\"},"                \
    "\"message\":{\"thread_ts\":\"1.2\"},\"actions\":[{" action "}]}"

static const struct {
    const char *why;
    enum payload_kind kind;
    const char *json;
    enum rc rc;
    enum arrival_type type;
    const char *place, *text;
    bool shared;
} cases[] = {
    {"a direct message", PAYLOAD_EVENT, EVENT(DM ",\"text\":\"hoi\""), RC_OK,
     ARRIVAL_MESSAGE, "T1/U1", "hoi", false},
    {"marks of Slack's go", PAYLOAD_EVENT,
     EVENT(DM
           ",\"text\":\"<@UBOT> a &lt;b&gt; &amp; <https://x|y> <https://z> <!here>\""),
     RC_OK, ARRIVAL_MESSAGE, "T1/U1", "a <b> & y https://z", false},
    {"a mention begins a thread", PAYLOAD_EVENT,
     EVENT(MENTION ",\"text\":\"<@UBOT> hoi\""), RC_OK, ARRIVAL_MESSAGE, "T1/C1/1.2",
     "hoi", true},
    {"a mention in a thread", PAYLOAD_EVENT,
     EVENT(MENTION ",\"thread_ts\":\"0.9\",\"text\":\"hoi\""), RC_OK, ARRIVAL_MESSAGE,
     "T1/C1/0.9", "hoi", true},
    {"an edit", PAYLOAD_EVENT, EVENT(DM ",\"subtype\":\"message_changed\""), RC_NOT_FOUND,
     0, "", "", false},
    {"a bot", PAYLOAD_EVENT, EVENT(DM ",\"bot_id\":\"B1\""), RC_NOT_FOUND, 0, "", "",
     false},
    {"another kind", PAYLOAD_EVENT, EVENT("\"type\":\"team_join\""), RC_NOT_FOUND, 0, "",
     "", false},
    {"no object", PAYLOAD_EVENT, "[]", RC_INVALID, 0, "", "", false},
    {"an id that is none", PAYLOAD_EVENT,
     EVENT(
         "\"type\":\"message\",\"channel_type\":\"im\",\"channel\":\"D1/../x\",\"user\":"
         "\"U1\",\"ts\":\"1\""),
     RC_INVALID, 0, "", "", false},
    {"a time that is none", PAYLOAD_EVENT,
     EVENT("\"type\":\"message\",\"channel_type\":\"im\",\"channel\":\"D1\",\"user\":"
           "\"U1\",\"ts\":\"1&x=y\""),
     RC_INVALID, 0, "", "", false},
    {"a choice in a thread", PAYLOAD_ACTION,
     ACTION("\"action_id\":\"choose:0\",\"value\":\"c1\",\"action_ts\":\"7.8\""), RC_OK,
     ARRIVAL_CHOOSE, "T1/C1/1.2", "", true},
    {"feedback", PAYLOAD_ACTION, ACTION("\"action_id\":\"no:12\",\"value\":\"no\""),
     RC_OK, ARRIVAL_FEEDBACK, "T1/C1/1.2", "", true},
    {"a button of another app", PAYLOAD_ACTION,
     ACTION("\"action_id\":\"other\",\"value\":\"x\""), RC_NOT_FOUND, 0, "", "", false},
    {"another interaction", PAYLOAD_ACTION, "{\"type\":\"view_submission\"}",
     RC_NOT_FOUND, 0, "", "", false},
    {"the command, wherever it was given", PAYLOAD_SLASH,
     "{\"team_id\":\"T1\",\"user_id\":\"U1\",\"channel_id\":\"C1\",\"trigger_id\":\"t\","
     "\"text\":\" saldo \"}",
     RC_OK, ARRIVAL_MESSAGE, "T1/U1", "saldo", false},
    {"the command alone", PAYLOAD_SLASH,
     "{\"team_id\":\"T1\",\"user_id\":\"U1\",\"channel_id\":\"D1\",\"trigger_id\":\"t\"}",
     RC_OK, ARRIVAL_HELLO, "T1/U1", "", false},
    {"the command of nobody", PAYLOAD_SLASH, "{\"team_id\":\"T1\"}", RC_INVALID, 0, "",
     "", false},
};

static void payloads_become_arrivals(void **arena)
{
    for (size_t i = 0; i < LEN(cases); i++) {
        struct payload p;
        json_t *o = json_loads(cases[i].json, 0, NULL);
        CHECK(o, cases[i].why);
        CHECK_INT(payload_read(*arena, cases[i].kind, o, &p), cases[i].rc, cases[i].why);
        if (cases[i].rc == RC_OK) {
            CHECK_INT(p.arrival.type, cases[i].type, cases[i].why);
            CHECK_STR(p.arrival.place, cases[i].place, cases[i].why);
            CHECK_STR(p.arrival.text, cases[i].text, cases[i].why);
            CHECK_INT(p.arrival.shared, cases[i].shared, cases[i].why);
            CHECK(p.arrival.id.n > 0, "it has a name");
        }
        json_decref(o);
    }
}

static void forms_are_decoded_or_refused(void **arena)
{
    json_t *o = NULL;
    CHECK_RC(payload_form(*arena, STR("a=b+c%20d&e=%C3%A9&f&g="), &o), RC_OK);
    CHECK_STR(json_text_of(o, "a"), "b c d", "blanks");
    CHECK_STR(json_text_of(o, "e"), "é", "UTF-8");
    CHECK_STR(json_text_of(o, "f"), "", "no value");
    json_decref(o);
    static const char *const bad[] = {"a=%FF", "a=1&a=2", "a=%00", "%C3=x"};
    for (size_t i = 0; i < LEN(bad); i++)
        CHECK_RC(payload_form(*arena, str_c(bad[i]), &o), RC_INVALID);
    CHECK_RC(payload_form(*arena, STR("a=%4&b=%zz&c=%"), &o), RC_OK);
    CHECK_STR(json_text_of(o, "a"), "%4", "what is no escape stays");
    json_decref(o);
}

UNIT_MAIN(UNIT(payloads_become_arrivals), UNIT(forms_are_decoded_or_refused))
