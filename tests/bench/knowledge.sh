#!/bin/sh
# What the search finds and refuses on two real handbooks and StackFAQ, beside FTS5; each
# mechanism left out in turn; ten answers of each handbook; speed and memory as they grow;
# one edit among 10,000 articles, of the builder alone and in a running daemon.
# The data is not part of the repository: what is absent is skipped with a message.
cd "$(dirname "$0")/../.." || exit 2
data=${1:-../shared/data/kb}
bench=build/bench/knowledge

# Ten questions spread over the set, answered as an employee would see it.
answers() {
    [ -d "$data/$1" ] || return 0
    awk -F'\t' 'NR == FNR { n = FNR - 1; next }
        FNR > 1 && (FNR == 2 || int((FNR - 2) * 10 / n) != int((FNR - 3) * 10 / n)) { print $3 }' \
        "$data/$1/questions.tsv" "$data/$1/questions.tsv" | while IFS= read -r question; do
        echo "> $question"
        build/balie ask --knowledge-only --lang "$2" --intents intents --knowledge "$data/$1/articles" \
            --state build/bench/state -- "$question" </dev/null 2>/dev/null
        echo
    done
}

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
    answers "$1" "$2" || exit 1
    echo "== $1, growth"
    $bench speed "$data/$1" "$2" intents || exit 1
    echo "== $1, one edit among 10,000 articles"
    $bench edit "$data/$1" "$2" intents || exit 1
done
echo "== 10,000 articles of 7 KiB in a running balie: memory, and one edit until it is answered"
python3 tests/bench/live.py "$data/18f/articles" || exit 1
echo "== stackfaq"
$bench quality "$data/stackfaq" en
