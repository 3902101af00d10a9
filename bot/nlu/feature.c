#include "nlu/feature.h"

#include <stdlib.h>

#include "nlu/kernel.h"

/* Words, of which there are few, begin in a small part of the table. */
enum { TABLE_BITS = 13, TABLE = 1 << TABLE_BITS, TABLE_WORDS_BITS = 9 };
enum { TEXT_MAX = FEATURE_CHARS_MAX + 2, WIDE = SPELLING_SLACK, RAW_MAX = 1024 };
_Static_assert((int)SPELLING_SLACK >= KERNEL_RUN_MAX + (int)KERNEL_LANES,
               "what kernel_hash_runs may read");
_Static_assert((int)SPELLING_SLACK >= (int)LEXEME_BYTES, "what word_key_of reads");

/* A small open-addressed table, emptied by moving on to the next stamp. */
struct cell {
    uint16_t stamp, at; /* in grams */
};

struct extractor {
    struct lexemes *lexemes;
    const struct synonyms *synonyms;
    struct cell table[TABLE];
    uint16_t stamp;
    struct gram grams[FEATURE_MAX];
    size_t n;
    struct lexeme words[FEATURE_WORDS_MAX];
    size_t n_words;
    char raw[RAW_MAX + WIDE]; /* how folded begins, to be read WIDE at a time */
    char text[TEXT_MAX + SPELLING_SLACK]; /* " word word " */
    size_t text_n;
    struct cut_word cut[FEATURE_WORDS_MAX]; /* those that stand in it */
    size_t n_cut, n_whole;                  /* as they are */
    bool is_message;                        /* and no lesson */
    uint32_t runs[KERNEL_RUNS * (TEXT_MAX + KERNEL_LANES)];
};

struct extractor *extractor_new(const struct synonyms *s)
{
    struct extractor *x = must_alloc(sizeof *x);
    x->lexemes = lexemes_new(s);
    x->synonyms = s;
    return x;
}

void extractor_free(struct extractor *x)
{
    if (!x)
        return;
    lexemes_free(x->lexemes);
    free(x);
}

static inline void count(struct extractor *x, enum block block, uint32_t low)
{
    uint32_t id = (uint32_t)block << FEATURE_BITS | low;
    uint32_t bits = block == BLOCK_CHAR ? TABLE_BITS : TABLE_WORDS_BITS;
    uint32_t i = id * 2654435761u >> (32 - bits);
    for (; x->table[i].stamp == x->stamp; i = (i + 1) & (TABLE - 1)) {
        struct gram *g = &x->grams[x->table[i].at];
        if (g->id == id) {
            g->count++;
            return;
        }
    }
    if (x->n == FEATURE_MAX)
        return;
    x->table[i] = (struct cell){.stamp = x->stamp, .at = (uint16_t)x->n};
    x->grams[x->n++] = (struct gram){.id = id, .count = 1};
}

/* folded, so that the upper bits, the better ones of FNV, take part */
static void count_hash(struct extractor *x, enum block block, uint32_t hash)
{
    count(x, block, (hash ^ hash >> FEATURE_BITS) & ((1u << FEATURE_BITS) - 1));
}

/* Behind the text as far as there is room, and a blank. Most words are copied as wide as
 * any: what is too much is written over by what follows. */
static void put_text(struct extractor *x, const struct word *w)
{
    size_t room = FEATURE_CHARS_MAX + 1 - x->text_n;
    size_t n = MIN(w->text.n, room - MIN(room, 1));
    char *to = x->text + x->text_n;
    if (w->to - w->from == w->text.n && w->text.n <= WIDE && w->to <= RAW_MAX)
        memcpy(to, x->raw + w->from, WIDE);
    else
        memcpy(to, w->text.p, n);
    if (n > 0)
        x->cut[x->n_cut++] = (struct cut_word){
            .key = word_key_of(to, n), .at = (uint16_t)x->text_n, .n = (uint16_t)n};
    x->text_n += n;
    if (x->text_n < FEATURE_CHARS_MAX + 1)
        x->text[x->text_n++] = ' ';
}

/* Digits only, and many. */
static bool is_long_number(str w)
{
    bool digits = w.n >= FEATURE_DIGITS_MIN && w.p[0] <= '9';
    for (size_t i = 0; digits && i < w.n; i++)
        digits = w.p[i] >= '0' && w.p[i] <= '9';
    return digits;
}

/* What is kept of a word that stands in the text as it is is called for, and read when
 * that of all is. Those that do not come last, where the text is full. */
static void put_word(struct extractor *x, enum lang l, const struct word *w)
{
    static const struct word_key none = {{0}};
    if (x->is_message && is_long_number(w->text))
        return;
    size_t before = x->n_cut;
    put_text(x, w);
    x->n_words++;
    if (x->n_cut > before && x->cut[before].n == w->text.n)
        lexeme_expect(x->lexemes, l, &x->cut[x->n_whole++].key);
    else
        lexeme_read(x->lexemes, l, w->text, &none, &x->words[x->n_words - 1]);
}

static void read_lexemes(struct extractor *x, enum lang l)
{
    for (size_t i = 0; i < x->n_whole; i++) {
        const struct cut_word *w = &x->cut[i];
        lexeme_read(x->lexemes, l, (str){x->text + w->at, w->n}, &w->key, &x->words[i]);
    }
}

static void read_words(struct extractor *x, enum lang l, str folded,
                       const struct words *words)
{
    if (folded.n > 0)
        memcpy(x->raw, folded.p, MIN(folded.n, (size_t)RAW_MAX));
    x->n_words = x->n_cut = x->n_whole = 0;
    x->text[0] = ' ';
    x->text_n = 1;
    if (words) {
        size_t n = MIN(words->list.n, (size_t)FEATURE_WORDS_MAX);
        for (size_t i = 0; i < n; i++)
            put_word(x, l, &words->list.v[i]);
    }
    size_t pos = 0;
    char scratch[64];
    struct word w;
    while (!words && x->n_words < FEATURE_WORDS_MAX &&
           word_next(folded, &pos, scratch, &w))
        put_word(x, l, &w);
    read_lexemes(x, l);
}

static void count_stems(struct extractor *x)
{
    uint32_t before = lexeme_hash(LEXEME_HASH, "<", 1);
    for (size_t i = 0; i < x->n_words; i++) {
        const struct lexeme *w = &x->words[i];
        count_hash(x, BLOCK_STEM, w->hash);
        count_hash(x, BLOCK_PAIR, lexeme_hash_stem(before * 31, w));
        before = w->hash;
    }
    if (x->n_words > 0)
        count_hash(x, BLOCK_PAIR, lexeme_hash(before * 31, ">", 1));
}

static void count_term(struct extractor *x, enum lang l, int32_t term)
{
    size_t n;
    const uint32_t *c = synonyms_of_term(x->synonyms, l, term, &n);
    for (size_t i = 0; i < n; i++)
        count_hash(x, BLOCK_STEM, (c[i] + 1) * 2246822519u);
}

/* Every run of stems that is a term of words.md adds its concepts. */
static void count_concepts(struct extractor *x, enum lang l)
{
    char run[SYNONYM_WORDS_MAX * (LEXEME_STEM_MAX + 1)];
    for (size_t i = 0; i < x->n_words; i++) {
        const struct lexeme *w = &x->words[i];
        if (w->term >= 0)
            count_term(x, l, w->term);
        if (i + 1 == x->n_words || !(w->seconds >> w[1].bit & 1))
            continue;
        size_t n = w->n_stem;
        memcpy(run, w->stem, n);
        for (size_t k = 1; k < w->longest && i + k < x->n_words; k++) {
            run[n++] = ' ';
            memcpy(run + n, w[k].stem, w[k].n_stem);
            n += w[k].n_stem;
            count_term(x, l, synonyms_term(x->synonyms, l, (str){run, n}));
        }
    }
}

static void count_chars(struct extractor *x)
{
    if (x->text_n < KERNEL_RUN_MIN)
        return;
    uint32_t places = (uint32_t)x->text_n - 1;
    kernel_hash_runs(x->runs, x->text, places, FEATURE_BITS);
    for (uint32_t i = 0; i < places; i++) {
        const uint32_t *run =
            x->runs + i / KERNEL_LANES * KERNEL_LANES * KERNEL_RUNS + i % KERNEL_LANES;
        uint32_t fit = MIN(places - i, (uint32_t)KERNEL_RUNS);
        for (uint32_t k = 0; k < fit; k++)
            count(x, BLOCK_CHAR, run[(size_t)k * KERNEL_LANES]);
    }
}

static void count_words(struct extractor *x, enum lang l, str folded,
                        const struct words *words)
{
    if (++x->stamp == 0) { /* once in 65,535 questions */
        memset(x->table, 0, sizeof x->table);
        x->stamp = 1;
    }
    x->n = 0;
    read_words(x, l, folded, words);
    count_stems(x);
    count_concepts(x, l);
}

const struct gram *features_of(struct extractor *x, enum lang l, str folded, size_t *n)
{
    x->is_message = false;
    count_words(x, l, folded, NULL);
    count_chars(x);
    *n = x->n;
    return x->grams;
}

const struct gram *features_of_words(struct extractor *x, enum lang l, str folded,
                                     const struct words *words, size_t *n,
                                     struct spelling *spelling)
{
    x->is_message = true;
    count_words(x, l, folded, words);
    *spelling = (struct spelling){{x->text, x->text_n}, x->cut, x->n_cut};
    *n = x->n;
    return x->grams;
}
