/*
 * teams_channel - Microsoft Teams as a channel: the Bot Connector posts activities to
 * /api/messages, balie answers to the service URL they came with. See README.md.
 */
#ifndef TEAMS_CHANNEL_H
#define TEAMS_CHANNEL_H

#include "app/channel.h"

extern const struct channel channel_teams;

#endif
