#!/bin/sh
# The installed library shows the functions that the public header declares: all
# of them, and nothing else.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"

header=$srcdir/include/adtopo/adtopo.h

# Names that the header declares, once comments and macros are out of the way.
declared() {
    # The compiler's name may carry options, as in "gcc -m32".
    # shellcheck disable=SC2086
    ${TEST_CC:-cc} -E -P "$header" | grep -oE '\badtopo_[a-z0-9_]+ *\(' | tr -d ' (' |
        LC_ALL=C sort -u
}

defined() {
    # libtool's name for nm carries an option.
    # shellcheck disable=SC2086
    ${NM:-nm} -D --defined-only "$LIBADTOPO" | sed 's/.* //; s/@.*//' | LC_ALL=C sort -u
}

if ! [ -r "$LIBADTOPO" ]; then
    skip "exported symbols" "no shared library was built"
    finish
fi
declared >"$scratch/declared"
# What a sanitizer adds to every library is none of ours.
defined | grep -vE '^__(asan|odr_asan|ubsan|sancov|start___sancov|stop___sancov)' \
    >"$scratch/defined"

verdict "the library exports adtopo_* only" "$(grep -v '^adtopo_' "$scratch/defined")"
verdict "every exported function is declared in adtopo/adtopo.h" \
    "$(LC_ALL=C comm -13 "$scratch/declared" "$scratch/defined" | grep '^adtopo_')"
verdict "every declared function is exported" \
    "$(LC_ALL=C comm -23 "$scratch/declared" "$scratch/defined")"
if [ -s "$scratch/defined" ]; then
    ok "$(wc -l <"$scratch/defined") functions are exported"
else
    fail "nothing is exported at all"
fi

finish
