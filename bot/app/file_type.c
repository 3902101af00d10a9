#include "app/file_type.h"

#include "base/str.h"

static const struct file_type types[] = {
    {"pdf", "application/pdf", ".pdf"},
    {"png", "image/png", ".png"},
    {"jpeg", "image/jpeg", ".jpg .jpeg .jpe .jfif"},
    {"gif", "image/gif", ".gif"},
    {"heic", "image/heic", ".heic .heif"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     ".docx"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     ".xlsx"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
     ".pptx"},
    {"odt", "application/vnd.oasis.opendocument.text", ".odt"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet", ".ods"},
    {"txt", "text/plain", ".txt .csv .md .log"},
};

const struct file_type *file_type_named(str word)
{
    for (size_t i = 0; i < LEN(types); i++)
        if (str_eq_ascii(word, str_c(types[i].word)))
            return &types[i];
    return NULL;
}

bool file_type_is_in(const struct file_type *t, str words)
{
    while (words.n > 0)
        if (str_eq_ascii(str_trim(str_cut(&words, ' ')), str_c(t->word)))
            return true;
    return false;
}

void file_look_at(struct file_look *l, str bytes)
{
    size_t n = MIN(bytes.n, sizeof l->head - l->n_head);
    if (n > 0)
        memcpy(l->head + l->n_head, bytes.p, n);
    l->n_head += n;
    l->size += (int64_t)bytes.n;
    for (size_t i = 0; i < bytes.n && !l->binary; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        l->binary =
            (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7f;
    }
}

static bool has(const struct file_look *l, size_t at, const char *bytes, size_t n)
{
    return l->n_head >= at + n && memcmp(l->head + at, bytes, n) == 0;
}

static bool has_word(str s, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= s.n; i++)
        if (str_eq_ascii(str_sub(s, i, i + n), str_c(word)))
            return true;
    return false;
}

/* Text by its bytes: not markup, not something for an interpreter. */
static bool is_text(const struct file_look *l)
{
    static const char *const words[] = {"<script", "<html",  "<svg",  "<!doctype",
                                        "<?xml",   "<?php",  "<body", "<iframe",
                                        "<img",    "<object"};
    str head = {(const char *)l->head, l->n_head};
    if (l->binary || l->size == 0)
        return false;
    if (str_starts(head, STR("\xef\xbb\xbf")))
        head = str_sub(head, 3, head.n);
    str first = str_trim(head);
    if (str_starts(first, STR("#!")) || str_starts(first, STR("<")) ||
        str_starts(first, STR("{\\rtf")) || str_starts(first, STR("%!")) ||
        str_starts(first, STR("MZ")))
        return false;
    for (size_t i = 0; i < LEN(words); i++)
        if (has_word(head, words[i]))
            return false;
    return true;
}

static bool is_heic(const struct file_look *l)
{
    static const char *const brands[] = {"heic", "heix", "mif1", "hevc"};
    for (size_t i = 0; i < LEN(brands); i++)
        if (has(l, 4, "ftyp", 4) && has(l, 8, brands[i], 4))
            return true;
    return false;
}

const struct file_type *file_type_of(const struct file_look *l, int fd)
{
    const char *word = NULL;
    if (has(l, 0, "%PDF-", 5))
        word = "pdf";
    else if (has(l, 0, "\x89PNG\r\n\x1a\n", 8) && has(l, 12, "IHDR", 4))
        word = "png";
    else if (has(l, 0, "\xff\xd8\xff", 3))
        word = "jpeg";
    else if (has(l, 0, "GIF87a", 6) || has(l, 0, "GIF89a", 6))
        word = "gif";
    else if (is_heic(l))
        word = "heic";
    else if (has(l, 0, "PK\x03\x04", 4))
        word = file_zip_kind(fd, l->size);
    else if (is_text(l))
        word = "txt";
    return word ? file_type_named(str_c(word)) : NULL;
}
