/*
 * rest - a servicedesk over REST, described by a profile (rest/profile.h).
 *
 * Opening a ticket is up to three requests: `probe`, until the queue once proved fit (its
 * fields are there, so the key will be kept); `open`; and `verify`, which reads back what
 * a 2xx promised. A queue that is not fit makes an open end RETRY, with the reason in
 * `error` and once in the log: nothing was sent, and it will work when an administrator
 * has repaired it. A ticket whose key was dropped is DONE all the same, with `error` set,
 * and the queue is not fit from then on. Where the search finds an older ticket with the
 * key, that is the ticket.
 *
 * Secrets are read at start and again after a 401, so a token can be replaced in place.
 */
#ifndef SERVICEDESK_REST_H
#define SERVICEDESK_REST_H

#include "app/desk.h"

extern const struct desk desk_rest;

#endif
