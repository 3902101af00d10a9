#include "dialogue/session_kept.h"

#include "unit.h"

/* Something of everything that a session without a form may hold. */
static struct session *full(struct arena *a)
{
    struct session *s = session_new(a);
    s->lang = LANG_EN;
    s->lang_chosen = s->misread = s->private_topic = s->absence = true;
    s->turns = 12;
    s->said_turn = 11;
    s->waiting = WAITING_PERSON;
    s->topic = STR("leave.balance");
    s->topic_turn = 9;
    s->topic_at_ms = 1795000000000;
    s->question = STR("wat is adv?\n");
    s->tried = STR("é");
    s->asked = STR("hoeveel");
    s->not_it = STR("leave.carry");
    s->given[0] = (struct given){11, STR("leave.balance"), STR("0a1b"), LANG_NL};
    s->given[1] = (struct given){9, STR("nl/leave/carry.md"), STR("77"), LANG_NONE};
    s->runners_up[1] = STR("leave.request");
    s->sensitive_card = STR("sensitive.x");
    s->pending_lookup = STR("leave.balance");
    s->declined = 2;
    s->adding = STR("B-12345");
    s->human = STR("B-54321");
    s->human_name = STR("Eva");
    s->human_closed = s->human_told = true;
    s->human_ms = 77;
    s->files = 3;
    for (int64_t i = 1; i <= OFFERS_MAX; i++)
        session_offer(s, a, i, i % 3 ? OFFER_CARD : OFFER_REOPEN,
                      i % 2 ? STR("x") : STR_NONE, i > 4 ? STR("Ja") : STR("Nee"));
    return s;
}

/* What is kept says what reading the text says, also of what is not written. */
static void check(struct arena *a, struct session *s, const char *what)
{
    struct session_kept kept;
    memset(&kept, 0x5a, sizeof kept);
    str text = session_write(a, s, SESSION_WHOLE);
    session_keep(&kept, s, text);
    CHECK_INT(kept.text_n, text.n, "of which text");
    str elsewhere = arena_str(a, text);
    memset((char *)(uintptr_t)text.p, '?', text.n); /* nothing points there */
    struct session *again = session_again(a, &kept, elsewhere);
    struct session *read = session_read(a, elsewhere);
    CHECK_INT(again->turns, read->turns, what);
    CHECK_INT(again->human_told, read->human_told, what);
    CHECK_INT(again->human_ms, read->human_ms, what);
    CHECK_INT(again->given[1].turn, read->given[1].turn, what);
    CHECK_INT(again->n_offers, read->n_offers, what);
    CHECK(str_eq(session_write(a, again, SESSION_WHOLE), elsewhere), what);
    CHECK(str_eq(session_write(a, again, SESSION_STORED),
                 session_write(a, read, SESSION_STORED)),
          what);
}

static void what_is_kept_is_what_would_be_read(void **arena)
{
    struct arena *a = *arena;
    struct session *s = session_new(a);
    s->turns = 1;
    check(a, s, "hardly anything");
    s = full(a);
    check(a, s, "with everything in it");
    s = full(a);
    s->human = STR_NONE;
    check(a, s, "nobody has it any more");
    s = full(a);
    s->given[0] = (struct given){0};
    check(a, s, "a gap in what was answered");
}

static void a_form_is_read_from_the_text(void **arena)
{
    struct session_kept kept;
    struct session *s = full(*arena);
    s->parked.card = STR("leave.request");
    session_keep(&kept, s, session_write(*arena, s, SESSION_WHOLE));
    CHECK_INT(kept.text_n, 0, "a parked one");
    s = full(*arena);
    char *large = arena_alloc(*arena, SESSION_MAX);
    memset(large, 'x', SESSION_MAX);
    s->question = (str){large, SESSION_MAX};
    str text = session_write(*arena, s, SESSION_WHOLE);
    CHECK_INT(text.n, 0, "too large to be written");
    session_keep(&kept, s, text);
    CHECK_INT(kept.text_n, 0, "nothing to keep");
}

UNIT_MAIN(UNIT(what_is_kept_is_what_would_be_read), UNIT(a_form_is_read_from_the_text))
