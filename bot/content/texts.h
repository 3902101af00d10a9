/*
 * texts - what the sections of an article say, packed.
 *
 * A section's text is there three times: plain for the index, as HTML and as Markdown for
 * the answers. Of 10,000 articles of 7 KiB that is 300 MiB; deflated it is 40, because
 * the three are nearly the same. A question needs one or two sections, so a *pack* holds
 * a few neighbouring ones of one article and is inflated when one of them is asked for
 * (50 us). The plain texts stand first and can be had alone.
 *
 * A pack is made and read by this program only: one that cannot be read is a bug.
 *
 * Packs lie in *shelves*. The catalogue after an edit has the shelves of the one before,
 * whose packs it goes on using, and one for what is new; a shelf goes when the last
 * catalogue that has it does, on whatever thread.
 */
#ifndef CONTENT_TEXTS_H
#define CONTENT_TEXTS_H

#include <stdatomic.h>

#include "content/catalogue.h"

/* A paragraph, a whole list, a whole table: where it begins in a section's three forms.
 * It ends where the next one begins. */
enum piece_kind { PIECE_TEXT, PIECE_LIST, PIECE_TABLE };
struct piece {
    enum piece_kind kind;
    bool raw; /* HTML in the Markdown: show its text instead */
    uint32_t text, html, markdown;
};

struct section_text {
    str text;     /* plain text, for the index: paragraphs, items (`- `, `1. `) and rows
                   * a line each, cells parted by tabs; may be empty */
    str html;     /* safe HTML of the section, without its heading */
    str markdown; /* as written, without its heading */
    const struct piece *pieces;
    size_t n_pieces;
};

struct text_shelf {
    atomic_uint owners;
    struct arena *arena;
};
struct text_shelf *text_shelf_new(void);
struct text_shelf *text_shelf_share(struct text_shelf *s);
void text_shelf_free(struct text_shelf *s); /* one owner less */

/* Packs v[i] for s[i] and lets s[i] know where; the packs live in a. */
void texts_pack(struct arena *a, const struct section_text *v, struct section *s,
                size_t n);
/* Puts copies of the packs of s[0..n), neighbours as they were packed, in a. */
void texts_copy(struct arena *a, struct section *s, size_t n);

/* Bytes of the packs of s[0..n), neighbours as they were packed. */
size_t texts_bytes(const struct section *s, size_t n);

/* Reads packs; keeps the last few, so that neighbours and what many ask cost nothing. */
struct texts *texts_open(void);
void texts_close(struct texts *t); /* accepts NULL */
/* Borrowed until the next call with t. */
const struct section_text *texts_of(struct texts *t, const struct section *s);
/* The text only, in half the time. */
str texts_plain(struct texts *t, const struct section *s);

#endif
