#!/bin/sh
# balie against the bare libwebsockets echo, in turn, under the same load. Prints CPU per
# message, messages/s, latency, memory per idle connection, and that every message was stored.
# Needs the load generator of ../shared/bench; says so and stops where that is absent.
cd "$(dirname "$0")/../.." || exit 2
exec python3 tests/bench/serve.py "$@"
