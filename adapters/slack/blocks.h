/*
 * blocks - an answer as Slack posts: JSON bodies for chat.postMessage.
 *
 * Text goes into sections, split between paragraphs where it is too long; the last post
 * carries the sources as context, the choices as buttons, and feedback on what has
 * sources. `text` stays beside the blocks: notifications and screen readers use it.
 *
 * Limits: 3,000 characters a section, 75 a button's label, 25 buttons, 50 blocks
 * (docs.slack.dev, "Block Kit", 2025); ours are below.
 */
#ifndef SLACK_BLOCKS_H
#define SLACK_BLOCKS_H

#include <jansson.h>

#include "base/arena.h"

enum {
    BLOCKS_SECTION_MAX = 2800, /* bytes */
    BLOCKS_SECTIONS_MAX = 4,   /* of one post */
    BLOCKS_POSTS_MAX = 16,
    BLOCKS_LABEL_MAX = 70,
};

struct posts {
    str bodies[BLOCKS_POSTS_MAX];
    size_t n;
};

/* frame: an answer or agent frame. thread may be empty. key: for finding it again. */
void blocks_write(struct arena *a, const json_t *frame, str channel, str thread, str key,
                  struct posts *out);

#endif
