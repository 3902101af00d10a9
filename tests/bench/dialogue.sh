#!/bin/sh
# One turn through everything but sockets and disk, over all questions of tests/questions.
cd "$(dirname "$0")/../.." || exit 2
mkdir -p build/bench
tail -q -n +2 tests/questions/*.tsv | cut -f4 >build/bench/questions.txt
exec build/bench/dialogue build/bench/content.db build/bench/questions.txt
