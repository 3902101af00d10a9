#include "adapters/servicedesk/rest_news.h"

#include "play.h"

static void replies_are_read_one_by_one_behind_the_known_one(void **arena)
{
    static const struct fake_step steps[] = {
        {FAKE_REPLY, 200,
         "{\"items\":[{\"id\":\"53\",\"Creator\":{\"RealName\":\"Hanna Agent\"}},"
         "{\"id\":\"57\"}]}",
         NULL},
        {FAKE_REPLY, 200,
         "{\"items\":[{\"ContentType\":\"multipart/mixed\",\"Content\":\"\"},"
         "{\"ContentType\":\"text/plain\",\"Content\":\"Dat regel ik.\"}]}",
         NULL},
        {FAKE_REPLY, 200,
         "{\"items\":[{\"id\":\"3\",\"Filename\":\"\"},{\"id\":\"4\",\"Filename\":"
         "\"brief.pdf\",\"ContentLength\":\"45\"},{\"id\":\"5\",\"Filename\":null}]}",
         NULL},
        {FAKE_REPLY, 500, "", NULL},
    };
    struct play p;
    play_start(&p, *arena, steps, LEN(steps));
    const struct desk_result *r =
        rig_ask(&p.rig,
                &(struct desk_op){
                    .type = DESK_REPLIES, .external = STR("41"), .seen = STR("50")});
    CHECK_INT(r->end, DESK_DONE, "those before the failure can be told");
    CHECK_INT(r->n_replies, 1, "one of them");
    play_stop(&p);
    CHECK(strstr(fake_request(p.fake, 0), "id%20%3E%2050") != NULL,
          "behind the known one");
    CHECK(strstr(fake_request(p.fake, 1), "\"TransactionId\",\"value\":\"53\"") != NULL,
          "its text");
    CHECK(strstr(fake_request(p.fake, 2), "/transaction/53/attachments") != NULL,
          "its files");
    fake_free(p.fake);
}

static void changes_come_oldest_first(void **arena)
{
    static const struct fake_step steps[] = {
        {FAKE_REPLY, 200,
         "{\"items\":[{\"id\":\"2\",\"LastUpdated\":\"2026-11-22T00:44:29Z\"},"
         "{\"id\":\"1\",\"LastUpdated\":\"2026-11-22T00:44:28Z\"}]}",
         NULL},
    };
    struct play p;
    play_start(&p, *arena, steps, LEN(steps));
    const struct desk_result *r = rig_ask(
        &p.rig, &(struct desk_op){.type = DESK_CHANGED, .since_ms = 1795308267000});
    CHECK_INT(r->end, DESK_DONE, "a list");
    CHECK_INT(r->n_changed, 2, "of two");
    play_stop(&p);
    CHECK(strstr(fake_request(p.fake, 0), "2026-11-22%2000%3A44%3A27") != NULL,
          "since then");
    fake_free(p.fake);
}

UNIT_MAIN(UNIT(replies_are_read_one_by_one_behind_the_known_one),
          UNIT(changes_come_oldest_first))
