#include "base/thread.h"

#include <signal.h>

#include "unit.h"

static void *blocked(void *arg)
{
    sigset_t now;
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    *(bool *)arg = sigismember(&now, SIGTERM) && sigismember(&now, SIGHUP);
    return NULL;
}

static void a_thread_takes_no_signal_and_its_starter_still_does(void **arena)
{
    (void)arena;
    pthread_t thread;
    bool in_thread = false, here = true;
    CHECK_RC(thread_start(&thread, blocked, &in_thread), RC_OK);
    pthread_join(thread, NULL);
    CHECK(in_thread, "none in the thread");
    blocked(&here);
    CHECK(!here, "the starter's stay");
}

UNIT_MAIN(UNIT(a_thread_takes_no_signal_and_its_starter_still_does))
