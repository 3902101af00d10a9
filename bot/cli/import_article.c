/* balie import article: documents into articles, and what that lost. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/tool.h"
#include "content/article.h"
#include "content/format.h"
#include "content/html_page.h"
#include "content/imported.h"
#include "content/load.h"
#include "content/name.h"
#include "content/source.h"

enum { DOCUMENT_MAX = 64 * 1024 * 1024 };

struct importing {
    struct arena *arena;
    const struct options *o;
    str knowledge;
    struct diags diags;
    str file; /* the document at work */
    struct imported_lost lost;
};

static bool ends_ascii(str s, const char *end)
{
    size_t n = strlen(end);
    return s.n > n && str_eq_ascii(str_sub(s, s.n - n, s.n), str_c(end));
}

/* A file name that no program can take for an option. */
static str safe_name(struct importing *m)
{
    return str_starts(m->file, STR("-")) ? arena_fmt(m->arena, "./%.*s", STR_ARG(m->file))
                                         : arena_str(m->arena, m->file);
}

static bool run(struct importing *m, const char *const *args, const char *package,
                str *out)
{
    enum rc rc = tool_run(m->arena, args, out);
    if (rc == RC_NOT_FOUND)
        diag_error(&m->diags, m->file, 0, 0,
                   "%s is needed to read this and is not installed; on Debian: apt-get "
                   "install %s",
                   args[0], package);
    else if (rc == RC_LIMIT)
        diag_error(&m->diags, m->file, 0, 0,
                   "%s gave more than %d MiB or took more than %d s; cut the document up",
                   args[0], TOOL_OUTPUT_MAX >> 20, TOOL_SECONDS);
    else if (rc != RC_OK)
        diag_error(&m->diags, m->file, 0, 0, "%s could not read this", args[0]);
    return rc == RC_OK;
}

static bool check_utf8(struct importing *m, str text)
{
    if (str_is_utf8(text))
        return true;
    diag_error(&m->diags, m->file, 0, 0, "its text did not come out as UTF-8");
    return false;
}

static bool read_pandoc(struct importing *m, const char *from, str *markdown)
{
    const char *const args[] = {"pandoc",       "--sandbox",
                                "--quiet",      arena_fmt(m->arena, "--from=%s", from).p,
                                "--to=gfm",     "--wrap=none",
                                safe_name(m).p, NULL};
    str text;
    if (!run(m, args, "pandoc", &text) || !check_utf8(m, text))
        return false;
    *markdown = imported_markdown(m->arena, text, &m->lost);
    return true;
}

static bool read_pdf(struct importing *m, str *markdown)
{
    const char *const args[] = {"pdftotext", "-enc", "UTF-8", safe_name(m).p, "-", NULL};
    str text;
    if (!run(m, args, "poppler-utils", &text) || !check_utf8(m, text))
        return false;
    struct sheet s;
    text_page(m->arena, imported_pages(m->arena, text, &m->lost), &s);
    *markdown = buf_str(&s.out);
    return true;
}

static bool read_own(struct importing *m, bool html, str *markdown)
{
    str raw;
    struct sheet s;
    if (file_read(m->arena, m->file, DOCUMENT_MAX, &raw) != RC_OK) {
        diag_error(&m->diags, m->file, 0, 0, "the file cannot be read");
        return false;
    }
    if (html) {
        if (html_page(m->arena, m->file, raw, &m->diags, &s) != RC_OK)
            return false;
    } else {
        raw = source_plain(m->arena, raw);
        if (!source_is_utf8(m->file, raw, 1, &m->diags))
            return false;
        text_page(m->arena, raw, &s);
    }
    *markdown = buf_str(&s.out);
    return true;
}

static bool read_document(struct importing *m, str *markdown)
{
    static const struct {
        const char *end, *from;
    } kinds[] = {{".docx", "docx"}, {".odt", "odt"}, {".rtf", "rtf"}, {".epub", "epub"}};
    if (access(safe_name(m).p, R_OK)) {
        diag_error(&m->diags, m->file, 0, 0,
                   "there is no such file, or it cannot be read");
        return false;
    }
    for (size_t i = 0; i < LEN(kinds); i++)
        if (ends_ascii(m->file, kinds[i].end))
            return read_pandoc(m, kinds[i].from, markdown);
    if (ends_ascii(m->file, ".pdf"))
        return read_pdf(m, markdown);
    enum format f = format_of(m->file);
    if (f == FORMAT_HTML || f == FORMAT_TEXT)
        return read_own(m, f == FORMAT_HTML, markdown);
    diag_error(&m->diags, m->file, 0, 0,
               ends_ascii(m->file, ".doc")
                   ? "save it as .docx first"
                   : "known are .docx, .odt, .rtf, .epub, .pdf, .html and .txt");
    return false;
}

/* "Handboek 2026 (def).docx" -> "handboek-2026-def" */
static str slug(struct arena *a, str text)
{
    str s = article_anchor(a, text);
    return s.n ? str_sub(s, 0, 80) : STR("article");
}

/* Never over a file that is there. */
static bool write_new(struct importing *m, str path, str text)
{
    for (size_t i = 1; i < path.n; i++)
        if (path.p[i] == '/')
            (void)mkdir(arena_str(m->arena, str_sub(path, 0, i)).p, 0777);
    int fd = open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) {
        diag_error(&m->diags, path, 0, 0,
                   errno == EEXIST ? "this article is there already; move it away first"
                                   : "the article cannot be written");
        return false;
    }
    size_t done = 0;
    while (done < text.n) {
        ssize_t n = write(fd, text.p + done, text.n - done);
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    if (close(fd) || done < text.n) {
        diag_error(&m->diags, path, 0, 0, "the article cannot be written");
        return false;
    }
    return true;
}

static void write_part(struct importing *m, const struct imported_part *p, str stem,
                       bool one)
{
    struct diags ignored = diags_new(m->arena);
    struct place at = {.arena = m->arena, .diags = &ignored, .file = m->file};
    struct article_draft d;
    article_read(&at, STR("x.md"), p->markdown, m->o->lang, &d);
    str name = one ? stem
                   : arena_fmt(m->arena, "%.*s/%.*s", STR_ARG(stem),
                               STR_ARG(slug(m->arena, p->title.n ? p->title : stem)));
    str path = arena_fmt(m->arena, "%.*s/%s/%.*s.md", STR_ARG(m->knowledge),
                         lang_code(d.article.lang), STR_ARG(name));
    bool fronted = str_starts(p->markdown, STR("---\n"));
    str text = fronted
        ? p->markdown
        : arena_fmt(m->arena, "---\nupdated: %s\n---\n%.*s",
                    date_iso(m->arena, clock_local(clock_wall_ms(), NULL)).p,
                    STR_ARG(p->markdown));
    if (text.n > CONTENT_FILE_MAX) {
        diag_error(&m->diags, path, 0, 0,
                   "this article would be larger than %d KiB; give the document headings "
                   "of level 1 to cut it at",
                   CONTENT_FILE_MAX / 1024);
        return;
    }
    if (write_new(m, path, text))
        printf("%.*s: %zu section%s, from %.*s\n", STR_ARG(path), d.sections.n,
               d.sections.n == 1 ? "" : "s", STR_ARG(m->file));
}

static void tell(size_t n, const char *one, const char *many)
{
    if (n > 0)
        printf("  %zu %s\n", n, n == 1 ? one : many);
}

static void tell_lost(const struct importing *m)
{
    const struct imported_lost *l = &m->lost;
    tell(l->images, "image is left out", "images are left out");
    tell(l->notes, "footnote stands in brackets in the text now",
         "footnotes stand in brackets in the text now");
    tell(l->tables, "table had cells of several lines, which are one line now",
         "tables had cells of several lines, which are one line now");
    tell(l->bold, "bold line became a heading: there were none",
         "bold lines became headings: there were none");
    tell(l->blank_pages, "page has no text: it is probably scanned",
         "pages have no text: they are probably scanned");
    tell(l->repeated, "line at the top or foot of pages is left out",
         "lines at the top or foot of pages are left out");
    tell(l->hyphens, "word broken at the end of a line is joined",
         "words broken at the end of a line are joined");
    if (l->pages > 0)
        printf("  a PDF has no headings and tables: look whether they came out right\n");
}

static void import_one(struct importing *m)
{
    struct imported_parts parts;
    str markdown;
    m->lost = (struct imported_lost){0};
    if (!read_document(m, &markdown))
        return;
    imported_split(m->arena, markdown, &parts);
    if (parts.list.n == 0)
        diag_error(&m->diags, m->file, 0, 0,
                   m->lost.pages ? "it has no text: it is probably scanned"
                                 : "it has no text");
    str name = name_of(m->file), stem = name;
    while (stem.n > 0 && stem.p[stem.n - 1] != '.')
        stem.n--;
    stem = slug(m->arena, stem.n ? str_sub(stem, 0, stem.n - 1) : name);
    for (size_t i = 0; i < parts.list.n; i++)
        write_part(m, &parts.list.v[i], stem, parts.list.n == 1);
    tell_lost(m);
}

int cli_import_article(const struct options *o, const struct plugs *p)
{
    (void)p;
    struct settings s;
    if (o->n_words < 2 || !str_eq(o->words[0], STR("article"))) {
        fprintf(stderr,
                "usage: balie import article FILE... [--lang nl|en] "
                "[--knowledge DIR]\n");
        return 2;
    }
    if (!options_settings(o, &s))
        return 1;
    struct importing m = {.arena = o->arena, .o = o, .knowledge = s.knowledge};
    m.diags = diags_new(o->arena);
    for (size_t i = 1; i < o->n_words; i++) {
        m.file = o->words[i];
        import_one(&m);
    }
    print_diags(&m.diags);
    return m.diags.errors > 0 ? 1 : 0;
}
