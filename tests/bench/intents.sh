#!/bin/sh
# How well the intents are understood: CLINC150, BANKING77, few examples, typos, languages,
# reliability, time and memory. The data is not part of the repository: what is absent is
# skipped with a message.
cd "$(dirname "$0")/../.." || exit 2
exec build/bench/intents "${1:-../shared/data/nlu}" intents
