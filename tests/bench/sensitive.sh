#!/bin/sh
# Recall and false alarms on the sensitive question sets; -v lists what went wrong.
#   sensitive4: written last, never read by what learns; sensitive: by another writer;
#   sensitive2, sensitive3: were fresh once and are phrases of the content now.
cd "$(dirname "$0")/../.." || exit 2
exec python3 tests/bench/sensitive.py "$@" tests/questions/sensitive*.tsv
