/* webhook - any other program as a channel: signed JSON in and out (README.md). */
#ifndef WEBHOOK_WEBHOOK_H
#define WEBHOOK_WEBHOOK_H

#include "app/channel.h"

extern const struct channel channel_webhook;

#endif
