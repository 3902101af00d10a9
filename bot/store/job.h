/*
 * job - one turn's worth of rows on its way to the writer: one heap block that holds
 * copies of everything, so that the loop's arena can be reset at once.
 */
#ifndef STORE_JOB_H
#define STORE_JOB_H

#include "store/store.h"

struct job {
    struct store_job rows; /* its pointers and texts point into this block */
    enum rc rc;            /* set by the writer before the job is published as finished */
    bool small;            /* the block is of the one size that is used again */
    uint32_t used;         /* bytes behind this */
    struct job *next;      /* while it is spare */
};

/* Blocks for the next jobs, so that nearly all of them are made in memory that was in use
 * a moment ago, without malloc tidying up. What people said does not stay in them. Starts
 * as all zeroes. */
struct spare_jobs {
    struct job *first;
    size_t n;
};

struct job *job_new(const struct store_job *from, struct spare_jobs *spare);
void job_end(struct job *job, struct spare_jobs *spare); /* accepts NULL */
void spare_jobs_free(struct spare_jobs *spare);

#endif
