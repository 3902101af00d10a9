#include "fixture.h"
#include "store/store.h"

static void a_conversation_and_its_turn_come_back_as_they_were(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_conversation c = a_conversation(f.store), c2;
    struct store_turn t = a_turn(f.store, c.id, 0), t2;
    CHECK_RC(fixture_put(&f, &(struct store_job){.conversation = &c, .turn = &t}), RC_OK);

    CHECK_RC(store_read_conversation(f.store, *arena, c.id, &c2), RC_OK);
    CHECK_INT(c2.id, c.id, "id");
    CHECK(memcmp(c2.secret, c.secret, sizeof c.secret) == 0, "secret");
    CHECK_STR(c2.person, "p-1001", "person");
    CHECK_STR(c2.channel, "web", "channel");
    CHECK_INT(c2.created_ms, 1000, "created");
    CHECK_INT(c2.last_turn, t.id, "the newest turn, at once");

    CHECK_RC(store_read_turn(f.store, *arena, t.id, &t2), RC_OK);
    CHECK_INT(t2.conversation, c.id, "conversation");
    CHECK_INT(t2.prev, 0, "prev");
    CHECK_INT(t2.at_ms, 2000, "at");
    CHECK_INT(t2.seq_from, 3, "seq_from");
    CHECK_INT(t2.seq_to, 4, "seq_to");
    CHECK(t2.client_hash == t.client_hash, "a hash above INT64_MAX");
    CHECK_STR(t2.client_id, "c1", "client id");
    CHECK_STR(t2.frames, "[{\"type\":\"answer\"}]", "frames");
    CHECK_STR(t2.session, "{\"form\":null}", "session");
    CHECK_STR(t2.said, "hoeveel verlof heb ik", "said");
    CHECK_STR(t2.answered, "25 dagen", "answered");
    CHECK_STR(t2.lang, "nl", "lang");
    CHECK_STR(t2.outcome, "answer", "outcome");
    CHECK_STR(t2.intent, "leave.balance", "intent");
    fixture_done(&f);
}

static void a_result_shows_the_row_until_the_next_one(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_conversation c = a_conversation(f.store);
    struct store_turn t = a_turn(f.store, c.id, 0);
    char *large = arena_alloc(*arena, 10000);
    memset(large, 'x', 10000);
    for (size_t i = 0; i < 3; i++) { /* the same block, one of its own, the same again */
        t.id = i ? store_next_turn(f.store) : t.id;
        t.said = i == 1 ? (str){large, 10000} : STR("hoeveel verlof heb ik");
        struct store_job job = {.conversation = i ? NULL : &c, .turn = &t, .ctx = &c};
        CHECK_RC(store_put(f.store, &job), RC_OK);
        struct store_result r = fixture_next(&f);
        CHECK_RC(r.rc, RC_OK);
        CHECK(r.ctx == &c, "whose it is");
        CHECK_INT(r.turn->id, t.id, "the row");
        CHECK(str_eq(r.turn->said, t.said), "what was said");
        CHECK_STR(r.turn->frames, "[{\"type\":\"answer\"}]", "frames");
    }
    struct store_feedback fb = {.conversation = c.id, .turn = t.id, .intent = STR("x")};
    CHECK_RC(store_put(f.store, &(struct store_job){.feedback = &fb}), RC_OK);
    CHECK(fixture_next(&f).turn == NULL, "a job without a turn");
    fixture_done(&f);
}

static void check_effect(const struct store_effect *e, const struct store_effect *want)
{
    CHECK_INT(e->id, want->id, "id");
    CHECK_INT(e->conversation, want->conversation, "conversation");
    CHECK_INT(e->turn, want->turn, "turn");
    CHECK(str_eq(e->key, want->key), "key");
    CHECK(str_eq(e->kind, want->kind), "kind");
    CHECK(str_eq(e->target, want->target), "target");
    CHECK(str_eq(e->reply_to, want->reply_to), "reply_to");
    CHECK(str_eq(e->payload, want->payload), "payload");
    CHECK_INT(e->state, want->state, "state");
    CHECK_INT(e->attempts, want->attempts, "attempts");
    CHECK_INT(e->created_ms, want->created_ms, "created");
    CHECK_INT(e->next_ms, want->next_ms, "next");
    CHECK_INT(e->deadline_ms, want->deadline_ms, "deadline");
    CHECK(str_eq(e->number, want->number), "number");
    CHECK(str_eq(e->external, want->external), "external");
    CHECK(str_eq(e->error, want->error), "error");
    CHECK_INT(e->unclear_ms, want->unclear_ms, "unclear");
    CHECK_INT(e->answered_ms, want->answered_ms, "answered");
}

static void a_next_turn_wipes_the_session_of_the_one_before(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_conversation c = a_conversation(f.store);
    struct store_turn first = a_turn(f.store, c.id, 0), got;
    CHECK_RC(fixture_put(&f, &(struct store_job){.conversation = &c, .turn = &first}),
             RC_OK);
    struct store_turn second = a_turn(f.store, c.id, first.id);
    struct store_job job = {.turn = &second, .wipe_session = first.id};
    CHECK_RC(fixture_put(&f, &job), RC_OK);
    CHECK_RC(store_read_turn(f.store, *arena, first.id, &got), RC_OK);
    CHECK_STR(got.session, "", "nobody needs it any more");
    CHECK(str_eq(got.said, first.said), "the rest stays");
    CHECK_RC(store_read_turn(f.store, *arena, second.id, &got), RC_OK);
    CHECK(str_eq(got.session, second.session), "the newest session stays");
    fixture_done(&f);
}

static void an_effect_is_inserted_then_replaced_and_its_payload_wiped(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_effect e[2] = {an_effect(f.store, 1), an_effect(f.store, 1)}, got;
    struct store_effects list;
    CHECK_RC(fixture_put(&f, &(struct store_job){.effects = e, .n_effects = 2}), RC_OK);
    CHECK_RC(store_read_effect(f.store, *arena, e[1].id, &got), RC_OK);
    check_effect(&got, &e[1]);

    e[0].state = EFFECT_DONE;
    e[0].number = STR("HR-77");
    struct store_job job = {
        .effects = e, .n_effects = 1, .delete_effect_payload = e[0].id};
    CHECK_RC(fixture_put(&f, &job), RC_OK);
    CHECK_RC(store_read_effect(f.store, *arena, e[0].id, &got), RC_OK);
    e[0].payload = STR("");
    check_effect(&got, &e[0]);

    CHECK_RC(store_read_effects(f.store, *arena, true, &list), RC_OK);
    CHECK_INT(list.list.n, 1, "one is unfinished");
    check_effect(&list.list.v[0], &e[1]);
    CHECK_RC(store_read_effects(f.store, *arena, false, &list), RC_OK);
    CHECK_INT(list.list.n, 2, "two in all");
    CHECK_INT(list.list.v[0].id, e[0].id, "oldest first");
    CHECK_RC(store_read_effect(f.store, *arena, 99, &got), RC_NOT_FOUND);
    fixture_done(&f);
}

static void tickets_are_listed_newest_first_and_by_person(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_effect e[3];
    struct store_ticket t[3];
    for (int i = 0; i < 3; i++) {
        e[i] = an_effect(f.store, 1);
        t[i] = (struct store_ticket){.effect = e[i].id,
                                     .conversation = 1,
                                     .person = i == 1 ? STR("anna") : STR("bob"),
                                     .receipt = STR("B-7F3K"),
                                     .queue = STR("leave"),
                                     .subject = STR("Verlof"),
                                     .number = STR("12"),
                                     .external = STR("x1"),
                                     .status = STR("open"),
                                     .created_ms = 1,
                                     .due_ms = 2,
                                     .updated_ms = 3};
    }
    struct store_job job = {.effects = e, .n_effects = 3, .tickets = t, .n_tickets = 3};
    CHECK_RC(fixture_put(&f, &job), RC_OK);
    t[0].status = STR("resolved");
    e[0].state = EFFECT_DONE; /* replacing the effect keeps the ticket */
    job = (struct store_job){.effects = e, .n_effects = 1, .tickets = t, .n_tickets = 1};
    CHECK_RC(fixture_put(&f, &job), RC_OK);

    struct store_tickets list;
    CHECK_RC(store_read_tickets(f.store, *arena, STR_NONE, &list), RC_OK);
    CHECK_INT(list.list.n, 3, "all of them");
    CHECK_INT(list.list.v[0].effect, e[2].id, "newest first");
    CHECK_RC(store_read_tickets(f.store, *arena, STR("bob"), &list), RC_OK);
    CHECK_INT(list.list.n, 2, "bob's");
    const struct store_ticket *got = &list.list.v[1];
    CHECK_INT(got->effect, e[0].id, "bob's first");
    CHECK_INT(got->conversation, 1, "conversation");
    CHECK_STR(got->person, "bob", "person");
    CHECK_STR(got->receipt, "B-7F3K", "receipt");
    CHECK_STR(got->queue, "leave", "queue");
    CHECK_STR(got->subject, "Verlof", "subject");
    CHECK_STR(got->number, "12", "number");
    CHECK_STR(got->external, "x1", "external");
    CHECK_STR(got->status, "resolved", "status");
    CHECK_INT(got->created_ms, 1, "created");
    CHECK_INT(got->due_ms, 2, "due");
    CHECK_INT(got->updated_ms, 3, "updated");
    fixture_done(&f);
}

static void news_of_a_forgotten_ticket_stays_forgotten(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_ticket t = {.effect = 41, .person = STR("anna")};
    CHECK_RC(fixture_put(&f, &(struct store_job){.tickets = &t, .n_tickets = 1}), RC_OK);
    struct store_tickets list;
    CHECK_RC(store_read_tickets(f.store, *arena, STR_NONE, &list), RC_OK);
    CHECK_INT(list.list.n, 0, "no ticket without its effect");
    fixture_done(&f);
}

static void feedback_and_unanswered_come_newest_first(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    for (int i = 1; i <= 3; i++) {
        struct store_feedback b = {i,        i + 10,    i + 20,   i == 2,
                                   STR("a"), STR("nl"), STR("x"), STR("0a")};
        struct store_unanswered u = {i, STR("en"), STR("what is this")};
        CHECK_RC(fixture_put(&f, &(struct store_job){.feedback = &b, .unanswered = &u}),
                 RC_OK);
    }
    struct store_feedbacks b;
    CHECK_RC(store_read_feedback(f.store, *arena, 2, &b), RC_OK);
    CHECK_INT(b.list.n, 2, "no more than asked for");
    CHECK_INT(b.list.v[0].conversation, 3, "newest first");
    CHECK_INT(b.list.v[1].turn, 12, "turn");
    CHECK_INT(b.list.v[1].at_ms, 22, "at");
    CHECK(b.list.v[1].helpful && !b.list.v[0].helpful, "helpful");
    CHECK_STR(b.list.v[1].intent, "a", "intent");
    CHECK_STR(b.list.v[1].lang, "nl", "lang");
    CHECK_STR(b.list.v[1].text, "x", "text");
    CHECK_STR(b.list.v[1].version, "0a", "version");
    struct store_unanswereds u;
    CHECK_RC(store_read_unanswered(f.store, *arena, 10, &u), RC_OK);
    CHECK_INT(u.list.n, 3, "all of them");
    CHECK_INT(u.list.v[0].at_ms, 3, "newest first");
    CHECK_STR(u.list.v[2].lang, "en", "lang");
    CHECK_STR(u.list.v[2].text, "what is this", "text");
    fixture_done(&f);
}

static void equal_counts_add_up(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    const struct store_count counts[] = {
        {20000, STR("nl"), STR("answer"), STR("leave.balance"), STR("sales")},
        {20000, STR("nl"), STR("answer"), STR("leave.balance"), STR("sales")},
        {20000, STR("nl"), STR("answer"), STR("leave.balance"), STR("")},
        {20001, STR("en"), STR("handoff"), STR(""), STR("")},
    };
    for (size_t i = 0; i < LEN(counts); i++)
        CHECK_RC(fixture_put(&f, &(struct store_job){.count = &counts[i]}), RC_OK);
    struct store_counts got;
    CHECK_RC(store_read_counts(f.store, *arena, 20000, 20000, &got), RC_OK);
    CHECK_INT(got.list.n, 2, "of that day");
    CHECK_INT(got.list.v[0].n, 1, "without a unit");
    CHECK_INT(got.list.v[1].n, 2, "twice the same");
    CHECK_STR(got.list.v[1].count.unit, "sales", "unit");
    CHECK_RC(store_read_counts(f.store, *arena, 0, INT32_MAX, &got), RC_OK);
    CHECK_INT(got.list.n, 3, "of all days");
    CHECK_INT(got.list.v[2].count.day, 20001, "day");
    CHECK_STR(got.list.v[2].count.outcome, "handoff", "outcome");
    fixture_done(&f);
}

static void what_helped_fewer_than_five_is_in_no_list(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    static const struct {
        struct store_helped h;
        int times;
    } rows[] = {
        {{20000, STR_INIT("nl"), STR_INIT("up"), STR_INIT("leave.balance"),
          STR_INIT("01"), STR_INIT("")},
         3},
        {{20001, STR_INIT("nl"), STR_INIT("up"), STR_INIT("leave.balance"),
          STR_INIT("01"), STR_INIT("")},
         2},
        {{20001, STR_INIT("nl"), STR_INIT("up"), STR_INIT("leave.balance"),
          STR_INIT("02"), STR_INIT("")},
         4},
        {{20001, STR_INIT("en"), STR_INIT("chosen"), STR_INIT("leave.request"),
          STR_INIT("07"), STR_INIT("leave.balance")},
         6},
    };
    for (size_t i = 0; i < LEN(rows); i++)
        for (int n = 0; n < rows[i].times; n++)
            CHECK_RC(fixture_put(&f, &(struct store_job){.helped = &rows[i].h}), RC_OK);
    struct store_helped_counts got;
    CHECK_RC(store_read_helped(f.store, *arena, 20000, 20001, &got), RC_OK);
    CHECK_INT(got.list.n, 2, "the other version was judged four times only");
    CHECK_INT(got.list.v[0].n, 6, "most often first");
    CHECK_STR(got.list.v[0].helped.how, "chosen", "how");
    CHECK_STR(got.list.v[0].helped.instead_of, "leave.balance", "instead of");
    CHECK_INT(got.list.v[1].n, 5, "the days together");
    CHECK_STR(got.list.v[1].helped.version, "01", "of one version");
    CHECK_RC(store_read_helped(f.store, *arena, 20000, 20000, &got), RC_OK);
    CHECK_INT(got.list.n, 0, "three on that day");
    CHECK_INT(fixture_number(&f,
                             "SELECT count(*) FROM pragma_table_info('helped') WHERE"
                             " name LIKE '%person%' OR name LIKE '%conversation%'"),
              0, "nobody is in it");
    fixture_done(&f);
}

static void results_come_in_the_order_of_the_jobs(void **arena)
{
    enum { JOBS = 3000, CONVERSATIONS = 7 };
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    int64_t last[CONVERSATIONS] = {0}, ids[CONVERSATIONS];
    for (int i = 0; i < CONVERSATIONS; i++) {
        struct store_conversation c = a_conversation(f.store);
        ids[i] = c.id;
        CHECK_RC(fixture_put(&f, &(struct store_job){.conversation = &c}), RC_OK);
    }
    char marks[JOBS];
    for (int i = 0; i < JOBS; i++) {
        int k = i % CONVERSATIONS;
        struct store_turn t = a_turn(f.store, ids[k], last[k]);
        last[k] = t.id;
        CHECK_RC(store_put(f.store, &(struct store_job){.turn = &t, .ctx = &marks[i]}),
                 RC_OK);
    }
    for (int i = 0; i < JOBS; i++) {
        struct store_result r = fixture_next(&f);
        CHECK_RC(r.rc, RC_OK);
        CHECK(r.ctx == &marks[i], "in order");
    }
    CHECK_INT(store_waiting(f.store), 0, "nothing waits");
    for (int round = 0; round < 2; round++) {
        for (int k = 0; k < CONVERSATIONS; k++) {
            struct store_conversation c;
            CHECK_RC(store_read_conversation(f.store, *arena, ids[k], &c), RC_OK);
            CHECK_INT(c.last_turn, last[k], "newest turn");
            struct store_turn t;
            int n = 0;
            for (int64_t id = c.last_turn; id; id = t.prev, n++)
                CHECK_RC(store_read_turn(f.store, *arena, id, &t), RC_OK);
            CHECK(n == JOBS / CONVERSATIONS || n == JOBS / CONVERSATIONS + 1,
                  "the chain leads to the first");
        }
        fixture_close(&f); /* and once more from the rows */
        fixture_open(&f);
        CHECK_INT(store_next_turn(f.store), JOBS + 1, "ids go on");
        CHECK_INT(store_next_conversation(f.store), CONVERSATIONS + 1, "ids go on");
    }
    fixture_done(&f);
}

static void a_full_queue_takes_nothing(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_unanswered u = {1, STR("nl"), STR("?")};
    struct store_job job = {.unanswered = &u};
    for (int i = 0; i < STORE_QUEUE_MAX; i++)
        CHECK_RC(store_put(f.store, &job), RC_OK);
    CHECK_RC(store_put(f.store, &job), RC_BUSY);
    CHECK_INT(store_waiting(f.store), STORE_QUEUE_MAX, "all wait");
    CHECK_RC(fixture_next(&f).rc, RC_OK);
    CHECK_RC(store_put(f.store, &job), RC_OK);
    for (int i = 0; i < STORE_QUEUE_MAX; i++)
        CHECK_RC(fixture_next(&f).rc, RC_OK);
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM unanswered"), STORE_QUEUE_MAX + 1,
              "each is there once");
    fixture_done(&f);
}

static void close_commits_what_is_queued(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_unanswered u = {1, STR("nl"), STR("?")};
    for (int i = 0; i < 2000; i++)
        CHECK_RC(store_put(f.store, &(struct store_job){.unanswered = &u}), RC_OK);
    fixture_close(&f);
    CHECK_INT(fixture_number(&f, "SELECT count(*) FROM unanswered"), 2000, "all of them");
    fixture_done(&f);
}

static void a_job_is_copied(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    char text[] = "who are you";
    struct store_unanswered u = {1, STR("nl"), {text, sizeof text - 1}};
    CHECK_RC(store_put(f.store, &(struct store_job){.unanswered = &u}), RC_OK);
    memset(text, 'x', sizeof text);
    u.text = STR_NONE;
    CHECK_RC(fixture_next(&f).rc, RC_OK);
    struct store_unanswereds list;
    CHECK_RC(store_read_unanswered(f.store, *arena, 1, &list), RC_OK);
    CHECK_STR(list.list.v[0].text, "who are you", "as it was put");
    fixture_done(&f);
}

static void a_second_open_is_refused(void **arena)
{
    struct fixture f;
    struct store *other = NULL;
    fixture_init(&f, *arena);
    fixture_open(&f);
    CHECK_RC(store_open(f.path, NULL, NULL, &other), RC_BUSY);
    CHECK(other == NULL, "no store");
    fixture_close(&f);
    CHECK_RC(store_open(f.path, NULL, NULL, &other), RC_OK);
    store_close(other);
    CHECK_RC(store_open(STR("/nonexistent/state.db"), NULL, NULL, &other), RC_IO);
    store_close(NULL);
    fixture_done(&f);
}

static void a_row_that_is_there_goes_on_step_by_step(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_effect e = an_effect(f.store, 1), was = e, got;
    struct store_ticket t = {.effect = e.id, .person = STR("anna"), .status = STR("a")};
    struct store_ticket seen;
    struct store_job job = {.effects = &e, .n_effects = 1, .tickets = &t, .n_tickets = 1};
    CHECK_RC(fixture_put(&f, &job), RC_OK);
    e.state = was.state = EFFECT_UNCLEAR;
    e.attempts = was.attempts = 7;
    e.error = was.error = STR("reset");
    e.answered_ms = was.answered_ms = 77;
    e.payload = e.number = STR("not of a step");
    CHECK_RC(fixture_put(&f, &(struct store_job){.step = &e}), RC_OK);
    CHECK_RC(store_read_effect(f.store, *arena, e.id, &got), RC_OK);
    check_effect(&got, &was);
    e.state = EFFECT_DONE;
    e.payload = STR("{}");
    e.number = e.external = STR("12");
    t.status = STR("open");
    t.person = STR("bob");
    CHECK_RC(fixture_put(&f, &(struct store_job){.end = &e, .news = &t}), RC_OK);
    CHECK_RC(store_read_effect(f.store, *arena, e.id, &got), RC_OK);
    check_effect(&got, &e);
    CHECK_RC(store_read_ticket(f.store, *arena, e.id, &seen), RC_OK);
    CHECK_STR(seen.status, "open", "its news");
    CHECK_STR(seen.person, "anna", "whose it is never changes");
    fixture_done(&f);
}

static void nothing_comes_back_by_going_on(void **arena)
{
    struct fixture f;
    fixture_init(&f, *arena);
    fixture_open(&f);
    struct store_effect e = an_effect(f.store, 1), got;
    struct store_ticket t = {.effect = e.id};
    CHECK_RC(fixture_put(&f, &(struct store_job){.step = &e}), RC_OK);
    CHECK_RC(fixture_put(&f, &(struct store_job){.end = &e, .news = &t}), RC_OK);
    CHECK_RC(store_read_effect(f.store, *arena, e.id, &got), RC_NOT_FOUND);
    fixture_done(&f);
}

UNIT_MAIN(UNIT(a_row_that_is_there_goes_on_step_by_step),
          UNIT(a_result_shows_the_row_until_the_next_one),
          UNIT(nothing_comes_back_by_going_on),
          UNIT(a_conversation_and_its_turn_come_back_as_they_were),
          UNIT(a_next_turn_wipes_the_session_of_the_one_before),
          UNIT(an_effect_is_inserted_then_replaced_and_its_payload_wiped),
          UNIT(tickets_are_listed_newest_first_and_by_person),
          UNIT(news_of_a_forgotten_ticket_stays_forgotten),
          UNIT(feedback_and_unanswered_come_newest_first), UNIT(equal_counts_add_up),
          UNIT(what_helped_fewer_than_five_is_in_no_list),
          UNIT(results_come_in_the_order_of_the_jobs), UNIT(a_full_queue_takes_nothing),
          UNIT(close_commits_what_is_queued), UNIT(a_job_is_copied),
          UNIT(a_second_open_is_refused))
