#include "nlu/pad.h"

#include "base/map.h"
#include "base/str.h"

enum {
    WORDS_MAX = 512, /* longer messages keep their tail as it is */
    OUTER_MAX = 64,
};

/* Each piece of padding ends in a bar. */
static const char front_nl[] =
    "hoi|hallo|hi|hey|he|hee|goedemorgen|goedemiddag|goedenavond|goedendag|"
    "goeiemorgen|goeiedag|goeiemiddag|beste|beste hr|beste collega|beste collegas|"
    "hallo allemaal|hoi allemaal|geachte|geachte heer mevrouw|weet iemand|"
    "weet iemand misschien|weet iemand of|weet iemand misschien of|weet jij|"
    "weet jij of|weet jij misschien|weet jij misschien of|weet je|weet je of|"
    "weet je misschien|weet je misschien of|weten jullie|weten jullie of|"
    "weten jullie misschien|kun je me vertellen|kun je mij vertellen|"
    "kun je me vertellen of|kan je me vertellen|kan je mij vertellen|"
    "kunt u me vertellen|kunt u mij vertellen|kunt u mij vertellen of|"
    "kan iemand me vertellen|kan iemand mij vertellen|kan iemand me zeggen|"
    "kan iemand mij zeggen|kun je me zeggen|kun je mij zeggen|kun je zeggen|"
    "kun je uitleggen|kun je me uitleggen|kun je mij uitleggen|"
    "kunnen jullie me vertellen|kunnen jullie mij vertellen|kunnen jullie uitleggen|"
    "mag ik weten|mag ik vragen|mag ik iets vragen|ik wil weten|ik wil graag weten|"
    "ik wil graag weten of|ik wil even weten|ik wilde weten|ik wilde graag weten|"
    "ik zou graag willen weten|ik zou graag willen weten of|ik zou graag weten|"
    "ik zou willen weten|ik vraag me af|ik vraag me af of|ik vroeg me af|"
    "ik vroeg me af of|ik vraag mij af|ik vroeg mij af|ik heb een vraag|"
    "ik heb een vraagje|ik heb een vraag over|ik heb een vraagje over|"
    "ik heb even een vraag|ik heb een korte vraag|ik had een vraag|"
    "ik had een vraagje|ik had een vraag over|ik had een vraagje over|"
    "ik had nog een vraag|heb een vraag|heb een vraagje|heb een vraag over|"
    "even een vraag|even een vraagje|even een vraagje over|vraagje|vraagje over|"
    "korte vraag|snelle vraag|kleine vraag|domme vraag|een vraag|een vraagje|"
    "nog een vraag|nog een vraagje|sorry|sorry hoor|misschien een gekke vraag|"
    "misschien een domme vraag|excuus|aub|alsjeblieft|alstublieft|graag wil ik weten|"
    "graag zou ik weten|graag zou ik willen weten|ik ben benieuwd|ik ben benieuwd of|"
    "iemand enig idee|enig idee|heeft iemand enig idee|heb je enig idee|"
    "heb jij enig idee|kun je me helpen|kun je mij helpen|kan iemand me helpen|"
    "kan iemand mij helpen|kunnen jullie me helpen|kunnen jullie mij helpen|wie weet|"
    "eh|ehm|uh|uhm|ok|oke|trouwens|even kijken|dank je|bedankt|ff een vraag|"
    "ff vraagje|hallo daar|hoi hr|hallo hr|dag hr|dag allemaal|dag balie|hoi balie|"
    "hallo balie|hoi mensen|hoi collegas|hallo collegas|beste mensen|"
    "ik heb een vraag voor jullie|";
static const char back_nl[] =
    "alsjeblieft|alstublieft|aub|svp|graag|bedankt|alvast bedankt|dank|alvast dank|"
    "dank je|dank je wel|dankjewel|dankuwel|dank u|dank u wel|bvd|bij voorbaat dank|"
    "hartelijk dank|thanks|thx|groet|groetjes|gr|mvg|met vriendelijke groet|"
    "vriendelijke groet|vriendelijke groeten|groeten|hoor|fijne dag|fijne dag nog|"
    "ik hoor het graag|hoor het graag|weet iemand dat|weet jij dat|weet je dat|"
    "weten jullie dat|weet u dat|kun je me dat vertellen|kun je dat vertellen|"
    "kun je helpen|kun je me helpen|kun je mij helpen|misschien|of zo|ofzo|enzo|"
    "en zo|eigenlijk|he|toch|";
static const char front_en[] =
    "hi|hello|hey|hiya|good morning|good afternoon|good evening|good day|dear|"
    "dear hr|dear colleague|dear all|hi there|hello there|hey there|hi all|hi team|"
    "hello all|hello team|hi everyone|hello everyone|hey all|does anyone know|"
    "does anyone know if|does anyone know whether|does anybody know|"
    "does somebody know|anyone know|anybody know|anyone knows|do you know|"
    "do you know if|do you know whether|do you happen to know|"
    "do you happen to know if|would you know|would you happen to know|"
    "can you tell me|can you please tell me|can you tell me if|"
    "can you tell me whether|could you tell me|could you please tell me|"
    "could you tell me if|could you tell me whether|can someone tell me|"
    "could someone tell me|can anyone tell me|could anyone tell me|"
    "can somebody tell me|can you explain|can you explain to me|could you explain|"
    "could you please explain|please tell me|please explain|tell me|"
    "please let me know|let me know|could you let me know|can you let me know|"
    "may i ask|can i ask|can i ask something|may i know|i want to know|"
    "i would like to know|i would like to know if|i d like to know|id like to know|"
    "id like to know if|i need to know|i was wondering|i was wondering if|"
    "i was wondering whether|i am wondering|im wondering|im wondering if|i wonder|"
    "i wonder if|wondering|wondering if|just wondering|just wondering if|"
    "i have a question|i have a question about|i have a quick question|"
    "i have a quick question about|i had a question|i had a question about|"
    "ive got a question|ive a question|a question|a question about|one question|"
    "question|question about|quick question|quick question about|a quick question|"
    "small question|silly question|stupid question|dumb question|"
    "maybe a silly question|maybe a stupid question|sorry|sorry to bother you|"
    "excuse me|please|any idea|any idea if|anyone any idea|do you have any idea|"
    "does anyone have any idea|can you help me|could you help me|can someone help me|"
    "can anyone help me|can you please help me|could you please help me|"
    "hope you are well|hope youre well|i hope you are well|um|uh|erm|ok|okay|"
    "by the way|btw|thanks|thank you|hi hr|hello hr|hey hr|hi guys|hey guys|"
    "well hello|";
static const char back_en[] =
    "please|pls|plz|thanks|thank you|thanks in advance|many thanks|"
    "thank you in advance|thank you very much|thanks a lot|thanks so much|thx|ty|"
    "cheers|regards|kind regards|best regards|have a nice day|anyone know|"
    "anyone knows|does anyone know|do you know|can you tell me|could you tell me|"
    "can you help|can you help me|could you help|could you help me|please help|"
    "please help me|please advise|any idea|any ideas|perhaps|let me know|"
    "please let me know|or something|by the way|btw|by any chance|if i may ask|"
    "if you know|";

static const struct {
    const char *front, *back;
} lists[LANG_COUNT] = {
    [LANG_NL] = {front_nl, back_nl},
    [LANG_EN] = {front_en, back_en},
};

struct phrase {
    struct strs words;
    int64_t next; /* with the same outer word; -1: the last */
};

/* The phrases of one list, found by the word that stands outermost in the message. */
struct list {
    VEC(struct phrase) phrases;
    struct map by_outer;
    uint32_t lengths[256]; /* of those words, by their first two bytes: a bit for each;
                              most words of a message are told by it to be none of them */
};

struct padding {
    struct list front[LANG_COUNT], back[LANG_COUNT];
};

static uint32_t length_bit(size_t n)
{
    return (uint32_t)1 << MIN(n, (size_t)31);
}

/* Of a word that is not empty: its place in `lengths`. */
static size_t beginning_of(str word)
{
    unsigned char first = (unsigned char)word.p[0],
                  second = (unsigned char)word.p[word.n > 1];
    return first ^ (second << 3 & 0xff);
}

static void add_phrase(struct arena *a, struct list *l, str text, bool back)
{
    VEC(str) words = {0};
    while (text.n > 0)
        *arena_push(a, &words) = str_cut(&text, ' ');
    if (words.n == 0)
        return;
    int64_t index = (int64_t)l->phrases.n;
    str outer = words.v[back ? words.n - 1 : 0];
    int64_t *first = map_put(&l->by_outer, outer, -1);
    l->lengths[beginning_of(outer)] |= length_bit(outer.n);
    *arena_push(a, &l->phrases) =
        (struct phrase){.words = {words.v, words.n}, .next = *first};
    *first = index;
}

static void add_list(struct arena *a, struct list *l, const char *texts, bool back)
{
    l->by_outer = map_new(a);
    for (str rest = str_c(texts); rest.n > 0;)
        add_phrase(a, l, str_cut(&rest, '|'), back);
}

struct padding *padding_new(struct arena *a)
{
    struct padding *p = arena_alloc(a, sizeof *p);
    for (int l = 0; l < LANG_COUNT; l++) {
        add_list(a, &p->front[l], lists[l].front, false);
        add_list(a, &p->back[l], lists[l].back, true);
    }
    return p;
}

/* The words of a message, and those that are left. raw: apostrophes may be in them. */
struct cut {
    const struct word *w;
    size_t first, end;
    bool raw;
};

/* Equal but for apostrophes in a. */
static bool same_word(str a, str b)
{
    size_t k = 0;
    for (size_t i = 0; i < a.n; i++) {
        if (a.p[i] == '\'')
            continue;
        if (k >= b.n || a.p[i] != b.p[k])
            return false;
        k++;
    }
    return k == b.n;
}

static bool stands_there(const struct cut *c, const struct phrase *p, bool back)
{
    size_t n = p->words.n;
    if (n > c->end - c->first)
        return false;
    size_t at = back ? c->end - n : c->first;
    for (size_t i = 0; i < n; i++)
        if (!same_word(c->w[at + i].text, p->words.v[i]))
            return false;
    return true;
}

/* The first phrase of the list with that outer word, -1: none. */
static int64_t first_with(const struct list *l, str outer, bool raw)
{
    char word[OUTER_MAX];
    if (raw) {
        size_t n = 0;
        for (size_t i = 0; i < outer.n && n < sizeof word; i++)
            if (outer.p[i] != '\'')
                word[n++] = outer.p[i];
        outer = (str){word, n};
    }
    if (outer.n == 0 || !(l->lengths[beginning_of(outer)] & length_bit(outer.n)))
        return -1;
    const int64_t *first = map_find(&l->by_outer, outer);
    return first ? *first : -1;
}

/* Takes the longest phrase of the list off; false when none stands there. */
static bool take(struct cut *c, const struct list *l, bool back)
{
    if (c->first == c->end)
        return false;
    size_t longest = 0;
    str outer = c->w[back ? c->end - 1 : c->first].text;
    for (int64_t i = first_with(l, outer, c->raw); i >= 0; i = l->phrases.v[i].next)
        if (l->phrases.v[i].words.n > longest && stands_there(c, &l->phrases.v[i], back))
            longest = l->phrases.v[i].words.n;
    if (back)
        c->end -= longest;
    else
        c->first += longest;
    return longest > 0;
}

static bool take_any(const struct padding *p, struct cut *c, enum lang l, bool back)
{
    for (int k = 0; k < LANG_COUNT; k++)
        if ((l == LANG_NONE || (int)l == k) &&
            take(c, back ? &p->back[k] : &p->front[k], back))
            return true;
    return false;
}

/* Takes off what is padding of n words, unless that is all of them: then it is what they
 * meant. Of WORDS_MAX words the end is not known. */
static void take_off(const struct padding *p, enum lang l, struct cut *c, size_t n)
{
    c->first = 0, c->end = n;
    while (take_any(p, c, l, false))
        ;
    while (n < WORDS_MAX && take_any(p, c, l, true))
        ;
    if (c->first == c->end)
        c->first = 0, c->end = n;
}

str unpad(const struct padding *p, enum lang l, str folded)
{
    struct word words[WORDS_MAX];
    struct cut c = {.w = words, .raw = true};
    size_t pos = 0, n = 0;
    char scratch[64];
    while (n < WORDS_MAX && word_next(folded, &pos, scratch, &words[n])) {
        words[n].text = str_sub(folded, words[n].from, words[n].to);
        n++;
    }
    if (n == 0)
        return folded;
    take_off(p, l, &c, n);
    return str_sub(folded, words[c.first].from,
                   n == WORDS_MAX ? folded.n : words[c.end - 1].to);
}

void unpad_each(const struct padding *p, const struct words *w,
                struct unpadded out[LANG_COUNT])
{
    size_t n = MIN(w->list.n, (size_t)WORDS_MAX);
    struct cut c = {.w = w->list.v};
    for (int l = 0; l < LANG_COUNT; l++) {
        take_off(p, (enum lang)l, &c, n);
        out[l] = (struct unpadded){c.first, n == WORDS_MAX ? w->list.n : c.end};
    }
}
