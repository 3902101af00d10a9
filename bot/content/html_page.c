#include "content/html_page.h"

#include <libxml/HTMLparser.h>

#include "content/charset.h"
#include "content/html_walk.h"
#include "content/known.h"

enum { META_MAX = 1000 };

static bool has_role(struct arena *a, const xmlNode *n, const char *role)
{
    str v = n->type == XML_ELEMENT_NODE ? html_attribute(a, n, "role") : STR_NONE;
    return v.p && str_eq_ascii(v, str_c(role));
}

static const xmlNode *find(const xmlNode *root, const char *name, size_t *count)
{
    const xmlNode *found = NULL;
    *count = 0;
    for (const xmlNode *n = root->children; n; n = html_next(n, root, false))
        if (html_is(n, name)) {
            found = found ? found : n;
            (*count)++;
        }
    return found;
}

/* The part of the page that is the page's own. */
static const xmlNode *body_of(struct arena *a, const xmlNode *root)
{
    size_t n;
    const xmlNode *main_part = find(root, "main", &n);
    for (const xmlNode *k = root->children; k && !main_part;
         k = html_next(k, root, false))
        if (has_role(a, k, "main"))
            main_part = k;
    if (main_part)
        return main_part;
    const xmlNode *article = find(root, "article", &n);
    if (n == 1)
        return article;
    const xmlNode *body = find(root, "body", &n);
    return body ? body : root;
}

/* Outside of its own part a page's header holds the menu, unless it holds the title. */
static void drop_frame(struct arena *a, xmlNode *body)
{
    static const char *const roles[] = {"navigation", "banner", "contentinfo", "search",
                                        "complementary"};
    const xmlNode *next;
    for (const xmlNode *n = body->children; n; n = next) {
        size_t titles = 0;
        bool drop = false;
        for (size_t i = 0; i < LEN(roles); i++)
            drop = drop || has_role(a, n, roles[i]);
        drop = drop || html_is(n, "header");
        if (drop)
            find(n, "h1", &titles);
        drop = drop && titles == 0;
        next = html_next(n, body, drop);
        if (drop) {
            xmlUnlinkNode((xmlNode *)(uintptr_t)n);
            xmlFreeNode((xmlNode *)(uintptr_t)n);
        }
    }
}

static str text_of(struct arena *a, const xmlNode *n)
{
    struct buf b = buf_new(a, META_MAX);
    for (const xmlNode *t = n->children; t; t = html_next(t, n, false))
        if (t->type == XML_TEXT_NODE && t->content)
            buf_put(&b, str_c((const char *)t->content));
    return buf_failed(&b) ? STR("") : str_trim(buf_str(&b));
}

static void put_key(struct sheet *s, bool *open, str key, str value)
{
    if (value.n == 0 || value.n > META_MAX)
        return;
    if (!*open)
        sheet_put(s, STR("---\n"));
    *open = true;
    sheet_key(s, key, value);
}

/* What the page says of itself; its <title> only where the text has no title. */
static void put_front(struct arena *a, const xmlNode *root, const xmlNode *body,
                      struct sheet *s)
{
    bool open = false;
    size_t n;
    str language = html_attribute(a, root, "lang");
    const xmlNode *title = find(root, "title", &n);
    find(body, "h1", &n);
    if (language.p && lang_of(language) != LANG_NONE)
        put_key(s, &open, STR("language"), language);
    if (title && n == 0)
        put_key(s, &open, STR("title"), text_of(a, title));
    for (const xmlNode *m = root->children; m; m = html_next(m, root, false)) {
        int key;
        if (!html_is(m, "meta"))
            continue;
        str name = html_attribute(a, m, "name"), value = html_attribute(a, m, "content");
        if (name.p && value.p && known_find(&known_front, name, &key) &&
            key != KEY_TITLE && key != KEY_LANGUAGE)
            put_key(s, &open, name, str_trim(value));
    }
    if (open)
        sheet_put(s, STR("---\n"));
}

static void read_tree(struct arena *a, xmlNode *root, struct sheet *out)
{
    const xmlNode *body = body_of(a, root);
    if (html_is(body, "body"))
        drop_frame(a, (xmlNode *)(uintptr_t)body);
    put_front(a, root, body, out);
    struct html_walk w = {.sheet = out, .run = buf_new(a, HTML_RUN_MAX), .level = 1};
    html_blocks(&w, body);
    html_flush(&w);
    sheet_gap(out);
}

enum rc html_page(struct arena *a, str file, str raw, struct diags *d, struct sheet *out)
{
    *out = sheet_new(a);
    str text;
    int line = 1;
    enum rc rc = charset_utf8(a, file, raw, d, &text);
    if (rc)
        return rc;
    if (!html_is_sane(text, &line)) {
        diag_error(d, file, line, 0,
                   "this page has more than %d tags in tags or %d attributes in one tag",
                   HTML_NESTING_MAX, HTML_ATTRIBUTES_MAX);
        return RC_LIMIT;
    }
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
        HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_COMPACT;
    htmlDocPtr doc = htmlReadMemory(text.n ? text.p : " ", (int)MAX(text.n, 1u), NULL,
                                    "UTF-8", options);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (root)
        read_tree(a, root, out);
    xmlFreeDoc(doc);
    return RC_OK;
}
