#!/bin/sh
# Recall and false alarms on the sensitive question sets, and alarms on the handbooks'
# questions (must be 0); -v lists what went wrong.
#   sensitive to sensitive6: were fresh once and are phrases of the content now;
#   sensitive7, sensitive8: by someone who had seen nothing of it, never learnt from.
cd "$(dirname "$0")/../.." || exit 2
exec python3 tests/bench/sensitive.py "$@" tests/questions/sensitive*.tsv \
    ../shared/data/kb/*/questions.tsv
