#!/bin/sh
# Every header compiles alone and says so with include guards; the public one
# needs nothing but plain C11, and C++ takes it too.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"

compiler=${TEST_CC:-cc}
builddir=$PWD

# alone HEADER: compiles a file that includes HEADER twice and nothing else.
alone() {
    printf '#include "%s"\n#include "%s"\ntypedef int not_empty;\n' "$1" "$1" >"$scratch/alone.c"
    # The flags are several words.
    # shellcheck disable=SC2086
    $compiler ${TEST_CFLAGS-} -Wall -Wextra -Werror -fsyntax-only -I"$builddir/src" \
        -I"$srcdir/src" -I"$srcdir/include" "$scratch/alone.c" 2>&1
}

# plain COMMAND...: the public header with nothing but the compiler.
plain() {
    printf '#include <adtopo/adtopo.h>\n%s\n' 'int main(void) { return 0; }' >"$scratch/plain.c"
    "$@" -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$srcdir/include" \
        "$scratch/plain.c" 2>&1
}

guard() {
    echo "$1" | tr 'a-z/.-' 'A-Z___' | sed 's/^/ADTOPO_/'
}

for header in $(cd "$srcdir/src" && find . -name '*.h' | sed 's,^\./,,' | LC_ALL=C sort); do
    verdict "src/$header compiles alone" "$(alone "$header")"
    wanted=$(guard "$header")
    if grep -q "^#ifndef $wanted\$" "$srcdir/src/$header"; then
        ok "src/$header is guarded"
    elif [ "$(grep -c . "$srcdir/src/$header")" -gt 0 ]; then
        fail "src/$header:1: the include guard is not $wanted"
    fi
done

if [ -r "$srcdir/include/adtopo/adtopo.h" ]; then
    # The compiler's name may carry options, as in "gcc -m32".
    # shellcheck disable=SC2086
    verdict "adtopo/adtopo.h is plain C11" "$(plain $compiler -std=c11)"
    # shellcheck disable=SC2086
    if [ -n "${TEST_CXX-}" ] && have "${TEST_CXX%% *}"; then
        verdict "adtopo/adtopo.h is C++ as well" "$(plain $TEST_CXX -x c++ -std=c++11)"
    else
        skip "adtopo/adtopo.h in C++" "no C++ compiler"
    fi
fi

finish
