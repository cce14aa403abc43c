# shellcheck shell=sh
# For the tests written in shell. A test sources this file, calls ok, fail and
# skip once for each thing it looks at, and ends with finish:
#
#     . "$srcdir/tests/lib.sh"
#     if cmp -s wanted got; then ok "same"; else fail "differs" "$(diff wanted got)"; fi
#     finish
#
# $scratch is an empty directory that goes away with the test.

set -u

srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
passed=0
failed=0
skipped=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/adtopo-test.XXXXXX") || exit 99
cleanup_command=:

# A test that starts something sets cleanup_command to what ends it.
clean_up() {
    $cleanup_command
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# ok WHAT
ok() {
    passed=$((passed + 1))
    echo "ok: $1"
}

# fail WHAT [DETAILS]: with HASTY in the environment that is the end.
fail() {
    failed=$((failed + 1))
    echo "FAIL: $1"
    [ -z "${2-}" ] || echo "$2" | sed 's/^/    /'
    [ -z "${HASTY-}" ] || exit 1
}

# skip WHAT REASON
skip() {
    skipped=$((skipped + 1))
    echo "skip: $1: $2"
}

# verdict WHAT COMPLAINTS: passes when there is no complaint.
verdict() {
    if [ -z "$2" ]; then ok "$1"; else fail "$1" "$2"; fi
}

# Whether command $1 (may be empty: not found by configure) can be run.
have() {
    [ -n "$1" ] && command -v "$1" >/dev/null 2>&1
}

# The closing line, and the exit status that goes with it.
finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ] || exit 1
    [ "$passed" -gt 0 ] || [ "$skipped" -eq 0 ] || exit 77
    [ "$passed" -gt 0 ] || exit 1
    exit 0
}
