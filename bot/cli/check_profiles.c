/* Profiles and the desk's section, checked without asking the other side anything. */
#include <stdio.h>

#include "base/file.h"
#include "base/str.h"
#include "cli/cli.h"

struct checking {
    const struct options *o;
    struct diags *diags;
    size_t read;
    VEC(str) unverified;
};

/* "dir/rt.yaml": "rt". */
static str name_of(str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/')
            return str_sub(path, i, path.n - 5);
    return str_sub(path, 0, path.n - 5);
}

static void add(struct diags *to, const struct diags *from, bool warnings)
{
    for (size_t i = 0; i < from->list.n; i++) {
        const struct diag *d = &from->list.v[i];
        if (warnings || d->severity == SEVERITY_ERROR)
            diag_add(to, d->severity, d->file, d->line, d->column, "%.*s",
                     STR_ARG(d->text));
    }
}

static void read_one(struct checking *c, str path, const struct profile_rules *rules,
                     struct diags *found)
{
    str text;
    struct profile *p;
    if (file_read(c->o->arena, path, PROFILE_MAX, &text)) {
        diag_error(found, path, 0, 0, "cannot be read");
        return;
    }
    c->read++;
    if (profile_read(c->o->arena, path, text, rules, found, &p) == RC_OK && p->unverified)
        *arena_push(c->o->arena, &c->unverified) = name_of(path);
}

/* A file that was named may be of any kind: the one with the fewest errors. */
static void read_named(struct checking *c, str path, const struct profile_kind *kinds)
{
    struct diags best = {0};
    for (const struct profile_kind *k = kinds; k->folder; k++) {
        struct diags found = diags_new(c->o->arena);
        size_t unverified = c->unverified.n;
        read_one(c, path, k->rules, &found);
        c->unverified.n = unverified;
        if (k == kinds || found.errors < best.errors)
            best = found;
    }
    add(c->diags, &best, true);
}

/* In the repository its own, else those that are installed. */
static void read_folder(struct checking *c, const struct profile_kind *k)
{
    static const str suffix = {".yaml", 5};
    struct arena *a = c->o->arena;
    const str places[] = {
        c->o->in_repository ? arena_fmt(a, "adapters/%s", k->folder) : STR_NONE,
        arena_fmt(a, "/etc/balie/%s", k->folder),
        arena_fmt(a, "/usr/share/balie/%s", k->folder),
    };
    for (size_t i = 0; i < LEN(places); i++) {
        struct file_list files = {0};
        if (places[i].n == 0 || file_walk(a, places[i], &suffix, 1, &files))
            continue;
        for (size_t f = 0; f < files.list.n; f++) {
            struct diags found = diags_new(a);
            read_one(c, file_path(a, places[i], files.list.v[f].path), k->rules, &found);
            add(c->diags, &found, false); /* `unverified` stands in the line below */
        }
    }
}

void check_profiles(const struct options *o, const struct plugs *p, struct diags *d)
{
    struct checking c = {.o = o, .diags = d};
    for (size_t i = 0; i < o->n_words; i++)
        read_named(&c, o->words[i], p->profiles);
    if (o->n_words > 0) {
        printf("%zu profile%s, %zu error%s, %zu warning%s\n", o->n_words,
               o->n_words == 1 ? "" : "s", d->errors, d->errors == 1 ? "" : "s",
               d->warnings, d->warnings == 1 ? "" : "s");
        return;
    }
    for (const struct profile_kind *k = p->profiles; k->folder; k++)
        read_folder(&c, k);
    if (c.read == 0)
        return;
    printf("%zu profiles", c.read);
    for (size_t i = 0; i < c.unverified.n; i++)
        printf("%s%.*s", i ? ", " : "; unverified, never run against the real product: ",
               STR_ARG(c.unverified.v[i]));
    printf("\n");
}

const struct desk *desk_of(const struct settings *s, const struct plugs *p,
                           struct diags *d)
{
    str kind = yaml_text(s->desk, "kind");
    if (kind.n == 0)
        return p->desks[0];
    for (size_t i = 0; p->desks[i]; i++)
        if (str_eq(kind, str_c(p->desks[i]->name)))
            return p->desks[i];
    diag_error(d, s->file, s->desk->line, s->desk->column,
               "desk: there is no kind \"%.*s\"", STR_ARG(kind));
    return NULL;
}

void check_desk(const struct options *o, const struct plugs *p, const struct settings *s,
                struct diags *d)
{
    void *self = NULL;
    const struct desk *desk = s->desk ? desk_of(s, p, d) : NULL;
    if (!desk)
        return;
    struct host host = {.settings = s->desk,
                        .all = s,
                        .settings_file = s->file,
                        .folder = s->folder,
                        .diags = d,
                        .arena = o->arena,
                        .quiet = true};
    size_t errors = d->errors;
    if (desk->start(&host, &self) && d->errors == errors)
        diag_error(d, s->file, s->desk->line, s->desk->column,
                   "the servicedesk cannot be started");
    desk->stop(self);
}
