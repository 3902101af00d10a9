/*
 * pad - greetings, polite padding and thanks around a question ("hoi, weet iemand
 * misschien of ...", "could you tell me ... please"). Words only decide; the lists are
 * in pad.c.
 */
#ifndef NLU_PAD_H
#define NLU_PAD_H

#include "base/arena.h"
#include "text/word.h"

/* The lists, ready to be looked up; lives in a. */
struct padding;
struct padding *padding_new(struct arena *a);

/* The part of folded from its first to its last word that is not padding. Whole when all
 * of it is padding ("hallo") or nothing in it is a word. LANG_NONE: of any language. */
str unpad(const struct padding *p, enum lang l, str folded);
/* The same for each language, as words of w: from number `from` to before `to`. */
struct unpadded {
    size_t from, to;
};
void unpad_each(const struct padding *p, const struct words *w,
                struct unpadded out[LANG_COUNT]);

#endif
