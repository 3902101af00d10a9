#include "app/pending.h"

#include <stdlib.h>

#include "dialogue/session.h"

/* The row holds the frames as they are sent: `[`, each with one byte behind it. */
static bool row_has_frames(const struct job *j)
{
    size_t n = 1;
    for (size_t i = 0; i < j->n_frames; i++) {
        const struct framed *f = &j->frames[i];
        if (f->kept.p != f->text.p || f->kept.n != f->text.n)
            return false;
        n += f->text.n + 1;
    }
    return j->n_frames == 0 || n == j->turn.frames.n;
}

/* Only says something: see pending.h. */
static bool only_says(const struct job *j)
{
    bool does = j->n_effects || j->n_messages || j->n_tickets || j->n_files ||
        j->n_gone || j->n_news_files || j->visit || j->lookup || j->upload;
    return !does && !j->outcome.private_turn && j->client_id.n <= CLIENT_ID_MAX &&
        j->turn.session.p == j->whole.p && row_has_frames(j);
}

struct pending *pending_new(struct pendings *all, struct job *j)
{
    struct pending *p = all->spare;
    if (p)
        all->spare = p->next;
    else
        p = must_room(sizeof *p);
    p->owner = OWNER_TURN;
    p->kind = j->outcome.kind;
    p->private_turn = j->outcome.private_turn;
    p->quiet = j->outcome.replies.n == 0;
    p->c = j->c;
    p->sender = j->sender;
    p->client_id = j->client_id;
    p->text_hash = j->text_hash;
    p->started_us = j->started_us;
    p->n_frames = j->n_frames;
    p->job = j;
    if (!only_says(j))
        return p;
    p->job = NULL;
    if (p->client_id.n > 0)
        memcpy(p->id, p->client_id.p, p->client_id.n);
    p->client_id.p = p->id;
    for (size_t i = 0; i < p->n_frames; i++)
        p->frame_len[i] = (uint32_t)j->frames[i].text.n;
    return p;
}

void pending_free(struct pendings *all, struct pending *p)
{
    if (!p)
        return;
    p->next = all->spare;
    all->spare = p;
}

void pendings_free(struct pendings *all)
{
    for (struct pending *p = all->spare, *next; p; p = next) {
        next = p->next;
        free(p);
    }
    all->spare = NULL;
}

str pending_session(const struct pending *p, const struct store_turn *turn)
{
    return p->job ? p->job->whole : turn->session;
}

str pending_frame(const struct pending *p, const struct store_turn *turn, size_t i,
                  size_t *at)
{
    if (p->job)
        return p->job->frames[i].text;
    str frame = {turn->frames.p + *at + 1, p->frame_len[i]};
    *at += 1 + frame.n;
    return frame;
}
