/* What a section of the settings says that talks to a REST profile, right and wrong. */
#include "app/rest_section.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../rest/sample.h"
#include "unit.h"

static const struct rest_section_rules rules = {.what = "the desk",
                                                .sends = "the token",
                                                .folder = "samples",
                                                .example = "rt",
                                                .own = {"webhook", NULL},
                                                .one_login = true,
                                                .total_ms = 9000,
                                                .profile = &sample_rules};

struct place {
    char dir[32];
    struct diags diags;
    struct host host;
};

static void write_file(const struct place *p, struct arena *a, const char *name,
                       const char *text)
{
    FILE *f = fopen(arena_fmt(a, "%s/%s", p->dir, name).p, "w");
    CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0, "written");
}

/* A folder with a token, a password and two profiles. */
static void open_place(struct place *p, struct arena *a)
{
    *p = (struct place){.dir = "/tmp/balie-test-XXXXXX", .diags = diags_new(a)};
    CHECK(mkdtemp(p->dir) != NULL, "a folder");
    write_file(p, a, "token", "t\n");
    write_file(p, a, "p.yaml", SAMPLE_TOP SAMPLE_OPEN);
    write_file(p, a, "asks.yaml",
               SAMPLE_TOP "scheme: token\nlogin: '{{token}}'\nsettings: [project]\n"
                          "optional: [team]\n" SAMPLE_OPEN);
    p->host = (struct host){.settings_file = STR("balie.yaml"),
                            .folder = str_c(p->dir),
                            .diags = &p->diags,
                            .arena = a};
}

static void close_place(const struct place *p, struct arena *a)
{
    static const char *const names[] = {"token", "p.yaml", "asks.yaml"};
    for (size_t i = 0; i < LEN(names); i++)
        unlink(arena_fmt(a, "%s/%s", p->dir, names[i]).p);
    rmdir(p->dir);
}

static enum rc read_text(struct place *p, const char *text, struct rest_section *out)
{
    struct arena *a = p->host.arena;
    struct yaml *y = arena_alloc(a, sizeof *y);
    p->diags = diags_new(a);
    CHECK_RC(yaml_parse(a, STR("balie.yaml"), str_c(text), 0, &p->diags, y), RC_OK);
    p->host.settings = y;
    return rest_section_read(&p->host, &rules, out);
}

static void a_section_is_read_whole(void **arena)
{
    struct place p;
    struct rest_section s;
    open_place(&p, *arena);
    enum rc rc =
        read_text(&p,
                  "kind: x\nprofile: ./asks.yaml\nurl: https://desk.example/a//\n"
                  "token_file: token\nvalues: {project: HR}\nconnect_ms: 700\n"
                  "webhook: ours\n",
                  &s);
    if (p.diags.list.n > 0 && rc)
        fail_msg("%s", diag_line(*arena, &p.diags.list.v[0]).p);
    CHECK_RC(rc, RC_OK);
    CHECK_STR(s.url, "https://desk.example/a", "without the slashes at its end");
    CHECK_STR(s.token_file, arena_fmt(*arena, "%s/token", p.dir).p,
              "relative to the settings");
    CHECK_INT(s.connect_ms, 700, "as told");
    CHECK_INT(s.total_ms, 9000, "the adapter's");
    CHECK_INT(s.n_values, 2, "what the profile asks for");
    CHECK_STR(s.values[0].text, "HR", "given");
    CHECK_STR(s.values[1].text, "", "may be left out");
    CHECK_STR(s.profile->product, "Sample", "its profile");
    close_place(&p, *arena);
}

#define GOOD "profile: ./p.yaml\nurl: https://d.example\n"
#define TOKEN "token_file: token\n"

static const struct {
    const char *text;
    int line;
    const char *says;
} mistakes[] = {
    {"url: https://d.example\n" TOKEN, 1, "profile is missing: rt"},
    {"profile: ./p.yaml\n" TOKEN, 1, "url is missing: where the desk is"},
    {"profile: none\nurl: https://d.example\n" TOKEN, 1, "no profile \"none\""},
    {"profile: [p]\nurl: https://d.example\n" TOKEN, 1, "profile must be text"},
    {GOOD TOKEN "tokenfile: token\n", 4, "(probably meant token_file)"},
    {GOOD TOKEN "token: secret\n", 4, "a secret does not stand in the settings"},
    {GOOD "token_file: absent\n", 3, "absent cannot be read"},
    {GOOD "user: me\n", 1, "user and password_file go together"},
    {GOOD, 1, "how do we log in? Either token_file"},
    {GOOD TOKEN "user: me\npassword_file: token\n", 1, "how do we log in?"},
    {GOOD TOKEN "total_ms: 99\n", 4, "from 100 to 600000"},
    {GOOD TOKEN "total_ms: soon\n", 4, "from 100 to 600000"},
    {"profile: ./p.yaml\nurl: ftp://d.example\n" TOKEN, 2, "url is https://HOST"},
    {"profile: ./p.yaml\nurl: https://me@d.example\n" TOKEN, 2, "without a name"},
    {"profile: ./p.yaml\nurl: https://d.example/?q=1\n" TOKEN, 2, "or a query"},
    {"profile: ./p.yaml\nurl: 'https://d.example/a b'\n" TOKEN, 2, "url is https://"},
    {GOOD TOKEN "values: {project: HR}\n", 4, "does not ask for \"project\""},
    {"profile: ./asks.yaml\nurl: https://d.example\n" TOKEN, 1,
     "the profile asks for values: project"},
    {"profile: ./asks.yaml\nurl: https://d.example\nvalues: {project: HR}\n"
     "user: me\npassword_file: token\n",
     1, "the profile logs in with a token: name its file"},
};

static void every_mistake_is_told_with_its_line(void **arena)
{
    struct place p;
    struct rest_section s;
    open_place(&p, *arena);
    for (size_t i = 0; i < LEN(mistakes); i++) {
        CHECK_RC(read_text(&p, mistakes[i].text, &s), RC_INVALID);
        bool told = false;
        for (size_t k = 0; k < p.diags.list.n; k++)
            told = told ||
                (str_has(p.diags.list.v[k].text, str_c(mistakes[i].says)) &&
                 p.diags.list.v[k].line == mistakes[i].line);
        if (!told)
            fail_msg("%s, line %d", mistakes[i].says, mistakes[i].line);
    }
    close_place(&p, *arena);
}

static void plain_http_is_warned_of_but_on_this_machine(void **arena)
{
    static const struct {
        const char *url;
        size_t warnings;
    } cases[] = {
        {"http://127.0.0.1:8081", 0},
        {"http://localhost/REST", 0},
        {"https://d.example", 0},
        {"http://d.example", 1},
        {"http://127.0.0.1.evil.example", 1},
        {"http://localhost.evil.example/", 1},
    };
    struct place p;
    struct rest_section s;
    open_place(&p, *arena);
    for (size_t i = 0; i < LEN(cases); i++) {
        str text = arena_fmt(*arena, "profile: ./p.yaml\nurl: %s\n" TOKEN, cases[i].url);
        CHECK_RC(read_text(&p, text.p, &s), RC_OK);
        CHECK_INT(p.diags.warnings, 1 + cases[i].warnings, cases[i].url); /* no sources */
    }
    close_place(&p, *arena);
}

static void no_section_is_an_error(void **arena)
{
    struct place p;
    struct rest_section s;
    open_place(&p, *arena);
    CHECK_RC(rest_section_read(&p.host, &rules, &s), RC_INVALID);
    CHECK_INT(p.diags.errors, 1, "told");
    close_place(&p, *arena);
}

UNIT_MAIN(UNIT(a_section_is_read_whole), UNIT(every_mistake_is_told_with_its_line),
          UNIT(plain_http_is_warned_of_but_on_this_machine), UNIT(no_section_is_an_error))
