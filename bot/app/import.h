/*
 * import - cards from what people have: Rasa's training files, hassil's sentences (Home
 * Assistant), a QnABot export, or a spreadsheet saved as CSV; and cards as CSV again.
 *
 * Every source is read into rows (card, language, kind, text), and rows become Markdown:
 * the CSV form is these rows, `id,lang,kind,text`. A kind is a section of a card (say,
 * patterns, not, answer, ask, do, tests; an answer's conditions behind it) or one of its
 * keys (name, owner ...), in English or Dutch. Nothing is invented: what a source does
 * not have is missing in the card, and a warning says so.
 *
 * Formats as their projects document them: Rasa 3 training data and domain; hassil's
 * template syntax and Home Assistant's intents repository; QnABot's export of questions.
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "base/diag.h"
#include "content/catalogue.h"

enum { IMPORT_FILE_MAX = 32 * 1024 * 1024, IMPORT_OUT_MAX = 64 * 1024 * 1024 };

struct import_file {
    str name, text; /* UTF-8 */
};
struct import_row {
    str id;         /* a card's */
    enum lang lang; /* LANG_NONE: not told, or for all */
    str kind, text;
    const struct import_file *from;
    int line;
};

struct import {
    struct arena *arena;
    struct diags *diags;
    enum lang lang; /* of what does not tell; LANG_NONE: found out per card */
    VEC(struct import_row) rows;
};

/* Each adds rows; mistakes, with their place, go to diags, and reading goes on. */
void import_rasa(struct import *m, const struct import_file *v, size_t n);
void import_hassil(struct import *m, const struct import_file *v, size_t n);
void import_qnabot(struct import *m, const struct import_file *v, size_t n);
void import_csv(struct import *m, const struct import_file *v, size_t n);

/* The rows as a file of cards, read once by the cards' own reader: what it says of them
 * goes to diags, as of a file "import.md". */
str import_cards(struct import *m);

/* All cards below a folder as rows, those of sensitive.md left out: a card is sensitive
 * by its file, which a table does not tell. RC_NOT_FOUND, RC_IO. */
MUST_USE enum rc export_rows(struct import *m, str folder);
/* The rows as CSV (RFC 4180) with a header line. */
str export_csv(const struct import *m);

/* --- for the readers --- */

/* The text is trimmed; an empty one adds nothing. name becomes an id. */
void import_add(struct import *m, const struct import_file *from, int line, str name,
                enum lang l, const char *kind, str text);
/* A card's id made of any name: "faq/Ask leave" -> "faq.Ask-leave". */
str import_id(struct arena *a, str name);

#endif
