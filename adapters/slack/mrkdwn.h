/*
 * mrkdwn - Slack's own marks: *bold*, _italic_, ~strike~, `code`, <link|label>.
 *
 * & < > are written as entities. There is no way to escape the marks themselves. Marks
 * count only at the edge of a word, so a zero-width space is put where one would not.
 *
 * Source: docs.slack.dev, "Formatting message text" (2025).
 */
#ifndef SLACK_MRKDWN_H
#define SLACK_MRKDWN_H

#include "app/rich.h"
#include "base/buf.h"

void mrkdwn_escape(struct buf *b, str text);
/* One block, without a line end behind it. */
str mrkdwn_block(struct arena *a, const struct rich_block *block);

#endif
