#include "adapters/teams/teams.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"

enum {
    KNOWN_MS = 60 * 60 * 1000,
    UNKNOWN_MS = 5 * 60 * 1000,
    USERS_MAX = 50000, /* above: the cache is emptied */
};

struct asker {
    void (*done)(void *ctx, enum rc rc, str person);
    void *ctx;
    struct asker *next;
};

/* A Teams user whose object id is not in the table of people, and its UPN. */
struct known_user {
    struct teams *teams;
    char *object_id, *upn; /* upn NULL: not asked yet; empty: none */
    int64_t until_ms;
    bool asking;
    struct asker *askers;
    struct known_user *next;
};

static str person_of(const struct known_user *u)
{
    const struct people *all = engine_people(u->teams->engine);
    const struct person *p = people_by(all, STR("upn"), str_c(u->upn));
    if (!p)
        p = people_by_email(all, str_c(u->upn));
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

static void answered(void *ctx, const struct connector_result *r)
{
    struct known_user *u = ctx;
    if (r->end == MESSAGE_RETRY || r->end == MESSAGE_UNCLEAR) {
        log_warn("teams: who a member is cannot be asked now: %.*s", STR_ARG(r->error));
        tell(u, u->upn && u->upn[0] ? RC_OK : RC_BUSY);
        return;
    }
    if (r->end != MESSAGE_SENT)
        log_warn("teams: who a member is may not be asked: %.*s", STR_ARG(r->error));
    /* the answer must be about that very user */
    bool same = str_eq_ascii(json_text_of(r->body, "aadObjectId"), str_c(u->object_id)) ||
        str_eq_ascii(json_text_of(r->body, "objectId"), str_c(u->object_id));
    free(u->upn);
    u->upn = must_text(same ? json_text_of(r->body, "userPrincipalName") : STR_NONE);
    u->until_ms = clock_mono_ms() + (person_of(u).n ? KNOWN_MS : UNKNOWN_MS);
    tell(u, RC_OK);
}

static void forget_all(struct teams *t)
{
    struct known_user **at = &t->users;
    while (*at) {
        struct known_user *u = *at;
        if (u->asking) {
            at = &u->next;
            continue;
        }
        *at = u->next;
        t->n_users--;
        free(u->object_id);
        free(u->upn);
        free(u);
    }
}

static struct known_user *find(struct teams *t, str object_id)
{
    struct known_user *u = t->users;
    while (u && !str_eq_ascii(str_c(u->object_id), object_id))
        u = u->next;
    if (u)
        return u;
    if (t->n_users >= USERS_MAX)
        forget_all(t);
    u = must_alloc(sizeof *u);
    *u = (struct known_user){
        .teams = t, .object_id = must_text(object_id), .next = t->users};
    t->users = u;
    t->n_users++;
    return u;
}

static void ask(struct known_user *u, const struct activity *act)
{
    struct arena *a = arena_new();
    u->asking = true;
    connector_send(u->teams, act->service_url,
                   arena_fmt(a, "/v3/conversations/%.*s/members/%.*s",
                             STR_ARG(connector_part(a, act->conversation)),
                             STR_ARG(connector_part(a, act->user))),
                   STR_NONE, answered, u);
    arena_free(a);
}

void teams_identity_find(struct teams *t, const struct activity *act,
                         void (*done)(void *ctx, enum rc rc, str person), void *ctx)
{
    const struct person *p =
        people_by(engine_people(t->engine), STR("aad_object_id"), act->object_id);
    /* people of other companies are nobody here, whatever they are called there */
    bool ours = t->s.local_test || str_eq_ascii(act->tenant, t->s.tenant);
    if (!ours || act->object_id.n == 0 || p) {
        done(ctx, RC_OK, ours && p ? p->id : STR_NONE);
        return;
    }
    struct known_user *u = find(t, act->object_id);
    if (u->upn && clock_mono_ms() < u->until_ms) {
        done(ctx, RC_OK, person_of(u));
        return;
    }
    struct asker *q = must_alloc(sizeof *q);
    *q = (struct asker){done, ctx, u->askers};
    u->askers = q;
    if (!u->asking)
        ask(u, act);
}

void teams_identity_free(struct teams *t)
{
    for (struct known_user *u = t->users; u; u = u->next) {
        while (u->askers) {
            struct asker *q = u->askers;
            u->askers = q->next;
            free(q);
        }
        u->asking = false;
    }
    forget_all(t);
}
