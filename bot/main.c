/*
 * balie - the front desk of HR. Wires the plugs to the sub-commands.
 */
#include <cmark-gfm-core-extensions.h>
#include <stdio.h>

#include "adapters/hris/csv.h"
#include "adapters/hris/rest.h"
#include "adapters/hris/rest_inside.h"
#include "adapters/servicedesk/events.h"
#include "adapters/servicedesk/inbox.h"
#include "adapters/servicedesk/rest.h"
#include "adapters/servicedesk/rest_rules.h"
#include "adapters/slack/slack_channel.h"
#include "adapters/teams/teams_channel.h"
#include "adapters/web/chat.h"
#include "adapters/webhook/webhook.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/cli.h"

/* A new adapter is one line here. */
static const struct channel *const channels[] = {&channel_web,     &channel_desk_events,
                                                 &channel_slack,   &channel_teams,
                                                 &channel_webhook, NULL};
static const struct desk *const desks[] = {&desk_inbox, &desk_rest, NULL};
static const struct hris *const systems[] = {&hris_csv, &hris_rest, NULL};

static const struct profile_kind profiles[] = {
    {"servicedesk", &rest_rules}, {"hris", &hris_rules}, {NULL, NULL}};

static const char usage[] =
    "usage: balie COMMAND [OPTIONS]\n"
    "  serve              run (default: http://127.0.0.1:8080)\n"
    "  check [FILE...]    what start and reload check, tests included; profiles only\n"
    "  ask [TEXT]         answer one question, or one per line of standard input\n"
    "  desk list|retry|drop|tickets|answer|files|status   the outbox, the built-in "
    "inbox\n"
    "  desk try [QUEUE]   whether the servicedesk would take a ticket, and why not\n"
    "  import KIND FILE   cards from rasa, hassil, qnabot or csv files\n"
    "  import article FILE...  articles from .docx, .odt, .pdf and web pages\n"
    "  export csv         all cards as a table\n"
    "options: --config FILE --intents DIR --knowledge DIR --state DIR --listen "
    "ADDR:PORT\n"
    "         --print-config; ask: --json --why --intents-only --knowledge-only\n"
    "         --lang nl|en --as ID --on DATE --after TEXT (asked before it)\n"
    "         check: --replay FILE|unanswered --against DIR\n";

struct option {
    const char *name;
    size_t text, flag; /* offset of what it sets; the other is 0 */
};

#define TEXT(member) offsetof(struct options, member), 0
#define FLAG(member) 0, offsetof(struct options, member)

static const struct option table[] = {
    {"--config", TEXT(config)},
    {"--intents", TEXT(intents)},
    {"--knowledge", TEXT(knowledge)},
    {"--state", TEXT(state)},
    {"--listen", TEXT(listen)},
    {"--as", TEXT(as)},
    {"--on", TEXT(on)},
    {"--after", TEXT(after)},
    {"--replay", TEXT(replay)},
    {"--against", TEXT(against)},
    {"--file", TEXT(file)},
    {"--json", FLAG(json)},
    {"--why", FLAG(why)},
    {"--intents-only", FLAG(intents_only)},
    {"--knowledge-only", FLAG(knowledge_only)},
    {"--print-config", FLAG(print_config)},
    {"--quiet", FLAG(quiet)},
};

static const struct option *find(str name)
{
    for (size_t i = 0; i < LEN(table); i++)
        if (str_eq(name, str_c(table[i].name)))
            return &table[i];
    return NULL;
}

static bool wrong(const char *why, str what)
{
    fprintf(stderr, "balie: %s \"%.*s\"\n%s", why, STR_ARG(what), usage);
    return false;
}

/* --name VALUE or --name=VALUE. */
static bool take(struct options *o, int argc, char **argv, int *i)
{
    str arg = str_c(argv[*i]), rest = arg, name = str_cut(&rest, '=');
    const struct option *opt = find(name);
    bool lang = str_eq(name, STR("--lang"));
    if (!opt && !lang)
        return wrong("unknown option", name);
    if (opt && opt->flag) {
        *(bool *)((unsigned char *)o + opt->flag) = true;
        return rest.p ? wrong("takes no value:", name) : true;
    }
    if (!rest.p && ++*i >= argc)
        return wrong("a value is missing after", name);
    str value = rest.p ? rest : str_c(argv[*i]);
    if (!lang) {
        *(str *)((unsigned char *)o + opt->text) = value;
        return true;
    }
    o->lang = lang_of(value);
    return o->lang == LANG_NONE ? wrong("--lang takes nl or en, not", value) : true;
}

static bool parse(struct options *o, int argc, char **argv)
{
    str *words = arena_alloc(o->arena, (size_t)argc * sizeof *words);
    o->words = words;
    bool only_words = false;
    for (int i = 1; i < argc; i++) {
        str arg = str_c(argv[i]);
        if (!only_words && str_eq(arg, STR("--")))
            only_words = true;
        else if (!only_words && str_starts(arg, STR("--"))) {
            if (!take(o, argc, argv, &i))
                return false;
        } else if (!o->command.p)
            o->command = arg;
        else
            words[o->n_words++] = arg;
    }
    return true;
}

static int run(struct options *o)
{
    static const struct {
        const char *name;
        int (*run)(const struct options *o, const struct plugs *p);
    } commands[] = {{"serve", cli_serve}, {"check", cli_check},   {"ask", cli_ask},
                    {"desk", cli_desk},   {"import", cli_import}, {"export", cli_export}};
    static const struct plugs plugs = {channels, desks, systems, profiles};
    struct settings s;
    if (o->print_config) {
        if (!options_settings(o, &s))
            return 1;
        str text = settings_print(o->arena, &s);
        printf("%.*s", STR_ARG(text));
        return 0;
    }
    for (size_t i = 0; i < LEN(commands); i++)
        if (str_eq(o->command, str_c(commands[i].name)))
            return commands[i].run(o, &plugs);
    fputs(usage, stderr);
    if (o->command.n)
        fprintf(stderr, "balie: unknown command \"%.*s\"\n", STR_ARG(o->command));
    return 2;
}

int main(int argc, char **argv)
{
    store_init();
    cmark_gfm_core_extensions_ensure_registered(); /* before any thread */
    struct options o = {.arena = arena_new(), .lang = LANG_NONE};
    o.in_repository = file_is_dir(STR("intents")) && file_is_dir(STR("knowledge")) &&
        file_is_dir(STR("bot"));
    int status = parse(&o, argc, argv) ? run(&o) : 2;
    arena_free(o.arena);
    return status;
}
