/*
 * rest_news - what a servicedesk's lists say: replies behind the newest known one, and
 * tickets that changed.
 */
#ifndef SERVICEDESK_REST_NEWS_H
#define SERVICEDESK_REST_NEWS_H

#include "app/desk.h"
#include "rest/exchange.h"

/*
 * The replies behind `seen`, in the list's order: behind the one of that name; where it
 * is not in the list and events are numbers, those above it; otherwise all. Texts stay
 * the result's.
 */
void rest_replies(struct arena *a, const struct exchange_result *r, str seen,
                  struct desk_reply **out, size_t *n);
void rest_changes(struct arena *a, const struct exchange_result *r,
                  struct desk_changed **out, size_t *n);
/* RFC 3339, or "2026-11-22 09:30:00" taken as UTC, as wall milliseconds. False. */
bool rest_time(str s, int64_t *ms);
/* "2026-11-22T09:30:00Z"; with ' ' between date and time and no Z when plain. */
str rest_stamp(struct arena *a, int64_t ms, bool plain);

#endif
