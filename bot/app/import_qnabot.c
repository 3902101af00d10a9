/* QnABot's export: {"qna": [{"qid": ..., "q": [...], "a": ..., "alt": {"markdown":
 * ...}}]}. */
#include <jansson.h>

#include "app/import.h"
#include "base/json_text.h"
#include "base/str.h"

/* The line of the n-th item: of its "qid". The parser does not keep places. */
static int line_of(str text, size_t n)
{
    int line = 1;
    for (size_t i = 0; i < text.n; i++) {
        line += text.p[i] == '\n';
        if (str_starts(str_sub(text, i, text.n), STR("\"qid\"")) && n-- == 0)
            return line;
    }
    return 1;
}

static void read_item(struct import *m, const struct import_file *f, const json_t *item,
                      size_t n)
{
    int line = line_of(f->text, n);
    str qid = json_text(json_object_get(item, "qid"));
    const json_t *q = json_object_get(item, "q"), *one;
    str markdown = json_text(json_object_get(json_object_get(item, "alt"), "markdown"));
    str a = json_text(json_object_get(item, "a")),
        type = json_text(json_object_get(item, "type"));
    if (qid.n == 0 || !json_is_array(q)) {
        diag_error(m->diags, f->name, line, 1,
                   "item %zu has no `qid` with a list of questions `q`", n + 1);
        return;
    }
    str id = arena_str(m->arena, qid);
    if (type.n > 0 && !str_eq(type, STR("qna"))) {
        diag_warning(m->diags, f->name, line, 1,
                     "`%.*s` is a \"%.*s\", not a question with its answer: left out",
                     STR_ARG(id), STR_ARG(type));
        return;
    }
    size_t i;
    json_array_foreach(q, i, one)
        import_add(m, f, line, id, LANG_NONE, "say", json_text(one));
    str answer = str_trim(markdown).n > 0 ? markdown : a;
    import_add(m, f, line, id, LANG_NONE, "answer", arena_str(m->arena, answer));
}

static void read_file(struct import *m, const struct import_file *f)
{
    json_error_t e;
    json_t *root = json_loadb(f->text.p, f->text.n, JSON_REJECT_DUPLICATES, &e);
    if (!root) {
        diag_error(m->diags, f->name, e.line, e.column, "this is no JSON: %s", e.text);
        return;
    }
    const json_t *list = json_is_array(root) ? root : json_object_get(root, "qna"), *item;
    size_t i;
    if (!json_is_array(list))
        diag_error(m->diags, f->name, 1, 1,
                   "a QnABot export was expected: an object with a list `qna`");
    json_array_foreach(list, i, item) read_item(m, f, item, i);
    json_decref(root);
}

void import_qnabot(struct import *m, const struct import_file *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        read_file(m, &v[i]);
}
