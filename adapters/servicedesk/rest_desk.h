/*
 * rest_desk - what the files of the REST servicedesk share.
 *
 *   rest.c           the plug: start, stop, operations in     rest_settings.c  the
 * section rest_job.c       one operation's requests, step by step    rest_rules.c
 * placeholders rest_values.c    what the placeholders stand for, secrets
 *   rest_files.c     attachments
 */
#ifndef SERVICEDESK_REST_DESK_H
#define SERVICEDESK_REST_DESK_H

#include "adapters/servicedesk/rest_settings.h"
#include "app/desk.h"
#include "rest/exchange.h"

/* A queue of the servicedesk's, and whether it proved fit for us. */
struct rest_queue {
    str name;
    bool fit;
    bool told; /* that it is not, in the log */
};

struct rest_job;

struct rest_desk {
    struct host host;
    struct rest_section settings;
    struct queue_names names;
    str token, password, credential; /* in the host's arena: rotation is rare */
    VEC(struct rest_queue) queues;
    struct rest_job *jobs;
    struct rest_job *told; /* whose done is being called */
    struct arenas arenas;  /* of jobs that ended */
};

/* rest_values.c */

/* Reads the secrets' files. *changed: they differ from what we had. RC_NOT_FOUND when one
 * is missing or empty. */
MUST_USE enum rc rest_secrets_read(struct rest_desk *d, bool *changed);
struct rest_values rest_values_of(struct arena *a, const struct rest_desk *d,
                                  const struct desk_op *op);
/* The servicedesk's name for our queue. */
str rest_queue_name(const struct rest_desk *d, str ours);

/* rest_files.c */

/* What a file adds to the values: its own, and where it lies (*file). v grows. False: the
 * file is not there any more. */
MUST_USE bool rest_file_values(struct arena *a, const struct rest_desk *d,
                               const struct desk_op *op, struct http_file *file,
                               struct rest_values *v);
/* The values with one more in front. */
struct rest_values rest_value_add(struct arena *a, struct rest_values v,
                                  struct rest_value one);
/* The files of a reply, as `files` took them. */
void rest_files(struct arena *a, const struct exchange_result *r, struct desk_reply *to);
/* Base64 from a JSON reply, with its line breaks, into the file fd. RC_INVALID, RC_LIMIT,
 * RC_IO. */
MUST_USE enum rc rest_file_decode(str base64, int fd, int64_t most);
/* How long a transfer of so many bytes may take. */
int64_t rest_file_ms(const struct rest_desk *d, int64_t bytes);

/* rest_job.c */

/* As desk.do_op. */
void rest_job_start(struct rest_desk *d, const struct desk_op *op,
                    void (*done)(void *ctx, const struct desk_result *r), void *ctx);
void rest_jobs_stop(struct rest_desk *d);

#endif
