#!/bin/sh
# Every input of the corpus through its fuzz target, and the bundled organisations
# through all that read LDIF. An input that once broke something belongs into
# tests/fuzz/corpus for good.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"

# replay TARGET FILE...
replay() {
    target=$1
    shift
    if ! [ -x "tests/fuzz/fuzz-$target" ]; then
        fail "fuzz-$target was not built"
        return
    fi
    for input; do
        if output=$("tests/fuzz/fuzz-$target" "$input" 2>&1); then
            ok "$target: $(basename "$input")"
        else
            fail "$target: $input" "$output"
        fi
    done
}

replay dn "$srcdir"/tests/fuzz/corpus/dn/*
replay ldif "$srcdir"/tests/fuzz/corpus/ldif/* "$srcdir"/fixtures/*.ld[if]*
replay audit "$srcdir"/tests/fuzz/corpus/ldif/* "$srcdir"/fixtures/*.ld[if]*
finish
