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
};

struct job *job_new(const struct store_job *from); /* free() it */

#endif
