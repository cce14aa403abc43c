#!/bin/sh
# The README's example is a program: it compiles without a warning, links with
# the library, and says about a bundled organisation what the audit says. What
# the README runs is there.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
readme=$srcdir/README.md
compiler=${TEST_CC:-cc}
faulty=$srcdir/fixtures/coexistence-faulty.ldif

# shellcheck disable=SC2016
sed -n '/^```c$/,/^```$/p' "$readme" | sed '/^```/d' >"$scratch/example.c"
verdict "the README has an example" "$([ -s "$scratch/example.c" ] || echo "it has none")"

# A library that was built with sanitizers wants a program that was.
instrumented=
# configure's NM has options of its own.
if ${NM:-nm} -D "$LIBADTOPO" | grep -q __asan_init; then
    instrumented=-fsanitize=address,undefined
fi
# shellcheck disable=SC2086
complaints=$($compiler -std=c11 $instrumented -Wall -Wextra -Wpedantic -Wconversion -Wshadow \
    -Werror -I"$srcdir/include" "$scratch/example.c" "$LIBADTOPO" \
    -Wl,-rpath,"${LIBADTOPO%/*}" -o "$scratch/example" 2>&1)
# The address sanitizer's own library is warned of by the linker.
verdict "it compiles and links" "$(echo "$complaints" | grep -v 'libasan\.so')"

if [ -x "$scratch/example" ]; then
    "$scratch/example" "$faulty" >"$scratch/said" 2>&1
    status=$?
    verdict "it runs" "$([ $status -eq 0 ] || echo "exit status $status: $(cat "$scratch/said")")"
    "$ADTOPO" audit --quiet --severity warning --fail-on none --format gnu "$faulty" |
        sed -n 's/.*: \(.*\) \[\([A-Z0-9]*\)\]$/\2/p' >"$scratch/wanted"
    cut -d : -f 1 "$scratch/said" >"$scratch/rules"
    verdict "it finds what the audit finds" "$(diff "$scratch/wanted" "$scratch/rules")"
    "$scratch/example" "$scratch/nothing" >/dev/null 2>&1
    status=$?
    verdict "it fails as the audit does" "$([ $status -eq 3 ] || echo "exit status $status")"
fi

# What the README shows of an audit stands in it, between what was left out.
shown() {
    sed -n '/^\$ adtopo audit/,/^```$/p' "$readme" | sed '1d; $d' | tr -s ' \n' '  ' |
        sed 's/ *… */\n/g' | sed 's/^ *//; /^$/d'
}
verdict "what it shows of an audit is what an audit says" "$(
    cd "$srcdir" || exit
    "$ADTOPO" audit fixtures/coexistence-faulty.ldif 2>&1 | tr -s ' \n' '  ' >"$scratch/printed"
    [ -n "$(shown)" ] || echo "it shows none"
    shown | while read -r part; do
        grep -qF -e "$part" "$scratch/printed" || echo "$part"
    done
)"

# Long options that the README mentions, without those of other programs.
options() {
    "$ADTOPO" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p' | while read -r command; do
        "$ADTOPO" "$command" --help
    done
}
options >"$scratch/help"
unknown() {
    grep -v pkg-config "$readme" | grep -oE -e '--[a-z][a-z-]+' | LC_ALL=C sort -u |
        while read -r option; do
            grep -q -e "$option" "$scratch/help" || echo "$option"
        done
}
verdict "every option of the README exists" "$(unknown)"

finish
