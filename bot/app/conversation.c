#include "app/conversation.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/str.h"
#include "dialogue/session_kept.h"

enum { FIRST_BUCKETS = 256 };

void conversations_init(struct conversations *c)
{
    *c = (struct conversations){.n_buckets = FIRST_BUCKETS};
    c->buckets = must_alloc(c->n_buckets * sizeof *c->buckets);
}

static void free_one(struct conversation *c)
{
    while (c->sinks)
        conversation_detach(c->sinks);
    free(c->person);
    free(c->channel);
    free(c->session);
    free(c->kept);
    free(c->asked);
    free(c);
}

void conversations_done(struct conversations *c)
{
    for (size_t i = 0; i < c->n_buckets; i++)
        for (struct conversation *v = c->buckets[i], *next; v; v = next) {
            next = v->next;
            free_one(v);
        }
    free(c->buckets);
}

void conversations_each(struct conversations *c,
                        void (*visit)(struct conversation *v, void *ctx), void *ctx)
{
    for (size_t i = 0; i < c->n_buckets; i++)
        for (struct conversation *v = c->buckets[i]; v; v = v->next)
            visit(v, ctx);
}

static struct conversation **bucket(const struct conversations *c, int64_t id)
{
    /* ids are consecutive: their low bits spread well */
    return &c->buckets[(uint64_t)id & (c->n_buckets - 1)];
}

struct conversation *conversations_find(const struct conversations *c, int64_t id)
{
    struct conversation *v = *bucket(c, id);
    while (v && v->id != id)
        v = v->next;
    return v;
}

static void grow(struct conversations *c)
{
    struct conversations old = *c;
    c->n_buckets *= 2;
    c->buckets = must_alloc(c->n_buckets * sizeof *c->buckets);
    for (size_t i = 0; i < old.n_buckets; i++)
        for (struct conversation *v = old.buckets[i], *next; v; v = next) {
            next = v->next;
            v->next = *bucket(c, v->id);
            *bucket(c, v->id) = v;
        }
    free(old.buckets);
}

struct conversation *conversations_add(struct conversations *c, int64_t id, str person,
                                       str channel)
{
    if (c->n >= c->n_buckets)
        grow(c);
    struct conversation *v = must_alloc(sizeof *v);
    *v = (struct conversation){.id = id,
                               .person = must_text(person),
                               .channel = must_text(channel),
                               .created_ms = clock_wall_ms(),
                               .used_ms = clock_mono_ms(),
                               .wished = LANG_NONE,
                               .next = *bucket(c, id)};
    random_bytes(v->secret, sizeof v->secret);
    *bucket(c, id) = v;
    c->n++;
    return v;
}

void conversations_evict(struct conversations *c, int64_t before_ms)
{
    for (size_t i = 0; i < c->n_buckets; i++)
        for (struct conversation **at = &c->buckets[i]; *at;) {
            struct conversation *v = *at;
            if (v->sinks || v->pending || v->n_queued > 0 || v->used_ms >= before_ms) {
                at = &v->next;
                continue;
            }
            *at = v->next;
            c->n--;
            free_one(v);
        }
}

str conversation_public_id(struct arena *a, const struct conversation *c)
{
    char hex[33];
    for (size_t i = 0; i < sizeof c->secret; i++) {
        hex[2 * i] = "0123456789abcdef"[c->secret[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[c->secret[i] & 15];
    }
    hex[32] = '\0';
    return arena_fmt(a, "%llx-%s", (unsigned long long)c->id, hex);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum rc conversation_parse_id(str public_id, int64_t *id, unsigned char secret[16])
{
    str rest = public_id, row = str_cut(&rest, '-');
    if (row.n == 0 || row.n > 15 || rest.n != 32)
        return RC_INVALID;
    *id = 0;
    for (size_t i = 0; i < row.n; i++) {
        if (hex_digit(row.p[i]) < 0)
            return RC_INVALID;
        *id = *id * 16 + hex_digit(row.p[i]);
    }
    for (size_t i = 0; i < 16; i++) {
        int hi = hex_digit(rest.p[2 * i]), lo = hex_digit(rest.p[2 * i + 1]);
        if (hi < 0 || lo < 0)
            return RC_INVALID;
        secret[i] = (unsigned char)(hi * 16 + lo);
    }
    return *id > 0 ? RC_OK : RC_INVALID;
}

void conversation_set_session(struct conversation *c, str text)
{
    enum { ROUND = 256 };
    size_t cap = (text.n / ROUND + 1) * ROUND; /* with room for its NUL */
    if (cap > c->session_cap || cap + ROUND < c->session_cap) {
        c->session = must_grow(c->session, cap);
        c->session_cap = cap;
    }
    if (text.n)
        memcpy(c->session, text.p, text.n);
    c->session[text.n] = '\0';
    c->session_len = text.n;
    c->has_kept = c->kept && text.n > 0 && c->kept->text_n == text.n;
}

void conversation_keep(struct conversation *c, struct session *s, str text)
{
    c->has_kept = false;
    if (!c->kept)
        c->kept = must_room(sizeof *c->kept);
    session_keep(c->kept, s, text);
}

struct session *conversation_session(const struct conversation *c, struct arena *a)
{
    str text = {c->session, c->session_len};
    return c->has_kept ? session_again(a, c->kept, text) : session_read(a, text);
}

uint64_t conversation_id_hash(str client_id)
{
    return str_hash(client_id) | 1; /* never 0, which marks a free place */
}

unsigned conversation_recent(const struct conversation *c, str client_id)
{
    uint64_t hash = conversation_id_hash(client_id);
    unsigned bits = 0;
    for (unsigned i = 0; i < RECENT_MAX; i++)
        bits |= (unsigned)(c->recent_ids[i] == hash) << i;
    return bits;
}

void conversation_remember(struct conversation *c, str client_id, uint64_t text_hash,
                           int64_t turn)
{
    if (client_id.n == 0)
        return;
    unsigned at = c->next_recent++ % RECENT_MAX;
    c->recent_ids[at] = conversation_id_hash(client_id);
    c->recent[at] = (struct recent){.text_hash = text_hash, .turn = turn};
}

enum rc conversation_restore(struct store *s, struct arena *a, struct conversation *c,
                             int64_t last_turn)
{
    struct store_turn turns[RECENT_MAX];
    size_t n = 0;
    for (int64_t id = last_turn; id > 0 && n < RECENT_MAX; id = turns[n++].prev) {
        enum rc rc = store_read_turn(s, a, id, &turns[n]);
        if (rc == RC_NOT_FOUND && n > 0)
            break; /* older ones are past their retention */
        if (rc)
            return rc;
    }
    if (n > 0) {
        conversation_set_session(c, turns[0].session);
        c->has_kept = false;
        c->seq = turns[0].seq_to;
        c->last_turn = last_turn;
    }
    while (n-- > 0)
        conversation_remember(c, turns[n].client_id, turns[n].client_hash, turns[n].id);
    return RC_OK;
}

void conversation_attach(struct conversation *c, struct sink *s)
{
    s->conversation = c;
    s->next = c->sinks;
    c->sinks = s;
}

void conversation_detach(struct sink *s)
{
    if (!s->conversation)
        return;
    for (struct sink **at = &s->conversation->sinks; *at; at = &(*at)->next)
        if (*at == s) {
            *at = s->next;
            break;
        }
    s->conversation = NULL;
    s->next = NULL;
}

void conversation_send(const struct conversation *c, str frame, const struct sink *except)
{
    for (struct sink *s = c->sinks, *next; s; s = next) {
        next = s->next; /* a send may end the connection */
        if (s != except)
            s->send(s, frame);
    }
}
