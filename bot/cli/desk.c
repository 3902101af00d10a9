#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cli/cli.h"
#include "cli/desk_command.h"
#include "net/control.h"

enum { TEXT_MAX_BYTES = 32 * 1024 };

/* `answer RECEIPT NAME -`: the text comes from standard input. */
static struct strs with_text(struct arena *a, struct strs words)
{
    if (words.n != 4 || !str_eq(words.v[3], STR("-")))
        return words;
    char *p = arena_alloc(a, TEXT_MAX_BYTES);
    size_t n = fread(p, 1, TEXT_MAX_BYTES, stdin);
    str *all = arena_alloc(a, words.n * sizeof *all);
    memcpy(all, words.v, words.n * sizeof *all);
    all[3] = (str){p, n};
    return (struct strs){all, words.n};
}

/* --file: its full name, for the daemon works elsewhere. */
static struct strs with_file(const struct options *o, struct strs words)
{
    char *full = o->file.n ? realpath(arena_str(o->arena, o->file).p, NULL) : NULL;
    if (o->file.n == 0 || words.n != 4)
        return words;
    str *all = arena_alloc(o->arena, (words.n + 1) * sizeof *all);
    memcpy(all, words.v, words.n * sizeof *all);
    all[words.n] = full ? arena_str(o->arena, str_c(full)) : o->file;
    free(full);
    return (struct strs){all, words.n + 1};
}

static void show(int status, str reply)
{
    fprintf(status ? stderr : stdout, "%.*s", STR_ARG(reply));
}

/* Through the daemon that holds the state, or on the state itself when none does. */
int cli_desk(const struct options *o, const struct plugs *p)
{
    if (o->n_words > 0 && str_eq(o->words[0], STR("try")))
        return cli_desk_try(o, p);
    struct settings s;
    if (!options_settings(o, &s))
        return 1;
    int status = 0;
    str reply = STR_NONE, door = file_path(o->arena, s.state, STR("control"));
    struct strs words =
        with_file(o, with_text(o->arena, (struct strs){o->words, o->n_words}));
    enum rc rc = control_ask(o->arena, door, words, &status, &reply);
    if (rc == RC_OK) {
        show(status, reply);
        return status;
    }
    struct store *store;
    str file = file_path(o->arena, s.state, STR("balie.db"));
    rc = store_open(file, NULL, NULL, &store);
    if (rc) {
        fprintf(stderr, "balie: %.*s %s\n", STR_ARG(file),
                rc == RC_BUSY ? "is in use, and its balie does not answer"
                              : "cannot be opened");
        return 1;
    }
    status = desk_command(o->arena, store, NULL, words, &reply);
    store_close(store); /* commits what was put */
    show(status, reply);
    return status;
}
