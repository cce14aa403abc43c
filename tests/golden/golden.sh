#!/bin/sh
# What audit and show say about the bundled organisations, word for word.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/expected.sh
. "$srcdir/tests/golden/expected.sh"
export COLUMNS=80

topics=$("$ADTOPO" show --help | sed -n '/^What to show:/,/^$/s/^  \([a-z-]*\) .*/\1/p')

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
