#!/bin/sh
# What audit and show say about the bundled organisations, word for word.
# After a wanted change: make check TESTS=tests/golden/golden.sh UPDATE=1
# writes the new words, and version control shows what became of the old ones.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
expected=$srcdir/tests/golden/expected
export COLUMNS=80

topics=$("$ADTOPO" show --help | sed -n '/^What to show:/,/^$/s/^  \([a-z-]*\) .*/\1/p')

# The version in a report is the only thing that changes by itself.
without_version() {
    sed 's/^    "version": ".*"$/    "version": "VERSION"/'
}

# check NAME COMMAND...: what the command says is what is expected.
check() {
    name=$1
    shift
    "$@" 2>&1 | without_version >"$scratch/got"
    if [ -n "${UPDATE-}" ]; then
        mkdir -p "$expected"
        cp "$scratch/got" "$expected/$name"
    fi
    if [ ! -e "$expected/$name" ]; then
        fail "$name" "tests/golden/expected/$name is missing"
    else
        verdict "$name" "$(diff -u "$expected/$name" "$scratch/got")"
    fi
}

# Called through check.
# shellcheck disable=SC2317
show_all() {
    for topic in $topics; do
        echo "== $topic"
        "$ADTOPO" show "$topic" --format "$2" "$1"
    done
}

if [ -z "$topics" ]; then
    fail "show --help tells what there is to show" "no topic found"
fi
for organization in $(organizations); do
    stem=${organization%.*}
    for format in text json gnu; do
        check "$stem.audit.$format" "$ADTOPO" audit --format $format "$organization"
    done
    for format in text json; do
        check "$stem.show.$format" show_all "$organization" $format
    done
done
check explain.text "$ADTOPO" explain RG003

finish
