#!/bin/sh
# CPU per ticket through the outbox, 32 in flight, beside a bare libcurl and SQLite loop
# against the same server, in turn; and a hand-off's receipt beside an answer.
# Needs outbox_bench of ../shared/bench; says so and stops where that is absent.
cd "$(dirname "$0")/../.." || exit 2
shared=${SHARED_BENCH:-../shared/bench}
if [ ! -f "$shared/outbox_bench.c" ]; then
    echo "bench-desk: skipped, $shared/outbox_bench.c is not there"
    exit 0
fi
dir=$(mktemp -d "${TMPDIR:-/tmp}/balie-bench-desk-XXXXXX")
trap 'kill "$server" 2>/dev/null; rm -rf "$dir"' EXIT
cc -O2 -o "$dir/outbox_bench" "$shared/outbox_bench.c" -lcurl -lsqlite3 || exit 2
node tests/bench/desk_server.mjs >"$dir/port" &
server=$!
until [ -s "$dir/port" ]; do :; done
url=http://127.0.0.1:$(cat "$dir/port")
seconds=${1:-4}
for run in 1 2 3; do
    printf 'bare   '; "$dir/outbox_bench" "$url/ticket" "$dir" 32 "$seconds" | tee -a "$dir/bare"
    printf 'balie  '; build/bench/desk "$url" "$dir" 32 "$seconds" | tee -a "$dir/ours"
done
# the first "us" is CPU per ticket in both
cpu() { sed -n 's/.* \([0-9.]*\) us CPU.*/\1/p' "$1" | sort -n | sed -n 2p; }
echo "CPU per ticket, median of three: bare $(cpu "$dir/bare") us, balie $(cpu "$dir/ours") us," \
    "ratio $(echo "$(cpu "$dir/ours") $(cpu "$dir/bare")" | awk '{ printf "%.2f", $1 / $2 }')"
if [ -d tests/e2e/node_modules ] || (cd tests/e2e && npm ci --no-audit --no-fund --silent); then
    BALIE=build/release/balie node tests/bench/receipt.mjs
fi
