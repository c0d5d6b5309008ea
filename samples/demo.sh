#!/bin/sh
# The main job on the samples: run, search, show. Usage: demo.sh XIANGDANG ARCHIVE
set -eu
xiangdang=$1
archive=$2
samples=$(dirname "$0")

say() { printf '\n\033[1m%s\033[0m\n' "$1"; }

say "1. A folder of scans in: xiangdang run samples"
code=0
"$xiangdang" run "$samples" --archive "$archive" || code=$?
[ "$code" -eq 0 ] || { echo "The run ended with exit code $code."; exit "$code"; }

say "2. Search: xiangdang search 蔡庄"
"$xiangdang" search 蔡庄 --archive "$archive"
say "   and: xiangdang search '党员 代表'"
"$xiangdang" search '党员 代表' --limit 3 --archive "$archive"

say "   by numbers: xiangdang search --where '投资 >= 50 万元' --limit 3"
"$xiangdang" search --where '投资 >= 50 万元' --limit 3 --archive "$archive"

say "3. What one document says: xiangdang show 'seed*'"
"$xiangdang" show 'seed*' --archive "$archive"

say "4. What all documents say of one village: xiangdang show village 上湾村 --township 柳溪镇"
"$xiangdang" show village 上湾村 --township 柳溪镇 --archive "$archive"

say "5. Numbers that check themselves: xiangdang check"
"$xiangdang" check --archive "$archive"

say "6. What is worth a look: xiangdang review list --limit 5"
"$xiangdang" review list --limit 5 --archive "$archive"

say "7. Where it lies"
echo "Archive: $archive ($(du -sh "$archive" | cut -f1)); open $archive/archive.db in any SQLite tool."
