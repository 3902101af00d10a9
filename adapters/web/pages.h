/*
 * pages - what the web channel answers over plain HTTP: the demo page, /healthz, /readyz,
 * /metrics.
 */
#ifndef ADAPTERS_WEB_PAGES_H
#define ADAPTERS_WEB_PAGES_H

#include "app/channel.h"

/* own_metrics: /metrics has an address of its own. */
void pages_add(struct routes *r, struct engine *e, bool own_metrics);
/* The text exposition of Prometheus, version 0.0.4. */
str pages_metrics(struct arena *a, struct engine *e);

#endif
