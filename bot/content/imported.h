/*
 * imported - what other programs make of a document, made into articles.
 *
 * pandoc gives Markdown with pieces of HTML (tables whose cells hold lists, images,
 * comments); pdftotext gives plain lines with a form feed behind each page. Both lose
 * something, and what is lost is counted, so that HR knows where to look.
 */
#ifndef CONTENT_IMPORTED_H
#define CONTENT_IMPORTED_H

#include "base/arena.h"

struct imported_lost {
    size_t images;      /* left out */
    size_t notes;       /* footnotes, now in brackets in the text */
    size_t tables;      /* whose cells became single lines */
    size_t bold;        /* bold lines that became headings, for want of any */
    size_t pages;       /* of a PDF */
    size_t blank_pages; /* without text: scanned */
    size_t repeated;    /* lines at the top or foot of most pages, left out */
    size_t hyphens;     /* words that were broken at the end of a line, joined */
};

/* pandoc's gfm. */
str imported_markdown(struct arena *a, str text, struct imported_lost *lost);
/* pdftotext's lines, as a plain text (format.h makes Markdown of it). */
str imported_pages(struct arena *a, str text, struct imported_lost *lost);

/* One article of a document. */
struct imported_part {
    str title, markdown; /* title: of its level-1 heading, which markdown begins with;
                            empty: what stands before the first */
};
struct imported_parts {
    VEC(struct imported_part) list;
};
/* Cuts at headings of level 1 when there are several, else one part. */
void imported_split(struct arena *a, str markdown, struct imported_parts *out);

#endif
