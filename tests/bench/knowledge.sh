#!/bin/sh
# What the search finds and refuses on two real handbooks and StackFAQ, beside FTS5; each
# mechanism left out in turn; ten answers of each handbook; speed and memory as they grow.
# The data is not part of the repository: what is absent is skipped with a message.
cd "$(dirname "$0")/../.." || exit 2
data=${1:-../shared/data/kb}
bench=build/bench/knowledge

for set in "18f en" "cao-schoonmaak-nl nl"; do
    # shellcheck disable=SC2086
    set -- $set
    echo "== $1: hit@1 hit@3 MRR@10, without vocabulary"
    $bench quality "$data/$1" "$2" || exit 1
    echo "== $1, with intents/words.md"
    $bench tune "$data/$1" "$2" intents || exit 1
    echo "== $1, each mechanism left out"
    $bench ablation "$data/$1" "$2" intents || exit 1
    echo "== $1, answers"
    $bench answers "$data/$1" "$2" intents || exit 1
    echo "== $1, growth"
    $bench speed "$data/$1" "$2" intents || exit 1
    echo "== $1, one edit among 10,000 articles"
    $bench edit "$data/$1" "$2" intents || exit 1
done
echo "== stackfaq"
$bench quality "$data/stackfaq" en
