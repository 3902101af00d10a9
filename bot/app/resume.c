#include "app/resume.h"

#include <jansson.h>
#include <stdlib.h>

#include "app/frame.h"
#include "base/log.h"
#include "base/str.h"
#include "dialogue/session.h"

enum { REPLAY_TURNS = 500 };

enum rc resume_fetch(struct conversations *all, struct store *s, struct arena *a,
                     int64_t id, struct conversation **out)
{
    *out = conversations_find(all, id);
    if (*out)
        return RC_OK;
    struct store_conversation row;
    enum rc rc = store_read_conversation(s, a, id, &row);
    if (rc)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    struct conversation *c = conversations_add(all, id, row.person, row.channel);
    memcpy(c->secret, row.secret, sizeof c->secret);
    c->created_ms = row.created_ms;
    c->stored = true;
    rc = conversation_restore(s, a, c, row.last_turn);
    if (rc == RC_IO) {
        c->used_ms = INT64_MIN; /* out of memory again at the next sweep */
        return rc;
    }
    *out = c;
    return RC_OK;
}

static bool same_secret(const unsigned char *x, const unsigned char *y)
{
    unsigned char d = 0;
    for (size_t i = 0; i < 16; i++)
        d = (unsigned char)(d | (x[i] ^ y[i]));
    return d == 0;
}

/* "continue where I was", wherever that was. */
static enum rc find_newest(struct conversations *all, struct store *s, struct arena *a,
                           str person, struct conversation **out)
{
    struct store_conversation row;
    enum rc rc = person.n ? store_read_newest_of(s, a, person, 0, &row) : RC_NOT_FOUND;
    if (rc)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    return resume_fetch(all, s, a, row.id, out);
}

enum rc resume_find(struct conversations *all, struct store *s, struct arena *a,
                    str person, str public_id, struct conversation **out)
{
    int64_t id;
    unsigned char secret[16];
    *out = NULL;
    if (str_eq(public_id, STR(RESUME_NEWEST)))
        return find_newest(all, s, a, person, out);
    if (conversation_parse_id(public_id, &id, secret))
        return RC_OK;
    struct conversation *c;
    enum rc rc = resume_fetch(all, s, a, id, &c);
    if (rc == RC_OK && c && same_secret(c->secret, secret) &&
        str_eq(str_c(c->person), person))
        *out = c;
    return rc;
}

/* Frames are sent as they were stored: only the seq is read. */
static size_t send_kept(struct arena *a, struct sink *to, str frames, int64_t after)
{
    size_t sent = 0;
    json_t *list = json_loadb(frames.p, frames.n, 0, NULL), *one;
    size_t i;
    json_array_foreach(list, i, one)
    {
        if (json_integer_value(json_object_get(one, "seq")) <= after)
            continue;
        char *text = json_dumps(one, JSON_COMPACT);
        if (text)
            to->send(to, arena_str(a, str_c(text)));
        sent += text != NULL;
        free(text);
    }
    json_decref(list);
    return sent;
}

enum rc resume_turn(struct store *s, struct arena *a, struct sink *to, int64_t turn,
                    int64_t after)
{
    struct store_turn t;
    enum rc rc = store_read_turn(s, a, turn, &t);
    if (rc == RC_OK && send_kept(a, to, t.frames, after) == 0)
        return RC_NOT_FOUND;
    return rc;
}

/* The turns after `after`, newest first; *oldest is the first seq that is still there. */
static size_t missed(struct arena *a, const struct conversation *c, struct store *s,
                     int64_t after, struct store_turn *turns, int64_t *oldest)
{
    size_t n = 0;
    int64_t id = c->last_turn;
    *oldest = c->seq + 1;
    while (id > 0 && n<REPLAY_TURNS && * oldest> after + 1) {
        if (store_read_turn(s, a, id, &turns[n]))
            break; /* past its retention */
        *oldest = turns[n].seq_from;
        id = turns[n++].prev;
    }
    return n;
}

void resume_welcome(struct arena *a, struct sink *to, const struct conversation *c,
                    const struct brain *b, struct store *s, int64_t after)
{
    const struct session *session = session_read(a, (str){c->session, c->session_len});
    enum lang l = session->lang != LANG_NONE ? session->lang
        : c->wished != LANG_NONE             ? c->wished
                                             : LANG_NL;
    int64_t oldest = c->seq + 1;
    size_t n = 0;
    struct store_turn *turns = NULL;
    if (after >= 0 && after < c->seq) {
        turns = arena_alloc(a, REPLAY_TURNS * sizeof *turns);
        n = missed(a, c, s, after, turns, &oldest);
    }
    bool trimmed = after >= 0 && oldest > after + 1 && after < c->seq;
    to->send(to,
             frame_welcome(a, conversation_public_id(a, c), c->seq, trimmed ? oldest : 0,
                           l, b->catalogue->notice[l]));
    while (n-- > 0)
        send_kept(a, to, turns[n].frames, after);
}
