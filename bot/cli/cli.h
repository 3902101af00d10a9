/*
 * cli - the sub-commands. Each gets the options and the plugs, and returns the exit
 * status: 0 done, 1 it found errors or failed, 2 wrong usage.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "app/channel.h"
#include "app/desk.h"
#include "app/hris.h"
#include "rest/profile.h"

/* Profiles of one kind: the folder they are in, and what must be in them. */
struct profile_kind {
    const char *folder; /* "servicedesk": adapters/servicedesk/NAME.yaml */
    const struct profile_rules *rules;
};

/* What is built in; each list ends in NULL, the first of each is the default. */
struct plugs {
    const struct channel *const *channels;
    const struct desk *const *desks;
    const struct hris *const *systems;
    const struct profile_kind *profiles; /* the last has no folder */
};

struct options {
    struct arena *arena;
    str command, config, intents, knowledge, state, listen; /* STR_NONE: not given */
    bool json, why, intents_only, knowledge_only, print_config, quiet;
    enum lang lang;
    str as, on, after;   /* ask: person, date, what was asked before */
    str replay, against; /* check: past questions, the old content */
    str file;            /* desk answer: goes along */
    const str *words;    /* what is not an option */
    size_t n_words;
    bool in_repository;
};

/* Settings from defaults, file and options; prints mistakes. False: exit with 1. */
bool options_settings(const struct options *o, struct settings *s);
/* Prints every diag on standard error. */
void print_diags(const struct diags *d);
struct builder_conf options_builder(const struct settings *s);

int cli_serve(const struct options *o, const struct plugs *p);
int cli_check(const struct options *o, const struct plugs *p);
int cli_ask(const struct options *o, const struct plugs *p);
/* `balie desk try [NAME...]`: what would fail if a ticket had to be opened now. */
int cli_desk_try(const struct options *o, const struct plugs *p);
/* The profile files named as words, or all that are installed, into d; one line about
 * them on standard output. */
void check_profiles(const struct options *o, const struct plugs *p, struct diags *d);
/* The section `desk` of the settings, as its adapter reads it at start. */
void check_desk(const struct options *o, const struct plugs *p, const struct settings *s,
                struct diags *d);
/* The desk of the settings; an error in d and NULL when there is none of that kind. */
const struct desk *desk_of(const struct settings *s, const struct plugs *p,
                           struct diags *d);
int cli_import(const struct options *o, const struct plugs *p);
int cli_export(const struct options *o, const struct plugs *p);
int cli_desk(const struct options *o, const struct plugs *p);
int cli_import_article(const struct options *o, const struct plugs *p);

#endif
