/*
 * file_type - what a file is, by its bytes alone: its name is somebody's claim.
 *
 * The list is short and closed. A file is of a type when it begins, and for the zip
 * containers of office programs also ends and is divided, as that type must; whatever is
 * none of them is refused: programs, scripts with a first line, HTML, SVG, archives,
 * documents with macros in them, containers that are encrypted or unfold to a hundred
 * times their size. Nothing is unpacked. What stays of a danger is in names (a script is
 * text), so a name ends in its type's own suffix (file_name.h).
 *
 * Sources: ISO 32000-1 7.5.2; PNG (W3C, 2003) 5.2; JPEG, ITU-T T.81 B.1.1.3; GIF89a;
 * ISO 14496-12 4.3; .ZIP APPNOTE 6.3.10 (4.3.7, 4.3.12, 4.3.16); ECMA-376 part 2; ODF 1.2
 * part 3, 3.3.
 */
#ifndef APP_FILE_TYPE_H
#define APP_FILE_TYPE_H

#include "base/base.h"

struct file_type {
    const char *word; /* in the settings: "jpeg" */
    const char *mime;
    const char *suffixes; /* ".jpg .jpeg": the first is added to a name that has none */
};

/* What is learnt while the bytes come by. Begin with {0}. */
struct file_look {
    unsigned char head[512];
    size_t n_head;
    int64_t size;
    bool binary; /* holds what text does not */
};

void file_look_at(struct file_look *l, str bytes);
/* fd: the whole file, for containers; read, not moved. NULL: none that we know. */
const struct file_type *file_type_of(const struct file_look *l, int fd);
/* By the settings' word; NULL when there is none. */
const struct file_type *file_type_named(str word);
/* Is the type among the words of a list ("pdf png")? */
bool file_type_is_in(const struct file_type *t, str words);

/* file_zip.c: the word of the document that the container is ("docx"); NULL: none, or
 * none that is harmless. */
const char *file_zip_kind(int fd, int64_t size);

#endif
