#include <stdio.h>

#include "app/engine.h"
#include "base/file.h"
#include "cli/cli.h"

static const char *const states[] = {"pending", "sending", "unclear",
                                     "done",    "failed",  "dropped"};

static void list(const struct options *o, struct store *s)
{
    struct store_effects rows;
    struct store_tickets tickets;
    if (store_read_effects(s, o->arena, false, &rows) ||
        store_read_tickets(s, o->arena, STR_NONE, &tickets)) {
        fprintf(stderr, "balie: the rows cannot be read\n");
        return;
    }
    for (size_t i = 0; i < rows.list.n; i++) {
        const struct store_effect *e = &rows.list.v[i];
        str receipt = STR("-"), queue = STR("-");
        for (size_t k = 0; k < tickets.list.n; k++)
            if (tickets.list.v[k].effect == e->id) {
                receipt = tickets.list.v[k].receipt;
                queue = tickets.list.v[k].queue;
            }
        printf("%lld  %.*s  %-8s  %.*s  number=%.*s  attempts=%d  created=%.*s  %.*s\n",
               (long long)e->id, STR_ARG(receipt), states[e->state], STR_ARG(queue),
               STR_ARG(e->number), e->attempts,
               STR_ARG(clock_rfc3339(o->arena, e->created_ms)), STR_ARG(e->error));
    }
}

/* The outbox, as it is on disk. Only while no daemon holds the state. */
int cli_desk(const struct options *o, const struct plugs *p)
{
    if (o->n_words > 0 && str_eq(o->words[0], STR("try")))
        return cli_desk_try(o, p);
    struct settings s;
    if (!options_settings(o, &s))
        return 1;
    if (o->n_words != 1 || !str_eq(o->words[0], STR("list"))) {
        fprintf(stderr, "usage: balie desk list|try [QUEUE...]\n");
        return 2;
    }
    struct store *store;
    str file = file_path(o->arena, s.state, STR("balie.db"));
    enum rc rc = store_open(file, NULL, NULL, &store);
    if (rc) {
        fprintf(stderr, "balie: %.*s %s\n", STR_ARG(file),
                rc == RC_BUSY ? "is in use: stop the daemon first" : "cannot be opened");
        return 1;
    }
    list(o, store);
    store_close(store);
    return 0;
}
