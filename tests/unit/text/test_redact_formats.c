#include <stdio.h>
#include <stdlib.h>

#include "text/redact.h"
#include "unit.h"

/* The ways people write what must not be stored, each with 40 numbers made up: at most
 * one in a hundred may be missed. And what only looks like it: at most one in a hundred
 * may be hit. Misses are printed. */

enum { EACH = 40, MISSES_PER_HUNDRED = 1 };

/* Numbers that are the same in every run. */
static unsigned next(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void digits(unsigned *seed, char *to, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (char)('0' + next(seed) % 10);
    to[n] = '\0';
}

static void make_bsn(unsigned *seed, char to[10])
{
    int sum;
    do {
        digits(seed, to, 9);
        sum = -(to[8] - '0');
        for (int i = 0; i < 8; i++)
            sum += (9 - i) * (to[i] - '0');
    } while (to[0] == '0' || sum % 11 != 0);
}

/* NL.. ABNA 0123456789 with its check digits. */
static void make_iban(unsigned *seed, char to[19])
{
    char account[11], rest[64];
    digits(seed, account, 10);
    /* ABNA = 10 11 23 10, NL = 23 21 */
    snprintf(rest, sizeof rest, "10112310%s232100", account);
    unsigned mod = 0;
    for (const char *p = rest; *p; p++)
        mod = (mod * 10 + (unsigned)(*p - '0')) % 97;
    snprintf(to, 19, "NL%02uABNA%s", (98 - mod) % 100, account);
}

/* `%` is the next character of the number; all else as it stands. */
static str shaped(struct arena *a, const char *shape, const char *number)
{
    char out[256];
    size_t n = 0;
    for (; *shape && n + 1 < sizeof out; shape++)
        out[n++] = *shape == '%' && *number ? *number++ : *shape;
    return arena_str(a, (str){out, n});
}

static const char *const bsn_shapes[] = {
    "mijn bsn is %%%%%%%%%", "BSN: %%%% %% %%%",
    "bsn %%%.%%%.%%%",       "burgerservicenummer %%%-%%%-%%%.",
    "(%%%%%%%%%)",           "sofinummer %%%%.%%.%%%, klopt dat?",
    "bsn=%%%%%%%%%",         "my citizen service number:%%%%%%%%%!",
};
static const char *const iban_shapes[] = {
    "%%%%%%%%%%%%%%%%%%",
    "rekening %%%% %%%% %%%% %%%% %%",
    "iban: %% %% %%%% %%%% %%%% %%",
    "mijn rekeningnummer is %%%%.%%%%.%%%%.%%%%.%% graag",
    "account %%%%-%%%%-%%%%-%%%%-%%.",
    "op %%%%%%%%%%%%%%%%%% t.n.v. mij",
    "IBAN%%%%%%%%%%%%%%%%%%",
};
static const char *const phone_shapes[] = {
    "bel 06%%%%%%%%",
    "06-%%%%%%%%",
    "06 - %%%%%%%%",
    "06 %% %% %% %%",
    "tel.06.%%.%%.%%.%%",
    "+316%%%%%%%%",
    "+31 6 %%%%%%%%",
    "+31 (0)6 %%%% %%%%",
    "+31(0)6-%%%%%%%%",
    "00316%%%%%%%%",
    "0031 6 %% %% %% %%",
    "(050) 3%% %% %%",
    "050-3%%%%%%",
    "050 - 3%% %% %%",
    "call me on +44 7%%% %%%%%%",
    "+32 4%% %% %% %%",
    "mobiel:06/%%%%%%%%",
    "06%%%%%%%%,",
    "nummer 0611%%%%%% (na 5 uur)",
};
static const char *const email_shapes[] = {
    "jan%%@example.org",      "mail naar J.de-Vries%%@Mail.Example.NL.",
    "<piet_%%@a.co.uk>",      "mailto:x+y%%@b.eu?",
    "jan%% @ example.nl",     "jan%%(at)example.nl",
    "jan%% [at] example.com", "e-mail:a%%@b-c.example,",
};
static const char *const birth_shapes[] = {
    "geboren op 1%-0%-198%",
    "geb. 1%/%/8%",
    "geboortedatum: 1% maart 198%",
    "geboortedatum 1% mrt 198%",
    "born on March 1%th, 198%",
    "DOB 198%-03-1%",
    "date of birth: 1%/03/198%",
    "mijn geboortedatum is 1%.03.198%",
    "1%-03-198% is mijn geboortedatum",
    "ik ben jarig op 1% mei en geboren in 198% op 1%-05-198%",
    "my birthday is 1% June 198%",
    "verjaardag: 1% september 197%",
    "i was born 1% Oct 198%",
};

struct tally {
    int n, missed;
};

/* Is any digit of the number left? One group of marks per text is enough. */
static void hold(struct arena *a, struct tally *t, str text, const char *mark)
{
    str r = redact(a, text, (struct strs){0});
    t->n++;
    if (str_has(r, str_c(mark)))
        return;
    t->missed++;
    printf("missed: %.*s -> %.*s\n", STR_ARG(text), STR_ARG(r));
}

static void misses_are_rare(const struct tally *t, const char *what)
{
    printf("%s: %d texts, %d missed\n", what, t->n, t->missed);
    CHECK(t->missed * 100 <= t->n * MISSES_PER_HUNDRED, what);
}

static void what_people_write_is_blanked(void **arena)
{
    unsigned seed = 7;
    struct tally bsn = {0}, iban = {0}, phone = {0}, email = {0}, birth = {0};
    char number[32];
    for (int i = 0; i < EACH; i++) {
        for (size_t k = 0; k < LEN(bsn_shapes); k++) {
            make_bsn(&seed, number);
            hold(*arena, &bsn, shaped(*arena, bsn_shapes[k], number), "[bsn]");
        }
        for (size_t k = 0; k < LEN(iban_shapes); k++) {
            make_iban(&seed, number);
            for (char *p = number; i % 3 == 0 && *p; p++)
                *p = (char)(*p >= 'A' ? *p + 32 : *p);
            hold(*arena, &iban, shaped(*arena, iban_shapes[k], number), "[iban]");
        }
        for (size_t k = 0; k < LEN(phone_shapes); k++) {
            digits(&seed, number, 12);
            hold(*arena, &phone, shaped(*arena, phone_shapes[k], number), "[phone]");
        }
        for (size_t k = 0; k < LEN(email_shapes); k++) {
            digits(&seed, number, 4);
            hold(*arena, &email, shaped(*arena, email_shapes[k], number), "[email]");
        }
        for (size_t k = 0; k < LEN(birth_shapes); k++) {
            snprintf(number, sizeof number, "%u%u%u%u", 1 + next(&seed) % 8,
                     1 + next(&seed) % 8, 1 + next(&seed) % 8, 1 + next(&seed) % 8);
            hold(*arena, &birth, shaped(*arena, birth_shapes[k], number), "[birth date]");
        }
    }
    misses_are_rare(&bsn, "bsn");
    misses_are_rare(&iban, "iban");
    misses_are_rare(&phone, "phone");
    misses_are_rare(&email, "email");
    misses_are_rare(&birth, "birth date");
}

static const char *const harmless[] = {
    "ik wil vrij van 0%-08-2026 t/m 1%-08-2026",
    "mijn contract begon op 1%-03-201%",
    "van 8:30 tot 17:%%",
    "ik verdien 2.%%%,%% euro",
    "EUR 1,%%%.%% gross",
    "kenmerk 2026-%%%%",
    "ticket B-%%%%K",
    "in 202% en 202%",
    "3% uur per week, 1% dagen over",
    "artikel 7:6%% BW",
    "1%% km x 0,2%",
    "week 3% en week 4%",
    "personeelsnummer %%%%%%",
    "de code is %%%%-%%",
    "bestelling 45%%%%%",
    "kamer 1.%%",
    "van 202%-01-01 tot 202%-12-31",
    "6%% stuks a 1%,95",
    "iedereen die geboren is krijgt verlof, ook op 1% juli",
    "het kost 1%.%%% of 2%.%%%",
    "op 2026%%01 stond er iets",
    "model NL 20 versie %%",
    "13%% 14%% 15%%",
    "bel 112, 113 of 0800-0%%%",
};

static void what_only_looks_like_it_stays(void **arena)
{
    unsigned seed = 11;
    char number[32];
    int n = 0, hit = 0;
    for (int i = 0; i < EACH; i++)
        for (size_t k = 0; k < LEN(harmless); k++) {
            for (int d = 0; d < 12; d++)
                number[d] = (char)('0' + next(&seed) % 10);
            number[12] = '\0';
            str text = shaped(*arena, harmless[k], number);
            str r = redact(*arena, text, (struct strs){0});
            n++;
            if (str_eq(r, text))
                continue;
            hit++;
            printf("hit: %.*s -> %.*s\n", STR_ARG(text), STR_ARG(r));
        }
    printf("%d harmless texts, %d hit\n", n, hit);
    CHECK(hit * 100 <= n, "false hits");
}

UNIT_MAIN(UNIT(what_people_write_is_blanked), UNIT(what_only_looks_like_it_stays))
