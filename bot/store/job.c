#include "store/job.h"

#include <stdalign.h>
#include <stdlib.h>

#include "store/record.h"

/* Rows lie behind each other without padding: each of them is aligned like this. */
#define CHECK_ROW(type)                                                                  \
    _Static_assert(sizeof(struct type) % alignof(struct job) == 0, #type " needs padding")
CHECK_ROW(store_conversation);
CHECK_ROW(store_turn);
CHECK_ROW(store_effect);
CHECK_ROW(store_ticket);
CHECK_ROW(store_feedback);
CHECK_ROW(store_count);
CHECK_ROW(store_helped);
CHECK_ROW(store_unanswered);
CHECK_ROW(store_place);
CHECK_ROW(store_received);
CHECK_ROW(store_mark);
CHECK_ROW(store_file);
CHECK_ROW(store_gone);

/* Where the next row and the next text go; both NULL while only measuring. */
struct space {
    char *rows, *texts;
    size_t n_rows, n_texts; /* bytes needed */
};

static void measure(struct space *s, const struct record *r, const void *v, size_t n)
{
    if (!v)
        return;
    s->n_rows += r->size * n;
    for (size_t i = 0; i < n; i++)
        s->n_texts += record_texts(r, (const char *)v + i * r->size);
}

static void *copy(struct space *s, const struct record *r, const void *v, size_t n)
{
    if (!v || n == 0)
        return NULL;
    void *to = s->rows;
    for (size_t i = 0; i < n; i++, s->rows += r->size)
        s->texts = record_copy(r, (const char *)v + i * r->size, s->rows, s->texts);
    return to;
}

enum { SMALL = 4096 - 2 * sizeof(void *), SPARE_MAX = 256 };

static struct job *block_of(size_t n, struct spare_jobs *spare)
{
    struct job *job = spare->first;
    if (n > SMALL) {
        job = must_room(n);
    } else if (job) {
        spare->first = job->next;
        spare->n--;
    } else {
        job = must_room(SMALL);
    }
    job->small = n <= SMALL;
    return job;
}

void job_end(struct job *job, struct spare_jobs *spare)
{
    if (!job || !job->small || spare->n == SPARE_MAX) {
        free(job);
        return;
    }
    memset(job + 1, 0, job->used);
    job->next = spare->first;
    spare->first = job;
    spare->n++;
}

void spare_jobs_free(struct spare_jobs *spare)
{
    for (struct job *job = spare->first, *next; job; job = next) {
        next = job->next;
        free(job);
    }
    *spare = (struct spare_jobs){0};
}

struct job *job_new(const struct store_job *from, struct spare_jobs *spare)
{
    struct space s = {0};
    measure(&s, &record_conversation, from->conversation, 1);
    measure(&s, &record_turn, from->turn, 1);
    measure(&s, &record_effect, from->effects, from->n_effects);
    measure(&s, &record_ticket, from->tickets, from->n_tickets);
    measure(&s, &record_effect_step, from->step, 1);
    measure(&s, &record_effect_end, from->end, 1);
    measure(&s, &record_ticket_news, from->news, 1);
    measure(&s, &record_feedback, from->feedback, 1);
    measure(&s, &record_count, from->count, 1);
    measure(&s, &record_helped, from->helped, 1);
    measure(&s, &record_unanswered, from->unanswered, 1);
    measure(&s, &record_place, from->place, 1);
    measure(&s, &record_received, from->received, from->n_received);
    measure(&s, &record_mark, from->mark, 1);
    measure(&s, &record_file, from->files, from->n_files);
    measure(&s, &record_gone, from->gone, from->n_gone);

    struct job *job = block_of(sizeof *job + s.n_rows + s.n_texts, spare);
    job->used = (uint32_t)(s.n_rows + s.n_texts);
    job->rows = *from;
    job->rc = RC_OK;
    struct store_job *to = &job->rows;
    s.rows = (char *)(job + 1);
    s.texts = s.rows + s.n_rows;
    to->conversation = copy(&s, &record_conversation, from->conversation, 1);
    to->turn = copy(&s, &record_turn, from->turn, 1);
    to->effects = copy(&s, &record_effect, from->effects, from->n_effects);
    to->tickets = copy(&s, &record_ticket, from->tickets, from->n_tickets);
    to->step = copy(&s, &record_effect_step, from->step, 1);
    to->end = copy(&s, &record_effect_end, from->end, 1);
    to->news = copy(&s, &record_ticket_news, from->news, 1);
    to->feedback = copy(&s, &record_feedback, from->feedback, 1);
    to->count = copy(&s, &record_count, from->count, 1);
    to->helped = copy(&s, &record_helped, from->helped, 1);
    to->unanswered = copy(&s, &record_unanswered, from->unanswered, 1);
    to->place = copy(&s, &record_place, from->place, 1);
    to->received = copy(&s, &record_received, from->received, from->n_received);
    to->mark = copy(&s, &record_mark, from->mark, 1);
    to->files = copy(&s, &record_file, from->files, from->n_files);
    to->gone = copy(&s, &record_gone, from->gone, from->n_gone);
    return job;
}
