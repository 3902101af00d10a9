#!/bin/sh
# Recall and false alarms on the sensitive question sets, and alarms on the handbooks'
# questions (must be 0); -v lists what went wrong.
#   each pair was fresh once, for its first run, and is among the phrases of the content now.
cd "$(dirname "$0")/../.." || exit 2
exec python3 tests/bench/sensitive.py "$@" tests/questions/sensitive*.tsv \
    ../shared/data/kb/*/questions.tsv
