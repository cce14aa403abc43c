#!/bin/sh
# tests/summary.sh BUILD-DIRECTORY...
# Adds up the closing lines of all tests that `make check` ran in the given
# build directories. A test that ended without one counts as one test, and a
# test that failed counts as failed whatever it printed. Exits 1 when anything
# failed or when nothing ran.

set -u

results() {
    for directory in "$@"; do
        find "$directory" -name 'adtopo-*' -prune -o -name '*.trs' -print | LC_ALL=C sort
    done | while IFS= read -r trs; do
        printf '%s %s\n' \
            "$(sed -n 's/^:global-test-result: *//p' "$trs")" \
            "$(grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' \
                "${trs%.trs}.log" 2>/dev/null | tail -n 1)"
    done
}

results "$@" | awk '
    { counted = ($3 == "passed,"); gone_wrong = ($1 != "PASS" && $1 != "SKIP") }
    counted { passed += $2; failed += $4; skipped += $6 }
    !counted && $1 == "PASS" { passed++ }
    !counted && $1 == "SKIP" { skipped++ }
    gone_wrong && !(counted && $4 > 0) { failed++ }
    END {
        printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
        exit !(failed == 0 && passed > 0)
    }'
