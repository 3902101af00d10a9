#include "adapters/slack/slack.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"

enum {
    KNOWN_MS = 60 * 60 * 1000,  /* how long an answer of Slack's is believed */
    UNKNOWN_MS = 5 * 60 * 1000, /* the same for "no such employee" */
    USERS_MAX = 50000,          /* above: the cache is emptied */
};

struct asker {
    void (*done)(void *ctx, enum rc rc, str person);
    void *ctx;
    struct asker *next;
};

/* A Slack user, and who that is. The e-mail is kept and not the employee: the table of
 * people may be loaded anew. */
struct known_user {
    struct slack *slack;
    char *id, *team, *email; /* email NULL: not asked yet */
    int64_t until_ms;
    bool asking;
    struct asker *askers;
    struct known_user *next;
};

static str person_of(const struct known_user *u)
{
    const struct person *p =
        people_by_email(engine_people(u->slack->engine), str_c(u->email));
    return p ? p->id : STR_NONE;
}

static void tell(struct known_user *u, enum rc rc)
{
    struct asker *list = u->askers;
    u->askers = NULL;
    u->asking = false;
    while (list) {
        struct asker *q = list;
        list = q->next;
        q->done(q->ctx, rc, rc ? STR_NONE : person_of(u));
        free(q);
    }
}

/* Deleted people, bots, guests and people of other workspaces are nobody to us. */
static bool is_member(const struct known_user *u, const json_t *user)
{
    static const char *const not [] = {"deleted", "is_bot", "is_restricted",
                                       "is_ultra_restricted", "is_stranger"};
    for (size_t i = 0; i < LEN(not ); i++)
        if (json_is_true(json_object_get(user, not [i])))
            return false;
    str team = json_text_of(user, "team_id");
    return team.n == 0 || str_eq(team, str_c(u->team));
}

static void answered(void *ctx, const struct api_result *r)
{
    struct known_user *u = ctx;
    const json_t *user = json_object_get(r->body, "user");
    if (r->end != API_OK && r->end != API_ERROR) {
        log_warn("slack: users.info: %.*s", STR_ARG(r->error));
        /* what was known last is better than nothing, and nothing is not guessed */
        tell(u, u->email && u->email[0] ? RC_OK : RC_BUSY);
        return;
    }
    if (r->end == API_ERROR)
        log_warn("slack: users.info is refused: %.*s", STR_ARG(r->error));
    str email = r->end == API_OK && is_member(u, user)
        ? json_text_of(json_object_get(user, "profile"), "email")
        : STR_NONE;
    free(u->email);
    u->email = must_text(email);
    u->until_ms = clock_mono_ms() + (person_of(u).n ? KNOWN_MS : UNKNOWN_MS);
    tell(u, RC_OK);
}

static struct known_user *find(struct slack *s, str user, str team)
{
    struct known_user *u = s->users;
    while (u && !(str_eq(str_c(u->id), user) && str_eq(str_c(u->team), team)))
        u = u->next;
    return u;
}

static void forget_all(struct slack *s)
{
    struct known_user **at = &s->users;
    while (*at) {
        struct known_user *u = *at;
        if (u->asking) {
            at = &u->next;
            continue;
        }
        *at = u->next;
        s->n_users--;
        free(u->id);
        free(u->team);
        free(u->email);
        free(u);
    }
}

void slack_identity_find(struct slack *s, str user, str team,
                         void (*done)(void *ctx, enum rc rc, str person), void *ctx)
{
    struct known_user *u = find(s, user, team);
    if (u && u->email && clock_mono_ms() < u->until_ms) {
        done(ctx, RC_OK, person_of(u));
        return;
    }
    if (!u) {
        if (s->n_users >= USERS_MAX)
            forget_all(s);
        u = must_alloc(sizeof *u);
        *u = (struct known_user){
            .slack = s, .id = must_text(user), .team = must_text(team), .next = s->users};
        s->users = u;
        s->n_users++;
    }
    struct asker *q = must_alloc(sizeof *q);
    *q = (struct asker){done, ctx, u->askers};
    u->askers = q;
    if (u->asking)
        return;
    u->asking = true;
    struct arena *a = arena_new();
    api_call(s, "users.info", s->s.bot_token, arena_fmt(a, "user=%.*s", STR_ARG(user)),
             answered, u);
    arena_free(a);
}

void slack_identity_free(struct slack *s)
{
    for (struct known_user *u = s->users; u; u = u->next) {
        while (u->askers) {
            struct asker *q = u->askers;
            u->askers = q->next;
            free(q);
        }
        u->asking = false;
    }
    forget_all(s);
}
