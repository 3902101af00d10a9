/*
 * slack_channel - Slack as a channel: Events API, slash commands and buttons by HTTP
 * (/slack/events, /slack/commands, /slack/actions) or by Socket Mode. See README.md.
 */
#ifndef SLACK_CHANNEL_H
#define SLACK_CHANNEL_H

#include "app/channel.h"

extern const struct channel channel_slack;

#endif
