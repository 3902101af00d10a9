/*
 * play - a rig whose servicedesk plays given replies, as Request Tracker would word them.
 */
#ifndef TESTS_ADAPTERS_PLAY_H
#define TESTS_ADAPTERS_PLAY_H

#include "base/log.h"
#include "fake.h"
#include "rig.h"

#define QUEUE                                                                            \
    "{\"Name\":\"HR\",\"Disabled\":\"0\",\"TicketCustomFields\":[{\"name\":"             \
    "\"IdempotencyKey\"},{\"name\":\"ConversationId\"},{\"name\":\"EmployeeId\"}]}"

struct play {
    struct fake *fake;
    struct rig rig;
    str token_file;
    size_t n; /* requests that came */
};

static inline void play_start(struct play *p, struct arena *a,
                              const struct fake_step *steps, size_t n)
{
    log_set_level(LOG_LEVEL_ERR - 1);
    p->fake = fake_start(steps, n);
    p->token_file = rig_file(a, STR("token t0-k3n\n"));
    CHECK_RC(rig_try(&p->rig, a,
                     arena_fmt(a,
                               "profile: adapters/servicedesk/rt.yaml\n"
                               "url: http://127.0.0.1:%d/\n"
                               "token_file: %s\ntotal_ms: 300\n",
                               fake_port(p->fake), p->token_file.p)),
             RC_OK);
}

static inline void play_stop(struct play *p)
{
    rig_stop(&p->rig);
    p->n = fake_stop(p->fake);
    unlink(p->token_file.p);
}

#endif
