/*
 * chat - the WebSocket channel: sub-protocol balie.v1 on /chat, and the pages beside it.
 *
 * Frames are JSON text; unknown members are ignored. No hello within HELLO_MS or a bad
 * token closes (4408, 4401); every other mistake is an error frame and the connection
 * stays.
 */
#ifndef ADAPTERS_WEB_CHAT_H
#define ADAPTERS_WEB_CHAT_H

#include "app/channel.h"

enum { HELLO_MS = 10 * 1000, TYPING_QUIET_MS = 1000 };

extern const struct channel channel_web;

#endif
