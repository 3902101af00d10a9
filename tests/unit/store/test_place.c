#include "fixture.h"

static void put_turn(struct fixture *f, int64_t conversation, const char *person,
                     const struct store_place *place, const char *id)
{
    struct store_conversation c = {
        .id = conversation, .person = str_c(person), .channel = STR("slack")};
    struct store_turn t = {.id = store_next_turn(f->store),
                           .conversation = conversation,
                           .at_ms = 1000 + conversation,
                           .frames = STR("[]")};
    struct store_received r = {str_c(id), 1000};
    struct store_job j = {
        .conversation = &c, .turn = &t, .place = place, .received = &r, .n_received = 1};
    CHECK_RC(fixture_put(f, &j), RC_OK);
}

static struct store_place place(const char *key, int64_t conversation,
                                const char *address)
{
    return (struct store_place){.key = str_c(key),
                                .channel = STR("slack"),
                                .person = STR("p1"),
                                .address = str_c(address),
                                .conversation = conversation,
                                .used_ms = 5};
}

static void a_place_is_found_by_its_name_and_by_its_conversation(void **arena)
{
    struct fixture f;
    struct store_place got;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_place one = place("slack:T/U", 1, "{}"), two = place("teams:x", 1, "{}");
    put_turn(&f, 1, "p1", &one, "slack:Ev1");
    CHECK_RC(store_read_place(f.store, *arena, STR("slack:T/U"), &got), RC_OK);
    CHECK_INT(got.conversation, 1, "its conversation");
    CHECK_RC(store_read_place(f.store, *arena, STR("slack:T/V"), &got), RC_NOT_FOUND);
    CHECK_RC(fixture_put(&f, &(struct store_job){.place = &two}), RC_OK);
    CHECK_RC(store_read_place_of(f.store, *arena, 1, &got), RC_OK);
    CHECK_STR(got.key, "teams:x", "the newest is where the person is");
    one.address = STR("{\"channel\":\"D\"}");
    CHECK_RC(fixture_put(&f, &(struct store_job){.place = &one}), RC_OK);
    CHECK_RC(store_read_place_of(f.store, *arena, 1, &got), RC_OK);
    CHECK_STR(got.address, "{\"channel\":\"D\"}", "written again it is the newest");
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM place"), 2, "and not twice there");
    fixture_done(&f);
}

static void a_delivery_is_known_once_it_was_taken(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    CHECK_RC(store_read_received(f.store, STR("slack:Ev1")), RC_NOT_FOUND);
    put_turn(&f, 1, "p1", NULL, "slack:Ev1");
    CHECK_RC(store_read_received(f.store, STR("slack:Ev1")), RC_OK);
    CHECK_RC(store_read_received(f.store, STR("slack:ev1")), RC_NOT_FOUND);
    struct store_received again = {STR("slack:Ev1"), 2000};
    CHECK_RC(fixture_put(&f, &(struct store_job){.received = &again, .n_received = 1}),
             RC_OK);
    fixture_done(&f);
}

static void the_newest_conversation_is_the_persons_own(void **arena)
{
    struct fixture f;
    struct store_conversation got;
    fixture_init(&f, *arena);
    fixture_open(&f);
    put_turn(&f, 1, "p1", NULL, "a");
    put_turn(&f, 2, "p2", NULL, "b");
    put_turn(&f, 3, "p1", NULL, "c");
    put_turn(&f, 4, "", NULL, "d");
    CHECK_RC(store_read_newest_of(f.store, *arena, STR("p1"), 0, &got), RC_OK);
    CHECK_INT(got.id, 3, "the newest");
    CHECK_RC(store_read_newest_of(f.store, *arena, STR("p1"), 3, &got), RC_OK);
    CHECK_INT(got.id, 1, "but for one");
    CHECK_RC(store_read_newest_of(f.store, *arena, STR("p2"), 2, &got), RC_NOT_FOUND);
    CHECK_RC(store_read_newest_of(f.store, *arena, STR_NONE, 0, &got), RC_NOT_FOUND);
    fixture_done(&f);
}

UNIT_MAIN(UNIT(a_place_is_found_by_its_name_and_by_its_conversation),
          UNIT(a_delivery_is_known_once_it_was_taken),
          UNIT(the_newest_conversation_is_the_persons_own))
